"""What is true of a case in PostgreSQL, and of finding it there."""

import builtins
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connections

from muster.errors import MusterError
from muster.store import models
from muster.store.case import Case, attach_case, detach_case, one_snapshot, open_case
from tests.databases import ON_POSTGRESQL

pytestmark = ON_POSTGRESQL


@pytest.fixture
def server(postgresql: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(postgresql, autocommit=True) as connection:
        yield connection


def schema_of(folder: Path) -> str:
    return (folder / "case.postgresql").read_text().strip()


def schemas(server: "psycopg.Connection[tuple[object, ...]]") -> set[object]:
    return {name for (name,) in server.execute("SELECT nspname FROM pg_namespace")}


def refusal(folder: Path, url: str, build: bool = False) -> MusterError:
    with pytest.raises(MusterError) as caught, open_case(folder, build=build, database_url=url):
        pass
    return caught.value


def test_a_case_is_a_schema_of_its_own_and_a_folder_of_originals(folder: Path) -> None:
    assert sorted(each.name for each in folder.iterdir()) == ["case.postgresql", "lock", "originals"]
    assert schema_of(folder).startswith("case_case_")


@pytest.mark.parametrize("name", ["Sector North / 3", "مرسال", "'; DROP SCHEMA public; --", "x" * 200, "1"])
def test_any_name_of_a_folder_gives_a_schema(tmp_path: Path, database_url: str, name: str) -> None:
    folder = tmp_path / name.replace("/", "-")
    for _ in range(2):
        with open_case(folder, build=True, database_url=database_url) as case:
            assert models.Document.objects.using(case.alias).count() == 0


def test_cases_of_one_name_do_not_meet(tmp_path: Path, database_url: str) -> None:
    for place in ("a", "b"):
        with open_case(tmp_path / place / "case", build=True, database_url=database_url):
            pass
    assert schema_of(tmp_path / "a" / "case") != schema_of(tmp_path / "b" / "case")


def test_a_case_cannot_see_tables_of_another_program(
    folder: Path, database_url: str, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("CREATE TABLE IF NOT EXISTS public.store_nothing (id int)")
    with (
        open_case(folder, database_url=database_url) as case,
        connections[case.alias].cursor() as cursor,
        pytest.raises(DatabaseError, match="does not exist"),
    ):
        cursor.execute("SELECT * FROM store_nothing")
    server.execute("DROP TABLE public.store_nothing")


def test_without_the_url_a_case_says_that_it_needs_it(folder: Path) -> None:
    said = refusal(folder, "")
    assert said.code == "no_database_url"
    assert "MUSTER_DATABASE_URL" in said.hint


def test_another_database_is_not_taken_for_the_right_one(
    folder: Path, database_url: str, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("DROP DATABASE IF EXISTS other")
    server.execute("CREATE DATABASE other")
    for build in (False, True):
        said = refusal(folder, database_url.replace("/postgres?", "/other?"), build)
        assert (said.code, schema_of(folder) in said.message) == ("wrong_database", True)


def test_a_database_that_is_not_of_unicode_is_refused_and_nothing_left(
    tmp_path: Path, database_url: str, server: "psycopg.Connection[tuple[object, ...]]"
) -> None:
    server.execute("DROP DATABASE IF EXISTS latin")
    server.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    said = refusal(tmp_path / "new", database_url.replace("/postgres?", "/latin?"), build=True)
    assert (said.code, "LATIN1" in said.message) == ("wrong_database", True)
    assert not (tmp_path / "new" / "case.postgresql").exists()


@pytest.mark.parametrize(
    "url",
    ["mysql://localhost/x", "localhost", "postgresql://", "postgresql://clerk:se%same@h/x", "host=h dbname=x", "x"],
)
def test_what_is_no_url_of_postgresql_is_said_so_without_the_password(tmp_path: Path, url: str) -> None:
    said = refusal(tmp_path / "new", url, build=True)
    assert (said.code, said.exit_code) == ("wrong_setting", 2)
    assert "same" not in said.message + said.hint


@pytest.mark.parametrize("where", ["/postgres?host=/nowhere", "localhost:1/x", "no-such-host.invalid/x"])
def test_a_server_that_does_not_answer_is_said_so(folder: Path, where: str) -> None:
    said = refusal(folder, f"postgresql://clerk:sesame@{where}")
    assert said.code == "no_database"
    assert "sesame" not in said.message + said.hint


def test_a_user_or_database_that_is_not_there_is_said_so(folder: Path, database_url: str) -> None:
    assert refusal(folder, database_url.replace("muster@", "stranger@")).code == "no_database"
    assert refusal(folder, database_url.replace("/postgres?", "/nothing?")).code == "no_database"


def test_without_the_driver_it_is_said_what_to_install(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = builtins.__import__

    def missing(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("psycopg"):
            raise ImportError(name)
        return really(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    assert "muster-record[postgresql]" in refusal(folder, database_url).hint


def test_a_case_that_could_not_be_made_leaves_no_schema(
    tmp_path: Path, database_url: str, server: "psycopg.Connection[tuple[object, ...]]", monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schemas(server)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("muster.store.database.keep_schema", fail)
    assert refusal(tmp_path / "new", database_url, build=True).code == "disk_full"
    assert schemas(server) == before


def test_a_pointer_that_names_no_schema_is_refused(folder: Path, database_url: str) -> None:
    (folder / "case.postgresql").write_text('public"; DROP')
    assert refusal(folder, database_url).code == "damaged"


def test_a_snapshot_is_for_reading(case: Case) -> None:
    with pytest.raises(DatabaseError, match="read-only"), one_snapshot(case):
        models.Errand.objects.using(case.alias).create(paths="[]")


def test_all_text_is_in_code_point_order(case: Case) -> None:
    with connections[case.alias].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name LIKE 'store_%' AND data_type LIKE ANY"
            " (ARRAY['text', 'character%'])"
        )
        found = cursor.fetchall()
    assert len(found) > 50
    assert [row for row in found if row[2] != "C"] == []


def test_what_postgresql_cannot_hold_is_replaced(case: Case) -> None:
    models.Errand.objects.using(case.alias).create(paths="a\x00b")
    assert models.Errand.objects.using(case.alias).get(paths="a\x00b").paths == "a\ufffdb"


def test_an_attached_case_survives_a_restart_of_its_connection(folder: Path, database_url: str) -> None:
    case = attach_case(folder, database_url)
    (pid,) = (models.Errand.objects.using(case.alias).count(), connections[case.alias].connection.info.backend_pid)[1:]
    with psycopg.connect(database_url, autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    connections[case.alias].close_if_unusable_or_obsolete()  # as at the beginning of every request
    assert models.Errand.objects.using(case.alias).count() == 0
    detach_case(folder)
