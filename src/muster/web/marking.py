"""A reading as it is shown: its blocks and tables, with statements marked, and cuts and repairs in their places.

Only the look of a text is made here.  All places count code points of Reading.text.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from muster.records import Block, Cut, Piece, Problem, Reading, Statement, Table

#: A page shows about so much of a long reading.
PART_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A statement and its number on the page."""

    number: int
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words of one line, all alike: quoted by statements, said (the content of one), in their own status.

    start is where they begin.  is_target: the statement that was asked for stands on them; is_place: they begin at
    the place that was asked for.  ends are the statements that end with them.
    """

    start: int
    words: str
    look: str = ""
    is_target: bool = False
    is_place: bool = False
    ends: tuple[Marked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that stands in the text and is no part of it: cuts, or a problem."""

    cuts: tuple[Cut, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph, heading, ...: kind is that of its block, and parts are runs and notes in order."""

    kind: str
    parts: tuple[Run | Note, ...]
    writer: str | None = None
    written_on: str | None = None


@dataclass(slots=True, kw_only=True)
class Grid:
    """Rows of a table that follow each other; a cell is a line.  number says which table of the reading."""

    number: int
    header: tuple[str, ...]
    caption: str | None
    rows: list[tuple[Line, ...]] = field(default_factory=list)
    kind: str = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What was cut between two blocks."""

    note: Note
    kind: str = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a reading, from start to end, that is shown at once."""

    number: int
    start: int
    end: int


def parts_of(reading: Reading) -> tuple[Part, ...]:
    """Return the parts in which a reading is shown: whole blocks, of about PART_CHARS together."""
    found: list[Part] = []
    start = 0
    for block, following in _with_next(reading.blocks):
        until = following.start if following else len(reading.text)
        if following is None or until - start >= PART_CHARS:
            found.append(Part(number=len(found) + 1, start=start, end=max(block.end, until)))
            start = until
    return tuple(found) or (Part(number=1, start=0, end=len(reading.text)),)


def part_at(parts: Sequence[Part], at: int) -> Part:
    """Return the part that holds a place."""
    return next((part for part in parts if at < part.end), parts[-1])


def shown(
    reading: Reading, part: Part, statements: Sequence[Statement], target: str = "", at: int | None = None
) -> tuple[list[Line | Grid | Aside], tuple[Marked, ...]]:
    """Return what is shown of a part, and its statements with their numbers.

    target is the id of a statement that stands out; at is a place that does.
    """
    marked = tuple(Marked(number=n, statement=each) for n, each in enumerate(statements, 1))
    notes = _notes(reading)
    marking = _Marking(reading.text, part.start, marked, notes, target, at)
    rows = {row[0].start: (n, row) for n, table in enumerate(reading.tables) for row in table.rows if row}
    out: list[Line | Grid | Aside] = []
    here = [block for block in reading.blocks if part.start <= block.start < part.end]
    for block, following in _with_next(here):
        out += marking.before(block.start)
        if _is_header(reading, block, following, rows):
            continue
        if block.kind == "table_row" and block.start in rows:
            number, row = rows[block.start]
            grid = out[-1] if out else None
            if not isinstance(grid, Grid) or grid.number != number:
                grid = _grid(number, reading.tables[number])
                out.append(grid)
            grid.rows.append(tuple(marking.line("cell", cell.start, cell.end) for cell in row))
        else:
            out.append(marking.line(block.kind, block.start, block.end, block))
    out += marking.before(part.end if part.end >= len(reading.text) else part.end - 1)
    return out, marked


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    return zip(blocks, [*blocks[1:], None], strict=False)


def _grid(number: int, table: Table) -> Grid:
    return Grid(number=number, header=table.header if any(table.header) else (), caption=table.caption)


def _is_header(reading: Reading, block: Block, following: Block | None, rows: Mapping[int, tuple[int, object]]) -> bool:
    """Tell whether a block is the titles of the columns of the table that follows, which are shown over these."""
    if block.kind != "heading" or following is None or following.start not in rows:
        return False
    header = reading.tables[rows[following.start][0]].header
    return any(header) and reading.text[block.start : block.end].split() == " | ".join(header).split()


# ---- marks


class _Marking:
    def __init__(
        self, text: str, start: int, marked: Sequence[Marked], notes: Mapping[int, list[Note]], target: str,
        at: int | None,
    ) -> None:  # fmt: skip
        self._text, self._marked, self._target, self._at = text, marked, target, at
        self._notes = notes
        self._places = sorted(notes)
        self._told = bisect_left(self._places, start)
        self._starts = [each.statement.start for each in marked]
        self._reach = list(accumulate((each.statement.end for each in marked), max))

    def before(self, place: int) -> Iterator[Aside]:
        """Yield the notes up to a place that stand in no line."""
        while self._told < len(self._places) and self._places[self._told] <= place:
            for note in self._notes[self._places[self._told]]:
                yield Aside(note=note)
            self._told += 1

    def line(self, kind: str, start: int, end: int, block: Block | None = None) -> Line:
        """Return a line of the text from start to end."""
        near = self._marked[bisect_right(self._reach, start) : bisect_left(self._starts, end)]
        inside = [each for each in near if each.statement.end > start]
        notes = []
        while self._told < len(self._places) and self._places[self._told] < end:
            notes.append(self._places[self._told])
            self._told += 1
        cuts = {start, end, *(place for place in notes if start < place < end)}
        for each in inside:
            cuts |= {place for place in _places(each.statement) if start < place < end}
        if self._at is not None and start < self._at < end:
            cuts.add(self._at)
        places = sorted(cuts)
        parts: list[Run | Note] = []
        for first, last in pairwise(places):
            parts += [note for place in notes if place <= first for note in self._notes[place]]
            notes = [place for place in notes if place > first]
            parts.append(self._run(first, last, inside))
        parts += [note for place in notes for note in self._notes[place]]
        return Line(
            kind=kind, parts=tuple(parts), writer=block.writer if block else None,
            written_on=block.written_on if block else None,
        )  # fmt: skip

    def _run(self, start: int, end: int, inside: Sequence[Marked]) -> Run:
        over = [each for each in inside if each.statement.start <= start and each.statement.end >= end]
        said = [each for each in over if _content(each.statement)[0] <= start and _content(each.statement)[1] >= end]
        return Run(
            start=start, words=self._text[start:end], look=_look(over, said),
            is_target=any(each.statement.id == self._target for each in over), is_place=start == self._at,
            ends=tuple(each for each in over if _content(each.statement)[1] == end),
        )  # fmt: skip


def _content(statement: Statement) -> tuple[int, int]:
    """Where a statement's content is, inside its quote."""
    start = min(max(statement.content_start, statement.start), statement.end)
    end = min(max(statement.content_end, start), statement.end)
    return (start, end) if end > start else (statement.start, statement.end)


def _places(statement: Statement) -> tuple[int, ...]:
    return (statement.start, statement.end, *_content(statement))


def _look(over: Sequence[Marked], said: Sequence[Marked]) -> str:
    """How words look: "quote", or "said" with the status and polarity of those who say them."""
    if not over:
        return ""
    if not said:
        return "quote" if any(each.statement.status != "rejected" for each in over) else ""
    standing = [each.statement for each in said if each.statement.status != "rejected"]
    if not standing:
        return "said rejected"
    looks = ["said"]
    if all(each.status in ("accepted", "corrected") for each in standing):
        looks.append("accepted")
    if all(each.polarity == "denied" for each in standing):
        looks.append("denies")
    if len(standing) > 1:
        looks.append("several")
    return " ".join(looks)


# ---- cuts and problems


def _notes(reading: Reading) -> dict[int, list[Note]]:
    """Return cuts and problems by their places in the text; cuts that stand together are one note."""
    cuts: dict[int, list[Cut]] = defaultdict(list)
    by_part: dict[str, list[Piece]] = defaultdict(list)
    for piece in sorted(reading.pieces, key=lambda each: (each.source_start, each.source_end)):
        by_part[piece.part].append(piece)
    for cut in sorted(reading.cuts, key=lambda each: (each.part, each.source_start)):
        cuts[_place(cut, by_part.get(cut.part, []), len(reading.text))].append(cut)
    notes: dict[int, list[Note]] = defaultdict(list)
    for place, found in cuts.items():
        notes[place].append(Note(cuts=tuple(found)))
    for problem in reading.problems:
        if problem.at is not None:
            notes[problem.at].append(Note(problem=problem))
    return dict(notes)


def _place(cut: Cut, pieces: Sequence[Piece], end: int) -> int:
    """Where in the text a cut was: behind the words that stood before it in its part of the document."""
    n = bisect_right(pieces, cut.source_start, key=lambda each: each.source_start)
    if not pieces:
        return end
    if n == 0:
        return pieces[0].start
    before = pieces[n - 1]
    if before.source_end <= cut.source_start:
        return before.end
    return min(before.end, before.start + cut.source_start - before.source_start)
