"""A pile of hostile files goes through a whole build: each is read or refused with a reason, none stops it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_INGEST_TESTS = Path(__file__).parent.parent / "ingest"
#: The largest file of the quick run; the drill takes all.
_QUICK_BYTES = 50_000


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(_INGEST_TESTS))
    return __import__("hostile")


def muster(*args: str, timeout_s: float = 30) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "muster", *args],
        env=os.environ | {"MUSTER_TIMEOUT_S": str(timeout_s)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in run.stderr, run.stderr
    return run.returncode, run.stdout


def outcome(case: Path) -> tuple[set[str], dict[str, str]]:
    """Return the names of the files that were read, whole or in part, and the codes of those refused."""
    from muster.store import models
    from muster.store.case import open_case

    _, out = muster("show", str(case), "rejects", "--json")
    rejects: list[dict[str, Any]] = json.loads(out)["data"]
    assert all(each["message"] and each["hint"] for each in rejects)
    with open_case(case) as opened:
        acquired = models.Acquisition.objects.using(opened.alias).filter(document__reading__isnull=False)
        read = set(acquired.values_list("name", flat=True))
    return {name.split("/")[0] for name in read}, {each["name"].split("/")[0]: each["code"] for each in rejects}


def test_small_hostile_files_are_each_read_or_refused(tmp_path: Path, hostile: ModuleType) -> None:
    expected = hostile.hostile_files(tmp_path / "pile")
    for name in list(expected):
        path = tmp_path / "pile" / name
        if path.is_file() and path.lstat().st_size > _QUICK_BYTES:
            path.unlink()
            del expected[name]
    assert len(expected) >= 30
    code, _ = muster("build", str(tmp_path / "case"), str(tmp_path / "pile"))
    assert code == 3
    read, refused = outcome(tmp_path / "case")
    assert read | refused.keys() == expected.keys()
    assert {name for name, what in expected.items() if what == "refused"} <= refused.keys()
    assert "failed" not in refused.values()  # a refusal is a decision, never an accident


@pytest.mark.drill
def test_hostile_files_of_any_size_stop_nothing(tmp_path: Path, hostile: ModuleType) -> None:
    expected = hostile.hostile_files(tmp_path / "pile")
    code, _ = muster("build", str(tmp_path / "case"), str(tmp_path / "pile"), timeout_s=20)
    assert code == 3
    read, refused = outcome(tmp_path / "case")
    assert read | refused.keys() == expected.keys()
    assert muster("build", str(tmp_path / "case"), str(tmp_path / "pile"), timeout_s=20)[0] == 3
    assert muster("check", str(tmp_path / "case"))[0] == 0
