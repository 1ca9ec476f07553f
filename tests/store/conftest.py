"""A new case and a built one, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from muster.run.build import build
from muster.settings import Settings
from muster.store.backup import back_up
from muster.store.case import Case, open_case
from muster.store.restore import restore
from tests.run.fakes import fake_stages

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Return where a new case of SQLite is, to be copied: tables take half a second to make."""
    folder = tmp_path_factory.mktemp("empty") / "case"
    with django_db_blocker.unblock(), open_case(folder, build=True):
        pass
    return folder


@pytest.fixture
def folder(empty: Path, tmp_path: Path, database_url: str) -> Path:
    """Return where a new case is."""
    if not database_url:
        return Path(shutil.copytree(empty, tmp_path / "case"))
    with open_case(tmp_path / "case", build=True, database_url=database_url):
        pass
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path, database_url: str) -> Iterator[Case]:
    """The new case, open."""
    with open_case(folder, database_url=database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def backup(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """Return a backup of a small case: two letters, and something that could not be read."""
    place = tmp_path_factory.mktemp("backup")
    (place / "a.txt").write_text("Letter\nNora: nobody came\nThe guard: the gate was shut\n", encoding="utf-8")
    (place / "b.txt").write_text("Another letter\nسليم: nobody came\n", encoding="utf-8")
    (place / "bad.txt").write_text("REFUSE", encoding="utf-8")
    paths = [place / name for name in ("a.txt", "b.txt", "bad.txt")]
    with pytest.MonkeyPatch.context() as environment, django_db_blocker.unblock():
        environment.setenv("PYTHONPATH", str(_ROOT))
        build(place / "built", paths, Settings(workers=1), stages=fake_stages())
        with open_case(place / "built") as opened:
            back_up(opened, place / "built.backup")
    return place / "built.backup"


@pytest.fixture
def built(backup: Path, tmp_path: Path, database_url: str) -> Path:
    """Return where a copy of that case is, to be changed."""
    if not database_url:
        return Path(shutil.copytree(backup.with_name("built"), tmp_path / "built"))
    restore(backup, tmp_path / "built", database_url)
    return tmp_path / "built"


@pytest.fixture
def whole(built: Path, database_url: str) -> Iterator[Case]:
    """The built case, open."""
    with open_case(built, database_url=database_url) as opened:
        yield opened
