"""Search over readings, statements and names."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.store.pages import document_names
from muster.store.search import KINDS, Found, Hit, search
from muster.web.doors import Visit, case_page
from muster.web.paging import page_number
from muster.web.wording import ACTS, STATEMENT_STATUSES

_TITLES = {
    "person": _("People"),
    "group": _("Groups"),
    "place": _("Places"),
    "statement": _("Statements"),
    "passage": _("Documents"),
}
_FEW, _MANY = 5, 25
_FILTERS = ("act", "status")


@case_page("reader")
def results(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the first hits of every kind, or all of one kind page by page."""
    query, kind = request.GET.get("q", "").strip()[:300], request.GET.get("kind", "")
    where = {name: value for name in _FILTERS if (value := request.GET.get(name, ""))}
    page = page_number(request)
    if kind in KINDS:
        found = {kind: search(visit.case, query, kind, limit=_MANY, offset=_MANY * (page - 1), where=_of(kind, where))}
    else:
        kinds = ("statement",) if where else KINDS
        found = {each: search(visit.case, query, each, limit=_FEW, where=_of(each, where)) for each in kinds}
    names = document_names(visit.case, {hit.document_id for each in found.values() for hit in each.hits})
    groups = [_group(visit, each, found[each], names) for each in found if found[each].hits]
    return render(request, "search.html", {
        "query": query, "kind": kind, "groups": groups, "page": page, "where": where,
        "acts": ACTS.items(), "statuses": STATEMENT_STATUSES.items(), "more_query": urlencode({"q": query, **where}),
    })  # fmt: skip


def _of(kind: str, where: dict[str, str]) -> dict[str, str]:
    return where if kind == "statement" else {}


def _group(visit: Visit, kind: str, found: Found, names: dict[str, str]) -> dict[str, object]:
    hits = [
        {"parts": parts(hit), "url": _url(visit, hit), "document": names.get(hit.document_id or "")}
        for hit in found.hits
    ]
    return {"kind": kind, "title": _TITLES[kind], "hits": hits, "more": found.more}


def parts(hit: Hit) -> list[tuple[str, bool]]:
    """Return the text of a hit cut at its marks, each part with whether it is marked."""
    found, at = [], 0
    for start, end in hit.marks:
        found += [(hit.text[at:start], False), (hit.text[start:end], True)]
        at = end
    return [*found, (hit.text[at:], False)]


def _url(visit: Visit, hit: Hit) -> str:
    name, ref = {"statement": ("statement", hit.ref), "passage": ("document", hit.document_id)}.get(
        hit.kind, ("entity", hit.ref)
    )
    return reverse(name, args=[visit.slug, ref]) + (f"#at-{hit.start}" if hit.kind == "passage" else "")
