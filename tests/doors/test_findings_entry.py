"""How one comes in, and stays in, tried the ways in which others were found open.

Comments name the findings of an audit of Bayanat, a database of evidence, that a test stands for.
"""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from muster.web.accounts.models import CaseFolder, Invitation, Member, Role, Token
from tests.databases import ON_SQLITE
from tests.doors.doors import DOORS
from tests.doors.reach import body
from tests.web.site import PASSWORD, VISITORS, Site, signed_in

_LOGIN = "/account/login/"
_NEW = {"username": "newcomer", "password1": PASSWORD, "password2": PASSWORD}

# Nothing here reads a row of a case.
pytestmark = ON_SQLITE


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


def _comes_in(client: Client) -> bool:
    return bool(client.get("/cases/").status_code == 200)


# ---- signing in


def test_after_ten_wrong_passwords_even_the_right_one_is_refused(shared_site: Site) -> None:
    """No limit to guessing (007): one account is guarded wherever the guesses come from."""
    for n in range(10):
        answer = Client(REMOTE_ADDR=f"192.0.2.{n}").post(_LOGIN, {"login": "reader", "password": f"guess-{n}"})
        assert answer.status_code in (200, 429)
    late = Client(REMOTE_ADDR="192.0.2.99")
    answer = late.post(_LOGIN, {"login": "reader", "password": PASSWORD})
    assert answer.status_code in (200, 429)
    assert not _comes_in(late)
    other = Client(REMOTE_ADDR="192.0.2.99")
    other.post(_LOGIN, {"login": "reviewer", "password": PASSWORD})
    assert _comes_in(other)


def test_one_machine_cannot_try_one_password_on_everybody(shared_site: Site) -> None:
    """No limit to guessing (007): thirty attempts from one address are the most, whoever is tried."""
    codes = [Client().post(_LOGIN, {"login": f"name-{n}", "password": "guess"}).status_code for n in range(31)]
    assert codes[-1] == 429
    client = Client(headers={"X-Forwarded-For": "198.51.100.7"})  # what the visitor says of itself does not count
    assert client.post(_LOGIN, {"login": "reader", "password": PASSWORD}).status_code == 429


def test_behind_a_proxy_the_limit_is_on_the_address_that_the_proxy_saw(shared_site: Site) -> None:
    """No limit to guessing (007): one guesser locks out nobody else, and forges no address."""
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        forged = [Client(headers={"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"}) for n in range(31)]
        codes = [
            each.post(_LOGIN, {"login": f"name-{n}", "password": "?"}).status_code for n, each in enumerate(forged)
        ]
        assert codes[-1] == 429
        other = Client(headers={"X-Forwarded-For": "198.51.100.8"})
        other.post(_LOGIN, {"login": "reader", "password": PASSWORD})
        assert _comes_in(other)


