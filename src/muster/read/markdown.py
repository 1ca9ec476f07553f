"""Markdown: the text without its marks; pipe tables as tables."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from muster.read.decode import decode
from muster.read.draft import Credits, Draft, Passage, Run, as_cut, literal, passage
from muster.read.options import ReadOptions, Unreadable
from muster.read.plain import Line, lines, paragraphs
from muster.read.tables import row
from muster.records import Cut, Document

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})[ \t]*")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_EMPHASISED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})[^*_]{2,200}(?P=mark)")
_FRONT = re.compile(r"(?P<name>[A-Za-z_-]{2,20}):[ \t]*(?P<value>.*)")
# Marks inside a line.  Each alternative is linear: no nested repetition over the same characters.
_MARK = re.compile(
    r"(?P<escape>\\)(?=[!-/:-@\[-`{-~])"
    r"|(?P<image>!\[[^\]\n]{0,500}\]\([^()\n]{0,1000}\))"
    r"|\[(?P<link>[^\[\]\n]{1,500})\](?:\([^()\n]{0,1000}\)|\[[^\[\]\n]{0,200}\])"
    r"|(?P<auto><)(?=https?://[^\s<>]{1,1000}>)"
    r"|(?P<tag></?[A-Za-z][^<>\n]{0,500}>)"
    r"|(?P<strong>(?<!\*)\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?!\*)|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)|~~)"
    r"|(?P<code>`{1,3})"
)


def read_markdown(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """A .md file: headings, paragraphs, lists, quotations and pipe tables; a front matter block is read for credits."""
    found = decode(data, options)
    source = found.text
    all_lines = list(lines(source, options))
    start, credits, cuts = _front_matter(all_lines, source)
    passages: list[Passage] = []
    headers: list[tuple[str, ...]] = []
    for group in _blocks(all_lines[start:]):
        if _is_table(group):
            headers.append(tuple(_cell_text(cell) for cell in _cells(group[0])))
            passages += _table(group, len(headers) - 1, cuts, source)
            if sum(len(p.cells) for p in passages) > options.max_cells:
                raise Unreadable("too_many_cells", "Its tables have too many cells.", "Split it into several files.")
        else:
            passages += _text(group, cuts, source)
    return Draft(
        parts={"": source},
        passages=tuple(passages),
        cuts=tuple(cuts),
        flaws=found.flaws,
        headers=tuple(headers),
        credits=credits,
    )


def _front_matter(found: Sequence[Line], source: str) -> tuple[int, Credits, list[Cut]]:
    """Lines used by a YAML block at the top, and what it says of title, author, date and outlet."""
    if not found or found[0].text.strip() != "---":
        return 0, Credits(), []
    end = next((i for i, line in enumerate(found[1:60], 1) if line.text.strip() in ("---", "...")), None)
    if end is None or not all(_FRONT.match(x.text) or x.is_blank or x.text[:1] in " \t-#" for x in found[1:end]):
        return 0, Credits(), []
    from muster.read.stamps import instant_date

    values = {m["name"].lower(): m["value"].strip("\"' ") for x in found[1:end] if (m := _FRONT.match(x.text))}
    on = values.get("date") or values.get("published") or ""
    credits = Credits(
        title=values.get("title") or None,
        author=values.get("author") or None,
        outlet=values.get("outlet") or values.get("site") or values.get("publisher") or None,
        published_on=instant_date(on) if on else None,
    )
    return end + 1, credits, list(as_cut([literal(source, "", found[0].start, found[end].end)], "front matter"))


def _blocks(found: Sequence[Line]) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in [*found, Line("", 0, 0)]:
        if line.is_blank or _HEADING.match(line.text):
            if group:
                yield group
            group = []
            if not line.is_blank:
                yield [line]
        else:
            group.append(line)


def _text(group: Sequence[Line], cuts: list[Cut], source: str) -> Iterator[Passage]:
    heading = _HEADING.match(group[0].text)
    if heading or (len(group) == 2 and _UNDERLINE.fullmatch(group[1].text)):
        mark = heading.end() if heading else 0
        line = group[0]
        end = len(line.text.rstrip().rstrip("#").rstrip()) if heading else len(line.text)
        if mark:
            cuts += as_cut([literal(source, "", line.start, line.start + mark)], "markup")
        elif len(group) == 2:
            cuts += as_cut([literal(source, "", group[1].start, group[1].end)], "markup")
        if end < len(line.text):
            cuts += as_cut([literal(source, "", line.start + end, line.end)], "markup")
        level = len(heading[1]) if heading else 1
        made = passage("heading", [literal(source, "", line.start + mark, line.start + end)])
        yield _unmarked(replace(made, marks=frozenset({"h1"} if level == 1 else ())), cuts)
        return
    is_quote = all(_QUOTE.match(line.text) for line in group)
    if is_quote:
        group = [_without_mark(line, cuts, source) for line in group]
    found, more = paragraphs(group, source, "")
    cuts += more
    found = found if any(p.kind == "list_item" for p in found) else _one_paragraph(group)
    for made in found:
        unmarked = _unmarked(made, cuts)
        if unmarked.runs:
            marks = frozenset({"emphasis"} if _EMPHASISED.fullmatch(made.text) else ())
            yield replace(unmarked, kind="quoted" if is_quote else unmarked.kind, marks=marks)


def _without_mark(line: Line, cuts: list[Cut], source: str) -> Line:
    match = _QUOTE.match(line.text)
    at = match.end() if match else 0
    cuts += as_cut([literal(source, "", line.start, line.start + at)], "quote mark")
    return Line(line.text[at:], line.start + at, line.end)


def _one_paragraph(group: Sequence[Line]) -> list[Passage]:
    """Lines without a blank line between them are one paragraph, whatever their width."""
    runs: list[Run] = []
    for i, line in enumerate(group):
        if i:
            runs.append(Run(" ", "", group[i - 1].end, line.start))
        runs.append(Run(line.text, "", line.start, line.end))
    made = passage("paragraph", runs)
    return [made] if made.runs else []


def _unmarked(found: Passage, cuts: list[Cut]) -> Passage:
    """The passage without emphasis, code and link marks, which become cuts."""
    kept: list[Run] = []
    for run in found.runs:
        if run.is_literal:
            kept += _unmark(run, cuts)
        else:
            kept.append(run)
    return replace(found, runs=passage(found.kind, kept).runs)


def _unmark(run: Run, cuts: list[Cut]) -> Iterator[Run]:
    at = 0
    for match in _MARK.finditer(run.words):
        inner = match.span("link") if match["link"] is not None else (match.end(), match.end())
        yield Run(run.words[at : match.start()], run.part, run.start + at, run.start + match.start())
        for a, b in ((match.start(), inner[0]), (inner[1], match.end())):
            if a < b:
                cuts += as_cut([Run(run.words[a:b], run.part, run.start + a, run.start + b)], "markup")
        if inner[0] < inner[1]:
            link = Run(run.words[inner[0] : inner[1]], run.part, run.start + inner[0], run.start + inner[1])
            yield from _unmark(link, cuts)
        at = match.end()
    yield Run(run.words[at:], run.part, run.start + at, run.end)


def _is_table(group: Sequence[Line]) -> bool:
    return (
        len(group) >= 2 and "|" in group[0].text and "-" in group[1].text and bool(_DELIMITERS.fullmatch(group[1].text))
    )


def _cells(line: Line) -> list[Line]:
    """The cells of a row, without the bars; an escaped bar belongs to its cell."""
    bars = [m.start() for m in re.finditer(r"(?<!\\)\|", line.text)]
    edges = [-1, *bars, len(line.text)]
    cells = [Line(line.text[a + 1 : b], line.start + a + 1, line.start + b) for a, b in itertools.pairwise(edges)]
    if cells and cells[0].is_blank and bars:
        cells = cells[1:]
    if cells and cells[-1].is_blank and bars:
        cells = cells[:-1]
    return cells


def _cell_text(cell: Line) -> str:
    ignored: list[Cut] = []
    return _unmarked(passage("paragraph", [Run(cell.text, "", cell.start, cell.end)]), ignored).text


def _table(group: Sequence[Line], number: int, cuts: list[Cut], source: str) -> Iterator[Passage]:
    cuts += as_cut([literal(source, "", group[1].start, group[1].end)], "markup")
    for i, line in enumerate(group):
        if i == 1:
            continue
        cells = [_unmarked(passage("paragraph", [Run(c.text, "", c.start, c.end)]), cuts) for c in _cells(line)]
        made = row([cell.runs for cell in cells], number, is_header=i == 0)
        if made:
            yield made
