"""The queue of statements that wait for a reviewer: what comes next, and how many are left.

An order is stable: a statement keeps its place whatever is decided about others, and ids settle ties.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from django.db.models import Count as CountRows
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat

import muster.store.orm  # noqa: F401  models need Django ready
from muster.reconcile.judged import taken_back
from muster.records import Judgement, StatementStatus
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode

Order = Literal["sure", "unsure", "document"]
Key = tuple[Any, ...]
_Rows: TypeAlias = "QuerySet[models.Statement]"
#: Statements that wait for somebody; a "seconded" one not for the person who accepted it first.
OPEN: tuple[StatementStatus, ...] = ("proposed", "seconded")
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "sure": ("confidence", "id"),
    "unsure": ("confidence", "id"),
    "document": ("document_id", "start", "id"),
}


#: The ids of statements that name an entity.
_NAMING = """SELECT mentioning.statement_id FROM store_member AS member
    JOIN store_mentioning AS mentioning
    ON mentioning.document_id = member.document_id AND mentioning.entity = member.local
    WHERE member.entity_id = %s"""


#: The statements of an entity that more documents name are read faster in the order of an index than one by one.
_MANY = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which statements are wanted, and in which order; an empty filter lets all through.

    by is who judges.  statuses are OPEN, or others that are to be looked at again.  entity, incident and
    document are ids; origin is a name.
    """

    by: str
    act: str = ""
    origin: str = ""
    document: str = ""
    incident: str = ""
    entity: str = ""
    statuses: tuple[StatementStatus, ...] = OPEN
    order: Order = "sure"

    @property
    def narrow(self) -> bool:
        """Whether so few are wanted that their keys are read at once; else an index gives them in order."""
        return bool(self.document or self.incident or self.entity or (self.act and self.origin))


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Where one stands in a queue: ids of the next and previous statement, how many are left, and of how many."""

    next: str | None
    previous: str | None
    n_left: int
    n_all: int


def turn(case: Case, wanted: Wanted, at: str | None) -> Turn:
    """Return what comes after and before a statement, itself in the queue or not; at the start without one."""
    key = _key(case, wanted, at) if at else None
    if wanted.narrow:
        return _narrow_turn(_keys(case, wanted), wanted, key)
    by_status = _by_status(_filtered(case, wanted))
    rows = {status: _for(case, wanted, status) for status in wanted.statuses if by_status.get(status)}
    return Turn(
        next=_beyond(rows, wanted, key, forward=True),
        previous=_beyond(rows, wanted, key, forward=False) if key else None,
        n_left=sum(each.count() if status == "seconded" else by_status[status] for status, each in rows.items()),
        n_all=sum(by_status.values()),
    )  # fmt: skip


def surest(case: Case, wanted: Wanted, at_least: float, most: int) -> tuple[str, ...]:
    """Return the ids of proposed statements of a confidence or a higher one, the surest first."""
    rows = _filtered(case, wanted).filter(status="proposed", confidence__gte=at_least)
    return tuple(rows.order_by("-confidence", "-id").values_list("id", flat=True)[:most])


def count_surest(case: Case, wanted: Wanted, at_least: float) -> int:
    """Return how many statements are proposed of a confidence or a higher one."""
    return _filtered(case, wanted).filter(status="proposed", confidence__gte=at_least).count()


def open_by_act(case: Case) -> dict[str, int]:
    """Return how many statements of each act wait for somebody."""
    rows = models.Statement.objects.using(case.alias).values_list("act", "status")
    found = Counter[str]()
    for act, status, n in rows.annotate(n=CountRows("*")).order_by():
        found[act] += n if status in OPEN else 0
    return dict(found)


def open_by_origin(case: Case, most: int) -> list[tuple[str, int]]:
    """Return the origins of whose statements most wait for somebody, with how many, the most first."""
    rows = models.Statement.objects.using(case.alias).values_list("origin", "status")
    found = Counter[str]()
    for origin, status, n in rows.annotate(n=CountRows("*")).order_by():
        found[origin] += n if status in OPEN else 0
    return sorted(found.items(), key=lambda each: (-each[1], each[0]))[:most]


# ---- in order of an index


def _filtered(case: Case, wanted: Wanted) -> _Rows:
    rows = models.Statement.objects.using(case.alias)
    equal = {
        "act": wanted.act, "origin": wanted.origin, "document_id": wanted.document, "incident": wanted.incident,
    }  # fmt: skip
    rows = rows.filter(**{field: value for field, value in equal.items() if value})
    return _naming(case, rows, wanted.entity) if wanted.entity else rows


def _naming(case: Case, rows: _Rows, entity: str) -> _Rows:
    """The rows that name an entity: each looked up, or where these are many, picked out of an index."""
    found = RawSQL(_NAMING, (entity,))
    if models.Member.objects.using(case.alias).filter(entity_id=entity).count() < _MANY:
        return rows.filter(id__in=found)
    return rows.alias(key=Concat("id", Value(""))).filter(key__in=found)


def _by_status(rows: _Rows) -> dict[str, int]:
    return dict(rows.values_list("status").annotate(n=CountRows("*")).order_by())


def _for(case: Case, wanted: Wanted, status: str) -> _Rows:
    """The rows of one status, without those that wait for another person than the one who judges."""
    rows = _filtered(case, wanted).filter(status=status)
    if status != "seconded" or "accepted" in wanted.statuses:
        return rows
    return rows.alias(first=_first_reviewer(case)).exclude(first=wanted.by)


def _first_reviewer(case: Case) -> Subquery:
    """Who accepted a statement that waits for a second person: whose judgement is the last that stands."""
    undone = models.Judgement.objects.using(case.alias).filter(kind="undo").values_list("blob", flat=True)
    gone = taken_back(decode(blob, Judgement) for blob in undone)
    rows = models.JudgedSubject.objects.using(case.alias).filter(
        subject=OuterRef("id"), judgement__kind__in=("accept", "correct")
    )
    return Subquery(rows.exclude(judgement_id__in=gone).order_by("-sequence").values("judgement__decided_by")[:1])


def _beyond(
    by_status: Mapping[StatementStatus, _Rows], wanted: Wanted, key: Key | None, *, forward: bool
) -> str | None:
    """The next statement after a key, or the one before it; each status has an order of its own in the index."""
    fields, down = _FIELDS[wanted.order], (wanted.order == "sure") == forward
    found: list[Key] = []
    for rows in by_status.values():
        behind = rows.filter(_past(fields, key, down=down)) if key is not None else rows
        first = behind.order_by(*(f"-{each}" if down else each for each in fields)).values_list(*fields).first()
        found += [first] if first is not None else []
    if not found:
        return None
    return str((max(found) if down else min(found))[-1])


def _past(fields: Sequence[str], key: Sequence[Any], *, down: bool) -> Q:
    """What sorts behind a key.  The first condition alone bounds the index; the rest is checked on its rows."""
    field, value = fields[0], key[0]
    past = Q(**{f"{field}__{'lt' if down else 'gt'}": value})
    if len(fields) == 1:
        return past
    within = Q(**{f"{field}__{'lte' if down else 'gte'}": value})
    return within & (past | _past(fields[1:], key[1:], down=down))


def _key(case: Case, wanted: Wanted, id_: str) -> Key | None:
    rows = models.Statement.objects.using(case.alias).filter(id=id_)
    return rows.values_list(*_FIELDS[wanted.order]).first()


# ---- few at once


def _keys(case: Case, wanted: Wanted) -> dict[str, list[Key]]:
    """The keys of all that a narrow filter lets through, by status; under "" those that wait for somebody else."""
    rows = _filtered(case, wanted).values_list("status", *_FIELDS[wanted.order])
    found: dict[str, list[Key]] = {}
    for status, *key in rows.iterator():
        found.setdefault(status, []).append(tuple(key))
    if found.get("seconded") and "seconded" in wanted.statuses:
        mine = set(_for(case, wanted, "seconded").values_list(*_FIELDS[wanted.order]))
        found[""] = [key for key in found["seconded"] if key not in mine]
        found["seconded"] = [key for key in found["seconded"] if key in mine]
    return found


def _narrow_turn(keys: Mapping[str, list[Key]], wanted: Wanted, key: Key | None) -> Turn:
    waiting = [each for status in wanted.statuses for each in keys.get(status, ())]
    down = wanted.order == "sure"
    if key is None:
        after, before = waiting, []
    else:
        after = [each for each in waiting if (each < key if down else each > key)]
        before = [each for each in waiting if (each > key if down else each < key)]
    following = (max if down else min)(after, default=None)
    preceding = (min if down else max)(before, default=None)
    return Turn(
        next=str(following[-1]) if following else None, previous=str(preceding[-1]) if preceding else None,
        n_left=len(waiting), n_all=sum(len(each) for each in keys.values()),
    )  # fmt: skip
