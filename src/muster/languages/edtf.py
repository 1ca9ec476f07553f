"""Partial dates: the part of EDTF (ISO 8601-2) that Muster writes, as intervals of days.

Read here: "2011", "2011-04", "2011-04-08", "201X", "2011-21" (seasons 21-24), "XXXX-07-29" (year not
given), intervals "a/b" with an open end (".." or nothing), each followed by "?", "~" or "%".
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

_DATE: Final = re.compile(r"(\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d\d)(?:-(\d\d))?)?[?~%]?", re.ASCII)
_SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Days from first to last, both included."""

    first: date
    last: date


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _parse_single(text: str) -> Interval | None:
    found = _DATE.fullmatch(text.strip())
    if not found or found[1] == "XXXX":
        return None
    low, high = int(found[1].replace("X", "0")), int(found[1].replace("X", "9"))
    if not low:
        return None
    if found[2] is None:
        return Interval(first=date(low, 1, 1), last=date(high, 12, 31))
    month = int(found[2])
    try:
        if found[3] is not None:
            day = date(low, month, int(found[3]))
            return Interval(first=day, last=day)
        if month in _SEASONS:
            start, end = _SEASONS[month]
            return Interval(first=date(low, start, 1), last=_month_end(low + (end < start), end))
        return Interval(first=date(low, month, 1), last=_month_end(low, month))
    except ValueError:
        return None


@lru_cache(maxsize=1 << 16)
def parse_edtf(edtf: str) -> Interval | None:
    """Return the days that an EDTF date covers; None where it has no year or is not one."""
    if "/" not in edtf:
        return _parse_single(edtf)
    left, _, right = edtf.partition("/")
    open_left, open_right = left.strip() in {"", ".."}, right.strip() in {"", ".."}
    first, last = _parse_single(left), _parse_single(right)
    if (first is None and not open_left) or (last is None and not open_right):
        return None
    start = date.min if first is None else first.first
    end = date.max if last is None else last.last
    return Interval(first=start, last=end) if start <= end else None


def edtf_overlap(a: str, b: str) -> bool | None:
    """Return whether two EDTF dates share a day; None where either is not known well enough.

    Where one has no year ("XXXX-07-29"), only month and day are held against each other.
    """
    first, second = parse_edtf(a), parse_edtf(b)
    if first and second:
        return first.first <= second.last and second.first <= first.last
    if a.startswith("XXXX-") and b.startswith("XXXX-"):
        return a.rstrip("?~%").startswith(b.rstrip("?~%")) or b.rstrip("?~%").startswith(a.rstrip("?~%"))
    yearless, other = (a, second) if first is None else (b, first)
    if other is None or not yearless.startswith("XXXX-"):
        return None
    return any(
        edtf_overlap(f"{year}{yearless[4:]}", _days(other))
        for year in range(other.first.year, min(other.last.year, other.first.year + 4) + 1)
    )


def _days(interval: Interval) -> str:
    return f"{interval.first.isoformat()}/{interval.last.isoformat()}"


def days_edtf(first: date, last: date) -> str:
    """Write days as EDTF: a day, a whole month or year in short, else an interval."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == _month_end(first.year, first.month):
        return first.isoformat()[:7]
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return first.isoformat()[:4]
    return f"{first.isoformat()}/{last.isoformat()}"


def shift(edtf: str, n: int, unit: str) -> str | None:
    """Move a date by n (may be negative) "day"s, "week"s, "month"s or "year"s.

    The answer is no finer than the unit says: days keep the day; weeks give a day marked "~"; months
    a month; years a year.  None where edtf has no year, or is coarser than the unit.
    """
    interval = parse_edtf(edtf)
    if interval is None:
        return None
    length = (interval.last - interval.first).days
    try:
        if unit in {"day", "week"}:
            if length > 6:
                return None
            step = timedelta(days=n * (7 if unit == "week" else 1))
            moved = days_edtf(interval.first + step, interval.last + step)
            return moved if unit == "day" or "/" in moved else moved + "~"
        if unit == "month":
            if length > 61:
                return None
            months = interval.first.year * 12 + interval.first.month - 1 + n
            return f"{months // 12:04d}-{months % 12 + 1:02d}"
    except OverflowError:
        return None
    year = interval.first.year + n
    return f"{year:04d}" if unit == "year" and 0 < year < 10000 else None


def weekday_of(edtf: str) -> int | None:
    """Return the weekday (0 for Monday) of a date that is one day, else None."""
    interval = parse_edtf(edtf)
    return interval.first.weekday() if interval and interval.first == interval.last else None


def years_where(month: int, day: int, weekday: int, near_year: int, n_years: int = 7) -> tuple[int, ...]:
    """Return the years within n_years of near_year in which that day falls on that weekday, nearest first."""
    found = []
    for year in range(max(1, near_year - n_years), near_year + n_years + 1):
        try:
            if date(year, month, day).weekday() == weekday:
                found.append(year)
        except ValueError:
            continue
    return tuple(sorted(found, key=lambda year: (abs(year - near_year), year)))
