"""The record page by page: what lists and programs take, a bounded piece at a time, in a fixed order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import (
    Disagreement,
    Document,
    Entity,
    Group,
    Incident,
    Person,
    Question,
    SourceSheet,
    Statement,
    Tie,
)
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import as_judged, dated

R = TypeVar("R")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document with what was read of it; the fields of the reading are None where it was not read."""

    document: Document
    title: str | None
    author: str | None
    outlet: str | None
    published_on: str | None
    language: str | None


def document_names(case: Case, ids: Iterable[str | None]) -> dict[str, str]:
    """Return names of documents by their ids; ids that are not there are left out."""
    rows = models.Document.objects.using(case.alias).filter(id__in={id_ for id_ in ids if id_})
    return dict(rows.values_list("id", "name"))


def documents_after(case: Case, after: str, limit: int) -> tuple[DocumentRow, ...]:
    """Return documents in order of their ids, those after one."""
    rows = models.Document.objects.using(case.alias).filter(id__gt=after).order_by("id").select_related("reading")
    rows = rows.defer("reading__blob")
    return tuple(_document_row(row) for row in rows[:limit])


def _document_row(row: models.Document) -> DocumentRow:
    document = Document(id=row.id, sha256=row.sha256, name=row.name, media_type=row.media_type, n_bytes=row.n_bytes)
    reading = getattr(row, "reading", None)
    read = {name: getattr(reading, name, None) for name in ("title", "author", "outlet", "published_on", "language")}
    return DocumentRow(document=document, **read)


def statements_after(case: Case, after: str, limit: int, where: Mapping[str, object]) -> tuple[Statement, ...]:
    """Return statements in order of their ids, those after one that have some values in some columns.

    Rejected ones are left out, unless where names their status.
    """
    rows = models.Statement.objects.using(case.alias).filter(id__gt=after, **where).order_by("id")
    if "status" not in where:
        rows = rows.exclude(status="rejected")
    found = list(rows.values_list("document_id", "blob", "judged", "status")[:limit])
    kept = models.Settled.objects.using(case.alias).filter(document_id__in={row[0] for row in found})
    settled = {id_: (language, on) for id_, language, on in kept.values_list("document_id", "language", "on")}
    return tuple(dated(as_judged(*row[1:]), settled) for row in found)


def entities_after(case: Case, after: str, limit: int, where: Mapping[str, object]) -> tuple[Entity, ...]:
    """Return entities in order of their ids."""
    return _after(models.Entity.objects.using(case.alias).filter(**where), "id", after, limit, Entity)


def people_after(case: Case, after: str, limit: int, where: Mapping[str, object]) -> tuple[Person, ...]:
    """Return people with their ledgers in order of their entities' ids."""
    return _after(models.Person.objects.using(case.alias).filter(**where), "entity_id", after, limit, Person)


def incidents_after(case: Case, after: str, limit: int, where: Mapping[str, object]) -> tuple[Incident, ...]:
    """Return incidents in order of their ids."""
    return _after(models.Incident.objects.using(case.alias).filter(**where), "id", after, limit, Incident)


def groups_after(case: Case, after: str, limit: int) -> tuple[Group, ...]:
    """Return independence groups in order of their ids."""
    return _after(models.Group.objects.using(case.alias).all(), "id", after, limit, Group)


def sources_after(case: Case, after: str, limit: int) -> tuple[SourceSheet, ...]:
    """Return the sheets of sources in order of their ids; the statements that one alone made are not in them."""
    return _after(models.Source.objects.using(case.alias).all(), "id", after, limit, SourceSheet)


def questions_of(case: Case, incident_id: str) -> tuple[Question, ...]:
    """Return the questions of an incident.  Raises KeyError where there is no such incident."""
    rows = models.Incident.objects.using(case.alias).filter(id=incident_id)
    return decode(_only(rows, "questions", incident_id), tuple[Question, ...])


def get_entity(case: Case, id_: str) -> Entity:
    """Return one entity.  Raises KeyError where there is none."""
    return decode(_only(models.Entity.objects.using(case.alias).filter(id=id_), "blob", id_), Entity)


def get_person(case: Case, id_: str) -> Person:
    """Return one person's ledger.  Raises KeyError where there is none."""
    return decode(_only(models.Person.objects.using(case.alias).filter(entity_id=id_), "blob", id_), Person)


def get_incident(case: Case, id_: str) -> Incident:
    """Return one incident.  Raises KeyError where there is none."""
    return decode(_only(models.Incident.objects.using(case.alias).filter(id=id_), "blob", id_), Incident)


def disagreements_page(case: Case, offset: int, limit: int, where: Mapping[str, object]) -> tuple[Disagreement, ...]:
    """Return disagreements, those that change most first."""
    rows = models.Disagreement.objects.using(case.alias).filter(**where).order_by("-rank", "a", "b", "kind")
    return tuple(decode(blob, Disagreement) for blob in rows.values_list("blob", flat=True)[offset : offset + limit])


def ties_of(case: Case, document_id: str, limit: int = 200) -> tuple[Tie, ...]:
    """Return the ties of a document, the strong ones first."""
    rows = models.Tie.objects.using(case.alias)
    found = (rows.filter(a=document_id) | rows.filter(b=document_id)).order_by("-strong", "a", "b", "kind", "digest")
    return tuple(decode(blob, Tie) for blob in found.values_list("blob", flat=True)[:limit])


def _after(rows: "QuerySet[M]", key: str, after: str, limit: int, kind: type[R]) -> tuple[R, ...]:
    found = rows.filter(**{f"{key}__gt": after}).order_by(key).values_list("blob", flat=True)[:limit]
    return tuple(decode(blob, kind) for blob in found)


def _only(rows: "QuerySet[M]", column: str, id_: str) -> bytes:
    blob = rows.values_list(column, flat=True).first()
    if blob is None:
        raise KeyError(id_)
    return bytes(blob)
