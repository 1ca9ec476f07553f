"""What a form of date means, held against the document's own date and the last date spoken of.

Method: docs/method/dates.md.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from muster.languages.calendars import from_hijri, from_solar, solar_month_days, to_hijri, to_solar
from muster.languages.date_words import DateWords, Month
from muster.languages.edtf import days_edtf, parse_edtf, shift

_SLACK_DAYS = 3  # "on 9 April" in a document of 7 April is this year's: announced, not remembered
_NEAR_DAYS = 62  # a date without year belongs to a date spoken of before if that near


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is resolved against: the document's own date and the last date spoken of."""

    anchor: str | None
    reference: str | None

    @property
    def day(self) -> date | None:
        """The anchor where it is one day of a known year, else None."""
        interval = parse_edtf(self.anchor) if self.anchor else None
        return interval.first if interval and interval.first == interval.last else None


def _limit(context: Context) -> date | None:
    """Return the last day that a date without year may fall on."""
    interval = parse_edtf(context.anchor) if context.anchor else None
    if interval is None:
        return None
    return interval.last + timedelta(days=_SLACK_DAYS) if interval.first == interval.last else interval.last


def _near_reference(candidates: list[date], context: Context) -> date | None:
    interval = parse_edtf(context.reference) if context.reference else None
    if interval is None or (interval.last - interval.first).days > 31:
        return None
    best = min(candidates, key=lambda day: abs((day - interval.first).days), default=None)
    return best if best and abs((best - interval.first).days) <= _NEAR_DAYS else None


def _years_around(context: Context) -> range:
    known = [parse_edtf(edtf) for edtf in (context.anchor, context.reference) if edtf]
    years = [interval.first.year for interval in known if interval] + [
        interval.last.year for interval in known if interval
    ]
    return range(max(2, min(years) - 5), min(9998, max(years) + 1) + 1) if years else range(0)


def _days_in(month: Month, day: int, years: range) -> Iterator[date]:
    """Yield every such day that falls in these Gregorian years, in order."""
    for year in years:
        own = {"gregorian": year, "solar": year - 621, "hijri": 0}[month.calendar]
        tries = (own - 1, own) if month.calendar == "solar" else (own,)
        if month.calendar == "hijri":
            first = to_hijri(date(year, 1, 1))[0]
            tries = (first, first + 1)
        for candidate in tries:
            found = _gregorian(month, candidate, day)
            if found and found.year == year:
                yield found


def _gregorian(month: Month, year: int, day: int) -> date | None:
    try:
        if month.calendar == "solar":
            return from_solar(year, month.number, day)
        if month.calendar == "hijri":
            return from_hijri(year, month.number, day)
        return date(year, month.number, day)
    except ValueError:
        return None


def _day_without_year(month: Month, day: int, context: Context) -> str | None:
    mark = "~" if month.calendar == "hijri" else ""
    limit = _limit(context)
    candidates = [found for found in _days_in(month, day, _years_around(context)) if not limit or found <= limit]
    near = _near_reference(candidates, context)
    if near:
        return near.isoformat() + mark
    if limit and candidates:
        return max(candidates).isoformat() + mark
    if month.calendar != "gregorian" or _gregorian(month, 2000, day) is None:
        return None
    return f"XXXX-{month.number:02d}-{day:02d}"


def _day(month: Month, year: str | None, day: int, context: Context) -> str | None:
    if year is None:
        return _day_without_year(month, day, context)
    found = _gregorian(month, int(year), day)
    return found.isoformat() + ("~" if month.calendar == "hijri" else "") if found else None


def _month_days(month: Month, year: int) -> str | None:
    first = _gregorian(month, year, 1)
    if first is None:
        return None
    if month.calendar == "gregorian":
        return first.isoformat()[:7]
    if month.calendar == "solar":
        last = first + timedelta(days=solar_month_days(year, month.number) - 1)
        return days_edtf(first, last)
    return f"{first.isoformat()}~/{(first + timedelta(days=28)).isoformat()}~"


def _own_year(month: Month, day: date) -> int:
    if month.calendar == "solar":
        return to_solar(day)[0]
    return to_hijri(day)[0] if month.calendar == "hijri" else day.year


