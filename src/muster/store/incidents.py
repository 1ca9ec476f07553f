"""Incidents as pages show them: a page of the list, one with its statements, and those near it.

Lists read narrow rows (`muster.store.listed`); nothing here reads a whole table.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

import muster.store.orm  # noqa: F401  models need Django ready
from muster.languages.edtf import parse_edtf
from muster.publish.grid import Standing
from muster.records import Disagreement, Incident, Question, QuestionKind, Statement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import settled_dates
from muster.store.wide import get_statements_by_id

_ORDER: tuple[QuestionKind, ...] = ("when", "where", "who", "killed", "injured", "detained", "missing")
_NEAR = timedelta(days=45)
_SORTS: Mapping[str, tuple[Any, ...]] = {
    "first": ("-n_disagreements", "-n_groups", "-n_statements", "incident_id"),
    "date": (F("first_on").asc(nulls_last=True), "last_on", "incident_id"),
    "latest": (F("first_on").desc(nulls_last=True), "last_on", "incident_id"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """An incident in a list; as in `muster.store.models.ListedIncident`."""

    id: str
    name: str
    kind: str
    when: str | None
    first_on: str | None
    last_on: str | None
    place: str | None
    place_entity: str | None
    status: str
    n_statements: int
    n_groups: int
    n_disagreements: int
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFilter:
    """Which incidents are wanted.  since and until are ISO days; place is part of a name, or an entity's id.

    dated: only those with a date, or only those without one.
    """

    kind: str = ""
    status: str = ""
    since: str = ""
    until: str = ""
    place: str = ""
    dated: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """Some rows of a list, and how many there are in all."""

    rows: tuple[IncidentRow, ...]
    n: int


def list_incidents(
    case: Case, wanted: IncidentFilter, *, sort: str = "first", limit: int = 50, offset: int = 0
) -> Incidents:
    """Return incidents: "first", those with most contradictions; by "date", or the "latest" before the others."""
    rows = _filtered(case, wanted)
    shown = rows.order_by(*_SORTS.get(sort, _SORTS["first"]))[offset : offset + limit]
    return Incidents(rows=tuple(_row(each) for each in shown), n=rows.count())


def _filtered(case: Case, wanted: IncidentFilter) -> "QuerySet[models.ListedIncident]":
    rows = models.ListedIncident.objects.using(case.alias).all()
    rows = rows.filter(kind=wanted.kind) if wanted.kind else rows
    rows = rows.filter(status=wanted.status) if wanted.status else rows
    rows = rows.filter(last_on__gte=wanted.since) if wanted.since else rows
    rows = rows.filter(first_on__lte=wanted.until) if wanted.until else rows
    if wanted.dated is not None:
        rows = rows.filter(first_on__isnull=not wanted.dated)
    if wanted.place.startswith("e-"):
        return rows.filter(place_entity=wanted.place)
    return rows.filter(place__icontains=wanted.place) if wanted.place else rows


def _row(each: models.ListedIncident) -> IncidentRow:
    return IncidentRow(
        id=each.incident_id, name=each.name, kind=each.kind, when=each.when, first_on=each.first_on,
        last_on=each.last_on, place=each.place, place_entity=each.place_entity, status=each.status,
        n_statements=each.n_statements, n_groups=each.n_groups, n_disagreements=each.n_disagreements,
        killed_low=each.killed_low, killed_high=each.killed_high, injured_low=each.injured_low,
        injured_high=each.injured_high,
    )  # fmt: skip


def kinds_of_incidents(case: Case) -> tuple[str, ...]:
    """Return the kinds of which there are incidents, sorted."""
    rows = models.ListedIncident.objects.using(case.alias).order_by("kind").values_list("kind", flat=True)
    return tuple(rows.distinct())


def period(case: Case, wanted: IncidentFilter) -> tuple[date, date] | None:
    """Return the first and the last day of the incidents that are wanted; open ends do not count."""
    rows = _filtered(case, wanted).exclude(first_on=date.min.isoformat()).exclude(last_on=date.max.isoformat())
    rows = rows.filter(first_on__isnull=False)
    first = rows.order_by("first_on").values_list("first_on", flat=True).first()
    last = rows.order_by("-last_on").values_list("last_on", flat=True).first()
    return (date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def dates_given(case: Case, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the dates, EDTF, that answers give to incidents, by incident id."""
    rows = models.Incident.objects.using(case.alias).filter(id__in=set(ids)).values_list("id", "questions")
    found = {}
    for id_, blob in rows:
        asked: tuple[Question, ...] = decode(blob, tuple[Question, ...])
        answers = (a.value for each in asked if each.kind == "when" for a in each.answers if not a.denied)
        found[id_] = tuple(sorted(set(answers)))
    return found


def count_by_period(case: Case, wanted: IncidentFilter, n_chars: int) -> tuple[tuple[str, int], ...]:
    """Count incidents by the first part of the day that they began on: 4 characters give years, 7 months, 10 days."""
    rows = _filtered(case, wanted).filter(first_on__isnull=False).exclude(first_on=date.min.isoformat())
    counted = rows.annotate(part=Substr("first_on", 1, n_chars)).order_by("part").values("part").annotate(n=Count("pk"))
    return tuple(counted.values_list("part", "n"))


def count_undated(case: Case, wanted: IncidentFilter) -> int:
    """Count the incidents without a date, of any period."""
    return _filtered(case, replace(wanted, since="", until="")).filter(first_on__isnull=True).count()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """A place with the number of incidents there, and of those whose answers are disputed."""

    entity: str
    n: int
    n_disputed: int


