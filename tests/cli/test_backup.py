"""`muster backup` and `muster restore`."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

Muster = Callable[..., Ran]
pytestmark = pytest.mark.usefixtures("small_stages")


@pytest.fixture
def _on_the_database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if database_url:
        monkeypatch.setenv("MUSTER_DATABASE_URL", database_url)


@pytest.mark.usefixtures("_on_the_database")
def test_a_case_is_the_same_after_a_restore(muster: Muster, pile: Path, tmp_path: Path) -> None:
    assert muster("build", "case", str(pile)).code == 0
    ran = muster("backup", "case", "case.backup")
    assert (ran.code, ran.out) == (0, "")
    assert "case.backup (2 documents, 4 statements, 0 judgements)" in ran.err
    assert muster("restore", "case.backup", "again/case").code == 0
    for folder, out in (("case", "a"), ("again/case", "b")):
        assert muster("export", folder, "-o", out).code == 0
    exports = [{each.name: each.read_bytes() for each in (tmp_path / out).iterdir()} for out in ("a", "b")]
    assert exports[0] == exports[1]
    assert muster("check", "again/case").code == 0
    assert muster("build", "again/case", str(pile)).out.startswith("again/case: 0 new, 2 known before")


def test_a_case_moves_to_postgresql_and_says_so_where_it_is_not_found(
    muster: Muster, pile: Path, postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    muster("build", "case", str(pile))
    muster("backup", "case", "case.backup")
    monkeypatch.setenv("MUSTER_DATABASE_URL", postgresql)
    assert muster("restore", "case.backup", "moved").code == 0
    assert muster("show", "moved").out.replace("moved", "case") == muster("show", "case").out
    monkeypatch.delenv("MUSTER_DATABASE_URL")
    ran = muster("show", "moved")
    assert ran.code == 1
    assert "MUSTER_DATABASE_URL" in ran.err


def test_originals_that_are_not_as_they_came_in_are_named(muster: Muster, pile: Path, tmp_path: Path) -> None:
    muster("build", "case", str(pile))
    next(each for each in (tmp_path / "case" / "originals").rglob("*") if each.is_file()).write_bytes(b"another")
    ran = muster("backup", "case", "case.backup")
    assert ran.code == 4
    assert "the original is missing, or not as it came in" in ran.out


def test_a_damaged_backup_makes_nothing(muster: Muster, pile: Path, tmp_path: Path) -> None:
    muster("build", "case", str(pile))
    muster("backup", "case", "case.backup")
    content = bytearray((tmp_path / "case.backup").read_bytes())
    content[len(content) // 2] ^= 0xFF
    (tmp_path / "case.backup").write_bytes(content)
    ran = muster("restore", "case.backup", "again")
    assert ran.code == 1
    assert "damaged" in ran.err
    assert not (tmp_path / "again").exists()
