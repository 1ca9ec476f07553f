"""The day on which a document says, in a line of its head, that it was issued, broadcast or taken down."""

import re
from functools import cache

from muster.read.stamps import is_full, stamp_and_sides
from muster.read.vocabulary import credit_words

_LONGEST = 200
# What may stand between "edition" or "published" and the date: a number, "of", "dated", "on", a comma.
_NUMBER = r"(?:\s*[(\[]?(?:no|nr|nos|vol|issue|number|رقم|شماره|العدد)?[.:º°]?\s*[\w/.-]*\d[\w/.-]*[)\]]?,?)?"
_JOINED = (
    r"[\s,،:;(\[|–—-]*(?:(?:of|for|on|dated|from|the|as of|as at|date|held on|"
    r"في|بتاريخ|ليوم|يوم|من|المؤرخة?|الصادرة?(?: في)?|"
    r"(?:به|در) تاریخ|مورخه?|تاریخ|در|روز)[\s:]+)*"
)
_PLACED = re.compile(r"[\s:,،]*(?:(?:on|at|in|by|في|من|يوم|بتاريخ|در|به)\s|$)", re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-\d\d")
_TOLD = re.compile(r"\b(?:was|were|is|are|been|being|had|has|have|by)\W+$", re.IGNORECASE)
_CLAUSE = re.compile(r"(?<=[^\W\d_]{3})[.;]\s+|\n")


def issued_on(text: str, *, is_title: bool = False) -> str | None:
    """The date of a line such as "Official Report, Wednesday 24 March 2021", or None.

    The date follows a word for a document ("edition of ...", "Communiqué No. 3 of ...") or for making one
    ("Extract from the report published on ...", "Interview recorded in Khaldun on ...").  A title is
    believed only in the first case: "Report on the raid of 14 March 2017" gives the day of the raid.
    """
    if len(text) > _LONGEST and is_title:
        return None
    for clause in _CLAUSE.split(text[: 2 * _LONGEST])[:3]:
        found = stamp_and_sides(clause)
        if found is None:
            continue
        if is_full(found[0]) and (_kind().search(found[1]) or (not is_title and _made(clause, found[1]))):
            return found[0]
        if (
            not is_title
            and _MONTH.fullmatch(found[0] or "")
            and _kind().search(found[1])
            and not found[2].strip(" .)*_")
        ):
            return found[0]
    return None


def spoken_on(text: str) -> str | None:
    """The day on which an interview was held, as its introduction says: "She spoke to us on 9 September 2010." """
    for clause in _CLAUSE.split(text[: 4 * _LONGEST]):
        found = stamp_and_sides(clause)
        if found and is_full(found[0]) and _spoken().search(found[1]):
            return found[0]
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
    return re.compile(rf"(?<!\w)(?:{_any('documents')}){_NUMBER}{_JOINED}$", re.IGNORECASE)


@cache
def _making() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<word>{_any('made')})(?!\w)[^.;!?\n]{{0,60}}$", re.IGNORECASE)


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
