"""How a reading is shown: not a character is lost or shown twice, whatever is marked in it."""

from hypothesis import given
from hypothesis import strategies as st

from muster.records import Block, Cell, Cut, Piece, Problem, Reading, Statement, Table
from muster.web.marking import Aside, Grid, Line, Note, Part, Run, part_at, parts_of, shown

_TEXT = "Fire at the weir\nTwo people died, said Hadi Mernan. The mayor denied it.\nNo | Name\n1 | Lena Ortwin"


def _reading(text: str, blocks: list[Block], **more: object) -> Reading:
    return Reading(
        document_id="d-1", text=text, title=None, author=None, outlet=None, published_on=None, language="en",
        blocks=tuple(blocks), reader="text/1", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def _statement(n: int, start: int, end: int, content: tuple[int, int], text: str, **more: object) -> Statement:
    return Statement(
        id=f"s-{n}", document_id="d-1", start=start, end=end, quote=text[start:end], content_start=content[0],
        content_end=content[1], content=text[slice(*content)], said_by=(), cue=None, act="kill", actor=None,
        target=None, place=None, when=None, count=None, polarity="affirmed", modality="asserted", confidence=0.9,
        extractor="rules/1", **more,
    )  # type: ignore[arg-type]  # fmt: skip


def _lines(text: str) -> list[Block]:
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind="paragraph", start=at, end=at + len(line)))
        at += len(line) + 1
    return blocks


def _runs(shown: list[Line | Grid | Aside]) -> list[Run]:
    lines = [line for each in shown for line in _of(each)]
    return [part for line in lines for part in line.parts if isinstance(part, Run)]


def _of(each: Line | Grid | Aside) -> list[Line]:
    if isinstance(each, Grid):
        return [cell for row in each.rows for cell in row]
    return [each] if isinstance(each, Line) else []


def _whole(reading: Reading) -> Part:
    return Part(number=1, start=0, end=len(reading.text))


@st.composite
def _marked_texts(draw: st.DrawFn) -> tuple[str, list[Statement]]:
    text = draw(st.text("ab ق\U0001f525\n", min_size=1, max_size=80))
    places = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(places, places, places, places), max_size=8))
    statements = []
    for n, span in enumerate(spans):
        start, first, last, end = sorted(span)
        if start < end:
            status = draw(st.sampled_from(["proposed", "accepted", "rejected"]))
            statements.append(_statement(n, start, end, (first, last), text, status=status))
    return text, sorted(statements, key=lambda each: (each.start, each.end))


@given(_marked_texts())
def test_every_character_is_shown_once_in_its_place(marked: tuple[str, list[Statement]]) -> None:
    text, statements = marked
    reading = _reading(text, _lines(text))
    runs = _runs(shown(reading, _whole(reading), statements)[0])
    assert "".join(run.words for run in runs) == text.replace("\n", "")
    assert all(text[run.start : run.start + len(run.words)] == run.words for run in runs)


@given(_marked_texts())
def test_every_statement_is_numbered_and_no_words_of_others_are_marked(marked: tuple[str, list[Statement]]) -> None:
    text, statements = marked
    reading = _reading(text, _lines(text))
    lines, numbered = shown(reading, _whole(reading), statements)
    assert [each.statement for each in numbered] == statements
    for run in _runs(lines):
        over = [s for s in statements if s.start <= run.start and run.start + len(run.words) <= s.end]
        assert bool(run.look) <= bool(over)


def test_overlapping_statements_are_both_marked() -> None:
    text = "Two people died and nine were hurt."
    both = [_statement(1, 0, 35, (0, 15), text), _statement(2, 0, 35, (11, 34), text)]
    reading = _reading(text, _lines(text))
    runs = _runs(shown(reading, _whole(reading), both)[0])
    assert [(run.words, run.look) for run in runs] == [
        ("Two people ", "said"),
        ("died", "said several"),
        (" and nine were hurt", "said"),
        (".", "quote"),
    ]
    assert [[each.number for each in run.ends] for run in runs] == [[], [1], [2], []]


