"""The log of judgements as people read it: pages of it, and what each was about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet

import muster.store.orm  # noqa: F401  models need Django ready
from muster.reconcile.judged import OF_STATEMENTS, taken_back
from muster.records import Judgement, Statement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import as_judged

SubjectKind = Literal["statement", "document", "entity", "incident", "judgement", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Something that a judgement is about.  text is its name, quote or title; statement is set for one.

    gone: the case does not hold it any more, under this id.
    """

    kind: SubjectKind
    id: str
    text: str
    gone: bool = False
    statement: Statement | None = None
    entity_kind: str = ""
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A judgement of the log.  in_force: it still counts; undone_by is what took it back, if it does not."""

    judgement: Judgement
    in_force: bool
    undone_by: Judgement | None
    subjects: tuple[Subject, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which judgements are sought; an empty filter lets all through.  subject is an id or a name."""

    by: str = ""
    kind: str = ""
    subject: str = ""


def log_page(case: Case, sought: Sought, before: int | None = None, n: int = 50) -> tuple[Entry, ...]:
    """Return a page of the log, newest first: at most n, of a smaller sequence than before."""
    rows = models.Judgement.objects.using(case.alias).order_by("-sequence")
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    if sought.by:
        rows = rows.filter(decided_by=sought.by)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.subject:
        rows = rows.filter(id__in=_about(case, sought.subject))
    return _entries(case, [decode(blob, Judgement) for blob in rows.values_list("blob", flat=True)[:n]])


def log_of(case: Case, subject: str) -> tuple[Entry, ...]:
    """Return all judgements about one thing, and what took them back, the oldest first."""
    rows = models.Judgement.objects.using(case.alias).filter(id__in=_about(case, subject)).order_by("sequence")
    return _entries(case, [decode(blob, Judgement) for blob in rows.values_list("blob", flat=True)])


def _about(case: Case, subject: str) -> "QuerySet[models.JudgedSubject, str]":
    return models.JudgedSubject.objects.using(case.alias).filter(subject=subject).values_list("judgement_id", flat=True)


def reviewers(case: Case) -> list[str]:
    """Return who has judged, by name."""
    rows = models.Judgement.objects.using(case.alias).order_by("decided_by")
    return list(rows.values_list("decided_by", flat=True).distinct())


def last_decision(case: Case, by: str, look_back: int = 50) -> Entry | None:
    """Return the last that a person decided about a statement and did not take back, of his last few."""
    rows = models.Judgement.objects.using(case.alias).filter(decided_by=by, kind__in=(*OF_STATEMENTS, "undo"))
    blobs = rows.order_by("-sequence").values_list("blob", flat=True)[:look_back]
    mine = [decode(blob, Judgement) for blob in blobs]
    undone = _undone_by(case, [each.id for each in mine])
    last = next((each for each in mine if each.kind != "undo" and each.id not in undone), None)
    return _entries(case, [last])[0] if last else None


def _entries(case: Case, judgements: Sequence[Judgement]) -> tuple[Entry, ...]:
    undone = _undone_by(case, [each.id for each in judgements])
    subjects = describe(case, (subject for each in judgements for subject in each.subjects))
    return tuple(
        Entry(
            judgement=each, in_force=each.id not in undone, undone_by=undone.get(each.id),
            subjects=tuple(subjects[id_] for id_ in each.subjects),
        )
        for each in judgements
    )  # fmt: skip


def _undone_by(case: Case, ids: Sequence[str]) -> dict[str, Judgement]:
    """What takes back each of some judgements that do not count any more."""
    rows = models.Judgement.objects.using(case.alias).filter(kind="undo").order_by("sequence")
    undos = [decode(blob, Judgement) for blob in rows.values_list("blob", flat=True)]
    gone = taken_back(undos)
    standing = {undo.subjects[0]: undo for undo in undos if undo.id not in gone}
    return {id_: standing[id_] for id_ in ids if id_ in standing}


# ---- what it is about


def describe(case: Case, ids: Iterable[str]) -> dict[str, Subject]:
    """Return what each subject of a judgement is, by the id or name it was called by."""
    wanted = set(ids)
    found: dict[str, Subject] = {}
    found |= _statements(case, {id_ for id_ in wanted if id_.startswith("s-")})
    found |= _documents(case, {id_ for id_ in wanted if id_.startswith("d-") and "/" not in id_})
    found |= _entities(case, {id_ for id_ in wanted if id_.startswith("e-")})
    found |= _members(case, {id_ for id_ in wanted if id_.startswith("d-") and "/" in id_})
    found |= _incidents(case, {id_ for id_ in wanted if id_.startswith("i-")})
    found |= _judgements(case, {id_ for id_ in wanted if id_.startswith("j-")})
    return found | {id_: Subject(kind="other", id=id_, text=id_) for id_ in wanted - found.keys()}


def _gone(kind: SubjectKind, ids: Iterable[str]) -> dict[str, Subject]:
    return {id_: Subject(kind=kind, id=id_, text=id_, gone=True) for id_ in ids}


def _statements(case: Case, ids: set[str]) -> dict[str, Subject]:
    rows = models.Statement.objects.using(case.alias).filter(id__in=ids).values_list("blob", "judged", "status")
    statements = [as_judged(*row) for row in rows]
    found = {each.id: Subject(kind="statement", id=each.id, text=each.quote, statement=each) for each in statements}
    return _gone("statement", ids) | found


def _documents(case: Case, ids: set[str]) -> dict[str, Subject]:
    rows = models.Document.objects.using(case.alias).filter(id__in=ids).values_list("id", "name", "reading__title")
    return _gone("document", ids) | {
        id_: Subject(kind="document", id=id_, text=title or name) for id_, name, title in rows
    }


def _entities(case: Case, ids: set[str]) -> dict[str, Subject]:
    rows = models.Entity.objects.using(case.alias).filter(id__in=ids).values_list("id", "name", "kind")
    return _gone("entity", ids) | {
        id_: Subject(kind="entity", id=id_, text=name, entity_kind=kind) for id_, name, kind in rows
    }


def _members(case: Case, ids: set[str]) -> dict[str, Subject]:
    """Entities that are called by what they are in a document."""
    rows = models.Member.objects.using(case.alias).filter(
        document_id__in={id_.partition("/")[0] for id_ in ids}, local__in={id_.partition("/")[2] for id_ in ids}
    )
    found = {
        f"{document}/{local}": Subject(kind="entity", id=entity, text=name, entity_kind=kind)
        for document, local, entity, name, kind in rows.values_list(
            "document_id", "local", "entity_id", "entity__name", "entity__kind"
        )
    }
    return _gone("entity", ids) | {id_: each for id_, each in found.items() if id_ in ids}


def _incidents(case: Case, ids: set[str]) -> dict[str, Subject]:
    rows = models.Incident.objects.using(case.alias).filter(id__in=ids).values_list("id", "name")
    return _gone("incident", ids) | {id_: Subject(kind="incident", id=id_, text=name) for id_, name in rows}


def _judgements(case: Case, ids: set[str]) -> Mapping[str, Subject]:
    rows = models.Judgement.objects.using(case.alias).filter(id__in=ids).values_list("blob", flat=True)
    found = [decode(blob, Judgement) for blob in rows]
    return {each.id: Subject(kind="judgement", id=each.id, text=each.id, judgement=each) for each in found}
