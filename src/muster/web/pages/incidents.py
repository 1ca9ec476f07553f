"""Incidents: the list; and one as questions against independent groups, with what people decide of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.languages.edtf import parse_edtf
from muster.publish.grid import NUMBERS, lay_out
from muster.records import Disagreement, Standard, Statement
from muster.run.judge import Decision, judge_many
from muster.store import incidents as stored
from muster.store.codec import to_json
from muster.store.incidents import IncidentFilter, IncidentView
from muster.store.judging import findings, judgements_on
from muster.web.doors import Visit, case_page
from muster.web.listing import page_of
from muster.web.pages.judging import Typed, latest, read_seen, signed, signer
from muster.web.wording import QUESTION_STATUSES, STANDARDS

_N_COLUMNS = 6
_N_CELL = 6
_N_CLASHES = 5
_MOST_CHOSEN = 50


@case_page("reader")
def incidents(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the incidents, those with most contradictions first."""
    wanted, problem = read_filter(request)
    sort = request.GET.get("sort", "first")
    n = stored.list_incidents(visit.case, wanted, limit=0).n
    paging = page_of(request, n)
    found = stored.list_incidents(visit.case, wanted, sort=sort, limit=paging.n, offset=paging.offset)
    asked = {key: request.GET.get(key, "") for key in ("kind", "status", "since", "until", "place", "sort")}
    return render(
        request, "incidents.html",
        {
            "rows": found.rows, "n": n, "paging": paging, "asked": asked, "problem": problem,
            "kinds": stored.kinds_of_incidents(visit.case), "statuses": QUESTION_STATUSES,
            "sorts": (("first", _("most contradictions")), ("date", _("oldest")), ("latest", _("latest"))),
            "is_narrowed": "undated" in request.GET or any(value for key, value in asked.items() if key != "sort"),
        },
    )  # fmt: skip


def read_filter(request: HttpRequest) -> tuple[IncidentFilter, str]:
    """Read which incidents are asked for, and what could not be read."""
    given = {key: request.GET.get(key, "").strip()[:200] for key in ("kind", "status", "since", "until", "place")}
    problem = ""
    for key, at_end in (("since", False), ("until", True)):
        days = parse_edtf(given[key]) if given[key] else None
        if given[key] and days is None:
            problem = _("“%(date)s” is no date: write it as 2017-03-04, 2017-03 or 2017.") % {"date": given[key]}
        given[key] = "" if days is None else _day(days.last if at_end else days.first)
    undated = False if "undated" in request.GET else None
    return IncidentFilter(**given, dated=undated), problem


def _day(day: date) -> str:
    return day.isoformat()


# ---- one incident


@case_page("reader")
def incident(request: HttpRequest, visit: Visit, incident: str) -> HttpResponse:
    """Show one incident: what is asked of it, who answers what, what contradicts what, and what was found."""
    return _page(request, visit, _view(visit, incident), Typed())


def _view(visit: Visit, id_: str) -> IncidentView:
    try:
        return stored.get_incident(visit.case, id_)
    except KeyError:
        raise Http404 from None


def _page(request: HttpRequest, visit: Visit, view: IncidentView, typed: Typed, status: int = 200) -> HttpResponse:
    place = {id_: at for at, id_ in enumerate(view.order)}
    n_columns = 1000 if "all" in request.GET else _N_COLUMNS
    grid = lay_out(view.questions, view.standing, n_columns, place.__getitem__, lambda id_: (view.names[id_], id_))
    paging = page_of(request, len(view.order))
    listed = view.order[paging.offset : paging.offset + paging.n]
    clashes = view.disagreements if "all" in request.GET else _first_clashes(view.disagreements)
    cells = {
        id_ for line in grid.lines for cells in line.cells for cell in cells for id_ in cell.statement_ids[:_N_CELL]
    }
    both = {id_ for each in clashes for id_ in (each.a, each.b) if id_}
    statements = stored.shown_statements(visit.case, {*listed, *cells, *both})
    found = {each.question: each for each in findings(visit.case, view.incident.id)}
    words = request.GET.get("with", "").strip()[:200]
    return render(
        request, "incident.html",
        {
            "row": view.row, "incident": view.incident, "grid": grid, "paging": paging, "typed": typed,
            "lines": [
                {
                    "line": line, "cells": _cells(line, grid, statements, view),
                    "finding": found.get(line.question.kind),
                    "by": signer(visit, found[line.question.kind].judgement.decided_by)
                    if line.question.kind in found else "",
                }
                for line in grid.lines
            ],
            "statements": [_said(statements[id_], view) for id_ in listed if id_ in statements],
            "clashes": [
                {"found": each, "sides": _sides(each, statements, view)}
                for each in clashes
            ],
            "n_clashes_more": len(view.disagreements) - len(clashes), "numbers": NUMBERS,
            "near": stored.near_incidents(visit.case, view.row, words), "words": words,
            "judgements": signed(visit, judgements_on(visit.case, view.incident.id), ("same", "different", "finding")),
            "seen": latest(visit.case), "standards": STANDARDS, "n_documents": len(view.names),
        },
        status=status,
    )  # fmt: skip


