"""Cases: which one sees, and making one."""

from pathlib import Path

from django.conf import settings
from django.test import Client

from muster.store.case import detach_case
from muster.store.database import is_case
from muster.web.accounts.models import CaseFolder, Member, Role
from tests.databases import ON_SQLITE
from tests.web.site import Site

# Nothing here reads a row of a case.
pytestmark = ON_SQLITE


def test_one_sees_the_cases_that_one_is_a_member_of(site: Site) -> None:
    page = site.client("outsider").get("/cases/").content.decode()
    assert "Other" in page
    assert "Mirsal" not in page


def test_who_has_one_case_comes_to_it_at_once(site: Site) -> None:
    assert site.client("reader").get("/").headers["Location"] == "/cases/mirsal/"


def test_who_has_several_cases_chooses(site: Site) -> None:
    user = Member.objects.get(case__slug="mirsal", user__username="reader").user
    Member.objects.create(case=CaseFolder.objects.get(slug="other"), user=user, role=Role.READER)
    assert site.client("reader").get("/").headers["Location"] == "/cases/"


def test_who_makes_a_case_owns_it(site: Site) -> None:
    answer = site.client("owner").post("/cases/new/", {"name": "Flood road"})
    assert answer.headers["Location"] == "/cases/flood-road/"
    assert list(Member.objects.filter(case__slug="flood-road").values_list("user__username", "role")) == [
        ("owner", "owner")
    ]
    assert is_case(Path(settings.SITE) / "flood-road")
    assert site.client("owner").get("/cases/flood-road/").status_code == 200
    assert site.client("reviewer").get("/cases/flood-road/").status_code == 404


def test_who_owns_no_case_makes_none(site: Site) -> None:
    for visitor in ("reader", "reviewer"):
        assert site.client(visitor).get("/cases/new/").status_code == 404
        assert site.client(visitor).post("/cases/new/", {"name": "Flood road"}).status_code == 404
    assert site.client("stranger").post("/cases/new/", {"name": "Flood road"}).status_code == 302
    assert not CaseFolder.objects.filter(slug="flood-road").exists()


def test_a_case_without_a_name_or_with_one_that_is_taken_is_refused(site: Site) -> None:
    client = site.client("owner")
    assert "A case needs a name" in client.post("/cases/new/", {"name": "  "}).content.decode()
    assert client.post("/cases/new/", {"name": "mirsal"}).status_code == 400
    assert client.post("/cases/new/", {"name": "site"}).status_code == 400
    assert client.post("/cases/new/", {"name": "../.."}).status_code == 400
    assert CaseFolder.objects.count() == 2


def test_a_case_whose_folder_is_gone_says_so_and_not_where_it_was(site: Site) -> None:
    folder = site.case.folder
    detach_case(folder)
    folder.rename(folder.with_name("moved"))
    said = site.client("reader").get("/cases/mirsal/")
    assert said.status_code == 503
    assert "cannot be opened" in said.content.decode()
    assert str(folder) not in said.content.decode()
    token = {"authorization": f"Bearer {site.tokens['reader']}"}
    assert Client().get("/api/cases/mirsal/", headers=token).status_code == 503
