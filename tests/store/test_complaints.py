"""What a database says becomes one sentence."""

from pathlib import Path

import pytest
from django.db import OperationalError

from muster.errors import MusterError
from muster.store.complaints import database_errors


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), "disk_full"),
        (OSError(30, "Read-only file system"), "read_only"),
        (PermissionError(13, "Permission denied", "/case"), "read_only"),
        (OSError(5, "Input/output error"), "io_error"),
        (OperationalError("database is locked"), "case_busy"),
        (OperationalError("canceling statement due to lock timeout"), "case_busy"),
        (OperationalError("database disk image is malformed"), "damaged"),
        (OperationalError("server closed the connection unexpectedly"), "no_database"),
    ],
)
def test_what_the_system_says_becomes_one_sentence(error: Exception, code: str, tmp_path: Path) -> None:
    with pytest.raises(MusterError) as caught, database_errors(tmp_path):
        raise error
    assert caught.value.code == code


def test_a_reader_who_has_had_enough_is_no_trouble_with_the_case(tmp_path: Path) -> None:
    with pytest.raises(BrokenPipeError), database_errors(tmp_path):
        raise BrokenPipeError(32, "Broken pipe")


def test_an_error_that_is_no_trouble_with_the_case_passes_through(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="no such column"), database_errors(tmp_path):
        raise OperationalError("no such column: x")
