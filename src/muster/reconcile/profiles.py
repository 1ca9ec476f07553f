"""Profiles: local entities that look alike in every way that matters, counted once.

A profile is a set of name keys with what keeps people of one name apart (role, year of birth, kin).
Thousands of documents that say "United Nations" are one profile with thousands of members.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files

from muster.languages.countries import country_of
from muster.languages.edtf import parse_edtf
from muster.languages.shingles import fold_words
from muster.reconcile.naming import NameKey, country_in, has_own_word, name_key
from muster.records import EntityKind, LocalEntityOutline, Outline

#: A document is about a country that it names at least so many times as often as the next.
COUNTRY_LEAD = 2

_TRADE = "trade:"

Member = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What some local entities have in common.

    keys are ids of name keys, sorted.  roles are role classes and trades of person_words.toml.  born is the year
    that an age and the document's date give.  kin is the folded name of a parent.  pin is the
    entity id of the only member, where a judgement is about it or its one name is a lone surname or
    given name, which says too little to be shared; else it is "".
    """

    kind: EntityKind
    keys: tuple[str, ...]
    roles: tuple[str, ...] = ()
    born: int | None = None
    kin: str = ""
    pin: str = ""


def entity_id(member: Member) -> str:
    """Return the id of an entity whose first member this is."""
    return "e-" + blake2b("\x1f".join(member).encode(), digest_size=8).hexdigest()


def place_words(entities: Iterable[LocalEntityOutline]) -> frozenset[str]:
    """Return the words of a document's place names, without those that only say what sort of place it is."""
    forms = (form for entity in entities if entity.kind == "place" for form in entity.forms)
    return frozenset(token for form in forms if (key := name_key("place", form)) for token in key.tokens)


def profiles_of(
    outline: Outline, pinned: frozenset[str]
) -> Iterator[tuple[Profile, str, tuple[tuple[NameKey, str], ...]]]:
    """Yield the profile of each local entity of a document, its id, and its keys with their forms.

    A local entity of whose names nothing is left for comparison has no profile.  pinned holds the
    entity ids of members that judgements name.
    """
    entities = tuple(map(_of_its_kind, outline.entities))
    named = dict(_keys_of(entities))
    for local in entities:
        found = named[local.id]
        if not found:
            continue
        full = _meant_by(local, found, entities, named)
        kind = full.kind if full else local.kind
        if full and kind != local.kind:
            found = {(key, form) for form in (local.name, *local.forms) if (key := name_key(kind, form))}
        keys = {key.id for key, _ in found} | ({full.id} if full else set())
        member = entity_id((outline.document_id, local.id))
        lone = full is None and all(key.kind == "person" and len(key.tokens) == 1 for key, _ in found)
        profile = Profile(
            kind=kind,
            keys=tuple(sorted(keys)),
            roles=_roles(local.role) if kind == "person" else (),
            born=_born(local.age, outline.published_on) if kind == "person" else None,
            kin=_parent(local.kin) if kind == "person" else "",
            pin=member if lone or member in pinned else "",
        )
        yield profile, local.id, tuple(sorted(found, key=lambda pair: (pair[0].id, pair[1])))


_Forms = set[tuple[NameKey, str]]


def _of_its_kind(local: LocalEntityOutline) -> LocalEntityOutline:
    """Take what goes by letters for a group, whatever the document's reader took it for: people have no acronyms."""
    if local.kind == "group" or any(map(country_of, local.forms)):
        return local
    spelt = {word for form in local.forms if not form.isupper() for word in fold_words(form)}
    letters = (f for f in local.forms if f.isupper() and f.isalpha() and f.isascii() and 3 <= len(f) <= 6)
    return replace(local, kind="group") if spelt and any(f.casefold() not in spelt for f in letters) else local


def _keys_of(entities: Sequence[LocalEntityOutline]) -> Iterator[tuple[str, _Forms]]:
    country = main_country(entities)
    for local in entities:
        forms = (local.name, *local.forms)
        yield local.id, {(key, form) for form in forms if (key := name_key(local.kind, form, country))}


