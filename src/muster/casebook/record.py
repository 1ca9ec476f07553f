"""The record of a case: all that a report or an export is made of."""

from collections.abc import Callable
from dataclasses import dataclass

from muster.records import (
    Acquisition,
    Disagreement,
    Document,
    Entity,
    Group,
    Incident,
    Outline,
    Person,
    Problem,
    Question,
    Reading,
    Reject,
    SourceSheet,
    Statement,
    Tie,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A case as it stands, ready to be read, reported and exported.

    documents are sorted by name, everything else by id, except questions (by incident id, then in the
    order when, where, who, killed, injured, detained, missing), people (by name), sources (by name)
    and acquisitions (as they came in).  disagreements hold those between statements and those within
    one document.  reading gives the clean text of a document by its id and raises KeyError for an id
    that is not in documents; it is a function so that a large case need not hold all its texts.
    """

    case: str
    documents: tuple[Document, ...]
    outlines: tuple[Outline, ...]
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    incidents: tuple[Incident, ...]
    ties: tuple[Tie, ...]
    groups: tuple[Group, ...]
    disagreements: tuple[Disagreement, ...]
    questions: tuple[Question, ...]
    people: tuple[Person, ...]
    sources: tuple[SourceSheet, ...]
    problems: tuple[Problem, ...]
    rejects: tuple[Reject, ...]
    acquisitions: tuple[Acquisition, ...]
    reading: Callable[[str], Reading]