def count_by_place(case: Case, wanted: IncidentFilter, limit: int) -> tuple[tuple[PlaceCount, ...], int]:
    """Count incidents by place, those of most first; and how many incidents have no place that is known."""
    rows = _filtered(case, wanted)
    placed = rows.filter(place_entity__isnull=False).order_by().values("place_entity")
    counted = placed.annotate(n=Count("pk"), n_disputed=Count("pk", filter=Q(status="disputed")))
    found = counted.order_by("-n", "place_entity").values_list("place_entity", "n", "n_disputed")[:limit]
    counts = tuple(PlaceCount(entity=str(id_), n=n, n_disputed=n_disputed) for id_, n, n_disputed in found)
    return counts, rows.filter(place_entity__isnull=True).count()


def incidents_by_id(case: Case, ids: Iterable[str]) -> dict[str, IncidentRow]:
    """Return rows of incidents, by id; ids that are not there are left out."""
    rows = models.ListedIncident.objects.using(case.alias).filter(incident_id__in=set(ids))
    return {each.incident_id: _row(each) for each in rows}


def near_incidents(case: Case, incident: IncidentRow, words: str = "", limit: int = 8) -> tuple[IncidentRow, ...]:
    """Return incidents that may be the same: with words in their names; else about as old, the same kind first."""
    rows = models.ListedIncident.objects.using(case.alias).exclude(incident_id=incident.id)
    if words:
        for word in words.split()[:8]:
            rows = rows.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(when__startswith=word))
        return tuple(_row(each) for each in rows.order_by("-n_statements", "incident_id")[:limit])
    days = parse_edtf(incident.when) if incident.when else None
    if days is not None and date.min + _NEAR < days.first and days.last < date.max - _NEAR:
        since, until = (days.first - _NEAR).isoformat(), (days.last + _NEAR).isoformat()
        rows = rows.filter(first_on__lte=until, last_on__gte=since)
    elif incident.place_entity:
        rows = rows.filter(place_entity=incident.place_entity)
    found = [_row(each) for each in rows.order_by("-n_statements", "incident_id")[: 10 * limit]]
    found.sort(key=lambda each: (each.kind != incident.kind, each.place_entity != incident.place_entity))
    return tuple(found[:limit])


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentView:
    """An incident with what was found of it.

    order holds the ids of its statements by name of document and place in it; standing is where each of
    them stands; publishers maps each document to the name of its source, names to its own.
    """

    row: IncidentRow
    incident: Incident
    questions: tuple[Question, ...]
    disagreements: tuple[Disagreement, ...]
    order: tuple[str, ...]
    standing: Standing
    publishers: Mapping[str, str]
    names: Mapping[str, str]


def get_incident(case: Case, id_: str) -> IncidentView:
    """Return an incident.  Raises KeyError where there is none."""
    rows = models.Incident.objects.using(case.alias).filter(id=id_)
    found, listed = rows.values_list("blob", "questions").first(), incidents_by_id(case, [id_])
    if found is None or id_ not in listed:
        raise KeyError(id_)
    asked: tuple[Question, ...] = decode(found[1], tuple[Question, ...])
    clashes = models.Disagreement.objects.using(case.alias).filter(incident_id=id_).order_by("-rank", "a", "b", "kind")
    statements = models.Statement.objects.using(case.alias).filter(incident=id_)
    placed = list(
        statements.order_by("document__name", "document_id", "start", "id").values_list(
            "id", "document_id", "document__name", "origin", "counts_for"
        )
    )
    names = {row[1]: row[2] for row in placed}
    return IncidentView(
        row=listed[id_],
        incident=decode(found[0], Incident),
        questions=tuple(sorted(asked, key=lambda each: _ORDER.index(each.kind))),
        disagreements=tuple(decode(blob, Disagreement) for blob in clashes.values_list("blob", flat=True)),
        order=tuple(row[0] for row in placed),
        standing=Standing(
            documents={row[0]: row[1] for row in placed},
            origins={row[0]: row[3] for row in placed},
            groups={row[0]: row[4] for row in placed},
        ),
        publishers=publishers(case, names),
        names=names,
    )


def publishers(case: Case, document_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of the sources of documents, by document id; a document without one has its own name."""
    rows = models.Document.objects.using(case.alias).filter(id__in=set(document_ids))
    found = list(rows.values_list("id", "source", "name"))
    sources = models.Source.objects.using(case.alias).filter(id__in={row[1] for row in found})
    names = dict(sources.values_list("id", "name"))
    return {id_: names.get(source, name) for id_, source, name in found}


def shown_statements(case: Case, ids: Iterable[str]) -> dict[str, Statement]:
    """Return statements by id, as judged, with the dates that their documents are held to be from."""
    return get_statements_by_id(case, ids, settled_dates(case))


def incident_of(case: Case, statement_ids: Sequence[str]) -> str | None:
    """Return the incident that now holds most of some statements, or None."""
    rows = models.Statement.objects.using(case.alias).filter(id__in=statement_ids, incident__isnull=False)
    found = list(rows.values_list("incident", flat=True))
    return max(sorted({each for each in found if each}), key=found.count, default=None)


def units(case: Case, incident_id: str, statement_ids: Iterable[str]) -> list[str]:
    """Return chosen statements of an incident as subjects of judgements: whole events where all of one are chosen.

    Raises:
        KeyError: one of them is not in the incident.
    """
    chosen = sorted(set(statement_ids))
    rows = models.Statement.objects.using(case.alias).filter(incident=incident_id)
    event_of = dict(rows.values_list("id", "event"))
    found: list[str] = []
    for id_ in chosen:
        event = event_of[id_]
        members = [other for other, theirs in event_of.items() if theirs == event]
        whole = event is not None and set(members) <= set(chosen)
        found.append(event if whole and event else id_)
    return list(dict.fromkeys(found))
