"""Names of writers and publishers, as keys that tell whether two documents share one.

Method: docs/method/independence.md, section 3.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from muster.reconcile.naming import initials_of
from muster.records import Entity, Outline
from muster.weigh.folding import fold

_SPLIT = re.compile(r"\s*(?:;|&|\band\b|\bwith\b)\s*", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_MAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
_OFFICE = re.compile(r"(?:the\s+)?([^\W\d_]+(?:[ -][^\W\d_]+){0,2}?)\s+of\s+(?:the\s+)?", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:al|el|as|an|ad|ash|ar|at|az)-|^ال(?=..)")


@cache
def bylines() -> dict[str, frozenset[str]]:
    """The lists of bylines.toml, folded."""
    text = files("muster.weigh").joinpath("bylines.toml").read_text(encoding="utf-8")
    return {name: frozenset(map(fold, words)) for name, words in tomllib.loads(text).items()}


class NameKeys:
    """Turns a writer's or publisher's name into a key that all its spellings share.

    A form that exactly one entity (person or group) goes by gets that entity's id, any other its
    folded words.  Capitals that are the initials of exactly one publisher ("HLD" beside "Hazmar Ledger
    Daily") get its key.  Forms that several entities go by are not resolved: a wrong merge is worse
    than a missed one.
    """

    def __init__(self, entities: Sequence[Entity], outlines: Iterable[Outline] = ()) -> None:
        homes: dict[str, str] = {}
        several: set[str] = set()
        for entity in entities:
            if entity.kind != "place":
                for form in {entity.name, *(alias.form for alias in entity.aliases)}:
                    words = name_words(form)
                    if homes.setdefault(words, entity.id) != entity.id:
                        several.add(words)
        self._entity = {words: id_ for words, id_ in homes.items() if words not in several}
        names = {name for outline in outlines for name in (*publishers(outline), *outline.credits)}
        short = {name for name in names if name.isupper() and name_words(name) not in homes and len(name.split()) == 1}
        long = defaultdict(set)
        for name in names - short:
            for initials in initials_of(name):
                long[initials].add(self.key(name))
        self._entity |= {name_words(s): min(long[name_words(s)]) for s in short if len(long[name_words(s)]) == 1}

    def key(self, name: str) -> str:
        """The entity id or the folded name; "" for a name without words."""
        words = name_words(name)
        return self._entity.get(words, words)


def publishers(outline: Outline) -> tuple[str, ...]:
    """Who publishes, owns or otherwise stands behind a document, as written."""
    office = (body_of_office(author) for author in authors(outline.author))
    names = (outline.outlet, outline.affiliation, outline.owner, *office)
    return tuple(name for name in names if name)


@lru_cache(maxsize=1 << 17)
def name_words(name: str) -> str:
    """A name for comparison: folded, without brackets, mail addresses, punctuation and a leading article."""
    if name.isascii() and name.replace(" ", "").isalnum():  # most are, and there are ten to a document
        words = name.lower().split()
    else:
        words = re.findall(r"\w+", fold(_MAIL.sub(" ", _BRACKETS.sub(" ", name))))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def authors(byline: str | None) -> tuple[str, ...]:
    """The single names of a byline that name somebody; generic ones ("Staff") are left out."""
    names = (
        name.strip(" ,.") for name in _SPLIT.split(_MAIL.sub(" ", byline or "").replace("<", " ").replace(">", " "))
    )
    return tuple(name for name in names if name and fold(name) not in bylines()["generic_bylines"])


def body_of_office(author: str) -> str | None:
    """The body whose office signs: "Press office of the Panworkers' Union" is the union's; None for a person."""
    found = _OFFICE.match(author)
    body = author[found.end() :].strip(" .,") if found else ""
    if not found or fold(found[1]) not in bylines()["offices"]:
        return None
    return body if body[:1].isupper() or not body.isascii() else None


def family_names(author: str) -> frozenset[str]:
    """The family names a person's name may end in, folded; none for an office or a single word.

    "Anna Marten (Voss)" has two: people are known by a maiden or married name in brackets.
    """
    outside = re.findall(r"[\w-]+", fold(_BRACKETS.sub(" ", author)))
    while outside and outside[-1] in bylines()["name_suffixes"]:
        outside.pop()
    words = {word for part in outside for word in part.split("-")}
    if not 2 <= len(outside) <= 5 or words & bylines()["office_words"]:
        return frozenset()
    bracketed = [re.findall(r"[\w-]+", fold(inside))[-1:] for inside in _BRACKETS.findall(author)]
    lasts = [outside[-1], *(words[0] for words in bracketed if words)]
    return frozenset(
        bare for bare in (_ARTICLE.sub("", last) for last in lasts) if len(bare) > 1 and not bare.isdigit()
    )


def hosts(*texts: str | None) -> frozenset[str]:
    """The web sites and mail domains in the given fields, without those that anybody can use."""
    found = {host.casefold() for text in texts for host in _MAIL.findall(text or "")}
    for text in texts:
        bare = re.fullmatch(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)(?:/.*)?", (text or "").strip())
        if bare:
            found.add(bare[1].casefold())
    return frozenset(found) - bylines()["open_hosts"]
