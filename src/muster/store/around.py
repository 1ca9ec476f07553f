"""What stands around a statement: its document, its incident, whom it names, and what contradicts it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.db.models import Q

import muster.store.orm  # noqa: F401  models need Django ready
from muster.casebook.sources import name_of_source
from muster.records import Disagreement, EntityKind, Statement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import settled_dates
from muster.store.wide import get_statements_by_id


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentBrief:
    """A document in one line.  publisher is its outlet, else its author, else its name; dates are EDTF."""

    id: str
    name: str
    title: str | None
    publisher: str
    published_on: str | None
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentBrief:
    """An incident in one line."""

    id: str
    name: str
    kind: str
    when: str | None
    place: str | None
    n_statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An entity, under the name that a document has for it; local is its id there."""

    local: str
    id: str
    name: str
    kind: EntityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """A disagreement that involves a statement, with the other statement, if there is one, and who publishes it."""

    disagreement: Disagreement
    other: Statement | None
    publisher: str


def documents_brief(case: Case, ids: Iterable[str]) -> dict[str, DocumentBrief]:
    """Return documents that were read, by id."""
    rows = models.Reading.objects.using(case.alias).filter(document_id__in=set(ids))
    fields = ("document_id", "document__name", "title", "outlet", "author", "published_on", "language")
    return {
        id_: DocumentBrief(
            id=id_, name=name, title=title, publisher=name_of_source(outlet, author, name), published_on=on,
            language=language,
        )
        for id_, name, title, outlet, author, on, language in rows.values_list(*fields)
    }  # fmt: skip


def incidents_brief(case: Case, ids: Iterable[str]) -> dict[str, IncidentBrief]:
    """Return incidents by id."""
    rows = models.Incident.objects.using(case.alias).filter(id__in=set(ids))
    return {
        row["id"]: IncidentBrief(**row) for row in rows.values("id", "name", "kind", "when", "place", "n_statements")
    }


def entities_named(case: Case, statement: Statement) -> tuple[Named, ...]:
    """Return the entities that a statement names, by name."""
    words = (*statement.said_by, statement.actor, statement.target, statement.place)
    local = {each.entity for each in words if each is not None and each.entity is not None}
    rows = models.Member.objects.using(case.alias).filter(document_id=statement.document_id, local__in=local)
    found = rows.order_by("entity__name", "entity_id").values_list("local", "entity_id", "entity__name", "entity__kind")
    return tuple(Named(local=row[0], id=row[1], name=row[2], kind=cast(EntityKind, row[3])) for row in found)


def entity_name(case: Case, id_: str) -> str | None:
    """Return the name of an entity; None where there is no such entity."""
    return models.Entity.objects.using(case.alias).filter(id=id_).values_list("name", flat=True).first()


def contradictions(case: Case, statement: Statement, most: int = 20) -> tuple[Against, ...]:
    """Return the disagreements that involve a statement, the highest rank first."""
    rows = models.Disagreement.objects.using(case.alias).filter(Q(a=statement.id) | Q(b=statement.id))
    found = [decode(blob, Disagreement) for blob in rows.order_by("-rank", "a", "b").values_list("blob", flat=True)]
    found = found[:most]
    ids = {id_ for each in found for id_ in (each.a, each.b) if id_ and id_ != statement.id}
    others = get_statements_by_id(case, ids, settled_dates(case)) if ids else {}
    documents = documents_brief(case, {each.document_id for each in others.values()})
    return tuple(_against(each, statement, others, documents) for each in found)


def _against(
    each: Disagreement, statement: Statement, others: dict[str, Statement], documents: dict[str, DocumentBrief]
) -> Against:
    other = others.get((each.b if each.a == statement.id else each.a) or "")
    document = documents.get(other.document_id) if other else None
    return Against(disagreement=each, other=other, publisher=document.publisher if document else "")


def near_incidents(case: Case, statement: Statement, own: str | None, most: int = 12) -> tuple[IncidentBrief, ...]:
    """Return incidents that a statement might belong to, by date: those of its document, and of its place."""
    rows = models.Statement.objects.using(case.alias).filter(document_id=statement.document_id)
    beside = set(rows.exclude(incident=None).values_list("incident", flat=True))
    listed = models.ListedIncident.objects.using(case.alias)
    place = listed.filter(incident_id=own).exclude(place_entity=None).values("place_entity")[:1]
    there = (
        listed.filter(place_entity=place).order_by("-n_statements", "incident_id").values_list("incident_id", flat=True)
    )
    ids = [*sorted(str(id_) for id_ in beside), *there[: most + 1]]
    found = incidents_brief(case, [id_ for id_ in dict.fromkeys(ids) if id_ != own][:most])
    return tuple(sorted(found.values(), key=lambda each: (each.when or "", each.name, each.id)))
