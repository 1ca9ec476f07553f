"""Decisions by people: appended, never edited."""

from dataclasses import dataclass
from typing import Literal, TypedDict

from muster.records.statements import Counted, Modality, Polarity

JudgementKind = Literal[
    "accept",
    "correct",
    "reject",
    "add",
    "same",
    "different",
    "tie",
    "cut_tie",
    "owner",
    "reliability",
    "finding",
    "redact",
    "coordinates",
    "undo",
]
Standard = Literal[
    "cannot be determined",
    "reasonable grounds to suspect",
    "reasonable grounds to believe",
    "clear and convincing",
    "beyond reasonable doubt",
]


class CorrectedFields(TypedDict, total=False):
    """The fields of a statement that a person sets, each as an export gives it; those left out stay as they were.

    start and end count code points of the reading, and are needed for a statement that is added.
    actor, target, place and said_by are names; date is EDTF; None takes a field away.
    """

    start: int
    end: int
    act: str
    said_by: list[str]
    actor: str | None
    target: str | None
    place: str | None
    date: str | None
    count: "CorrectedCount | None"
    polarity: Polarity
    modality: Modality


class CorrectedCount(TypedDict):
    """A number that a person sets; high is None where there is no upper bound."""

    low: int
    high: int | None
    of: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision.  subjects are ids or names it is about; value is what it sets, as JSON text, or "".

    decided_at is an aware UTC instant in ISO 8601; sequence counts the judgements of a case from 1, so
    that of two made at one instant the later is known.  Where a subject is an event or an incident,
    value also says which statements that held when it was judged, {"held": {id: [statement ids]}}: the
    ids are digests of what they hold, and what was meant is found again when that has changed.

    ============  ===========================================  =============================================
    kind          subjects                                     value
    ============  ===========================================  =============================================
    accept        a statement                                  ""
    correct       a statement                                  the fields that change (`CorrectedFields`)
    reject        a statement                                  ""
    add           a document                                   {"start", "end"} and the fields
    same          entities ("document id/local id", entity     "" or {"held"}
                  ids), events, incidents or statements that
                  are one
    different     such that are not one; a statement named     "" or {"held"}
                  here is an event of its own
    tie, cut_tie  two documents                                ""
    owner         a source, by its name                        the owner's name, as a JSON string
    reliability   a source, by its name                        "A" to "F", as a JSON string
    finding       an event of an incident, a question's kind   {"answer", "standard", "held"}
    redact        an entity                                    {"also"}: further spellings; {"names", ...} of it are
                                                               filled in
    coordinates   a place                                      {"latitude", "longitude"} in degrees
    undo          the judgement that it takes back             ""
    ============  ===========================================  =============================================
    """

    id: str
    kind: JudgementKind
    subjects: tuple[str, ...]
    value: str
    reason: str
    decided_by: str
    decided_at: str
    sequence: int = 0
