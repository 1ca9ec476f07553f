"""Mastheads: the lines above a title that name who issues a document, and those that label, file or date it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from muster.languages.countries import country_of
from muster.languages.scripts import script_of
from muster.read.bylines import byline, is_date
from muster.read.datelines import dateline
from muster.read.draft import Credits, Passage
from muster.read.issued import issued_on, maker_of, tells_of_making
from muster.read.names import PARTICLES, ends_sentence, has_organisation_word
from muster.read.plain import reads_like_heading
from muster.read.signatures import is_salutation
from muster.read.stamps import stamp_and_sides
from muster.read.vocabulary import credit_words

_MOST_LINES, _LONGEST = 9, 160
_MOST_WORDS = 12
_FORMAL = ("date", "label", "notice", "part")
_ITEMS = re.compile(r"\s*[,،|•·]\s*|\s+[–—-]\s+")
_FREQUENCY = re.compile(r"\s*\b\d{2,4}(?:[.,]\d{1,2})?\s?(?:FM|AM|MHz|kHz)\b.*$", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:و|ل|ب|ك)?(?:ال|لل)\w+|و|في|من|على|بين|لدى|عن")
_SYMBOL = re.compile(r"(?=\S*\d)(?:[A-Z]{1,6}|\d{2,4})/\S+")  # "A/HRC/25/65", "2017/0412"
_VERBAL = re.compile(r"(?i:\w+[^sui'’\W]s)")
_MEDIUM = re.compile(
    r"(?:the )?(?:radio|tv|television)\s|.*\s(?:radio|tv|television|news agency|press agency)$", re.IGNORECASE
)
# "Criminal Case No. 12 of 2016", "Twenty-fifth session", "The House met at half-past two o'clock".
_FILED = re.compile(
    r"\b(?:case|application|appeal|petition|suit|docket|index|communication) (?:no\b|nos\b|number)"
    r"|^(?-i:AT [A-Z][A-Z -]+)$|^\S+(?:st|nd|rd|th) (?:\w+ )?(?:session|meeting|sitting|parliament|legislature)$"
    r"|^(?:the|this) (?:house|senate|assembly|council|court|committee|commission|sitting|meeting|session)\b.*"
    r"\b(?:met|sat|resumed|opened|was called to order)\b.*\b(?:at|o'clock|a\.?m|p\.?m)\b",
    re.IGNORECASE,
)
_SMALL = PARTICLES | {
    "the",
    "and",
    "for",
    "on",
    "in",
    "to",
    "at",
    "against",
    "des",
    "les",
    "para",
    "contra",
    "und",
    "für",
}
_PERSIAN = re.compile("[پچژگکی]|^(?:سازمان|وزارت|انجمن|دفتر|شورا|هیئت)\\b")
_PERSIAN_VERB = re.compile(r"(?:^|\s)(?:را|ن?می‌?\w+|\w*(?:کرد|شد|داد|گفت|است|بود)(?:ند)?)(?:\s|$)")


def masthead(passages: Sequence[Passage]) -> tuple[list[Passage], int, Credits]:
    """Tells the title from the lines above it: issuer, label ("PRESS RELEASE"), reference, date.

    Returns the passages with the lines around the title marked as credits, the number of the title, and the outlet.
    A line is taken for the issuer's name by its form ("Ministry of ...", "Radio ..."), or because the text
    speaks of it as of somebody ("told Lantern Rights").  Where nothing else could be the title the first label
    is, then the first line, as in a document without a masthead.
    """
    head = _head(passages)
    prose = " ".join(p.text for p in passages[len(head) :])[:200_000]
    kinds = ["title" if p.kind == "title" else _kind_of(p.text, prose) for p in passages[: len(head)]]
    if len(kinds) > 2 and _is_named_like_a_body(head[0]) and kinds[0] == "title" and kinds[1] in _FORMAL:
        kinds[0] = "issuer" if {"title", "label"} & set(kinds[1:]) else "title"
    known = next((i for i, p in enumerate(passages[: len(head)]) if p.kind == "title"), None)
    title = kinds.index("title") if known is None and "title" in kinds else known
    above = kinds if title is None else kinds[:title]
    if not {"issuer", "state", "label", "notice", "date"} & set(above):
        return list(passages), 0, Credits()
    if title is None:
        title = kinds.index("label") if "label" in kinds else 0
    marked = {i for i, kind in enumerate(kinds) if i != title and kind not in ("title", "credit")}
    out = [replace(p, kind="byline") if i in marked and p.kind != "title" else p for i, p in enumerate(passages)]
    return out, title, Credits(outlet=_issuer(head, kinds, prose))


def _head(passages: Sequence[Passage]) -> list[str]:
    """The short lines before the prose, a dateline or a salutation."""
    found: list[str] = []
    for passage in passages[:_MOST_LINES]:
        text = passage.text
        is_line = passage.kind in ("paragraph", "heading", "byline", "title") and passage.table is None
        if not is_line or len(text) > _LONGEST or _opens_prose(text) or is_salutation(text):
            break
        if ends_sentence(text) and not (_is_notice(text) or issued_on(text)):
            break
        found.append(text)
    return found


def _opens_prose(text: str) -> bool:
    """Whether a dateline with a sentence behind it begins: "LANTERN RIGHTS - NEWSLETTER" has none."""
    line = dateline(text)
    return line is not None and (ends_sentence(text) or len(text[line.end :].split()) > 4)


def _kind_of(text: str, prose: str) -> str:
    """What a line of a head is: title, issuer, state, part, label, notice, date or credit."""
    if is_date(text) or _SYMBOL.fullmatch(text):
        return "date"
    if _is_notice(text):
        return "notice"
    if (item := _issuing_item(text, prose)) is not None:
        return "state" if _is_state(item) else "issuer"
    if _is_label(text):
        return "label"
    if _is_part(text):
        return "part"
    if issued_on(text) and _starts(text, "labels"):
        return "label" if reads_like_heading(text) else "notice"
    if tells_of_making(text) and maker_of(text):
        return "notice"
    if (credit := byline(text)) is not None:
        return "date" if credit.published_on and not credit.author else "credit"
    return "title" if reads_like_heading(text) and not text.startswith("(") else "notice"


def _issuing_item(text: str, prose: str) -> str | None:
    """The name of who issues, where a line gives it: alone, or before a place, a label or a number."""
    items = [item for item in _ITEMS.split(_FREQUENCY.sub("", _undated(text).strip(" *_"))) if item]
    if not items or ends_sentence(text) or ":" in text or "؟" in text:
        return None
    first = items[0]
    rest_is_small = len(items) <= 3 and all(len(item.split()) <= 4 for item in items[1:])
    filed = has_organisation_word(first) and _is_capitalised(first) and any(map(_is_label, items[1:]))
    return first if rest_is_small and (filed or _is_state(first) or _is_body(first) or _speaks(first, prose)) else None


def _undated(text: str) -> str:
    """A line without the date or the symbol that ends it: "THE COAST LEDGER | Thursday, May 3, 2017"."""
    text = re.sub(rf"\s+{_SYMBOL.pattern}$", "", text)
    _, before, after = stamp_and_sides(text) or (None, text, "")
    return text if re.search(r"\w", after) else re.sub(r"[\s,|•·–—-]+$", "", before) or text


def _is_named_like_a_body(text: str) -> bool:
    """Whether a first line ends with a word for a body ("LANTERN RIGHTS CENTRE") and holds none that may be a verb."""
    words = text.split()
    last = " ".join(words[-2:])
    is_name = 1 < len(words) <= 6 and _is_capitalised(text) and not ends_sentence(text) and has_organisation_word(last)
    verbs = [w for w in words[:-1] if _VERBAL.fullmatch(w) and w.casefold() not in credit_words().masthead["plurals"]]
    verbs += [
        word for word in words if word.casefold() in ("in", "at", "to", "on", "by", "after", "over", "with", "from")
    ]
    return is_name and not verbs and not re.search(r"[:;!?\"“”\d]", text)


def _is_state(name: str) -> bool:
    return len(name.split()) <= 6 and _starts(name, "states") and (_is_capitalised(name) or script_of(name) == "arabic")


def _is_body(name: str) -> bool:
    """Whether words have the form of a body's or a medium's name, not of a headline that speaks of one."""
    words = name.split()
    if not 1 < len(words) <= _MOST_WORDS or re.search(r"[!?;\"“”]", name):
        return False
    if script_of(name) == "arabic":
        return _is_persian_name(name) if _PERSIAN.search(name) else _is_arabic_name(words)
    if not _is_capitalised(name):
        return False
    if _any_word("bodies", r"(?:the )?(?:{})").fullmatch(name):
        return True
    name = re.sub(r"^IN THE\s+", "", name)
    if match := _body_of().match(name):
        before = re.sub(r"^the\s+", "", name[: match.start("body")], flags=re.IGNORECASE)
        return not any(word.lower() in _SMALL for word in before.split())
    return (
        len(words) <= 5
        and not _is_label(name)
        and bool(_MEDIUM.match(name) or _any_word("media", r"^the .*\b(?:{})$").match(name))
    )


def _is_arabic_name(words: Sequence[str]) -> bool:
    """ "وزارة الداخلية": a noun for a body and definite words; a verb would show a headline."""
    first = words[0].removeprefix("ال")
    if len(words) > 6 or not has_organisation_word(first):
        return False
    rest = words[1:] if _DEFINITE.fullmatch(words[1]) else words[2:]
    return (
        bool(words[1:]) and all(_DEFINITE.fullmatch(word) for word in rest) and any(map(_DEFINITE.fullmatch, words[1:]))
    )


def _is_persian_name(name: str) -> bool:
    words = name.split()
    return len(words) <= 7 and has_organisation_word(words[0]) and not _PERSIAN_VERB.search(name)


def _speaks(name: str, prose: str) -> bool:
    """Whether the text writes these words as a name, and as that of somebody who speaks or is told."""
    words = name.split()
    if not 1 < len(words) <= 6 or not _is_capitalised(name) or country_of(name):
        return False
    after, before = (_alternatives("speaks_after"), _alternatives("speaks_before"))
    told = re.compile(
        rf"(?:(?<!\w)(?P<b>{before}) (?:the )?)?(?<!\w)(?P<name>{re.escape(name)})(?!\w)(?P<a> ?(?:{after})(?!\w))?",
        re.IGNORECASE,
    )
    return any(
        (m["a"] or m["b"]) and not m["name"].isupper() and _is_capitalised(m["name"]) for m in told.finditer(prose)
    )


def _is_capitalised(name: str) -> bool:
    """Whether each word but particles begins with a capital, as in a name."""
    words = [word.strip("\"'“”‘’()") for word in name.split()]
    return all(
        word[:1].isupper() or word[:1].isdigit() or word.lower() in _SMALL or not word[:1].isalpha() for word in words
    )


def _is_label(text: str) -> bool:
    """Whether a line is nothing but a label and its number: "COMMUNIQUÉ No. 031/2019", "JUDGMENT (extract)"."""
    match = _any_word("labels", r"\W*(?:{})\b").match(text)
    if not match or len(text.split()) > 6:
        return False
    rest = re.sub(
        r"\([^()]*\)|\b(?:no|nr|number|vol|issue|رقم|شماره)\b\.?", " ", text[match.end() :], flags=re.IGNORECASE
    )
    return not re.search(r"[^\W\d_]{2,}", rest)


def _is_notice(text: str) -> bool:
    """Whether a line says how a document is handled or passed on: "For immediate release", "Transcript (extract)"."""
    if len(text.split()) <= 10 and _FILED.search(text):
        return True
    return _starts(text, "notices") or bool(_any_word("marks", r"[\W_]*(?:{})\W*(?:$|[,:(])").match(text))


def _is_part(text: str) -> bool:
    words = text.split()
    return len(words) <= 8 and _is_capitalised(text) and bool(_any_word("parts", r"\b(?:{})\b").search(text))


def _issuer(head: Sequence[str], kinds: Sequence[str], prose: str) -> str | None:
    """The first body above the title or under it, else the state; as the text writes it, where the head shouts."""
    names = {kind: i for i, kind in reversed(list(enumerate(kinds)))}
    at = names.get("issuer", names.get("state"))
    if at is None:
        return None
    name = re.sub(r"^IN THE\s+", "", _issuing_item(head[at], prose) or head[at])
    if name.isupper():
        written = [m.group() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", prose, re.IGNORECASE)]
        return next((words for words in written if not words.isupper() and _is_capitalised(words)), name)
    return name


def _starts(text: str, name: str) -> bool:
    return bool(_any_word(name, r"[\W_]*(?:{})(?!\w)").match(text))


def _alternatives(name: str) -> str:
    words = credit_words().masthead[name]
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _any_word(name: str, form: str) -> re.Pattern[str]:
    return re.compile(form.replace("{}", _alternatives(name)), re.IGNORECASE)


@cache
def _body_of() -> re.Pattern[str]:
    """ "Ministry of ...", "National Court of ...": a word for a body after at most three, before "of" or "for"."""
    return re.compile(rf"(?:\S+\s+){{0,3}}?(?P<body>{_alternatives('bodies')})\s+(?:of|for|on)\s", re.IGNORECASE)
