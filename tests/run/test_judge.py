"""Judging a case of the small stages of `tests.run.fakes`."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from muster.errors import MusterError
from muster.records import Judgement, Statement
from muster.run.build import build
from muster.run.judge import judge, require_four_eyes
from muster.run.meanwhile import reconcile_until_done
from muster.run.wide import reconcile
from muster.settings import Settings
from muster.store import models
from muster.store.case import Case, open_case
from muster.store.judging import all_judgements, document_judgements, judgements_on, last_on, statement_row
from muster.store.locking import try_hold
from muster.store.lookup import get_extracted, get_extraction, get_statements
from muster.store.overview import is_whole
from muster.store.record import load_record
from tests.run.fakes import Calls, fake_stages, fill

TEXTS = {
    "a.txt": "Letter\nSalim: shells fell at dawn\nNora: nobody came\n",
    "b.txt": "Wire\nA guard: shells fell at dawn\n",
    "c.txt": "List\nNora: water ran out\n",
}


@pytest.fixture
def folder(tmp_path: Path, database_url: str) -> Path:
    with open_case(tmp_path / "case", build=True, database_url=database_url) as made:
        fill(made, TEXTS)
    return tmp_path / "case"


@pytest.fixture
def case(folder: Path, database_url: str) -> Iterator[Case]:
    with open_case(folder, database_url=database_url) as opened:
        yield opened


def decide(case: Case, kind: str, *subjects: str, by: str = "Ines", reason: str = "seen", **more: object) -> Judgement:
    return judge(case, kind, subjects, decided_by=by, reason=reason, stages=fake_stages(), **more)  # type: ignore[arg-type]


def saying(case: Case, words: str) -> Statement:
    return next(each for each in get_statements(case) if words in each.content)


def statuses(case: Case) -> list[str]:
    return sorted(each.status for each in get_statements(case))


def test_what_is_accepted_says_so_and_nothing_else_is_worked_out_again(case: Case) -> None:
    calls, statement = Calls(), saying(case, "water")
    judge(case, "accept", [statement.id], decided_by="Ines", stages=fake_stages(calls))
    assert statement_row(case, statement.id).statement.status == "accepted"
    assert not calls.previous
    assert statuses(case) == ["accepted", "proposed", "proposed", "proposed"]


def test_what_is_rejected_is_no_part_of_the_record_and_comes_back_when_that_is_undone(case: Case) -> None:
    before, statement = load_record(case), saying(case, "water")
    judgement = decide(case, "reject", statement.id)
    assert statement.id not in {each.id for each in load_record(case).statements}
    assert not any(statement.id in incident.statement_ids for incident in load_record(case).incidents)
    assert statement_row(case, statement.id).statement.status == "rejected"
    decide(case, "undo", judgement.id)
    assert load_record(case).statements == before.statements
    assert load_record(case).incidents == before.incidents


def test_a_correction_keeps_what_was_extracted_beside_it(case: Case) -> None:
    statement = saying(case, "water")
    decide(case, "correct", statement.id, value=json.dumps({"act": "deny_access", "date": "2017-03-04"}))
    row = statement_row(case, statement.id)
    assert row.statement.status == "corrected"
    assert (row.statement.act, row.statement.when and row.statement.when.edtf) == ("deny_access", "2017-03-04")
    assert row.extracted == statement
    assert models.Statement.objects.using(case.alias).get(id=statement.id).act == "deny_access"


def test_a_statement_that_a_person_adds_is_one_like_others(case: Case) -> None:
    document = saying(case, "water").document_id
    value = json.dumps({"start": 5, "end": 16, "act": "deny_access", "actor": "Nora"})
    judgement = decide(case, "add", document, value=value)
    (added,) = [each for each in get_statements(case) if each.extractor == "a reviewer"]
    assert added.quote == "Nora: water"
    assert added.status == "accepted"
    assert added.actor is not None
    assert added.actor.entity == "e-Nora"
    assert any(added.id in incident.statement_ids for incident in load_record(case).incidents)
    assert added.id not in {each.id for each in get_extracted(case, document).statements}
    decide(case, "undo", judgement.id)
    assert added.id not in {each.id for each in get_extraction(case, document).statements}


def test_two_people_must_accept_where_the_case_asks_for_four_eyes(case: Case) -> None:
    require_four_eyes(case, ["accuse"], stages=fake_stages())
    statement = saying(case, "water")
    decide(case, "accept", statement.id, by="Ines")
    decide(case, "accept", statement.id, by="Ines")
    assert statement_row(case, statement.id).statement.status == "seconded"
    decide(case, "accept", statement.id, by="Omar")
    assert statement_row(case, statement.id).statement.status == "accepted"
    decide(case, "correct", statement.id, by="Ines", value='{"polarity": "denied"}')
    assert statement_row(case, statement.id).statement.status == "seconded"
    require_four_eyes(case, [], stages=fake_stages())
    assert statement_row(case, statement.id).statement.status == "corrected"


def test_what_is_accepted_is_what_an_export_of_the_accepted_holds(case: Case) -> None:
    statement = saying(case, "water")
    decide(case, "accept", statement.id)
    record = load_record(case, accepted_only=True)
    assert [each.id for each in record.statements] == [statement.id]
    assert [each.statement_ids for each in record.incidents] == [(statement.id,)]


def test_every_judgement_is_in_the_log_with_all_that_it_is_about(case: Case) -> None:
    statement = saying(case, "water")
    first = decide(case, "accept", statement.id)
    second = decide(case, "undo", first.id)
    assert [(each.judgement.id, each.in_force) for each in all_judgements(case)] == [
        (second.id, True),
        (first.id, False),
    ]
    assert [each.judgement.id for each in judgements_on(case, statement.id)] == [first.id, second.id]
    assert document_judgements(case, statement.document_id) == (first, second)
    assert [each.judgement for each in all_judgements(case, before=second.sequence, by="Ines")] == [first]


def test_building_from_documents_and_judgements_gives_the_record_of_judging_step_by_step(
    case: Case, folder: Path, database_url: str
) -> None:
    water, shells = saying(case, "water"), saying(case, "shells")
    decide(case, "reject", water.id)
    decide(case, "correct", shells.id, value='{"act": "attack", "actor": "Salim"}')
    decide(case, "add", shells.document_id, value='{"start": 0, "end": 4, "act": "attack"}')
    decide(case, "same", saying(case, "nobody").id, shells.id)
    before = load_record(case)
    models.Artefact.objects.using(case.alias).all().delete()
    models.Document.objects.using(case.alias).update(extracted_with="")
    settings = Settings(workers=1, database_url=database_url)
    build(folder, [], settings, stages=fake_stages(outline_code="outline 2"))
    after = load_record(case)
    assert (after.statements, after.incidents, after.entities) == (before.statements, before.incidents, before.entities)


def test_what_an_interruption_left_undone_is_done_with_the_next_judgement(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    water, shells = saying(case, "water"), saying(case, "shells")
    monkeypatch.setattr("muster.run.judge.reconcile", lambda *_: False)
    decide(case, "reject", water.id)
    monkeypatch.undo()
    assert any(water.id in each.statement_ids for each in load_record(case).incidents)
    decide(case, "correct", shells.id, value='{"act": "attack"}')
    assert not any(water.id in each.statement_ids for each in load_record(case).incidents)
    assert reconcile(case, fake_stages()) is False


_REFUSED: list[tuple[str, list[str], str, str, str]] = [
    ("accept", ["s-0000000000000000"], "", "", "unknown_subject"),
    ("accept", ["{s}"], '"yes"', "", "wrong_value"),
    ("accept", ["{s}", "{t}"], "", "", "wrong_value"),
    ("reject", ["{s}"], "", "", "reason_needed"),
    ("correct", ["{s}"], "{{}}", "", "wrong_value"),
    ("correct", ["{s}"], "not json", "", "wrong_value"),
    ("correct", ["{s}"], '{{"act": "dance"}}', "", "wrong_value"),
    ("correct", ["{s}"], '{{"date": "the other day"}}', "", "wrong_value"),
    ("correct", ["{s}"], '{{"colour": "red"}}', "", "wrong_value"),
    ("correct", ["{s}"], '{{"count": {{"low": 5, "high": 3, "of": "killed"}}}}', "", "wrong_value"),
    ("correct", ["{s}"], '{{"actor": "  "}}', "", "wrong_value"),
    ("correct", ["{s}"], '{{"start": 3, "end": 99999}}', "", "wrong_value"),
    ("add", ["{d}"], '{{"act": "attack"}}', "", "wrong_value"),
    ("add", ["d-0000000000000000"], '{{"start": 0, "end": 4, "act": "attack"}}', "", "unknown_subject"),
    ("same", ["{s}", "{s}"], "", "seen", "wrong_value"),
    ("same", ["{s}", "i-0000000000000000"], "", "seen", "unknown_subject"),
    ("same", ["{s}", "Nora"], "", "seen", "wrong_value"),
    ("same", ["Nora", "Nobody"], "", "seen", "unknown_subject"),
    ("tie", ["{d}", "{d}"], "", "seen", "wrong_value"),
    ("reliability", ["a.txt"], '"G"', "seen", "wrong_value"),
    ("reliability", ["nobody's paper"], '"A"', "seen", "unknown_subject"),
    ("owner", ["a.txt"], "", "seen", "wrong_value"),
    ("finding", ["{i}", "why"], '{{"answer": "4", "standard": "clear and convincing"}}', "seen", "wrong_value"),
    ("finding", ["{i}", "killed"], '{{"answer": "4", "standard": "surely"}}', "seen", "wrong_value"),
    ("finding", ["i-0", "killed"], '{{"answer": "4", "standard": "clear and convincing"}}', "s", "unknown_subject"),
    ("undo", ["j-0000000000000000"], "", "", "unknown_subject"),
    ("bless", ["{s}"], "", "seen", "wrong_value"),
]


def test_what_cannot_be_judged_is_refused_and_leaves_no_trace(case: Case) -> None:
    water, shells = saying(case, "water"), saying(case, "shells")
    names = {"s": water.id, "t": shells.id, "d": water.document_id, "i": load_record(case).incidents[0].id}
    for kind, subjects, value, reason, code in _REFUSED:
        with pytest.raises(MusterError) as refused:
            decide(case, kind, *(each.format(**names) for each in subjects), value=value.format(**names), reason=reason)
        assert (refused.value.code, kind, value) == (code, kind, value)
        assert refused.value.message
    assert all_judgements(case) == ()


def test_what_was_judged_meanwhile_or_taken_back_already_is_stale(case: Case) -> None:
    statement = saying(case, "water")
    seen = last_on(case, [statement.id])
    first = decide(case, "accept", statement.id, by="Omar")
    for refused in (
        lambda: decide(case, "reject", statement.id, seen=seen),
        lambda: [decide(case, "undo", first.id), decide(case, "undo", first.id)],
    ):
        with pytest.raises(MusterError) as stale:
            refused()
        assert stale.value.code == "stale"


def test_eight_who_judge_at_once_lose_nothing_and_see_no_lock(folder: Path, database_url: str) -> None:
    with open_case(folder, database_url=database_url) as case:
        ids = sorted(each.id for each in get_statements(case))

    def work(n: int) -> None:
        with open_case(folder, database_url=database_url) as mine:
            for turn in range(5):
                kind = "reject" if (n + turn) % 3 == 0 else "accept"
                decide(mine, kind, ids[(n + turn) % len(ids)], by=f"reviewer {n}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))  # raises what any of them raised
    with open_case(folder, database_url=database_url) as case:
        log = all_judgements(case, n=1000)
        assert [each.judgement.sequence for each in reversed(log)] == list(range(1, 41))
        assert len({each.judgement.id for each in log}) == 40
        step_by_step = load_record(case)
        models.Artefact.objects.using(case.alias).all().delete()
        reconcile(case, fake_stages())
        assert load_record(case).incidents == step_by_step.incidents


def test_a_large_case_shows_at_once_what_was_judged_and_is_reconciled_afterwards(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster.run.judge.is_large", lambda _: True)
    soon: list[Case] = []
    monkeypatch.setattr("muster.run.judge.reconcile_soon", soon.append)
    water, nobody = saying(case, "water"), saying(case, "nobody")
    shells = [each for each in get_statements(case) if "shells" in each.content]
    decide(case, "reject", shells[0].id)
    assert statement_row(case, shells[0].id).incident is None
    (left,) = [each for each in load_record(case).incidents if shells[1].id in each.statement_ids]
    assert left.statement_ids == (shells[1].id,)
    decide(case, "same", water.id, nobody.id)
    assert statement_row(case, water.id).incident == statement_row(case, nobody.id).incident
    decide(case, "different", water.id, nobody.id)
    assert statement_row(case, water.id).incident != statement_row(case, nobody.id).incident
    assert len(soon) == 3
    assert reconcile(case, fake_stages())
    after = load_record(case)
    models.Artefact.objects.using(case.alias).all().delete()
    reconcile(case, fake_stages())
    assert load_record(case).incidents == after.incidents


def test_in_a_large_case_people_judged_one_are_one_at_once(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.run.judge.is_large", lambda _: True)
    soon: list[Case] = []
    monkeypatch.setattr("muster.run.judge.reconcile_soon", soon.append)
    nora, salim = (next(e for e in load_record(case).entities if e.name == name) for name in ("Nora", "Salim"))
    decide(case, "same", nora.id, salim.id)
    (one,) = [each for each in load_record(case).entities if "Nora" in {alias.form for alias in each.aliases}]
    assert one.members == tuple(sorted((*nora.members, *salim.members)))
    assert [each.name for each in load_record(case).people if each.entity_id == one.id] == ["Nora (3)"]
    assert soon


def test_what_waits_is_reconciled_by_one_process_while_others_need_not(
    case: Case, folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_DATABASE_URL", database_url)
    monkeypatch.setattr("muster.run.judge.is_large", lambda _: True)
    monkeypatch.setattr("muster.run.judge.reconcile_soon", lambda _: None)
    decide(case, "reject", saying(case, "water").id)
    assert not is_whole(case)
    with try_hold(case, "settling") as mine:
        assert mine
        reconcile_until_done(folder, fake_stages())
    assert not is_whole(case)
    reconcile_until_done(folder, fake_stages())
    assert is_whole(case)


def test_what_was_shown_meanwhile_is_put_right_even_where_the_judgement_was_taken_back(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, water = load_record(case), saying(case, "water")
    with monkeypatch.context() as patched:
        patched.setattr("muster.run.judge.is_large", lambda _: True)
        patched.setattr("muster.run.judge.reconcile_soon", lambda _: None)
        rejected = decide(case, "reject", water.id)
    assert not is_whole(case)
    decide(case, "undo", rejected.id)
    assert load_record(case).incidents == before.incidents
    assert is_whole(case)
