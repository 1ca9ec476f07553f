"""Opening a case, and what stands in the way."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from muster.errors import MusterError
from muster.store import models
from muster.store.case import Case, one_transaction, open_case
from muster.store.complaints import database_errors


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_case(tmp_path / "case", build=True):
        pass
    return tmp_path / "case"


def pragma(case: Case, name: str) -> object:
    with connections[case.alias].cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def test_a_case_writes_ahead_and_waits_for_the_disk(folder: Path) -> None:
    with open_case(folder) as case:
        assert (pragma(case, "journal_mode"), pragma(case, "synchronous")) == ("wal", 2)


def test_a_transaction_takes_the_write_lock_when_it_begins(folder: Path) -> None:
    with open_case(folder) as case, one_transaction(case):
        other = sqlite3.connect(folder / "case.sqlite3", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_transactions_do_not_nest(folder: Path) -> None:
    with (
        open_case(folder) as case,
        one_transaction(case),
        pytest.raises(RuntimeError, match="durable"),
        one_transaction(case),
    ):
        pass


def write_and_fail(case: Case) -> None:
    with one_transaction(case):
        models.Errand.objects.using(case.alias).create(paths="[]")
        raise KeyError


def test_what_is_written_in_a_transaction_that_fails_is_not_there(folder: Path) -> None:
    with open_case(folder) as case:
        with pytest.raises(KeyError):
            write_and_fail(case)
        assert not models.Errand.objects.using(case.alias).exists()


def test_two_cases_are_open_side_by_side(tmp_path: Path) -> None:
    with open_case(tmp_path / "a", build=True) as a, open_case(tmp_path / "b", build=True) as b:
        models.Errand.objects.using(a.alias).create(paths="of a")
        assert not models.Errand.objects.using(b.alias).exists()


def test_only_its_owner_may_look_into_a_new_case(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(MusterError, match="muster build") as caught, open_case(tmp_path / "none"):
        pass
    assert caught.value.code == "no_case"
    assert not (tmp_path / "none").exists()


def test_a_folder_of_other_things_does_not_become_a_case(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(MusterError) as caught, open_case(tmp_path, build=True):
        pass
    assert caught.value.code == "not_a_case"
    assert [each.name for each in tmp_path.iterdir()] == ["holiday.jpg"]


@pytest.mark.parametrize("build", [False, True])
def test_a_database_of_another_program_is_left_as_it_is(tmp_path: Path, build: bool) -> None:
    database = tmp_path / "case.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE auth_user (name TEXT)")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(MusterError, match="not made by Muster") as caught, open_case(tmp_path, build=build):
        pass
    assert caught.value.code == "not_a_case"
    assert database.read_bytes() == before


def test_a_folder_of_documents_taken_for_a_case_gets_a_command_that_works(tmp_path: Path) -> None:
    (tmp_path / "my letters").mkdir()
    (tmp_path / "my letters" / "a.txt").touch()
    for build in (False, True):
        with pytest.raises(MusterError) as caught, open_case(tmp_path / "my letters", build=build):
            pass
        assert f"muster build NEW-CASE '{tmp_path}/my letters'" in caught.value.hint


def test_a_file_is_not_a_case(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MusterError) as caught, open_case(tmp_path / "file", build=True):
        pass
    assert caught.value.code == "not_a_case"


def test_a_case_that_a_newer_version_made_is_left_alone(folder: Path) -> None:
    with sqlite3.connect(folder / "case.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0999_later', '2031-01-01')"
        )
    database.close()
    with pytest.raises(MusterError, match="newer version") as caught, open_case(folder, build=True):
        pass
    assert caught.value.code == "newer_case"


def test_a_database_left_empty_by_a_kill_gets_its_tables(tmp_path: Path) -> None:
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "case.sqlite3").touch()
    with open_case(tmp_path / "case") as case:
        assert models.Document.objects.using(case.alias).count() == 0


def test_something_else_under_the_name_of_the_database_is_said_so(folder: Path) -> None:
    (folder / "case.sqlite3").write_text("not a database, but long enough to be looked at as one\n" * 40)
    with pytest.raises(MusterError) as caught, open_case(folder):
        pass
    assert caught.value.code == "damaged"


def test_two_builds_of_one_case_do_not_run_at_once(folder: Path) -> None:
    with open_case(folder, build=True):
        with pytest.raises(MusterError, match="Another build") as caught, open_case(folder, build=True):
            pass
        with open_case(folder):
            pass  # reading goes on meanwhile
    assert caught.value.code == "case_busy"
    with open_case(folder, build=True):
        pass


def test_the_lock_of_a_killed_build_is_gone(folder: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from muster.store.case import open_case\n"
        "with open_case(Path(sys.argv[1]), build=True): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=False)
    with open_case(folder, build=True):
        pass


def test_a_case_on_read_only_media_can_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_case(folder) as case, one_transaction(case):
        models.Errand.objects.using(case.alias).create(paths="here")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if mode == os.W_OK else access(path, mode))
    before = sorted(each.name for each in folder.iterdir())
    with open_case(folder) as case:
        assert models.Errand.objects.using(case.alias).get().paths == "here"
        assert sorted(each.name for each in folder.iterdir()) == before
        with pytest.raises(OperationalError, match="readonly"):
            models.Errand.objects.using(case.alias).create(paths="there")


def fill_the_disk(folder: Path) -> None:
    with open_case(folder) as case:
        pragma(case, "max_page_count = 1")
        with one_transaction(case):
            models.Errand.objects.using(case.alias).create(paths="x" * 1_000_000)


def test_a_full_disk_is_said_to_be_full(folder: Path) -> None:
    with pytest.raises(MusterError, match="Make room") as caught:
        fill_the_disk(folder)
    assert caught.value.code == "disk_full"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), "disk_full"),
        (OSError(30, "Read-only file system"), "read_only"),
        (PermissionError(13, "Permission denied", "/case"), "read_only"),
        (OSError(5, "Input/output error"), "io_error"),
        (OperationalError("database is locked"), "case_busy"),
        (OperationalError("database disk image is malformed"), "damaged"),
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
