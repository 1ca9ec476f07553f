"""Opening a case on either database, and what stands in the way."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connections

from muster.errors import MusterError
from muster.store import models
from muster.store.case import Case, attach_case, detach_case, one_snapshot, one_transaction, open_case


def errands(case: Case) -> list[str]:
    return sorted(models.Errand.objects.using(case.alias).values_list("paths", flat=True))


def add_errand(case: Case, paths: str) -> None:
    models.Errand.objects.using(case.alias).create(paths=paths)


def test_transactions_do_not_nest(case: Case) -> None:
    with one_transaction(case), pytest.raises(RuntimeError, match="durable"), one_transaction(case):
        pass


def write_and_fail(case: Case) -> None:
    with one_transaction(case):
        add_errand(case, "[]")
        raise KeyError


def test_what_is_written_in_a_transaction_that_fails_is_not_there(case: Case) -> None:
    with pytest.raises(KeyError):
        write_and_fail(case)
    assert errands(case) == []


def test_a_second_writer_waits_and_reads_what_the_first_left(folder: Path, database_url: str) -> None:
    seen: list[list[str]] = []
    begun = threading.Event()

    def second() -> None:
        with open_case(folder, database_url=database_url) as case:
            begun.set()
            with one_transaction(case):
                seen.append(errands(case))

    writer = threading.Thread(target=second)
    with open_case(folder, database_url=database_url) as case, one_transaction(case):
        writer.start()
        begun.wait()
        writer.join(timeout=0.3)
        assert writer.is_alive()
        add_errand(case, "of the first")
    writer.join()
    assert seen == [["of the first"]]


def test_what_is_read_in_a_snapshot_is_of_one_moment_and_holds_nobody_up(folder: Path, database_url: str) -> None:
    with open_case(folder, database_url=database_url) as reader, open_case(folder, database_url=database_url) as writer:
        with one_snapshot(reader):
            assert errands(reader) == []
            with one_transaction(writer):
                add_errand(writer, "meanwhile")
            assert errands(reader) == []
        assert errands(reader) == ["meanwhile"]
        with one_transaction(reader):  # begins as it did before
            add_errand(reader, "afterwards")


def test_two_cases_are_open_side_by_side(tmp_path: Path, database_url: str) -> None:
    with (
        open_case(tmp_path / "a", build=True, database_url=database_url) as a,
        open_case(tmp_path / "b", build=True, database_url=database_url) as b,
    ):
        add_errand(a, "of a")
        assert (errands(a), errands(b)) == (["of a"], [])


def test_rows_come_in_the_order_of_their_code_points(case: Case) -> None:
    names = ["Ω", "z", "É", "a b", "a-b", "ab", "B", "ا", "a"]
    for name in names:
        add_errand(case, name)
    found = models.Errand.objects.using(case.alias).order_by("paths").values_list("paths", flat=True)
    assert list(found) == sorted(names)


def test_only_its_owner_may_look_into_a_new_case(folder: Path) -> None:
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_is_no_case(tmp_path: Path, database_url: str) -> None:
    with (
        pytest.raises(MusterError, match="muster build") as caught,
        open_case(tmp_path / "none", database_url=database_url),
    ):
        pass
    assert caught.value.code == "no_case"
    assert not (tmp_path / "none").exists()


def test_a_folder_of_other_things_does_not_become_a_case(tmp_path: Path, database_url: str) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(MusterError) as caught, open_case(tmp_path, build=True, database_url=database_url):
        pass
    assert caught.value.code == "not_a_case"
    assert [each.name for each in tmp_path.iterdir()] == ["holiday.jpg"]


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


def test_a_case_that_a_newer_version_made_is_left_alone(folder: Path, database_url: str) -> None:
    with open_case(folder, database_url=database_url) as case, connections[case.alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('store', '0999_later', '2031-01-01')"
        )
    with (
        pytest.raises(MusterError, match="newer version") as caught,
        open_case(folder, build=True, database_url=database_url),
    ):
        pass
    assert caught.value.code == "newer_case"


def test_two_builds_of_one_case_do_not_run_at_once(folder: Path, database_url: str) -> None:
    with open_case(folder, build=True, database_url=database_url):
        with (
            pytest.raises(MusterError, match="Another build") as caught,
            open_case(folder, build=True, database_url=database_url),
        ):
            pass
        with open_case(folder, database_url=database_url):
            pass  # reading goes on meanwhile
    assert caught.value.code == "case_busy"
    with open_case(folder, build=True, database_url=database_url):
        pass


def test_the_lock_of_a_killed_build_is_gone(folder: Path, database_url: str) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from muster.store.case import open_case\n"
        "with open_case(Path(sys.argv[1]), build=True, database_url=sys.argv[2]): os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder), database_url], check=False)
    with open_case(folder, build=True, database_url=database_url):
        pass


def test_a_case_of_an_older_version_that_cannot_be_written_to_is_named(
    folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_case(folder, database_url=database_url) as case, connections[case.alias].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name > '0002'")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: False if mode == os.W_OK else access(path, mode))
    with pytest.raises(MusterError) as caught, open_case(folder, database_url=database_url):
        pass
    assert caught.value.code == "old_case"


# ---- attached for good


def test_a_case_is_attached_once_and_each_thread_has_a_connection_of_its_own(folder: Path, database_url: str) -> None:
    case = attach_case(folder, database_url)
    add_errand(case, "of this thread")
    seen: list[object] = []

    def look() -> None:
        other = attach_case(folder, database_url)
        seen.extend([other.alias, errands(other), connections[other.alias]])
        connections[other.alias].close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen[:2] == [case.alias, ["of this thread"]]
    assert seen[2] is not connections[case.alias]
    detach_case(folder)
    detach_case(folder)
    assert case.alias not in connections.settings


def test_threads_that_attach_a_case_at_once_get_the_same(folder: Path, database_url: str) -> None:
    found: list[str] = []
    together = threading.Barrier(8)

    def attach() -> None:
        together.wait()
        found.append(attach_case(folder, database_url).alias)
        connections[found[-1]].close()

    threads = [threading.Thread(target=attach) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    detach_case(folder)


def test_another_case_put_in_its_place_is_noticed(folder: Path, database_url: str) -> None:
    add_errand(attach_case(folder, database_url), "of the old one")
    folder.rename(folder.with_name("old"))
    with pytest.raises(MusterError) as caught:
        attach_case(folder, database_url)
    assert caught.value.code == "no_case"
    with open_case(folder, build=True, database_url=database_url):
        pass
    assert errands(attach_case(folder, database_url)) == []
    detach_case(folder)


def test_what_cannot_be_opened_is_not_attached(tmp_path: Path, database_url: str) -> None:
    before = set(connections.settings)
    with pytest.raises(MusterError, match="no case"):
        attach_case(tmp_path / "none", database_url)
    assert set(connections.settings) == before
