"""Sources: the list; and one with how reliable a person judged it, its owner, its ties, and what it alone said."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.run.judge import judge
from muster.store import sources as stored
from muster.store.codec import to_json
from muster.store.entities import names_of_documents
from muster.store.judging import judgements_on_any
from muster.store.sources import SourceView
from muster.web.doors import Visit, case_page
from muster.web.listing import page_of
from muster.web.pages.judging import Typed, latest, read_seen, signed, signer
from muster.web.wording import RELIABILITY

_MOST_DOCUMENTS = 60
_MOST_TIES = 60


@case_page("reader")
def sources(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the sources."""
    words = request.GET.get("name", "").strip()[:200]
    n = stored.count_sources(visit.case, words)
    paging = page_of(request, n)
    rows = stored.list_sources(visit.case, words, paging.n, paging.offset)
    return render(
        request, "sources.html", {"rows": rows, "n": n, "words": words, "paging": paging, "letters": RELIABILITY}
    )


@case_page("reader")
def source(request: HttpRequest, visit: Visit, source: str) -> HttpResponse:
    """Show one source: what people judged of it, what it said, and whom it depends on.  Never a verdict."""
    return _page(request, visit, _view(visit, source), Typed())


def _view(visit: Visit, id_: str) -> SourceView:
    try:
        return stored.get_source(visit.case, id_)
    except KeyError:
        raise Http404 from None


def _page(request: HttpRequest, visit: Visit, view: SourceView, typed: Typed, status: int = 200) -> HttpResponse:
    case, row = visit.case, view.row
    words = request.GET.get("document", "").strip()[:200]
    paging = page_of(request, row.n_alone, 25)
    alone = stored.alone_statements(case, row.id, paging.n, paging.offset)
    ties, n_ties = stored.ties_of_source(case, row.id, _MOST_TIES)
    names = names_of_documents(case, {each.document_id for each in alone})
    documents = stored.source_documents(case, row.id, _MOST_DOCUMENTS)
    decided = view.judged.reliability
    subjects = [row.name, *(id_ for each in ties for id_ in (each.mine, each.other)), *(each[0] for each in documents)]
    return render(
        request, "source.html",
        {
            "row": row, "view": view, "typed": typed, "letters": RELIABILITY, "documents": documents,
            "n_documents_more": row.n_documents - len(documents), "ties": ties, "n_ties_more": n_ties - len(ties),
            "n_confirmed": max(0, view.n_factual - row.n_alone), "paging": paging, "words": words,
            "alone": [
                {"statement": each, "publisher": row.name, "document": names.get(each.document_id)} for each in alone
            ],
            "judged_by": signer(visit, decided.decided_by) if decided else "", "seen": latest(case),
            "found": stored.find_documents(case, words, row.id),
            "judgements": signed(
                visit, judgements_on_any(case, subjects), ("owner", "reliability", "tie", "cut_tie")
            ),
        },
        status=status,
    )  # fmt: skip


# ---- deciding


@case_page("reviewer", "POST")
def judge_source(request: HttpRequest, visit: Visit, source: str) -> HttpResponseBase:
    """Judge how reliable it is, name its owner, or declare or cut a tie between two documents."""
    view, form = _view(visit, source), request.POST.get("form", "")
    try:
        _decide(request, visit, view, form)
    except MusterError as error:
        return _page(request, visit, view, Typed.of(request, form, error), 409 if error.code == "stale" else 400)
    messages.success(request, _("It was written down, and the record follows it."))
    return redirect("source", visit.slug, view.row.id)


def _decide(request: HttpRequest, visit: Visit, view: SourceView, form: str) -> None:
    given = {key: request.POST.get(key, "").strip() for key in ("letter", "owner", "mine", "other", "reason")}
    said: dict[str, Any] = {"reason": given["reason"], "decided_by": visit.by, "seen": read_seen(request)}
    if form == "reliability":
        judge(visit.case, "reliability", [view.row.name], value=to_json(given["letter"]), **said)
    elif form == "owner":
        judge(visit.case, "owner", [view.row.name], value=to_json(given["owner"]), **said)
    elif form == "tie":
        judge(visit.case, "tie", [given["mine"], given["other"]], **said)
    elif form == "cut_tie":
        judge(visit.case, "cut_tie", [given["mine"], given["other"]], **said)
    else:
        raise MusterError("wrong_value", _("Nothing was chosen."), _("Use one of the forms of the page."))
