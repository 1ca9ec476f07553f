"""Solar Hijri and Hijri dates as Gregorian ones.

Solar Hijri: the arithmetic of Borkowski's break years (K. M. Borkowski, "The Persian calendar for
3000 years", Earth, Moon and Planets 74, 1996), exact for the official calendar from AP 1178 to 1633.
Hijri: the tabular civil calendar (30-year cycle, leap years 2 5 7 10 13 16 18 21 24 26 29); a sighted
month may begin a day or two earlier or later, so its results are marked approximate by callers.
"""

from datetime import date, timedelta
from typing import Final

_BREAKS: Final = (
    -61,
    9,
    38,
    199,
    426,
    686,
    756,
    818,
    1111,
    1181,
    1210,
    1635,
    2060,
    2097,
    2192,
    2262,
    2324,
    2394,
    2456,
    3178,
)
_FIRST_SOLAR, _LAST_SOLAR = 1178, 1633
_HIJRI_EPOCH: Final = 227015  # date.ordinal of 1 Muharram AH 1 (19 July 622, proleptic Gregorian)


def _new_year(year: int) -> tuple[date, bool]:
    """Return Nowruz of a Solar Hijri year and whether the year is a leap year."""
    gregorian = year + 621
    leaps = -14
    previous = _BREAKS[0]
    jump = 0
    for limit in _BREAKS[1:]:
        jump = limit - previous
        if year < limit:
            break
        leaps += jump // 33 * 8 + jump % 33 // 4
        previous = limit
    n = year - previous
    leaps += n // 33 * 8 + (n % 33 + 3) // 4
    if jump % 33 == 4 and jump - n == 4:
        leaps += 1
    march = 20 + leaps - (gregorian // 4 - (gregorian // 100 + 1) * 3 // 4 - 150)
    if jump - n < 6:
        n = n - jump + (jump + 4) // 33 * 33
    leap = (n + 1) % 33 - 1
    return date(gregorian, 3, march), (4 if leap == -1 else leap % 4) == 0


def solar_month_days(year: int, month: int) -> int:
    """Return the number of days (29-31) of a Solar Hijri month."""
    if month <= 6:
        return 31
    return 30 if month < 12 or _new_year(year)[1] else 29


def from_solar(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a Solar Hijri one.

    Raises:
        ValueError: no such day, or a year outside 1178-1633.
    """
    if not _FIRST_SOLAR <= year <= _LAST_SOLAR or not 1 <= month <= 12:
        raise ValueError(f"no such Solar Hijri month: {year}-{month}")
    if not 1 <= day <= solar_month_days(year, month):
        raise ValueError(f"no such Solar Hijri day: {year}-{month}-{day}")
    before = 31 * (month - 1) - max(0, month - 7)
    return _new_year(year)[0] + timedelta(days=before + day - 1)


def to_solar(day: date) -> tuple[int, int, int]:
    """Return (year, month, day) in the Solar Hijri calendar.

    Raises:
        ValueError: outside Solar Hijri years 1178-1633.
    """
    year = day.year - 621
    if not _FIRST_SOLAR < year <= _LAST_SOLAR:
        raise ValueError(f"{day} is outside the Solar Hijri years 1178-1633")
    if day < _new_year(year)[0]:
        year -= 1
    offset = (day - _new_year(year)[0]).days
    if offset < 186:
        return year, offset // 31 + 1, offset % 31 + 1
    return year, (offset - 186) // 30 + 7, (offset - 186) % 30 + 1


def from_hijri(year: int, month: int, day: int) -> date:
    """Return the Gregorian date of a tabular Hijri one: within a day or two of the sighted date.

    Raises:
        ValueError: no such day.
    """
    if not 1 <= year <= 1700 or not 1 <= month <= 12 or not 1 <= day <= 30:
        raise ValueError(f"no such Hijri day: {year}-{month}-{day}")
    ordinal = _HIJRI_EPOCH + day - 1 + (59 * (month - 1) + 1) // 2 + 354 * (year - 1) + (3 + 11 * year) // 30
    return date.fromordinal(ordinal)


def to_hijri(day: date) -> tuple[int, int, int]:
    """Return (year, month, day) in the tabular Hijri calendar."""
    year = (30 * (day.toordinal() - _HIJRI_EPOCH) + 10646) // 10631
    month = max(m for m in range(1, 13) if from_hijri(year, m, 1) <= day)
    return year, month, (day - from_hijri(year, month, 1)).days + 1
