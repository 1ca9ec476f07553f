"""The day on which a document says, in a line of its head, that it was issued, broadcast or taken down."""

import re
from functools import cache

from muster.languages.edtf import parse_edtf
from muster.read.names import has_organisation_word
from muster.read.stamps import is_bare_date, is_full, stamp_and_sides
from muster.read.vocabulary import credit_words

_LONGEST = 200
# What may stand between "edition" or "published" and the date: a number, "of", "dated", "on", a comma.
_NUMBER = r"(?:\s*[(\[]?(?:no|nr|nos|vol|issue|number|رقم|شماره|العدد)?[.:º°]?\s*[\w/.-]*\d[\w/.-]*[)\]]?,?)?"
_JOINED = (
    r"[\s,،:;(\[|/–—-]*(?:(?:of|for|on|dated|from|the|as of|as at|date|held on|"
    r"في|بتاريخ|ليوم|يوم|من|المؤرخة?|الصادرة?(?: في)?|"
    r"(?:به|در) تاریخ|مورخه?|تاریخ|در|روز)[\s:]+)*"
)
_PLACED = re.compile(r"[\s:,،]*(?:ل|(?:on|at|in|by|to|for|with|في|من|يوم|بتاريخ|در|به)\s|$)", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-\d\d")
_TOLD = re.compile(r"\b(?:was|were|is|are|been|being|had|has|have|by)\W+$", re.IGNORECASE)
_CLAUSE = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=\d{4}))[.;]\s+|\n")
# What shows that a date is the line's own, not of what it is about: "Testimony, Khaldun, 3 May 2017 (extract)".
_APART = re.compile(r"(?:[,،|/:(\[]|\s[–—-])\s*(?:(?:on|في|بتاريخ|يوم|در|به تاریخ)\s+)?$")
_CLOSES = re.compile(r"\W*(?:\([^()]*\)|\[[^\[\]]*\])?\W*")
_MAKER = re.compile(
    r"(?<!\w)(?:(?:by|for|of|on|to|from) (?:the )?(?P<name>[A-Z][\w’'&.-]*(?: (?:of|for|and|the|on|[A-Z][\w’'&.-]*))*)"
    r"|(?:عن |ل|برای |از سوی )(?P<arabic>[^،,:.()\d]{3,60}?)(?=\s+(?:في|بتاريخ|در)\s|[،,:.(]|$))"
)
_TOPIC = re.compile(
    r"(?<!\w)(?:about|concerning|regarding|on(?!\s+(?:\w+\s)?\d)|into|after|following|since|at the time of|"
    r"حول|بشأن|عن|بعد|في شأن|درباره|درباره‌ی|دربارهٔ|درخصوص|پیرامون|پس از)(?!\w)",
    re.IGNORECASE,
)


def issued_on(text: str, *, is_title: bool = False) -> str | None:
    """The date of a line such as "Official Report, Wednesday 24 March 2021", or None.

    The date follows a word for a document ("edition of ...", "Communiqué No. 3 of ..."), a label ("Date: ...") or a
    word for making one ("Extract from the report published on ...", "Interview recorded in Khaldun on ..."), or is
    set apart at the end of a line that a word for a document opens ("Transcript of a programme of Radio Lantern,
    Khaldun, 3 May 2017").  A title is not believed where it only tells of a making: "Report on the raid of 14 March
    2017" gives the day of the raid.  Of the period of what comes out regularly ("Weekly monitor: 1-7 May") it is the
    last day.
    """
    if len(text) > _LONGEST and is_title:
        return None
    for clause in _CLAUSE.split(text[: 2 * _LONGEST])[:3]:
        found = stamp_and_sides(clause)
        if found is None:
            continue
        if is_full(found[0]) and (_is_of_line(clause, *found[1:]) or (not is_title and _made(clause, found[1]))):
            return found[0]
        if (last := _last_day(found[0])) and _periodical().search(found[1]) and _CLOSES.fullmatch(found[2]):
            return last
        if (
            not is_title
            and _MONTH.fullmatch(found[0] or "")
            and _kind().search(found[1])
            and not found[2].strip(" .)*_")
        ):
            return found[0]
    return None


