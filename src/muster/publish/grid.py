"""The questions of an incident against the independent groups that answer: what stands in which cell."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from muster.records import Answer, Question

NUMBERS = frozenset({"killed", "injured", "detained", "missing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One independent group, named by the origins that speak in it, the most frequent first."""

    group: str
    names: tuple[str, ...]
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One answer of one group, and the ids of the statements that give it, in order."""

    answer: Answer
    statement_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One numeric answer on a line from 0 to the highest: start and width in per cent."""

    start: float
    width: float
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question, with what each column answers; has_ends: its lowest and highest answer have an origin each."""

    question: Question
    dots: tuple[Dot, ...]
    has_ends: bool
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The columns that are shown, the number of those that are not, and a line for each question."""

    columns: tuple[Column, ...]
    n_columns_more: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where statements stand, by their ids: document, name of whom they come from, independent group."""

    documents: Mapping[str, str]
    origins: Mapping[str, str]
    groups: Mapping[str, str]


def lay_out(
    questions: Sequence[Question],
    standing: Standing,
    n_columns: int,
    by_statement: Callable[[str], Any],
    by_document: Callable[[str], Any],
) -> Grid:
    """Lay out the questions of one incident; the groups with most answers come first.

    by_statement and by_document are sort keys of ids.
    """
    columns, n_more = _columns(questions, standing, n_columns, by_document)
    lines = []
    for question in questions:
        cells = []
        for column in columns:
            answers = [(each, _behind(each, column.group, standing, by_statement)) for each in question.answers]
            cells.append(tuple(Cell(answer=answer, statement_ids=ids) for answer, ids in answers if ids))
        lines.append(Line(question=question, dots=_dots(question), has_ends=_has_ends(question), cells=tuple(cells)))
    return Grid(columns=columns, n_columns_more=n_more, lines=tuple(lines))


def _columns(
    questions: Sequence[Question], standing: Standing, n_columns: int, by_document: Callable[[str], Any]
) -> tuple[tuple[Column, ...], int]:
    """The groups that answer a question, those with most answers first; and how many are left out."""
    answered = [s for question in questions for answer in question.answers for s in answer.statement_ids]
    weight = Counter(standing.groups[s] for s in answered)
    order = sorted(weight, key=lambda group: (-weight[group], group))
    names: dict[str, Counter[str]] = {group: Counter() for group in order}
    documents: dict[str, set[str]] = {group: set() for group in order}
    for statement_id in answered:
        group = standing.groups[statement_id]
        names[group][standing.origins[statement_id]] += 1
        documents[group].add(standing.documents[statement_id])
    kept = order[:n_columns]
    columns = tuple(
        Column(
            group=group,
            names=tuple(sorted(names[group], key=lambda name: (-names[group][name], name))),
            document_ids=tuple(sorted(documents[group], key=by_document)),
        )
        for group in kept
    )
    return columns, len(order) - len(kept)


def _behind(answer: Answer, group: str, standing: Standing, by_statement: Callable[[str], Any]) -> tuple[str, ...]:
    found = {s for s in answer.statement_ids if standing.groups[s] == group}
    return tuple(sorted(found, key=by_statement))


def _has_ends(question: Question) -> bool:
    n_numbers = sum(answer.low is not None for answer in question.answers)
    alike = question.low is None or question.low == question.high
    return not alike and bool(question.low_origin) and n_numbers > 1


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