def _month_without_year(month: Month, context: Context, which: int | None) -> str | None:
    interval = parse_edtf(context.anchor) if context.anchor else None
    if interval is None:
        return f"XXXX-{month.number:02d}" if month.calendar == "gregorian" else None
    year = _own_year(month, interval.last)
    first = _gregorian(month, year, 1)
    if which == 1:
        return _month_days(month, year if first and first > interval.last else year + 1)
    same = first is not None and interval.first >= first and which == -1 and _month_days(month, year) is not None
    inside = first is not None and same and (interval.last - first).days < 31
    return _month_days(month, year - 1 if first is None or first > interval.last or inside else year)


Groups = Mapping[str, str | None]
_Resolver = Callable[[Groups, DateWords, Context], str | None]


def _day_number(groups: Groups, words: DateWords) -> int | None:
    digits = groups.get("day")
    return int(digits) if digits else words.tables["day_words"].get(groups.get("dayword") or "")


def _date(groups: Groups, words: DateWords, context: Context) -> str | None:
    day = _day_number(groups, words)
    return _day(words.months[groups["month"] or ""], groups.get("year"), day, context) if day else None


def _range(groups: Groups, words: DateWords, context: Context) -> str | None:
    day = _day_number(groups, words)
    month = words.months[groups["month"] or ""]
    month2 = words.months[groups.get("month2") or groups["month"] or ""]
    year2 = groups.get("year2") or groups.get("year")
    first = _day(month, groups.get("year") or year2, day, context) if day else None
    last = _day(month2, year2, int(groups["day2"] or 0), context)
    if first is None or last is None:
        return None
    if last.startswith("XXXX") and not first.startswith("XXXX"):  # both days are of the year found for one
        last = first[:4] + last[4:]
    if first.startswith("XXXX") and not last.startswith("XXXX"):
        first = last[:4] + first[4:]
    if first > last:
        return None
    return f"{first}/{last}"


def _months(groups: Groups, words: DateWords, context: Context) -> str | None:
    month, month2 = words.months[groups["month"] or ""], words.months[groups["month2"] or ""]
    year2 = int(groups["year2"] or 0)
    year = int(groups.get("year") or 0) or year2 - (month.number > month2.number)
    first, last = _month_days(month, year), _month_days(month2, year2)
    if not first or not last or month.calendar != "gregorian":
        return None
    return f"{first}/{last}" if first < last else None


def _years(groups: Groups, words: DateWords, context: Context) -> str | None:
    first, last = _year(groups, words, context), _year({"year": groups["year2"]}, words, context)
    return f"{first}/{last}" if first and last and "/" not in first + last and first < last else None


def _month(groups: Groups, words: DateWords, context: Context) -> str | None:
    month = words.months[groups["month"] or ""]
    year = groups.get("year")
    if year:
        return _month_days(month, int(year))
    which = words.tables["which"].get(groups.get("which") or "")
    return _month_without_year(month, context, which)


def _half(groups: Groups, words: DateWords, context: Context) -> str | None:
    """ "The first half of January": its days 1 to 15, or 16 to the last."""
    month = _month(groups, words, context)
    days = parse_edtf(month) if month and not month.startswith("XXXX") else None
    if days is None:
        return None
    middle = days.first + timedelta(days=14)
    is_first = words.tables["halves"][groups["half"] or ""] == 1
    return days_edtf(days.first, middle) if is_first else days_edtf(middle + timedelta(days=1), days.last)


