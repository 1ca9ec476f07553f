"""Decisions by people: appended, never edited."""

from dataclasses import dataclass
from typing import Literal

JudgementKind = Literal[
    "accept", "correct", "reject", "same", "different", "tie", "cut_tie", "finding", "redact", "undo"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One decision.  subjects are ids or names it is about; value is what it sets, as JSON text.

    decided_at is an aware UTC instant in ISO 8601.  undo names the judgement it takes back.
    """

    id: str
    kind: JudgementKind
    subjects: tuple[str, ...]
    value: str
    reason: str
    decided_by: str
    decided_at: str
