"""Plain text: lines to paragraphs, headings and list items."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from muster.read.bylines import date_line
from muster.read.decode import decode
from muster.read.draft import Draft, Passage, Run, as_cut, literal, passage
from muster.read.options import ReadOptions, Unreadable
from muster.records import Cut, Document

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BULLET = re.compile(r"[ \t]*(?:[·•‣▪▫●○◦■□–—*-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)](?=[ \t]+[A-Z]))[ \t\xa0]+(?=\S)")
_RULE = re.compile(r"[ \t]*([-=_*~#.·•—–+])(?:[ \t]*\1){2,}[ \t]*")
_ENDS_SENTENCE = re.compile("[!?؟！？][\"'”’»)\\]]*$")
_ENDS_PROSE = re.compile("[.,;:…،؛۔。][\"'”’»)\\]]*$")
_STOPS = re.compile("[.!?:;…؛؟۔。！？][\"'”’»)\\]]*$")
_TWO_SENTENCES = re.compile(r"[.!?؟] \w.{0,200}[.!?؟] \w")
# Text that is broken into lines by hand or by a mailer is 60 to 80 columns wide, seldom up to 120.
_LEAST_WIDTH, _GREATEST_WIDTH = 45, 120
_LONGEST_HEADING, _LONGEST_QUESTION = 250, 80
_CLOCK = re.compile(r"(?<=\d) ?[ap]\.m\.$", re.IGNORECASE)
_MOST_HEAD_LINES = 5
# A line that ends so goes on in the next.
_BREAKS_OFF = re.compile(
    r"(?:[,،-]|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|as|is|are|was|were|that|its|their|his|her|over|after|into|under|between|v))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a part, without its break and without marks in front of it; end is exclusive."""

    text: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands on it."""
        return not self.text.strip()


def read_plain(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """A .txt file: paragraphs, list items, headings; the first line is the title if it reads like one."""
    found = decode(data, options)
    passages, cuts = paragraphs(lines(found.text, options), found.text, "")
    return Draft(parts={"": found.text}, passages=tuple(with_headings(passages)), cuts=cuts, flaws=found.flaws)


def lines(source: str, options: ReadOptions) -> Iterator[Line]:
    """The lines of source.

    Raises:
        Unreadable: "too_many_lines".
    """
    start = 0
    for n, match in enumerate(_BREAK.finditer(source)):
        if n >= options.max_lines:
            why = f"It has more than {options.max_lines} lines."
            raise Unreadable("too_many_lines", why, "Split it into several files.")
        yield Line(source[start : match.start()], start, match.start())
        start = match.end()
    yield Line(source[start:], start, len(source))


def paragraphs(
    found: Iterable[Line], source: str, part: str, *, rewrapped: bool = False
) -> tuple[list[Passage], tuple[Cut, ...]]:
    """Lines to paragraphs and list items, in order; rules and list marks become cuts.

    Blank lines separate paragraphs.  Inside a group of lines, lines that were broken to fit a width are
    joined; other lines are paragraphs of their own.  rewrapped: lines that were broken a second time, so that
    they have no common width, are joined where a sentence goes on.
    """
    passages: list[Passage] = []
    cuts: list[Cut] = []
    for group in _groups(found):
        for kind, mark, lines_ in _items(group, rewrapped):
            if mark:
                cuts += as_cut([literal(source, part, mark.start, mark.end)], "list mark" if kind else "rule")
            made = passage("list_item" if kind else "paragraph", _joined(lines_, part))
            if made.runs:
                passages.append(made)
            else:
                cuts += [cut for run in made.removed for cut in as_cut([run], "character that is never shown")]
    return passages, tuple(cuts)


def _groups(found: Iterable[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in found:
        if not line.is_blank:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _items(group: Sequence[Line], rewrapped: bool) -> Iterator[tuple[bool, Line | None, list[Line]]]:
    """(is a list item, its mark or the rule, its lines) for each item of a group."""
    wrapped = is_wrapped(group) and not _stand_alone(group)
    item: list[Line] = []
    mark: Line | None = None
    for line in group:
        rule = _RULE.fullmatch(line.text)
        bullet = None if rule else _BULLET.match(line.text)
        joined = wrapped or (mark and line.text[:1].isspace())
        joined = joined or (rewrapped and bool(item) and _goes_on(item[-1].text, line.text))
        if item and (rule or bullet or not joined):
            yield mark is not None, mark, item
            item, mark = [], None
        if rule:
            yield False, Line(line.text, line.start, line.end), []
        elif bullet:
            mark = Line(bullet.group(), line.start, line.start + bullet.end())
            item = [Line(line.text[bullet.end() :], mark.end, line.end)]
        else:
            item.append(line)
    if item:
        yield mark is not None, mark, item


def _goes_on(line: str, below: str) -> bool:
    """Whether a sentence goes on below a line that ends none: the line is long, or a small letter follows."""
    above = line.rstrip()
    return not _STOPS.search(above) and (below.lstrip()[:1].islower() or len(above) >= _LEAST_WIDTH)


def is_wrapped(group: Sequence[Line]) -> bool:
    """Whether the lines of a group were broken to fit a width.

    Then the first word of each next line would not have fitted on the line before it.
    """
    texts = [line.text.rstrip() for line in group]
    width = max(map(len, texts))
    if len(texts) < 2 or width > _GREATEST_WIDTH:
        return False
    width = max(width, _LEAST_WIDTH)
    pairs = list(itertools.pairwise(texts))
    full = sum(1 for this, after in pairs if len(this) + 1 + len(after.split(maxsplit=1)[0]) > width - 4)
    return full * 5 >= len(pairs) * 4


def _stand_alone(group: Sequence[Line]) -> bool:
    """Whether a few lines are a head ("MINISTRY OF ...", a title, a date) rather than a sentence broken to fit a width.

    None ends or breaks off a sentence; and one is a date, with its place or without, or has bars, some are in capitals
    only, or all are short and begin like a line of their own.
    """
    texts = [line.text.strip() for line in group]
    if (
        len(texts) > _MOST_HEAD_LINES
        or any(_STOPS.search(text) for text in texts[:-1])
        or _ENDS_PROSE.search(texts[-1])
    ):
        return False
    if any(date_line(text) or " | " in text for text in texts) or len({text.isupper() for text in texts}) == 2:
        return True
    goes_on = any(_BREAKS_OFF.search(text) for text in texts[:-1]) or any(text[:1].islower() for text in texts[1:])
    return not goes_on and texts[0][:1].isupper() and max(map(len, texts)) < _LEAST_WIDTH + 15


def _joined(found: Sequence[Line], part: str) -> Iterator[Run]:
    before: Line | None = None
    for line in found:
        if before:
            yield Run(" ", part, before.end, line.start)
        yield Run(line.text, part, line.start, line.end)
        before = line


def reads_like_heading(text: str) -> bool:
    """Whether a line standing alone is a title or heading: short, and no sentence that ends in a point."""
    text = _CLOCK.sub("", text)
    if not 2 <= len(text) <= _LONGEST_HEADING or not any(letter.isalpha() for letter in text):
        return False
    if _ENDS_PROSE.search(text) or _TWO_SENTENCES.search(text):
        return False
    return not _ENDS_SENTENCE.search(text) or len(text) <= _LONGEST_QUESTION


def bullet_end(text: str) -> int:
    """How many characters of a line are a list mark ("- ", "· ", "3. "); 0 where it has none."""
    match = None if _RULE.fullmatch(text) else _BULLET.match(text)
    return match.end() if match else 0


def with_headings(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Paragraphs that read like headings and are followed by another become headings."""
    for i, found in enumerate(passages):
        follows = i + 1 < len(passages) and passages[i + 1].kind in ("paragraph", "list_item", "heading")
        if found.kind == "paragraph" and follows and reads_like_heading(found.text):
            yield passage("heading", found.runs, removed=found.removed)
        else:
            yield found
