"""One incident as a table: what is asked of it, against the independent groups that answer."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.publish.index import Index
from muster.publish.options import ReportOptions
from muster.publish.passages import Passage, narrow
from muster.publish.wording import MARKS, QUESTIONS, STATUSES, date_in_words, number_range
from muster.records import Answer, Incident, Question

_NUMBERS = frozenset({"killed", "injured", "detained", "missing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One independent group, named by the origins that speak in it, the most frequent first."""

    group: str
    names: tuple[str, ...]
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellAnswer:
    """One answer of one group.  quoted: the value is the document's words.  n_more sentences are left out."""

    value: str
    quoted: bool
    denied: bool
    passages: tuple[Passage, ...]
    n_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One numeric answer on a line from 0 to the highest: start and width in per cent."""

    start: float
    width: float
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One question.  summary is its range; ends are (number, origin) of the lowest and highest answer."""

    question: str
    status: str
    mark: str
    meaning: str
    summary: str
    ends: tuple[tuple[str, str], ...]
    dots: tuple["Dot", ...]
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
    columns, _ = _columns(index, incident, options)
    chosen: list[str] = []
    for question in index.questions.get(incident.id, ()):
        for answer in question.answers:
            for column in columns:
                chosen += _behind(index, answer, column.group)[: options.n_cell]
    return list(dict.fromkeys(chosen))


def incident_sheet(
    index: Index, incident: Incident, shown: Sequence[str], passages: Mapping[str, Passage], options: ReportOptions
) -> IncidentSheet:
    """Lay out one incident; shown are the ids of its statements that the report lists."""
    columns, n_columns_more = _columns(index, incident, options)
    questions = index.questions.get(incident.id, ())
    return IncidentSheet(
        incident=incident,
        label=index.labels[incident.id],
        date=date_in_words(incident.when) if incident.when else None,
        n_documents=len({index.statements[s].document_id for s in incident.statement_ids}),
        n_groups=len({index.groups[s] for s in incident.statement_ids}),
        columns=columns,
        n_columns_more=n_columns_more,
        rows=tuple(_row(index, question, columns, passages, options) for question in questions),
        open_questions=tuple(QUESTIONS[question.kind] for question in questions if not question.answers),
        passages=tuple(passages[s] for s in sorted(shown, key=index.order)),
        n_passages_more=len(incident.statement_ids) - len(shown),
    )


def _columns(index: Index, incident: Incident, options: ReportOptions) -> tuple[tuple[Column, ...], int]:
    """The groups that answer a question, those with most answers first; and how many are left out."""
    answered = [s for q in index.questions.get(incident.id, ()) for a in q.answers for s in a.statement_ids]
    weight = Counter(index.groups[s] for s in answered)
    order = sorted(weight, key=lambda group: (-weight[group], group))
    kept = order[: options.n_columns]
    names: dict[str, Counter[str]] = {group: Counter() for group in order}
    documents: dict[str, set[str]] = {group: set() for group in order}
    for statement_id in answered:
        group = index.groups[statement_id]
        names[group][index.origins[statement_id]] += 1
        documents[group].add(index.statements[statement_id].document_id)
    columns = tuple(
        Column(
            group=group,
            names=tuple(sorted(names[group], key=lambda name: (-names[group][name], name))),
            document_ids=tuple(sorted(documents[group], key=lambda d: int(index.labels[d][1:]))),
        )
        for group in kept
    )
    return columns, len(order) - len(kept)


def _behind(index: Index, answer: Answer, group: str) -> list[str]:
    found = {s for s in answer.statement_ids if index.groups[s] == group}
    return sorted(found, key=index.order)


def _row(
    index: Index,
    question: Question,
    columns: Sequence[Column],
    passages: Mapping[str, Passage],
    options: ReportOptions,
) -> Row:
    cells = []
    for column in columns:
        answers = [(answer, _behind(index, answer, column.group)) for answer in question.answers]
        cells.append(tuple(_cell(question, a, ids, passages, options) for a, ids in answers if ids))
    return Row(
        question=QUESTIONS[question.kind],
        status=question.status,
        mark=MARKS[question.status],
        meaning=STATUSES[question.status],
        summary=_summary(question),
        ends=_ends(question),
        dots=_dots(question),
        cells=tuple(cells),
    )


def _cell(
    question: Question, answer: Answer, ids: Sequence[str], passages: Mapping[str, Passage], options: ReportOptions
) -> CellAnswer:
    kept = [s for s in ids if s in passages][: options.n_cell]
    return CellAnswer(
        value=_value(question, answer),
        quoted=question.kind in {"where", "who"},
        denied=answer.denied and answer.high != 0,  # "denied: 0" would read as the opposite
        passages=tuple(narrow(passages[s], options.cell_chars) for s in kept),
        n_more=len(ids) - len(kept),
    )


def _value(question: Question, answer: Answer) -> str:
    if question.kind in _NUMBERS and answer.low is not None:
        return number_range(answer.low, answer.high)
    return date_in_words(answer.value) if question.kind == "when" else answer.value


def _summary(question: Question) -> str:
    if question.kind in _NUMBERS and question.low is not None:
        return number_range(question.low, question.high)
    return ""


def _ends(question: Question) -> tuple[tuple[str, str], ...]:
    n_numbers = sum(answer.low is not None for answer in question.answers)
    if question.low is None or question.low == question.high or not question.low_origin or n_numbers < 2:
        return ()
    highest = "no upper limit" if question.high is None else f"{question.high:,}"
    return ((f"{question.low:,}", question.low_origin), (highest, question.high_origin or ""))


def _dots(question: Question) -> tuple[Dot, ...]:
    """The answers on a line; none where there is but one number, which needs no picture."""
    numbers = sorted(
        {(a.low, a.high if a.high is not None else a.low, a.denied) for a in question.answers if a.low is not None}
    )
    top = max((high for _, high, _ in numbers), default=0)
    if top == 0 or len(numbers) < 2:
        return ()
    scale = 94 / top
    return tuple(
        Dot(start=round(3 + low * scale, 2), width=round((high - low) * scale, 2), denied=denied)
        for low, high, denied in numbers
    )
