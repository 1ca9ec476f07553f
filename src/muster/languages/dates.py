"""Dates in English, Arabic and Persian text, as EDTF.

Forms and words are data (dates_en.toml, dates_ar.toml, dates_fa.toml).  Gregorian, Solar Hijri and
Hijri months are told apart by their names; Hijri dates are tabular and marked "~".
Method: docs/method/dates.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from muster.languages.date_meaning import NUMERIC, RELATIVE, RESOLVERS, Context, Groups, length_of, numeric_date
from muster.languages.date_words import LANGUAGES, DateWords, Relation, date_words
from muster.languages.edtf import Interval, edtf_overlap, parse_edtf, shift, weekday_of, years_where
from muster.languages.scripts import flatten

__all__ = [
    "DateSpan",
    "DurationSpan",
    "Interval",
    "edtf_overlap",
    "find_afters",
    "find_dates",
    "find_durations",
    "parse_edtf",
    "read_again",
    "shift",
    "weekday_of",
    "years_where",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """Words that stand for a date.

    start and end count code points from 0; end is exclusive.  edtf as in records.When.  basis is
    "stated" where the words give it, apart from a missing year, else "relative".  weekday is 0 for
    Monday where the words name one.  relation is how the date bounds what is told ("since 2009").
    """

    start: int
    end: int
    words: str
    edtf: str
    basis: Literal["stated", "relative"]
    weekday: int | None = None
    relation: Relation = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DurationSpan:
    """Words that stand for a length of time: n units, unit "day", "week", "month" or "year"."""

    start: int
    end: int
    words: str
    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    means: str
    groups: Groups


def _word_before(flat: str, at: int) -> str:
    found = re.search(r"([^\W\d_]+\.?)[\s(\"']*$", flat[max(0, at - 30) : at])
    return found[1] if found else ""


def _word_after(flat: str, at: int) -> str:
    found = re.match(r" ([^\W\d_]+)", flat[at : at + 30])
    return found[1] if found else ""


def _is_year(found: re.Match[str], text: str, flat: str, words: DateWords) -> bool:
    """Tell the year 2003 from 2003 people."""
    if int(found["year"]) < 1800 or flat[max(0, found.start("all") - 1) : found.start("all")] in {"$", "€", "£", "#"}:
        return False
    before, after = _word_before(flat, found.start("all")), _word_after(flat, found.end("all"))
    if before in words.year_not_before:
        return False
    if before in words.year_before or not after or after in words.year_after:
        return True
    return text[found.end("all") + 1].isupper()


def _is_range(found: re.Match[str]) -> bool:
    """Tell the days 2-4 May from a number before a day: "Statement 12 / 3 May"."""
    groups = found.groupdict()
    return bool(groups.get("month2")) or not groups.get("day") or int(groups["day"]) < int(groups["day2"])


def _capitalised(found: re.Match[str], text: str) -> bool:
    groups = found.groupdict()
    return all(
        text[found.start(name)].isupper() for name in ("month", "month2", "weekday", "holiday") if groups.get(name)
    )


def _candidates(text: str, flat: str, words: DateWords) -> Iterator[_Candidate]:
    for pattern in NUMERIC:
        for found in pattern.finditer(flat):
            yield _Candidate(found.start(), found.end(), "numeric", found.groupdict())
    for means, pattern in words.patterns:
        for found in pattern.finditer(flat):
            groups = found.groupdict()
            if words.capitals and not _capitalised(found, text):
                continue
            if means == "year" and words.year_after and not _is_year(found, text, flat, words):
                continue
            if means == "range" and not _is_range(found):
                continue
            span = "span" if groups.get("span") else "all"
            yield _Candidate(found.start(span), found.end(span), means, groups)


def _relation(flat: str, start: int, words: DateWords) -> Relation:
    before = flat[max(0, start - 24) : start].rstrip()
    for word, relation in words.relations.items():
        if before.endswith(word) and not before[: -len(word)][-1:].isalpha():
            return relation
    return ""


def _resolve(candidate: _Candidate, words: DateWords, context: Context) -> str | None:
    if candidate.means == "numeric":
        return numeric_date(candidate.groups)
    return RESOLVERS[candidate.means](candidate.groups, words, context)


def find_dates(
    text: str, language: str, anchor: str | None, reference: str | None = None, *, unresolved: bool = False
) -> tuple[DateSpan, ...]:
    """Find the dates of a text, in order and without overlap.

    Args:
        text: a sentence or more.
        language: "en", "ar" or "fa"; any other is read as English.
        anchor: the document's own date as EDTF (a day, a month, a year, "XXXX-07-29"), or None.
        reference: the last date spoken of before this text, which "two days later" counts from; in
            the text itself each date becomes the reference of the next.
        unresolved: keep a relative date that has nothing to count from, as "XXXX".

    A day and month without a year is the nearest such day that is not after the anchor (three days
    of grace), unless the reference is within two months of another; "XXXX-MM-DD" where neither has
    a year.  A relative date that has nothing to count from is left out.
    """
    words = date_words(language if language in LANGUAGES else "en")
    flat = flatten(text)
    taken: list[_Candidate] = []
    covered = bytearray(len(text))
    for candidate in sorted(_candidates(text, flat, words), key=lambda c: (c.start - c.end, c.start)):
        if not any(covered[candidate.start : candidate.end]):
            covered[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            taken.append(candidate)
    spans = []
    for candidate in sorted(taken, key=lambda c: c.start):
        edtf = _resolve(candidate, words, Context(anchor, reference))
        if edtf is None and unresolved and candidate.means in RELATIVE:
            edtf = "XXXX"
        if edtf is None:
            continue
        if parse_edtf(edtf):
            reference = edtf
        weekday = words.tables["weekdays"].get(candidate.groups.get("weekday") or "")
        spans.append(
            DateSpan(
                start=candidate.start,
                end=candidate.end,
                words=text[candidate.start : candidate.end],
                edtf=edtf,
                basis="relative" if candidate.means in RELATIVE or candidate.groups.get("which") else "stated",
                weekday=weekday,
                relation=_relation(flat, candidate.start, words),
            )
        )
    return tuple(spans)


_AFTER = re.compile(r"(?P<n>[a-z]+|\d{1,3})\s+(?P<unit>day|week|month|year)s?\s+after", re.I)


def find_afters(text: str, language: str) -> tuple[tuple[int, int, int, str], ...]:
    """ "Two weeks after" what stands behind it: start, end, how many, unit; in order.  English only."""
    if language != "en":
        return ()
    numbers = date_words("en").tables["numbers"]
    found = []
    for match in _AFTER.finditer(text):
        n = int(match["n"]) if match["n"].isdecimal() else numbers.get(match["n"].casefold())
        if n is not None:
            found.append((match.start(), match.end(), n, match["unit"].casefold()))
    return tuple(found)


def read_again(words: str, language: str, anchor: str) -> str | None:
    """The date that words give which find_dates or find_afters found, now that the document's date is known."""
    afters = find_afters(words, language)
    read = find_dates(words[: afters[-1][0]] if afters else words, language, anchor)
    if not afters:
        return read[0].edtf if read else None
    return shift(read[0].edtf if read else anchor, -afters[-1][2], afters[-1][3])


def find_durations(text: str, language: str) -> tuple[DurationSpan, ...]:
    """Find lengths of time ("for eleven months"), in order."""
    words = date_words(language if language in LANGUAGES else "en")
    found = []
    for pattern in words.durations:
        for match in pattern.finditer(flatten(text)):
            n, unit = length_of(match.groupdict(), words)
            start, end = match.span("all")
            found.append(DurationSpan(start=start, end=end, words=text[start:end], n=n, unit=unit))
    return tuple(sorted(found, key=lambda span: span.start))
