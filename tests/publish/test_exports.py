import csv
import dataclasses
import io
import json
import random
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.casebook.record import Record
from muster.errors import MusterError
from muster.publish import export_csv, export_jsonl
from muster.publish.rows import date_of
from muster.publish.spreadsheets import without_formula
from muster.records import Problem, When
from tests.publish.mirsal_record import make_record

FIELDS = {
    "documents": [
        *("doc", "sha256", "title", "author", "outlet", "published", "dated", "language", "copy_of", "depends_on"),
    ],
    "statements": [
        *("id", "doc", "start", "end", "quote", "said_by", "origin", "cue", "content", "act", "actor", "target"),
        *("place", "date", "date_basis", "count", "polarity", "modality", "incident", "confidence"),
        *("confidence_in_full", "extractor", "status"),
    ],
    "incidents": ["id", "name", "kind", "date", "place", "killed", "injured", "statements"],
    "entities": ["id", "type", "name", "aliases"],
    "disagreements": ["a", "b", "kind", "why"],
}


def rows(directory: Path, table: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (directory / f"{table}.jsonl").read_text("utf-8").splitlines()]


def find(found: list[dict[str, object]], **wanted: object) -> dict[str, object]:
    (row,) = [row for row in found if all(row[key] == value for key, value in wanted.items())]
    return row


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("export")
    export_jsonl(make_record(), directory)
    return directory


@pytest.mark.parametrize("table", FIELDS)
def test_every_row_has_exactly_the_fields_of_the_exchange_format_in_their_order(exported: Path, table: str) -> None:
    found = rows(exported, table)
    assert found
    assert all(list(row) == FIELDS[table] for row in found)


def test_the_date_that_others_tell_stands_beside_what_the_document_says(record: Record, tmp_path: Path) -> None:
    document = record.documents[0]
    told = Problem(
        document_id=document.id, kind="dated_by_others", why="a later report tells of it", words="2017-03-15"
    )
    export_jsonl(dataclasses.replace(record, problems=(*record.problems, told)), tmp_path)
    given_by_others = {row["doc"]: row["dated"] for row in rows(tmp_path, "documents")}
    assert given_by_others.pop(document.name) == "2017-03-15"
    assert set(given_by_others.values()) == {None}


def test_a_quote_of_the_export_is_the_text_at_its_offsets(exported: Path, record: Record) -> None:
    texts = {document.name: record.reading(document.id).text for document in record.documents}
    for row in rows(exported, "statements"):
        assert texts[row["doc"]][row["start"] : row["end"]] == row["quote"]


def test_speakers_actors_and_places_are_the_fullest_names_known(exported: Path) -> None:
    row = find(
        rows(exported, "statements"),
        doc="01-six-reported-dead.txt",
        content="at least two more were in a critical state",
    )
    assert row["said_by"] == ["Dr Mahin Orvandi"]
    assert row["origin"] == "Dr Mahin Orvandi"
    assert row["place"] == "Camp Mirsal"
    assert row["count"] == {"low": 2, "high": None, "of": "injured"}


def test_a_date_without_a_year_takes_the_year_that_its_incident_gives(exported: Path) -> None:
    row = find(rows(exported, "statements"), content="نه نفر در بامداد ۱۴ مارس کشته شدند")
    assert (row["date"], row["date_basis"]) == ("2017-03-14", "incident")


@pytest.mark.parametrize(
    ("edtf", "basis", "by_incident", "shown"),
    [
        ("2017-03", "inherited", "2017-03-14", ("2017-03-14", "incident")),
        ("2017-03", "stated", "2017-03-14", ("2017-03", "stated")),
        ("2017-03-15", "inherited", "2017-03-14", ("2017-03-15", "inherited")),
        ("2017-03-14", "inherited", "2017-03", ("2017-03-14", "inherited")),
    ],
)
def test_only_a_wide_date_of_its_neighbours_gives_way_to_that_of_the_incident(
    record: Record, edtf: str, basis: Literal["stated", "inherited"], by_incident: str, shown: tuple[str, str]
) -> None:
    statement = dataclasses.replace(record.statements[0], when=When(edtf=edtf, basis=basis))
    assert date_of(statement, {statement.id: by_incident}) == shown


@pytest.mark.parametrize(("weekday", "shown"), [(2, ("2017-03-15", "incident")), (3, (None, None))])
def test_a_weekday_is_the_day_that_the_incident_gives_where_that_is_such_a_day(
    record: Record, weekday: int, shown: tuple[str | None, str | None]
) -> None:
    when = When(edtf="XXXX", basis="relative", words="on that day", weekday=weekday)
    statement = dataclasses.replace(record.statements[0], act="interview_or_visit", when=when)
    assert date_of(statement, {statement.id: "2017-03-15"}) == shown


def test_a_date_without_a_year_that_no_incident_resolves_is_left_out(tmp_path: Path, record: Record) -> None:
    alone = dataclasses.replace(record, incidents=())
    export_jsonl(alone, tmp_path)
    row = find(rows(tmp_path, "statements"), content="نه نفر در بامداد ۱۴ مارس کشته شدند")
    assert row["date"] is None
    assert row["incident"] is None


