"""Which words give a protected name away: its parts, their spellings elsewhere, and the names that hold one.

Method: docs/method/protection.md, section 2.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

from muster.casebook.protection.words import data, forms_of, tokens
from muster.casebook.record import Record
from muster.languages.names import is_given_name, is_title, similarity
from muster.languages.scripts import fold, script_of
from muster.languages.sounds import closeness, sounds_of, weight
from muster.reconcile.naming import has_own_word, initials_of, name_key, names_country, plain_tokens
from muster.records import EntityKind

#: How alike two words must sound: both stand in names; one is written like a name; one may be any word.
_IN_NAMES, _IN_OTHERS, _LIKE_A_NAME, _ANYWHERE = 0.82, 0.88, 0.92, 0.98
#: A word of fewer consonants sounds like too many others to be found by sound in a running text; in names it is
#: found where it sounds like this.
_HEAVY, _SHORT_IN_NAMES = 3.5, 0.9
#: One of still fewer is another's spelling only where both are known given names, or in another script.
_LIGHT = 2.5
#: In so many documents, and in most, an ordinary word is one.
_OFTEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of one thing that is protected, the fullest first; typed are those that somebody typed."""

    kind: EntityKind
    names: tuple[str, ...]
    typed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """Folded words that are hidden: wherever they stand, written large only, and in capitals only.

    Those in large are ordinary words too, and are hidden where they are not written small, and beside others.
    initials are those of people, run together ("fb"), which are hidden where each has its full stop.
    """

    words: frozenset[str]
    large: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()

    @property
    def every(self) -> frozenset[str]:
        """All of them."""
        return self.words | self.large | self.capitals


@cache
def linking_words() -> frozenset[str]:
    """Words that are part of many names: "al", "bin", "Abu"."""
    return frozenset(fold(each) for each in data()["words"]["linking"])


@cache
def _ordinary() -> frozenset[str]:
    words = data()["words"]
    return frozenset(fold(each) for key in ("ordinary_en", "ordinary_ar", "ordinary_fa") for each in words[key])


def name_words(text: str) -> list[str]:
    """Return the words of a name, folded, without what stands between its letters."""
    return [fold(each.text).replace("'", "").replace("ʿ", "").replace("ʾ", "") for each in tokens(text)]


def spellings(record: Record, protected: Sequence[Names]) -> Spellings:
    """Find the words that give away any of some names, in a record that holds them.

    Every reading is read once.
    """
    people, others, capitals = _own_words(protected)
    pile = _survey(record)
    named = set(_names_of(record))
    found = _alike(people, named, _IN_NAMES) | _alike(others, named, _IN_OTHERS)
    found |= _alike(people | others, pile.large, _LIKE_A_NAME) | _alike(people | others, pile.caseless, _ANYWHERE)
    found -= linking_words()
    typed = {word for each in protected for name in each.typed for word in name_words(name)} - linking_words()
    once = others | {word for word in found - people if script_of(word) == "latin"}
    ordinary = {word for word in found - typed if word in _ordinary() or pile.is_ordinary(word, word in once)}
    large = (
        ordinary & people
    )  # one that only sounds like a part is no spelling; one of a group stands in its whole name
    return Spellings(
        words=frozenset((found - ordinary) | typed), large=frozenset(large), capitals=frozenset(capitals - found),
        initials=frozenset(_initials(protected)),
    )  # fmt: skip


def _initials(protected: Iterable[Names]) -> Iterator[str]:
    """The first letters of people's names, of all their words and of the first and last."""
    for name in (name for each in protected if each.kind == "person" for name in (each.names[0], *each.typed)):
        words = [word for word in name_words(name) if word not in linking_words() and not is_title(word)]
        if len(words) > 1:
            yield from ("".join(word[0] for word in words), words[0][0] + words[-1][0])


# ---- the names' own words


def _own_words(protected: Iterable[Names]) -> tuple[set[str], set[str], set[str]]:
    """Return the words of people, those of groups and places, and acronyms."""
    people: set[str] = set()
    others: set[str] = set()
    capitals: set[str] = set()
    for each in protected:
        if each.kind == "person":
            people |= _words_of_person(each.names)
        else:
            others |= {word for name in each.names for word in name_words(name) if _tells(each.kind, word)}
            capitals |= {letters.casefold() for letters in initials_of(each.names[0])}
            capitals |= {fold(name) for name in each.names if name.isupper() and len(name) >= 2 and name.isalpha()}
        people |= {word for name in each.typed for word in name_words(name)} - linking_words()
    return people, others, capitals


