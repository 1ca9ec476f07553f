"""A page as elements and the stretches of text between block boundaries."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from muster.read.draft import Run
from muster.read.options import ReadOptions, Unreadable
from muster.read.tokens import Token, runs_of, tokens

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "object",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
        "audio",
        "template",
    ]
)
_CLOSES_P = BLOCKS - {"button", "label", "option", "td", "th", "tr", "tbody", "body", "html", "noscript", "object"}
# What a start tag ends of its own kind, and what it does not look beyond (HTML standard, 13.2.6.4).
_ENDS = {
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "tbody": ({"thead", "tbody", "tfoot"}, {"table"}),
    "option": ({"option"}, {"select"}),
}
_SCOPES = frozenset({"td", "th", "table", "caption"})
_P_SCOPES = _SCOPES | {"button"}
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|$))", re.IGNORECASE
)
_NEVER_SHOWN = frozenset({"noscript", "template", "title", "head", "object", "video", "audio", "svg", "math"})


@dataclass(slots=True)
class Element:
    """An element; parent is its number in Page.elements, -1 for the outermost."""

    name: str
    attributes: Mapping[str, str]
    parent: int
    depth: int


@dataclass(slots=True)
class Stretch:
    """Text between two block boundaries, in the innermost block element that it began in.

    n_linked counts its characters inside links; breaks are offsets in its runs at which a line ended;
    inline are the inline elements that it touches, owners the innermost of them for each run (-1 for none).
    """

    element: int
    runs: list[Run] = field(default_factory=list)
    n_linked: int = 0
    breaks: list[int] = field(default_factory=list)
    inline: set[int] = field(default_factory=set)
    owners: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """All elements and stretches in page order; raw holds script texts by type, titles the title elements."""

    elements: list[Element]
    stretches: list[Stretch]
    metas: list[Mapping[str, str]]
    links: list[Mapping[str, str]]
    linked_data: list[str]
    title: str | None
    is_too_deep: bool

    def ancestors(self, number: int) -> list[int]:
        """An element and those around it, innermost first."""
        found = []
        while number >= 0:
            found.append(number)
            number = self.elements[number].parent
        return found


class _Builder:
    """Keeps the open elements and the stretch being filled while tokens go by."""

    def __init__(self, source: str, part: str, options: ReadOptions) -> None:
        self.source, self.part, self.options = source, part, options
        self.page = Page([], [], [], [], [], None, False)
        self.open: list[int] = []
        self.too_deep = 0
        self.stretch: Stretch | None = None
        self.script_type = ""

    def feed(self, token: Token) -> None:
        if token.kind == "start":
            self._start(token)
        elif token.kind == "end":
            self._end(token.name)
        elif token.kind == "raw":
            self._raw(token)
        else:
            self._text(token)

    def _start(self, token: Token) -> None:
        name = token.name
        if name == "meta":
            self.page.metas.append(token.attributes)
        elif name == "link":
            self.page.links.append(token.attributes)
        elif name == "br":
            self._break(token)
        elif name == "script":
            self.script_type = token.attributes.get("type", "")
        if name in BLOCKS:
            self.flush()
        if self.too_deep and len(self.open) >= self.options.max_depth:
            self.too_deep += name not in _VOID
            return
        if name in _CLOSES_P:
            self._close({"p"}, _P_SCOPES)
        if name in _ENDS:
            self._close(*_ENDS[name])
        if name in _VOID:
            return
        if len(self.open) >= self.options.max_depth:
            self.too_deep += 1
            self.page.is_too_deep = True
            return
        parent = self.open[-1] if self.open else -1
        self.page.elements.append(Element(name, token.attributes, parent, len(self.open)))
        if len(self.page.elements) > self.options.max_tags:
            raise Unreadable("too_many_tags", "The page has too many elements.", "Save the text of the page as .txt.")
        self.open.append(len(self.page.elements) - 1)

    def _close(self, names: set[str], stop: frozenset[str] | set[str]) -> None:
        for i in range(len(self.open) - 1, -1, -1):
            name = self.page.elements[self.open[i]].name
            if name in names:
                self.flush()
                del self.open[i:]
                return
            if name in stop:
                return

    def _end(self, name: str) -> None:
        if name == "p" and not any(self.page.elements[i].name == "p" for i in self.open):
            self.flush()
        if name in BLOCKS:
            self.flush()
        if self.too_deep:
            self.too_deep -= 1
            return
        crossed = False
        for i in range(len(self.open) - 1, -1, -1):
            mine = self.page.elements[self.open[i]].name
            if mine == name:
                if crossed and name not in BLOCKS:
                    del self.open[i]  # <b><p></b>: the paragraph stays open
                else:
                    del self.open[i:]
                return
            if mine in _SCOPES and name not in ("table", "tr", "tbody", "thead", "tfoot"):
                return
            crossed = crossed or mine in BLOCKS

    def _break(self, token: Token) -> None:
        if self.stretch is None:
            return
        self.stretch.breaks.append(len(self.stretch.runs))
        self.stretch.runs.append(Run(" ", self.part, token.start, token.end))
        self.stretch.owners.append(-1)

    def _raw(self, token: Token) -> None:
        text = self.source[token.start : token.end]
        if token.name == "title" and self.page.title is None:
            self.page.title = " ".join("".join(run.words for run in runs_of(text, "", 0, len(text))).split())
        elif token.name == "script" and "ld+json" in self.script_type.lower() and len(self.page.linked_data) < 20:
            self.page.linked_data.append(text)

    def _text(self, token: Token) -> None:
        names = [self.page.elements[i].name for i in self.open]
        if self.stretch is None:
            if self.source[token.start : token.end].isspace():
                return
            block = next((i for i in reversed(self.open) if self.page.elements[i].name in BLOCKS), -1)
            self.stretch = Stretch(block)
        for i in reversed(self.open):
            if self.page.elements[i].name in BLOCKS:
                break
            self.stretch.inline.add(i)
        if "pre" in names or token.name == "textarea":
            self._lines(token)
        else:
            self.stretch.runs += runs_of(self.source, self.part, token.start, token.end)
        innermost = self.open[-1] if self.open and names[-1] not in BLOCKS else -1
        self.stretch.owners += [innermost] * (len(self.stretch.runs) - len(self.stretch.owners))
        if "a" in names:
            self.stretch.n_linked += token.end - token.start

    def _lines(self, token: Token) -> None:
        """Preformatted text: every line break is one."""
        at = token.start
        if self.stretch is None:
            return
        for match in re.finditer("\r\n|\n|\r", self.source[token.start : token.end]):
            end = token.start + match.start()
            self.stretch.runs += runs_of(self.source, self.part, at, end)
            self.stretch.breaks.append(len(self.stretch.runs))
            at = token.start + match.end()
            self.stretch.runs.append(Run(" ", self.part, end, at))
        self.stretch.runs += runs_of(self.source, self.part, at, token.end)

    def flush(self) -> None:
        if self.stretch is not None and any(not run.words.isspace() for run in self.stretch.runs):
            self.page.stretches.append(self.stretch)
        self.stretch = None


def parse_page(source: str, part: str, options: ReadOptions) -> Page:
    """The page's elements and stretches of text.

    Elements nested deeper than options.max_depth are taken as if they were not there.

    Raises:
        Unreadable: "too_many_tags".
    """
    builder = _Builder(source, part, options)
    for token in tokens(source):
        builder.feed(token)
    builder.flush()
    return builder.page


def is_hidden(element: Element) -> bool:
    """Whether an element says that it is not shown."""
    attributes = element.attributes
    if element.name in _NEVER_SHOWN or "hidden" in attributes:
        return True
    return bool(_HIDDEN.search(attributes.get("style", "")))