def test_the_answer_to_a_wrong_password_does_not_tell_whether_there_is_such_an_account(
    shared_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Learning who has an account: neither the words nor the work done differ."""
    from django.contrib.auth import hashers

    n_hashed: list[str] = []
    real = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *given: n_hashed.append("") or real(self, *given)
    )
    told = []
    for name in ("reader", "nobody-here"):
        n_hashed.clear()
        page = Client().post(_LOGIN, {"login": name, "password": "guess"}).content.decode()
        told.append((page.partition("<main")[2].replace(name, "").partition("csrfmiddlewaretoken")[0], len(n_hashed)))
    assert told[0] == told[1]


def test_signing_in_begins_a_new_session_and_signing_out_ends_it(shared_site: Site) -> None:
    """Session fixation: what somebody planted before is worth nothing after, and what is left is worth nothing."""
    client = Client()
    secret = Invitation.make(CaseFolder.objects.get(slug="other"), Role.READER, _user("outsider"), timezone.now())
    client.get(f"/invitation/{secret}/")
    planted = client.cookies["sessionid"].value
    client.post(_LOGIN, {"login": "reader", "password": PASSWORD})
    held = client.cookies["sessionid"].value
    assert held != planted
    client.get("/account/logout/")
    assert _comes_in(client), "a link must not sign anybody out"
    client.post("/account/logout/")
    thief = Client()
    thief.cookies["sessionid"] = held
    assert not _comes_in(thief)


def test_a_new_password_ends_all_other_sessions(shared_site: Site) -> None:
    """A session that was stolen must not outlive the password."""
    user = User.objects.create_user("changer", password=PASSWORD)
    here, elsewhere = signed_in(user), signed_in(user)
    new = "another-river-stone-8"
    here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not _comes_in(elsewhere)


def test_cookies_are_for_the_server_alone(shared_site: Site) -> None:
    """A session that scripts or other sites could use."""
    for remember in ("", "on"):
        client = Client()
        client.post(_LOGIN, {"login": "reader", "password": PASSWORD, "remember": remember})
        session, csrf = client.cookies["sessionid"], client.cookies["csrftoken"]
        assert session["httponly"]
        assert session["samesite"] == csrf["samesite"] == "Strict"
        assert client.session.get_expiry_age() <= 12 * 3600


def test_a_server_with_a_name_sends_its_cookies_over_tls_only(tmp_path: Path) -> None:
    """Cookies in the clear: MUSTER_HOSTS says that there is a proxy with TLS before the server."""
    import os
    import subprocess
    import sys

    code = "from muster.web import django_settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.DEBUG)"
    code += "; print(s.ALLAUTH_TRUSTED_PROXY_COUNT)"
    environment = {**os.environ, "MUSTER_HOSTS": "muster.example.org", "MUSTER_SECRET_KEY": "k" * 60}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == ["True", "True", "False", "1"]


def test_members_settings_and_tokens_ask_for_the_password_again(shared_site: Site) -> None:
    """Administration from a browser that was left open (016)."""
    owner, case = _user("owner"), CaseFolder.objects.get(slug="mirsal")
    client = Client()
    client.post(_LOGIN, {"login": "owner", "password": PASSWORD})
    session = client.session
    for each in session.get("account_authentication_methods", []):
        each["at"] -= 3600
    session.save()
    reader = Member.objects.get(case=case, user__username="reader")
    n = Token.objects.filter(user=owner).count(), Invitation.objects.count()
    for method, path, data in (
        ("get", "/cases/mirsal/members/", {}),
        ("post", "/cases/mirsal/members/invite/", {"role": "owner"}),
        ("post", f"/cases/mirsal/members/{reader.pk}/", {"role": "owner"}),
        ("post", "/cases/mirsal/settings/", {"four_eyes": "kill"}),
        ("post", "/tokens/", {"name": "mine"}),
        ("get", "/account/two-factor/totp/activate/", {}),
    ):
        answer = getattr(client, method)(path, data)
        assert answer.status_code == 302, path
        assert "/account/reauthenticate/" in answer.headers["Location"], path
    assert (Token.objects.filter(user=owner).count(), Invitation.objects.count()) == n
    assert Member.objects.get(pk=reader.pk).role == Role.READER


def _user(name: str) -> User:
    return User.objects.get(username=name)


# ---- invitations and tokens


def test_an_invitation_lets_one_person_in_once_and_not_at_all_after_its_maker_left(shared_site: Site) -> None:
    """Ways in that stay open behind somebody's back: a link that a former owner kept for later."""
    case = CaseFolder.objects.get(slug="mirsal")
    maker = User.objects.create_user("second-owner", password=PASSWORD)
    member = Member.objects.create(case=case, user=maker, role=Role.OWNER)
    used, kept = (Invitation.make(case, Role.OWNER, maker, timezone.now()) for _ in range(2))
    first = User.objects.create_user("first-come", password=PASSWORD)
    signed_in(first).post(f"/invitation/{used}/")
    assert Member.objects.filter(case=case, user=first).exists()
    assert shared_site.client("outsider").post(f"/invitation/{used}/").status_code == 404
    member.role = Role.REVIEWER
    member.save()
    assert shared_site.client("outsider").post(f"/invitation/{kept}/").status_code == 404
    opened = Client()
    assert opened.get(f"/invitation/{kept}/").status_code == 404
    opened.post("/account/signup/", _NEW)
    assert not User.objects.filter(username="newcomer").exists()
    assert not Member.objects.filter(case=case, user=_user("outsider")).exists()
    Member.objects.filter(user__in=(maker, first)).delete()


def test_who_opened_an_invitation_that_ended_meanwhile_does_not_get_in(shared_site: Site) -> None:
    """A race for one invitation: who joins second is turned away, account or not."""
    case = CaseFolder.objects.get(slug="other")
    secret = Invitation.make(case, Role.READER, _user("outsider"), timezone.now())
    late = Client()
    late.get(f"/invitation/{secret}/")
    shared_site.client("reader").post(f"/invitation/{secret}/")
    late.post("/account/signup/", _NEW)
    assert not User.objects.filter(username="newcomer").exists()
    assert shared_site.client("reviewer").post(f"/invitation/{secret}/").status_code == 404
    Member.objects.filter(case=case, user=_user("reader")).delete()


def test_only_who_comes_first_through_the_same_link_is_let_in(shared_site: Site) -> None:
    """A race for one invitation: both looked it up before either used it."""
    from django.http import Http404, HttpRequest

    from muster.web.pages.cases import join

    case = CaseFolder.objects.get(slug="other")
    secret = Invitation.make(case, Role.OWNER, _user("outsider"), timezone.now())
    found = [Invitation.find(secret, timezone.now()) for _ in range(2)]
    let_in = []
    for name, invitation in zip(("reader", "reviewer"), found, strict=True):
        request = HttpRequest()
        request.user, request.session = _user(name), {}  # type: ignore[assignment]
        assert invitation is not None
        try:
            join(request, invitation)
        except Http404:
            continue
        let_in.append(name)
    assert let_in == ["reader"]
    assert not Member.objects.filter(case=case, user=_user("reviewer")).exists()
    Member.objects.filter(case=case, user=_user("reader")).delete()


def test_secrets_are_shown_once_and_stand_nowhere_in_clear(shared_site: Site) -> None:
    """Keys that were stored or given out again: neither tables, sessions nor pages hold one."""
    from django.apps import apps

    client = shared_site.client("owner")
    token = client.post("/tokens/", {"name": "copy"}).context["secret"]
    page = client.post("/cases/mirsal/members/invite/", {"role": "reader"})
    invitation = str(page.context["link"]).rstrip("/").rsplit("/", 1)[1]
    Client().get(f"/invitation/{invitation}/")  # opened, and not used yet
    kept = [
        str(value)
        for model in apps.get_models()
        if model._meta.app_label != "store"
        for row in model._default_manager.using("default").values()
        for value in row.values()
    ]
    kept += [str(each.get_decoded()) for each in Session.objects.all()]
    kept += [body(client.get(path)) for path in ("/tokens/", "/cases/mirsal/members/")]
    for secret in (token, invitation, PASSWORD):
        assert not [each for each in kept if secret in each]


def test_a_token_opens_the_api_and_nothing_else_and_a_session_does_not_open_the_api(shared_site: Site) -> None:
    """One key for everything: tokens ask for no second factor, and forms of other sites bring sessions along."""
    headers = {"Authorization": f"Bearer {shared_site.tokens['owner']}"}
    for path in ("/cases/", "/tokens/", "/cases/mirsal/", "/cases/mirsal/members/"):
        assert Client().get(path, headers=headers).status_code == 302
    client = shared_site.client("owner")
    assert client.get("/api/cases").status_code == 401
    new = {"kind": "reliability", "subjects": ["x"], "value": '"C"', "reason": "x"}
    assert client.post("/api/cases/mirsal/judgements", new, content_type="application/json").status_code == 401


# ---- other sites


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(shared_site: Site, there: str) -> None:
    """Open redirects, by every form that is told where to go on."""
    client = Client()
    answer = client.post(f"{_LOGIN}?next={there}", {"login": "reader", "password": PASSWORD, "next": there})
    places = [answer.headers["Location"]]
    for path, data in (
        ("/account/reauthenticate/", {"password": PASSWORD, "next": there}),
        ("/language/", {"language": "ar", "next": there}),
        ("/account/logout/", {"next": there}),
    ):
        places.append(client.post(f"{path}?next={there}", data).headers.get("Location", ""))
    assert not [each for each in places if "evil" in each or "alert" in each], places


def test_a_server_answers_to_its_own_name_only(shared_site: Site) -> None:
    """Links in invitations made of the name that a visitor claims the server has."""
    for path in ("/account/login/", "/cases/mirsal/members/", "/api/cases", "/nowhere/"):
        answer = shared_site.client("owner").get(path, headers={"Host": "evil.example"})
        assert answer.status_code == 400, path
        assert "evil.example" not in answer.content.decode()
    answer = shared_site.client("owner").post(
        "/cases/mirsal/members/invite/", {"role": "reader"}, headers={"X-Forwarded-Host": "evil.example"}
    )
    assert "evil.example" not in body(answer)


def test_every_form_needs_its_page(shared_site: Site) -> None:
    """Forms of other sites: each address that takes something is tried with everybody's session and no token."""
    case = CaseFolder.objects.get(slug="mirsal")
    clients = {name: Client(enforce_csrf_checks=True) for name in VISITORS[2:]}
    for name, client in clients.items():
        client.cookies["sessionid"] = shared_site.client(name).cookies["sessionid"].value
        assert _comes_in(client)
    paths = [_path(shared_site, door) for door in DOORS if door.method == "POST" and not door.name.startswith("api:")]
    paths += [
        "/account/logout/",
        "/account/password/",
        "/language/",
        "/cases/new/",
        "/account/two-factor/totp/activate/",
    ]
    n = Member.objects.count(), Token.objects.count(), Invitation.objects.count()
    for path in paths:
        answer = clients["owner"].post(path, {"role": "owner", "name": "x"})
        assert answer.status_code == 403, path
    assert (Member.objects.count(), Token.objects.count(), Invitation.objects.count()) == n
    assert _comes_in(clients["owner"])
    assert case.pk


def _path(site: Site, door: object) -> str:
    from tests.doors.doors import Door

    assert isinstance(door, Door)
    in_case = door.needs in Role.values
    return reverse(door.name, args=[*(["mirsal"] if in_case else []), *door.arguments(site)])


def test_every_answer_forbids_scripts_frames_guessing_and_keeping(shared_site: Site) -> None:
    """Headers that were forgotten on errors, downloads or files."""
    owner, paths = shared_site.client("owner"), [
        "/cases/", "/cases/mirsal/", "/cases/mirsal/export/csv.zip", "/cases/mirsal/export/report.html", "/nowhere/",
        "/cases/nowhere/", "/account/login/", "/account/two-factor/", "/api/cases", "/api/openapi.json", "/tokens/",
        "/cases/mirsal/history/?before=x", "/invitation/x/", "/cases/mirsal/?x=%00", "/language/",
    ]  # fmt: skip
    document = next(door for door in DOORS if door.name == "download")
    wrong = []
    for path in [*paths, _path(shared_site, document)]:
        for client in (owner, shared_site.client("reader"), Client()):
            answer = client.get(path)
            told = answer.headers
            policy = told.get("Content-Security-Policy", "")
            if "default-src 'none'" not in policy or "unsafe" in policy:
                wrong.append(f"{path}: {policy}")
            if told.get("X-Content-Type-Options") != "nosniff" or told.get("X-Frame-Options") != "DENY":
                wrong.append(f"{path}: {dict(told)}")
            if "no-store" not in told.get("Cache-Control", ""):
                wrong.append(f"{path}: kept")
            if told.get("Referrer-Policy") != "same-origin":
                wrong.append(f"{path}: refers")
            answer.close()
    assert not wrong, "\n".join(wrong)
