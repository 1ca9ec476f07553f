"""The invented place, moved from one database to the other and back, is the same to the byte."""

from pathlib import Path

from pytest_django import DjangoDbBlocker

from muster.publish import export_csv, export_jsonl
from muster.store.backup import back_up
from muster.store.case import open_case
from muster.store.record import load_record
from muster.store.restore import restore


def exported(folder: Path, database_url: str, out: Path) -> dict[str, bytes]:
    with open_case(folder, database_url=database_url) as case:
        record = load_record(case)
        export_jsonl(record, out)
        export_csv(record, out)
        back_up(case, out / "again.backup")
    return {each.name: each.read_bytes() for each in out.iterdir()}


def test_a_case_moves_to_postgresql_and_back(
    built_case: Path, postgresql: str, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> None:
    name = built_case.name
    with django_db_blocker.unblock():
        first = exported(built_case, "", tmp_path / "first")
        restore(tmp_path / "first" / "again.backup", tmp_path / "b" / name, postgresql)
        second = exported(tmp_path / "b" / name, postgresql, tmp_path / "second")
        restore(tmp_path / "second" / "again.backup", tmp_path / "c" / name)
        third = exported(tmp_path / "c" / name, "", tmp_path / "third")
    assert len(first) > 8
    assert [each for each in first if first[each] != second[each]] == []
    assert [each for each in first if first[each] != third[each]] == []
