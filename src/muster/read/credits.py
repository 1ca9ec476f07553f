"""Finds who wrote and published a document in its own lines: title, byline, dateline, signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from muster.languages.scripts import script_of
from muster.read.draft import Credits, Passage
from muster.read.stamps import stamp
from muster.read.vocabulary import credit_words

_TOP = 6  # bylines and date lines stand within the first passages
_LONGEST_CREDIT = 140
_BETWEEN = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+|\s{2,}")
_SENTENCE_END = re.compile("[.!?؟。][\"'”’»)\\]]*$")
_INITIAL_END = re.compile(r"(?:^|[\s.])(?:[A-Z]|Jr|Sr|Dr|St|Inc|Ltd|Co|U\.K|U\.S(?:\.A)?|e\.V)\.$")
_ONLY_DATE_WORDS = re.compile(r"[\W\d_]*(?:\w+[\W\d_]+){0,7}\w*[\W_]*")

_PLACE = r"[^\W\d_][^\d\n()|:;!?,،]{0,38}"
_ITEMS = rf"(?P<place>{_PLACE})(?P<items>(?:\s*[,،/]\s*[^()\n:;!?,،]{{2,40}}){{0,4}}?)"
_CREDIT = r"(?:\s*\(\s*(?P<credit>[^()\n]{2,60})\s*\))"
_DASH = r"(?:\s+(?:--?|[–—_])\s*|\s*(?:--|—)\s*|\s*[–-]\s+)"
_DATELINE = re.compile(rf"{_ITEMS}{_CREDIT}?(?P<mark>{_DASH}|\s*:\s*)")
_DATELINE_POINT = re.compile(rf"{_ITEMS}\.\s+(?=\S)")
_CREDIT_FIRST = re.compile(r"\(\s*(?P<credit>[^()\n]{2,60})\s*\)\s*(?:--?|[–—_:])\s*")
_AGENCY_AFTER = re.compile(r"(?P<agency>[^\W\d_][^\d\n()|;!?.,،:–—-]{1,38}?)\s*(?P<mark>:|\s[–—-]\s)\s*")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What stands before the first sentence: place, date, and whose report it is.  end counts from 0."""

    place: str
    published_on: str | None
    credit: str | None
    end: int


def dateline(text: str) -> Dateline | None:
    """The dateline that a paragraph begins with ("KHALIS, Iraq, July 29 (Meridian Wire) - ..."), or None.

    A place in capitals, or any place where a date or a credit in brackets follows it; in Arabic script
    a place of up to three words, an agency and a colon.
    """
    head = text[:200]
    if (match := _CREDIT_FIRST.match(head)) and _is_name(match["credit"]):
        return Dateline("", stamp(match["credit"]), _without_date(match["credit"]), match.end())
    if (match := _DATELINE.match(head)) and (found := _checked(match, head)):
        return found
    if (match := _DATELINE_POINT.match(head)) and match["place"].isupper() and (on := stamp(match["items"])):
        return Dateline(match["place"].strip(), on, None, match.end())
    return None


def _checked(match: re.Match[str], head: str) -> Dateline | None:
    place, items, credit = match["place"].strip(), match["items"], match["credit"]
    if match["mark"].strip() == ":" and not credit:
        return None
    on = stamp(items) or (stamp(credit) if credit else None)
    if script_of(place) != "latin":
        return _unspaced(match, head, on)
    capitals = place.isupper() and len(place) > 2
    named = place[:1].isupper() and len(place.split()) <= 4 and place == place.title().replace("’S", "’s")
    if not (capitals or (named and (on or credit))):
        return None
    end = match.end()
    if not credit and (after := _AGENCY_AFTER.match(head, end)) and _is_agency(after["agency"]):
        credit, end = after["agency"], after.end()
    return Dateline(place, on, _without_date(credit) if credit else None, end)


def _unspaced(match: re.Match[str], head: str, on: str | None) -> Dateline | None:
    """A dateline in a script without capitals: only its form and its shortness speak for it."""
    place, credit, end = match["place"].strip(), match["credit"], match.end()
    if len(place.split()) > 3:
        return None
    if not credit and (after := _AGENCY_AFTER.match(head, end)) and len(after["agency"].split()) <= 4:
        credit, end = after["agency"], after.end()
    if not credit and not on and script_of(place) not in ("arabic", "hebrew"):
        return None
    return Dateline(place, on, _without_date(credit) if credit else None, end)


def _is_agency(text: str) -> bool:
    return text.isupper() and len(text.split()) <= 3


