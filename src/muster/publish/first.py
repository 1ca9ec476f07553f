"""What a reader should look at first, in order of what it changes."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from muster.publish.index import Index
from muster.publish.options import ReportOptions
from muster.publish.passages import Passage, narrow
from muster.publish.wording import DISAGREEMENTS, date_in_words, in_words, number_range
from muster.records import Disagreement, Person, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """One disagreement, with its one or two sentences; n_like more of its kind are in the same incident."""

    kind: str
    why: str
    passages: tuple[Passage, ...]
    incident_id: str | None
    n_like: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleOrigin:
    """Deaths that one origin alone states: in an incident, or of a named person."""

    what: str
    quoted: bool
    origin: str
    incident_id: str | None
    entity_id: str | None
    statement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastKnown:
    """A person who is not accounted for, with the last dated entry."""

    entity_id: str
    name: str
    state: str
    on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLook:
    """Each list is cut at ReportOptions.n_first; n_* say how many there are in all."""

    contradictions: tuple[Clash, ...]
    n_contradictions: int
    own: tuple[Clash, ...]
    n_own: int
    deaths: tuple[SingleOrigin, ...]
    n_deaths: int
    unaccounted: tuple[LastKnown, ...]
    n_unaccounted: int
    problems: tuple[tuple[str, int], ...]
    n_rejects: int


def leading_disagreements(index: Index, options: ReportOptions) -> tuple[list[Disagreement], list[Disagreement]]:
    """Return those between statements (one for each incident and kind) and those within one, highest rank first."""
    known = [d for d in index.record.disagreements if {d.a, d.b or d.a} <= index.statements.keys()]
    ordered = sorted(known, key=lambda d: (-d.rank, index.order(d.a), index.order(d.b or d.a), d.kind, d.why))
    between: dict[tuple[str, ...], Disagreement] = {}
    for found in ordered:
        if found.b is not None:
            between.setdefault(_cluster(found), found)
    own = [d for d in ordered if d.b is None]
    return list(between.values())[: options.n_first], own[: options.n_first]


def _cluster(found: Disagreement) -> tuple[str, ...]:
    return (found.kind, found.incident_id) if found.incident_id else (found.kind, found.a, found.b or "")


def first_look(index: Index, passages: Mapping[str, Passage], options: ReportOptions) -> FirstLook:
    """Gather what leads the report; passages hold the sentences of leading_disagreements."""
    between, own = leading_disagreements(index, options)
    like = Counter(_cluster(d) for d in index.record.disagreements if d.b is not None)
    deaths = [*_deaths(index), *_named_deaths(index)]
    unaccounted = [p for p in index.record.people if p.entries and not p.accounted_for]
    problems = Counter(in_words(problem.kind) for problem in index.record.problems)
    return FirstLook(
        contradictions=tuple(_clash(d, passages, like[_cluster(d)] - 1, options) for d in between),
        n_contradictions=sum(like.values()),
        own=tuple(_clash(d, passages, 0, options) for d in own),
        n_own=sum(d.b is None for d in index.record.disagreements),
        deaths=tuple(deaths[: options.n_first]),
        n_deaths=len(deaths),
        unaccounted=tuple(_last_known(p) for p in unaccounted[: 3 * options.n_first]),
        n_unaccounted=len(unaccounted),
        problems=tuple(sorted(problems.items(), key=lambda kind: (-kind[1], kind[0]))),
        n_rejects=len(index.record.rejects),
    )


def _clash(found: Disagreement, passages: Mapping[str, Passage], n_like: int, options: ReportOptions) -> Clash:
    ids = [s for s in (found.a, found.b) if s is not None]
    return Clash(
        kind=DISAGREEMENTS[found.kind],
        why=found.why,
        passages=tuple(narrow(passages[s], 0) for s in ids),
        incident_id=found.incident_id,
        n_like=n_like,
    )


def _deaths(index: Index) -> list[SingleOrigin]:
    """Numbers of dead that rest on one independent group, the highest first."""
    alone = [
        q
        for q in index.record.questions
        if q.kind == "killed" and q.status == "single origin" and any(_stated(q)) and q.incident_id in index.incidents
    ]
    alone.sort(key=lambda q: (-(q.high or q.low or 0), index.labels[q.incident_id]))
    return [_death(index, question) for question in alone]


def _stated(question: Question) -> Sequence[str]:
    """The statements that give a number of dead above none."""
    return [s for a in question.answers if not a.denied and a.high != 0 for s in a.statement_ids]


def _death(index: Index, question: Question) -> SingleOrigin:
    statement_id = min(_stated(question), key=index.order)
    numbers = [a for a in question.answers if a.low is not None]
    low, high = (numbers[0].low, numbers[0].high) if len(numbers) == 1 else (question.low, question.high)
    return SingleOrigin(
        what=f"{number_range(low, high)} dead",
        quoted=False,
        origin=index.origins[statement_id],
        incident_id=question.incident_id,
        entity_id=None,
        statement_id=statement_id,
    )


def _named_deaths(index: Index) -> list[SingleOrigin]:
    out = []
    for person in index.record.people:
        said: dict[str, list[str]] = defaultdict(list)
        for entry in person.entries:
            if entry.state == "dead" and not entry.denied and entry.statement_id in index.statements:
                said[entry.group].append(entry.statement_id)
        if len(said) == 1:
            statement_id = min(next(iter(said.values())), key=index.order)
            out.append(
                SingleOrigin(
                    what=person.name,
                    quoted=True,
                    origin=index.origins[statement_id],
                    incident_id=index.incident_of.get(statement_id),
                    entity_id=person.entity_id,
                    statement_id=statement_id,
                )
            )
    return out


def _last_known(person: Person) -> LastKnown:
    return LastKnown(
        entity_id=person.entity_id,
        name=person.name,
        state=person.last_state or "only denials",
        on=date_in_words(person.last_on) if person.last_on else None,
    )
