"""The same tables as CSV, safe to open in a spreadsheet program."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from muster.casebook.record import Record
from muster.publish.atomic import write_all
from muster.publish.rows import TABLES, Row, Value

# "count.low" is the key "low" of the row's "count".
COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": (
        *("doc", "sha256", "title", "author", "outlet", "published", "dated", "language", "copy_of", "depends_on"),
    ),
    "statements": (
        *("id", "doc", "start", "end", "quote", "said_by", "origin", "cue", "content", "act", "actor", "target"),
        *("place", "date", "count.low", "count.high", "count.of", "polarity", "modality", "incident", "confidence"),
        *("confidence_in_full", "extractor", "status"),
    ),
    "incidents": (
        *("id", "name", "kind", "date", "place"),
        *("killed.low", "killed.high", "injured.low", "injured.high", "statements"),
    ),
    "entities": ("id", "type", "name", "aliases"),
    "disagreements": ("a", "b", "kind", "why"),
}
_STARTS_A_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_BETWEEN = " | "


def export_csv(record: Record, directory: Path) -> None:
    """Write the tables of the exchange format (.csv) to directory.

    UTF-8 with a byte order mark, without which spreadsheet programs misread Arabic and Persian; lines
    end in CR LF; every cell is quoted; several values in a cell stand between " | "; text that a
    spreadsheet might run as a formula has a leading apostrophe.  For programs, export_jsonl is the
    faithful form.

    Raises:
        MusterError: code "cannot_write".
    """
    write_all(directory, {f"{name}.csv": _chunks(rows(record), COLUMNS[name]) for name, rows in TABLES.items()})


def _chunks(rows: Iterator[Row], columns: tuple[str, ...]) -> Iterator[bytes]:
    yield "\ufeff".encode() + _line([column.replace(".", "_") for column in columns])
    for row in rows:
        yield _line([_cell(row, column) for column in columns])


def _line(cells: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "backslashreplace")


def _cell(row: Row, column: str) -> str:
    key, _, inner = column.partition(".")
    value: Value = row[key]
    if isinstance(value, Mapping):
        value = value[inner]
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    return without_formula(value if isinstance(value, str) else _BETWEEN.join(value))


def without_formula(text: str) -> str:
    """Return text with a leading apostrophe where a spreadsheet might take it for a formula.

    White space, controls and invisible characters before the sign are looked through, since programs
    differ in whether they drop them; a text that begins with a tab or line end is marked as well.
    """
    first = next((c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cc", "Cf"}), "")
    risky = first in _STARTS_A_FORMULA and first != ""
    return f"'{text}" if risky or text[:1] in {"\t", "\r", "\n"} else text
