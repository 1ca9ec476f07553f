"""Days of events: how far two dates are apart, where one may lack its year.

A day whose year a document does not give ("XXXX-07-29") stands in year 4, a leap year in which nothing
else that Muster reads can lie.
"""

from datetime import date
from functools import lru_cache

from muster.languages.edtf import Interval, days_edtf, parse_edtf

_NO_YEAR = 4


@lru_cache(maxsize=1 << 16)
def read_days(edtf: str) -> Interval | None:
    """Return the days of an EDTF date; those of a date without a year lie in year 4."""
    if edtf.startswith("XXXX-"):
        return parse_edtf(edtf.replace("XXXX", f"{_NO_YEAR:04d}"))
    return parse_edtf(edtf)


def write_days(days: Interval) -> str:
    """Write days as EDTF; the inverse of read_days up to the spelling of intervals."""
    if not is_yearless(days):
        return days_edtf(days.first, days.last)
    return "/".join(f"XXXX{end[4:]}" for end in days_edtf(days.first, days.last).split("/"))


def is_yearless(days: Interval) -> bool:
    """Say whether the year of some days is not known."""
    return days.first.year == _NO_YEAR


def gap(a: Interval, b: Interval) -> int:
    """Return the days between two intervals, 0 where they share a day.

    Where just one has no year, the other's is left out of account.
    """
    if is_yearless(a) != is_yearless(b):
        yearless, other = (a, b) if is_yearless(a) else (b, a)
        if width(other) > 62:
            return 0
        return _gap(yearless, _in_year(other, _NO_YEAR))
    return _gap(a, b)


def width(days: Interval) -> int:
    """Return how many days an interval holds beyond its first."""
    return (days.last - days.first).days


def join(a: Interval | None, b: Interval | None) -> Interval | None:
    """Return the days from the first of two intervals to the last; either may be unknown."""
    if a is None or b is None:
        return a or b
    if is_yearless(a) != is_yearless(b):
        return b if is_yearless(a) else a
    return Interval(first=min(a.first, b.first), last=max(a.last, b.last))


def follows(earlier: Interval, later: Interval, within_days: int) -> bool:
    """Say whether one date lies after another, and at most so many days."""
    if is_yearless(earlier) != is_yearless(later):
        return False
    return earlier.first <= later.first and (later.first - earlier.last).days <= within_days


def _gap(a: Interval, b: Interval) -> int:
    return max(0, (b.first - a.last).days, (a.first - b.last).days)


def _in_year(days: Interval, year: int) -> Interval:
    first, last = days.first.replace(year=year), days.last.replace(year=year)
    return (
        Interval(first=first, last=last) if first <= last else Interval(first=date(year, 1, 1), last=date(year, 12, 31))
    )
