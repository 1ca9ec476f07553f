"""The pages outside of any case: its list, invitations, and one's own tokens."""

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.errors import MusterError
from muster.store.case import open_case
from muster.store.database import is_case
from muster.web.accounts.adapter import OPENED
from muster.web.accounts.models import CaseFolder, Invitation, Member, Role, Token
from muster.web.doors import refused, signed_in
from muster.web.site import new_case_folder, settings_of_site


@require_GET
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Go to the only case there is for this user, or to the list."""
    own = list(Member.objects.filter(user=signed_in(request).pk).values_list("case__slug", flat=True)[:2])
    return redirect("overview", own[0]) if len(own) == 1 else redirect("cases")


@require_GET
@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """List the cases that the user is a member of."""
    own = Member.objects.select_related("case").filter(user=signed_in(request).pk).order_by("case__name")
    return render(request, "cases.html", {"members": own, "may_add": _may_add(request)})


@require_http_methods(["GET", "POST"])
@login_required
def new_case(request: HttpRequest) -> HttpResponse:
    """Make an empty case; whoever makes it owns it."""
    if not _may_add(request) or settings.SITE is None:
        raise Http404
    name = request.POST.get("name", "").strip()
    if request.method != "POST" or not name:
        return render(request, "new_case.html", {"name": name, "asked": request.method == "POST"})
    try:
        folder = new_case_folder(settings.SITE, name)
        with open_case(folder, build=True, database_url=settings_of_site().database_url):
            pass
    except MusterError as error:
        return refused(request, error)
    with transaction.atomic():
        case = CaseFolder.objects.create(slug=folder.name, name=name, folder=str(folder))
        Member.objects.create(case=case, user_id=signed_in(request).pk, role=Role.OWNER)
    return redirect("overview", case.slug)


def _may_add(request: HttpRequest) -> bool:
    """Tell whether the user may make cases: who owns one may, on a server that can hold several."""
    if settings.SITE is None or is_case(settings.SITE):
        return False
    is_owner = Member.objects.filter(user=signed_in(request).pk, role=Role.OWNER).exists()
    return is_owner or signed_in(request).is_superuser


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an invitation: sign up or in first, then join."""
    found = Invitation.find(secret, timezone.now())
    if found is None:
        return render(request, "invitation_ended.html", status=404)
    request.session[OPENED] = found.pk  # never the secret: sessions are kept
    if not request.user.is_authenticated:
        return render(request, "invitation.html", {"invitation": found})
    if request.method != "POST":
        return render(request, "join.html", {"invitation": found})
    join(request, found)
    return redirect("home")


def join(request: HttpRequest, found: Invitation) -> None:
    """Make the user a member as an invitation says, once.  A role that one has is never lowered by it."""
    with transaction.atomic():
        now = timezone.now()
        used = Invitation.good(now).filter(pk=found.pk).update(used_by=signed_in(request).pk)
        if not used:
            raise Http404
        for case in CaseFolder.objects.all() if found.case is None else [found.case]:
            member, made = Member.objects.get_or_create(
                case=case, user_id=signed_in(request).pk, defaults={"role": found.role}
            )
            if not made and not Role(member.role).may(found.role):
                member.role = found.role
                member.save()
    if found.case is None:
        user = signed_in(request)
        user.is_superuser = True
        user.save()
    request.session.pop(OPENED, None)


@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def tokens(request: HttpRequest) -> HttpResponse:
    """Show one's tokens for programs, and make one; its secret is shown this once."""
    secret = None
    if request.method == "POST":
        name = request.POST.get("name", "").strip()[:80]
        secret = Token.make(signed_in(request), name or _("token"), timezone.now())
    own = Token.objects.filter(user=signed_in(request).pk).order_by("-made_at")
    return render(request, "tokens.html", {"tokens": own, "secret": secret})


@require_POST
@login_required
def delete_token(request: HttpRequest, token: int) -> HttpResponse:
    """Delete one of one's own tokens."""
    get_object_or_404(Token, pk=token, user=signed_in(request).pk).delete()
    messages.success(request, _("The token no longer works."))
    return redirect("tokens")
