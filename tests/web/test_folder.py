"""The folder that is served: a case, cases, or nothing yet."""

from pathlib import Path

import pytest

from muster.errors import MusterError
from muster.web.folder import is_new_site, prepare
from muster.web.server import ready


def test_nothing_or_an_empty_folder_is_new(tmp_path: Path) -> None:
    assert is_new_site(tmp_path)
    assert is_new_site(tmp_path / "new")


@pytest.mark.parametrize("name", ["case.sqlite3", "case.postgresql", "river/case.sqlite3"])
def test_a_case_or_a_folder_of_cases_is_served(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.touch()
    (tmp_path / "notes.txt").touch()
    assert not is_new_site(tmp_path)


def test_a_site_whose_cases_are_all_gone_is_still_served(tmp_path: Path) -> None:
    prepare(tmp_path, "")
    assert not is_new_site(tmp_path)


def test_a_folder_of_other_things_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("To whom it may concern")
    with pytest.raises(MusterError) as caught:
        is_new_site(tmp_path)
    assert caught.value.code == "not_a_case"
    assert "muster build" in str(caught.value.hint)
    with pytest.raises(MusterError):
        ready(tmp_path, "")
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]
