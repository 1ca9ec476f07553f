from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.web.site import Site, accounts, opened_site, site

__all__ = ["accounts", "shared_site", "site"]


@pytest.fixture(scope="module")
def shared_site(
    tmp_path_factory: pytest.TempPathFactory,
    put_built_site: Callable[[Path], str],
    accounts_tables: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Site]:
    """One site for the tests of a module, which leave it as they found it."""
    with django_db_blocker.unblock():
        with opened_site(tmp_path_factory.mktemp("site"), put_built_site) as found:
            yield found
        call_command("flush", verbosity=0, interactive=False)
        cache.clear()
