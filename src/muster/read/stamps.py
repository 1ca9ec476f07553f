"""Dates in bylines, headers and datelines, as EDTF."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache

from muster.languages.dates import find_dates
from muster.languages.scripts import script_of
from muster.read.vocabulary import credit_words

_ISO = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?!\d)")
# Day first, as everywhere but in the United States; month first only where the day would be no month.
_NUMERIC = re.compile(r"(?<!\d)(?P<a>\d\d?)(?P<s>[./-])(?P<b>\d\d?)(?P=s)(?P<y>(?:19|20)\d\d)(?!\d)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_CLOCK = re.compile(
    r"\b(?:at|um|à|uhr|h|am|pm|a\.m\.|p\.m\.|hrs|hours|gmt|utc|[ce]es?t|bst|wes?t|[ep][sd]t|[mc][sd]t|eat|cat|wat|ist|msk|trt|"
    r"pkt|irs?d?t|sgt|jst|local time|time|ساعت|الساعة|صباحا|مساء|T?\d\d?[:.]\d\d\S*)(?!\w)",
    re.IGNORECASE,
)
_WEEKDAYS = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
_DAY_OF = re.compile(r"(?:\bthis )?\b(\d{1,2})(?:st|nd|rd|th)? day of (?=[A-Z])")
_ORDINAL = re.compile(r"(?<=\d)(?:\.|er|º|ª)(?= )")


def stamp(text: str) -> str | None:
    """The date that a short text gives, as EDTF, or None: the first that names a day of a year, else the first.

    A day, a month or a year; "XXXX-07-29" where the year is missing.  Relative words ("yesterday") are
    no stamp.  Figures such as 3/4/2011 are left out where either may be the month: they would be a guess.  In Arabic
    script the day comes first.
    """
    found = stamp_and_sides(text)
    return found[0] if found else None


def stamp_and_sides(text: str) -> tuple[str | None, str, str] | None:
    """The first date that names a day of a year, else the first, and what stands before and after it (month names
    may be in English there)."""
    text = _DAY_OF.sub(r"\1 ", text)
    plain = text.translate(_DIGITS)
    is_arabic = script_of(text) == "arabic"
    for pattern, meant in ((_ISO, _iso), (_NUMERIC, _day_first if is_arabic else _numeric)):
        if match := pattern.search(plain):
            return meant(match), plain[: match.start()], plain[match.end() :]
    shown = _in_english(text)
    language = "en"
    if is_arabic:
        language = "fa" if re.search("[پچژگکی۰-۹]", shown) else "ar"
    spans = [s for s in find_dates(shown, language, None) if s.basis == "stated" and re.search(r"\d", s.words)]
    found = next((s for s in spans if is_full(s.edtf)), spans[0] if spans else None)
    return (found.edtf, shown[: found.start], shown[found.end :]) if found else None


def is_bare_date(text: str) -> bool:
    """Whether a text is a date and nothing else, but for the time of day."""
    edtf, *sides = stamp_and_sides(text) or (None,)
    rest = _WEEKDAYS.sub(" ", _CLOCK.sub(" ", " ".join(sides)))
    return edtf is not None and not re.search(r"[^\W\d_]", rest)


def is_full(edtf: str | None) -> bool:
    """Whether a date names one day of one year."""
    return bool(edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", edtf))


def _iso(match: re.Match[str]) -> str | None:
    return _day(int(match["y"]), int(match["m"]), int(match["d"]))


def _numeric(match: re.Match[str]) -> str | None:
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    if a > 12 or match["s"] == "." or a == b:
        return _day(year, b, a)
    return _day(year, a, b) if b > 12 else None


def _day_first(match: re.Match[str]) -> str | None:
    return _day(int(match["y"]), int(match["b"]), int(match["a"]))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _month_words() -> re.Pattern[str]:
    words = sorted(credit_words().months, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def _in_english(text: str) -> str:
    """The text with French, German, ... month names in English and ordinal points gone ("8. März")."""
    months = credit_words().months
    plain, n = _month_words().subn(lambda m: months[m.group().lower()].title(), text)
    return re.sub(r"(?<=\d) de (?=[A-Z])|(?<=[a-z]) de (?=\d{4})", " ", _ORDINAL.sub("", plain)) if n else text


def header_date(value: str) -> str | None:
    """The day of an e-mail Date header, in the sender's own time zone."""
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return stamp(value)


def instant_date(value: str) -> str | None:
    """The day of an ISO 8601 instant or date ("2013-02-09T05:30:00+03:00"), in the zone it is written in."""
    match = re.match(r"\s*(?P<y>\d{4})(?:-(?P<m>\d\d)(?:-(?P<d>\d\d))?)?(?:$|[T\s].*)", value)
    if not match or not 1000 <= int(match["y"]) <= 2999:
        return stamp(value)
    if not match["m"]:
        return match["y"]
    if not match["d"]:
        return f"{match['y']}-{match['m']}" if 1 <= int(match["m"]) <= 12 else None
    return _day(int(match["y"]), int(match["m"]), int(match["d"]))
