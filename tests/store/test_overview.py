"""Whether a case is whole: brought in, read, extracted and weighed."""

from pathlib import Path

import pytest

from muster.run.build import build
from muster.settings import Settings
from muster.store import models
from muster.store.case import open_case
from muster.store.overview import is_whole
from tests.run.fakes import fake_stages

_ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTHONPATH", str(_ROOT))
    (tmp_path / "a.txt").write_text("Letter\nNora: nobody came\n", encoding="utf-8")
    (tmp_path / "bad.txt").write_text("REFUSE", encoding="utf-8")
    build(tmp_path / "case", [tmp_path / "a.txt", tmp_path / "bad.txt"], Settings(workers=1), stages=fake_stages())
    return tmp_path / "case"


def test_a_built_case_is_whole_and_a_new_one_is_not(folder: Path, tmp_path: Path) -> None:
    with open_case(folder) as case:
        assert is_whole(case)
    with open_case(tmp_path / "new", build=True) as case:
        assert not is_whole(case)


@pytest.mark.parametrize("left", ["read_with", "extracted_with", "outlined_with"])
def test_a_case_with_a_document_yet_to_be_worked_on_is_not_whole(folder: Path, left: str) -> None:
    with open_case(folder) as case:
        models.Document.objects.using(case.alias).update(**{left: ""})
        assert not is_whole(case)


def test_a_case_that_was_not_weighed_with_what_it_holds_is_not_whole(folder: Path) -> None:
    with open_case(folder) as case:
        models.Outline.objects.using(case.alias).update(digest="another")
        assert not is_whole(case)
