"""Neither the order of documents, nor how many come at a time, nor the number of workers shows in an export."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drills.test_kill import _DONE, _EXAMPLES, export, finish


def build(case: Path, *paths: Path, workers: int = 0) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "muster", "build", str(case), *map(str, paths)],
        capture_output=True,
        env=os.environ | {"MUSTER_WORKERS": str(workers), "PYTHONHASHSEED": str(random.randrange(10**6))},
        check=False,
    )
    assert run.returncode in _DONE, run.stderr.decode()


def test_twice_in_any_order_and_in_parts_is_the_same_as_at_once(tmp_path: Path) -> None:
    documents = sorted(_EXAMPLES.glob("[01][0-9]-*"))
    finish(tmp_path / "at once", *documents)
    wanted = export(tmp_path / "at once", tmp_path / "wanted")
    random.shuffle(documents)
    half = len(documents) // 2
    build(tmp_path / "parts", *documents[:half], workers=1)
    build(tmp_path / "parts", *documents[half:], workers=3)
    build(tmp_path / "parts", *documents)
    assert export(tmp_path / "parts", tmp_path / "export") == wanted


@pytest.mark.drill
def test_one_by_one_in_any_order_is_the_same_as_at_once(tmp_path: Path) -> None:
    documents = sorted(_EXAMPLES.iterdir())
    finish(tmp_path / "at once", *documents)
    random.shuffle(documents)
    for document in documents:
        build(tmp_path / "parts", document)
    assert export(tmp_path / "parts", tmp_path / "export") == export(tmp_path / "at once", tmp_path / "wanted")
