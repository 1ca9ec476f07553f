"""Names as keys: what is left of a name once case, titles, articles and word order are out of account.

Two forms with one key are one name.  The key of a group carries its country and that of a place its
type, because "Ministry of Interior" of two countries, or a prison and a hospital of one town, are not
the same.

Method: docs/method/entities.md, section 2.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from muster.languages.countries import country_words
from muster.languages.names import name_parts, skeleton
from muster.languages.shingles import fold_words
from muster.reconcile.places import may_stand_bare, split_place
from muster.records import EntityKind

_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_APOSTROPHES = re.compile(r"['’‘ʼ`ʿʾ]")
_SO_CALLED = re.compile(
    r"^(?:the\s+)?(?:\w+\s+)?(?:known as|calling itself|called|so-called|self-styled|formerly known as)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"(?:[^\W\d_]\.?){2,8}")
#: One spelling of an ending that romanisers write in a dozen ways.
_NISBA = re.compile(r"(?<=\w{3})i(?:yy?)?(?:eh|ah|at|et|a|e)$")
_BRACKET = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*$")
_IN_PLACE = re.compile(r"(?<=\w)(?:,|\s+(?:in|near|outside|at))\s.*$")
_KINDS: tuple[EntityKind, ...] = ("group", "person", "place")
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "this", "that"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKey:
    """A name for comparison.

    id is unique over kinds.  tokens are folded words; for groups and places sorted, without words that
    say only what kind of thing it is.  qualifier is the country of a group or the type of a place, or
    "".  known is True for an organisation that organisations.toml lists.
    """

    id: str
    kind: EntityKind
    tokens: tuple[str, ...]
    qualifier: str = ""
    acronym: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _GroupWords:
    generic: frozenset[tuple[str, ...]]
    stop: frozenset[str]
    same: dict[tuple[str, ...], str]
    state: frozenset[str]
    offices: frozenset[str]


@cache
def _group_words() -> _GroupWords:
    data = tomllib.loads((files("muster.reconcile") / "group_words.toml").read_text(encoding="utf-8"))
    return _GroupWords(
        generic=frozenset(tuple(fold_words(word)) for word in data["generic"]),
        stop=frozenset(word for entry in data["stop"] for word in fold_words(entry)),
        same={
            tuple(fold_words(word)): row[0] for row in reversed([*data["same"], *data["translated"]]) for word in row
        },
        offices=frozenset(row[0] for row in data["same"]) | frozenset(data["state"]),
        state=frozenset(data["state"]),
    )


@cache
def _organisations() -> dict[tuple[str, ...], str]:
    data = tomllib.loads((files("muster.reconcile") / "organisations.toml").read_text(encoding="utf-8"))
    return {tuple(fold_words(form)): name for name, forms in data.items() for form in forms}


@cache
def _titles() -> frozenset[str]:
    data = tomllib.loads((files("muster.reconcile") / "person_words.toml").read_text(encoding="utf-8"))
    return frozenset(word for title in data["titles"] for word in fold_words(title))


@lru_cache(maxsize=200_000)
def name_key(kind: EntityKind, form: str, country: str | None = None) -> NameKey | None:
    """Return the key of one form of a name, or None where nothing is left of it.

    country is that which the document is mostly about: it stands for the country of a state's
    institution where the name gives none.
    """
    if kind == "person":
        return _person_key(form)
    return _place_key(form) if kind == "place" else _group_key(form, country)


@lru_cache(maxsize=200_000)
def parse_key(key_id: str) -> NameKey:
    """Return the key that an id is of."""
    kind, qualifier, words = key_id.split("|", 2)
    tokens = tuple(words.split(" "))
    acronym, known = qualifier == "=", tokens[0].startswith("@")
    for each in _KINDS:
        if each == kind:
            return NameKey(
                id=key_id,
                kind=each,
                tokens=tokens,
                qualifier="" if acronym else qualifier,
                acronym=acronym,
                known=known,
            )
    raise ValueError(f"no such kind of name: {key_id}")


def initials_of(form: str) -> tuple[str, ...]:
    """Return the acronyms that a group's name may be shortened to: with and without its small words."""
    words = [word for word in fold_words(_APOSTROPHES.sub("", _POSSESSIVE.sub("", form))) if word not in _DETERMINERS]
    if len(words) < 3 and len([w for w in words if len(w) > 2]) < 2:
        return ()
    small = _group_words().stop
    both = {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in small)}
    return tuple(sorted(letters for letters in both if len(letters) >= 3))


def country_in(form: str) -> str | None:
    """Return the code of the country that a name contains, as a name or an adjective."""
    return _take_countries(_words(form))[1]


def _words(form: str) -> list[str]:
    plain = _BRACKET.sub("", _SO_CALLED.sub("", form)) or form
    words = [_NISBA.sub("iya", word) for word in fold_words(_APOSTROPHES.sub("", _POSSESSIVE.sub("", plain)))]
    while len(words) > 1 and words[0] in _DETERMINERS:
        words = words[1:]
    return words


