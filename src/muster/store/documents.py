"""What the store keeps of each document: how it came in, its reading, its statements, its outline.

None of these functions opens a transaction: the caller does (`muster.store.case.one_transaction`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Acquisition, Disagreement, Document, Extraction, Outline, Reading, Reject, Statement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import digest, encode

#: What the case as a whole says of a statement; it stays while the statement does.
_PLACED = ("incident", "event", "origin", "told_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """What a stage is done with now: done by made, refused by refused (which names the limits, too)."""

    made: str
    refused: str


# ---- bringing in


def begin_errand(case: Case, paths: str) -> None:
    """Note paths (as JSON text) that are to be brought in, so that an interrupted build can go on."""
    models.Errand.objects.using(case.alias).get_or_create(paths=paths)


def open_errands(case: Case) -> list[str]:
    """Return the paths of builds that did not get as far as bringing everything in."""
    return list(models.Errand.objects.using(case.alias).order_by("id").values_list("paths", flat=True))


def end_errands(case: Case) -> None:
    """Forget the errands: all has been brought in."""
    models.Errand.objects.using(case.alias).all().delete()


def log_acquisition(case: Case, document: Document, acquisition: Acquisition) -> bool:
    """Log one way that a document came in, once; return whether the document is new.

    The document takes its first name in code-point order.  Where that changes what it had been
    called, it is read anew, since a reading may depend on the name's ending.
    """
    rows = models.Document.objects.using(case.alias)
    row, new = rows.get_or_create(
        id=document.id,
        defaults={
            "sha256": document.sha256,
            "name": document.name,
            "media_type": document.media_type,
            "n_bytes": document.n_bytes,
        },
    )
    models.Acquisition.objects.using(case.alias).get_or_create(
        document=row,
        name=acquisition.name,
        path=acquisition.path,
        container=acquisition.container or "",
        defaults={
            "media_type": document.media_type,
            "acquired_at": acquisition.acquired_at,
            "acquired_by": acquisition.acquired_by,
        },
    )
    called = (document.name, document.media_type)
    if not new and called < (row.name, row.media_type):
        rows.filter(id=document.id).update(name=called[0], media_type=called[1], read_with="", outlined_with="")
    return new


def log_refusal(case: Case, reject: Reject) -> None:
    """Note that something was refused at the door."""
    models.Reject.objects.using(case.alias).get_or_create(**_reject_columns(reject))


def has_refusals(case: Case) -> bool:
    """Tell whether anything was ever refused at the door."""
    return models.Reject.objects.using(case.alias).filter(document=None).exists()


def forget_refusals(case: Case, name: str, path: str) -> None:
    """Forget what was refused of a file, and of what it held: it is being brought in again."""
    rows = models.Reject.objects.using(case.alias).filter(document=None, path=path)
    rows.filter(Q(name=name) | Q(name__startswith=name + "/")).delete()


# ---- what is yet to be done


def waiting_to_be_read(case: Case, versions: Versions) -> list[str]:
    """Return the ids of documents that the reader of this version has not seen, by name and id."""
    rows = models.Document.objects.using(case.alias).exclude(read_with__in=(versions.made, versions.refused))
    return list(rows.order_by("name", "id").values_list("id", flat=True))


def read_by(case: Case, made: str) -> set[str]:
    """Return the ids of documents whose reading was made with this version."""
    rows = models.Document.objects.using(case.alias).filter(read_with=made, reading__isnull=False)
    return set(rows.values_list("id", flat=True))


def waiting_to_be_outlined(case: Case, extract: Versions, outline: Versions) -> list[tuple[str, bool]]:
    """Return the ids of read documents without a current outline, by name and id.

    With each: whether it must be extracted, too.
    """
    stale = ~Q(extracted_with__in=(extract.made, extract.refused))
    rows = models.Document.objects.using(case.alias).filter(reading__isnull=False)
    rows = rows.filter(stale | (Q(extracted_with=extract.made) & ~Q(outlined_with__in=(outline.made, outline.refused))))
    return [
        (id_, with_ != extract.made) for id_, with_ in rows.order_by("name", "id").values_list("id", "extracted_with")
    ]


# ---- what was done


def save_reading(case: Case, reading: Reading, versions: Versions) -> None:
    """Keep a reading.  Where it differs from the one before, what was made of that is dropped."""
    documents = models.Document.objects.using(case.alias).filter(id=reading.document_id)
    blob = encode(reading)
    mark = digest(blob)
    _forget_rejects(case, reading.document_id, "read")
    documents.update(read_with=versions.made)
    if models.Reading.objects.using(case.alias).filter(document_id=reading.document_id, digest=mark).exists():
        return
    _drop_reading(case, reading.document_id)
    models.Reading.objects.using(case.alias).create(
        document_id=reading.document_id,
        title=reading.title,
        author=reading.author,
        outlet=reading.outlet,
        published_on=reading.published_on,
        language=reading.language,
        reader=reading.reader,
        n_chars=len(reading.text),
        digest=mark,
        blob=blob,
    )
    models.Problem.objects.using(case.alias).bulk_create(
        models.Problem(document_id=reading.document_id, kind=each.kind, why=each.why, words=each.words, at=each.at)
        for each in reading.problems
    )


def refuse_reading(case: Case, reject: Reject, versions: Versions) -> None:
    """Note that a document could not be read; what was made of an earlier reading is dropped."""
    assert reject.document_id is not None
    _drop_reading(case, reject.document_id)
    _refuse(case, reject)
    models.Document.objects.using(case.alias).filter(id=reject.document_id).update(read_with=versions.refused)


def save_extraction(case: Case, extraction: Extraction, versions: Versions) -> None:
    """Keep the statements, entities and mentions of a document, instead of those it had."""
    rows = models.Statement.objects.using(case.alias)
    placed = {row.pop("id"): row for row in rows.filter(document_id=extraction.document_id).values("id", *_PLACED)}
    _drop_extraction(case, extraction.document_id)
    _forget_rejects(case, extraction.document_id, "extract")
    rows.bulk_create(
        models.Statement(**statement_columns(each), position=position, blob=encode(each), **placed.get(each.id, {}))
        for position, each in enumerate(extraction.statements)
    )
    models.Mentioning.objects.using(case.alias).bulk_create(mentionings(extraction.statements))
    models.Extraction.objects.using(case.alias).create(
        document_id=extraction.document_id,
        n_statements=len(extraction.statements),
        n_refused=extraction.n_refused,
        blob=encode(replace(extraction, statements=())),
    )
    models.Document.objects.using(case.alias).filter(id=extraction.document_id).update(extracted_with=versions.made)


def refuse_extraction(case: Case, reject: Reject, versions: Versions) -> None:
    """Note that nothing could be extracted from a document."""
    assert reject.document_id is not None
    _drop_extraction(case, reject.document_id)
    _refuse(case, reject)
    models.Document.objects.using(case.alias).filter(id=reject.document_id).update(extracted_with=versions.refused)


def save_outline(case: Case, outline: Outline, own: Sequence[Disagreement], versions: Versions | None) -> None:
    """Keep a document's outline and the contradictions within it, instead of those it had.

    Without versions the document counts as outlined with what it was before.
    """
    id_ = outline.document_id
    blob = encode(outline)
    mark = _outline_digest(case, id_, blob)
    models.Outline.objects.using(case.alias).update_or_create(document_id=id_, defaults={"digest": mark, "blob": blob})
    models.Disagreement.objects.using(case.alias).filter(document_id=id_).delete()
    models.Disagreement.objects.using(case.alias).bulk_create(disagreement_row(each, document_id=id_) for each in own)
    if versions is not None:
        models.Document.objects.using(case.alias).filter(id=id_).update(outlined_with=versions.made)


def changed_outlines(case: Case) -> list[str]:
    """Return the ids of documents whose outline or statements are not those that a build wrote."""
    rows = models.Outline.objects.using(case.alias).order_by("document_id").values_list("document_id", "digest", "blob")
    return [id_ for id_, mark, blob in rows.iterator() if _outline_digest(case, id_, bytes(blob)) != mark]


def _outline_digest(case: Case, id_: str, outline: bytes) -> str:
    """Digest an outline and the statements of its document as judged; whether they are accepted changes nothing."""
    rows = models.Statement.objects.using(case.alias).filter(document_id=id_).exclude(status="rejected").order_by("id")
    return digest(outline, *(bytes(judged or blob) for blob, judged in rows.values_list("blob", "judged")))


# ---- rows


def disagreement_row(each: Disagreement, document_id: str | None = None) -> models.Disagreement:
    """Return the row of a disagreement; it hangs on its incident, or on a document."""
    return models.Disagreement(
        incident_id=each.incident_id,
        document_id=document_id,
        a=each.a,
        b=each.b or "",
        kind=each.kind,
        rank=each.rank,
        blob=encode(each),
    )


def statement_columns(each: Statement) -> dict[str, Any]:
    """Return what stands in columns of a statement, but for its place in the case."""
    return {
        "id": each.id,
        "document_id": each.document_id,
        "start": each.start,
        "end": each.end,
        "act": each.act,
        "polarity": each.polarity,
        "modality": each.modality,
        "confidence": each.confidence,
    }


def mentionings(statements: Iterable[Statement]) -> Iterator[models.Mentioning]:
    """Yield the rows that say which entities of their document statements name."""
    for each in statements:
        words = (*each.said_by, each.actor, each.target, each.place)
        for entity in sorted({named.entity for named in words if named is not None and named.entity is not None}):
            yield models.Mentioning(document_id=each.document_id, entity=entity, statement_id=each.id)


def _refuse(case: Case, reject: Reject) -> None:
    assert reject.document_id is not None
    _forget_rejects(case, reject.document_id, reject.stage)
    models.Reject.objects.using(case.alias).create(**_reject_columns(reject))


def _forget_rejects(case: Case, document_id: str, stage: str) -> None:
    models.Reject.objects.using(case.alias).filter(document_id=document_id, stage=stage).delete()


def _reject_columns(each: Reject) -> dict[str, Any]:
    return {
        "document_id": each.document_id,
        "name": each.name,
        "path": each.path or "",
        "stage": each.stage,
        "code": each.code,
        "message": each.message,
        "hint": each.hint,
    }


def _drop_reading(case: Case, document_id: str) -> None:
    _drop_extraction(case, document_id)
    models.Reading.objects.using(case.alias).filter(document_id=document_id).delete()
    models.Problem.objects.using(case.alias).filter(document_id=document_id).delete()
    _forget_rejects(case, document_id, "extract")
    models.Document.objects.using(case.alias).filter(id=document_id).update(extracted_with="")


def _drop_extraction(case: Case, document_id: str) -> None:
    for model in (models.Mentioning, models.Statement, models.Extraction, models.Outline, models.Disagreement):
        model.objects.using(case.alias).filter(document_id=document_id).delete()
    models.Document.objects.using(case.alias).filter(id=document_id).update(outlined_with="")