def _cells(line: Any, grid: Any, statements: dict[str, Statement], view: IncidentView) -> list[dict[str, Any]]:
    """For each column its answers, each with the statements behind it that are shown."""
    return [
        {
            "column": column,
            "answers": [
                {
                    "answer": cell.answer,
                    "denied": cell.answer.denied and cell.answer.high != 0,  # "denied: 0" would read as the opposite
                    "said": [_said(statements[id_], view) for id_ in cell.statement_ids[:_N_CELL] if id_ in statements],
                    "n": len(cell.statement_ids),
                    "n_more": max(0, len(cell.statement_ids) - _N_CELL),
                }
                for cell in cells
            ],
        }
        for column, cells in zip(grid.columns, line.cells, strict=True)
    ]


def _first_clashes(found: Sequence[Disagreement]) -> tuple[Disagreement, ...]:
    """Those that change most, one of each kind before a second of any."""
    first = {each.kind: each for each in reversed(found)}
    ordered = [each for each in found if first[each.kind] is each] + [e for e in found if first[e.kind] is not e]
    return tuple(ordered[:_N_CLASHES])


def _sides(found: Disagreement, statements: dict[str, Statement], view: IncidentView) -> list[dict[str, Any]]:
    return [_said(statements[id_], view) for id_ in (found.a, found.b) if id_ and id_ in statements]


def _said(statement: Statement, view: IncidentView) -> dict[str, Any]:
    id_ = statement.document_id
    return {"statement": statement, "publisher": view.publishers.get(id_, ""), "document": view.names.get(id_, "")}


# ---- deciding


@case_page("reviewer", "POST")
def judge_incident(request: HttpRequest, visit: Visit, incident: str) -> HttpResponseBase:
    """Join it with another, keep it apart from one, split statements off or move them, or record a finding."""
    view = _view(visit, incident)
    form = request.POST.get("form", "")
    try:
        decisions, told = _FORMS.get(form, _unknown)(request, visit, view)
        first = replace(decisions[0], seen=read_seen(request))
        judge_many(visit.case, [first, *decisions[1:]], decided_by=visit.by)
    except MusterError as error:
        return _page(request, visit, view, Typed.of(request, form, error), 409 if error.code == "stale" else 400)
    messages.success(request, told)
    there = stored.incident_of(visit.case, request.POST.getlist("chosen") or view.order)
    return redirect("incident", visit.slug, there) if there else redirect("incidents", visit.slug)


Decided = tuple[list[Decision], str]


def _unknown(request: HttpRequest, visit: Visit, view: IncidentView) -> Decided:
    raise MusterError("wrong_value", _("Nothing was chosen."), _("Use one of the forms of the page."))


def _other(request: HttpRequest) -> str:
    other = request.POST.get("other", "").strip()
    if not other.startswith("i-"):
        raise MusterError(
            "wrong_value", _("Choose the other incident."), _("Pick one of those listed, or search for it.")
        )
    return other


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()


def _merge(request: HttpRequest, visit: Visit, view: IncidentView) -> Decided:
    subjects = (view.incident.id, _other(request))
    if request.POST.get("apart"):
        return [Decision(kind="different", subjects=subjects, reason=_reason(request))], _("They are kept apart.")
    return [Decision(kind="same", subjects=subjects, reason=_reason(request))], _("They are one incident now.")


def _chosen(request: HttpRequest, visit: Visit, view: IncidentView) -> list[str]:
    chosen = request.POST.getlist("chosen")
    if not chosen or len(chosen) > _MOST_CHOSEN:
        raise MusterError("wrong_value", _("Choose the statements, at most 50."), _("Tick them in the list."))
    if len(set(chosen)) >= len(view.order):
        raise MusterError(
            "wrong_value", _("Nothing would be left here."), _("To join two incidents, use “The same as another”.")
        )
    try:
        return stored.units(visit.case, view.incident.id, chosen)
    except KeyError:
        raise MusterError(
            "stale", _("One of these statements is no longer here."), _("Look at the page as it is now.")
        ) from None


def _split(request: HttpRequest, visit: Visit, view: IncidentView) -> Decided:
    chosen, reason = _chosen(request, visit, view), _reason(request)
    apart = [Decision(kind="different", subjects=(view.incident.id, each), reason=reason) for each in chosen]
    if request.POST.get("move"):
        other = _other(request)
        moved = [Decision(kind="same", subjects=(other, each), reason=reason) for each in chosen]
        return apart + moved, _("They were moved.")
    joined = [Decision(kind="same", subjects=tuple(chosen), reason=reason)] if len(chosen) > 1 else []
    return apart + joined, _("They are an incident of their own now.")


def _find(request: HttpRequest, visit: Visit, view: IncidentView) -> Decided:
    standard = request.POST.get("standard", "")
    if standard not in get_args(Standard):
        raise MusterError("wrong_value", _("Choose the standard of proof."), _("It says how sure the finding is."))
    value = to_json({"answer": request.POST.get("answer", ""), "standard": standard})
    subjects = (view.incident.id, request.POST.get("question", ""))
    return [Decision(kind="finding", subjects=subjects, value=value, reason=_reason(request))], _(
        "The finding is signed."
    )


_FORMS = {"merge": _merge, "split": _split, "finding": _find}