def test_a_copy_names_the_document_that_it_copies(exported: Path) -> None:
    found = rows(exported, "documents")
    assert find(found, doc="02-deadly-dawn.txt")["copy_of"] == "01-six-reported-dead.txt"
    assert find(found, doc="01-six-reported-dead.txt")["copy_of"] is None
    assert find(found, doc="01-six-reported-dead.txt")["depends_on"] == ["02-deadly-dawn.txt"]


def test_a_passage_too_short_to_be_a_copy_is_exported_as_none(tmp_path: Path, record: Record) -> None:
    weak = tuple(dataclasses.replace(tie, strong=False) for tie in record.ties)
    export_jsonl(dataclasses.replace(record, ties=weak), tmp_path)
    assert {row["copy_of"] for row in rows(tmp_path, "documents")} == {None}
    assert all(row["depends_on"] == [] for row in rows(tmp_path, "documents"))


def test_a_caution_is_not_exported_as_dependence(exported: Path) -> None:
    assert find(rows(exported, "documents"), doc="03-night-of-14-march.html")["depends_on"] == []


def test_an_incident_carries_the_range_of_dead_and_injured(exported: Path) -> None:
    row = find(rows(exported, "incidents"), date="2017-03-14")
    assert row["killed"] == {"low": 0, "high": 11}
    assert row["injured"] == {"low": 2, "high": None}
    assert find(rows(exported, "incidents"), date="2017-08~")["injured"] is None


def test_aliases_hold_forms_and_descriptions_that_stand_for_one_entity_only(exported: Path) -> None:
    found = rows(exported, "entities")
    assert find(found, name="Dr Mahin Orvandi")["aliases"] == ["Orvandi", "the head of the hospital"]
    # "the commander" stands for Dorakhsh and for Yusef Talvari in different documents.
    assert "the commander" not in find(found, name="Brigadier Qasim Dorakhsh")["aliases"]
    assert "the commander" not in find(found, name="Yusef Talvari")["aliases"]


def test_statements_stand_in_order_of_document_and_place(exported: Path) -> None:
    found = rows(exported, "statements")
    assert found == sorted(found, key=lambda row: (row["doc"], row["start"]))


@pytest.mark.parametrize("export", [export_jsonl, export_csv])
def test_the_order_of_the_record_does_not_change_a_byte(export: object, record: Record, tmp_path: Path) -> None:
    shuffled = {}
    for one in dataclasses.fields(record):
        value = getattr(record, one.name)
        if isinstance(value, tuple):
            shuffled[one.name] = tuple(random.Random(7).sample(value, len(value)))
    export(record, tmp_path / "a")  # type: ignore[operator]
    export(dataclasses.replace(record, **shuffled), tmp_path / "b")  # type: ignore[operator]
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_a_line_end_of_unicode_inside_a_text_does_not_cut_a_line(tmp_path: Path, record: Record) -> None:
    odd = dataclasses.replace(record.statements[0], content="one\u2028two\x85three\x0bfour\ud800")
    export_jsonl(dataclasses.replace(record, statements=(odd,)), tmp_path)
    (row,) = rows(tmp_path, "statements")
    assert row["content"] == odd.content


def test_an_export_that_fails_leaves_the_earlier_one_as_it_was(tmp_path: Path, record: Record) -> None:
    export_jsonl(record, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    broken = dataclasses.replace(record.disagreements[0], why=object())  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        export_jsonl(dataclasses.replace(record, case="other", statements=(), disagreements=(broken,)), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_place_that_cannot_be_written_is_refused_with_a_reason(tmp_path: Path, record: Record) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(MusterError) as refusal:
        export_jsonl(record, tmp_path / "taken")
    assert refusal.value.code == "cannot_write"
    assert refusal.value.message.startswith(str(tmp_path / "taken"))


def test_the_tables_hold_the_same_rows_as_the_lines(exported: Path, tmp_path: Path, record: Record) -> None:
    export_csv(record, tmp_path)
    for table in FIELDS:
        data = (tmp_path / f"{table}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        found = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        assert len(found) == len(rows(exported, table))
    row = next(r for r in csv.DictReader(io.StringIO((tmp_path / "incidents.csv").read_text("utf-8-sig"))))
    assert (row["killed_low"], row["killed_high"], row["injured_high"]) == ("0", "11", "")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u200f=1", "\ufeff=1", "＝1", "\n"]
)
def test_text_that_a_spreadsheet_might_run_is_marked(text: str) -> None:
    assert without_formula(text) == "'" + text


@given(st.text())
def test_marking_formulas_changes_nothing_else(text: str) -> None:
    assert without_formula(text) in {text, "'" + text}
    assert without_formula(without_formula(text)) == without_formula(text)


def test_no_cell_of_a_hostile_record_begins_a_formula(tmp_path: Path, record: Record) -> None:
    document = dataclasses.replace(record.documents[0], name='=HYPERLINK("http://example.invalid","x")')
    export_csv(dataclasses.replace(record, documents=(document, *record.documents[1:])), tmp_path)
    cells = [
        cell
        for path in tmp_path.iterdir()
        for line in csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        for cell in line
    ]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)
