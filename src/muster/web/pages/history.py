"""The history: every judgement with who, when, what and why; `judging.take_back` takes one back."""

from typing import get_args

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.records import JudgementKind
from muster.store.history import Sought, describe, log_page, reviewers
from muster.web.doors import Visit, case_page
from muster.web.wording import JUDGEMENTS

_A_PAGE = 50


@case_page("reviewer", "GET")
def history(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show a page of the log, newest first."""
    sought = Sought(
        by=request.GET.get("by", ""), kind=request.GET.get("kind", ""), subject=request.GET.get("subject", "").strip()
    )
    before = request.GET.get("before", "")
    is_number = before.isascii() and before.isdigit() and len(before) < 18
    page = log_page(visit.case, sought, int(before) if is_number else None, _A_PAGE + 1)
    entries, more = page[:_A_PAGE], len(page) > _A_PAGE
    subject = describe(visit.case, [sought.subject])[sought.subject] if sought.subject else None
    context = {
        "entries": entries, "sought": sought, "subject": subject, "before": before,
        "older": entries[-1].judgement.sequence if more else None, "reviewers": reviewers(visit.case),
        "kinds": [(code, JUDGEMENTS[code]) for code in get_args(JudgementKind)],
    }  # fmt: skip
    return render(request, "history.html", context)
