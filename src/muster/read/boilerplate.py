"""Tells the furniture of web pages from what somebody wrote, also in plain text pasted from a page."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from muster.read.draft import Passage, cut_passage
from muster.records import Cut

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_COUNT = re.compile(r"\(?\b\d[\d.,]{0,8}\b ?[km]?\)?", re.IGNORECASE)
_CRUMB = re.compile(r"\s*(?:[»›>→❯▸▶⟩]|(?<=\s)[/|«‹←](?=\s)|::)\s*")
_BAR = re.compile(r"\s*[|•·‖¦/]\s*|\s{2,}|\s+[–—-]\s+|[,،:]\s*")
_LONGEST_LINE, _LONGEST_NOTICE, _LONGEST_LINK, _LONGEST_CRUMBS = 160, 700, 150, 400


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The lists of boilerplate.toml, folded for comparison."""

    lists: dict[str, frozenset[str]]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def vocabulary() -> Vocabulary:
    """boilerplate.toml, read once."""
    raw = tomllib.loads((files("muster.read") / "boilerplate.toml").read_text(encoding="utf-8"))
    patterns = raw.pop("patterns")
    compiled = [
        (name, re.compile("|".join(f"(?:{p})" for p in list_), re.IGNORECASE)) for name, list_ in patterns.items()
    ]
    lists = {name: frozenset(_bare(entry) or entry for entry in list_) for name, list_ in raw.items()}
    lists |= {
        name: frozenset(entry.casefold() for entry in raw[name])
        for name in ("filed", "newsletter", "rights", "mail_footer")
    }
    return Vocabulary(lists, tuple(compiled))


def _bare(text: str) -> str:
    return _EDGES.sub("", " ".join(text.casefold().replace("’", "'").split()))


_REASONS = {
    "reading_time": "reading time",
    "counter": "counter",
    "page_number": "page number",
    "copyright": "notice of rights",
}


def breadcrumb(text: str, below: Sequence[str] = ()) -> tuple[str, ...] | None:
    """The items of a breadcrumb line ("Home » Region » Headline"), or None where it is none.

    It begins with a word for a site's first page, or ends with a line that follows below it.
    """
    if len(text) > _LONGEST_CRUMBS or not _CRUMB.search(text):
        return None
    lists = vocabulary().lists
    items = [item.strip() for item in _CRUMB.split(text) if item.strip()]
    lead, _, rest = items[0].partition(":") if items else ("", "", "")
    led = _bare(lead) in lists["breadcrumb_lead"]
    if led and rest:
        items[0] = rest.strip()
    elif led:
        items = items[1:]
    repeats = len(items) >= 2 and any(_bare(items[-1]) == _bare(line) for line in below if len(line) <= _LONGEST_CRUMBS)
    if len(items) < 2 or not (led or repeats or _bare(items[0]) in lists["home"]):
        return None
    return tuple(items)


def why_boilerplate(text: str) -> str | None:
    """Why a line or block that stands alone is no part of what was written, or None.

    Judges one block by its own words; long prose is never boilerplate.
    """
    if len(text) > _LONGEST_NOTICE:
        return None
    lists = vocabulary().lists
    if _is_cookie_notice(text):
        return "cookie notice"
    if breadcrumb(text):
        return "breadcrumb line"
    if len(text) > _LONGEST_LINE and not _is_rights_notice(text):
        return None
    for name, pattern in vocabulary().patterns:
        if pattern.fullmatch(text.strip(" *_|")):
            return _REASONS[name]
    bare, folded = _bare(text), text.casefold().replace("’", "'").lstrip(" *_|•·")
    uncounted = _bare(_COUNT.sub(" ", bare))
    for name, reason in (
        ("related", "related links"),
        ("comment_form", "comment form"),
        ("advertisement", "advertisement"),
    ):
        if bare in lists[name]:
            return reason
    lead, colon, rest = text.partition(":")
    if colon and rest.strip() and _bare(lead) in lists["related"] and not re.search("[.!?؟]$", text.strip()):
        return "related link"
    if uncounted in lists["comments"] and uncounted != bare:
        return "comment form"
    if any(folded.startswith(lead) for lead in lists["filed"]):
        return "filing line"
    if any(phrase in folded for phrase in lists["newsletter"]):
        return "newsletter"
    if _is_rights_notice(text):
        return "notice of rights"
    if _is_bar(text, lists["share"], 1):
        return "share bar"
    if (bare in lists["navigation"] and len(bare.split()) > 1) or _is_bar(text, lists["navigation"] | lists["home"], 2):
        return "navigation"
    return None


def is_mail_footer(text: str) -> bool:
    """Whether a mail program or a mailing list put a paragraph under a mail."""
    folded = text.casefold().replace("’", "'")
    return len(text) <= 2 * _LONGEST_NOTICE and any(phrase in folded for phrase in vocabulary().lists["mail_footer"])


