"""Children import the small stages of tests.run.fakes."""

from pathlib import Path

import pytest

_ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _children_find_the_fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(_ROOT))


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which children note what they read and extract."""
    monkeypatch.setenv("FAKE_LOG", str(tmp_path / "log"))
    (tmp_path / "log").touch()
    return tmp_path / "log"


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Three documents that say partly the same."""
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_text("Letter\nSalim: shells fell at dawn\nNora: nobody came\n", encoding="utf-8")
    (folder / "b.txt").write_text("Wire\nA guard: shells fell at dawn\n", encoding="utf-8")
    (folder / "c.txt").write_text("List\nNora: water ran out\n", encoding="utf-8")
    return folder
