"""The record of a case: all that a report or an export is made of."""

from collections.abc import Callable, Mapping
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
from muster.weigh import group_of, make_context, origin_of, speaker_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Whom a statement ultimately comes from.

    origin is a name, speaker the id of the entity that it is of, or None, and group the id of
    the independent group that the statement counts for.
    """

    origin: str
    speaker: str | None
    group: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A case as it stands, ready to be read, reported and exported.

    documents are sorted by name, everything else by id, except questions (by incident id, then in the
    order when, where, who, killed, injured, detained, missing), people (by name), sources (by name)
    and acquisitions (as they came in).  disagreements hold those between statements and those within
    one document.  reading gives the clean text of a document by its id and raises KeyError for an id
    that is not in documents; it is a function so that a large case need not hold all its texts.
    protected holds what stands for names that were left out, sorted; a document that would tell one of them
    has the sha256 "".  given_voices are those of the statements, by id, where they cannot be found any more by the
    names that are left: use `voices`.
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
    protected: tuple[str, ...] = ()
    given_voices: Mapping[str, Voice] | None = None


def voices(record: Record) -> Mapping[str, Voice]:
    """Return, by the id of each statement, whom it comes from and which independent group it counts for."""
    if record.given_voices is not None:
        return record.given_voices
    context = make_context(record.outlines, record.entities, record.groups, record.ties)
    found = {}
    for each in record.statements:
        speaker = speaker_of(each, context)
        found[each.id] = Voice(
            origin=origin_of(each, context), speaker=speaker.id if speaker else None, group=group_of(each, context)
        )
    return found