def _meant_by(
    local: LocalEntityOutline, own: _Forms, others: Iterable[LocalEntityOutline], named: Mapping[str, _Forms]
) -> NameKey | None:
    """The one longer name of the same document that a short one stands for, whatever it was taken for.

    A lone word is the surname of the only person there who bears it; a group's words, some of which are
    its own, are part of the only longer name of a group.
    """
    words = {key.tokens for key, _ in own}
    if len(words) != 1:
        return None
    (short,) = words
    found: set[tuple[str, NameKey]] = set()
    for other in others:
        for key, _ in named[other.id] if other.id != local.id else ():
            surname = key.kind == "person" and len(short) == 1 < len(key.tokens) and key.tokens[-1] == short[0]
            part = key.kind == local.kind == "group" and set(short) < set(key.tokens) and has_own_word(short)
            if surname or part:
                found.add((other.id, key))
    return min((key for _, key in found), key=lambda k: k.id) if len({other for other, _ in found}) == 1 else None


def main_country(entities: Iterable[LocalEntityOutline]) -> str | None:
    """Return the code of the country that a document names clearly more often than any other."""
    tally: Counter[str] = Counter()
    for entity in entities:
        if entity.kind != "person":
            codes = {code for form in entity.forms if (code := country_in(form))}
            for code in codes:
                tally[code] += entity.n_mentions
    ranked = sorted(tally.items(), key=lambda row: (-row[1], row[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < COUNTRY_LEAD * ranked[1][1]):
        return None
    return ranked[0][0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PersonWords:
    roles: dict[str, frozenset[str]]
    trades: frozenset[str]
    apart: frozenset[frozenset[str]]
    parents: tuple[str, ...]


@cache
def _person_words() -> _PersonWords:
    data = tomllib.loads((files("muster.reconcile") / "person_words.toml").read_text(encoding="utf-8"))
    return _PersonWords(
        roles={name: frozenset(row["words"]) for name, row in data["roles"].items()},
        trades=frozenset(data["trades"]["words"]),
        apart=frozenset(frozenset(pair) for pair in data["apart"]["pairs"]),
        parents=tuple(sorted(data["kin"]["parents"], key=lambda words: (-len(words), words))),
    )


@lru_cache(maxsize=1 << 16)
def _roles(role: str | None) -> tuple[str, ...]:
    """The classes of the word that a role ends in (a "refugee chief" is a chief), and a trade among its words."""
    phrase = (role or "").casefold()
    head = re.split(r"\s(?:of|for|at|in|from|to|and|with)\s|,", phrase)[0].strip()
    known = _person_words()
    classes = {
        name for name, cues in known.roles.items() if any(re.search(rf"(?<!\w){re.escape(c)}$", head) for c in cues)
    }
    return tuple(sorted(classes | {f"{_TRADE}{word}" for word in re.findall(r"\w+", phrase) if word in known.trades}))


def _born(age: str | None, published_on: str | None) -> int | None:
    """The year of birth that "born 1993" gives, or an age and the year of the document."""
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", age or "")
    if year:
        return int(year[1])
    digits = re.search(r"\b\d{1,3}\b", age or "")
    published = parse_edtf(published_on) if published_on else None
    return published.last.year - int(digits[0]) if digits and published else None


@lru_cache(maxsize=1 << 16)
def _parent(kin: str | None) -> str:
    """The first name of a parent in "son of Karim", folded; "" where kin says something else."""
    text = (kin or "").strip()
    for cue in _person_words().parents:
        found = re.match(rf"{re.escape(cue)}\b[\s:]*(.+)", text, re.IGNORECASE)
        if found:
            words = fold_words(found[1])
            return words[0] if words else ""
    return ""


def people_differ(a: Profile, b: Profile) -> str | None:
    """Say why two people of one name cannot be one person, or return None where nothing parts them."""
    if a.born is not None and b.born is not None and abs(a.born - b.born) > 2:
        return "their ages differ"
    if a.kin and b.kin and a.kin != b.kin:
        return "their parents' names differ"
    if people_agree(a, b):
        return None
    trades = [{role for role in person.roles if role.startswith(_TRADE)} for person in (a, b)]
    if all(trades) and not trades[0] & trades[1]:
        return "their trades differ"
    apart = _person_words().apart
    return "their roles differ" if any(frozenset((x, y)) in apart for x in a.roles for y in b.roles) else None


def people_agree(a: Profile, b: Profile) -> bool:
    """Say whether two people of one name have a role, a year of birth or a parent in common."""
    if a.born is not None and b.born is not None and abs(a.born - b.born) <= 2:
        return True
    return bool(a.kin and a.kin == b.kin) or bool(set(a.roles) & set(b.roles))
