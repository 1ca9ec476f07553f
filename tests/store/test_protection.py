"""Names that are protected are in no report and no export: told by attacking the files."""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from muster.casebook import Record
from muster.errors import MusterError
from muster.publish import export_csv, export_jsonl, report_html
from muster.records import Judgement
from muster.run.judge import judge
from muster.store import models
from muster.store.backup import back_up
from muster.store.case import Case, one_transaction, open_case
from muster.store.protection import get_protection, protected_entities
from muster.store.record import load_record, told_of_protected
from muster.store.restore import restore
from tests.databases import ON_SQLITE
from tests.store import attacker

pytestmark = ON_SQLITE

#: Of each that is protected: its name in the record, the words of all its spellings, and names that share one.
WHO = {
    "Nasrin Talvari": ("Nasrin", "Talvari", "نسرين", "تلواري", "نسرین", "تلواری"),
    "Adel Hamruni": ("Adel", "Adil", "Hamruni", "Hamrouni", "عادل", "حمروني"),
    "Ghiath al-Tarmouni": ("Ghiath", "Ghiyath", "Giyath", "Tarmouni", "Tarmuni", "غياث", "الطرموني"),
    "Fort Qelm": ("Qelm",),
    "Skerrick Wire": ("Skerrick",),
    "Red Tide Brigades": ("Red Tide Brigades", "RTB"),
}
KIN = ("Zohra Hamruni", "Saber Hamrouni", "Zuhra Hamrouni", "صابر حمروني")


@pytest.fixture
def built(put_built_case: Callable[[Path], Path], tmp_path: Path, database_url: str) -> Iterator[Case]:
    with open_case(put_built_case(tmp_path / "mirsal"), database_url=database_url) as case:
        yield case


def _protect(case: Case, *names: str, value: str = "") -> list[Judgement]:
    ids = {each.name: each.id for each in load_record(case, with_protected=True).entities}
    return [
        judge(case, "redact", [ids[name]], value=value, reason="somebody may come for them", decided_by="Nadia")
        for name in names
    ]


def _files(record: Record, folder: Path) -> dict[str, bytes]:
    export_jsonl(record, folder)
    export_csv(record, folder)
    return {**{each.name: each.read_bytes() for each in folder.iterdir()}, "report.html": report_html(record).encode()}


def test_nothing_is_different_where_nobody_is_protected(built: Case, tmp_path: Path) -> None:
    whole = load_record(built, with_protected=True)
    assert load_record(built).documents == whole.documents
    before = _files(load_record(built), tmp_path / "a")
    (made,) = _protect(built, "Adel Hamruni")
    assert _files(load_record(built), tmp_path / "b") != before
    assert _files(load_record(built, with_protected=True), tmp_path / "c") == before
    judge(built, "undo", [made.id], decided_by="Nadia")
    assert _files(load_record(built), tmp_path / "d") == before


@pytest.fixture
def passed_on(built: Case, tmp_path: Path) -> Mapping[str, bytes]:
    _protect(built, *WHO)
    return _files(load_record(built), tmp_path / "out")


def test_no_spelling_in_any_script_is_left_in_any_file(built: Case, passed_on: Mapping[str, bytes]) -> None:
    whole = load_record(built, with_protected=True)
    forms = {e.name: [a.form for a in e.aliases] for e in whole.entities if e.name in WHO and e.kind == "person"}
    assert set(forms) == set(WHO) - {"Fort Qelm", "Red Tide Brigades"}
    known = {word for words in WHO.values() for word in words}
    assert attacker.words_found(passed_on, known - {"Red Tide Brigades"}) == set()
    for data in passed_on.values():
        assert all("red tide brigades" not in text.casefold() for text in attacker.readings(data))


def test_names_that_share_a_part_are_withheld_whole(passed_on: Mapping[str, bytes]) -> None:
    assert attacker.words_found(passed_on, {*KIN, "Zohra", "Zuhra", "صابر"}) == set()


def test_nothing_in_a_file_sounds_like_a_part_of_a_name(passed_on: Mapping[str, bytes]) -> None:
    parts = [word for name in list(WHO)[:3] for word in WHO[name] if len(word) > 4 and word != "الطرموني"]
    # "Tarmuni" and "تیرمان" would be one to nobody; what is left is words of the report itself.
    assert {word for _, word in attacker.sounding(passed_on, parts, 0.95)} == set()


def test_no_digest_in_a_file_is_that_of_a_name(built: Case, passed_on: Mapping[str, bytes]) -> None:
    whole = load_record(built, with_protected=True)
    names = {alias.form for entity in whole.entities for alias in entity.aliases}
    beside = [document.name for document in whole.documents]
    hidden = {alias.form for e in whole.entities if e.name in WHO for alias in e.aliases}
    assert attacker.digests_found(passed_on, names | hidden, beside) == set()


def test_no_id_or_sum_of_what_names_somebody_is_left(built: Case, passed_on: Mapping[str, bytes]) -> None:
    whole, telling = load_record(built, with_protected=True), set()
    for document in whole.documents:
        reading = whole.reading(document.id).text if document.id in {o.document_id for o in whole.outlines} else ""
        if any(word in reading for words in WHO.values() for word in words):
            telling.add(document.id)
            sums = [name for name, data in passed_on.items() if document.sha256[:16] in data.decode()]
            assert sums == []
    assert len(telling) > 10
    shown = attacker.ids_in(passed_on)
    assert not shown & {each.id for each in whole.statements if each.document_id in telling}
    assert not shown & {each.id for each in whole.entities if each.members[0][0] in telling}
    assert shown & {each.id for each in whole.statements}  # the others keep theirs
    assert sum(row["sha256"] is None for row in attacker.rows(passed_on, "documents")) < len(whole.documents)


