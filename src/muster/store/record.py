"""The record of a case, as reports and exports take it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import muster.store.orm  # noqa: F401  models need Django ready
from muster.casebook import Record, accepted, owned
from muster.casebook.protection import Left, left_to_tell, protect
from muster.records import (
    Acquisition,
    Disagreement,
    Entity,
    Group,
    Incident,
    Outline,
    Person,
    Problem,
    Question,
    QuestionKind,
    SourceSheet,
    Statement,
    Tie,
)
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import get_documents, get_reading, get_rejects, get_statements
from muster.store.protection import get_protection
from muster.store.wide import get_judgements, get_settled

_QUESTIONS: tuple[QuestionKind, ...] = ("when", "where", "who", "killed", "injured", "detained", "missing")


def load_record(case: Case, *, accepted_only: bool = False, with_protected: bool = False) -> Record:
    """Load all of a case but its readings, which are looked up one by one.

    The names that people protected are left out (`muster.casebook.protection`), unless with_protected says that
    this is for those who may have them: every report and export is made of what this returns.

    Statements that people rejected are left out; with accepted_only, so are those that nobody accepted yet
    (or not enough people), and what only they say.  Nothing in it depends on the order in which documents
    came in, except the acquisitions.
    """
    record = _whole_record(case)
    record = accepted(record) if accepted_only else record
    return record if with_protected else protect(record, get_protection(case))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something about a protected name, for those who may know it.

    kind: "hidden": a word that is hidden wherever it stands; "described": what documents call it instead,
    which is not; "sentence": one that stands in reports and exports, as it stands there, with its document.
    """

    label: str
    name: str
    kind: Literal["hidden", "described", "sentence"]
    text: str
    document: str = ""
    statement_id: str = ""


def told_of_protected(case: Case) -> tuple[Told, ...]:
    """Return what is hidden of those who are protected, and what reports and exports still tell of them."""
    protection = get_protection(case)
    left = left_to_tell(_whole_record(case), protection) if protection.protected else ()
    return tuple(told for each in left for told in _told(each))


def _told(left: Left) -> Iterator[Told]:
    def told(kind: Literal["hidden", "described", "sentence"], text: str, document: str = "", id_: str = "") -> Told:
        return Told(label=left.label, name=left.name, kind=kind, text=text, document=document, statement_id=id_)

    yield told("hidden", ", ".join(left.words))
    for text in left.described:
        yield told("described", text)
    for quote, document, id_ in left.sentences:
        yield told("sentence", quote, document, id_)


def _whole_record(case: Case) -> Record:
    outlines = get_outlines(case)
    statements = tuple(get_statements(case))
    entities, groups, ties = get_entities(case), get_groups(case), get_ties(case)
    disagreements, incidents = get_disagreements(case), get_incidents(case)
    return Record(
        case=case.name,
        documents=tuple(get_documents(case)),
        outlines=outlines,
        statements=statements,
        entities=entities,
        incidents=incidents,
        ties=ties,
        groups=groups,
        disagreements=disagreements,
        questions=get_questions(case),
        people=get_people(case),
        sources=_sources(outlines, statements, entities, ties, groups, disagreements, incidents),
        problems=get_problems(case),
        rejects=get_rejects(case),
        acquisitions=get_acquisitions(case),
        reading=lambda id_: get_reading(case, id_),
    )


def get_outlines(case: Case) -> tuple[Outline, ...]:
    """Return every outline, by document id; with the dates of the settled ones."""
    rows = models.Outline.objects.using(case.alias).order_by("document_id").values_list("document_id", "blob")
    settled = {id_: outline for id_, (outline, _) in get_settled(case).items()}
    found = [settled.get(id_) or decode(blob, Outline) for id_, blob in rows.iterator()]
    return tuple(owned(found, get_judgements(case)))


def get_entities(case: Case) -> tuple[Entity, ...]:
    """Return every entity, by id."""
    rows = models.Entity.objects.using(case.alias).order_by("id").values_list("blob", flat=True)
    return tuple(decode(blob, Entity) for blob in rows.iterator())


