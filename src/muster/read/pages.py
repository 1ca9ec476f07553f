"""PDF files: pages to paragraphs, by where the lines stand."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import pypdfium2

from muster.read.draft import SEPARATOR, Credits, Draft, Flaw, Passage, Run, as_cut, passage
from muster.read.options import ReadOptions, Unreadable
from muster.read.plain import bullet_end, with_headings
from muster.records import Cut, Document

# PDFium writes a hyphen at the end of a line as one of these and leaves the line break out.
_SOFT_HYPHENS = "\x02\ufffe\u00ad"
_BREAK = re.compile(f"\r\n|\r|\n|(?<=[{_SOFT_HYPHENS}])")
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|página|صفحة|صفحه|p\.)?\W*[\divxlc٠-٩۰-۹]{1,5}\W*(?:(?:of|/|von|de|من|از)\W*[\d٠-٩۰-۹]{1,5}\W*)?",
    re.IGNORECASE,
)
_EDGE_LINES = 3
_ENDS = re.compile("[.!?:؟۔][\"'”’»)\\]]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a page; left, right, bottom and top in points, None where the page gives no place."""

    text: str
    part: str
    start: int
    box: tuple[float, float, float, float] | None
    first_word: float = 0.0

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_pdf(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """A .pdf file with a text layer; each page is a part "page 1", "page 2", ...

    Lines are joined into paragraphs by their places, words that were parted at a line's end made whole,
    and lines that return at the edge of most pages cut.  Pictures of text are not recognised: a file
    without a text layer gives an empty reading with the problem "no_text".

    Raises:
        Unreadable: "broken_file", "encrypted", "too_many_pages", "too_long".
    """
    pages = list(_pages(data, options))
    parts = {f"page {i}": text for i, (text, _) in enumerate(pages, 1)}
    lines = [found for _, found in pages]
    edges = _running_edges(lines)
    cuts: list[Cut] = []
    passages: list[Passage] = []
    for page in lines:
        kept = []
        for line in page:
            if id(line) in edges:
                cuts += as_cut(
                    [Run(line.text, line.part, line.start, line.end)], "running header, footer or page number"
                )
            else:
                kept.append(line)
        _add_page(passages, list(_paragraphs(kept, cuts)))
    return Draft(
        parts=parts,
        passages=tuple(with_headings([p for p in passages if p.runs])),
        cuts=tuple(cuts),
        flaws=tuple(_flaws(lines)),
        hints=_hints(data, parts),
    )


def _open(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(
                "encrypted", "The file is locked with a password.", "Save it without the password."
            ) from error
        raise Unreadable(
            "broken_file", f"It cannot be opened: {str(error).rstrip('.')}.", "Ask its sender for it again."
        ) from error


def _pages(data: bytes, options: ReadOptions) -> Iterator[tuple[str, list[_Line]]]:
    pdf = _open(data)
    try:
        if len(pdf) > options.max_pages:
            why = f"It has {len(pdf)} pages; the limit is {options.max_pages}."
            raise Unreadable("too_many_pages", why, "Split it into several files.")
        n = 0
        for i in range(len(pdf)):
            text, found = _page(pdf, i)
            n += len(text)
            if n > options.max_characters:
                raise Unreadable("too_long", "Its text is longer than the limit.", "Split it into several files.")
            yield text, found
    finally:
        pdf.close()


def _page(pdf: pypdfium2.PdfDocument, number: int) -> tuple[str, list[_Line]]:
    """The text of a page and its lines; a page that is broken counts as empty."""
    try:
        page = pdf[number]
        layer = page.get_textpage()
        text = layer.get_text_range() if layer.count_chars() else ""
    except pypdfium2.PdfiumError:
        return "", []
    is_placed = len(text) == layer.count_chars()
    part = f"page {number + 1}"
    found: list[_Line] = []
    at = 0
    for match in itertools.chain(_BREAK.finditer(text), [None]):
        end = match.start() if match else len(text)
        if text[at:end].strip():
            found.append(_line(layer, text, part, at, end, is_placed))
        at = match.end() if match else end
    return text, found


def _line(layer: pypdfium2.PdfTextPage, text: str, part: str, start: int, end: int, is_placed: bool) -> _Line:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip(" \t\xa0" + _SOFT_HYPHENS)) - 1
    word_end = first + len(words.split(maxsplit=1)[0]) - 1
    if not is_placed or last < first:
        return _Line(words, part, start, None)
    try:
        a, b, c = layer.get_charbox(first), layer.get_charbox(last), layer.get_charbox(min(word_end, last))
    except (pypdfium2.PdfiumError, IndexError, ValueError):
        return _Line(words, part, start, None)
    box = (min(a[0], b[0]), max(a[2], b[2]), min(a[1], b[1]), max(a[3], b[3]))
    return _Line(words, part, start, box, abs(max(c[2], a[2]) - min(a[0], c[0])))


def _running_edges(pages: Sequence[Sequence[_Line]]) -> set[int]:
    """Lines at the top or foot of pages that are page numbers, or return on most of at least three pages."""
    seen: Counter[str] = Counter()
    edges: list[tuple[str, _Line]] = []
    for page in pages:
        mine = {id(line): line for line in [*page[:_EDGE_LINES], *page[-_EDGE_LINES:]]}
        shapes = {}
        for line in mine.values():
            shapes[re.sub(r"\d+", "#", " ".join(line.text.split()))] = line
            edges.append((re.sub(r"\d+", "#", " ".join(line.text.split())), line))
        seen.update(shapes.keys())
    outermost = {id(line) for page in pages if len(page) > 2 for line in (page[0], page[-1])}
    found = {id(line) for shape, line in edges if len(pages) >= 3 and seen[shape] * 2 > len(pages)}
    return found | {id(line) for _, line in edges if id(line) in outermost and _PAGE_NUMBER.fullmatch(line.text)}


def _paragraphs(page: Sequence[_Line], cuts: list[Cut]) -> Iterator[Passage]:
    pitch = _pitch(page)
    group: list[_Line] = []
    for line in page:
        if group and (_is_apart(group, line, pitch, page) or bullet_end(line.text)):
            yield _joined(group, cuts)
            group = []
        group.append(line)
    if group:
        yield _joined(group, cuts)


def _pitch(page: Sequence[_Line]) -> float:
    steps = [a.box[2] - b.box[2] for a, b in itertools.pairwise(page) if a.box and b.box and a.box[2] > b.box[2]]
    return median(steps) if steps else 0.0


def _is_apart(group: Sequence[_Line], line: _Line, pitch: float, page: Sequence[_Line]) -> bool:
    """Whether a line begins a new paragraph.

    It does where the step down is larger than usual, where it stands further in than the lines before
    it, where the letters change in size, and where its first word would have fitted on the line above.
    """
    before = group[-1]
    if before.box is None or line.box is None:
        return bool(_ENDS.search(before.text)) and len(before.text) < 60
    height, above = line.box[3] - line.box[2], before.box[3] - before.box[2]
    step = before.box[2] - line.box[2]
    if step < 0 or (pitch and step > 1.4 * pitch):
        return True
    if max(height, above) > 1.35 * min(height, above) > 0 and abs(height - above) > 4:
        return True
    if before.text.rstrip()[-1:] in _SOFT_HYPHENS:
        return False
    rights = [other.box[1] for other in page if other.box and abs(other.box[0] - before.box[0]) < 30]
    room = max(rights, default=before.box[1]) - before.box[1]
    return room > line.first_word + 0.25 * above + 2


def _joined(group: Sequence[_Line], cuts: list[Cut]) -> Passage:
    """One paragraph; a word parted by a hyphen at the end of a line is made whole."""
    mark = bullet_end(group[0].text)
    first = group[0]
    if mark:
        cuts += as_cut([Run(first.text[:mark], first.part, first.start, first.start + mark)], "list mark")
    runs: list[Run] = []
    for i, line in enumerate(group):
        text = line.text[mark:] if i == 0 else line.text
        start = line.start + (mark if i == 0 else 0)
        stripped = text.rstrip(" \t\xa0")
        after = group[i + 1] if i + 1 < len(group) else None
        if stripped and stripped[-1] in _SOFT_HYPHENS:
            runs.append(Run(stripped[:-1], line.part, start, start + len(stripped) - 1))
            if after is None or _keeps_hyphen(stripped[:-1], after.text):
                runs.append(Run("-", line.part, start + len(stripped) - 1, start + len(stripped)))
        elif after and stripped.endswith("-") and stripped[-2:-1].isalpha():
            keep = _keeps_hyphen(stripped[:-1], after.text)
            end = len(stripped) if keep else len(stripped) - 1
            runs.append(Run(stripped[:end], line.part, start, start + end))
        else:
            runs.append(Run(text, line.part, start, line.end))
            if after:
                runs.append(Run(" ", line.part, line.end, after.start))
    made = passage("list_item" if mark else "paragraph", runs)
    return replace(made, removed=tuple(run for run in made.removed if run.words.strip(_SOFT_HYPHENS)))


def _keeps_hyphen(before: str, after: str) -> bool:
    """Whether a hyphen at a line's end belongs to the word: before a capital, a figure, or after "al"."""
    word = re.findall(r"[\w'’-]*$", before)[0]
    return (
        not after.lstrip()[:1].islower()
        or "-" in word
        or word.lower() in ("al", "el", "ul", "non", "anti", "self", "ex")
    )


def _add_page(passages: list[Passage], more: list[Passage]) -> None:
    """Adds a page; its first paragraph goes on with the last one where that does not end a sentence."""
    more = [p for p in more if p.runs]
    if passages and more and more[0].kind == passages[-1].kind == "paragraph":
        before, after = passages[-1].text, more[0].text
        if not _ENDS.search(before) and after[:1].islower():
            runs = [*passages[-1].runs, Run(" ", SEPARATOR, 0, 1), *more[0].runs]
            passages[-1] = replace(passage("paragraph", runs), removed=passages[-1].removed + more[0].removed)
            more = more[1:]
    passages += more


def _flaws(pages: Sequence[Sequence[_Line]]) -> Iterator[Flaw]:
    blank = [str(i) for i, page in enumerate(pages, 1) if not page]
    if len(blank) == len(pages):
        yield Flaw(kind="no_text", why="It has no text layer: it may be a scan, whose text must be recognised first.")
    elif blank:
        shown = ", ".join(blank[:20]) + (" …" if len(blank) > 20 else "")
        yield Flaw(
            kind="page_without_text", why=f"Pages without a text layer, which may be scans: {shown}.", words=shown
        )


def _hints(data: bytes, parts: dict[str, str]) -> Credits:
    """Title and author of the file's metadata, believed only where the first page shows them too."""
    pdf = _open(data)
    try:
        found = pdf.get_metadata_dict(skip_empty=True)
    except (pypdfium2.PdfiumError, UnicodeError, ValueError):
        found = {}
    finally:
        pdf.close()
    start = " ".join(parts.get("page 1", "")[:3000].split()).casefold()
    shown = {
        name: value for name, value in found.items() if len(value) > 3 and " ".join(value.split()).casefold() in start
    }
    return Credits(title=shown.get("Title"), author=shown.get("Author"))
