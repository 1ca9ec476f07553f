"""What two assertions disagree on, and how much that matters."""

from collections.abc import Mapping
from dataclasses import dataclass

from muster.records import DisagreementKind, Statement

#: How much a contradiction matters, by what it is about: the highest first.
WEIGHT: Mapping[str, float] = {
    "denial": 0.9, "killed": 0.95, "missing": 0.8, "detained": 0.7, "injured": 0.65, "actor": 0.85,
    "weapons": 0.4, "place": 0.5, "date": 0.6, "residents": 0.3, "other": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What two assertions disagree on.

    across: only where the speakers are independent; within: only inside one document; once: only once
    for a statement and a document, which may be a list of names.
    """

    kind: DisagreementKind
    weight: float
    about: str
    across: bool = False
    within: bool = False
    once: bool = False


#: How much it changes where a document contradicts itself: whether somebody lives, on which day a deed was done, how
#: many it befell, whether it was done yet, who somebody is.
_OWN = {"alive": 0.95, "weekday": 0.8, "sum": 0.7, "dateline": 0.6, "age": 0.4}
_GRAVE = frozenset({"kill", "die_other", "abduct", "disappear"})
_HARMFUL = frozenset({"attack", "injure", "detain", "ill_treat"})


def own_rank(what: str, statement: Statement) -> float:
    """The rank of a document's contradiction with itself, by what it changes and of what deed."""
    deed = 1.0 if statement.act in _GRAVE else 0.9 if statement.act in _HARMFUL else 0.75
    return round(_OWN[what] * deed, 3)
