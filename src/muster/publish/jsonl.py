"""The exchange format as JSON lines: one object a line, UTF-8, "\n" after each."""

import json
from collections.abc import Iterator
from pathlib import Path

from muster.casebook.record import Record
from muster.publish.atomic import write_all
from muster.publish.rows import TABLES, Row

# Line ends to Unicode, but not to JSON: a reader that splits by Unicode's lines would cut an object in two.
_LINE_ENDS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"})


def export_jsonl(record: Record, directory: Path) -> None:
    """Write documents, statements, incidents, entities and disagreements (.jsonl) to directory.

    The same record gives the same bytes.  Fields are listed in muster.publish.rows.

    Raises:
        MusterError: code "cannot_write".
    """
    write_all(directory, {f"{name}.jsonl": _lines(rows(record)) for name, rows in TABLES.items()})


def _lines(rows: Iterator[Row]) -> Iterator[bytes]:
    for row in rows:
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)
        # A lone surrogate has no UTF-8; written as \udXXX it is still JSON and nothing is lost.
        yield text.encode("utf-8", "backslashreplace") + b"\n"