def _is_rights_notice(text: str) -> bool:
    folded = text.casefold()
    return len(text) < 400 and any(phrase in folded for phrase in vocabulary().lists["rights"])


def _is_cookie_notice(text: str) -> bool:
    words = set(re.findall(r"\w+", text.casefold()))
    lists = vocabulary().lists
    if not (words & lists["cookie"] or any(" " in c and c in text.casefold() for c in lists["cookie"])):
        return False
    return len(words & lists["consent"]) >= (2 if len(text) > 200 else 1)


def _is_bar(text: str, known: frozenset[str], least: int) -> bool:
    """Whether a line is nothing but at least so many known labels, with or without counts and marks."""
    items = [_bare(_COUNT.sub(" ", item)) for item in _BAR.split(text)]
    items = [item for item in items if item]
    if len(items) < least:
        return False
    if all(item in known for item in items):
        return len(items) > 1 or len(items[0].split()) > 1 or items[0] not in _ALSO_WORDS
    words = [word for item in items for word in item.split()]
    return least == 1 and len(words) >= 3 and all(word in known for word in words)


# Labels that are also a heading or a word of prose when they stand alone.
_ALSO_WORDS = frozenset(
    [
        "x",
        "on",
        "via",
        "by",
        "and",
        "more",
        "to",
        "with",
        "a",
        "this",
        "us",
        "like",
        "likes",
        "link",
        "line",
        "mail",
        "save",
        "copy",
        "follow",
        "send",
        "signal",
        "threads",
        "comments",
        "views",
        "shares",
        "print",
        "email",
        "e-mail",
        "pin",
        "ok",
        "ارسال",
        "بريد",
    ]
)


def is_readers_comments(text: str) -> bool:
    """Whether a line is the heading above readers' comments: "3 comments", "Comments (3)"."""
    bare = _bare(text)
    uncounted = _bare(_COUNT.sub(" ", bare))
    counts = [int(re.sub(r"\D", "", m) or 0) for m in _COUNT.findall(bare)]
    return uncounted != bare and uncounted in vocabulary().lists["comments"] and any(counts)


def cut_boilerplate(passages: Sequence[Passage]) -> tuple[list[Passage], list[Cut], tuple[str, ...]]:
    """Passages without furniture, the cuts, and the items of a breadcrumb line (the last is the page's title).

    After a heading such as "You may also like" headlines are cut until prose comes; after "3 comments"
    everything is cut, since readers' comments are written by others.
    """
    kept: list[Passage] = []
    cuts: list[Cut] = []
    crumb: tuple[str, ...] = ()
    after: str | None = None
    menus = _menus(passages)
    for at, found in enumerate(passages):
        text = found.text
        reason = why_boilerplate(text) if found.kind != "table_row" and found.table is None else None
        if reason is None and at in menus:
            reason = "navigation"
        if reason in (None, "breadcrumb line") and len(text) <= _LONGEST_CRUMBS:
            items = breadcrumb(text, [p.text for p in passages[at + 1 : at + 4]])
            crumb = crumb or items or ()
            reason = "breadcrumb line" if items else reason
        if reason == "related links" or (kept and is_readers_comments(text)):
            after = "related links" if reason == "related links" else "readers' comments"
        elif reason is None and (after == "readers' comments" or (after and _is_link(found))):
            reason = after
        elif reason is None:
            after = None
        if reason:
            cuts += cut_passage(found, reason)
        else:
            kept.append(found)
    return kept, cuts, crumb


def _menus(passages: Sequence[Passage]) -> set[int]:
    """Passages in a run of at least three that are nothing but labels of menus and buttons ("News", "Print")."""
    lists = vocabulary().lists
    labels = lists["navigation"] | lists["home"] | lists["share"]
    found: set[int] = set()
    run: list[int] = []
    for i, passage in enumerate([*passages, None]):
        if passage is not None and len(passage.text) <= 40 and passage.table is None and _bare(passage.text) in labels:
            run.append(i)
        else:
            found |= set(run) if len(run) >= 3 else set()
            run = []
    return found


def outlet_of_crumbs(crumbs: Sequence[str]) -> str | None:
    """The first item of a breadcrumb line, where it is the name of the site rather than "Home"."""
    first = crumbs[0] if len(crumbs) >= 3 else ""
    return (
        first if first and _bare(first) not in vocabulary().lists["home"] | vocabulary().lists["navigation"] else None
    )


def _is_link(found: Passage) -> bool:
    """Whether a passage under "You may also like" is one more headline: short, and no sentence."""
    text = found.text
    if found.kind not in ("paragraph", "heading", "list_item") or len(text) > _LONGEST_LINK:
        return False
    return not re.search('[.!?؟。]["”’»)]*$', text)
