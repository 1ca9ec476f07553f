"""Joins the passages of a draft into one text in which every character knows where it comes from."""

import bisect
from collections.abc import Sequence

from muster.read.draft import SEPARATOR, Draft, Flaw, Passage, as_cut
from muster.read.options import ReadOptions, Unreadable
from muster.records import Block, Cell, Cut, Document, Piece, Problem, Reading, Table

_CLOSE = frozenset({"list_item", "table_row", "byline", "signature"})


def assemble(document: Document, draft: Draft, reader: str, options: ReadOptions) -> Reading:
    """The reading of a draft; its passages must not be empty and must be in reading order.

    Passages are separated by a blank line, rows, list items and lines of credits by a line break.

    Raises:
        Unreadable: "too_long".
    """
    text, starts = _join(draft.passages)
    if len(text) > options.max_characters:
        raise Unreadable("too_long", "Its text is longer than the limit.", "Split it into several files.")
    blocks = tuple(
        Block(kind=p.kind, start=at, end=at + len(p.text), writer=p.writer, written_on=p.written_on)
        for p, at in zip(draft.passages, starts, strict=True)
    )
    pieces = _pieces(draft.passages, starts)
    cuts = sorted(draft.cuts + _removed(draft.passages, options), key=lambda c: (c.part, c.source_start, c.source_end))
    found = draft.credits
    return Reading(
        document_id=document.id,
        text=text,
        title=found.title,
        author=found.author,
        outlet=found.outlet,
        published_on=found.published_on,
        language=found.language or "und",
        blocks=blocks,
        tables=_tables(draft, starts),
        pieces=pieces,
        cuts=tuple(cuts),
        problems=tuple(_problem(document, flaw, pieces) for flaw in draft.flaws),
        affiliation=found.affiliation,
        owner=found.owner,
        site=found.site,
        reader=reader,
    )


def _join(passages: Sequence[Passage]) -> tuple[str, list[int]]:
    texts: list[str] = []
    starts: list[int] = []
    at = 0
    for i, found in enumerate(passages):
        if i:
            same = found.kind == passages[i - 1].kind and found.kind in _CLOSE
            texts.append("\n" if same else "\n\n")
            at += len(texts[-1])
        starts.append(at)
        texts.append(found.text)
        at += len(texts[-1])
    return "".join(texts), starts


def _pieces(passages: Sequence[Passage], starts: Sequence[int]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for found, at in zip(passages, starts, strict=True):
        for run in found.runs:
            end = at + len(run.words)
            if run.part != SEPARATOR:
                pieces.append(Piece(start=at, end=end, part=run.part, source_start=run.start, source_end=run.end))
            at = end
    return tuple(pieces)


def _removed(passages: Sequence[Passage], options: ReadOptions) -> tuple[Cut, ...]:
    """A cut for each stretch of characters that were left out; past the limit one stands for the rest."""
    runs = [run for found in passages for run in found.removed]
    listed = [cut for run in runs[: options.max_removed] for cut in as_cut([run], "character that is never shown")]
    rest = runs[options.max_removed :]
    return (*listed, *as_cut(rest, f"characters that are never shown, {len(rest)} places")) if rest else tuple(listed)


def _tables(draft: Draft, starts: Sequence[int]) -> tuple[Table, ...]:
    rows: list[list[tuple[Cell, ...]]] = [[] for _ in draft.headers]
    for found, at in zip(draft.passages, starts, strict=True):
        if found.table is not None and found.kind == "table_row":
            rows[found.table].append(tuple(Cell(start=at + a, end=at + b) for a, b in found.cells))
    return tuple(
        Table(header=header, rows=tuple(mine)) for header, mine in zip(draft.headers, rows, strict=True) if mine
    )


def _problem(document: Document, flaw: Flaw, pieces: Sequence[Piece]) -> Problem:
    at = None if flaw.start is None else _place(pieces, flaw.part, flaw.start)
    return Problem(document_id=document.id, kind=flaw.kind, why=flaw.why, words=flaw.words, at=at)


def _place(pieces: Sequence[Piece], part: str, start: int) -> int | None:
    """Where in the text a place of a part shows: at the first character that comes from there or after."""
    mine = [piece for piece in pieces if piece.part == part]
    i = bisect.bisect_right([piece.source_start for piece in mine], start) - 1
    if i >= 0 and start < mine[i].source_end:
        inside = start - mine[i].source_start
        return min(mine[i].start + inside, mine[i].end - 1)
    return mine[i + 1].start if i + 1 < len(mine) else None