def test_every_quote_stands_where_the_record_says(built: Case) -> None:
    _protect(built, *WHO)
    record = load_record(built)
    assert record.protected
    for each in record.statements:
        text = record.reading(each.document_id).text
        assert text[each.start : each.end] == each.quote
        assert text[each.content_start : each.content_end] == each.content
        named = [*each.said_by, each.cue, each.actor, each.target, each.place]
        assert all(text[w.start : w.end] == w.words for w in named if w is not None and 0 <= w.start < w.end)


def test_lists_are_in_the_order_of_what_they_say(passed_on: Mapping[str, bytes]) -> None:
    entities = [(str(row["type"]), str(row["name"]), str(row["id"])) for row in attacker.rows(passed_on, "entities")]
    assert entities == sorted(entities)
    documents = [str(row["doc"]) for row in attacker.rows(passed_on, "documents")]
    assert documents == sorted(documents)
    assert len(set(documents)) == len(documents)
    disagreements = [(str(row["a"]), str(row["b"])) for row in attacker.rows(passed_on, "disagreements")]
    assert all(one[0] <= other[0] for one, other in pairwise(disagreements))


def test_what_is_said_and_counted_is_the_same(built: Case) -> None:
    before = load_record(built, with_protected=True)
    _protect(built, *WHO)
    after = load_record(built)
    for name in ("documents", "statements", "entities", "incidents", "ties", "groups", "disagreements", "people",
                 "questions", "problems", "rejects", "sources"):  # fmt: skip
        assert len(getattr(after, name)) == len(getattr(before, name))
    counts = [sorted(str((s.act, s.count and (s.count.low, s.count.high), s.polarity)) for s in each.statements)
              for each in (before, after)]  # fmt: skip
    assert counts[0] == counts[1]
    ranges = [sorted((q.kind, q.status, str(q.low), str(q.high), len(q.answers)) for q in each.questions)
              for each in (before, after)]  # fmt: skip
    assert ranges[0] == ranges[1]


def test_ids_are_the_same_in_every_export_of_a_case_and_in_no_other(
    built: Case, tmp_path: Path, put_built_case: Callable[[Path], Path], database_url: str
) -> None:
    _protect(built, "Adel Hamruni")
    once, twice = _files(load_record(built), tmp_path / "a"), _files(load_record(built), tmp_path / "b")
    assert once == twice
    back_up(built, tmp_path / "kept.backup")
    restore(tmp_path / "kept.backup", tmp_path / "again", database_url)
    with open_case(tmp_path / "again", database_url=database_url) as again:
        restored = _files(load_record(again), tmp_path / "c")
    assert {name: data for name, data in restored.items() if name != "report.html"} == {
        name: data for name, data in once.items() if name != "report.html"
    }
    assert get_protection(built).secret.hex().encode() not in b"".join(once.values())


def test_who_was_protected_stays_so_when_others_are_joined_and_kept_apart(built: Case, tmp_path: Path) -> None:
    _protect(built, "Faris Belhadri")
    ids = {each.name: each.id for each in load_record(built, with_protected=True).entities}
    judge(built, "same", [ids["Faris Belhadri"], ids["Qasim Dorakhsh"]], reason="one man", decided_by="Nadia")
    files = _files(load_record(built), tmp_path / "joined")
    assert attacker.words_found(files, ["Faris", "Belhadri", "Qasim", "Dorakhsh", "بلهدري"]) == set()
    assert len(protected_entities(built)) == 1


def test_further_spellings_can_be_given(built: Case, tmp_path: Path) -> None:
    _protect(built, "Faris Belhadri", value='{"also": ["Thorsvik", "Abu Layth"]}')
    files = _files(load_record(built), tmp_path / "out")
    assert attacker.words_found(files, ["Thorsvik", "Agneta Thorsvik"]) == set()
    with pytest.raises(MusterError, match="further spellings"):
        _protect(built, "Faris Belhadri", value='{"also": [" "]}')


def test_what_still_tells_of_somebody_is_listed_for_those_who_may_know(built: Case) -> None:
    _protect(built, "Faris Belhadri")
    told = told_of_protected(built)
    assert {each.label for each in told} == {"[protected person 1]"}
    assert {each.name for each in told} == {"Faris Belhadri"}
    assert "spokesman" in {each.text for each in told if each.kind == "described"}
    sentences = [each for each in told if each.kind == "sentence"]
    assert any("he said" in each.text for each in sentences)  # meant, and not named
    record = load_record(built)
    with_label = {s.quote for s in record.statements if "[protected person 1]" in s.quote}
    assert with_label <= {each.text for each in sentences}


def test_a_decision_without_names_stops_what_would_leave_the_case(built: Case) -> None:
    (made,) = _protect(built, "Faris Belhadri")
    with one_transaction(built):
        models.Setting.objects.using(built.alias).filter(name="protection_secret").delete()
    with pytest.raises(MusterError, match="secret"):
        load_record(built)
    judge(built, "undo", [made.id], decided_by="Nadia")
    assert load_record(built).protected == ()


def test_labels_say_nothing_of_names_and_are_kept(built: Case) -> None:
    first = _protect(built, "Faris Belhadri", "Adel Hamruni")
    judge(built, "undo", [first[0].id], decided_by="Nadia")
    assert load_record(built).protected == ("[protected person 2]",)
    _protect(built, "Golnar Karmandi")
    assert load_record(built).protected == ("[protected person 2]", "[protected person 3]")


def test_the_report_says_what_was_done(passed_on: Mapping[str, bytes]) -> None:
    report = passed_on["report.html"].decode()
    assert "6 names are left out of this report" in report
    assert "sum withheld" in report
    assert re.search(r"Fingerprint of the \d+ documents whose sum is given", report)
