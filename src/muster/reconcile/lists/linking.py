"""Lists of people linked: who in one is who in another, how probably, and why.

Method: docs/method/lists.md.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from muster.errors import MusterError
from muster.reconcile.judged import standing
from muster.reconcile.lists.blocking import Block, propose, sound_numbers
from muster.reconcile.lists.comparing import (
    ALIKE,
    FAMILY,
    FATHER,
    FIELDS,
    GIVEN,
    GRANDFATHER,
    PLACE,
    Pairs,
    WordLevels,
    compare,
    patterns,
)
from muster.reconcile.lists.joining import Ints, Splitting, all_pairs, components, members_of
from muster.reconcile.lists.people import MISSING, Columns, ListedPerson, Numbers, read_columns
from muster.reconcile.lists.weights import (
    Floats,
    Patterns,
    Weights,
    gather,
    learn,
    probabilities,
    settle,
    three_likelihoods,
)
from muster.records import Judgement

#: From which probability on two records are believed to be one person, and from which a pair is kept for a look.
BELIEVED: Final = 0.5
KEPT: Final = 0.05

_AT_LARGE: Final = 200_000  # pairs from which it is learned how strangers agree
_SETTLED_BY: Final = 100_000  # pairs from which it is learned how many are one person
_AT_ONCE: Final = 1_000_000  # pairs that are weighed at a time, for the memory that it takes
_LARGEST_COMPARED: Final = 60  # records of a component of which every pair is compared
#: Fields in which a rare agreement says more than a common one.
_TELLING: Final = (GIVEN, FATHER, GRANDFATHER, FAMILY, PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A pair of records: how probably they are one person, or two of one family, and why in words."""

    a: str
    b: str
    probability: float
    kin: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linkage:
    """Who is who.  persons are the ids of the records of each person, sorted; a record alone is a person too.

    pairs (two rows of numbers of ids) and probability are those of the pairs of KEPT and more, for a
    look; `explain` says of any two records why.  blocks tell which rules proposed how many pairs, and
    found_judged what share of the pairs that people judged to be one person the rules propose (None
    where nobody judged).
    """

    persons: tuple[tuple[str, ...], ...]
    ids: Sequence[str]
    pairs: Pairs
    probability: Floats
    blocks: tuple[Block, ...]
    found_judged: float | None
    comparison: "Comparison"

    def explain(self, a: str, b: str) -> Compared:
        """Compare two records anew and say what speaks for and against their being one person.

        Raises:
            MusterError: there is no such record (unknown_record).
        """
        return self.comparison.explain(a, b)


