"""The queue: one statement after the other, to be accepted, corrected or rejected."""

from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, cast, get_args

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.utils.translation import pgettext_lazy as _p

from muster.records import StatementStatus
from muster.run.judge import Decision, judge_many, required_four_eyes
from muster.store.around import documents_brief, entity_name, incidents_brief
from muster.store.case import Case
from muster.store.history import last_decision
from muster.store.lookup import settled_dates
from muster.store.queue import OPEN, Order, Turn, Wanted, count_surest, open_by_act, open_by_origin, surest, turn
from muster.store.search import search
from muster.store.wide import get_statements_by_id
from muster.web.correction import Correction, act_choices
from muster.web.doors import Visit, case_page
from muster.web.pages.statement import Look, Typed, decide, look, page
from muster.web.wording import incident_in_words, word

#: Parts of the address that say which statements are wanted, and how.
FILTERS = ("act", "origin", "document", "incident", "entity", "status", "order")
ORDERS = {
    "sure": gettext_lazy("the surest first"),
    "unsure": gettext_lazy("the least sure first"),
    "document": gettext_lazy("as they stand in documents"),
}
REASONS = (
    _p("rejection", "The words do not say this."),
    _p("rejection", "This is no act: a figure of speech, a heading, or a general remark."),
    _p("rejection", "It is another kind of act."),
    _p("rejection", "The same statement was taken from these words already."),
    _p("rejection", "The words are damaged or cut off."),
)
_MOST_ORIGINS, _MOST_FOUND, _MOST_AT_ONCE, _SHOWN = 40, 8, 500, 12
_LEAST_SURE = 0.9
_END = "end"


def wanted_by(visit: Visit, asked: QueryDict) -> Wanted:
    """Return which statements an address asks for; what it says wrongly is left out."""
    status, order = asked.get("status", ""), asked.get("order", "")
    every = cast(tuple[StatementStatus, ...], get_args(StatementStatus))
    chosen = every if status == "all" else (status,) if status in every else OPEN
    usual: Order = "document" if asked.get("document") else "sure"
    return Wanted(
        by=visit.by, statuses=chosen, order=cast(Order, order) if order in ORDERS else usual,
        **{name: asked.get(name, "")[:1000] for name in ("act", "origin", "document", "incident", "entity")},
    )  # fmt: skip


def filters_of(asked: QueryDict) -> QueryDict:
    """Return an address's filters without the place in the queue."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if asked.get(name):
            kept[name] = str(asked[name])
    return kept


def queue_url(visit: Visit, asked: QueryDict, at: str | None) -> str:
    """Return the address of a place in the queue; at its end where there is no statement."""
    values = filters_of(asked)
    values["at"] = at or _END
    return f"{reverse('queue', args=[visit.slug])}?{values.urlencode()}"


@case_page("reviewer", "GET")
def queue(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the statement whose turn it is."""
    at = request.GET.get("at")
    if at and at != _END:
        return shown(request, visit, look(visit.case, at), None)
    if at == _END:
        return shown(request, visit, None, None)
    first = turn(visit.case, wanted_by(visit, request.GET), None)
    return shown(request, visit, look(visit.case, first.next) if first.next else None, None, first)


def shown(
    request: HttpRequest, visit: Visit, found: Look | None, typed: Typed | None, first: Turn | None = None
) -> HttpResponse:
    """Show a place in the queue: the whole page, or what htmx changes of it."""
    wanted = wanted_by(visit, request.GET)
    here = turn(visit.case, wanted, found.statement_id) if found else first or turn(visit.case, wanted, None)
    last = last_decision(visit.case, visit.by)
    context: dict[str, Any] = {
        "look": found, "statement": found.row.statement if found else None, "turn": here, "typed": typed,
        "last": last, "undone_url": queue_url(visit, request.GET, last.judgement.subjects[0]) if last else "",
        "filters": filters_of(request.GET).urlencode(),
        "reasons": REASONS, "back": "queue",
        "next_url": queue_url(visit, request.GET, here.next),
        "previous_url": queue_url(visit, request.GET, here.previous) if here.previous else None,
    }  # fmt: skip
    if found:
        context["form"] = (typed.form if typed else None) or Correction(found.row.statement)
    if not request.htmx:  # type: ignore[attr-defined]
        context |= _filter_bar(visit.case, wanted, request.GET)
    status = 409 if typed and typed.stale else 400 if typed else 200
    template = "part/queue_item.html" if request.htmx else "queue.html"  # type: ignore[attr-defined]
    answer = render(request, template, context, status=status)
    if request.htmx and request.method == "GET":  # type: ignore[attr-defined]
        answer["HX-Push-Url"] = request.get_full_path()
        list(messages.get_messages(request))  # the page shows the last decision itself
    return answer