def _is_of_line(clause: str, before: str, after: str) -> bool:
    """Whether a date is that of a document: behind the word for it, behind a label ("Date: ..."), set apart at the end
    of a line that begins with such a word and names no matter ("Testimony taken by X, Khaldun, 3 May"), or alone."""
    if _kind().search(before) or is_bare_date(clause) or (re.search(r":\s*$", before) and _dated().search(before)):
        return True
    opening = _opens().match(clause)
    made = _making_at_end().search(before)
    apart = (made if made and not _TOLD.search(before[: made.start()]) else None) or (
        _APART.search(before) if _CLOSES.fullmatch(after) else None
    )
    return bool(opening and apart) and not _TOPIC.search(before[opening.end() : apart.start()])  # type: ignore[union-attr]


def _last_day(edtf: str | None) -> str | None:
    days = parse_edtf(edtf) if edtf and "/" in edtf else None
    return days.last.isoformat() if days is not None else None


def spoken_on(text: str) -> str | None:
    """The day on which an interview was held, as its introduction says: "She spoke to us on 9 September 2010." """
    for clause in _CLAUSE.split(text[: 4 * _LONGEST]):
        found = stamp_and_sides(clause)
        if found and is_full(found[0]) and _spoken().search(found[1]):
            return found[0]
    return None


def maker_of(text: str) -> str | None:
    """The body for or by which the line was made: "Told to Nadim Orlo for Lantern Rights", "Transcript of a programme
    of Radio Lantern, Khaldun"; None where the line tells of no making or names no body."""
    clause = _CLAUSE.split(text[: 2 * _LONGEST])[0]
    if len(text) > _LONGEST or not (_opens().match(clause) or _making_first().match(clause)):
        return None
    for match in _MAKER.finditer(clause):
        name = (match["name"] or match["arabic"]).strip()
        writer, _, body = name.partition(" for ")
        name = body if body and not has_organisation_word(writer) else name
        name = re.sub(r"\s+(?:on|and|for|the|of)$", "", name)
        if has_organisation_word(name) and len(name.split()) > 1 and not _TOPIC.search(clause[: match.start()]):
            return name
    return None


def is_interview(text: str) -> bool:
    """Whether a title or line says that an interview or a testimony follows."""
    return bool(re.search(rf"(?<!\w)(?:{_any('interviews')})", text, re.IGNORECASE))


def _made(clause: str, before: str) -> bool:
    """Whether a clause tells of its own making: it opens with a word for a document, or with that for making it."""
    match = _making().search(before)
    if match is None or _TOLD.search(before[: match.start()]):
        return False
    is_first = not before[: match.start()].strip(" ([-–—*") and bool(_PLACED.match(before[match.end("word") :]))
    return is_first or bool(_opens().match(clause))


@cache
def _kind() -> re.Pattern[str]:
    numbered = r"(?:no|nr|issue|number|vol|العدد|شماره)\b[.:º°]?\s*\d+"
    return re.compile(rf"(?<!\w)(?:(?:{_any('documents')}){_NUMBER}|{numbered}){_JOINED}$", re.IGNORECASE)


@cache
def _making() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{_any('made')})(?!\w)[^.;!?\n]{{0,60}}$", re.IGNORECASE)


@cache
def _making_at_end() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('made')}){_JOINED}$", re.IGNORECASE)


@cache
def _dated() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){credit_words().published.pattern}$", re.IGNORECASE)


def tells_of_making(text: str) -> bool:
    """Whether a line opens with a word for making documents: "Told to ...", "Issued by ...", "صادر عن ..."."""
    return bool(_making_first().match(text))


@cache
def _making_first() -> re.Pattern[str]:
    return re.compile(rf"\W*(?:as\s+)?(?:{_any('made')})(?!\w)", re.IGNORECASE)


@cache
def _periodical() -> re.Pattern[str]:
    """ "Weekly bulletin, ", "Situation report No. 3: ": a word for what comes out again and again before a period."""
    return re.compile(rf"(?<!\w)(?:{_any('periodicals')}){_NUMBER}{_JOINED}$", re.IGNORECASE)


@cache
def _opens() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:(?:the|an?|this|full|edited|verbatim|official)\s+)*(?:{_any('documents')})(?!\w)", re.IGNORECASE
    )


@cache
def _spoken() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any('spoken')})(?!\w)[^.;!?\n]{{0,80}}{_JOINED}$", re.IGNORECASE)


def _any(name: str) -> str:
    words = credit_words().issued[name]
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
