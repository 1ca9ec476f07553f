"""People, groups and places: the lists; and one with its names, its ledger, and why its names were joined."""

from typing import Any, cast, get_args

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from muster.casebook.people import last_confirmed
from muster.errors import MusterError
from muster.records import EntityKind, State
from muster.run.judge import judge
from muster.store import entities as stored
from muster.store.codec import to_json
from muster.store.entities import EntityFilter, EntityView
from muster.store.incidents import IncidentFilter, list_incidents, publishers, shown_statements
from muster.store.protection import protected_entities
from muster.web.doors import Visit, case_page
from muster.web.listing import page_of
from muster.web.pages.judging import Typed, latest, read_seen, signed

_MOST_ENTRIES = 200
_MOST_ALIASES = 60
_TITLES = {
    "person": gettext_lazy("People"),
    "group": gettext_lazy("Groups"),
    "place": gettext_lazy("Places"),
}
_LISTS = {"person": "people", "group": "groups", "place": "places"}


@case_page("reader")
def people(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the people."""
    return _list(request, visit, "person")


@case_page("reader")
def groups(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the groups."""
    return _list(request, visit, "group")


@case_page("reader")
def places(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the places."""
    return _list(request, visit, "place")


def _list(request: HttpRequest, visit: Visit, kind: EntityKind) -> HttpResponse:
    words, state, sort = (request.GET.get(key, "").strip()[:200] for key in ("name", "state", "sort"))
    wanted = EntityFilter(words=words, state=state, unaccounted="unaccounted" in request.GET)
    n = stored.count_entities(visit.case, kind, wanted)
    paging = page_of(request, n)
    rows = stored.list_entities(visit.case, kind, wanted, by_name=sort == "name", limit=paging.n, offset=paging.offset)
    return render(
        request, "entities.html",
        {
            "kind": kind, "title": _TITLES[kind], "here": _LISTS[kind], "rows": rows, "n": n, "paging": paging,
            "wanted": wanted, "sort": sort, "states": get_args(State),
            "protected": protected_entities(visit.case), "is_narrowed": bool(words or state or wanted.unaccounted),
        },
    )  # fmt: skip


# ---- one


@case_page("reader")
def entity(request: HttpRequest, visit: Visit, entity: str) -> HttpResponse:
    """Show one person, group or place: names, ledger, statements, and what was joined."""
    return _page(request, visit, _view(visit, entity), Typed())


def _view(visit: Visit, id_: str) -> EntityView:
    try:
        return stored.get_entity(visit.case, id_)
    except KeyError:
        raise Http404 from None


def _page(request: HttpRequest, visit: Visit, view: EntityView, typed: Typed, status: int = 200) -> HttpResponse:
    case, row, found = visit.case, view.row, view.entity
    request.place = _LISTS[row.kind]  # type: ignore[attr-defined]
    words = request.GET.get("with", "").strip()[:200]
    paging = page_of(request, len(view.statement_ids), 25)
    statements = stored.statements_naming(case, view, paging.n, paging.offset)
    aliases = sorted(found.aliases, key=lambda each: (-len(each.document_ids), each.form))[:_MOST_ALIASES]
    in_documents = {id_ for each in aliases for id_ in each.document_ids[:6]}
    ids = {each.document_id for each in statements} | in_documents
    incidents = (
        list_incidents(case, IncidentFilter(place=row.id), sort="date", limit=12) if row.kind == "place" else None
    )
    return render(
        request, "entity.html",
        {
            "row": row, "entity": found, "typed": typed, "title": _TITLES[row.kind], "here": _LISTS[row.kind],
            "aliases": [{"form": a.form, "n": len(a.document_ids), "ids": a.document_ids[:6]} for a in aliases],
            "n_aliases_more": len(found.aliases) - len(aliases), "names": stored.names_of_documents(case, ids),
            **_ledger(visit, view), "incidents": incidents, "paging": paging,
            "statements": _said(visit, statements), "n_statements": len(view.statement_ids), "words": words,
            "candidates": stored.find_entities(case, cast(EntityKind, row.kind), words, row.id),
            "judgements": signed(visit, stored.judgements_on_entity(case, found), ("same", "different", "redact")),
            "is_protected": row.id in protected_entities(case),
            "seen": latest(case),
        },
        status=status,
    )  # fmt: skip


def _said(visit: Visit, statements: Any) -> list[dict[str, Any]]:
    ids = {each.document_id for each in statements}
    publishes, names = publishers(visit.case, ids), stored.names_of_documents(visit.case, ids)
    return [
        {"statement": each, "publisher": publishes.get(each.document_id, ""), "document": names.get(each.document_id)}
        for each in statements
    ]


def _ledger(visit: Visit, view: EntityView) -> dict[str, Any]:
    """The ledger of a person, with the words of each entry, and the last that several groups confirm."""
    person = view.row.person
    if person is None or not person.entries:
        return {"entries": [], "n_entries_more": 0, "confirmed": None}
    entries = person.entries[-_MOST_ENTRIES:]
    said = _said(visit, tuple(shown_statements(visit.case, [each.statement_id for each in entries]).values()))
    by_id = {each["statement"].id: each for each in said}
    return {
        "entries": [{"entry": each, "said": by_id.get(each.statement_id)} for each in entries],
        "n_entries_more": len(person.entries) - len(entries),
        "confirmed": last_confirmed(person),
    }


# ---- deciding


@case_page("reviewer", "POST")
def judge_entity(request: HttpRequest, visit: Visit, entity: str) -> HttpResponseBase:
    """Join it with another, or keep it apart from one."""
    view = _view(visit, entity)
    mine = stored.first_member(visit.case, view.row.id)
    other, reason = request.POST.get("other", ""), request.POST.get("reason", "")
    theirs = stored.first_member(visit.case, other)
    try:
        if theirs is None or mine is None:
            raise MusterError("wrong_value", _("Choose the other one."), _("Search for the name, in any script."))
        kind = "different" if request.POST.get("apart") else "same"
        judge(visit.case, kind, [mine, theirs], reason=reason, decided_by=visit.by, seen=read_seen(request))  # type: ignore[arg-type]
    except MusterError as error:
        return _page(request, visit, view, Typed.of(request, "merge", error), 409 if error.code == "stale" else 400)
    messages.success(request, _("They are kept apart.") if kind == "different" else _("They are one now."))
    return redirect("entity", visit.slug, stored.entity_of_member(visit.case, mine) or view.row.id)


@case_page("reviewer", "POST")
def protect_entity(request: HttpRequest, visit: Visit, entity: str) -> HttpResponseBase:
    """Keep its names out of reports and exports."""
    view = _view(visit, entity)
    also = [line.strip() for line in request.POST.get("also", "").splitlines() if line.strip()]
    try:
        if view.row.id in protected_entities(visit.case):
            raise MusterError("stale", _("It is protected already."), _("Nothing is left to do."))
        subject = stored.first_member(visit.case, view.row.id) or view.row.id
        said: dict[str, Any] = {"reason": request.POST.get("reason", ""), "seen": read_seen(request)}
        judge(visit.case, "redact", [subject], value=to_json({"also": also}), decided_by=visit.by, **said)
    except MusterError as error:
        return _page(request, visit, view, Typed.of(request, "protect", error), 409 if error.code == "stale" else 400)
    messages.success(request, _("The name is protected: it stands in no report and no export from now on."))
    return redirect("entity", visit.slug, view.row.id)
