"""A check names what is not as it was, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from muster.records import Reading, Statement
from muster.run.build import build
from muster.run.check import Checked, check
from muster.run.stages import Work
from muster.settings import Settings
from muster.store import models
from muster.store.case import Case, one_transaction, open_case
from muster.store.codec import decode, encode
from muster.store.lookup import original_path
from tests.run.fakes import fake_stages

SETTINGS = Settings(workers=1, timeout_s=20)


@pytest.fixture
def case(tmp_path: Path, pile: Path) -> Path:
    build(tmp_path / "case", [pile], SETTINGS, stages=fake_stages())
    return tmp_path / "case"


def faults(found: Checked) -> list[tuple[str, str]]:
    return [(each.name, each.code) for each in found.faults]


def spoil(folder: Path, how: Callable[[Case], None]) -> None:
    with open_case(folder) as opened, one_transaction(opened):
        how(opened)


def test_an_untouched_case_has_no_faults(case: Path) -> None:
    found = check(case, SETTINGS, stages=fake_stages())
    assert found == Checked(n_originals=3, n_statements=4, n_readings=3, faults=())


def test_a_changed_original_is_named(case: Path) -> None:
    def change(opened: Case) -> None:
        with original_path(opened, document_named(opened, "b.txt")).open("ab") as file:
            file.write(b" ")

    spoil(case, change)
    assert faults(check(case, SETTINGS, stages=fake_stages())) == [("b.txt", "original_changed"), ("b.txt", "reading")]


def test_a_missing_original_is_named(case: Path) -> None:
    spoil(case, lambda opened: original_path(opened, document_named(opened, "b.txt")).unlink())
    assert faults(check(case, SETTINGS, stages=fake_stages())) == [("b.txt", "original_missing"), ("b.txt", "reading")]


def test_a_statement_that_was_turned_round_in_the_database_is_named(case: Path) -> None:
    def change(opened: Case) -> None:
        row = models.Statement.objects.using(opened.alias).filter(document__name="b.txt").first()
        assert row is not None
        row.blob = encode(replace(decode(row.blob, Statement), polarity="denied"))
        row.save(using=opened.alias)

    spoil(case, change)
    assert faults(check(case, SETTINGS, stages=fake_stages())) == [("b.txt", "statements")]


def test_a_quote_that_is_not_at_its_place_is_named(case: Path) -> None:
    def change(opened: Case) -> None:
        row = models.Reading.objects.using(opened.alias).get(document__name="c.txt")
        reading = decode(row.blob, Reading)
        parts = {name: getattr(reading, name) for name in Reading.__dataclass_fields__}
        row.blob = encode(Reading(**{**parts, "text": reading.text.replace("water", "wader")}))
        row.save(using=opened.alias)

    spoil(case, change)
    assert faults(check(case, SETTINGS, stages=fake_stages())) == [("c.txt", "quote"), ("c.txt", "reading")]


def test_a_reading_that_an_older_reader_made_is_not_held_against_the_case(case: Path) -> None:
    newer = Work(name="tests.run.fakes:reader", options=b"", code="reader 2")
    found = check(case, SETTINGS, stages=fake_stages(read=newer))
    assert (found.n_readings, found.faults) == (0, ())


def document_named(case: Case, name: str):  # type: ignore[no-untyped-def]
    from muster.store.lookup import get_documents

    return next(each for each in get_documents(case) if each.name == name)
