"""What the pages of incidents, names and sources share when somebody decides something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.records import JudgementKind
from muster.run.judge import judge
from muster.store.case import Case
from muster.store.judging import Logged, all_judgements
from muster.web.doors import Visit, case_page
from muster.web.refusals import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody typed into a form that was refused, and why; so that nothing typed is lost."""

    form: str = ""
    problem: str = ""
    hint: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, request: HttpRequest, form: str, error: MusterError) -> "Typed":
        """What was typed into a form, and why it was refused."""
        several = ("chosen",)
        values = {key: request.POST.getlist(key) if key in several else request.POST[key] for key in request.POST}
        return cls(form=form, problem=in_words(error.message), hint=in_words(error.hint), values=values)


def read_seen(request: HttpRequest) -> int | None:
    """The number of the last judgement that the page knew of which a form was sent from."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 18 else None


def signed(visit: Visit, logged: Iterable[Logged], kinds: Sequence[JudgementKind]) -> list[dict[str, object]]:
    """Judgements of some kinds as pages show them, the last first; readers do not learn who decided."""
    shown = [
        {"judgement": each.judgement, "in_force": each.in_force, "by": signer(visit, each.judgement.decided_by)}
        for each in logged
        if each.judgement.kind in kinds
    ]
    return shown[::-1]


def latest(case: Case) -> int:
    """The number of the last judgement of the case: what a page that is shown now knows of."""
    last = all_judgements(case, n=1)
    return last[0].judgement.sequence if last else 0


def signer(visit: Visit, name: str) -> str:
    """The name of who judged, for those who may know it."""
    return name if visit.may("reviewer") else _("a reviewer")


@case_page("reviewer", "POST")
def take_back(request: HttpRequest, visit: Visit, judgement: str) -> HttpResponseBase:
    """Take a judgement back, and return to the page where it was shown."""
    judge(visit.case, "undo", [judgement], reason=request.POST.get("reason", ""), decided_by=visit.by)
    messages.success(request, _("It was taken back, and the record is as it was without it."))
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    # `redirect` would take a word for the name of a page.
    return HttpResponseRedirect(there) if safe else redirect("incidents", visit.slug)