def _filter_bar(case: Case, wanted: Wanted, asked: QueryDict) -> dict[str, Any]:
    by_act, by_origin = open_by_act(case), open_by_origin(case, _MOST_ORIGINS)
    if wanted.origin and wanted.origin not in dict(by_origin):
        by_origin.append((wanted.origin, 0))
    return {
        "wanted": wanted,
        "status": asked.get("status", ""),
        "acts": [(code, name, by_act.get(code, 0)) for code, name in act_choices() if code in by_act],
        "origins": by_origin,
        "orders": ORDERS.items(),
        "statuses": [(code, word(code, "status")) for code in get_args(StatementStatus)],
        "about": _about(case, wanted),
        "find": asked.get("find", ""),
        "candidates": _candidates(case, asked.get("find", "").strip()),
    }


def _about(case: Case, wanted: Wanted) -> list[tuple[str, str]]:
    """What the queue is narrowed to, as the part of the address and its name."""
    found = []
    if wanted.entity:
        found.append(("entity", entity_name(case, wanted.entity) or wanted.entity))
    if wanted.incident:
        incident = incidents_brief(case, [wanted.incident]).get(wanted.incident)
        found.append(("incident", incident_in_words(incident) if incident else wanted.incident))
    if wanted.document:
        document = documents_brief(case, [wanted.document]).get(wanted.document)
        found.append(("document", (document.title or document.name) if document else wanted.document))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that a queue can be narrowed to."""

    kind: str
    id: str
    name: str


def _candidates(case: Case, text: str) -> list[Candidate]:
    """People, groups and places of a name."""
    if not text:
        return []
    return [
        Candidate(kind=kind, id=hit.ref, name=hit.text)
        for kind in ("person", "group", "place")
        for hit in search(case, text, kind, limit=_MOST_FOUND).hits
    ]


@case_page("reviewer", "POST")
def judge_statement(request: HttpRequest, visit: Visit, statement: str) -> HttpResponse:
    """Accept, correct or reject a statement, from the queue or from its own page."""
    found = look(visit.case, statement)
    from_queue = request.POST.get("back") == "queue"
    typed = decide(visit, found, request.POST)
    if typed is not None:
        found = look(visit.case, statement)
        return shown(request, visit, found, typed) if from_queue else page(request, visit, found, typed)
    if not from_queue:
        return redirect("statement", visit.slug, statement)
    return redirect(queue_url(visit, request.GET, turn(visit.case, wanted_by(visit, request.GET), statement).next))


# ---- many at once


@case_page("reviewer", "GET", "POST")
def accept_many(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Accept all proposed statements of a filter that are sure enough, after showing what that means."""
    wanted = replace(wanted_by(visit, request.GET), statuses=OPEN)
    asked = request.POST if request.method == "POST" else request.GET
    at_least = _share(asked.get("at_least", ""))
    ids = surest(visit.case, wanted, at_least, _MOST_AT_ONCE)
    mark = blake2b(" ".join(ids).encode(), digest_size=8).hexdigest()
    if request.method == "POST" and ids and request.POST.get("mark") == mark:
        judge_many(visit.case, [Decision(kind="accept", subjects=(id_,)) for id_ in ids], decided_by=visit.by)
        n = len(ids)
        messages.success(
            request, ngettext("%(n)s statement was accepted.", "%(n)s statements were accepted.", n) % {"n": n}
        )
        return redirect(f"{reverse('queue', args=[visit.slug])}?{filters_of(request.GET).urlencode()}")
    context = _bulk(visit.case, wanted, at_least, ids)
    changed = request.method == "POST" and bool(ids)
    context |= {"mark": mark, "changed": changed, "filters": filters_of(request.GET).urlencode()}
    return render(request, "accept_many.html", context, status=409 if changed else 200)


def _share(text: str) -> float:
    """A percentage as a share of 1; what cannot be read is the usual one."""
    number = float(text) / 100 if text.isascii() and text.isdigit() and len(text) < 4 else _LEAST_SURE
    return min(max(number, 0.5), 1.0)


def _bulk(case: Case, wanted: Wanted, at_least: float, ids: tuple[str, ...]) -> dict[str, Any]:
    found = get_statements_by_id(case, ids, settled_dates(case))
    statements = [found[id_] for id_ in ids if id_ in found]
    n, four_eyes = len(statements), required_four_eyes(case)
    right = sum(each.confidence for each in statements)
    in_full = sum(each.confidence_in_full or each.confidence for each in statements)
    return {
        "at_least": round(at_least * 100), "n": n, "n_matching": count_surest(case, wanted, at_least),
        "right": right / n if n else 0.0, "in_full": in_full / n if n else 0.0, "n_wrong": round(n - right),
        "n_two": sum(each.act in four_eyes for each in statements), "about": _about(case, wanted), "wanted": wanted,
        "least": list(reversed(statements[-_SHOWN:])),
    }  # fmt: skip
