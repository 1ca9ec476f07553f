"""What every command prints with: text made safe for a terminal, tables, and the one JSON shape."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from muster.records import Reject
from muster.store.codec import to_json

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_NO_TERMINAL = 80
# Escape sequences move the cursor and rewrite what was printed; bidirectional controls reorder it.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def for_terminal(text: str) -> str:
    """Return text whose control characters stand for themselves ("\\x1b" for escape)."""
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def one_line(text: str, most: int = 0) -> str:
    """Return text on one line, safe for a terminal, and cut off with "…" after most characters."""
    text = for_terminal(" ".join(text.split()))
    return text[: most - 1].rstrip() + "…" if 0 < most < len(text) else text


def json_text(data: object, rejects: Sequence[Reject], *, ok: bool = True, error: object = None) -> str:
    """Return what --json prints: {"ok", "data", "rejects"}, and "error" where there is one."""
    shape = {"ok": ok, "data": data, "rejects": list(rejects)}
    return to_json(shape if error is None else shape | {"error": error}, indent=True)


def console() -> "Console":
    """Return where tables go: standard output, 80 columns wide where it is not a terminal."""
    from rich.console import Console

    plain = Console(highlight=False, markup=False)
    if not plain.is_terminal:
        plain = Console(highlight=False, markup=False, width=_WIDTH_NO_TERMINAL)
    return plain


def print_table(columns: Sequence[tuple[str, dict[str, object]]], rows: Iterable[Sequence[str]], empty: str) -> None:
    """Print a table; each column is its title and what rich's add_column takes.  empty: said of no rows."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", expand=False)
    for title, how in columns:
        table.add_column(title, **how)  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    to = console()
    if table.row_count:
        to.print(table)
    else:
        to.print(empty)
