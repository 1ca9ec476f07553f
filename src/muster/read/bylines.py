"""Bylines and date lines: who wrote, for whom, and when."""

import re
from dataclasses import dataclass

from muster.languages.countries import country_of
from muster.languages.scripts import script_of
from muster.read.names import ends_sentence, has_organisation_word, is_full_name, is_name, is_person
from muster.read.stamps import is_bare_date, stamp
from muster.read.vocabulary import credit_words

LONGEST_CREDIT, _SHORT = 140, 60
_BETWEEN = re.compile(
    r"\s*[|•·]\s*|\s+[–—-]\s+|\s{2,}"
    r"|(?<=[^\W\d_]{2})\.\s+(?=(?:as of|as at|published|posted|updated|last updated)\b|\d{1,2} \w)",
    re.I,
)
_DATE_BY = re.compile(r"(\d) +((?:by|par|von|por|بقلم|نوشته) )", re.IGNORECASE)
_NAME_AT = re.compile(r"^([^,\d]{3,60}?) (?:at|on|in|le|am|el) (.*\d.*)$", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|\s)[A-Z]\.(?:\s|$)")
_COMMA = re.compile("[,،]")
_CLOCK = re.compile(r"\W*\d\d?[:.]\d\d\W*(?:[ap]\.?m\.?|[A-Z]{2,4})?", re.IGNORECASE)
_BARS = re.compile("[|•·]")
#: What may stand behind the date of a line: the page of a newspaper, the time of day.
_PAGE = re.compile(
    r"[,،]?\s*(?:\(?(?:p|pp|page|pages|صفحة|ص|صفحه)\b\.?\s*\d+\)?|\(extracts?\)|\(excerpts?\)|[,،]\s*(?:early |late )?"
    r"(?:morning|noon|afternoon|evening|night|midnight|صباحا|مساء|ظهرا|عصر|صبح|شب))$",
    re.IGNORECASE,
)
_PLACE_ON = re.compile(
    r"(?P<place>[^\W\d_][^\d,،]{1,40}?)\s*"
    r"(?:\s(?:on|this|le|den|am|el|في|بتاريخ|در تاریخ|به تاریخ|مورخ)\s|\s[–—-]\s)\s*(?P<date>.*\d.*)",
    re.IGNORECASE,
)
_STAFF = re.compile(r"\s+(?:staff|team|desk|newsroom|correspondents?|reporters?|writers?)$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|with|و|et|und|y|e)\s+|\s*[&/+]\s*", re.IGNORECASE)
_IN_PLACE = re.compile(r"\s+(?:in|at|from|في|من|در|از)\s.*$")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]{1,60}[\"”»]")
_FROM = re.compile(r"(?:from|by|من|از)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a line of credits says."""

    author: str | None = None
    affiliation: str | None = None
    outlet: str | None = None
    published_on: str | None = None


def byline(text: str, *, marked: bool = False, emphasised: bool = False) -> Byline | None:
    """What a line such as "By Nadim Orlo | Published 2012-08-18" says, or None where it is no byline.

    marked: the page itself says that this is a byline, so that a bare name will do.  emphasised: the
    line stands in italics, as credits of notes do.
    """
    text = text.strip(" *_|\t")
    if not text or len(text) > LONGEST_CREDIT:
        return None
    author = affiliation = outlet = on = None
    unknown: list[str] = []
    for item in filter(None, _BETWEEN.split(_DATE_BY.sub(r"\1 | \2", text))):
        lead = credit_words().by.match(item)
        if lead and names_nobody(rest := item[lead.end() :]):
            on = on or stamp(rest)
        elif lead and not author and is_person(_COMMA.split(_NAME_AT.sub(r"\1", item[lead.end() :]))[0]):
            author, affiliation, on = _name_and_rest(_NAME_AT.sub(r"\1, \2", item[lead.end() :]), on)
        elif (found := date_line(item, emphasised)) is not None:
            author, outlet, on = author or found.author, outlet or found.outlet, on or found.published_on
        elif marked and not author and is_person(item):
            author, affiliation, on = _name_and_rest(item, on)
        elif emphasised and not author and is_full_name(item):
            author = item
        elif emphasised and not outlet and (name := _issuer(item)):
            outlet = name
        elif not marked and not _CLOCK.fullmatch(item):
            unknown.append(item)
    if unknown and not (on and _are_names(unknown, text)):
        return None
    outlet = outlet or next((name for name in unknown if has_organisation_word(name)), None)
    if marked and ends_sentence(text) and len(text) > _SHORT and not (author or on):
        return None
    if author and author.casefold() in credit_words().nobody:
        author = None
    made = Byline(author, affiliation, outlet, on)
    return made if made != Byline() or marked or _is_anonymous(text) else None


def _are_names(items: list[str], text: str) -> bool:
    """Whether what stands beside a date, a bar between them, can be an outlet and a place; beside a dash, a place."""
    if _BARS.search(text):
        return len(items) <= 2 and all(map(is_name, items))
    return len(items) == 1 and _is_place(items[0])


def names_nobody(text: str) -> bool:
    """Whether words after "By" name nobody: "our correspondent and agencies, in Khaldun, 3 May"."""
    name = _IN_PLACE.sub("", _COMMA.split(text)[0]).casefold()
    return all(part.strip() in credit_words().nobody for part in _AND.split(name))


def _is_anonymous(text: str) -> bool:
    lead = credit_words().by.match(text) or _FROM.match(text)
    return bool(lead and names_nobody(text[lead.end() :]))


def _name_and_rest(text: str, on: str | None) -> tuple[str | None, str | None, str | None]:
    """ "Nadim Orlo, Lantern Wire, 3 May 2017" -> name, affiliation, date."""
    name, *rest = (part.strip() for part in _COMMA.split(text, maxsplit=1))
    writer, _, body = name.partition(" for ")
    if body and has_organisation_word(body) and is_full_name(writer):  # "told to Nadim Orlo for Lantern Rights"
        return writer, body, on or (stamp(rest[0]) if rest else None)
    if rest and (when := stamp(rest[0])):
        return _without_place(name), None, on or when
    if _STAFF.search(name) and has_organisation_word(_STAFF.sub("", name)):
        return None, _STAFF.sub("", name), on
    return _without_place(name), rest[0] if rest and is_name(rest[0]) else None, on


def _without_place(name: str) -> str | None:
    """ "Nadim Orlo in Khaldun" -> "Nadim Orlo"."""
    return _IN_PLACE.sub("", name) or None


def is_date(text: str) -> bool:
    """Whether a short text is a date and nothing else but what introduces one; a year alone heads a chapter."""
    lead = credit_words().published.match(text)
    rest = text[lead.end() :] if lead else text
    return len(rest) <= 60 and is_bare_date(rest) and (bool(lead) or not re.fullmatch(r"\W*\d{4}\W*", rest))


def date_line(text: str, emphasised: bool = False) -> Byline | None:
    """What a line that ends in a date says: the date, and before it a place, an outlet or a writer.

    "Khaldun, 30 July 2009" has a place, "The Lantern Post, 3 May 2017" an outlet; a writer is believed
    where he has an initial, or the line is in italics ("Nadim Orlo, Salt and Wind, 3 May 2017").
    """
    text = _PAGE.sub("", text.strip(" *_|"))
    if len(text) > LONGEST_CREDIT or not re.search(r"\d", text):
        return None
    if is_date(text):
        return Byline(published_on=stamp(text))
    if (placed := _PLACE_ON.fullmatch(text)) and is_date(placed["date"]):
        return Byline(published_on=stamp(text)) if _is_place(placed["place"]) else None
    for comma in _COMMA.finditer(text):
        if is_date(text[comma.end() :].strip()):
            return _before_date(text[: comma.start()], stamp(text[comma.end() :]), emphasised)
    return None


def _is_place(text: str) -> bool:
    """Whether one to three words can be a place: each with a capital, in a script that has them."""
    words = text.split()
    return len(words) <= 3 and is_name(text) and (script_of(text) == "arabic" or all(w[:1].isupper() for w in words))


def _before_date(text: str, on: str | None, emphasised: bool) -> Byline | None:
    if _is_anonymous(text):
        return Byline(published_on=on)
    items = [item.strip() for item in _COMMA.split(text)]
    if len(items) > 3 or re.search(r"\d", _QUOTED.sub("", text)) or any(len(item.split()) > 12 for item in items):
        return None
    first, last = items[0], items[-1]
    if len(items) == 1:
        if first.casefold().split()[-1] in credit_words().masthead["labels"] and len(first.split()) <= 3:
            return Byline(published_on=on)
        if has_organisation_word(first) or re.match("The [A-Z]", first):
            return Byline(outlet=_publisher(first), published_on=on)
        if _INITIAL.search(first) or (emphasised and is_full_name(first)):
            return Byline(author=first, published_on=on)
        return Byline(published_on=on) if len(first.split()) <= 4 else None
    if has_organisation_word(last) or (emphasised and is_full_name(first) and not country_of(last)):
        return Byline(author=first if is_person(first) else None, outlet=last, published_on=on)
    if has_organisation_word(first) and len(first.split()) > 1:
        return Byline(outlet=_publisher(first), published_on=on)
    return Byline(published_on=on) if all(len(item.split()) <= 4 for item in items) else None


def _issuer(item: str) -> str | None:
    """ "Coordination Cell, Khaldun" -> "Coordination Cell": a body's name, alone or before a place."""
    name, *places = (part.strip() for part in _COMMA.split(item))
    is_body = (
        has_organisation_word(name) and 1 < len(name.split()) <= 8 and name[:1].isupper() and not ends_sentence(item)
    )
    return _publisher(name) if is_body and len(places) <= 1 and all(is_name(place) for place in places) else None


def _publisher(text: str) -> str:
    """ "Newsletter of the Families' Association (FA)" -> "Families' Association (FA)"."""
    match = re.match(
        r"(?:news ?letter|bulletin|statement|press release|communiqué|journal) (?:of|by|from) (?:the )?(?P<rest>.+)",
        text,
        re.IGNORECASE,
    )
    return re.sub(r"\s*\([^()]*\)$", "", match["rest"] if match else text)
