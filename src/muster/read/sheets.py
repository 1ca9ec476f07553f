"""Tables as files: .csv and .xlsx, each row a block."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from muster.read.decode import decode
from muster.read.draft import Credits, Draft, Flaw, Passage, Run, collapse, passage
from muster.read.options import ReadOptions, Unreadable
from muster.read.packages import BROKEN, check_package
from muster.read.tables import row
from muster.records import Document

_DELIMITERS = ",;\t|"
_SNIFF_CHARACTERS = 20_000
_CELL = re.compile(r"\d")

Cell = Sequence[Run]


def read_csv(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """A .csv file; the delimiter is the one that cuts the first rows most evenly."""
    found = decode(data, options)
    delimiter = _delimiter(found.text)
    rows = list(islice(csv_rows(found.text, delimiter), options.max_blocks + 1))
    if len(rows) > options.max_blocks or sum(map(len, rows)) > options.max_cells:
        raise _too_many(options)
    passages, headers = table_passages(rows, 0)
    return Draft(parts={"": found.text}, passages=tuple(passages), flaws=found.flaws, headers=tuple(headers))


def _too_many(options: ReadOptions) -> Unreadable:
    why = f"It has more than {options.max_cells} cells or {options.max_blocks} rows."
    return Unreadable("too_many_cells", why, "Split it into several files.")


def csv_rows(source: str, delimiter: str, part: str = "") -> Iterator[list[Cell]]:
    """The rows of a CSV text (RFC 4180) as runs; a quote that never closes ends at the end of its line."""
    bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*+")
    quoted = re.compile(r'[ \t]*+"(?P<inner>(?:[^"]|"")*+)"[ \t]*+(?=[' + re.escape(delimiter) + r"\r\n]|\Z)")
    at = 0
    cells: list[Cell] = []
    n_quotes_left = source.count('"')
    while at <= len(source):
        match = quoted.match(source, at) if n_quotes_left and source[at : at + 1] in ('"', " ", "\t") else None
        if match:
            cells.append(_unquoted(source, part, *match.span("inner")))
        else:
            match = bare.match(source, at)
            if match is None:
                return
            cells.append([Run(match.group(), part, at, match.end())] if match.group() else [])
        at = match.end()
        if source[at : at + 1] == delimiter:
            at += 1
            continue
        yield [collapse(cell)[0] for cell in cells]
        cells = []
        at += 2 if source.startswith("\r\n", at) else 1
        if at >= len(source):
            return


def _unquoted(source: str, part: str, start: int, end: int) -> list[Run]:
    """The inside of a quoted cell: doubled quotes stand for one, line breaks for spaces."""
    runs: list[Run] = []
    at = start
    for match in re.finditer('""', source[start:end]):
        quote = start + match.start()
        runs += [Run(source[at:quote], part, at, quote), Run('"', part, quote, quote + 2)]
        at = quote + 2
    return [*runs, Run(source[at:end], part, at, end)]


def _delimiter(source: str) -> str:
    sample = source[:_SNIFF_CHARACTERS]

    def evenness(delimiter: str) -> tuple[int, int]:
        widths = [len(cells) for cells in islice(csv_rows(sample, delimiter), 50) if any(cells)]
        common = max(set(widths), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(_DELIMITERS, key=lambda delimiter: (*evenness(delimiter), -_DELIMITERS.index(delimiter)))


def table_passages(rows: Sequence[Sequence[Cell]], number: int) -> tuple[list[Passage], list[tuple[str, ...]]]:
    """Rows as passages, and the header of the table if it has any row.

    Rows above the table that fill one cell only are its title and notes; such rows below are notes.
    """
    filled = [[i for i, cell in enumerate(cells) if _text(cell)] for cells in rows]
    width = max((len(mine) for mine in filled), default=0)
    passages: list[Passage] = []
    header: tuple[str, ...] | None = None
    for at, (cells, mine) in enumerate(zip(rows, filled, strict=True)):
        if not mine:
            continue
        if len(mine) == 1 and width >= 3:
            text = _text(cells[mine[0]])
            passages.append(passage("heading" if header is None and len(text) < 200 else "paragraph", cells[mine[0]]))
            continue
        is_header = header is None and _is_header(cells, rows[at + 1 : at + 20])
        if header is None:
            header = tuple(_text(cell) for cell in cells) if is_header else ()
        made = row([list(cell) for cell in cells], number, is_header)
        if made:
            passages.append(made)
    return passages, [header] if header is not None else []


def _text(cell: Cell) -> str:
    return "".join(run.words for run in cell)


def _is_header(cells: Sequence[Cell], below: Sequence[Sequence[Cell]]) -> bool:
    """Column titles: distinct short words without a figure of their own, above rows that differ from them."""
    texts = [_text(cell) for cell in cells if _text(cell)]
    if not texts or len(set(texts)) < len(texts) or not below or any(len(text) > 60 for text in texts):
        return False
    if any(re.fullmatch(r"[\d.,:/\s٠-٩۰-۹-]+", text) for text in texts):
        return False
    some_figures = any(_CELL.search(_text(cell)) for cells_ in below for cell in cells_)
    return some_figures or not any(len(text.split()) > 4 for text in texts)


def read_sheet(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """An .xlsx file: every sheet is a part and a table, with the values that its formulas last had.

    Raises:
        Unreadable: "broken_file", "encrypted", "too_large", "too_many_cells", "suspicious_ratio".
    """
    check_package(data, options)
    parts: dict[str, str] = {}
    passages: list[Passage] = []
    headers: list[tuple[str, ...]] = []
    flaws: list[Flaw] = []
    left = options.max_cells
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        hints = _hints(book)
        for sheet in book.worksheets:
            part = f"sheet {sheet.title}"
            if sheet.sheet_state != "visible":
                flaws.append(
                    Flaw(
                        kind="hidden_sheet", why=f"The sheet “{sheet.title}” is hidden; it was read.", words=sheet.title
                    )
                )
            rows, parts[part], left = _sheet_rows(sheet, part, left, options)
            made, header = table_passages(rows, len(headers))
            passages += made
            headers += header
    except Unreadable:
        raise
    except (*BROKEN, InvalidFileException) as error:
        why = f"It cannot be opened: {type(error).__name__} {error}."[:300]
        raise Unreadable("broken_file", why, "Open and save it anew, or export it as .csv.") from error
    return Draft(parts=parts, passages=tuple(passages), flaws=tuple(flaws), headers=tuple(headers), hints=hints)


def _sheet_rows(sheet: Any, part: str, left: int, options: ReadOptions) -> tuple[list[list[Cell]], str, int]:
    """The rows of a sheet, its text (cells parted by tabs, rows by line breaks), and the cells still allowed."""
    sheet.reset_dimensions()  # what a file says of its size is not to be believed
    rows: list[list[Cell]] = []
    lines: list[str] = []
    at = n_characters = 0
    for i, values in enumerate(sheet.iter_rows(values_only=True)):
        if i >= 2_000_000 or left < 0 or len(rows) > options.max_blocks or n_characters > options.max_characters:
            raise _too_many(options)
        values = _trimmed(values)
        left -= len(values)
        if not values:
            continue
        texts = [_shown(value) for value in values]
        cells: list[Cell] = []
        for text in texts:
            cells.append(collapse([Run(text, part, at, at + len(text))])[0] if text else [])
            at += len(text) + 1
        rows.append(cells)
        lines.append("\t".join(texts))
        n_characters += len(lines[-1])
    return rows, "\n".join(lines), left


def _trimmed(values: Sequence[object]) -> list[object]:
    last = max((i for i, value in enumerate(values) if value is not None), default=-1)
    return list(values[: last + 1])


def _shown(value: object) -> str:
    """A cell's value as text: dates as ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _hints(book: openpyxl.Workbook) -> Credits:
    properties = book.properties
    return Credits(title=properties.title or None) if properties else Credits()
