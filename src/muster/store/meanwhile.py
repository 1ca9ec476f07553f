"""Parts of a case, looked up by what a judgement touches."""

from collections.abc import Iterable, Sequence

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Entity, Incident, Outline
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode, encode
from muster.store.wide import batches

_AT_ONCE = 5_000


def places_of(
    case: Case, document_ids: Iterable[str], statement_ids: Iterable[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Return incident and event of the statements of some documents, and of some others, by statement id."""
    rows = models.Statement.objects.using(case.alias)
    found = {}
    for own in (rows.filter(document_id__in=list(document_ids)), rows.filter(id__in=list(statement_ids))):
        found.update({id_: (incident, event) for id_, incident, event in own.values_list("id", "incident", "event")})
    return found


def incidents_by_id(case: Case, ids: Iterable[str]) -> dict[str, Incident]:
    """Return incidents by id."""
    rows = models.Incident.objects.using(case.alias).filter(id__in=list(ids)).order_by("id")
    return {id_: decode(blob, Incident) for id_, blob in rows.values_list("id", "blob")}


def event_documents(case: Case, event_ids: Iterable[str]) -> dict[str, str]:
    """Return the document of each event, as of the last reconciling."""
    found: dict[str, str] = {}
    for some in batches(sorted(event_ids), _AT_ONCE):
        rows = models.Statement.objects.using(case.alias).filter(event__in=some)
        found.update({str(event): document for event, document in rows.values_list("event", "document_id")})
    return found


def outlines_by_id(case: Case, ids: Iterable[str]) -> dict[str, Outline]:
    """Return outlines by document id, with the dates of those that others date."""
    wanted = sorted(ids)
    found: dict[str, Outline] = {}
    for some in batches(wanted, _AT_ONCE):
        for model in (models.Outline, models.Settled):
            rows = model.objects.using(case.alias).filter(document_id__in=some)
            found.update({id_: decode(blob, Outline) for id_, blob in rows.values_list("document_id", "blob")})
    return found


def entities_of(case: Case, document_ids: Iterable[str]) -> Sequence[Entity]:
    """Return the entities that some documents name, by id."""
    members = models.Member.objects.using(case.alias).filter(document_id__in=list(document_ids))
    ids = sorted(set(members.values_list("entity_id", flat=True)))
    rows = models.Entity.objects.using(case.alias).filter(id__in=ids).order_by("id")
    return [decode(blob, Entity) for blob in rows.values_list("blob", flat=True)]


def meant_entities(case: Case, subject: str) -> dict[str, Entity]:
    """Return the entities that a subject of a judgement means: by id, by "document id/local id", or by name."""
    rows = models.Entity.objects.using(case.alias)
    document, slash, local = subject.partition("/")
    found = rows.filter(id=subject) | rows.filter(name=subject)
    if slash:
        found = found | rows.filter(
            id__in=models.Member.objects.using(case.alias).filter(document_id=document, local=local).values("entity_id")
        )
    return {id_: decode(blob, Entity) for id_, blob in found.values_list("id", "blob")}


def join_entities(case: Case, joined: Entity, instead_of: Iterable[str]) -> None:
    """Keep one entity instead of some; its digest is left open, so that reconciling writes it anew."""
    gone = sorted(set(instead_of) - {joined.id})
    models.Entity.objects.using(case.alias).update_or_create(
        id=joined.id,
        defaults={
            "kind": joined.kind, "name": joined.name, "digest": "", "blob": encode(joined),
            "n_documents": len({document for document, _ in joined.members}),
        },
    )  # fmt: skip
    models.Member.objects.using(case.alias).filter(entity_id__in=gone).update(entity_id=joined.id)
    models.Entity.objects.using(case.alias).filter(id__in=gone).delete()