def test_denied_accepted_and_rejected_words_look_different() -> None:
    text = "Two people died."
    looks = [
        {"polarity": "denied"}, {"status": "accepted"}, {"status": "rejected"},
    ]  # fmt: skip
    found = []
    for more in looks:
        statement = _statement(1, 0, 16, (0, 15), text)
        fields = {name: getattr(statement, name) for name in Statement.__slots__}
        reading = _reading(text, _lines(text))
        found.append(_runs(shown(reading, _whole(reading), [Statement(**{**fields, **more})])[0])[0].look)
    assert found == ["said denies", "said accepted", "said rejected"]


def test_tables_are_tables_with_their_titles_above() -> None:
    start = _TEXT.index("No | Name")
    row = _TEXT.index("1 | Lena")
    cells = (Cell(start=row, end=row + 1), Cell(start=row + 4, end=len(_TEXT)))
    blocks = [
        *_lines(_TEXT[:start]),
        Block(kind="heading", start=start, end=start + 9),
        Block(kind="table_row", start=row, end=len(_TEXT)),
    ]
    reading = _reading(_TEXT, blocks, tables=(Table(header=("No", "Name"), rows=(cells,)),))
    *_, grid = shown(reading, _whole(reading), [])[0]
    assert isinstance(grid, Grid)
    assert grid.header == ("No", "Name")
    assert ["".join(run.words for run in _runs([cell])) for cell in grid.rows[0]] == ["1", "Lena Ortwin"]


def test_what_was_cut_stands_where_it_was() -> None:
    text = "Two people died.\nThe mayor denied it."
    pieces = (
        Piece(start=0, end=16, part="", source_start=10, source_end=26),
        Piece(start=17, end=37, part="", source_start=40, source_end=60),
    )
    cuts = (
        Cut(part="", source_start=0, source_end=9, words="Home News", reason="navigation"),
        Cut(part="", source_start=27, source_end=39, words="Share this:", reason="share bar"),
        Cut(part="", source_start=61, source_end=70, words="(c) Post", reason="notice of rights"),
    )
    reading = _reading(text, _lines(text), pieces=pieces, cuts=cuts)
    kinds = [
        each.note.cuts[0].words if isinstance(each, Aside) else each.kind
        for each in shown(reading, _whole(reading), [])[0]
    ]
    assert kinds == ["Home News", "paragraph", "Share this:", "paragraph", "(c) Post"]


def test_a_repair_is_shown_in_its_line() -> None:
    text = "Two people died."
    problem = Problem(document_id="d-1", kind="replaced_character", why="It was no letter.", words="x", at=4)
    reading = _reading(text, _lines(text), problems=(problem,))
    (line,) = shown(reading, _whole(reading), [])[0]
    assert isinstance(line, Line)
    assert [part.words if isinstance(part, Run) else part.problem for part in line.parts] == [
        "Two ", problem, "people died."
    ]  # fmt: skip


@given(st.lists(st.integers(1, 9000), min_size=1, max_size=30))
def test_the_parts_of_a_long_reading_hold_all_of_it_once(lengths: list[int]) -> None:
    text = "\n".join("a" * n for n in lengths)
    reading = _reading(text, _lines(text))
    parts = parts_of(reading)
    assert [part.start for part in parts] == [0, *(part.end for part in parts[:-1])]
    assert parts[-1].end == len(text)
    words = "".join(run.words for part in parts for run in _runs(shown(reading, part, [])[0]))
    assert words == text.replace("\n", "")
    assert all(part_at(parts, block.start).start <= block.start for block in reading.blocks)


@given(st.integers(1, 60_000))
def test_notes_of_a_long_reading_are_shown_once_over_all_its_parts(at: int) -> None:
    text = "\n".join("a" * 7_000 for _ in range(9))
    pieces = tuple(
        Piece(start=b.start, end=b.end, part="", source_start=b.start, source_end=b.end) for b in _lines(text)
    )
    cut = Cut(part="", source_start=at, source_end=at, words="Share", reason="share bar")
    reading = _reading(text, _lines(text), pieces=pieces, cuts=(cut,))
    found = [each for part in parts_of(reading) for each in shown(reading, part, [])[0]]
    notes = [each.note for each in found if isinstance(each, Aside)]
    notes += [part for each in found for line in _of(each) for part in line.parts if isinstance(part, Note)]
    assert notes == [Note(cuts=(cut,))]
