import pytest
from mirsal_record import make_record

from muster.casebook.record import Record


@pytest.fixture(scope="session")
def record() -> Record:
    return make_record()
