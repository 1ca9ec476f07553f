"""Invitations: a link makes whoever opens it a member, once."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from muster.web.accounts.models import CaseFolder, Invitation, Member, Role
from tests.databases import ON_SQLITE
from tests.web.site import PASSWORD, Site

_NEW = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}

# Nothing here reads a row of a case.
pytestmark = ON_SQLITE


def _invited(site: Site, role: str) -> str:
    page = site.client("owner").post("/cases/mirsal/members/invite/", {"role": role})
    return f"/invitation/{str(page.context['link']).rstrip('/').rsplit('/', 1)[1]}/"


def test_a_newcomer_signs_up_and_joins_with_the_role_of_the_invitation(site: Site) -> None:
    path, client = _invited(site, "reviewer"), Client()
    assert "Make an account" in client.get(path).content.decode()
    client.post("/account/signup/", _NEW)
    assert client.get("/cases/mirsal/").status_code == 404
    client.post(path)
    assert Member.objects.get(user__username="newcomer").role == Role.REVIEWER
    assert client.get("/cases/mirsal/").status_code == 200
    assert client.get("/cases/other/").status_code == 404


def test_nobody_signs_up_without_an_invitation(site: Site) -> None:
    client = Client()
    client.post("/account/signup/", _NEW)
    assert not User.objects.filter(username="newcomer").exists()


def test_an_invitation_works_once(site: Site) -> None:
    path = _invited(site, "reader")
    site.client("outsider").post(path)
    assert Member.objects.filter(case__slug="mirsal", user__username="outsider").exists()
    second = Client()
    assert second.get(path).status_code == 404
    second.post("/account/signup/", _NEW)
    assert not User.objects.filter(username="newcomer").exists()


def test_an_invitation_that_ended_lets_nobody_in(site: Site) -> None:
    case = CaseFolder.objects.get(slug="mirsal")
    owner = User.objects.get(username="owner")
    secret = Invitation.make(case, Role.OWNER, owner, timezone.now() - timedelta(days=8))
    assert site.client("outsider").get(f"/invitation/{secret}/").status_code == 404
    assert site.client("outsider").post(f"/invitation/{secret}/").status_code == 404
    assert not Member.objects.filter(case=case, user__username="outsider").exists()


def test_an_invitation_never_lowers_a_role(site: Site) -> None:
    site.client("owner").post(_invited(site, "reader"))
    assert Member.objects.get(case__slug="mirsal", user__username="owner").role == Role.OWNER


def test_the_first_account_owns_every_case(site: Site) -> None:
    secret = Invitation.make(None, Role.OWNER, None, timezone.now())
    client = Client()
    assert "Make the first account" in client.get(f"/invitation/{secret}/").content.decode()
    client.post("/account/signup/", _NEW)
    client.post(f"/invitation/{secret}/")
    newcomer = User.objects.get(username="newcomer")
    assert newcomer.is_superuser
    assert set(Member.objects.filter(user=newcomer).values_list("case__slug", "role")) == {
        ("mirsal", "owner"),
        ("other", "owner"),
    }


def test_the_secret_of_an_invitation_is_kept_nowhere(site: Site) -> None:
    secret = _invited(site, "reader").strip("/").rsplit("/", 1)[1]
    row = Invitation.objects.latest("pk")
    assert secret not in " ".join(str(value) for value in vars(row).values())


def test_an_owner_sees_what_links_are_open_and_takes_one_back(site: Site) -> None:
    path, page = _invited(site, "reviewer"), "/cases/mirsal/members/"
    waiting = site.client("owner").get(page).context["waiting"]
    assert [(each.role, each.made_by.username) for each in waiting] == [("reviewer", "owner")]
    site.client("owner").post(f"{page}invitations/{waiting[0].pk}/")
    assert not site.client("owner").get(page).context["waiting"]
    assert Client().get(path).status_code == 404


def test_an_owner_takes_back_no_link_of_another_case(site: Site) -> None:
    _invited(site, "reader")
    of_mirsal = Invitation.objects.latest("pk")
    assert site.client("outsider").post(f"/cases/other/members/invitations/{of_mirsal.pk}/").status_code == 404
    assert Invitation.objects.filter(pk=of_mirsal.pk).exists()
