"""Tokens for programs: shown once, and nobody else's business."""

from muster.web.accounts.models import Token
from tests.databases import ON_SQLITE
from tests.web.site import Site

# Nothing here reads a row of a case.
pytestmark = ON_SQLITE


def test_a_token_is_shown_once(site: Site) -> None:
    page = site.client("reader").post("/tokens/", {"name": "nightly copy"})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    later = site.client("reader").get("/tokens/").content.decode()
    assert secret not in later
    assert "nightly copy" in later


def test_a_token_belongs_to_who_made_it_and_its_secret_is_kept_nowhere(site: Site) -> None:
    secret = site.client("reader").post("/tokens/", {"name": "nightly copy"}).context["secret"]
    found = Token.find(secret)
    assert found is not None
    assert found.user.username == "reader"
    assert secret not in " ".join(str(value) for value in vars(Token.objects.get(name="nightly copy")).values())


def test_a_token_is_seen_and_deleted_by_its_owner_alone(site: Site) -> None:
    secret = site.client("reader").post("/tokens/", {"name": "nightly copy"}).context["secret"]
    path = f"/tokens/{Token.objects.get(name='nightly copy').pk}/delete/"
    assert "nightly copy" not in site.client("owner").get("/tokens/").content.decode()
    for visitor in ("owner", "reviewer", "outsider"):
        assert site.client(visitor).post(path).status_code == 404
    assert "/account/login/" in site.client("stranger").post(path).headers["Location"]
    assert Token.find(secret) is not None
    assert site.client("reader").post(path).status_code == 302
    assert Token.find(secret) is None


def test_a_token_of_somebody_who_was_shut_out_does_not_work(site: Site) -> None:
    secret = site.client("reader").post("/tokens/", {"name": "nightly copy"}).context["secret"]
    user = Token.objects.get(name="nightly copy").user
    user.is_active = False
    user.save()
    assert Token.find(secret) is None
