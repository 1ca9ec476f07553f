"""How far the fields of two records agree: a level for each field, from words or numbers compared once.

Levels count from 0, which is "disagree", upwards; a field that either record lacks has the level
one above its highest.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

from muster.languages.names import NamePart
from muster.languages.sounds import closeness, most_bits, outline
from muster.reconcile.lists.people import MISSING, NO_DAY, Columns, Numbers

Levels = npt.NDArray[np.uint8]  # one row for each pair, one column for each of FIELDS
Pairs = npt.NDArray[np.int32]  # two rows: the numbers of the first and of the second records


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field that is compared: what it and its levels are called, from disagreement to the highest.

    one, kin and strangers are how often each level commonly occurs among pairs of one person, of one
    family, and of strangers.
    """

    key: str
    called: str
    levels: tuple[str, ...]
    one: tuple[float, ...]
    kin: tuple[float, ...]
    strangers: tuple[float, ...]

    @property
    def missing(self) -> int:
        """The level of pairs of which one lacks the field."""
        return len(self.levels)


def _read_fields() -> tuple[Field, ...]:
    text = files("muster.reconcile.lists").joinpath("fields.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["field"], tuple[Field, ...])


FIELDS: Final = _read_fields()
GIVEN, FATHER, GRANDFATHER, FAMILY, BORN, SEX, PLACE, DATE = range(len(FIELDS))
NAMES: Final = (GIVEN, FATHER, GRANDFATHER, FAMILY)
#: The level from which two words are held to be spellings of one name.
ALIKE: Final = 2

_SAME_SOUND, _ALIKE_SOUND, _LITTLE = 0.93, 0.78, 0.6
_AT_ONCE: Final = 2_000_000  # pairs that are compared at a time, for the memory that it takes
_ONE_SLIP_FROM = 4  # letters that a word must have for one wrong letter to leave it recognisable


def word_level(a: NamePart, b: NamePart) -> int:
    """Return how far two words agree as names."""
    if a.words == b.words:
        return 4
    if a.known and b.known:
        return 3 if a.known == b.known else 0
    first, second = sorted((a.sounds, b.sounds))  # so that no rounding depends on which comes first
    alike = closeness(first, second, a.arabic and b.arabic, _LITTLE)
    if alike >= _ALIKE_SOUND:
        return 3 if alike >= _SAME_SOUND else 2
    slip = min(len(a.words), len(b.words)) >= _ONE_SLIP_FROM and OSA.distance(a.words, b.words, score_cutoff=1) <= 1
    return 1 if slip or alike >= _LITTLE else 0


class WordLevels:
    """Levels of pairs of words, each worked out once."""

    def __init__(self, words: list[NamePart]) -> None:
        self.words = words
        outlines = [outline(word.sounds) for word in words]
        self.bits, self.far = (_sixty_four(row) for row in (zip(*outlines, strict=True) if words else ((), ())))
        self.most = np.array([most_bits(word.sound_weight, _LITTLE) for word in words], dtype=np.uint8)
        known: dict[str | None, int] = {None: MISSING}
        self.known = np.array([known.setdefault(word.known, len(known)) for word in words], dtype=np.int32)
        self.keys = np.empty(0, dtype=np.int64)  # sorted: lower number * number of words + higher number
        self.levels = np.empty(0, dtype=np.uint8)

    def of(self, a: Numbers, b: Numbers) -> npt.NDArray[np.uint8]:
        """Return the level of each pair of numbers of words; that of a missing word is one above the highest."""
        missing = FIELDS[GIVEN].missing
        levels = np.full(len(a), 4, dtype=np.uint8)
        levels[(a == MISSING) | (b == MISSING)] = missing
        differ = np.flatnonzero((a != b) & (levels != missing))
        low, high = np.minimum(a[differ], b[differ]), np.maximum(a[differ], b[differ])
        keys = low.astype(np.int64) * len(self.words) + high
        distinct, at = np.unique(keys, return_inverse=True)
        levels[differ] = self._of_keys(distinct)[at]
        return levels

    def _of_keys(self, keys: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        places = np.searchsorted(self.keys, keys)
        known = np.zeros(len(keys), dtype=bool)
        inside = places < len(self.keys)
        known[inside] = self.keys[places[inside]] == keys[inside]
        found = np.empty(len(keys), dtype=np.uint8)
        found[known] = self.levels[places[known]]
        fresh = keys[~known]
        made = self._work_out(fresh // max(1, len(self.words)), fresh % max(1, len(self.words)))
        found[~known] = made
        self.levels = np.insert(self.levels, places[~known], made)
        self.keys = np.insert(self.keys, places[~known], fresh)
        return found

    def _work_out(self, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        levels = np.zeros(len(a), dtype=np.uint8)
        both = (self.known[a] != MISSING) & (self.known[b] != MISSING)
        levels[both & (self.known[a] == self.known[b])] = 3
        most = np.maximum(self.most[a], self.most[b])
        near = ~both & (_count(self.bits[a] & self.far[b]) <= most) & (_count(self.bits[b] & self.far[a]) <= most)
        at = np.flatnonzero(near)
        words = self.words
        levels[at] = [word_level(words[i], words[j]) for i, j in zip(a[at].tolist(), b[at].tolist(), strict=True)]
        return levels


def _sixty_four(outlines: Iterable[int]) -> npt.NDArray[np.uint64]:
    """Sets of bits as rows of numbers of 64 bits."""
    return np.frombuffer(b"".join(bits.to_bytes(40, "little") for bits in outlines), dtype="<u8").reshape(-1, 5)


def _count(bits: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint8]:
    counted: npt.NDArray[np.uint8] = np.bitwise_count(bits).sum(axis=1, dtype=np.uint8)
    return counted


def _gap(first_a: Numbers, last_a: Numbers, first_b: Numbers, last_b: Numbers) -> Numbers:
    """Days between two intervals; 0 where they touch."""
    days: Numbers = np.maximum(0, np.maximum(first_a, first_b) - np.minimum(last_a, last_b))
    return days


def _born(columns: Columns, a: Numbers, b: Numbers) -> npt.NDArray[np.uint8]:
    first_a, last_a, first_b, last_b = (
        columns.born_first[a], columns.born_last[a], columns.born_first[b], columns.born_last[b],
    )  # fmt: skip
    gap = _gap(first_a, last_a, first_b, last_b)
    exact = (first_a == last_a) & (first_a == first_b) & (last_a == last_b)
    years = np.where(gap == 0, 3, np.where(gap <= 366, 2, np.where(gap <= 3 * 366, 1, 0)))
    levels = np.where(exact, 4, years)
    return np.where((first_a == NO_DAY) | (first_b == NO_DAY), FIELDS[BORN].missing, levels).astype(np.uint8)


def _date(columns: Columns, a: Numbers, b: Numbers) -> npt.NDArray[np.uint8]:
    first_a, last_a, first_b, last_b = (
        columns.date_first[a], columns.date_last[a], columns.date_first[b], columns.date_last[b],
    )  # fmt: skip
    gap = _gap(first_a, last_a, first_b, last_b)
    exact = (first_a == last_a) & (first_a == first_b) & (last_a == last_b)
    levels = np.where(exact, 3, np.where(gap <= 1, 2, np.where(gap <= 7, 1, 0)))
    return np.where((first_a == NO_DAY) | (first_b == NO_DAY), FIELDS[DATE].missing, levels).astype(np.uint8)


def _place(columns: Columns, a: Numbers, b: Numbers) -> npt.NDArray[np.uint8]:
    written_a, written_b = columns.place[a], columns.place[b]
    sounds = columns.place_sound[a] == columns.place_sound[b]
    levels = np.where(written_a == written_b, 2, np.where(sounds, 1, 0))
    lacking = (written_a == MISSING) | (written_b == MISSING)
    return np.where(lacking, FIELDS[PLACE].missing, levels).astype(np.uint8)


def _sex(columns: Columns, a: Numbers, b: Numbers) -> npt.NDArray[np.uint8]:
    lacking = (columns.sex[a] == MISSING) | (columns.sex[b] == MISSING)
    return np.where(lacking, FIELDS[SEX].missing, columns.sex[a] == columns.sex[b]).astype(np.uint8)


def compare(columns: Columns, words: WordLevels, pairs: Pairs) -> Levels:
    """Return the levels of some pairs of records."""
    a, b = pairs
    levels = np.empty((len(a), len(FIELDS)), dtype=np.uint8)
    named = (columns.given, columns.father, columns.grandfather, columns.family)
    for field, column in zip(NAMES, named, strict=True):
        levels[:, field] = words.of(column[a], column[b])
    levels[:, BORN] = _born(columns, a, b)
    levels[:, SEX] = _sex(columns, a, b)
    levels[:, PLACE] = _place(columns, a, b)
    levels[:, DATE] = _date(columns, a, b)
    return levels


def patterns(columns: Columns, words: WordLevels, pairs: Pairs) -> Numbers:
    """Return the levels of some pairs of records as one number for each pair, its pattern."""
    codes = np.zeros(pairs.shape[1], dtype=np.int32)
    for start in range(0, pairs.shape[1], _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        levels = compare(columns, words, pairs[:, part])
        for n, field in enumerate(FIELDS):
            codes[part] *= field.missing + 1
            codes[part] += levels[:, n]
    return codes


def levels_of(codes: Numbers) -> Levels:
    """Return the levels that patterns stand for."""
    levels, rest = np.empty((len(codes), len(FIELDS)), dtype=np.uint8), codes.copy()
    for n, field in reversed(list(enumerate(FIELDS))):
        levels[:, n] = rest % (field.missing + 1)
        rest //= field.missing + 1
    return levels
