"""A build that is killed at any moment and run again gives what an undisturbed one gives, byte for byte.

The moments are random; KILL_SEED=n repeats a run.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

_EXAMPLES = Path(__file__).parent.parent.parent / "examples" / "documents"
_DONE = (0, 3)


def start(case: Path, *paths: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "muster", "build", str(case), *map(str, paths)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(case: Path, *paths: Path) -> None:
    process = start(case, *paths)
    _, err = process.communicate(timeout=300)
    assert process.returncode in _DONE, err.decode()


def kill_after(seconds: float, case: Path, *paths: Path) -> bool:
    """Kill a build after a while; return whether it was still at work."""
    process = start(case, *paths)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    return process.returncode == -signal.SIGKILL


def export(case: Path, to: Path) -> dict[str, bytes]:
    for kind in ("jsonl", "csv"):
        subprocess.run(
            [sys.executable, "-m", "muster", "export", str(case), "-o", str(to), "--format", kind],
            check=True,
            capture_output=True,
        )
    return {each.name: each.read_bytes() for each in to.iterdir()}


@pytest.fixture
def chance() -> random.Random:
    seed = os.environ.get("KILL_SEED") or str(random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed}")  # shown where a test fails
    return random.Random(seed)


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Six of the sample documents, one of them refused."""
    folder = tmp_path / "few"
    folder.mkdir()
    for pattern in ("01-*", "02-*", "03-*", "06-*", "07-*", "34-*"):
        for path in _EXAMPLES.glob(pattern):
            shutil.copy(path, folder)
    return folder


def undisturbed(pile: Path, tmp_path: Path) -> tuple[dict[str, bytes], float]:
    began = time.monotonic()
    finish(tmp_path / "undisturbed", pile)
    took = time.monotonic() - began
    wanted = export(tmp_path / "undisturbed", tmp_path / "wanted")
    assert len(wanted["statements.jsonl"].splitlines()) > 5
    return wanted, took


def test_a_build_killed_five_times_over_gives_the_same_export(few: Path, tmp_path: Path, chance: random.Random) -> None:
    wanted, took = undisturbed(few, tmp_path)
    n_killed = sum(kill_after(chance.uniform(0.1, took), tmp_path / "case", few) for _ in range(5))
    finish(tmp_path / "case", few)
    assert n_killed
    assert export(tmp_path / "case", tmp_path / "export") == wanted


@pytest.mark.drill
def test_fifty_kills_at_random_moments_each_give_the_same_export(tmp_path: Path, chance: random.Random) -> None:
    wanted, took = undisturbed(_EXAMPLES, tmp_path)
    n_killed = 0
    for n in range(80):
        case = tmp_path / f"case{n}"
        moment = chance.uniform(0, took)
        n_killed += kill_after(moment, case, _EXAMPLES)
        finish(case, _EXAMPLES)
        assert export(case, tmp_path / f"export{n}") == wanted, f"killed after {moment:.3f} s"
        shutil.rmtree(case, ignore_errors=True)
        if n_killed == 50:
            return
    pytest.fail(f"only {n_killed} builds were still at work when they were killed")


@pytest.mark.drill
def test_a_build_killed_again_and_again_goes_on_from_where_it_was(tmp_path: Path, chance: random.Random) -> None:
    wanted, took = undisturbed(_EXAMPLES, tmp_path)
    for _ in range(20):
        kill_after(chance.uniform(0, took / 2), tmp_path / "case", _EXAMPLES)
    finish(tmp_path / "case", _EXAMPLES)
    assert export(tmp_path / "case", tmp_path / "export") == wanted
