"""`muster build` says what it did, and how it went shows in its exit code."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

pytestmark = pytest.mark.usefixtures("small_stages")
Muster = Callable[..., Ran]


def test_a_build_ends_with_a_summary(muster: Muster, pile: Path) -> None:
    ran = muster("build", "case", "pile")
    assert ran.code == 0
    assert "2 new, 0 known before" in ran.out
    assert "4 statements, 3 incidents, 4 people" in ran.out
    assert "Look at these first:" in ran.out
    assert "muster report case" in ran.out
    assert ran.err == ""  # no bar where standard error is not a terminal


def test_a_command_that_is_shown_can_be_copied(muster: Muster, pile: Path) -> None:
    assert "muster report 'my case' -o report.html" in muster("build", "my case", "pile").out


def test_a_build_with_rejects_exits_3_and_says_where_they_are(muster: Muster, pile: Path) -> None:
    (pile / "bad.txt").write_text("REFUSE")
    ran = muster("build", "case", "pile")
    assert ran.code == 3
    assert "1 reject" in ran.out
    assert "muster show case rejects" in ran.out


def test_the_summary_as_json(muster: Muster, pile: Path) -> None:
    (pile / "bad.txt").write_text("REFUSE")
    shape = json.loads(muster("build", "case", "pile", "--json").out)
    assert set(shape) == {"ok", "data", "rejects"}
    assert shape["data"]["totals"]["documents"] == 3
    assert [each["code"] for each in shape["rejects"]] == ["unlikeable"]


def test_a_build_says_how_far_it_is_on_a_terminal(pile: Path, tmp_path: Path) -> None:
    from muster.cli.progress import Bar

    class Terminal:
        text = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            self.text += text
            return len(text)

        def flush(self) -> None:
            pass

    to = Terminal()
    with Bar(to) as bar:  # type: ignore[arg-type]
        bar.begin("bringing in", None)
        bar.advance()
        bar.begin("reading", 3)
        bar.advance()
        bar.begin("weighing", None)
    assert "reading" in to.text
    assert "weighing" in to.text


def test_a_path_that_is_not_there_is_wrong_usage(muster: Muster) -> None:
    ran = muster("build", "case", "none")
    assert (ran.code, ran.out) == (2, "")
    assert "There is nothing at none" in ran.err
    assert "Traceback" not in ran.err


def test_a_wrong_setting_stops_every_command_by_name(muster: Muster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_TIMEOUT_S", "soon")
    for command in ("build", "show", "check"):
        ran = muster(command, "case")
        assert ran.code == 2
        assert "MUSTER_TIMEOUT_S" in ran.err


def test_a_second_build_at_once_is_told_to_wait(muster: Muster, pile: Path, tmp_path: Path) -> None:
    from muster.store.case import open_case

    with open_case(tmp_path / "case", build=True):
        ran = muster("build", "case", "pile")
    assert ran.code == 1
    assert "Another build" in ran.err
    assert "Wait" in ran.err


def test_interrupting_exits_130_and_the_same_command_goes_on(tmp_path: Path, pile: Path) -> None:
    (pile / "hang.txt").write_text("HANG")
    code = (
        "import muster.run.build as b; from tests.run.fakes import fake_stages\n"
        "b.real_stages = lambda settings: fake_stages()\n"
        "from muster.cli import main; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, "build", str(tmp_path / "case"), str(pile)],
        env=os.environ | {"MUSTER_TIMEOUT_S": "60"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a suite in the background ignores it
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    database = tmp_path / "case" / "case.sqlite3"
    while not database.exists() and process.poll() is None:
        time.sleep(0.05)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "the same command goes on from there" in err
    assert "Traceback" not in err


def test_a_language_model_is_never_asked_without_being_told(
    muster: Muster, pile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_LLM_MODEL", "far-away")
    monkeypatch.setattr("muster.run.language_model.find_model", lambda name: object())
    ran = muster("build", "case", "pile")
    assert ran.code == 1
    assert "far-away: not known to be on this machine" in ran.err
    assert "MUSTER_LLM_CONSENT=yes" in ran.err
    monkeypatch.setenv("MUSTER_LLM_CONSENT", "yes")
    ran = muster("build", "case", "pile")
    assert ran.code == 0
    assert "far-away: not known to be on this machine" in ran.err


def test_how_sure_a_statement_must_be_is_strict_balanced_or_wide(muster: Muster, pile: Path) -> None:
    assert muster("build", "case", "pile", "--extraction", "strict").code == 0
    assert muster("build", "case", "pile", "--extraction", "loose").code == 2
