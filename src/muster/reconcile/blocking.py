"""Which bundles are worth weighing against each other: those that share a shelf.

Shelves are of a place and some days, of a number of victims and a place or some days, of a victim, of a rare word.
What too many share is no shelf, so that work grows with the case and not with its square.

Method: docs/method/incidents.md, section 4.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from muster.languages.edtf import Interval
from muster.reconcile.bundles import DAY_WIDTH, Bundle
from muster.reconcile.days import is_yearless, read_days, width
from muster.reconcile.surroundings import MAX_SHELF, Surroundings

#: What more bundles have in common than this is no sign that any two of them are one: a place and time, or else.
MAX_AT_PLACE = 200
#: Bundles are held against each other where their days are at most so far apart, if nothing else brings them together.
NEAR_DAYS = 3
#: Fewer victims than this are too common a number to tell one incident from another.
TELLING_TOLL = 3
#: Days before a document came out in which the undated things that it tells of are looked for.
LOOK_BACK_DAYS = 45
#: The longest time in which everything is looked at.
_LONGEST_SPAN = 62
_STEP = NEAR_DAYS + 1
_PLACES = frozenset({"at", "in"})

_Shelf = tuple[str | int | None, ...]


class Shelves:
    """Bundles, by their place in a list, under what they are found by."""

    def __init__(self, bundles: Sequence[Bundle], finding: "Finding", standing: Sequence[int] | None = None) -> None:
        """standing: those of the list that are to be found; all, where it is not given."""
        self.bundles, self._finding = bundles, finding
        self._standing = range(len(bundles)) if standing is None else standing
        members: dict[_Shelf, list[int]] = defaultdict(list)
        for n in self._standing:
            for shelf in finding.stands_on(bundles[n]):
                members[shelf].append(n)
        self._members = {shelf: some for shelf, some in members.items() if len(some) <= _most(shelf)}

    def pairs(self, loose: bool = False) -> NDArray[np.intp]:
        """Pairs of bundles that share a shelf, once each, (n, 2), the first before the second in the list.

        loose: also those that may be of one time.
        """
        both_ways, one_way = _Found(), _Found()
        for n in self._standing:
            both_ways.add(n, self._on(self._finding.shared(self.bundles[n])))
            one_way.add(n, self._on(self._finding.one_way(self.bundles[n], loose)))
        pairs = both_ways.pairs()
        pairs = np.concatenate((pairs[pairs[:, 0] < pairs[:, 1]], np.sort(one_way.pairs())))
        codes = np.unique(pairs[:, 0] * len(self.bundles) + pairs[:, 1])
        first, second = np.divmod(codes, max(1, len(self.bundles)))
        found: NDArray[np.intp] = np.stack((first, second), axis=1)[first != second]
        return found

    def options(self, asking: Iterable[int]) -> NDArray[np.intp]:
        """Pairs (n, 2) of one that asks, which may not be standing here, and one that it may be about."""
        found = _Found()
        for n in asking:
            bundle = self.bundles[n]
            found.add(n, self._on((*self._finding.shared(bundle), *self._finding.one_way(bundle, True))))
        pairs = found.pairs()
        others: NDArray[np.intp] = pairs[pairs[:, 0] != pairs[:, 1]]
        return others

    def _on(self, shelves: Iterable[_Shelf]) -> set[int]:
        found: set[int] = set()
        for shelf in shelves:
            if shelf in self._members:
                found.update(self._members[shelf])
        return found


class Finding:
    """By which shelves bundles are found, and find others, in one state of the case; what was worked out is kept."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self._stands_on_of: dict[int, Collection[_Shelf]] = {}
        self._shared_of: dict[int, Collection[_Shelf]] = {}
        self._one_way_of: dict[tuple[int, bool], Collection[_Shelf]] = {}

    def stands_on(self, bundle: Bundle) -> Collection[_Shelf]:
        """The shelves on which others find a bundle, each once."""
        known = self._stands_on_of.get(bundle.content)
        if known is None:
            known = self._stands_on_of[bundle.content] = set(self._stands_on(bundle))
        return known

    def shared(self, bundle: Bundle) -> Collection[_Shelf]:
        """Shelves on which two bundles find each other both ways."""
        known = self._shared_of.get(bundle.content)
        if known is None:
            known = self._shared_of[bundle.content] = list(self._shared(bundle))
        return known

    def one_way(self, bundle: Bundle, loose: bool) -> Collection[_Shelf]:
        """Shelves on which a bundle finds what does not look for it; loose: also those of its time."""
        key = bundle.content, loose
        known = self._one_way_of.get(key)
        if known is None:
            time = self._time(bundle) if loose else ()
            known = self._one_way_of[key] = [*self._above(bundle), *time]
        return known

    def _stands_on(self, bundle: Bundle) -> Iterator[_Shelf]:
        place, steps = bundle.place(self.around.inside), _steps(bundle.days, 0)
        outer = self.around.inside.get(place or "", frozenset())
        for step in steps:
            yield "day", step
            yield from (("at", p, step) for p in {place, *bundle.places} if p is not None)
            yield from (("in", p, step) for p in (place, *outer) if p is not None)
        if bundle.days is not None:
            yield from (("month of year", month) for month in {bundle.days.first.month, bundle.days.last.month})
        yield from self._by_content(bundle, steps)

    def _shared(self, bundle: Bundle) -> Iterator[_Shelf]:
        place, steps = bundle.place(self.around.inside), _steps(bundle.days, NEAR_DAYS)
        outer = self.around.inside.get(place or "", frozenset())
        next_to = min(outer, key=lambda p: (self.around.crowd.n_at(p), p), default=None)
        for step in steps:
            yield "day", step
            yield from (("at", p, step) for p in {place, *bundle.places} if p is not None)
            if next_to is not None:
                yield "in", next_to, step
        for days in bundle.other_days:
            yield from (("at", place, step) for step in _steps(days, 1))
        yield from self._by_content(bundle, steps)

    def _above(self, bundle: Bundle) -> Iterator[_Shelf]:
        """Shelves of what is told only of the wider place in which a bundle's lies."""
        place = bundle.place(self.around.inside)
        for step in _steps(bundle.days, NEAR_DAYS):
            yield from (("at", p, step) for p in self.around.inside.get(place or "", ()))

    def _time(self, bundle: Bundle) -> Iterator[_Shelf]:
        """Shelves of the time in which what has no day may have been: its month, the weeks before it was told."""
        place = bundle.place(self.around.inside)
        outer = self.around.inside.get(place or "", frozenset())
        for step in sorted({step for days in _times(bundle) for step in _steps(days, 0)}):
            if place is None:
                yield "day", step
            else:
                yield "in", place, step
                yield from (("at", p, step) for p in outer)
        if bundle.days is not None and is_yearless(bundle.days):
            yield "month of year", bundle.days.first.month
        for text in sorted(bundle.published if bundle.days is None else ()):
            days = read_days(text)
            if days is not None and is_yearless(days) and width(days) <= DAY_WIDTH:
                yield from (("of year", (days.last - timedelta(days=n)).isoformat()[5:]) for n in range(11))

    def _by_content(self, bundle: Bundle, steps: Iterable[int]) -> Iterator[_Shelf]:
        place = bundle.place(self.around.inside)
        outer = self.around.inside.get(place or "", frozenset())
        for of, told in bundle.counted().items():
            for n in told.times:
                if n >= TELLING_TOLL:
                    yield "number", of, n
                    yield from (("number", of, n, step) for step in steps)
                    yield from (("number at", of, n, p) for p in (place, *outer) if p is not None)
        yield from (("person", person) for person in bundle.people)
        yield from (("word", word) for word in self.around.rarest(bundle))
        if bundle.days is not None and width(bundle.days) <= DAY_WIDTH:
            yield from (("of year", end.isoformat()[5:]) for end in {bundle.days.first, bundle.days.last})
        if place is not None:
            yield "place", place


