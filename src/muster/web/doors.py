"""The one way into a case: every page of one goes through `case_page`.

What is not there and what one may not know of give the same answer.  The test in tests/doors walks every
address as every kind of visitor.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from muster.errors import MusterError
from muster.store.case import Case, attach_case
from muster.web.accounts.models import Member, Role
from muster.web.refusals import in_words
from muster.web.site import settings_of_site

P = ParamSpec("P")
#: The HTTP status of a refusal; of any other code it is 400.
STATUS = {"stale": 409, "case_away": 503}
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A member in a case."""

    user: User
    role: Role
    slug: str
    name: str
    case: Case

    def may(self, needed: str) -> bool:
        """Tell whether the member may do what needs a role."""
        return self.role.may(needed)

    @property
    def by(self) -> str:
        """The name under which the member judges."""
        return self.user.get_username()


def signed_in(request: HttpRequest) -> User:
    """Return who is signed in, on pages that only they can open."""
    assert isinstance(request.user, User)
    return request.user


def visit(user: User, slug: str) -> Visit:
    """Return a user's visit to a case.

    Raises:
        Http404: there is no such case for this user.
        MusterError: "case_away": it cannot be opened; where it lies and why, the server's log says.
    """
    member = Member.objects.select_related("case", "user").filter(user_id=user.pk, case__slug=slug).first()
    if member is None or not user.is_active:
        raise Http404
    try:
        case = attach_case(Path(member.case.folder), settings_of_site().database_url)
    except MusterError as error:
        _log.error("%s cannot be opened: %s %s", member.case.folder, error.message, error.hint)
        raise MusterError(
            "case_away", "This case cannot be opened at present.", "Tell whoever runs the server: its log says why."
        ) from error
    return Visit(user=member.user, role=Role(member.role), slug=slug, name=member.case.name, case=case)


View = Callable[Concatenate[HttpRequest, Visit, P], HttpResponseBase]


def case_page(
    role: str, *methods: str, fresh: bool = False
) -> Callable[[View[P]], Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]]:
    """Make a view a page of a case, for members with a role or a higher one.

    methods are "GET" unless given.  fresh: who has not shown their password for ten minutes must do so.
    The view's `role` attribute says who may open it.
    """

    def decorate(view: View[P]) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
        inner = reauthentication_required(view) if fresh else view

        @wraps(view)
        def door(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                here = visit(signed_in(request), slug)
                request.visit = here  # type: ignore[attr-defined]
                if not here.may(role):
                    raise PermissionDenied
                return inner(request, here, *args, **kwargs)
            except MusterError as error:
                return refused(request, error)

        guarded: Any = login_required(require_http_methods(methods or ("GET", "HEAD"))(door))
        guarded.role = role
        return guarded  # type: ignore[no-any-return]

    return decorate


def refused(request: HttpRequest, error: MusterError) -> HttpResponse:
    """Say what was refused, why, and what to do."""
    said = {"message": in_words(error.message), "hint": in_words(error.hint)}
    return render(request, "refused.html", {"error": said}, status=STATUS.get(error.code, 400))
