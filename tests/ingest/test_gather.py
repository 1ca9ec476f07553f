import zipfile
from pathlib import Path

import pytest

from muster.ingest import Incoming, IngestLimits, gather
from muster.records import Reject

LETTER = b"The gate\n\nThe guards opened the gate at dawn, said Nadim Orlo.\n"


def coming(*paths: Path, **limits: int) -> list[Incoming | Reject]:
    return list(gather(paths, IngestLimits(**limits)))


def codes(found: list[Incoming | Reject]) -> list[str]:
    return [each.code if isinstance(each, Reject) else each.media_type for each in found]


def test_a_folder_comes_in_by_name_with_names_relative_to_it(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/y.md", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(LETTER)
    assert [each.name for each in coming(tmp_path)] == ["a/y.md", "a/z.txt", "b.txt", "c.txt"]


def test_a_file_given_by_itself_goes_by_its_own_name(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_bytes(LETTER)
    (found,) = coming(path)
    assert isinstance(found, Incoming)
    assert (found.name, found.path, found.container, found.data) == ("letter.txt", str(path), None, LETTER)


def test_members_of_an_archive_are_documents_and_the_archive_is_none(tmp_path):
    path = tmp_path / "pile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner/two.txt", LETTER)
        archive.writestr("inner/one.html", b"<html><body><p>The gate</p></body></html>")
    found = coming(tmp_path)
    assert [(each.name, each.container) for each in found] == [
        ("pile.zip/inner/one.html", "pile.zip"),
        ("pile.zip/inner/two.txt", "pile.zip"),
    ]


def test_an_archive_in_an_archive_is_opened_as_deep_as_allowed(tmp_path):
    inner, outer = tmp_path / "inner.zip", tmp_path / "outer.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("letter.txt", LETTER)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "inner.zip")
    assert [each.name for each in coming(outer)] == ["outer.zip/inner.zip/letter.txt"]
    assert codes(coming(outer, max_depth=1)) == ["too_deep"]
    assert codes(coming(inner, max_depth=1)) == ["text/plain"]


def test_files_are_read_one_at_a_time(tmp_path):
    for i in range(3):
        (tmp_path / f"{i}.txt").write_bytes(LETTER)
    found = gather([tmp_path], IngestLimits())
    next(found)
    (tmp_path / "1.txt").write_bytes(b"Changed since.\n")
    second = next(found)
    assert isinstance(second, Incoming)
    assert second.data == b"Changed since.\n"


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_followed(tmp_path):
    home, outside = tmp_path / "home", tmp_path / "outside.txt"
    home.mkdir()
    outside.write_bytes(LETTER)
    (home / "a.txt").write_bytes(LETTER)
    (home / "b.txt").symlink_to(home / "a.txt")
    (home / "c.txt").symlink_to(outside)
    (home / "d").symlink_to(tmp_path)
    (home / "e.txt").symlink_to(home / "nowhere")
    assert codes(coming(home)) == ["text/plain", "text/plain", "symlink", "symlink", "symlink"]


def test_limits_on_size_and_number_are_refusals(tmp_path):
    for i in range(4):
        (tmp_path / f"{i}.txt").write_bytes(LETTER * (i + 1))
    assert codes(coming(tmp_path, max_file_bytes=len(LETTER) * 3))[-1] == "too_large"
    assert codes(coming(tmp_path, max_files=2)) == ["text/plain", "text/plain", "too_many_files"]


def test_what_systems_leave_behind_is_no_document(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"\x00\x00\x00\x01Bud1")
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("__MACOSX/._letter.txt", b"x")
        archive.writestr("letter.txt", LETTER)
    assert [each.name for each in coming(tmp_path)] == ["a.zip/letter.txt"]


@pytest.mark.parametrize("limits", [{"max_total_bytes": 100}, {"max_members": 2}])
def test_an_archive_may_not_unpack_to_more_than_its_limits(tmp_path, limits):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for i in range(3):
            archive.writestr(f"{i}.txt", LETTER)
    found = codes(coming(tmp_path, **limits))
    assert found[-1] in ("unpacks_too_large", "too_many_members")
    assert len(found) <= 2
