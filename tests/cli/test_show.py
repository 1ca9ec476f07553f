"""`muster show` reads well at 80 columns, gives JSON, and lets no document talk to the terminal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran

pytestmark = pytest.mark.usefixtures("small_stages")
Muster = Callable[..., Ran]
TABLES = ["incidents", "statements", "people", "groups", "places", "problems", "rejects"]


@pytest.fixture
def case(muster: Muster, pile: Path) -> str:
    (pile / "refused with a long name, as scanned files have them.txt").write_text("REFUSE")
    muster("build", "case", "pile")
    return "case"


def test_an_overview_is_what_a_build_ended_with(muster: Muster, case: str) -> None:
    ran = muster("show", case)
    assert ran.code == 0
    assert "4 statements, 3 incidents, 4 people" in ran.out


def test_the_problems_that_are_counted_are_those_that_are_shown(muster: Muster, case: str) -> None:
    totals = json.loads(muster("show", case, "--json").out)["data"]["totals"]
    assert totals["problems"] == len(json.loads(muster("show", case, "problems", "--json").out)["data"])


def test_nobody_is_unaccounted_for_because_he_is_named(muster: Muster, case: str) -> None:
    rows = [line for line in muster("show", case, "people").out.splitlines() if line.startswith(" Nora")]
    assert [row.split() for row in rows] == [["Nora", "(1)"]]  # no state, no date, and no "no"


@pytest.mark.parametrize("command", [("show",), ("show", "people"), ("report", "-o", "r.html"), ("export", "-o", "x")])
def test_a_case_whose_build_was_interrupted_says_so(muster: Muster, case: str, command: tuple[str, ...]) -> None:
    from muster.store.case import one_transaction, open_case
    from muster.store.documents import begin_errand

    assert "not finished" not in muster(command[0], case, *command[1:]).err
    with open_case(Path(case)) as opened, one_transaction(opened):
        begin_errand(opened, "[]")
    assert "To finish it:  muster build case" in muster(command[0], case, *command[1:]).err
    assert json.loads(muster("show", case, "--json").out)["data"]["whole"] is False


@pytest.mark.parametrize("what", TABLES)
def test_a_table_fits_80_columns(muster: Muster, case: str, what: str) -> None:
    ran = muster("show", case, what)
    assert ran.code == 0
    assert ran.out.strip()
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_statements_are_shown_with_who_says_so_and_the_words(muster: Muster, case: str) -> None:
    out = " ".join(muster("show", case, "statements").out.split())
    assert "Salim" in out
    assert "“shells fell at dawn”" in out


def test_rejects_are_shown_with_the_reason_and_what_to_do(muster: Muster, case: str) -> None:
    out = muster("show", case, "rejects").out.split()
    assert {"liked.", "Write", "another."} <= set(out)


@pytest.mark.parametrize("what", TABLES)
def test_json_has_one_shape(muster: Muster, case: str, what: str) -> None:
    shape = json.loads(muster("show", case, what, "--json").out)
    assert (set(shape), shape["ok"]) == ({"ok", "data", "rejects"}, True)
    assert isinstance(shape["data"], list)


def test_an_error_as_json_has_the_shape_too(muster: Muster) -> None:
    ran = muster("show", "none", "--json")
    shape = json.loads(ran.out)
    assert (ran.code, shape["ok"], shape["data"], shape["error"]["code"]) == (1, False, None, "no_case")


def test_a_case_that_is_not_there_is_refused_with_what_to_try(muster: Muster) -> None:
    ran = muster("show", "none")
    assert ran.code == 1
    assert "muster build" in ran.err


def test_an_unknown_table_is_wrong_usage(muster: Muster, case: str) -> None:
    ran = muster("show", case, "secrets")
    assert ran.code == 2
    assert "incidents" in ran.err


def test_a_document_cannot_send_control_characters_to_the_terminal(muster: Muster, pile: Path) -> None:
    (pile / "evil.txt").write_text("Note\nNora: \x1b]0;owned\x07 and \u202egnorw\u202c\n", encoding="utf-8")
    muster("build", "case", "pile")
    for what in ("statements", "incidents"):
        out = muster("show", "case", what).out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_markup_in_a_document_is_text(muster: Muster, pile: Path) -> None:
    (pile / "red.txt").write_text("Note\nNora: [bold red]water[/]\n", encoding="utf-8")
    muster("build", "case", "pile")
    assert "[bold" in muster("show", "case", "statements").out
