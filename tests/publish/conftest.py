import pytest

from muster.casebook.record import Record
from tests.publish.mirsal_record import make_record


@pytest.fixture(scope="session")
def record() -> Record:
    return make_record()
