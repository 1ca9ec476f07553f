"""Running the command line in this process, on small stages."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from muster.cli import main
from tests.run.fakes import fake_stages

_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture
def small_stages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build with the small stages of tests.run.fakes, in one worker."""
    monkeypatch.setenv("PYTHONPATH", str(_ROOT))
    monkeypatch.setenv("MUSTER_WORKERS", "1")
    for module in ("muster.run.build", "muster.run.check"):
        monkeypatch.setattr(f"{module}.real_stages", lambda settings: fake_stages())


@pytest.fixture
def muster(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """Run `muster ARGS` in tmp_path."""
    monkeypatch.chdir(tmp_path)

    def run(*args: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["muster", *args])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ran(code=int(ended.value.code or 0), out=out, err=err)

    return run


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    (folder / "a.txt").write_text("Letter\nSalim Haddad: shells fell at dawn\nNora: nobody came\n", encoding="utf-8")
    (folder / "b.txt").write_text(
        "Wire\nA guard: shells fell at dawn\n"
        "The spokesman of the committee: the road was closed to lorries, to visitors and to physicians for two weeks\n",
        encoding="utf-8",
    )
    return folder