def _without_date(credit: str) -> str | None:
    """ "Meridian Wire, July 29" -> "Meridian Wire"."""
    items = [item.strip() for item in re.split("[,،;]", credit)]
    kept = [item for item in items if item and not stamp(item) and not item.isdigit()]
    return ", ".join(kept) or None


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 6 and (text[:1].isupper() or script_of(text) != "latin") and not _SENTENCE_END.search(text)


@dataclass(frozen=True, slots=True)
class Byline:
    """A line of credits: who, of what, and when."""

    author: str | None = None
    affiliation: str | None = None
    published_on: str | None = None


def byline(text: str, marked: bool = False) -> Byline | None:
    """What a line such as "By Samir Aziz | Published 2012-08-18" says, or None where it is no byline.

    marked: the page itself says that this is a byline, so that a bare name will do.
    """
    text = text.strip(" *_|\t")
    if not text or len(text) > _LONGEST_CREDIT:
        return None
    author: str | None = None
    affiliation: str | None = None
    on: str | None = None
    for item in filter(None, _BETWEEN.split(text)):
        if (lead := credit_words().by.match(item)) and _is_person(item[lead.end() :]) and not author:
            author, affiliation = _name_and_rest(item[lead.end() :])
        elif _is_date_item(item):
            on = on or stamp(item)
        elif marked and not author and _is_person(item):
            author, affiliation = _name_and_rest(item)
        elif "," in item and not author and (found := _name_comma_date(item)):
            author, on = found
        elif not marked:
            return None
    if author and author.casefold() in credit_words().nobody:
        author = None
        return Byline(None, affiliation, on)
    return Byline(author, affiliation, on) if author or on else None


