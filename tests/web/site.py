"""A site with two cases, and everybody who may come to its doors."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from muster.store import case
from muster.store.case import Case, attach_case, detach_case
from muster.web.accounts.models import CaseFolder, Member, Token
from muster.web.folder import prepare
from muster.web.site import settings_of_site
from tests.databases import drop_built_site

PASSWORD = "river-stone-41-lamp"
VISITORS = ("stranger", "outsider", "reader", "reviewer", "owner")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The case "mirsal" with a reader, a reviewer and an owner, and the case "other", whose owner is the outsider."""

    case: Case
    other: Case
    clients: Mapping[str, Client]
    tokens: Mapping[str, str]

    def client(self, visitor: str) -> Client:
        return self.clients[visitor]


@pytest.fixture
def accounts(accounts_tables: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An empty accounts database.  pytest-django's own fixture forbids the databases of cases."""
    with django_db_blocker.unblock():
        yield
        call_command("flush", verbosity=0, interactive=False)
        cache.clear()  # signing in so often is no attack


@pytest.fixture
def site(tmp_path: Path, put_built_site: Callable[[Path], str], accounts: None) -> Iterator[Site]:
    with opened_site(tmp_path, put_built_site) as found:
        yield found


@contextmanager
def opened_site(folder: Path, put_built_site: Callable[[Path], str]) -> Iterator[Site]:
    """Put a site into an empty folder, and sign everybody in."""
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(SITE=folder, PASSWORD_HASHERS=quick), pytest.MonkeyPatch.context() as patch:
        cache.clear()  # counts how often somebody signed in
        database_url = put_built_site(folder)
        patch.setenv("MUSTER_DATABASE_URL", database_url)
        settings_of_site.cache_clear()
        prepare(folder, "")
        cases = {slug: _served(folder / slug) for slug in ("mirsal", "other")}
        users = {name: User.objects.create_user(name, password=PASSWORD) for name in VISITORS[1:]}
        for name in ("reader", "reviewer", "owner"):
            Member.objects.create(case=cases["mirsal"], user=users[name], role=name)
        Member.objects.create(case=cases["other"], user=users["outsider"], role="owner")
        clients = {name: signed_in(users.get(name)) for name in VISITORS}
        tokens = {name: Token.make(user, "test", timezone.now()) for name, user in users.items()}
        opened = {slug: attach_case(Path(case.folder), database_url) for slug, case in cases.items()}
        try:
            yield Site(case=opened["mirsal"], other=opened["other"], clients=clients, tokens=tokens)
        finally:
            for attached in [each for each in case._attached if each.is_relative_to(folder)]:
                detach_case(attached)
            drop_built_site(database_url)
    settings_of_site.cache_clear()


def _served(folder: Path) -> CaseFolder:
    return CaseFolder.objects.create(slug=folder.name, name=folder.name.title(), folder=str(folder))


def signed_in(user: User | None) -> Client:
    """Return the browser of somebody, who has just shown their password."""
    client = Client()
    if user is not None:
        client.post("/account/login/", {"login": user.username, "password": PASSWORD})
        client.post("/account/reauthenticate/", {"password": PASSWORD})
    return client
