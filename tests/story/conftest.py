"""The invented place: its documents read once, and built into a case once, as a user would do it."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from muster.ingest import Incoming, IngestLimits, gather, keep
from muster.read import read
from muster.records import Reading
from tests.story.story import DOCUMENTS, Case, Row, truth

HERE = Path(__file__).parent
GAPS = {
    test: gap["why"]
    for gap in tomllib.loads((HERE / "gaps.toml").read_text(encoding="utf-8")).get("gap", [])
    for test in gap["tests"]
}


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Expect the known gaps to fail: one that no longer does fails the run until it is taken off the list."""
    for item in items:
        why = GAPS.get(f"{item.path.name}::{item.name}") if item.path.parent == HERE else None
        if why:
            item.add_marker(pytest.mark.xfail(reason=why, strict=True))


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Reading]:
    """What Muster reads, by file name, of every file that has a truth."""
    names = {row["doc"] for row in truth("documents")}
    originals = tmp_path_factory.mktemp("originals")
    found = [each for each in gather([DOCUMENTS], IngestLimits()) if isinstance(each, Incoming) and each.name in names]
    return {each.name: read(keep(originals, each), each.data) for each in found}


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The case that `muster build` makes of the documents, with its export, report and tables."""
    folder = tmp_path_factory.mktemp("story")
    return Case(
        folder=folder / "case",
        build=_muster("build", folder / "case", DOCUMENTS),
        check=_muster("check", folder / "case"),
        export=_export(folder / "case", folder / "export"),
        report=_report(folder / "case", folder / "report.html"),
        shown={what: _show(folder / "case", what) for what in ("sources", "problems", "rejects")},
    )


def _muster(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "muster", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def _export(case: Path, folder: Path) -> dict[str, list[Row]]:
    done = _muster("export", case, "-o", folder)
    assert done.returncode == 0, done.stderr
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        for path in sorted(folder.glob("*.jsonl"))
    }


def _report(case: Path, path: Path) -> str:
    done = _muster("report", case, "-o", path)
    assert done.returncode == 0, done.stderr
    return path.read_text(encoding="utf-8")


def _show(case: Path, what: str) -> list[Row]:
    done = _muster("show", case, what, "--json")
    assert done.returncode == 0, done.stderr
    data: list[Row] = json.loads(done.stdout)["data"]
    return data
