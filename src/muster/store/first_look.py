"""What somebody who opens a case should see first: how far it is, and what cannot be left as it is.

Every function asks a number of queries that does not depend on how large the case is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet

import muster.store.orm  # noqa: F401  models need Django ready
from muster.records import Disagreement, Question, Statement
from muster.store import models
from muster.store.around import DocumentBrief, IncidentBrief, documents_brief, incidents_brief
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.lookup import as_judged, dated
from muster.store.overview import look_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How much a case holds.  statements are counted by status; problems are single documents'."""

    documents: int
    incidents: int
    people: int
    disagreements: int
    rejects: int
    problems: int
    statements: Mapping[str, int]

    @property
    def n_statements(self) -> int:
        """All statements but the rejected ones."""
        return sum(n for status, n in self.statements.items() if status != "rejected")

    @property
    def n_found(self) -> int:
        """All statements."""
        return sum(self.statements.values())

    @property
    def n_judged(self) -> int:
        """Those that people accepted, corrected or rejected."""
        return self.n_found - self.statements.get("proposed", 0) - self.statements.get("seconded", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement and its document."""

    statement: Statement
    document: DocumentBrief


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A disagreement with its one or two statements, and the incident that it is about."""

    disagreement: Disagreement
    said: tuple[Said, ...]
    incident: IncidentBrief | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deaths:
    """Deaths that one independent group alone states: how many (0: no number), and its words."""

    incident: IncidentBrief
    n: int
    origin: str
    said: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person, with the last that is known of them."""

    id: str
    name: str
    state: str | None
    on: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """Some people of so many."""

    people: tuple[Somebody, ...]
    total: int


def figures(case: Case) -> Figures:
    """Count what the case holds."""
    statements = models.Statement.objects.using(case.alias).order_by().values("status").annotate(n=Count("pk"))
    return Figures(
        documents=models.Document.objects.using(case.alias).count(),
        incidents=models.ListedIncident.objects.using(case.alias).count(),
        people=models.Entity.objects.using(case.alias).filter(kind="person").count(),
        disagreements=models.Disagreement.objects.using(case.alias).count(),
        rejects=models.Reject.objects.using(case.alias).count(),
        problems=models.Problem.objects.using(case.alias).count() + models.Settled.objects.using(case.alias).count(),
        statements=dict(statements.values_list("status", "n")),
    )


def clashes(case: Case, n: int) -> tuple[Clash, ...]:
    """Return the disagreements that change most, one of a kind in each incident."""
    found = look_first(case, n)
    said = _said(case, {id_ for each in found for id_ in (each.a, each.b) if id_})
    incidents = incidents_brief(case, {each.incident_id for each in found if each.incident_id})
    return tuple(
        Clash(
            disagreement=each,
            said=tuple(said[id_] for id_ in (each.a, each.b) if id_ in said),
            incident=incidents.get(each.incident_id or ""),
        )
        for each in found
    )


def deaths_alone(case: Case, n: int) -> tuple[tuple[Deaths, ...], int]:
    """Return incidents whose deaths one independent group alone states, the most dead first, and how many there are."""
    rows = models.Incident.objects.using(case.alias).filter(dead_alone__isnull=False)
    found = list(rows.order_by("-dead_alone", "id").values_list("id", "dead_alone", "questions")[:n])
    stated = {id_: _stated(decode(blob, tuple[Question, ...])) for id_, _n, blob in found}
    said = _said(case, {statement for statement, _origin in stated.values() if statement})
    briefs = incidents_brief(case, stated)
    deaths = tuple(
        Deaths(incident=briefs[id_], n=number or 0, origin=stated[id_][1], said=said.get(stated[id_][0]))
        for id_, number, _blob in found
        if id_ in briefs
    )
    return deaths, rows.count()


def _stated(questions: Iterable[Question]) -> tuple[str, str]:
    """The first statement that gives dead above none, and whom it comes from."""
    answers = [answer for each in questions if each.kind == "killed" for answer in each.answers]
    for answer in answers:
        if not answer.denied and answer.high != 0:
            return min(answer.statement_ids, default=""), next(iter(answer.origins), "")
    return "", ""


def people_dead_alone(case: Case, n: int) -> Some:
    """Return people of whom one independent group alone says that they are dead, by name."""
    rows = models.Person.objects.using(case.alias).filter(dead_alone=True)
    return _some(rows.order_by("name", "entity"), n)


def unaccounted(case: Case, n: int) -> Some:
    """Return people of whom something is known, and not where they are now, the last heard of first."""
    rows = models.Person.objects.using(case.alias).filter(accounted_for=False, last_state__isnull=False)
    return _some(rows.order_by(F("last_on").desc(nulls_last=True), "name", "entity"), n)


def _some(rows: "QuerySet[models.Person]", n: int) -> Some:
    columns = ("entity_id", "name", "last_state", "last_on")
    people = tuple(
        Somebody(id=id_, name=name, state=state, on=on) for id_, name, state, on in rows.values_list(*columns)[:n]
    )
    return Some(people=people, total=rows.count())


def newest_documents(case: Case, n: int) -> tuple[DocumentBrief, ...]:
    """Return the documents that were brought in last, the last first."""
    rows = models.Acquisition.objects.using(case.alias).order_by("-id").values_list("document_id", flat=True)
    ids = list(dict.fromkeys(rows[: 4 * n]))[:n]
    found = documents_brief(case, ids)
    return tuple(found[id_] for id_ in ids if id_ in found)


def _said(case: Case, ids: Iterable[str]) -> dict[str, Said]:
    rows = models.Statement.objects.using(case.alias).filter(id__in=sorted(set(ids)))
    statements = [as_judged(*row) for row in rows.values_list("blob", "judged", "status")]
    documents = sorted({each.document_id for each in statements})
    briefs = documents_brief(case, documents)
    others = models.Settled.objects.using(case.alias).filter(document__in=documents)
    settled = {id_: (language, on) for id_, language, on in others.values_list("document_id", "language", "on")}
    return {
        each.id: Said(statement=dated(each, settled), document=briefs[each.document_id])
        for each in statements
        if each.document_id in briefs
    }
