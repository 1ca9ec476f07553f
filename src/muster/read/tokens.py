"""HTML into tags and text, each with its exact place in the decoded page.

The tokenizer follows the WHATWG HTML standard (section 13.2.5) where readings depend on it: quotes count
only after "=", raw text runs to its own end tag, bogus comments end at ">".  It is linear in the page.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from muster.read.draft import Run

_OPENING = re.compile(r"<(?:(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*+)|(?P<bogus>[!?/]))")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s>]*+)))?"""
)
_AFTER_ATTRIBUTES = re.compile(r"[\s/]*+>?")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in (*_RAW, "title", "textarea")}


@dataclass(frozen=True, slots=True)
class Token:
    """A start tag, an end tag, or text; start and end count code points of the page."""

    kind: Literal["start", "end", "text", "raw"]
    name: str
    start: int
    end: int
    attributes: dict[str, str]


_NONE: dict[str, str] = {}


def tokens(source: str) -> Iterator[Token]:
    """The tokens of a page in order.  Comments and declarations are left out; raw text is "raw"."""
    at = 0
    text_start = 0
    while match := _OPENING.search(source, at):
        if match.start() > text_start:
            yield Token("text", "", text_start, match.start(), _NONE)
        if match["bogus"]:
            at = text_start = _after_declaration(source, match.start())
            continue
        name = match["name"].lower()
        attributes, at = _attributes(source, match.end())
        yield Token("end" if match["end"] else "start", name, match.start(), at, attributes)
        if not match["end"] and name in _RAW_ENDS:
            closing = _RAW_ENDS[name].search(source, at)
            end = closing.start() if closing else len(source)
            yield Token("text" if name == "textarea" else "raw", name, at, end, _NONE)
            at = end
        text_start = at
    if text_start < len(source):
        yield Token("text", "", text_start, len(source), _NONE)


def _after_declaration(source: str, start: int) -> int:
    """The end of a comment, a doctype or a processing instruction that begins at start."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 2)
        return len(source) if end < 0 else max(end + 3, start + 4)
    end = source.find(">", start)
    return len(source) if end < 0 else end + 1


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """A tag's attributes (the first of each name counts) and where the tag ends."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(source, at):
        value = match["double"] or match["single"] or match["bare"] or ""
        found.setdefault(match["name"].lower(), value)
        at = match.end()
    closing = _AFTER_ATTRIBUTES.match(source, at)
    return found, closing.end() if closing else at


def runs_of(source: str, part: str, start: int, end: int) -> Iterator[Run]:
    """The text between two places as runs: character references stand as what they mean."""
    at = start
    for match in _REFERENCE.finditer(source, start, end):
        meant = html.unescape(match.group())
        if meant == match.group():
            continue
        if match.start() > at:
            yield Run(source[at : match.start()], part, at, match.start())
        yield Run(meant, part, match.start(), match.end())
        at = match.end()
    if at < end:
        yield Run(source[at:end], part, at, end)
