"""Whether a case holds what a judgement is about."""

import muster.store.orm  # noqa: F401  models need Django ready
from muster.casebook import name_of_source
from muster.records import Entity
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.weigh.folding import fold


def document_of_statement(case: Case, id_: str) -> str | None:
    """Return the document of a statement, rejected or not; None where there is no such statement."""
    return models.Statement.objects.using(case.alias).filter(id=id_).values_list("document_id", flat=True).first()


def n_chars(case: Case, document_id: str) -> int | None:
    """Return how long a document's reading is; None where it has none."""
    rows = models.Extraction.objects.using(case.alias).filter(document_id=document_id)
    return rows.values_list("document__reading__n_chars", flat=True).first()


def statements_of(case: Case, id_: str) -> list[str]:
    """Return the ids of the statements that an incident or event holds, sorted; none where there is no such thing."""
    rows = models.Statement.objects.using(case.alias).exclude(status="rejected").order_by("id")
    rows = rows.filter(incident=id_) if id_.startswith("i-") else rows.filter(event=id_)
    return list(rows.values_list("id", flat=True))


def is_entity(case: Case, subject: str) -> bool:
    """Tell whether a subject is an entity's id, "document id/local id", or a name that some entity goes by."""
    if subject.startswith("e-") and models.Entity.objects.using(case.alias).filter(id=subject).exists():
        return True
    document, slash, local = subject.partition("/")
    members = models.Member.objects.using(case.alias)
    if slash and members.filter(document_id=document, local=local).exists():
        return True
    entities = models.Entity.objects.using(case.alias)
    if entities.filter(name=subject).exists():
        return True
    blobs = entities.values_list("blob", flat=True).iterator()
    return any(alias.form == subject for blob in blobs for alias in decode(blob, Entity).aliases)


def is_source(case: Case, name: str) -> bool:
    """Tell whether some document was published by, or else signed by, or else is called by a name."""
    wanted = fold(name)
    rows = models.Reading.objects.using(case.alias).values_list("outlet", "author", "document__name")
    return any(fold(name_of_source(*row)) == wanted for row in rows.iterator())
