"""Rows of tables as passages: cells joined by " | ", each cell a span."""

from collections.abc import Sequence

from muster.read.draft import BETWEEN_CELLS, Passage, Run


def row(cells: Sequence[Sequence[Run]], table: int, is_header: bool = False) -> Passage | None:
    """One row from the collapsed runs of its cells; None where all are empty.

    A row of column titles is a heading, so that no one takes it for an entry of the table.
    """
    runs: list[Run] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for i, cell in enumerate(cells):
        if i:
            runs.append(BETWEEN_CELLS)
            at += len(BETWEEN_CELLS.words)
        n = sum(len(run.words) for run in cell)
        spans.append((at, at + n))
        runs += cell
        at += n
    if all(start == end for start, end in spans):
        return None
    return Passage(kind="heading" if is_header else "table_row", runs=tuple(runs), table=table, cells=tuple(spans))
