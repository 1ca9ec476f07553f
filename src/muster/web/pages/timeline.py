"""Incidents along time, a stretch at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.languages.edtf import parse_edtf
from muster.publish.timeline import Axis, elsewhere, is_uncertain, ticks
from muster.store import incidents as stored
from muster.store.incidents import IncidentFilter, IncidentRow
from muster.web.doors import Visit, case_page
from muster.web.listing import page_of
from muster.web.pages.incidents import read_filter
from muster.web.wording import QUESTION_STATUSES

_N_ROWS = 100


@case_page("reader")
def timeline(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Draw the dates of incidents as the stretches that they may lie in; the list is its own text."""
    wanted, problem = read_filter(request)
    span = _span(visit, wanted)
    dated = replace(wanted, dated=True)
    paging = page_of(request, stored.list_incidents(visit.case, dated, limit=0).n, _N_ROWS)
    found = stored.list_incidents(visit.case, dated, sort="date", limit=paging.n, offset=paging.offset)
    axis = Axis(first=span[0], n_days=(span[1] - span[0]).days + 1) if span else None
    others = stored.dates_given(visit.case, [row.id for row in found.rows])
    keys = ("kind", "status", "since", "until", "place")
    return render(
        request, "timeline.html",
        {
            "rows": [_row(axis, row, others.get(row.id, ())) for row in found.rows] if axis else [],
            "ticks": [(axis.at(day), text) for day, text in ticks(axis)] if axis else [],
            "steps": _steps(visit, wanted, span) if span else [], "paging": paging, "problem": problem,
            "n_undated": stored.count_undated(visit.case, wanted), "kinds": stored.kinds_of_incidents(visit.case),
            "statuses": QUESTION_STATUSES, "asked": {key: request.GET.get(key, "") for key in keys},
            "is_narrowed": any(request.GET.get(key) for key in keys),
        },
    )  # fmt: skip


def _span(visit: Visit, wanted: IncidentFilter) -> tuple[date, date] | None:
    """The first and last day that are drawn: what was asked for, as far as there are incidents."""
    known = stored.period(visit.case, wanted)
    if known is None:
        return None
    first = date.fromisoformat(wanted.since) if wanted.since else known[0]
    last = date.fromisoformat(wanted.until) if wanted.until else known[1]
    return (first, last) if first <= last else None


def _row(axis: Axis, row: IncidentRow, dates: tuple[str, ...]) -> dict[str, Any]:
    interval = parse_edtf(row.when or "")
    assert interval is not None  # only dated ones were asked for
    last = date.fromordinal(axis.first.toordinal() + axis.n_days - 1)
    outside = elsewhere(interval, dates)
    return {
        "row": row,
        "bar": axis.bar(interval, is_uncertain(row.when or "")),
        "others": [
            axis.bar(other, is_uncertain(edtf))
            for edtf, other in outside
            if other.last >= axis.first and other.first <= last
        ],
        "dates": [edtf for edtf, _ in outside],
    }


def _steps(visit: Visit, wanted: IncidentFilter, span: tuple[date, date]) -> list[dict[str, Any]]:
    """Years, months or days of what is drawn, each with the number of incidents that began in it."""
    n_days = (span[1] - span[0]).days + 1
    n_chars = 4 if n_days > 3 * 366 else 7 if n_days > 62 else 10
    counts = stored.count_by_period(visit.case, wanted, n_chars)
    most = max((n for _, n in counts), default=1)
    return [
        {"part": part, "n": n, "height": f"{2 + 36 * n / most:.1f}", "top": f"{38 - 36 * n / most:.1f}"}
        for part, n in counts
    ]
