"""What all tests share: a case is a database of its own, which tests may open."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is no failure.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")

# Playwright keeps an event loop in the test's own thread, where Django then refuses to work.  No test
# is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def _cases_may_be_opened(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let tests open cases.  pytest-django guards the one configured database, which Muster does not use."""
    parts = {"store", "run", "cli", "drills"}
    if parts.isdisjoint(request.path.parts):
        yield
        return
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        yield
