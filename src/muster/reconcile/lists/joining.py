"""Pairs into persons: whatever hangs together is split by average link before it is believed.

Two groups of records are one person if their pairs are so on average, no list would hold that person
twice, and nobody has judged them apart.
"""

import heapq
from collections.abc import Iterator, Mapping, Set

import numpy as np
import numpy.typing as npt

from muster.reconcile.lists.comparing import Pairs

Ints = npt.NDArray[np.int64]


def components(pairs: Pairs, count: int) -> Ints:
    """Return for each of count records the lowest number of those that pairs lead to from it."""
    label = np.arange(count)
    a, b = pairs
    while True:
        low = np.minimum(label[a], label[b])
        before = label.copy()
        np.minimum.at(label, label[a], low)
        np.minimum.at(label, label[b], low)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(before, label):
            return label


def members_of(label: Ints) -> list[Ints]:
    """Return the records of every component of two and more, in order."""
    order = np.argsort(label, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(label[order]) != 0])
    groups = np.split(order, starts[1:])
    return [group for group in groups if len(group) > 1]


def all_pairs(groups: list[Ints]) -> Pairs:
    """Return every two records of each group."""
    firsts, seconds = [], []
    for group in groups:
        low, high = np.triu_indices(len(group), 1)
        firsts.append(group[low])
        seconds.append(group[high])
    if not firsts:
        return np.empty((2, 0), dtype=np.int32)
    return np.stack([np.concatenate(firsts), np.concatenate(seconds)]).astype(np.int32)


class Splitting:
    """A component while it is split.

    alike holds the probabilities of pairs of records, lower number first; once says for every record in
    which list no person stands twice, or -1.  same and apart are pairs that people judged; where the two
    contradict each other, apart holds.
    """

    def __init__(
        self,
        alike: Mapping[tuple[int, int], float],
        once: Mapping[int, int],
        same: Set[tuple[int, int]],
        apart: Set[tuple[int, int]],
    ) -> None:
        self.groups: dict[int, list[int]] = {record: [record] for record in once}
        self.lists = {record: {n_list} - {-1} for record, n_list in once.items()}
        self.apart = apart
        self.sums: dict[int, dict[int, float]] = {record: {} for record in once}
        for (a, b), p in alike.items():
            self.sums[a][b] = self.sums[b][a] = p
        home = {record: record for record in once}
        for a, b in sorted(same):
            one, other = home[a], home[b]
            if one != other and not self._judged_apart(one, other):
                kept = self._join(one, other)
                home.update(dict.fromkeys(self.groups[kept], kept))

    def run(self, least: float) -> Iterator[list[int]]:
        """Join what is most alike on average until nothing reaches least."""
        heap = [(-mean, a, b) for a in self.groups for b, mean in self._means(a) if a < b]
        heapq.heapify(heap)
        while heap:
            minus, a, b = heapq.heappop(heap)
            if -minus < least:
                break
            if a not in self.groups or b not in self.groups or self._mean(a, b) != -minus or not self._may_join(a, b):
                continue
            kept = self._join(a, b)
            for other, mean in self._means(kept):
                heapq.heappush(heap, (-mean, min(kept, other), max(kept, other)))
        for group in self.groups.values():
            yield sorted(group)

    def _mean(self, a: int, b: int) -> float:
        return self.sums[a].get(b, 0.0) / (len(self.groups[a]) * len(self.groups[b]))

    def _means(self, a: int) -> Iterator[tuple[int, float]]:
        for b in self.sums[a]:
            yield b, self._mean(a, b)

    def _may_join(self, a: int, b: int) -> bool:
        return not self.lists[a] & self.lists[b] and not self._judged_apart(a, b)

    def _judged_apart(self, a: int, b: int) -> bool:
        if not self.apart:
            return False
        pairs = ((x, y) if x < y else (y, x) for x in self.groups[a] for y in self.groups[b])
        return any(pair in self.apart for pair in pairs)

    def _join(self, a: int, b: int) -> int:
        kept, gone = min(a, b), max(a, b)
        self.groups[kept] += self.groups.pop(gone)
        self.lists[kept] |= self.lists.pop(gone)
        mine, theirs = self.sums[kept], self.sums.pop(gone)
        mine.pop(gone, None)
        for other, total in theirs.items():
            if other != kept:
                mine[other] = mine.get(other, 0.0) + total
                del self.sums[other][gone]
                self.sums[other][kept] = mine[other]
        return kept
