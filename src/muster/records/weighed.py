"""Who is independent of whom, what agrees, what contradicts, and what stands open."""

from dataclasses import dataclass
from typing import Literal

TieKind = Literal[
    "copied",
    "author",
    "outlet",
    "owner",
    "origin",
    "credit",
    "family_name",
    "site",
    "affiliation",
    "speaker",
    "spelling",
]
DisagreementKind = Literal["count", "date", "actor", "denial", "place", "weekday", "sum", "dateline"]
QuestionKind = Literal["when", "where", "who", "killed", "injured", "detained", "missing"]
Status = Literal["agreed", "disputed", "single origin", "open"]
State = Literal[
    "present", "moved", "released", "returned", "resettled", "injured", "ill", "detained", "missing", "dead"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A dependence between two documents (a < b), with its evidence.

    strong ties are dependences, which make the independence groups; the others are cautions.  For
    "copied" and "credit", source names the one that the other draws on, or None; a "copied" tie that
    is not strong is a shared passage.  share is the part of the smaller text that both have, in 0..1.
    """

    a: str
    b: str
    kind: TieKind
    strong: bool
    why: str
    source: str | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Documents or origins that depend on each other; ids "g-" and 16 hex digits; members sorted."""

    id: str
    members: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Two statements that cannot both hold, or one that contradicts itself (b is None).

    a <= b.  rank orders by what it changes, the highest first, in 0..1.
    """

    a: str
    b: str | None
    kind: DisagreementKind
    why: str
    incident_id: str | None = None
    rank: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a question: value as shown, its range where it is a number, and who gives it.

    origins are names; groups are independence group ids, whose number is the support.
    denied: the origins say that it is not so.
    """

    value: str
    low: int | None
    high: int | None
    denied: bool
    statement_ids: tuple[str, ...]
    origins: tuple[str, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked of an incident.  low and high are the lowest and highest answer, if numbers."""

    incident_id: str
    kind: QuestionKind
    status: Status
    answers: tuple[Answer, ...]
    low: int | None = None
    high: int | None = None
    low_origin: str | None = None
    high_origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One statement about one person's state.  on is EDTF or None."""

    statement_id: str
    state: State
    on: str | None
    place: str | None
    origin: str
    group: str
    denied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person's ledger, by date.  last_* is the last dated entry and the independent groups behind it."""

    entity_id: str
    name: str
    entries: tuple[LedgerEntry, ...]
    last_state: State | None
    last_on: str | None
    last_groups: tuple[str, ...]
    accounted_for: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSheet:
    """One source: what it published, what it alone said, whom it repeats, how often it is contradicted."""

    id: str
    name: str
    owner: str | None
    document_ids: tuple[str, ...]
    n_statements: int
    repeats: tuple[str, ...]
    repeated_by: tuple[str, ...]
    alone_statement_ids: tuple[str, ...]
    n_contradicted: int
