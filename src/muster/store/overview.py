"""How much a case holds, whether it is whole, and what to look at first."""

from dataclasses import dataclass

from django.db.models import Model, Q, Sum

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Disagreement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.wide import get_artefact, wide_inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many of each a case holds.

    unfounded: statements refused because their words were not found; disagreements: between statements
    and within one; own: those within one.
    """

    documents: int
    read: int
    rejects: int
    statements: int
    unfounded: int
    incidents: int
    people: int
    disagreements: int
    own: int
    problems: int


def count_all(case: Case) -> Totals:
    """Count what the case holds."""

    def rows(model: type[Model]) -> int:
        return int(model._default_manager.using(case.alias).count())

    own = models.Disagreement.objects.using(case.alias).filter(b="").count()
    refused = models.Extraction.objects.using(case.alias).aggregate(n=Sum("n_refused"))["n"]
    return Totals(
        documents=rows(models.Document), read=rows(models.Reading), rejects=rows(models.Reject),
        statements=rows(models.Statement), unfounded=refused or 0, incidents=rows(models.Incident),
        people=rows(models.Person), disagreements=rows(models.Disagreement), own=own,
        problems=rows(models.Problem) + rows(models.Settled),
    )  # fmt: skip


def is_whole(case: Case) -> bool:
    """Tell whether everything in the case has been brought in, read, extracted and weighed together.

    It has not while a build is at work, or after one was interrupted.
    """
    documents = models.Document.objects.using(case.alias)
    waiting = Q(read_with="") | Q(reading__isnull=False, extracted_with="")
    waiting |= Q(extraction__isnull=False, outlined_with="")
    if models.Errand.objects.using(case.alias).exists() or documents.filter(waiting).exists():
        return False
    weighed = get_artefact(case, "case")
    return weighed is not None and weighed[1] in (b"", wide_inputs(case).encode())


def look_first(case: Case, n: int = 5) -> tuple[Disagreement, ...]:
    """Return the disagreements that change most, the highest rank first; one of a kind in each incident."""
    rows = models.Disagreement.objects.using(case.alias).order_by("-rank", "a", "b", "kind")
    found: dict[tuple[str, str], bytes | memoryview] = {}
    for incident, document, kind, blob in rows.values_list("incident_id", "document_id", "kind", "blob").iterator():
        found.setdefault((incident or document or "", kind), blob)
        if len(found) == n:
            break
    return tuple(decode(blob, Disagreement) for blob in found.values())