def _holiday(groups: Groups, words: DateWords, context: Context) -> str | None:
    """A feast of the Western church or a fixed day: of the year named, else the last that is not after the anchor."""
    code = words.tables["holidays"][groups["holiday"] or ""]
    year, limit = groups.get("year"), _limit(context)
    years = [int(year)] if year else sorted(_years_around(context), reverse=True)
    for each in years:
        day = date(each, code // 100, code % 100) if code > 100 else easter(each) + timedelta(days=code)
        if year or (limit is not None and day <= limit):
            return day.isoformat()
    return f"XXXX-{code // 100:02d}-{code % 100:02d}" if code > 100 else None


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian algorithm, Meeus 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = h + m - 7 * ((a + 11 * h + 22 * m) // 451)
    return date(year, (n + 114) // 31, (n + 114) % 31 + 1)


def _overnight(groups: Groups, words: DateWords, context: Context) -> str | None:
    """The night that ends on the document's day; where a day of long before was last spoken of, that day's night."""
    told, day = parse_edtf(context.reference) if context.reference else None, context.day
    if told is not None and told.first == told.last and (day is None or (day - told.last).days > 2):
        return days_edtf(told.first, told.first + timedelta(days=1))
    return days_edtf(day - timedelta(days=1), day) if day is not None else None


def _that_weekday(groups: Groups, words: DateWords, context: Context) -> str | None:
    """ "The Sunday, when ...": the one that follows a day spoken of before; in a month spoken of, it stays open."""
    base = parse_edtf(context.reference) if context.reference else None
    day = context.day
    if base is None or (day is not None and (day - base.last).days <= 7):
        return _weekday(groups, words, context)
    if base.first != base.last:
        return None
    return _weekday(groups, words, Context(None, context.reference))


def _season(groups: Groups, words: DateWords, context: Context) -> str | None:
    season = words.tables["seasons"][groups["season"] or ""]
    year = groups.get("year")
    if year:
        return f"{year}-{season}" if int(year) >= 1500 else None
    day = context.day
    which = words.tables["which"].get(groups.get("which") or "", 0)
    if day is None:
        return None
    interval = parse_edtf(f"{day.year}-{season}")
    started = interval is not None and interval.first <= day
    if which == 1:
        return f"{day.year + started}-{season}"
    ended = interval is not None and interval.last < day
    return f"{day.year - (not (ended if which == -1 else started))}-{season}"


def _year(groups: Groups, words: DateWords, context: Context) -> str | None:
    year = int(groups["year"] or 0)
    if year >= 1500:
        return f"{year:04d}"
    first, after = _gregorian(Month("solar", 1), year, 1), _gregorian(Month("solar", 1), year + 1, 1)
    return days_edtf(first, after - timedelta(days=1)) if first and after else None


def _decade(groups: Groups, words: DateWords, context: Context) -> str | None:
    return f"{groups['decade']}X"


def _monthday(groups: Groups, words: DateWords, context: Context) -> str | None:
    day = _day_number(groups, words)
    limit = _limit(context)
    base = parse_edtf(context.reference or context.anchor or "")
    if day is None or base is None or (base.last - base.first).days > 31:
        return None
    weekday = words.tables["weekdays"].get(groups.get("weekday") or "")
    months = [base.first.year * 12 + base.first.month - 1 + step for step in (0, 1, -1, -2)]
    days = [_gregorian(Month("gregorian", month % 12 + 1), month // 12, day) for month in months]
    told = [each for each in days if each and (limit is None or each <= limit)]
    fitting = [each for each in told if weekday in (None, each.weekday())]
    for found in (fitting or told)[:1]:
        return found.isoformat()
    return None


def _weekday(groups: Groups, words: DateWords, context: Context) -> str | None:
    weekday = words.tables["weekdays"][groups["weekday"] or ""]
    which = words.tables["which"].get(groups.get("which") or "")
    day = context.day
    if day is None:
        base = parse_edtf(context.reference) if context.reference else None
        if base is None or base.first != base.last or which is not None:
            return None
        return (base.first + timedelta(days=(weekday - base.first.weekday()) % 7)).isoformat()
    if week := groups.get("week"):
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * words.tables["which"][week])
        return (monday + timedelta(days=weekday)).isoformat()
    back, ahead = (day.weekday() - weekday) % 7, (weekday - day.weekday()) % 7
    if which == 1:
        return (day + timedelta(days=ahead or 7)).isoformat()
    if which == 0:
        return (day + timedelta(days=ahead)).isoformat()
    return (day - timedelta(days=(back or 7) if which == -1 else back)).isoformat()


def _moved(base: str | None, n: int, unit: str) -> str | None:
    if base is None:
        return None
    if not base.startswith("XXXX-"):
        return shift(base, n, unit)
    moved = shift("2004" + base[4:], n, unit)  # a leap year stands in: only month and day are read
    return "XXXX" + moved[4:] if moved and unit != "year" and "/" not in moved else None


def _offset(groups: Groups, words: DateWords, context: Context) -> str | None:
    word = groups["offset"] or ""
    if word in words.tables["offsets"]:
        return _moved(context.anchor, words.tables["offsets"][word], "day")
    return _moved(context.reference, words.tables["reference_offsets"][word], "day")


def length_of(groups: Groups, words: DateWords) -> tuple[int, str]:
    """Return how many of which unit a matched length of time is."""
    if groups.get("length"):
        return words.spans[groups["length"] or ""]
    n = groups["n"] or ""
    return int(n) if n.isdecimal() else words.tables["numbers"][n], words.units[groups["unit"] or ""]


def _shift(groups: Groups, words: DateWords, context: Context) -> str | None:
    n, unit = length_of(groups, words)
    sides: dict[str | None, tuple[int, str]] = {"before": (-1, "reference"), "after": (1, "reference")}
    sign, base = words.directions.get(groups.get("direction") or "") or sides[groups.get("before_after")]
    reference = context.reference or context.anchor
    return _moved(context.anchor if base == "anchor" else reference, sign * n, unit)


def _unit(groups: Groups, words: DateWords, context: Context) -> str | None:
    which = words.tables["which"][groups["which"] or ""]
    word = groups.get("unit") or "year"
    unit = words.units.get(word, word)
    day = context.day
    if unit == "year":
        interval = parse_edtf(context.anchor) if context.anchor else None
        return f"{interval.first.year + which:04d}" if interval and interval.first.year == interval.last.year else None
    if unit == "month":
        return shift(context.anchor, which, "month") if context.anchor else None
    if day is None:
        return None
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * which)
    if unit == "weekend":
        return days_edtf(monday + timedelta(days=5), monday + timedelta(days=6))
    return days_edtf(monday, monday + timedelta(days=6))


def _end(groups: Groups, words: DateWords, context: Context) -> str | None:
    """ "By the end of the year": its last month; "of the month": the month."""
    day = context.day
    if day is None:
        return None
    return f"{day.year:04d}-12" if groups["unit"] == "year" else day.isoformat()[:7]


def _spoken_unit(groups: Groups, words: DateWords, context: Context) -> str | None:
    """ "The following year": beside the month or year spoken of before."""
    base = parse_edtf(context.reference) if context.reference else None
    step = 1 if groups.get("after") else -1
    if base is None or base.first.year != base.last.year:
        return None
    if groups["unit"] == "year":
        return f"{base.first.year + step:04d}"
    return shift(base.first.isoformat(), step, "month") if base.first.month == base.last.month else None


RESOLVERS: Final[Mapping[str, _Resolver]] = {
    "date": _date,
    "range": _range,
    "months": _months,
    "years": _years,
    "month": _month,
    "half": _half,
    "holiday": _holiday,
    "overnight": _overnight,
    "that_weekday": _that_weekday,
    "season": _season,
    "year": _year,
    "decade": _decade,
    "monthday": _monthday,
    "weekday": _weekday,
    "offset": _offset,
    "shift": _shift,
    "unit": _unit,
    "end": _end,
    "spoken_unit": _spoken_unit,
}
RELATIVE: Final = frozenset(
    {"overnight", "that_weekday", "monthday", "weekday", "offset", "shift", "unit", "end", "spoken_unit"}
)

# Digits alone.  Day before month, as everywhere but in the United States; where both could be either,
# the date is marked uncertain.
NUMERIC: Final = (
    re.compile(r"(?<![\d/.-])(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<day>\d\d?)(?![\d/-])"),
    re.compile(r"(?<![\d/.-])(?P<day>\d\d?)(?P<sep>[-/.])(?P<month>\d\d?)(?P=sep)(?P<year>\d{4})(?![\d/-])"),
)


def numeric_date(groups: Groups) -> str | None:
    """Return the date of digits alone; a year under 1500 is a Solar Hijri one.  None where there is no such day."""
    year, month, day = (int(groups[name] or 0) for name in ("year", "month", "day"))
    if year < 1500:
        found = _gregorian(Month("solar", month), year, day)
        return found.isoformat() if found else None
    first = _gregorian(Month("gregorian", month), year, day)
    swapped = _gregorian(Month("gregorian", day), year, month)
    if first and swapped and first != swapped and groups.get("sep") == "/":
        return first.isoformat() + "?"
    chosen = first or swapped
    return chosen.isoformat() if chosen else None
