"""How crowded a case is: how many incidents to expect at a place within some days.

That two reports put an attack in one town on one day says much where that town has an attack a year, and
little where it has three a day.

Method: docs/method/incidents.md, section 3.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log2

from muster.languages.edtf import Interval
from muster.reconcile.bundles import DAY_WIDTH, Bundle
from muster.reconcile.days import is_yearless, width

#: Days before and after a day that count as its time.
_AROUND_DAYS = 15
#: The shortest time that a case is about: of ten reports of one week nobody knows what comes after.
_LEAST_DAYS = 365
#: Incidents to expect on a day near an incident, told of or not: after one, others follow close by within days.
WAKE = 0.01
#: To how many steps a doubling counts are rounded, and totals that shares are formed of.
STEPS, TOTAL_STEPS = 4, 32


@lru_cache(maxsize=1 << 16)
def coarse(n: int, steps: int = STEPS) -> int:
    """Round a count to the nearest of so many steps a doubling, by ratio; counts up to eight stay.

    What is weighed hangs on counts so rounded, so that one document more leaves most of it as it was.
    """
    return n if n <= 8 else round(2.0 ** (round(steps * log2(n)) / steps))


class Crowd:
    """Rates of incidents by place and time, from bundles that have both."""

    def __init__(self, bundles: Iterable[Bundle], inside: Mapping[str, frozenset[str]]) -> None:
        """Count cells of one place, day and kind: reports that are one incident are mostly in one cell."""
        cells = {
            (bundle.place(inside), bundle.days.first.toordinal(), bundle.kind)
            for bundle in bundles
            if bundle.days is not None and width(bundle.days) <= DAY_WIDTH and not is_yearless(bundle.days)
        }
        self._days: dict[str | None, list[int]] = {None: []}
        for place, day, _ in sorted(cells, key=lambda cell: cell[1]):
            for at in (None, place, *inside.get(place, ())) if place else (None,):
                self._days.setdefault(at, []).append(day)
        everywhere = self._days[None]
        n_days = everywhere[-1] - everywhere[0] + 1 if everywhere else 0
        self.n_days = coarse(max(_LEAST_DAYS, n_days), TOTAL_STEPS)
        self._rates: dict[tuple[str | None, int, int], float] = {}

    def at(self, place: str | None, days: Interval | None, own: int = 1) -> float:
        """Incidents to expect a day at a place (None: anywhere) around some days (None: at any time).

        own cells, those of the bundles that are weighed, do not count; one that nobody told of does.
        """
        if days is None or is_yearless(days) or width(days) > 2 * _AROUND_DAYS:
            yearless = days is not None and is_yearless(days)  # such a day comes every year
            return (max(0, self.n_at(place) - own) + 1) / (_LEAST_DAYS if yearless else self.n_days)
        key = place, days.first.toordinal(), own
        rate = self._rates.get(key)
        if rate is None:
            rate = max(0, self.n_near(place, key[1]) - own) / (2 * _AROUND_DAYS + 1)
            rate = self._rates[key] = (rate + (max(0, self.n_at(place) - own) + 1) / self.n_days) / 2
        return rate

    def in_season(self, place: str | None, days: Interval) -> float:
        """Incidents to expect at a place on some days of any year."""
        return (self.n_at(place) + 1) / 365 * (width(days) + 1)

    def n_at(self, place: str | None) -> int:
        """Incidents told of at a place, at any time, coarsely."""
        return coarse(len(self._days.get(place, ())))

    def n_near(self, place: str | None, day: int) -> int:
        """Incidents told of at a place around a day (its ordinal), coarsely."""
        told = self._days.get(place, ())
        return coarse(bisect_right(told, day + _AROUND_DAYS) - bisect_left(told, day - _AROUND_DAYS))
