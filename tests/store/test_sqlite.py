"""What is true of a case in a file of its own."""

import os
import sqlite3
from pathlib import Path

import pytest
from django.db import OperationalError, connections

from muster.errors import MusterError
from muster.store import models
from muster.store.case import Case, one_transaction, open_case
from tests.databases import ON_SQLITE

pytestmark = ON_SQLITE


def pragma(case: Case, name: str) -> object:
    with connections[case.alias].cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def test_a_case_writes_ahead_and_waits_for_the_disk(case: Case) -> None:
    assert (pragma(case, "journal_mode"), pragma(case, "synchronous")) == ("wal", 2)


def test_a_transaction_takes_the_write_lock_when_it_begins(case: Case) -> None:
    with one_transaction(case):
        other = sqlite3.connect(case.folder / "case.sqlite3", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


def test_a_case_in_a_file_stays_there_where_a_database_is_set(folder: Path) -> None:
    with open_case(folder, database_url="postgresql://nobody@127.0.0.1:1/none") as case:
        assert connections[case.alias].vendor == "sqlite"


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
