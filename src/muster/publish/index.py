"""What a report refers to, and under which label: documents D1…, statements S1…, incidents I1…."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from muster.casebook.record import Record, voices
from muster.publish.rows import dates_given, incident_order, ordered_statements
from muster.records import Disagreement, Document, Incident, Outline, Question, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Look-ups over one record.

    Labels follow the order of the exports.  origins and groups give, by statement id, the name of whom
    it ultimately comes from and the independent group that it counts for.
    """

    record: Record
    documents: Mapping[str, Document]
    outlines: Mapping[str, Outline]
    statements: Mapping[str, Statement]
    incidents: Mapping[str, Incident]
    questions: Mapping[str, tuple[Question, ...]]
    disagreements: Mapping[str, tuple[Disagreement, ...]]
    incident_of: Mapping[str, str]
    dates: Mapping[str, str]
    labels: Mapping[str, str]
    origins: Mapping[str, str]
    groups: Mapping[str, str]

    def order(self, statement_id: str) -> int:
        """Place of the statement among all: by name of document, then as it stands there."""
        return int(self.labels[statement_id][1:])


def make_index(record: Record) -> Index:
    """Number everything that a report refers to."""
    statements = ordered_statements(record)
    incidents = sorted(record.incidents, key=incident_order)
    documents = sorted(record.documents, key=lambda d: (d.name, d.id))
    questions: dict[str, list[Question]] = defaultdict(list)
    for question in record.questions:
        questions[question.incident_id].append(question)
    disagreements: dict[str, list[Disagreement]] = defaultdict(list)
    for found in record.disagreements:
        if found.incident_id:
            disagreements[found.incident_id].append(found)
    heard = voices(record)
    return Index(
        record=record,
        documents={document.id: document for document in documents},
        outlines={outline.document_id: outline for outline in record.outlines},
        statements={statement.id: statement for statement in statements},
        incidents={incident.id: incident for incident in incidents},
        questions={incident_id: tuple(asked) for incident_id, asked in questions.items()},
        disagreements={incident_id: tuple(found) for incident_id, found in disagreements.items()},
        incident_of={s: incident.id for incident in reversed(record.incidents) for s in incident.statement_ids},
        dates=dates_given(record.incidents),
        labels={
            **_numbered("D", [document.id for document in documents]),
            **_numbered("S", [statement.id for statement in statements]),
            **_numbered("I", [incident.id for incident in incidents]),
        },
        origins={statement.id: heard[statement.id].origin for statement in statements},
        groups={statement.id: heard[statement.id].group for statement in statements},
    )


def _numbered(letter: str, identifiers: list[str]) -> dict[str, str]:
    return {identifier: f"{letter}{number}" for number, identifier in enumerate(identifiers, 1)}


def anchor(identifier: str) -> str:
    """The identifier as an HTML id: letters, digits, "_" and "-" only."""
    return re.sub(r"[^A-Za-z0-9_-]", "-", identifier)
