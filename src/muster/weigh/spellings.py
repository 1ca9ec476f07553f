"""Rare spellings that two documents share: a caution, since one may have drawn on the other.

Method: docs/method/independence.md, section 3 (Dong et al. 2009, "Integrating conflicting data: the role of
source dependence": what two sources get wrong alike tells more than what both get right).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from muster.languages.shingles import fold_words
from muster.records import Entity
from muster.weigh.names import bylines

#: So many documents must use another spelling of the word before one in two documents is rare.
_USUAL = 3
_RARE = 2
#: Shorter words have too many neighbours.
_LETTERS = 4
_VOWELS = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class RareSpelling:
    """A word of a name that two documents (sorted ids) alone write so, and how others write it."""

    documents: tuple[str, str]
    name: str
    word: str
    usual: str
    n_usual: int


def rare_spellings(entities: Iterable[Entity]) -> Iterator[RareSpelling]:
    """Find words of names that just two documents write alike, and at least three others otherwise.

    Only vowels and doubled letters may differ ("Watheq", "Wathiq"), as in transliteration, and not by an ending
    ("Oru", "Orui"); who uses both spellings does not count.
    """
    for entity in entities:
        if len(entity.aliases) < 2 or sum(len(alias.document_ids) for alias in entity.aliases) < _RARE + _USUAL:
            continue  # most entities: too few documents for both spellings
        users = _users(entity)
        by_skeleton = defaultdict(list)
        for word in sorted(users):
            by_skeleton[_skeleton(word)].append(word)
        for alike in by_skeleton.values():
            for word in alike if len(alike) > 1 else ():
                usual = max(alike, key=lambda other: (len(users[other]), other))
                n_usual = len(users[usual])
                derived = word.startswith(usual) or usual.startswith(word)
                rare = len(users[word]) == _RARE and n_usual >= _USUAL and users[word].isdisjoint(users[usual])
                if rare and not derived:
                    a, b = sorted(users[word])
                    yield RareSpelling(documents=(a, b), name=entity.name, word=word, usual=usual, n_usual=n_usual)


def _users(entity: Entity) -> dict[str, Set[str]]:
    """By word of the names of an entity, the documents that use it."""
    users: dict[str, set[str]] = defaultdict(set)
    for alias in entity.aliases:
        for word in fold_words(alias.form):
            if len(word) >= _LETTERS and word.isascii() and word.isalpha() and word not in bylines()["two_spellings"]:
                users[word] |= set(alias.document_ids)
    return dict(users)


def _skeleton(word: str) -> str:
    return word[0] + _DOUBLED.sub(r"\1", _VOWELS.sub("", word[1:]))
