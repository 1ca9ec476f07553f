"""Where places lie, as people put them on the map."""

from collections.abc import Iterable
from dataclasses import dataclass

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Entity, Judgement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode, from_json
from muster.store.judging import of_kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A point on the earth, in degrees."""

    latitude: float
    longitude: float


def placed(case: Case) -> dict[str, tuple[Point, Judgement]]:
    """Return where people put places, and the judgement that did so, by entity id; the last counts."""
    found: dict[str, tuple[Point, Judgement]] = {}
    for judgement in of_kind(case, "coordinates"):
        entity = _entity(case, judgement.subjects[0])
        if entity is not None:
            found[entity] = (from_json(judgement.value, Point), judgement)
    return found


def _entity(case: Case, subject: str) -> str | None:
    document, slash, local = subject.partition("/")
    if not slash:
        return subject
    rows = models.Member.objects.using(case.alias).filter(document_id=document, local=local)
    return rows.values_list("entity_id", flat=True).first()


def forms_of(case: Case, ids: Iterable[str]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the name and all forms of the name of entities, by id."""
    rows = models.Entity.objects.using(case.alias).filter(id__in=set(ids)).values_list("id", "name", "blob")
    return {id_: (name, (name, *(alias.form for alias in decode(blob, Entity).aliases))) for id_, name, blob in rows}
