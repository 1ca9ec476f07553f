"""One statement: what it says, what was made of it, and the forms that judge it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.records import JudgementKind
from muster.run.judge import judge, required_four_eyes
from muster.run.moving import move_statement
from muster.store.around import (
    Against,
    DocumentBrief,
    IncidentBrief,
    Named,
    contradictions,
    documents_brief,
    entities_named,
    incidents_brief,
    near_incidents,
)
from muster.store.case import Case
from muster.store.codec import to_json
from muster.store.history import Entry, log_of
from muster.store.judging import StatementRow, last_on, statement_row
from muster.store.lookup import get_reading
from muster.store.sheet import names_in
from muster.web.correction import Correction
from muster.web.doors import Visit, case_page
from muster.web.refusals import in_words
from muster.web.surroundings import Stretch, surroundings


@dataclass(frozen=True)
class Look:
    """A statement with what stands around it, as far as a page asks for it."""

    case: Case
    row: StatementRow

    @property
    def statement_id(self) -> str:
        """The statement's id."""
        return self.row.statement.id

    @cached_property
    def seen(self) -> int:
        """The last judgement about it, which whoever decides now has seen."""
        return last_on(self.case, [self.statement_id])

    @cached_property
    def document(self) -> DocumentBrief:
        """The document that it stands in."""
        return documents_brief(self.case, [self.row.statement.document_id])[self.row.statement.document_id]

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Its sentence among others, as it was extracted where it was moved."""
        return surroundings(get_reading(self.case, self.row.statement.document_id), self.row.statement)

    @cached_property
    def incident(self) -> IncidentBrief | None:
        """The incident that it is about."""
        return incidents_brief(self.case, [self.row.incident]).get(self.row.incident) if self.row.incident else None

    @cached_property
    def near(self) -> tuple[IncidentBrief, ...]:
        """Incidents that it might be about instead."""
        return near_incidents(self.case, self.row.statement, self.row.incident)

    @cached_property
    def named(self) -> tuple[Named, ...]:
        """Whom and what it names."""
        return entities_named(self.case, self.row.statement)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names to choose from in a correction."""
        return names_in(self.case, self.row.statement.document_id)

    @cached_property
    def against(self) -> tuple[Against, ...]:
        """What contradicts it."""
        return contradictions(self.case, self.row.statement)

    @cached_property
    def log(self) -> tuple[Entry, ...]:
        """What was judged about it, the oldest first."""
        return log_of(self.case, self.statement_id)

    @cached_property
    def needs_two(self) -> bool:
        """Whether two people must accept it."""
        acts = {each.act for each in (self.row.statement, self.row.extracted) if each is not None}
        return not acts.isdisjoint(required_four_eyes(self.case))


def look(case: Case, id_: str) -> Look:
    """Return a statement.  Raises Http404 where there is none."""
    try:
        return Look(case=case, row=statement_row(case, id_))
    except KeyError:
        raise Http404 from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into the forms of a statement and was refused, with why."""

    problem: str = ""
    hint: str = ""
    stale: bool = False
    do: str = ""
    reason: str = ""
    seen: int = 0
    form: Correction | None = None
    to: str = ""


def decide(visit: Visit, found: Look, post: QueryDict) -> Typed | None:
    """Do what was asked of a statement; return what was typed if it was refused."""
    do, reason, seen = post.get("do", ""), post.get("reason", "").strip(), _number(post.get("seen"))
    form = Correction(found.row.statement, post) if do == "correct" else None
    if form is not None and not form.is_valid():
        return Typed(do=do, form=form, seen=seen, problem=" ".join(str(each) for each in form.non_field_errors()))
    kind = _KINDS.get(do)
    if kind is None:
        return Typed(problem=_("Choose what to do."))
    if do == "reject" and not reason:
        return Typed(do=do, problem=_("A rejection needs a reason."), seen=seen)
    try:
        judge(
            visit.case, kind, [found.statement_id], value=to_json(form.changed()) if form else "", reason=reason,
            decided_by=visit.by, seen=seen,
        )  # fmt: skip
    except MusterError as error:
        return Typed(
            do=do, form=form, reason=reason, seen=seen, problem=in_words(error.message), hint=in_words(error.hint),
            stale=error.code == "stale",
        )  # fmt: skip
    return None


_KINDS: Mapping[str, JudgementKind] = {"accept": "accept", "correct": "correct", "reject": "reject"}


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


@case_page("reader", "GET")
def statement(request: HttpRequest, visit: Visit, statement: str) -> HttpResponse:
    """Show one statement with everything known of it."""
    return page(request, visit, look(visit.case, statement), None)


def page(request: HttpRequest, visit: Visit, found: Look, typed: Typed | None) -> HttpResponse:
    """Show a statement, with what was typed before it was refused."""
    may = visit.may("reviewer")
    form = (typed.form if typed else None) or (Correction(found.row.statement) if may else None)
    context = {"look": found, "statement": found.row.statement, "typed": typed, "form": form, "back": "statement"}
    status = 409 if typed and typed.stale else 400 if typed else 200
    return render(request, "statement.html", context, status=status)


@case_page("reviewer", "POST")
def move(request: HttpRequest, visit: Visit, statement: str) -> HttpResponse:
    """Move a statement to another incident, or make it one of its own."""
    found = look(visit.case, statement)
    to = request.POST.get("other", "").strip() or request.POST.get("to", "").strip()
    to = to.rstrip("/").rpartition("/")[2]
    reason = request.POST.get("reason", "").strip()
    if not to or not reason:
        problem = _("Choose where it belongs, and say why.")
        return page(request, visit, found, Typed(do="move", reason=reason, to=to, problem=problem))
    try:
        move_statement(
            visit.case, statement, found.row.incident, None if to == "own" else to, reason=reason, decided_by=visit.by
        )
    except MusterError as error:
        typed = Typed(
            do="move",
            reason=reason,
            to=to,
            problem=in_words(error.message),
            hint=in_words(error.hint),
            stale=error.code == "stale",
        )
        return page(request, visit, found, typed)
    messages.success(request, _("The statement was moved."))
    return redirect(reverse("statement", args=[visit.slug, statement]))
