"""`muster check` exits 4 and names what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

pytestmark = pytest.mark.usefixtures("small_stages")
Muster = Callable[..., Ran]


def test_a_sound_case_passes(muster: Muster, pile: Path) -> None:
    muster("build", "case", "pile")
    ran = muster("check", "case")
    assert (ran.code, ran.out) == (
        0, "2 originals, 4 statements and 2 readings checked: all is where the record says.\n"
    )  # fmt: skip


def test_a_damaged_database_fails_too(muster: Muster, pile: Path, tmp_path: Path) -> None:
    muster("build", "case", "pile")
    with (tmp_path / "case" / "case.sqlite3").open("r+b") as file:
        file.truncate(30_000)
    ran = muster("check", "case")
    assert ran.code == 4
    assert "damaged" in ran.err


def test_a_changed_original_fails_by_name(muster: Muster, pile: Path, tmp_path: Path) -> None:
    muster("build", "case", "pile")
    for path in (tmp_path / "case" / "originals").rglob("*"):
        if path.is_file() and b"Wire" in path.read_bytes():
            path.write_bytes(b"Wire\n")
    ran = muster("check", "case")
    assert ran.code == 4
    assert "b.txt: Its bytes are not those that came in." in ran.out
    shape = json.loads(muster("check", "case", "--json").out)
    assert shape["ok"] is False
    assert {each["name"] for each in shape["data"]["faults"]} == {"b.txt"}
