"""Files from a browser: their names lead nowhere, and none is lost."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from muster.web import uploads


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("letter.pdf", ("letter.pdf",)),
        ("pile/inner/letter.pdf", ("pile", "inner", "letter.pdf")),
        ("../../etc/passwd", ("etc", "passwd")),
        ("/etc/passwd", ("etc", "passwd")),
        ("..\\..\\boot.ini", ("boot.ini",)),
        ("a\x00b.txt", ("a\ufffdb.txt",)),
        ("..", ("file",)),
        ("", ("file",)),
        ("رسالة.txt", ("رسالة.txt",)),
    ],
)
def test_a_name_leads_nowhere_but_into_its_folder(name: str, parts: tuple[str, ...]) -> None:
    assert uploads.safe_parts(name) == parts


@given(st.text(max_size=3000))
def test_any_name_can_be_a_file_s(name: str) -> None:
    parts = uploads.safe_parts(name)
    assert parts
    assert all(part not in ("", ".", "..") and "/" not in part and "\x00" not in part for part in parts)
    assert all(len(part.encode()) <= 255 for part in parts)
    assert len(Path(*parts).as_posix()) <= 1200


def test_a_long_name_keeps_its_ending() -> None:
    (part,) = uploads.safe_parts("ب" * 500 + ".html")
    assert part.endswith(".html")


def _receive(tmp_path: Path, settings: Settings, names: list[str], given: list[str]) -> dict[str, bytes]:
    settings.SITE = tmp_path
    incoming = uploads.uploads() / "k1" / "incoming"
    incoming.mkdir(parents=True)
    received = []
    for n, name in enumerate(given):
        (incoming / str(n)).write_bytes(b"file %d" % n)
        received.append(uploads.Received(incoming / str(n), name, 6))
    uploads.arrange("k1", received, names)
    home = uploads.waiting("k1")
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_files_keep_the_folders_that_they_lay_in(tmp_path: Path, settings: Settings) -> None:
    found = _receive(tmp_path, settings, ["pile/a.txt", "pile/in/a.txt"], ["a.txt", "a.txt"])
    assert found == {"pile/a.txt": b"file 0", "pile/in/a.txt": b"file 1"}


def test_of_two_files_of_one_name_none_is_lost(tmp_path: Path, settings: Settings) -> None:
    found = _receive(tmp_path, settings, [], ["a.txt", "a.txt", "2"])
    assert sorted(found.values()) == [b"file 0", b"file 1", b"file 2"]
    assert found["a.txt"] == b"file 0"


def test_a_file_where_another_needs_a_folder_takes_nothing_from_it(tmp_path: Path, settings: Settings) -> None:
    found = _receive(tmp_path, settings, ["a", "a/b", "a"], ["a", "b", "a"])
    assert sorted(found.values()) == [b"file 0", b"file 1", b"file 2"]


def test_somebody_is_at_work_as_long_as_they_are(tmp_path: Path, settings: Settings) -> None:
    settings.SITE = tmp_path
    assert not uploads.is_at_work("k1")
    with uploads.at_work("k1") as free:
        assert free
        assert uploads.is_at_work("k1")
        with uploads.at_work("k1") as again:
            assert not again
    assert not uploads.is_at_work("k1")