def _person_key(form: str) -> NameKey | None:
    words = list(name_parts(_SO_CALLED.sub("", form)))
    while len(words) > 1 and (words[0] in _titles() or _is_adjective(words[0])):
        words = words[1:]
    if not words or words[0] in _titles():
        return None
    return NameKey(id="person||" + " ".join(words), kind="person", tokens=tuple(words))


def _is_adjective(word: str) -> bool:
    found = country_words().get((word,))
    return found is not None and found[1] == "adjective"


def _place_key(form: str) -> NameKey | None:
    kind, words = split_place(" ".join(_words(_IN_PLACE.sub("", form))))
    tokens = tuple(sorted(words))
    if not tokens:
        return None
    qualifier = kind.name if kind else ""
    return NameKey(id=f"place|{qualifier}|{' '.join(tokens)}", kind="place", tokens=tokens, qualifier=qualifier)


def _group_key(form: str, context: str | None) -> NameKey | None:
    words = _words(form)
    known = _organisations().get(tuple(words)) or _organisations().get(tuple(fold_words(form)))
    if known:
        return NameKey(id=f"group||@{known}", kind="group", tokens=("@" + known,), known=True)
    stripped = form.strip().strip("()")
    rest, country = _take_countries(words)
    is_capitals = stripped.upper() == stripped and stripped.lower() != stripped
    if rest and is_capitals and _ACRONYM.fullmatch(stripped):
        token = stripped.replace(".", "").casefold()
        return NameKey(id=f"group|=|{token}", kind="group", tokens=(token,), acronym=True)
    concepts = _concepts(rest)
    if not concepts and country:
        concepts = ["government"]
    if not concepts:
        concepts = [word for word in words if word not in _group_words().stop]
        country = None
    if country is None and any(concept in _group_words().state for concept in concepts):
        country = context
    if not concepts:
        return None
    tokens = tuple(sorted(set(concepts)))
    qualifier = country or ""
    return NameKey(id=f"group|{qualifier}|{' '.join(tokens)}", kind="group", tokens=tokens, qualifier=qualifier)


def _take_countries(words: list[str]) -> tuple[list[str], str | None]:
    """Part words into those that name no country, and the country named; a lone capital is its state."""
    table, rest, country, i = country_words(), [], None, 0
    while i < len(words):
        for length in (5, 4, 3, 2, 1):
            found = table.get(tuple(words[i : i + length])) if i + length <= len(words) else None
            if found and (found[1] != "capital" or length == len(words) or _before_government(words, i + length)):
                country = country or found[0]
                i += length
                break
        else:
            rest.append(words[i])
            i += 1
    return rest, country


def _before_government(words: list[str], i: int) -> bool:
    return words[i : i + 1] in (["government"], ["authorities"], ["regime"])


def _concepts(words: list[str]) -> list[str]:
    """Words brought to their one form; those that say nothing are left out."""
    table, found, i = _group_words(), [], 0
    while i < len(words):
        for length in (3, 2, 1):
            run = tuple(words[i : i + length])
            if len(run) == length and (run in table.same or run in table.generic):
                if run in table.same:
                    found.append(table.same[run])
                i += length
                break
        else:
            if words[i] not in table.stop:
                found.append(words[i])
            i += 1
    return found


def has_own_word(tokens: tuple[str, ...]) -> bool:
    """Say whether a group's words hold one that is not the language of offices ("the ministry")."""
    return any(token not in _group_words().offices for token in tokens)


def parts_of(form: str) -> tuple[tuple[str, ...], ...]:
    """Return the shorter names that a group's name may go by: runs from its start or to its end, its own words.

    A run holds a word that is the group's own, not only words of offices; a single word must be long.
    """
    words = _concepts(_take_countries(_words(form))[0])
    runs = {tuple(words[:n]) for n in range(1, len(words))} | {tuple(words[n:]) for n in range(1, len(words))}
    runs |= {(word,) for word in words} if len(words) > 1 else set()
    return tuple(sorted(run for run in runs if has_own_word(run) and (len(run) > 1 or _is_telling(run[0]))))


def _is_telling(word: str) -> bool:
    """Say whether one word may stand for a group: "Narmul", but not "Brotherhood", of which there are many."""
    return len(word) >= 4 and word not in _group_words().same.values()


@lru_cache(maxsize=200_000)
def has_group_word(key: NameKey) -> bool:
    """Say whether a name has a word that only groups have ("army", "council"), whatever it was taken for."""
    return any(token in _group_words().offices for token in plain_tokens(key))


@lru_cache(maxsize=200_000)
def plain_tokens(key: NameKey) -> tuple[str, ...]:
    """Return the tokens of a name as those of a group, sorted, whatever it was taken for."""
    kind = [key.qualifier] if key.kind == "place" and key.qualifier and not may_stand_bare(key.qualifier) else []
    return tuple(sorted(set(_concepts([*key.tokens, *kind])))) or key.tokens


def names_country(key: NameKey) -> bool:
    """Say whether a name is that of a country or a capital, which may stand for a government."""
    return key.tokens in country_words()


@lru_cache(maxsize=200_000)
def token_skeletons(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """Return the consonant skeleton of each token, "-" where it has no consonants."""
    return tuple(skeleton(token).replace(" ", "") or "-" for token in tokens)
