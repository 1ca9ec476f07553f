"""The list of documents: how far each has come, what is known of it, and what was refused.

Every function asks a number of queries that does not depend on how many documents there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Problem, Reject
from muster.store import models
from muster.store.case import Case

DocumentState = Literal["waiting", "refused", "read", "extracted"]
Order = Literal["name", "published", "added", "statements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which documents are asked for; what is empty does not matter.

    words stand in the name, title, author or outlet; upload is part of the path that a document came by.
    """

    state: str = ""
    language: str = ""
    words: str = ""
    upload: str = ""
    order: str = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document in the list.

    published_on is the date that it gives itself, settled_on the one that others give it.  reject says why
    it was refused.  n_statements leaves out those that people rejected.
    """

    id: str
    name: str
    media_type: str
    n_bytes: int
    state: DocumentState
    title: str | None
    author: str | None
    outlet: str | None
    published_on: str | None
    settled_on: str | None
    language: str | None
    reject: Reject | None
    n_statements: int
    n_problems: int
    added_at: str


def list_documents(case: Case, wanted: Wanted, offset: int = 0, n: int = 50) -> tuple[Listed, ...]:
    """Return some of the documents that are wanted, in the order that is wanted."""
    ordered = _ordered(_wanted(case, wanted), wanted.order).values_list("id", flat=True)
    ids = list(ordered[offset : offset + n])  # narrow rows are sorted sooner
    rows = _documents(case).in_bulk(ids)
    return _listed(case, [rows[id_] for id_ in ids if id_ in rows])


def count_documents(case: Case, wanted: Wanted) -> int:
    """Count the documents that are wanted."""
    return _wanted(case, wanted).count()


def count_states(case: Case) -> Mapping[str, int]:
    """Count the documents of each state, and all of them under ""."""
    rows = _documents(case)
    refused = models.Reject.objects.using(case.alias).filter(document__isnull=False).values("document")
    n_all, n_refused = rows.count(), refused.distinct().count()
    readings, extractions = models.Reading.objects.using(case.alias), models.Extraction.objects.using(case.alias)
    n_read = readings.count() - readings.filter(document__in=refused).count()
    n_extracted = extractions.count() - extractions.filter(document__in=refused).count()
    return {
        "": n_all, "extracted": n_extracted, "read": n_read - n_extracted, "waiting": n_all - n_refused - n_read,
        "refused": n_refused,
    }  # fmt: skip


def languages(case: Case) -> tuple[str, ...]:
    """Return the languages of the documents, the most frequent first."""
    rows = models.Reading.objects.using(case.alias).values("language").annotate(n=Count("pk"))
    return tuple(rows.order_by("-n", "language").values_list("language", flat=True))


_READ = Exists(models.Reading.objects.filter(document=OuterRef("pk")))
_EXTRACTED = Exists(models.Extraction.objects.filter(document=OuterRef("pk")))
_REFUSED = Exists(models.Reject.objects.filter(document=OuterRef("pk")))
_STATES: Mapping[str, Q] = {
    "extracted": Q(_EXTRACTED) & ~Q(_REFUSED),
    "read": Q(_READ) & ~Q(_EXTRACTED) & ~Q(_REFUSED),
    "waiting": ~Q(_READ) & ~Q(_REFUSED),
    "refused": Q(_REFUSED),
}


def _is(state: str) -> Q:
    return _STATES.get(state, Q(pk__in=[]))


def _documents(case: Case) -> "QuerySet[models.Document]":
    return models.Document.objects.using(case.alias)


def _wanted(case: Case, wanted: Wanted) -> "QuerySet[models.Document]":
    rows = _documents(case)
    if wanted.state:
        rows = rows.filter(_is(wanted.state))
    if wanted.language:
        rows = rows.filter(reading__language=wanted.language)
    for word in wanted.words.split()[:8]:
        columns = ("name", "reading__title", "reading__author", "reading__outlet")
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(found)
    if wanted.upload:
        came = models.Acquisition.objects.filter(document=OuterRef("pk"), path__contains=wanted.upload)
        rows = rows.filter(Exists(came))
    return rows


def _ordered(rows: "QuerySet[models.Document]", order: str) -> "QuerySet[models.Document]":
    if order == "published":
        return rows.order_by(F("reading__published_on").desc(nulls_last=True), "name", "id")
    if order == "added":
        return rows.annotate(added=_added()).order_by("-added", "name", "id")
    if order == "statements":
        return rows.order_by(F("extraction__n_statements").desc(nulls_last=True), "name", "id")
    return rows.order_by("name", "id")


def _added() -> Subquery:
    came = models.Acquisition.objects.filter(document=OuterRef("pk")).order_by().values("document")
    return Subquery(came.annotate(at=Min("acquired_at")).values("at"))


def _listed(case: Case, rows: list[models.Document]) -> tuple[Listed, ...]:
    ids = [row.id for row in rows]
    columns = ("document_id", "title", "author", "outlet", "published_on", "language")
    found = models.Reading.objects.using(case.alias).filter(document__in=ids)
    readings = {row[0]: row[1:] for row in found.values_list(*columns)}
    settled = dict(models.Settled.objects.using(case.alias).filter(document__in=ids).values_list("document_id", "on"))
    extracted = set(
        models.Extraction.objects.using(case.alias).filter(document__in=ids).values_list("document_id", flat=True)
    )
    rejects = {
        each.document_id: each for each in _rejects(models.Reject.objects.using(case.alias).filter(document__in=ids))
    }
    statements = _tally(models.Statement.objects.using(case.alias).exclude(status="rejected"), ids)
    problems = _tally(models.Problem.objects.using(case.alias), ids)
    came = models.Acquisition.objects.using(case.alias).filter(document__in=ids).order_by().values("document_id")
    added = dict(came.annotate(at=Min("acquired_at")).values_list("document_id", "at"))
    out = []
    for row in rows:
        title, author, outlet, published_on, language = readings.get(row.id, (None,) * 5)
        state: DocumentState = "extracted" if row.id in extracted else "read" if row.id in readings else "waiting"
        out.append(Listed(
            id=row.id, name=row.name, media_type=row.media_type, n_bytes=row.n_bytes,
            state="refused" if row.id in rejects else state, title=title, author=author, outlet=outlet,
            published_on=published_on, settled_on=settled.get(row.id), language=language,
            reject=rejects.get(row.id), n_statements=statements.get(row.id, 0),
            n_problems=problems.get(row.id, 0) + (row.id in settled), added_at=added.get(row.id, ""),
        ))  # fmt: skip
    return tuple(out)


def _tally(rows: "QuerySet[models.Statement] | QuerySet[models.Problem]", ids: list[str]) -> dict[str, int]:
    found = rows.filter(document__in=ids).order_by().values("document_id").annotate(n=Count("pk"))
    return dict(found.values_list("document_id", "n"))


# ---- what was refused, and what one must know


def list_rejects(case: Case, offset: int = 0, n: int = 50) -> tuple[Reject, ...]:
    """Return some of what was refused, by name."""
    rows = models.Reject.objects.using(case.alias).order_by("name", "path", "stage", "id")
    return tuple(_rejects(rows[offset : offset + n]))


def count_rejects(case: Case) -> int:
    """Count what was refused."""
    return models.Reject.objects.using(case.alias).count()


def _rejects(rows: Iterable[models.Reject]) -> list[Reject]:
    return [
        Reject(
            name=row.name, stage=row.stage, code=row.code, message=row.message, hint=row.hint,
            document_id=row.document_id, path=row.path or None,
        )
        for row in rows
    ]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """How many documents an upload brought that were new, or known before, and how much of it was refused."""

    n_new: int
    n_known: int
    n_refused: int


def count_brought(case: Case, upload: str) -> Brought:
    """Count what came of an upload, at the door or later; upload is part of its path."""
    came = models.Acquisition.objects.using(case.alias).filter(path__contains=upload)
    ids = set(came.values_list("document_id", flat=True))
    others = models.Acquisition.objects.using(case.alias).filter(document__in=came.values("document_id"))
    known = set(others.exclude(path__contains=upload).values_list("document_id", flat=True))
    rejects = models.Reject.objects.using(case.alias)
    refused = rejects.filter(Q(path__contains=upload) | Q(document__in=came.values("document_id")))
    return Brought(n_new=len(ids - known), n_known=len(known), n_refused=refused.count())


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Something that a reader must know of a document, and the document's name."""

    problem: Problem
    name: str


def list_problems(case: Case, offset: int = 0, n: int = 50) -> tuple[Known, ...]:
    """Return some of what a reader must know of documents, those that others date last."""
    rows = models.Problem.objects.using(case.alias).order_by("document__name", "document", "at", "id")
    found = [
        Known(
            problem=Problem(document_id=row.document_id, kind=row.kind, why=row.why, words=row.words, at=row.at),
            name=row.document.name,
        )
        for row in rows.select_related("document")[offset : offset + n]
    ]
    if len(found) < n:
        after = max(0, offset - models.Problem.objects.using(case.alias).count())
        found += _settled(case, after, n - len(found))
    return tuple(found)


def count_problems(case: Case) -> int:
    """Count what a reader must know of documents."""
    settled = models.Settled.objects.using(case.alias).count()
    return models.Problem.objects.using(case.alias).count() + settled


def _settled(case: Case, offset: int, n: int) -> list[Known]:
    rows = models.Settled.objects.using(case.alias).order_by("document__name", "document")
    return [
        Known(
            problem=Problem(document_id=id_, kind="dated_by_others", why=why, words=on),
            name=name,
        )
        for id_, name, why, on in rows.values_list("document_id", "document__name", "why", "on")[offset : offset + n]
    ]
