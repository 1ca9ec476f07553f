"""What all tests share: a case is a database of its own, which tests may open."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import (  # noqa: F401  fixtures
    accounts_tables,
    database_url,
    postgresql,
    put_built_case,
    put_built_site,
)

# A slow machine is no failure.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")

# Playwright keeps an event loop in the test's own thread, where Django then refuses to work.  No test
# is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def _cases_may_be_opened(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests open cases.  pytest-django guards the one configured database, which Muster does not use."""
    parts = {"store", "run", "cli", "drills", "web", "doors"}
    if parts.isdisjoint(request.path.parts):
        yield
        return
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        yield


@pytest.fixture(scope="session")
def built_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented place, built into a case by the command; copy it to change it."""
    folder = tmp_path_factory.mktemp("built") / "mirsal"
    documents = Path(__file__).parents[1] / "examples" / "documents"
    command = [sys.executable, "-m", "muster", "build", str(folder), str(documents)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode in (0, 3), done.stderr
    return folder
