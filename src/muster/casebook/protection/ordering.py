"""The order of a record once names are hidden: by what is left, so that no place in a list tells a letter."""

from dataclasses import replace
from itertools import groupby

from muster.casebook.questions import shown_order
from muster.casebook.record import Record
from muster.records import Disagreement, Person, Question, Tie


def in_order(record: Record) -> Record:
    """Return a record whose lists are in the order that `Record` tells, by what they hold now."""
    questions = sorted(map(_question, record.questions), key=lambda each: each.incident_id)
    disagreements = sorted(
        map(_disagreement, record.disagreements),
        key=lambda each: (each.a, each.b or "", each.kind, each.incident_id or "", each.why),
    )
    problems = sorted(
        record.problems,
        key=lambda each: (each.document_id, -1 if each.at is None else each.at, each.kind, each.why, each.words),
    )
    return replace(
        record,
        documents=tuple(sorted(record.documents, key=lambda each: (each.name, each.id))),
        outlines=tuple(sorted(record.outlines, key=lambda each: each.document_id)),
        statements=tuple(sorted(record.statements, key=lambda each: each.id)),
        entities=tuple(sorted(record.entities, key=lambda each: each.id)),
        incidents=tuple(sorted(record.incidents, key=lambda each: each.id)),
        ties=tuple(sorted(map(_tie, record.ties), key=lambda each: (each.a, each.b, each.kind, each.why))),
        groups=tuple(sorted(record.groups, key=lambda each: each.id)),
        disagreements=tuple(disagreements),
        questions=tuple(questions),
        people=tuple(sorted(map(_person, record.people), key=lambda each: (each.name, each.entity_id))),
        sources=tuple(sorted(record.sources, key=lambda each: (each.name, each.id))),
        problems=tuple(problems),
        rejects=tuple(sorted(record.rejects, key=lambda each: (each.name, each.stage, each.code, each.message))),
        acquisitions=tuple(sorted(record.acquisitions, key=lambda each: (each.acquired_at, each.path, each.name))),
    )


def _question(question: Question) -> Question:
    return replace(question, answers=tuple(sorted(question.answers, key=shown_order)))


def _disagreement(found: Disagreement) -> Disagreement:
    return found if found.b is None or found.a <= found.b else replace(found, a=found.b, b=found.a)


def _tie(tie: Tie) -> Tie:
    return tie if tie.a <= tie.b else replace(tie, a=tie.b, b=tie.a)


def _person(person: Person) -> Person:
    by_day = [list(some) for _, some in groupby(person.entries, key=lambda each: each.on)]
    entries = (each for some in by_day for each in sorted(some, key=lambda each: each.statement_id))
    return replace(person, entries=tuple(entries))
