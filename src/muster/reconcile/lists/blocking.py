"""Which pairs of records are compared at all: those that agree in two things that sound, or are, the same.

The largest blocks of a rule are left out, and counted, where it would propose too many pairs with them
(Muhammads of the commonest families); what is in them is still found by narrower rules.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from muster.languages.sounds import consonants
from muster.reconcile.lists.comparing import Pairs
from muster.reconcile.lists.people import MISSING, NO_DAY, Columns, Numbers

#: Pairs that a rule may propose for each record, or in all where records are few, and records that a block may hold.
PAIRS_PER_RECORD: Final = 4
FEW_PAIRS: Final = 50_000
LARGEST_BLOCK: Final = 100

_LARGEST_CODE: Final = 2**62
_UNIX_DAY: Final = 719_163  # the ordinal of 1 January 1970

#: Columns of `_keys` that a pair must share to be compared by a rule.
RULES: Final = (
    ("given", "family"),
    ("father", "family"),
    ("given", "father", "place"),
    ("given", "father", "born"),
    ("given", "father", "date"),
    ("given", "born", "place"),
    ("given", "born", "date"),
    ("given", "place", "date"),
    ("family", "born", "place"),
    ("family", "born", "date"),
    ("family", "place", "date"),
    ("father", "born", "place"),
    ("father", "place", "date"),
    ("place", "date"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What one rule gave: pairs, and blocks with the records in them that were too large."""

    rule: tuple[str, ...]
    n_pairs: int
    n_too_large: int
    n_left_out: int


def sound_numbers(columns: Columns) -> Numbers:
    """Return a number for each word, the same for words of one skeleton; the last is for a missing word."""
    numbers: dict[str, int] = {}
    sounds = [consonants(word.sounds) or word.sounds for word in columns.words]
    return np.array([*(numbers.setdefault(sound, len(numbers)) for sound in sounds), MISSING], dtype=np.int32)


def _keys(columns: Columns) -> dict[str, Numbers]:
    """For each column of the rules a number for each record; MISSING where it cannot be found by it."""
    sounds = sound_numbers(columns)
    days = (columns.born_first - _UNIX_DAY).astype("datetime64[D]")
    year = days.astype("datetime64[Y]").astype(np.int32)
    dated = columns.date_first == columns.date_last
    return {
        "given": sounds[columns.given],
        "father": sounds[columns.father],
        "family": sounds[columns.family],
        "born": np.where(columns.born_first == NO_DAY, MISSING, year + 2000).astype(np.int32),
        "place": columns.place_sound,
        "date": np.where(dated & (columns.date_first != NO_DAY), columns.date_first, MISSING).astype(np.int32),
    }


def _blocks(keys: Sequence[Numbers]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Records that have all keys, those that share them beside each other, and the number of each one's block."""
    whole = np.flatnonzero(np.logical_and.reduce([key != MISSING for key in keys]))
    code = np.zeros(len(whole), dtype=np.int64)
    for key in keys:
        span = int(key.max(initial=0)) + 1
        if code.max(initial=0) >= _LARGEST_CODE // span:
            code = np.unique(code, return_inverse=True)[1]
        code = code * span + key[whole]
    order = np.argsort(code, kind="stable")
    code = code[order]
    block = np.cumsum(np.r_[False, code[1:] != code[:-1]][: len(code)], dtype=np.int32)
    return whole[order].astype(np.int32), block


def _near(records: Numbers, block: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Every two records of a block: first those beside each other, then those two places apart, and so on."""
    at = np.arange(len(records))
    for distance in range(1, LARGEST_BLOCK):
        at = at[: np.searchsorted(at, len(records) - distance)]
        at = at[block[at] == block[at + distance]]
        if not len(at):
            return
        yield records[at], records[at + distance]


def propose(columns: Columns, may_pair: npt.NDArray[np.bool_]) -> tuple[Pairs, tuple[Block, ...]]:
    """Return the pairs to compare, each once, the lower number first, and what each rule gave.

    may_pair says for each list whether two of its records may be one person.
    """
    keys, count = _keys(columns), len(columns)
    code, blocks = np.empty(0, dtype=np.int64), []
    for rule in RULES:
        records, block = _blocks([keys[name] for name in rule])
        sizes = np.bincount(block)
        large = sizes > _largest(sizes, count)
        keep = (sizes[block] > 1) & ~large[block]
        found = [_codes(columns, may_pair, a, b) for a, b in _near(records[keep], block[keep])]
        n_found = sum(map(len, found))
        blocks.append(
            Block(rule=rule, n_pairs=n_found, n_too_large=int(large.sum()), n_left_out=int(sizes[large].sum()))
        )
        code = np.sort(np.concatenate([code, *found]))  # np.unique, which hashes, takes fifty times as long
        code = code[np.diff(code, prepend=-1) != 0]
    return np.stack([(code // count).astype(np.int32), (code % count).astype(np.int32)]), tuple(blocks)


def _largest(sizes: npt.NDArray[np.int64], count: int) -> int:
    """The size of the largest blocks that a rule may have if all up to it are not to propose too many pairs."""
    tally = np.bincount(np.minimum(sizes, LARGEST_BLOCK + 1), minlength=LARGEST_BLOCK + 2)[: LARGEST_BLOCK + 1]
    size = np.arange(LARGEST_BLOCK + 1)
    n_pairs = np.cumsum(tally * size * (size - 1) // 2)
    return int(np.searchsorted(n_pairs, max(FEW_PAIRS, PAIRS_PER_RECORD * count), side="right")) - 1


def _codes(columns: Columns, may_pair: npt.NDArray[np.bool_], a: Numbers, b: Numbers) -> npt.NDArray[np.int64]:
    """One number for each pair of records that may be one person."""
    lists = columns.n_list[a]
    allowed = (lists != columns.n_list[b]) | may_pair[lists]
    a, b = a[allowed], b[allowed]
    return np.minimum(a, b).astype(np.int64) * len(columns) + np.maximum(a, b)
