"""Dates that a document leaves open, read again when the day of the document has been found.

Method: docs/method/dating.md.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from muster.languages import dates
from muster.languages.edtf import parse_edtf
from muster.records import Statement, When

#: Words by which a date depends on the very day of its document, and is no "that day" of another.
_FROM_ITS_DAY = re.compile(
    r"\b(?:last|this|next|past)\b|الماضي|الحالي|الجاري|المقبل|القادم|گذشته|جاری|آینده", re.IGNORECASE
)


@lru_cache(maxsize=1 << 14)
def _read_again(words: str, language: str, on: str) -> str | None:
    """As `muster.languages.dates.read_again`, remembered: many statements of a document say "on Friday"."""
    return dates.read_again(words, language, on)


def redate(statements: Iterable[Statement], language: str, on: str) -> tuple[Statement, ...]:
    """Statements of one document with the dates read again that its own date leaves open.

    on: the document's date as EDTF.  Dates that the text states in full stay as they are.
    """

    def moved(s: Statement) -> Statement:
        if s.when is None or not _is_open(s.when):
            return s
        if s.when.basis != "stated" and _FROM_ITS_DAY.search(s.when.words):
            edtf = _agreed(s.when.words, language, on)
            return s if edtf is None else replace(s, when=replace(s.when, edtf=edtf))
        if s.when.basis != "stated" and s.when.edtf.startswith("XXXX-"):  # "that day", of a day that lacks its year
            full = _with_year(s.when.edtf, on)
            return s if full is None else replace(s, when=replace(s.when, edtf=full))
        edtf = _read_again(s.when.words, language, on)
        if edtf is None and s.when.edtf.startswith("XXXX-"):
            edtf = _with_year(s.when.edtf, on)  # "July", where its "in" is not among the words kept
        return s if edtf is None else replace(s, when=replace(s.when, edtf=edtf))

    return tuple(moved(s) for s in statements)


def _agreed(words: str, language: str, on: str) -> str | None:
    """What "last September" means on each day on which a document may be from; None where it would not be the same."""
    told = parse_edtf(on)
    meant = {_read_again(words, language, day.isoformat()) for day in (told.first, told.last)} if told else {None}
    return meant.pop() if len(meant) == 1 else None


def _with_year(edtf: str, on: str) -> str | None:
    """A date without a year, in the last year that does not put it after the day of its document."""
    told = parse_edtf(on)
    for year in (told.last.year, told.last.year - 1) if told else ():
        full = edtf.replace("XXXX", f"{year:04d}")
        days = parse_edtf(full)
        if told and days and days.first <= told.last:
            return full
    return None


def _is_open(when: When) -> bool:
    return when.edtf.startswith("XXXX-") or ("XXXX" in when.edtf and bool(when.words))