class _Found:
    """Pairs as they are found."""

    def __init__(self) -> None:
        self._first, self._second = array("q"), array("q")

    def add(self, n: int, others: Collection[int]) -> None:
        self._first.extend([n] * len(others))
        self._second.extend(others)

    def pairs(self) -> NDArray[np.intp]:
        return np.stack([np.array(each, np.intp) for each in (self._first, self._second)], axis=1)


def _most(shelf: _Shelf) -> int:
    return MAX_AT_PLACE if shelf[0] in _PLACES else MAX_SHELF


def _steps(days: Interval | None, around: int) -> list[int]:
    """The steps of a calendar by four days in which some days lie, with so many more before and after them."""
    if days is None or is_yearless(days) or width(days) > _LONGEST_SPAN:
        return []
    first, last = days.first.toordinal() - around, days.last.toordinal() + around
    return list(range(first // _STEP, last // _STEP + 1))


def _times(bundle: Bundle) -> Iterator[Interval]:
    if bundle.days is not None:
        yield bundle.days
        return
    for text in sorted(bundle.published):
        days = read_days(text)
        if days is not None and width(days) <= DAY_WIDTH and not is_yearless(days):
            first = max(days.first, date.min + timedelta(days=400)) - timedelta(days=LOOK_BACK_DAYS)
            yield Interval(first=first, last=days.last)
