"""The example in each command's help does what it says, on real documents."""

import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from muster.cli import COMMANDS
from muster.cli import muster as group
from tests.cli.conftest import Ran

_LETTERS = {
    "first.txt": "A letter from the flood road\n\nOssana, 3 April 2031\n\nSalim Haddad said that guards had killed two "
    "men at the north gate on 2 April 2031.\n",
    "second.txt": "To the committee\n\nOssana, 4 April 2031\n\nThe Flood Road Committee said that five men were killed "
    "at the north gate on 2 April 2031.\n",
}


@pytest.fixture
def documents(tmp_path: Path) -> None:
    """What the examples name: a folder of letters and an archive."""
    (tmp_path / "letters").mkdir()
    for name, text in _LETTERS.items():
        (tmp_path / "letters" / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "wires.zip", "w") as archive:
        archive.writestr("wire.txt", "Wire\n\nOssana, 5 April 2031\n\nNobody was killed, the guards said.\n")


def example(name: str) -> list[str]:
    command = group.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    program, *args = shlex.split((command.epilog or "").removeprefix("Example:"))
    assert program == "muster"
    return args


@pytest.mark.usefixtures("documents")
def test_the_examples_run_one_after_the_other(muster: Callable[..., Ran], tmp_path: Path) -> None:
    for name in COMMANDS:
        if name == "serve":  # does not end by itself: tests/web
            continue
        ran = muster(*example(name))
        assert (ran.code, "Traceback" in ran.err) == (0, False), f"{name}: {ran.err}"
    assert "flood-road" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "north gate" in (tmp_path / "flood-road-export" / "statements.csv").read_text(encoding="utf-8")
    assert muster("check", "flood-road-again").code == 0


@pytest.mark.usefixtures("documents")
def test_sources_are_shown_and_fit_80_columns(muster: Callable[..., Ran]) -> None:
    muster(*example("build"))
    ran = muster("show", "flood-road", "sources")
    assert ran.code == 0
    assert ran.out.strip()
    assert max(len(line) for line in ran.out.splitlines()) <= 80
