"""Sources as pages show them: a page of the list, and one with what it said, whom it repeats and its ties."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import SourceSheet, Statement, Tie
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode, from_json
from muster.store.incidents import shown_statements
from muster.store.judging import SourceJudged, source_judgements
from muster.weigh.folding import fold

_FACTUAL = ("asserted", "alleged", "possible")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source in a list.  reliability is the letter that a person judged it to have, or empty."""

    id: str
    name: str
    owner: str | None
    n_documents: int
    n_statements: int
    n_alone: int
    n_contradicted: int
    reliability: str


def list_sources(case: Case, words: str = "", limit: int = 50, offset: int = 0) -> tuple[SourceRow, ...]:
    """Return sources, those of most statements first; words are part of a name or of the owner's."""
    judged = judged_sources(case)
    rows = _filtered(case, words).order_by("-n_statements", "name", "id")[offset : offset + limit]
    return tuple(_row(each, judged) for each in rows.defer("blob"))


def count_sources(case: Case, words: str = "") -> int:
    """Count the sources that `list_sources` lists."""
    return _filtered(case, words).count()


def judged_sources(case: Case) -> dict[str, SourceJudged]:
    """Return what people judged of sources, by their folded names."""
    return {fold(name): judged for name, judged in source_judgements(case).items()}


def _filtered(case: Case, words: str) -> "QuerySet[models.Source]":
    rows = models.Source.objects.using(case.alias).all()
    return rows.filter(Q(name__icontains=words) | Q(owner__icontains=words)) if words else rows


def _row(each: models.Source, judged: dict[str, SourceJudged]) -> SourceRow:
    found = judged.get(fold(each.name), SourceJudged()).reliability
    return SourceRow(
        id=each.id, name=each.name, owner=each.owner, n_documents=each.n_documents, n_statements=each.n_statements,
        n_alone=each.n_alone, n_contradicted=each.n_contradicted,
        reliability=from_json(found.value, str) if found else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """A source.  n_factual counts its statements of fact about incidents: those that can be confirmed or stand alone.

    repeats and repeated_by are (id, name) of sources.
    """

    row: SourceRow
    sheet: SourceSheet
    judged: SourceJudged
    n_factual: int
    repeats: tuple[tuple[str, str], ...]
    repeated_by: tuple[tuple[str, str], ...]


def get_source(case: Case, id_: str) -> SourceView:
    """Return a source.  Raises KeyError where there is none."""
    found = models.Source.objects.using(case.alias).filter(id=id_).first()
    if found is None:
        raise KeyError(id_)
    sheet, judged = decode(found.blob, SourceSheet), judged_sources(case)
    names = set(sheet.repeats) | set(sheet.repeated_by)
    ids = dict(models.Source.objects.using(case.alias).filter(name__in=names).values_list("name", "id"))
    factual = _statements(case, id_).filter(incident__isnull=False, modality__in=_FACTUAL)
    return SourceView(
        row=_row(found, judged), sheet=sheet, judged=judged.get(fold(found.name), SourceJudged()),
        n_factual=factual.count(),
        repeats=tuple((ids.get(name, ""), name) for name in sheet.repeats),
        repeated_by=tuple((ids.get(name, ""), name) for name in sheet.repeated_by),
    )  # fmt: skip


def _statements(case: Case, id_: str) -> "QuerySet[models.Statement]":
    documents = models.Document.objects.using(case.alias).filter(source=id_).values("id")
    return models.Statement.objects.using(case.alias).filter(document__in=documents).exclude(status="rejected")


def alone_statements(case: Case, id_: str, limit: int, offset: int) -> tuple[Statement, ...]:
    """Return statements that a source alone made, by name of document and place in it."""
    rows = _statements(case, id_).filter(alone=True, incident__isnull=False)
    rows = rows.order_by("document__name", "document_id", "start", "id")
    ids = list(rows.values_list("id", flat=True)[offset : offset + limit])
    found = shown_statements(case, ids)
    return tuple(found[each] for each in ids if each in found)


def source_documents(case: Case, id_: str, limit: int) -> tuple[tuple[str, str, str | None, str | None], ...]:
    """Return (id, name, title, date) of documents of a source, by name."""
    rows = models.Document.objects.using(case.alias).filter(source=id_).order_by("name", "id")
    return tuple(rows.values_list("id", "name", "reading__title", "reading__published_on")[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTie:
    """A tie between a document of a source and another; names are those of the documents."""

    tie: Tie
    mine: str
    mine_name: str
    other: str
    other_name: str
    other_source: str


def ties_of_source(case: Case, id_: str, limit: int) -> tuple[tuple[SourceTie, ...], int]:
    """Return ties of a source's documents to those of others, the strong ones first, and how many there are."""
    documents = models.Document.objects.using(case.alias)
    mine = documents.filter(source=id_).values("id")
    rows = models.Tie.objects.using(case.alias).filter(Q(a__in=mine) ^ Q(b__in=mine))
    ties = [
        decode(blob, Tie)
        for blob in rows.order_by("-strong", "kind", "a", "b", "digest").values_list("blob", flat=True)[:limit]
    ]
    names = {row[0]: row[1:] for row in _named(case, (id_ for tie in ties for id_ in (tie.a, tie.b)))}
    found = []
    for tie in ties:
        own, other = (tie.a, tie.b) if names[tie.a][1] == id_ else (tie.b, tie.a)
        found.append(
            SourceTie(
                tie=tie, mine=own, mine_name=names[own][0], other=other, other_name=names[other][0],
                other_source=names[other][1],
            )
        )  # fmt: skip
    return tuple(found), rows.count()


def _named(case: Case, ids: Iterable[str]) -> Iterable[tuple[str, str, str]]:
    return models.Document.objects.using(case.alias).filter(id__in=set(ids)).values_list("id", "name", "source")


def find_documents(case: Case, words: str, but: str, limit: int = 12) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of documents of other sources whose name or title holds words."""
    if not words:
        return ()
    rows = models.Document.objects.using(case.alias).exclude(source=but).filter(reading__isnull=False)
    rows = rows.filter(Q(name__icontains=words) | Q(reading__title__icontains=words)).order_by("name", "id")
    return tuple(rows.values_list("id", "name")[:limit])