def _words_of_person(names: Sequence[str]) -> set[str]:
    """The words of the first name, and of the others what is not a title or an office before the name."""
    found: set[str] = set()
    for number, name in enumerate(names):
        words = [word for word in name_words(name) if word not in linking_words() and len(word) > 1]
        if number and found:
            words = _from_the_name_on(words, found)
        found.update(word for word in words if not is_title(word) or is_given_name(word))
    return found


def _from_the_name_on(words: list[str], known: Set[str]) -> list[str]:
    agree = [at for at, word in enumerate(words) if any(_sounds_like(word, each, _IN_NAMES) for each in known)]
    if not agree:
        return words if len(words) <= 3 else []
    before = [word for word in words[: agree[0]] if is_given_name(word)]
    return [*before, *words[agree[0] : agree[-1] + 2]]


def _tells(kind: EntityKind, word: str) -> bool:
    """Whether one word of the name of a group or place may stand for it."""
    key = name_key(kind, word) if len(word) >= 4 and word not in linking_words() else None
    if key is None or key.known or names_country(key) or (kind == "place" and key.qualifier):
        return False
    return has_own_word(plain_tokens(key))


# ---- what sounds like them


def _sounds_like(a: str, b: str, worst: float) -> bool:
    if is_given_name(a) and is_given_name(b):
        return similarity(a, b) >= worst
    arabic = script_of(a) == script_of(b) == "arabic"
    return a == b or closeness(sounds_of(a), sounds_of(b), arabic, worst) >= worst


def _alike(own: Set[str], words: Set[str], worst: float) -> set[str]:
    """Return the words of names, and those others that sound like one of them."""
    heard = []
    for each in own:
        sounds = sounds_of(each)
        if weight(sounds) >= _HEAVY or is_given_name(each):
            heard.append((each, sounds, worst))
        elif worst <= _IN_OTHERS:
            heard.append((each, sounds, _SHORT_IN_NAMES))
    found = set(own)
    for word in words:
        length = len(sounds_of(word))
        near = [(each, enough) for each, sounds, enough in heard if abs(len(sounds) - length) <= 2]
        if not is_given_name(word):
            least = _LIGHT if worst <= _IN_OTHERS else _HEAVY
            near = [(each, enough) for each, enough in near if _weighs(each, word) >= least]
        if len(word) > 2 and any(_sounds_like(word, each, enough) for each, enough in near):
            found.add(word)
    return found


def _weighs(own: str, word: str) -> float:
    """How much a word counts beside another; in another script nothing but sounds can be held against it."""
    across = script_of(own) != script_of(word)
    return weight(sounds_of(own)) + (1.0 if across and sounds_of(own) == sounds_of(word) else 0.0)


def _names_of(record: Record) -> Iterator[str]:
    """Every word of a name in the record: of entities, of who writes and publishes, and in statements."""
    for outline in record.outlines:
        for each in outline.entities:
            words = (word for form in {each.name, *each.forms} for word in name_words(form))
            yield from (word for word in words if each.kind == "person" or _tells(each.kind, word))
        for name in filter(None, (outline.author, outline.outlet, outline.affiliation, outline.owner)):
            yield from name_words(name)
    for statement in record.statements:
        for named in (*statement.said_by, statement.actor, statement.target, statement.place):
            if named is not None and named.entity is None and not named.name.islower():
                yield from name_words(named.name)


# ---- the pile


class _Pile:
    """How words are written in all documents: large, and in scripts without capitals; and how often which way."""

    def __init__(self) -> None:
        self.large: set[str] = set()
        self.caseless: set[str] = set()
        self.as_name: Counter[str] = Counter()
        self.as_word: Counter[str] = Counter()

    def is_ordinary(self, word: str, strict: bool) -> bool:
        """Whether a word is used as one, too; strict: it is of a group or place, and once is enough."""
        if strict:
            return self.as_word[word] > 0
        return self.as_word[word] >= _OFTEN and self.as_word[word] > self.as_name[word]


def _survey(record: Record) -> _Pile:
    pile = _Pile()
    for outline in record.outlines:
        named = {word for each in outline.entities for form in each.forms for word in name_words(form)}
        as_name: set[str] = set()
        as_word: set[str] = set()
        for text in {each.text for each in tokens(record.reading(outline.document_id).text)}:
            caseless = script_of(text) in {"arabic", "hebrew"}
            forms = forms_of(text)
            if caseless:
                pile.caseless |= forms
                (as_word if forms.isdisjoint(named) else as_name).update(forms)
            elif text.islower():
                as_word.update(forms)
            else:
                pile.large |= forms
                as_name.update(forms)
        pile.as_name.update(as_name)
        pile.as_word.update(as_word)
    return pile
