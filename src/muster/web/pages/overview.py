"""The first page of a case: how far it is, what to look at first, and what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.store import first_look
from muster.store.history import Sought, log_page
from muster.store.overview import is_whole
from muster.web import builds
from muster.web.doors import Visit, case_page

_N_FIRST = 6
_N_PEOPLE = 12
_N_NEW = 5


@case_page("reader")
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is new, what to look at first, and how far the work is."""
    case = visit.case
    latest = builds.latest(visit.slug, _N_NEW)
    at_work = [each for each in latest if each.is_open or each.can_resume]
    figures = first_look.figures(case)
    deaths, n_deaths = first_look.deaths_alone(case, _N_FIRST)
    found = {
        "figures": figures,
        "clashes": first_look.clashes(case, _N_FIRST),
        "deaths": deaths,
        "n_deaths": n_deaths,
        "dead_alone": first_look.people_dead_alone(case, _N_PEOPLE),
        "unaccounted": first_look.unaccounted(case, _N_PEOPLE),
        "at_work": at_work,
        "done": [each for each in latest if each not in at_work],
        "is_unfinished": bool(figures.documents) and not at_work and not is_whole(case),
        "newest": first_look.newest_documents(case, _N_NEW),
        "judged": log_page(case, Sought(), n=_N_NEW),
    }
    return render(request, "overview.html", found)
