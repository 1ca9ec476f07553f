"""One document with all that stands around it: how it came in, what was read and said, what it depends on."""

from dataclasses import dataclass

from django.db.models import Q

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Acquisition, Disagreement, Document, Extraction, Reading, Reject, Statement, Tie
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import as_judged, dated, get_document, settled_dates

_MOST_TIES = 50
_MOST_ACQUISITIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """The ties to another document, the strong ones first, with that one's id, name and title."""

    ties: tuple[Tie, ...]
    document_id: str
    name: str
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A document.  reading is None where it was not read; settled is the date that others give it, and why.

    ties are those with strong ones first, cut at fifty of n_tied documents.  own are the contradictions
    within it.
    """

    document: Document
    reading: Reading | None
    acquisitions: tuple[Acquisition, ...]
    rejects: tuple[Reject, ...]
    settled: tuple[str, str] | None
    ties: tuple[Tied, ...]
    n_tied: int
    own: tuple[Disagreement, ...]
    n_statements: int


def get_sheet(case: Case, id_: str) -> Sheet:
    """Return one document's sheet.  Raises KeyError where there is no such document."""
    document = get_document(case, id_)
    blob = models.Reading.objects.using(case.alias).filter(document=id_).values_list("blob", flat=True).first()
    settled = models.Settled.objects.using(case.alias).filter(document=id_).values_list("on", "why").first()
    own = models.Disagreement.objects.using(case.alias).filter(document=id_).order_by("-rank", "id")
    statements = models.Statement.objects.using(case.alias).filter(document=id_)
    ties, n_tied = _ties(case, id_)
    return Sheet(
        document=document, reading=None if blob is None else decode(blob, Reading),
        acquisitions=_acquisitions(case, id_), rejects=_rejects(case, id_), settled=settled, ties=ties,
        n_tied=n_tied, own=tuple(decode(each, Disagreement) for each in own.values_list("blob", flat=True)),
        n_statements=statements.count(),
    )  # fmt: skip


def statements_between(case: Case, document_id: str, start: int, end: int) -> tuple[Statement, ...]:
    """Return the statements whose quotes lie, in part at least, between two places of a reading, in order.

    Those that people rejected are among them.
    """
    rows = models.Statement.objects.using(case.alias).filter(document=document_id, start__lt=end, end__gt=start)
    rows = rows.order_by("start", "end", "position", "id")
    settled = settled_dates(case, document_id)
    return tuple(dated(as_judged(*row), settled) for row in rows.values_list("blob", "judged", "status"))


def place_of(case: Case, document_id: str, statement_id: str) -> int | None:
    """Return where in its document's reading a statement begins; None where the document has no such statement."""
    rows = models.Statement.objects.using(case.alias).filter(document=document_id, id=statement_id)
    return rows.values_list("start", flat=True).first()


def names_in(case: Case, document_id: str) -> tuple[str, ...]:
    """Return the names of the people, groups and places of a document, sorted."""
    rows = models.Extraction.objects.using(case.alias).filter(document=document_id)
    kept = rows.values_list("judged", "blob").first()
    return tuple(sorted({each.name for each in decode(kept[0] or kept[1], Extraction).entities})) if kept else ()


def _acquisitions(case: Case, id_: str) -> tuple[Acquisition, ...]:
    rows = models.Acquisition.objects.using(case.alias).filter(document=id_).order_by("acquired_at", "id")
    return tuple(
        Acquisition(
            document_id=id_, name=row.name, path=row.path, container=row.container or None,
            acquired_at=row.acquired_at, acquired_by=row.acquired_by,
        )
        for row in rows[:_MOST_ACQUISITIONS]
    )  # fmt: skip


def _rejects(case: Case, id_: str) -> tuple[Reject, ...]:
    rows = models.Reject.objects.using(case.alias).filter(document=id_).order_by("stage", "id")
    return tuple(
        Reject(
            name=row.name, stage=row.stage, code=row.code, message=row.message, hint=row.hint,
            document_id=row.document_id, path=row.path or None,
        )
        for row in rows
    )  # fmt: skip


def _ties(case: Case, id_: str) -> tuple[tuple[Tied, ...], int]:
    rows = models.Tie.objects.using(case.alias).filter(Q(a=id_) | Q(b=id_))
    found = [decode(blob, Tie) for blob in rows.order_by("-strong", "kind", "a", "b").values_list("blob", flat=True)]
    by_other: dict[str, list[Tie]] = {}
    for tie in found:
        by_other.setdefault(tie.b if tie.a == id_ else tie.a, []).append(tie)
    names = models.Document.objects.using(case.alias).filter(id__in=list(by_other)[:_MOST_TIES])
    known = {row[0]: row[1:] for row in names.values_list("id", "name", "reading__title")}
    tied = tuple(
        Tied(ties=tuple(ties), document_id=other, name=known[other][0], title=known[other][1])
        for other, ties in by_other.items()
        if other in known
    )
    return tied, len(by_other)
