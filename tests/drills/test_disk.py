"""A disk that gives out stops a build with one sentence, and costs nothing that was done."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest


def muster(*args: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "muster", *map(str, args)],
        env=os.environ | {"MUSTER_WORKERS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.txt").write_text(f"Letter {n}\n\nSalim Haddad said that {n + 2} men had been killed.\n")
    return folder


def test_an_original_that_cannot_be_kept_stops_the_build_and_the_same_command_goes_on(
    tmp_path: Path, pile: Path
) -> None:
    mark = hashlib.sha256((pile / "1.txt").read_bytes()).hexdigest()
    in_the_way = tmp_path / "case" / "originals" / mark[:2]
    in_the_way.parent.mkdir(parents=True)
    in_the_way.touch()  # where the document's folder has to be
    ran = muster("build", tmp_path / "case", pile)
    assert ran.returncode == 1
    assert "The case cannot take 1.txt in" in ran.stderr
    assert "same command" in ran.stderr
    assert "Traceback" not in ran.stderr
    in_the_way.unlink()
    assert muster("build", tmp_path / "case").returncode == 0  # finishes what was asked for
    assert muster("check", tmp_path / "case").stdout.startswith("3 originals")
