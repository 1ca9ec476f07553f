"""The documents of a case: the list, what was refused, and what one must know of them."""

from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.store import catalogue
from muster.store.catalogue import DocumentState, Order, Wanted
from muster.web.doors import Visit, case_page
from muster.web.listing import page_of


@case_page("reader")
def documents(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the documents, with how far each has come."""
    asked = {key: request.GET.get(key, "")[:200] for key in ("state", "language", "words", "upload", "order")}
    wanted = Wanted(**asked)
    paging = page_of(request, catalogue.count_documents(visit.case, wanted))
    found = {
        "documents": catalogue.list_documents(visit.case, wanted, paging.offset, paging.n),
        "wanted": wanted, "paging": paging, "states": catalogue.count_states(visit.case),
        "spoken": catalogue.languages(visit.case), "n_refused": catalogue.count_rejects(visit.case),
        "n_problems": catalogue.count_problems(visit.case), "is_narrowed": any(asked.values()),
        "state_names": get_args(DocumentState), "orders": get_args(Order),
    }  # fmt: skip
    return render(request, "documents.html", found)


@case_page("reader")
def refused_files(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List what was refused, with why and what to do."""
    paging = page_of(request, catalogue.count_rejects(visit.case))
    rejects = catalogue.list_rejects(visit.case, paging.offset, paging.n)
    return render(request, "refused_files.html", {"rejects": rejects, "paging": paging})


@case_page("reader")
def problems(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List what a reader must know of single documents."""
    paging = page_of(request, catalogue.count_problems(visit.case))
    known = catalogue.list_problems(visit.case, paging.offset, paging.n)
    return render(request, "problems.html", {"known": known, "paging": paging})
