"""Who is a member of a case."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from muster.web.accounts.models import CaseFolder, Invitation, Member, Role
from muster.web.doors import Visit, case_page


def _shown(request: HttpRequest, visit: Visit, **more: object) -> HttpResponse:
    of_case = Member.objects.filter(case__slug=visit.slug).select_related("user").order_by("user__username")
    waiting = (
        Invitation.good(timezone.now()).filter(case__slug=visit.slug).select_related("made_by").order_by("ends_at")
    )
    return render(request, "members.html", {"members": of_case, "waiting": waiting, "roles": Role.choices, **more})


@case_page("owner", "GET", fresh=True)
def members(request: HttpRequest, visit: Visit) -> HttpResponse:
    """List the members and their roles."""
    return _shown(request, visit)


@case_page("owner", "POST", fresh=True)
def invite(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make an invitation, and show its link this once."""
    role = request.POST.get("role", "")
    if role not in Role.values:
        return _shown(request, visit, problem=_("Choose a role."))
    case = CaseFolder.objects.get(slug=visit.slug)
    secret = Invitation.make(case, role, visit.user, timezone.now())
    link = request.build_absolute_uri(reverse("invitation", args=[secret]))
    return _shown(request, visit, link=link, role=Role(role))


@case_page("owner", "POST", fresh=True)
def withdraw(request: HttpRequest, visit: Visit, invitation: int) -> HttpResponse:
    """Take back an invitation that nobody has used."""
    n_withdrawn, _of_each = Invitation.objects.filter(pk=invitation, case__slug=visit.slug, used_by=None).delete()
    if not n_withdrawn:
        raise Http404
    messages.success(request, _("The link no longer works."))
    return redirect("members", visit.slug)


@case_page("owner", "POST", fresh=True)
def change(request: HttpRequest, visit: Visit, member: int) -> HttpResponse:
    """Give a member another role, or take them out.  A case keeps at least one owner."""
    role = request.POST.get("role", "")
    with transaction.atomic():
        # All rows are locked, so that of two owners who take each other out one stays.
        of_case = Member.objects.select_for_update().filter(case__slug=visit.slug).order_by("pk")
        by_key = {each.pk: each for each in of_case}
        if member not in by_key:
            raise Http404
        found = by_key.pop(member)
        others = [each for each in by_key.values() if each.role == Role.OWNER]
        if role != Role.OWNER and found.role == Role.OWNER and not others:
            messages.error(request, _("A case needs an owner. Make somebody else an owner first."))
        elif role == "none":
            found.delete()
            messages.success(request, _("They are no longer a member."))
        elif role in Role.values:
            found.role = role
            found.save()
            messages.success(request, _("Their role was changed."))
        else:
            messages.error(request, _("Choose a role."))
    return redirect("members", visit.slug)