class Comparison:
    """Records, and all that was learned from them of what an agreement is worth."""

    def __init__(self, columns: Columns, once: npt.NDArray[np.bool_]) -> None:
        self.columns = columns
        self.once = once
        self.words = WordLevels(columns.words)
        sounds = sound_numbers(columns)
        fields = (columns.given, columns.father, columns.grandfather, columns.family)
        self.telling: list[Numbers] = [*(sounds[column] for column in fields), columns.place_sound]
        self.frequency = [_frequency(column) for column in self.telling]
        # Sorted, so that no rounding depends on the order of coming.
        self.at_large = [max(1e-12, float(np.sort(shares[:-1] ** 2).sum())) for shares in self.frequency]
        self.weights: Weights | None = None

    def learn(self, pairs: Pairs) -> Floats:
        """Learn from the pairs proposed; return how probable it is of each that it is one person."""
        found = self._gather(pairs)
        self.weights = learn(found, compare(self.columns, self.words, self._pairs_at_large()))
        step = max(1, pairs.shape[1] // _SETTLED_BY)
        some = slice(None, None, step)
        self.weights = settle(self._logs(pairs, found, some), self.weights, self._n_all(), step)
        return self._of(pairs, found)

    def of(self, pairs: Pairs) -> Floats:
        """Return how probable it is of each of some pairs that it is one person."""
        return self._of(pairs, self._gather(pairs))

    def _gather(self, pairs: Pairs) -> Patterns:
        return gather(patterns(self.columns, self.words, pairs))

    def _of(self, pairs: Pairs, found: Patterns) -> Floats:
        count = pairs.shape[1]
        parts = [slice(start, start + _AT_ONCE) for start in range(0, count, _AT_ONCE)]
        weights = self._learned()
        chances = [probabilities(self._logs(pairs, found, part), weights)[:, 0] for part in parts]
        return np.concatenate(chances) if chances else np.empty(0)

    def _learned(self) -> Weights:
        if self.weights is None:
            raise RuntimeError("nothing was learned yet")
        return self.weights

    def _logs(self, pairs: Pairs, found: Patterns, part: slice) -> Floats:
        """The logs of the likelihoods of one person, kin and strangers of some of the pairs."""
        of_pair = found.of_pair[part]
        logs = three_likelihoods(found, self._learned())[of_pair]
        logs[:, 2] += self._commonness(pairs[:, part], found, of_pair).sum(axis=1)
        return logs

    def _commonness(self, pairs: Pairs, found: Patterns, of_pair: Numbers) -> Floats:
        """The logs by which strangers agree in such a name, or place, more often than in one at large."""
        logs = np.zeros((pairs.shape[1], len(_TELLING)))
        for n, (field, column, frequency) in enumerate(zip(_TELLING, self.telling, self.frequency, strict=True)):
            least = ALIKE if field != PLACE else 1
            agree = (found.levels[:, field] >= least) & (found.levels[:, field] < FIELDS[field].missing)
            chosen = np.flatnonzero(agree[of_pair])
            common = np.maximum(frequency[column[pairs[0, chosen]]], frequency[column[pairs[1, chosen]]])
            logs[chosen, n] = np.log(common / self.at_large[n])
        return logs

    def _pairs_at_large(self) -> Pairs:
        """Pairs of records that have nothing to do with one another: some so many places apart, of different lists."""
        count = len(self.columns)
        n = np.arange(count, dtype=np.int64)
        steps = max(1, min(_AT_LARGE // max(1, count), count - 1))
        apart = (1 + np.arange(steps) * max(1, count // (steps + 1))) if count > 1 else np.empty(0, dtype=np.int64)
        first, second = np.tile(n, len(apart)), ((n[None, :] + apart[:, None]) % max(1, count)).ravel()
        step = max(1, len(first) // _AT_LARGE)
        differ = self.columns.n_list[first] != self.columns.n_list[second]
        return np.stack([first[differ][::step], second[differ][::step]]).astype(np.int32)

    def _n_all(self) -> float:
        """How many pairs of records could be one person."""
        sizes = np.bincount(self.columns.n_list).astype(float)
        own = (sizes * (sizes - 1) / 2)[~self.once].sum()
        return max(1.0, float((sizes.sum() ** 2 - (sizes**2).sum()) / 2 + own))

    def explain(self, a: str, b: str) -> Compared:
        """Compare two records and say why."""
        weights = self._learned()
        numbers = [bisect_left(self.columns.ids, record) for record in (a, b)]
        for n, record in zip(numbers, (a, b), strict=True):
            if n == len(self.columns) or self.columns.ids[n] != record:
                raise MusterError("unknown_record", f"There is no record with the id {record!r}.")
        pairs = np.array(numbers, dtype=np.int32).reshape(2, 1)
        found = self._gather(pairs)
        one, kin, _ = probabilities(self._logs(pairs, found, slice(None)), weights)[0].tolist()
        common = dict(zip(_TELLING, self._commonness(pairs, found, found.of_pair)[0].tolist(), strict=True))
        why = []
        for n, field in enumerate(FIELDS):
            level = int(found.levels[0, n])
            if level != field.missing:
                log = float(np.log(weights.m[n, level] / weights.u[n, level])) - common.get(n, 0.0)
                why.append(f"{field.called} {field.levels[level]}: {_times(log)}")
        return Compared(a=a, b=b, probability=one, kin=kin, why=tuple(why))


def _times(log: float) -> str:
    """How many times as often it is seen of one person as of strangers, in words."""
    if abs(log) < 0.1:
        return "which says nothing"
    times = float(np.exp(abs(log)))
    figure = f"{times:,.0f}" if times >= 9.5 else f"{times:.1f}"
    return (
        f"{figure} times as often in one person as in two"
        if log > 0
        else f"{figure} times as often in two people as in one"
    )


def _frequency(column: Numbers) -> Floats:
    """The share of each number among the records that have one; a last one for those that have none."""
    counts = np.bincount(column[column != MISSING], minlength=1).astype(float)
    seen = np.where(counts > 0, np.maximum(counts, 2.0), 0.0)  # a name seen once may be anywhere seen again
    return np.append(seen / max(1.0, counts.sum()), 1.0)


def link_lists(
    records: Iterable[ListedPerson], judgements: Sequence[Judgement] = (), *, repeating: Iterable[str] = ()
) -> Linkage:
    """Find which records of several lists are of one person.

    repeating are the ids of lists in which a person may stand more than once; of all others it is held
    that he stands there once.  Judgements "same" and "different" whose subjects are ids of records are
    obeyed.  The order of the records does not matter, and none is changed: take a judgement back, link
    again, and everything is as before.

    Raises:
        MusterError: two records have one id (id_twice).
    """
    columns = read_columns(records)
    allowed = set(repeating)
    once = np.array([name not in allowed for name in columns.lists], dtype=bool)
    comparison = Comparison(columns, once)
    pairs, blocks = propose(columns, ~once)
    chances = comparison.learn(pairs)
    same, apart = _judged(columns.ids, judgements)
    proposed = {pair for pair in same if _holds(pairs, len(columns), pair)}
    believed = pairs[:, chances >= BELIEVED]
    linked = np.concatenate([believed, np.array(sorted(same), dtype=np.int32).reshape(-1, 2).T], axis=1)
    label = components(linked, len(columns))
    label = _split(comparison, label, pairs, chances, (same, apart))
    kept = chances >= KEPT
    return Linkage(
        persons=_persons(columns.ids, label),
        ids=columns.ids,
        pairs=pairs[:, kept],
        probability=chances[kept],
        blocks=blocks,
        found_judged=len(proposed) / len(same) if same else None,
        comparison=comparison,
    )


def _holds(pairs: Pairs, count: int, pair: tuple[int, int]) -> bool:
    codes = pairs[0].astype(np.int64) * count + pairs[1]
    at = int(np.searchsorted(codes, pair[0] * count + pair[1]))
    return at < len(codes) and int(codes[at]) == pair[0] * count + pair[1]


_Judged = tuple[set[tuple[int, int]], set[tuple[int, int]]]


def _judged(ids: Sequence[str], judgements: Sequence[Judgement]) -> _Judged:
    """The pairs of records that people judged to be one person, and those judged not to be."""
    number = {record: n for n, record in enumerate(ids)} if judgements else {}
    same: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for judgement in standing(judgements, ("same", "different")):
        subjects = sorted(number[subject] for subject in judgement.subjects if subject in number)
        pairs = {(a, b) for n, a in enumerate(subjects) for b in subjects[n + 1 :]}
        (same if judgement.kind == "same" else apart).update(pairs)
    return same, apart


def _split(comparison: Comparison, label: Ints, pairs: Pairs, chances: Floats, judged: _Judged) -> Ints:
    """Split what hangs together into persons; return the label of each record's."""
    same, apart = judged
    touched = {int(label[a]) for a, _ in same | apart}
    groups = [group for group in members_of(label) if len(group) > 2 or int(group[0]) in touched]
    alike = _alike_within(comparison, label, groups, pairs, chances)
    lists = comparison.columns.n_list
    once = np.where(comparison.once[lists], lists, MISSING)
    result = label.copy()
    for group in groups:
        home, records = int(group[0]), group.tolist()
        if home not in touched and _is_one(group, alike[home], once):
            continue
        judged_here = [
            {pair for pair in judgement if label[pair[0]] == home} if home in touched else set() for judgement in judged
        ]
        splitting = Splitting(alike[home], dict(zip(records, once[group].tolist(), strict=True)), *judged_here)
        for person in splitting.run(BELIEVED):
            result[person] = person[0]
    return result


def _alike_within(
    comparison: Comparison, label: Ints, groups: Sequence[Ints], pairs: Pairs, chances: Floats
) -> dict[int, dict[tuple[int, int], float]]:
    """How probable every pair of each group is, whether it was proposed or not; of a very large one, those proposed."""
    within = all_pairs([group for group in groups if len(group) <= _LARGEST_COMPARED])
    large = [int(group[0]) for group in groups if len(group) > _LARGEST_COMPARED]
    inside = np.isin(label[pairs[0]], large) & (label[pairs[0]] == label[pairs[1]])
    compared = np.concatenate([within, pairs[:, inside]], axis=1)
    sure = np.concatenate([comparison.of(within), chances[inside]])
    alike: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    homes = label[compared[0]].tolist()
    for home, a, b, p in zip(homes, compared[0].tolist(), compared[1].tolist(), sure.tolist(), strict=True):
        alike[home][a, b] = p
    return alike


def _is_one(group: Ints, alike: dict[tuple[int, int], float], once: Numbers) -> bool:
    """Say whether a component needs no splitting: every pair in it is believed, and no list has it twice."""
    lists = once[group]
    lists = lists[lists >= 0]
    n_pairs = len(group) * (len(group) - 1) // 2
    return len(set(lists.tolist())) == len(lists) and len(alike) == n_pairs and min(alike.values()) >= BELIEVED


def _persons(ids: Sequence[str], label: Ints) -> tuple[tuple[str, ...], ...]:
    """The ids of the records of each person, in order of the first."""
    persons: dict[int, list[str]] = {}
    for record, home in zip(ids, label.tolist(), strict=True):
        persons.setdefault(home, []).append(record)
    return tuple(map(tuple, persons.values()))
