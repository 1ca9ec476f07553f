"""Datelines: the place, date and agency that a news text opens with."""

import re
from dataclasses import dataclass, replace

from muster.languages.scripts import script_of
from muster.read.names import has_organisation_word, is_agency, is_name, without_date
from muster.read.stamps import is_bare_date, is_full, stamp

_PLACE = r"[^\W\d_](?:(?!\s[-–—])[^\d\n()|:;!?,،]){0,38}"
_ITEMS = rf"(?P<place>{_PLACE})(?P<items>(?:\s*[,،/]\s*[^()\n:;!?,،]{{2,40}}){{0,4}}?)"
_CREDIT = r"(?:\s*\(\s*(?P<credit>[^()\n]{2,60})\s*\))"
_DASH = r"(?:\s+(?:--?|[–—_])\s*|\s*(?:--|—)\s*|\s*[–-]\s+)"
_BARE = r"(?:\s*(?P<date>[^\n()|:;!?–—]{5,40}?))"
_DATELINE = re.compile(rf"{_ITEMS}(?:{_CREDIT}{_BARE}??)?(?P<mark>{_DASH}|\s*[:|]\s*)")
_DATELINE_POINT = re.compile(rf"{_ITEMS}\.\s+(?=\S)")
_CREDIT_FIRST = re.compile(r"\(\s*(?P<credit>[^()\n]{2,60})\s*\)\s*(?:--?|[–—_:])\s*")
_CREDIT_BEFORE = re.compile(r"\(\s*(?P<credit>[^()\n]{2,60})\s*\)\s+(?=[^\W\d_])")
_DATE_FIRST = re.compile(
    rf"[\[(]?(?P<date>[^\n()|;!?]{{5,40}}?)[\])]?(?:\s*,\s*(?P<place>{_PLACE}))??(?P<mark>(?<=\])\s+|{_DASH}|\s*:\s+)"
)
_DATE_AFTER = re.compile(rf"(?P<date>[^\n()|;!?]{{5,40}}?)(?:{_DASH}|\s*[|:]\s*)")
_AGENCY_AFTER = re.compile(r"(?P<agency>[^\W\d_][^\n()|;!?.:–—-]{1,60}?)\s*(?P<mark>:|\s[–—-]\s)\s*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the first sentence: place, date, and whose report it is.  end counts from 0."""

    place: str
    published_on: str | None
    credit: str | None
    end: int


def dateline(text: str) -> Dateline | None:
    """The dateline that a paragraph begins with ("KHALDUN, Sarab, July 29 (Lantern Wire) - ..."), or None.

    A place in capitals, or any place where a date or a credit in brackets follows it; in Arabic script
    a place of up to three words, an agency and a colon.
    """
    head = text[:200]
    if (match := _CREDIT_FIRST.match(head)) and is_name(match["credit"]):
        return _credit_first(match)
    if (match := _CREDIT_BEFORE.match(head)) and is_name(match["credit"]) and (line := dateline(text[match.end() :])):
        return replace(line, credit=line.credit or without_date(match["credit"]), end=line.end + match.end())
    if (match := _DATELINE.match(head)) and (found := _checked(match, head)):
        return found
    if (match := _DATELINE_POINT.match(head)) and match["place"].isupper() and (on := stamp(match["items"])):
        return Dateline(match["place"].strip(), on, None, match.end())
    return _date_first(head)


def _credit_first(match: re.Match[str]) -> Dateline:
    """ "(Lantern Wire) - ..." has a credit, "(Khaldun, 3 May 2017) - ..." a place."""
    on, name = stamp(match["credit"]), without_date(match["credit"])
    is_place = on is not None and not has_organisation_word(name or "")
    return Dateline((name or "") if is_place else "", on, None if is_place else name, match.end())


def _date_first(head: str) -> Dateline | None:
    """ "3 May 2017 - ...", "3 May 2017, Khaldun: ...", "[3 May 2017] ...": a full date, whatever its language."""
    match = _DATE_FIRST.match(head)
    if match and is_bare_date(match["date"]) and is_full(on := stamp(match["date"])):
        return Dateline(match["place"] or "", on, None, match.end())
    return None


def _checked(match: re.Match[str], head: str) -> Dateline | None:
    place, items, credit = match["place"].strip(), match["items"], match["credit"]
    on, end = stamp(items) or (stamp(credit) if credit else None), match.end()
    if between := match["date"]:
        if on or not is_bare_date(between):
            return None
        on = stamp(between)
    if not on and (after := _DATE_AFTER.match(head, end)) and is_bare_date(after["date"]):
        on, end = stamp(after["date"]), after.end()
    if match["mark"].strip() in (":", "|") and not credit and not on:
        return None
    if script_of(place) != "latin":
        return _without_capitals(match, head, on, end)
    capitals = place.isupper() and len(place) > 2
    named = place[:1].isupper() and len(place.split()) <= 4 and all(word[:1].isupper() for word in place.split())
    if not (capitals or (named and (on or credit))):
        return None
    if not credit and (after := _AGENCY_AFTER.match(head, end)) and is_agency(after["agency"]):
        credit, end = after["agency"], after.end()
    return Dateline(place, on, without_date(credit) if credit else None, end)


def _without_capitals(match: re.Match[str], head: str, on: str | None, end: int) -> Dateline | None:
    """A dateline in a script without capitals: only its form and its shortness speak for it."""
    place, credit = match["place"].strip(), match["credit"]
    if len(place.split()) > 3 or script_of(place) not in ("arabic", "hebrew"):
        return None
    if not credit and end == match.end() and (after := _AGENCY_AFTER.match(head, end)):
        name = without_date(after["agency"])
        if name and len(name.split()) <= 4:
            credit, end, on = after["agency"], after.end(), on or stamp(after["agency"])
    return Dateline(place, on, without_date(credit) if credit else None, end)
