"""What people decided: which judgements stand, and a document's statements as they leave them.

Undone judgements are left out, and of two about the same things the later counts.  Nothing that was
extracted is overwritten: `judged` makes a new extraction of the one that it is given.

Method: docs/method/judging.md.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import cast

from muster.reconcile.corrections import Correcting
from muster.records import CorrectedFields, Extraction, Judgement, JudgementKind, Reading, Statement, StatementStatus

#: Kinds of judgement that say what a document's statements are.
OF_STATEMENTS: tuple[JudgementKind, ...] = ("accept", "correct", "reject", "add")


def taken_back(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Return the ids of judgements that an undo takes back.  An undo can be undone."""
    undone: set[str] = set()
    for undo in sorted((j for j in judgements if j.kind == "undo"), key=_order, reverse=True):
        if undo.id not in undone:
            undone.update(undo.subjects)
    return frozenset(undone)


def in_force(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that no undo takes back, without the undos, in the order in which they were made."""
    ordered = sorted(judgements, key=_order)
    undone = taken_back(ordered)
    return tuple(j for j in ordered if j.kind != "undo" and j.id not in undone)


def _order(judgement: Judgement) -> tuple[int, str, str]:
    return judgement.sequence, judgement.decided_at, judgement.id


def standing(judgements: Iterable[Judgement], kinds: Sequence[JudgementKind]) -> tuple[Judgement, ...]:
    """Return the judgements of some kinds that stand, in the order in which they were made.

    kinds are opposites of one another ("same" and "different"): of all about the same subjects, only
    the last counts.
    """
    found = [j for j in in_force(judgements) if j.kind in kinds]
    last = {frozenset(j.subjects): j for j in found}
    return tuple(j for j in found if last[frozenset(j.subjects)] is j)


def set_apart(judgements: Iterable[Judgement]) -> frozenset[str]:
    """Return the ids of statements that people judged different from the event that they stood in."""
    stand = standing(judgements, ("same", "different"))
    return frozenset(
        subject for j in stand if j.kind == "different" for subject in j.subjects if subject.startswith("s-")
    )


def judged(
    extraction: Extraction, reading: Reading, judgements: Iterable[Judgement], four_eyes: Set[str] = frozenset()
) -> Extraction:
    """Return an extraction as people judged it: with the fields that they set, and with every status.

    What somebody added comes last.  Rejected statements are still there, for pages that show them;
    `sound` leaves them out.  Judgements of statements that the extraction does not hold do nothing.
    four_eyes are acts of which a statement needs two different people to be accepted.
    """
    decided = in_force(j for j in judgements if j.kind in (*OF_STATEMENTS, "undo"))
    correcting = Correcting(reading, extraction)
    statements = {statement.id: statement for statement in extraction.statements}
    verdicts: dict[str, _Verdict] = defaultdict(_Verdict)
    for judgement in decided:
        if judgement.kind == "add" and judgement.subjects == (extraction.document_id,):
            added = correcting.added(judgement.id, fields_of(judgement))
            statements[added.id] = added
            verdicts[added.id].backers = {judgement.decided_by}
        elif judgement.kind != "add":
            for subject in judgement.subjects:
                verdicts[subject].take(judgement)
    of_proposed = _Verdict()
    made = tuple(
        _as_judged(each, verdicts.get(each.id, of_proposed), correcting, four_eyes) for each in statements.values()
    )
    return replace(extraction, statements=made, entities=(*extraction.entities, *correcting.entities.values()))


def sound(extraction: Extraction) -> Extraction:
    """Return an extraction without the statements that people rejected."""
    return replace(extraction, statements=tuple(s for s in extraction.statements if s.status != "rejected"))


def fields_of(judgement: Judgement) -> CorrectedFields:
    """Return the fields that a "correct" or an "add" sets."""
    return cast(CorrectedFields, json.loads(judgement.value))


@dataclass(slots=True)
class _Verdict:
    """What people made of one statement so far.  backers accepted it as it now reads."""

    fields: CorrectedFields = field(default_factory=lambda: CorrectedFields())
    backers: set[str] = field(default_factory=set)
    rejected: bool = False

    def take(self, judgement: Judgement) -> None:
        self.rejected = judgement.kind == "reject"
        if judgement.kind == "correct":
            self.fields = CorrectedFields(**{**self.fields, **fields_of(judgement)})
            self.backers = set()
        if self.rejected:
            self.backers = set()
        else:
            self.backers.add(judgement.decided_by)

    def status(self, *, two: bool) -> StatementStatus:
        if self.rejected:
            return "rejected"
        if not self.backers:
            return "proposed"
        if two and len(self.backers) < 2:
            return "seconded"
        return "corrected" if self.fields else "accepted"


def _as_judged(statement: Statement, verdict: _Verdict, correcting: Correcting, four_eyes: Set[str]) -> Statement:
    made = correcting.corrected(statement, verdict.fields) if verdict.fields else statement
    status = verdict.status(two=not four_eyes.isdisjoint({statement.act, made.act}))
    return made if status == made.status else replace(made, status=status)


def held(judgement: Judgement) -> Mapping[str, Sequence[str]]:
    """Return which statements each event or incident among the subjects held when it was judged."""
    return held_in(judgement.value)


def held_in(value: str) -> Mapping[str, Sequence[str]]:
    """Return what `held` does of a judgement with this value."""
    return cast(Mapping[str, Sequence[str]], json.loads(value).get("held", {})) if value else {}
