"""Looking up what a case holds."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from django.db.models import F

import muster.store.orm  # noqa: F401  models need Django ready
from muster.reconcile.redating import redate
from muster.records import Document, Extraction, Reading, Reject, Statement, StatementStatus
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode


def get_documents(case: Case) -> Iterator[Document]:
    """Yield every document, by name and id."""
    rows = models.Document.objects.using(case.alias).order_by("name", "id")
    for row in rows.values_list("id", "sha256", "name", "media_type", "n_bytes").iterator():
        yield Document(id=row[0], sha256=row[1], name=row[2], media_type=row[3], n_bytes=row[4])


def get_document(case: Case, id_: str) -> Document:
    """Return one document.  Raises KeyError where there is none."""
    row = models.Document.objects.using(case.alias).filter(id=id_).first()
    if row is None:
        raise KeyError(id_)
    return Document(id=row.id, sha256=row.sha256, name=row.name, media_type=row.media_type, n_bytes=row.n_bytes)


def original_path(case: Case, document: Document) -> Path:
    """Return where a document's bytes are kept, or would be."""
    folder = case.originals / document.sha256[:2]
    return min(folder.glob(document.sha256 + "*"), default=folder / document.sha256)


def get_reading(case: Case, id_: str) -> Reading:
    """Return the reading of a document.  Raises KeyError where it was not read."""
    blob = models.Reading.objects.using(case.alias).filter(document_id=id_).values_list("blob", flat=True).first()
    if blob is None:
        raise KeyError(id_)
    return decode(blob, Reading)


def get_extracted(case: Case, id_: str) -> Extraction:
    """Return what was extracted from a document, whatever people made of it.  Raises KeyError where nothing was."""
    blob = models.Extraction.objects.using(case.alias).filter(document_id=id_).values_list("blob", flat=True).first()
    if blob is None:
        raise KeyError(id_)
    rows = models.Statement.objects.using(case.alias).filter(document_id=id_, added=False).order_by("position")
    statements = tuple(decode(each, Statement) for each in rows.values_list("blob", flat=True))
    return replace(decode(blob, Extraction), statements=statements)


def get_extraction(case: Case, id_: str) -> Extraction:
    """Return what was extracted from a document as people judged it, with what they rejected and added.

    Raises:
        KeyError: nothing was extracted.
    """
    kept = models.Extraction.objects.using(case.alias).filter(document_id=id_).values_list("judged", "blob").first()
    if kept is None:
        raise KeyError(id_)
    rows = models.Statement.objects.using(case.alias).filter(document_id=id_).order_by("position", "id")
    statements = tuple(as_judged(*row) for row in rows.values_list("blob", "judged", "status"))
    return replace(decode(kept[0] or kept[1], Extraction), statements=statements)


def as_judged(blob: bytes | memoryview, judged: bytes | memoryview | None, status: str) -> Statement:
    """Return the statement of a row: as people corrected it, if they did, and with what they made of it."""
    statement = decode(judged or blob, Statement)
    return statement if status == statement.status else replace(statement, status=cast(StatementStatus, status))


def get_statements(case: Case, **where: object) -> Iterator[Statement]:
    """Yield statements in order of their ids, all or those that a Django filter names; not the rejected ones.

    Their dates are read with the date that their document is held to be from.
    """
    rows = models.Statement.objects.using(case.alias).filter(**where).exclude(status="rejected").order_by("id")
    settled = settled_dates(case)
    for row in rows.values_list("blob", "judged", "status").iterator():
        yield dated(as_judged(*row), settled)


def settled_dates(case: Case, document_id: str | None = None) -> dict[str, tuple[str, str]]:
    """Return language and date of the documents (or of one) that are dated by others, by document id."""
    rows = models.Settled.objects.using(case.alias).values_list("document_id", "language", "on")
    rows = rows if document_id is None else rows.filter(document_id=document_id)
    return {id_: (language, on) for id_, language, on in rows.iterator()}


def dated(statement: Statement, settled: Mapping[str, tuple[str, str]]) -> Statement:
    """Return a statement with its date read anew, where its document is dated by others."""
    found = settled.get(statement.document_id)
    return statement if found is None else redate((statement,), *found)[0]


def get_rejects(case: Case) -> tuple[Reject, ...]:
    """Return everything refused, by name, path and stage."""
    last = F("document_id").asc(nulls_first=True)  # the databases differ on where nothing stands
    rows = models.Reject.objects.using(case.alias).order_by("name", "path", "stage", "code", last)
    return tuple(
        Reject(
            name=row.name, stage=row.stage, code=row.code, message=row.message, hint=row.hint,
            document_id=row.document_id, path=row.path or None,
        )
        for row in rows.iterator()
    )  # fmt: skip
