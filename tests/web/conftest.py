from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.web.site import accounts, site

__all__ = ["accounts", "site"]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page that an earlier test asked for in Persian leaves its language to the thread."""
    with translation.override("en"):
        yield