def _is_person(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 10 or (_SENTENCE_END.search(text) and not _INITIAL_END.search(text)):
        return False
    if re.search(r"[:;?!]|\d{3}", text):
        return False
    return text[0].isupper() or script_of(text) not in ("latin", "cyrillic", "greek", "none")


def _name_and_rest(text: str) -> tuple[str | None, str | None]:
    """ "Samir Aziz, Meridian Wire" -> both; a date after the comma is dropped."""
    name, _, rest = (
        (part.strip() for part in re.split("([,،])", text, maxsplit=1))
        if re.search("[,،]", text)
        else (text.strip(), "", "")
    )
    return name or None, rest if rest and not stamp(rest) and _is_name(rest) else None


def _name_comma_date(item: str) -> tuple[str, str] | None:
    """ "R. Haddad, Monday 2 November 2015": only where the name looks like one and the rest is a date."""
    name, _, rest = item.partition(",")
    words = name.split()
    if not 2 <= len(words) <= 4 or not all(word[:1].isupper() for word in words) or name.isupper():
        return None
    on = stamp(rest) if _is_date_item(rest) else None
    return (name.strip(), on) if on and _has_initials_or_given_name(words) else None


def _has_initials_or_given_name(words: Sequence[str]) -> bool:
    """A place before a date ("New Baghdad, 3 May 2010") is one or two words without an initial."""
    return any(re.fullmatch(r"[A-Z]\.", word) for word in words) or len(words) >= 2


def _is_date_item(text: str) -> bool:
    """Whether a short text is a date and nothing else but what introduces one."""
    lead = credit_words().published.match(text)
    rest = text[lead.end() :] if lead else text
    if len(rest) > 60 or not stamp(rest):
        return False
    words = re.findall(r"[^\W\d_]+", rest)
    return len(words) <= 6 and not _SENTENCE_END.search(rest.rstrip(".")) and len(re.findall(r"\d+", rest)) >= 1


def date_line(text: str) -> str | None:
    """The date of a line that holds only a place and a date ("Baghdad, 30 July 2009"), or None."""
    text = text.strip(" *_|")
    if len(text) > 90:
        return None
    if _is_date_item(text):
        return stamp(text)
    place, _, rest = text.partition(",")
    if 0 < len(place.split()) <= 4 and not re.search(r"\d", place) and _is_date_item(rest.strip()):
        return stamp(rest)
    return None


Where = Literal["letter", "mail", "page"]


def credit_lines(passages: Sequence[Passage], known: Credits, where: Where = "page") -> tuple[list[Passage], Credits]:
    """Marks bylines, date lines and signatures as such, and reads the credits that they and the dateline give.

    known is what the format itself says (page metadata, mail headers) and goes first, but a full date in
    the text goes before a known one without a year.
    """
    out = list(passages)
    found = Credits()
    for i, passage in enumerate(out[:_TOP]):
        if passage.kind in ("title", "table_row", "quoted"):
            continue
        text = passage.text
        if made := byline(text, marked="byline" in passage.marks):
            found = found.or_else(
                Credits(author=made.author, affiliation=made.affiliation, published_on=made.published_on)
            )
            out[i] = replace(passage, kind="byline")
        elif on := date_line(text):
            found = found.or_else(Credits(published_on=on))
            out[i] = replace(passage, kind="byline")
        elif line := dateline(text):
            found = found.or_else(Credits(outlet=line.credit, published_on=line.published_on))
            break
        elif _SENTENCE_END.search(text) and len(text) > _LONGEST_CREDIT:
            break
    signed, signature = sign(out, where, bool(found.author or known.author))
    found = found.or_else(signature)
    if found.published_on and known.published_on and _is_vague(known.published_on):
        known = replace(known, published_on=None if not _is_vague(found.published_on) else known.published_on)
    return signed, known.or_else(found)


def _is_vague(edtf: str) -> bool:
    return edtf.startswith("XXXX")


def sign(passages: Sequence[Passage], where: Where, is_authored: bool) -> tuple[list[Passage], Credits]:
    """Marks salutation and signature lines; reads author and affiliation from the lines after the closing.

    Without a closing ("Yours sincerely,") only a last line of the form "Name, Organisation" signs, and
    in a mail a last line that is a name.
    """
    out = list(passages)
    own = [i for i, passage in enumerate(out) if passage.kind != "quoted"]
    if where != "page" and own and _is_salutation(out[own[0]].text):
        out[own[0]] = replace(out[own[0]], kind="signature")
    tail = own[-9:]
    for at, i in enumerate(tail):
        if _bare(out[i].text) in credit_words().closing and len(tail) - at - 1 <= 8:
            lines = [out[j] for j in tail[at + 1 :]]
            if all(_is_signature_line(line.text) for line in lines):
                for j in tail[at:]:
                    out[j] = replace(out[j], kind="signature")
                return out, _signed([line.text for line in lines])
    if len(own) < 2 or out[own[-1]].kind not in ("paragraph", "heading"):
        return out, Credits()
    last = out[own[-1]]
    if where == "mail" and _is_given_name(last.text):
        out[own[-1]] = replace(last, kind="signature")
        return out, Credits(author=last.text.strip(" -–—*_"))
    if not is_authored and _is_name_of_organisation(last.text) and _SENTENCE_END.search(out[own[-2]].text):
        out[own[-1]] = replace(last, kind="signature")
        return out, _signed([last.text])
    return out, Credits()


def _bare(text: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", text.casefold())


def _is_salutation(text: str) -> bool:
    if len(text) > 80 or _SENTENCE_END.search(text):
        return False
    return bool(credit_words().salutation.match(text)) or (text.endswith((",", "،")) and len(text.split()) <= 3)


def _is_signature_line(text: str) -> bool:
    return (
        len(text) <= 100
        and len(text.split()) <= 12
        and (not _SENTENCE_END.search(text) or bool(_INITIAL_END.search(text)))
    )


def _is_given_name(text: str) -> bool:
    words = text.strip(" -–—*_,").split()
    return (
        1 <= len(words) <= 4
        and all(word[:1].isupper() or script_of(word) != "latin" for word in words)
        and not re.search(r"[.?!:\d]$", text.strip())
    )


def _is_name_of_organisation(text: str) -> bool:
    """ "Name (Other), Organisation" with every long word in capitals, or a dash and a name."""
    if not _is_signature_line(text) or re.search(r"[:;?!\d]", text):
        return False
    dashed = re.match(r"[–—-]{1,2}\s*\S", text)
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    capital = all(word[0].isupper() or len(word) <= 3 or script_of(word) != "latin" for word in words)
    name = re.split("[,،]", text)[0]
    return (
        capital
        and 2 <= len(re.sub(r"\(.*?\)", "", name).split()) <= 5
        and bool(dashed or re.search("[,،]", text))
        and script_of(text) == "latin"
    )


def _signed(lines: Sequence[str]) -> Credits:
    """Author and affiliation of signature lines: the first two, or the two sides of the first comma."""
    if not lines:
        return Credits()
    first = lines[0].strip(" -–—*_")
    name, _, rest = first.partition(",") if "," in first else first.partition("،")
    affiliation = rest.strip() or (lines[1].strip(" -–—*_,") if len(lines) > 1 else "")
    return Credits(author=name.strip() or None, affiliation=affiliation or None)
