"""What all tests share: a case is a database of its own, which tests may open."""

from collections.abc import Iterator

import pytest


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
