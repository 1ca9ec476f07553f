"""The first page of a case: what it holds, and what to look at first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.store.overview import count_all, look_first
from muster.web.doors import Visit, case_page


@case_page("reader")
def overview(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what is new, what to look at first, and how far the work is."""
    return render(request, "overview.html", {"totals": count_all(visit.case), "first": look_first(visit.case, 10)})