def get_groups(case: Case) -> tuple[Group, ...]:
    """Return every independence group, by id."""
    rows = models.Group.objects.using(case.alias).order_by("id").values_list("blob", flat=True)
    return tuple(decode(blob, Group) for blob in rows.iterator())


def get_ties(case: Case) -> tuple[Tie, ...]:
    """Return every tie, by its documents, kind and reason."""
    rows = models.Tie.objects.using(case.alias).order_by("a", "b", "kind", "digest").values_list("blob", flat=True)
    return tuple(decode(blob, Tie) for blob in rows.iterator())


def get_incidents(case: Case) -> tuple[Incident, ...]:
    """Return every incident, by id."""
    rows = models.Incident.objects.using(case.alias).order_by("id").values_list("blob", flat=True)
    return tuple(decode(blob, Incident) for blob in rows.iterator())


def get_questions(case: Case) -> tuple[Question, ...]:
    """Return every question, by incident id and then in the order of `QuestionKind`."""
    rows = models.Incident.objects.using(case.alias).order_by("id").values_list("questions", flat=True)
    found: list[Question] = []
    for blob in rows.iterator():
        of_one: tuple[Question, ...] = decode(blob, tuple[Question, ...])
        found += sorted(of_one, key=lambda each: _QUESTIONS.index(each.kind))
    return tuple(found)


def get_people(case: Case) -> tuple[Person, ...]:
    """Return every person, by name and entity id."""
    rows = models.Person.objects.using(case.alias).order_by("name", "entity_id").values_list("blob", flat=True)
    return tuple(decode(blob, Person) for blob in rows.iterator())


def get_disagreements(case: Case) -> tuple[Disagreement, ...]:
    """Return every disagreement, between statements and within documents, by its statements."""
    rows = models.Disagreement.objects.using(case.alias).order_by("a", "b", "kind").values_list("blob", flat=True)
    found = (decode(blob, Disagreement) for blob in rows.iterator())
    return tuple(sorted(found, key=lambda each: (each.a, each.b or "", each.kind, each.incident_id or "", each.why)))


def get_problems(case: Case) -> tuple[Problem, ...]:
    """Return every problem of a document, by document id and place."""
    rows = models.Problem.objects.using(case.alias).values_list("document_id", "kind", "why", "words", "at")
    found = (Problem(document_id=row[0], kind=row[1], why=row[2], words=row[3], at=row[4]) for row in rows.iterator())
    settled = models.Settled.objects.using(case.alias).values_list("document_id", "why", "on")
    dates = [Problem(document_id=row[0], kind="dated_by_others", why=row[1], words=row[2], at=None) for row in settled]
    order = [
        (each.document_id, -1 if each.at is None else each.at, each.kind, each.why, each.words, each)
        for each in (*found, *dates)
    ]
    return tuple(each[-1] for each in sorted(order, key=lambda each: each[:-1]))


def get_acquisitions(case: Case) -> tuple[Acquisition, ...]:
    """Return the acquisition log, oldest first."""
    rows = models.Acquisition.objects.using(case.alias).order_by("acquired_at", "path", "name", "container")
    return tuple(
        Acquisition(
            document_id=row.document_id, name=row.name, path=row.path, container=row.container or None,
            acquired_at=row.acquired_at, acquired_by=row.acquired_by,
        )
        for row in rows.iterator()
    )  # fmt: skip


def _sources(
    outlines: Sequence[Outline],
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    ties: Sequence[Tie],
    groups: Sequence[Group],
    disagreements: Sequence[Disagreement],
    incidents: Sequence[Incident],
) -> tuple[SourceSheet, ...]:
    """Draw up the source sheets.

    They sum over all statements of the case, so they are made when they are read, and a build that
    adds one document need not load all the others'.
    """
    from muster.casebook import source_sheets
    from muster.weigh import make_context

    context = make_context(outlines, entities, groups, ties)
    return source_sheets(outlines, statements, ties, disagreements, context, incidents)
