"""One incident as a table: what is asked of it, against the independent groups that answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.publish.grid import NUMBERS, Cell, Column, Dot, Grid, Line, Standing, lay_out
from muster.publish.index import Index
from muster.publish.options import ReportOptions
from muster.publish.passages import Passage, narrow
from muster.publish.wording import MARKS, QUESTIONS, STATUSES, date_in_words, number_range
from muster.records import Answer, Incident, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """One answer of one group.  quoted: the value is the document's words.  n_more sentences are left out."""

    value: str
    quoted: bool
    denied: bool
    passages: tuple[Passage, ...]
    n_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question.  summary is its range; ends are (number, origin) of the lowest and highest answer."""

    question: str
    status: str
    mark: str
    meaning: str
    summary: str
    ends: tuple[tuple[str, str], ...]
    dots: tuple[Dot, ...]
    cells: tuple[tuple[CellAnswer, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSheet:
    """All that the report shows of one incident.  Left-out counts are 0 where all is shown."""

    incident: Incident
    label: str
    date: str | None
    n_documents: int
    n_groups: int
    columns: tuple[Column, ...]
    n_columns_more: int
    rows: tuple[Row, ...]
    open_questions: tuple[str, ...]
    passages: tuple[Passage, ...]
    n_passages_more: int


def cell_statements(index: Index, incident: Incident, options: ReportOptions) -> list[str]:
    """Ids of the statements that the incident's matrix opens, within the limits."""
    chosen: list[str] = []
    for line in _grid(index, incident, options).lines:
        for answer in line.question.answers:
            cells = (cell for column in line.cells for cell in column if cell.answer is answer)
            chosen += (s for cell in cells for s in cell.statement_ids[: options.n_cell])
    return list(dict.fromkeys(chosen))


def _grid(index: Index, incident: Incident, options: ReportOptions) -> Grid:
    questions = index.questions.get(incident.id, ())
    answered = {s for question in questions for answer in question.answers for s in answer.statement_ids}
    return lay_out(
        questions,
        Standing(
            documents={s: index.statements[s].document_id for s in answered},
            origins=index.origins,
            groups=index.groups,
        ),
        options.n_columns,
        index.order,
        lambda document_id: int(index.labels[document_id][1:]),
    )


def incident_sheet(
    index: Index, incident: Incident, shown: Sequence[str], passages: Mapping[str, Passage], options: ReportOptions
) -> IncidentSheet:
    """Lay out one incident; shown are the ids of its statements that the report lists."""
    grid = _grid(index, incident, options)
    return IncidentSheet(
        incident=incident,
        label=index.labels[incident.id],
        date=date_in_words(incident.when) if incident.when else None,
        n_documents=len({index.statements[s].document_id for s in incident.statement_ids}),
        n_groups=len({index.groups[s] for s in incident.statement_ids}),
        columns=grid.columns,
        n_columns_more=grid.n_columns_more,
        rows=tuple(_row(line, passages, options) for line in grid.lines),
        open_questions=tuple(QUESTIONS[line.question.kind] for line in grid.lines if not line.question.answers),
        passages=tuple(passages[s] for s in sorted(shown, key=index.order)),
        n_passages_more=len(incident.statement_ids) - len(shown),
    )


def _row(line: Line, passages: Mapping[str, Passage], options: ReportOptions) -> Row:
    question = line.question
    return Row(
        question=QUESTIONS[question.kind],
        status=question.status,
        mark=MARKS[question.status],
        meaning=STATUSES[question.status],
        summary=_summary(question),
        ends=_ends(line),
        dots=line.dots,
        cells=tuple(tuple(_cell(question, cell, passages, options) for cell in cells) for cells in line.cells),
    )


def _cell(question: Question, cell: Cell, passages: Mapping[str, Passage], options: ReportOptions) -> CellAnswer:
    answer = cell.answer
    kept = [s for s in cell.statement_ids if s in passages][: options.n_cell]
    return CellAnswer(
        value=_value(question, answer),
        quoted=question.kind in {"where", "who"},
        denied=answer.denied and answer.high != 0,  # "denied: 0" would read as the opposite
        passages=tuple(narrow(passages[s], options.cell_chars) for s in kept),
        n_more=len(cell.statement_ids) - len(kept),
    )


def _value(question: Question, answer: Answer) -> str:
    if question.kind in NUMBERS and answer.low is not None:
        return number_range(answer.low, answer.high)
    return date_in_words(answer.value) if question.kind == "when" else answer.value


def _summary(question: Question) -> str:
    if question.kind in NUMBERS and question.low is not None:
        return number_range(question.low, question.high)
    return ""


def _ends(line: Line) -> tuple[tuple[str, str], ...]:
    question = line.question
    if not line.has_ends:
        return ()
    highest = "no upper limit" if question.high is None else f"{question.high:,}"
    return ((f"{question.low:,}", question.low_origin or ""), (highest, question.high_origin or ""))
