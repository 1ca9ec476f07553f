"""A build can be repeated, interrupted and added to, and always gives the same case."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from muster.errors import MusterError
from muster.ingest import IngestLimits
from muster.run.build import Summary, build
from muster.run.stages import Stages, Work
from muster.run.wide import look_ahead, reconcile
from muster.settings import Settings
from muster.store import models
from muster.store.case import Case, open_case
from muster.store.lookup import get_documents, get_extraction, get_rejects, get_statements
from muster.store.record import get_acquisitions, get_disagreements, get_entities, get_incidents, get_people
from muster.store.wide import unreconcile
from tests.run.fakes import Calls, fake_stages

SETTINGS = Settings(workers=1, timeout_s=20)


def run(case: Path, *paths: Path, stages: Stages | None = None, settings: Settings = SETTINGS) -> Summary:
    now = datetime(2031, 4, 1, 12, 0, tzinfo=UTC)
    return build(case, paths, settings, stages=stages or fake_stages(), now=lambda: now)


def contents(case: Case) -> tuple[object, ...]:
    """All that an export may draw on."""
    extracted = models.Extraction.objects.using(case.alias).order_by("document_id")
    return (
        list(get_documents(case)),
        list(get_statements(case)),
        [get_extraction(case, each.document_id) for each in extracted],
        get_entities(case),
        get_incidents(case),
        get_people(case),
        get_disagreements(case),
        get_rejects(case),
    )  # fmt: skip


def look(folder: Path) -> tuple[object, ...]:
    with open_case(folder) as case:
        return contents(case)


def lines(log: Path) -> list[str]:
    return sorted(log.read_text(encoding="utf-8").splitlines())


def test_documents_go_in_and_a_record_comes_out(tmp_path: Path, pile: Path) -> None:
    summary = run(tmp_path / "case", pile)
    assert (summary.n_new, summary.n_known, summary.n_read, summary.n_extracted) == (3, 0, 3, 3)
    totals = summary.totals
    assert (totals.documents, totals.statements, totals.incidents, totals.people, totals.disagreements) == (
        3,
        4,
        3,
        3,
        1,
    )
    assert [each.why for each in summary.first] == ["Two say so of shells fell at dawn."]


def test_building_twice_does_nothing_twice(tmp_path: Path, pile: Path, log: Path) -> None:
    run(tmp_path / "case", pile)
    before, done = look(tmp_path / "case"), lines(log)
    calls = Calls()
    summary = run(tmp_path / "case", pile, stages=fake_stages(calls))
    assert (summary.n_new, summary.n_known, summary.n_read, summary.n_extracted) == (0, 3, 0, 0)
    assert (look(tmp_path / "case"), lines(log), calls) == (before, done, Calls())


def test_the_order_in_which_documents_come_does_not_matter(tmp_path: Path, pile: Path) -> None:
    run(tmp_path / "at once", pile)
    for name in ("c.txt", "a.txt", "b.txt"):
        run(tmp_path / "one by one", pile / name)
    assert look(tmp_path / "one by one") == look(tmp_path / "at once")


def test_the_number_of_workers_does_not_matter(tmp_path: Path, pile: Path) -> None:
    for n in (1, 3):
        run(tmp_path / str(n), pile, settings=replace(SETTINGS, workers=n))
    assert look(tmp_path / "1") == look(tmp_path / "3")


def test_adding_a_document_reads_and_weighs_only_what_it_touches(tmp_path: Path, pile: Path, log: Path) -> None:
    run(tmp_path / "case", pile)
    log.write_text("")
    (pile / "d.txt").write_text("Note\nNora: water ran out\n", encoding="utf-8")
    calls = Calls()
    summary = run(tmp_path / "case", pile, stages=fake_stages(calls))
    assert (summary.n_new, summary.n_known) == (1, 3)
    assert lines(log) == ["extract d.txt", "read d.txt"]
    assert calls == Calls(weighed=["water ran out"], people=["Nora"], previous=[True])


def test_the_same_bytes_under_two_names_are_one_document_with_two_acquisitions(tmp_path: Path, pile: Path) -> None:
    (pile / "Z copy.txt").write_bytes((pile / "c.txt").read_bytes())
    assert run(tmp_path / "case", pile).n_new == 3
    with open_case(tmp_path / "case") as case:
        assert [each.name for each in get_documents(case)] == ["Z copy.txt", "a.txt", "b.txt"]
        names = {(each.name, each.acquired_at) for each in get_acquisitions(case)}
    assert names == {(name, "2031-04-01T12:00:00+00:00") for name in ("Z copy.txt", "a.txt", "b.txt", "c.txt")}


def test_a_document_is_called_by_its_first_name_whichever_came_first(tmp_path: Path, pile: Path) -> None:
    """The reading depends on the name (as on its ending, say), so it must be read anew."""
    (pile / "Z copy.md").write_bytes((pile / "c.txt").read_bytes())
    run(tmp_path / "at once", pile)
    for name in ("c.txt", "a.txt", "b.txt", "Z copy.md"):
        run(tmp_path / "one by one", pile / name)
    assert look(tmp_path / "one by one") == look(tmp_path / "at once")


def test_the_same_file_brought_twice_is_logged_once(tmp_path: Path, pile: Path) -> None:
    run(tmp_path / "case", pile)
    run(tmp_path / "case", pile)
    with open_case(tmp_path / "case") as case:
        assert len(get_acquisitions(case)) == 3


def test_what_goes_wrong_is_listed_and_stops_nothing(tmp_path: Path, pile: Path) -> None:
    for word in ("CRASH", "GROW", "FAIL", "REFUSE"):
        (pile / f"{word}.txt").write_text(word)
    (pile / "letter.no").touch()
    summary = run(tmp_path / "case", pile)
    assert {(each.name, each.stage, each.code) for each in summary.rejects} == {
        ("CRASH.txt", "read", "crashed"),
        ("FAIL.txt", "read", "failed"),
        ("GROW.txt", "read", "out_of_memory"),
        ("REFUSE.txt", "read", "unlikeable"),
        ("letter.no", "ingest", "unwanted"),
    }
    assert summary.totals.statements == 4
    assert summary.totals.documents == 7  # what cannot be read is kept all the same


def test_what_takes_too_long_is_listed_with_its_stage(tmp_path: Path, pile: Path) -> None:
    (pile / "hang.txt").write_text("HANG")
    (pile / "stall.txt").write_text("STALL")
    summary = run(tmp_path / "case", pile, settings=replace(SETTINGS, timeout_s=1.0))
    assert [(each.name, each.stage, each.code) for each in summary.rejects] == [
        ("hang.txt", "read", "timeout"),
        ("stall.txt", "extract", "timeout"),
    ]


def test_a_reject_is_not_tried_again_until_its_limits_are_raised(tmp_path: Path, pile: Path, log: Path) -> None:
    (pile / "hang.txt").write_text("HANG")
    quick = replace(SETTINGS, timeout_s=1.0)
    run(tmp_path / "case", pile, settings=quick)
    assert run(tmp_path / "case", pile, settings=quick).n_read == 0
    assert run(tmp_path / "case", pile, settings=replace(quick, timeout_s=1.5)).n_read == 1
    assert lines(log).count("read a.txt") == 1


def test_a_refusal_at_the_door_is_listed_once(tmp_path: Path, pile: Path) -> None:
    (pile / "letter.no").touch()
    assert len(run(tmp_path / "case", pile).rejects) == 1
    assert len(run(tmp_path / "case", pile).rejects) == 1
    (pile / "letter.no").unlink()
    assert len(run(tmp_path / "case", pile).rejects) == 1  # what was refused stays listed


def test_what_a_file_holds_comes_in_until_it_misbehaves(tmp_path: Path, pile: Path) -> None:
    (pile / "mail.box").write_text("Nora\nSalim\nHANG\nnever\n", encoding="utf-8")
    quick = replace(SETTINGS, timeout_s=1.0)
    summary = run(tmp_path / "case", pile, settings=quick)
    assert [(each.name, each.stage, each.code) for each in summary.rejects] == [("mail.box", "ingest", "timeout")]
    with open_case(tmp_path / "case") as case:
        assert [each.name for each in get_documents(case)][3:] == ["mail.box/Nora", "mail.box/Salim"]
    (pile / "mail.box").write_text("Nora\nSalim\n", encoding="utf-8")
    assert run(tmp_path / "case", pile, settings=quick).rejects == ()


def test_no_more_files_come_in_than_the_settings_allow(tmp_path: Path, pile: Path) -> None:
    summary = run(tmp_path / "case", pile, stages=fake_stages(limits=IngestLimits(max_files=2)))
    assert summary.totals.documents == 2
    assert [each.code for each in summary.rejects] == ["too_many_files"]


def test_a_statement_without_its_words_is_refused_and_counted(tmp_path: Path, pile: Path) -> None:
    (pile / "lie.txt").write_text("Note\nNora: LIE\nNora: and the truth\n", encoding="utf-8")
    totals = run(tmp_path / "case", pile).totals
    assert (totals.statements, totals.unfounded) == (5, 1)


def test_a_new_reader_reads_anew_and_extracts_only_what_reads_differently(
    tmp_path: Path, pile: Path, log: Path
) -> None:
    run(tmp_path / "case", pile)
    before = look(tmp_path / "case")
    log.write_text("")
    newer = Work(name="tests.run.fakes:reader", options=b"", code="reader 2")
    summary = run(tmp_path / "case", stages=fake_stages(read=newer))
    assert (summary.n_read, summary.n_extracted) == (3, 0)
    assert look(tmp_path / "case") == before


def test_a_new_extractor_extracts_anew_without_reading(tmp_path: Path, pile: Path, log: Path) -> None:
    run(tmp_path / "case", pile)
    log.write_text("")
    newer = Work(name="tests.run.fakes:outliner", options=b"", code="extractor 2")
    run(tmp_path / "case", stages=fake_stages(extract=newer))
    assert lines(log) == ["extract a.txt", "extract b.txt", "extract c.txt"]


def test_a_new_outline_is_drawn_from_the_statements_that_are_there(tmp_path: Path, pile: Path, log: Path) -> None:
    run(tmp_path / "case", pile)
    before = look(tmp_path / "case")
    log.write_text("")
    run(tmp_path / "case", stages=fake_stages(outline_code="outline 2"))
    assert (lines(log), look(tmp_path / "case")) == ([], before)


def test_new_weighing_starts_from_no_earlier_state(tmp_path: Path, pile: Path) -> None:
    run(tmp_path / "case", pile)
    calls = Calls()
    run(tmp_path / "case", stages=fake_stages(calls, wide_code="wide 2"))
    assert calls.previous == [False]
    assert len(calls.weighed) == 3


class Killed(BaseException):
    """Stands for kill -9: nothing in the build catches it."""


@pytest.mark.parametrize(
    ("where", "after"),
    [*((stage, after) for stage in ("bringing in", "reading", "extracting") for after in (0, 1, 2)), ("weighing", 0)],
)
def test_a_build_without_paths_finishes_one_that_was_killed(tmp_path: Path, pile: Path, where: str, after: int) -> None:
    class Deadly:
        stage = ""
        n = 0

        def begin(self, stage: str, total: int | None) -> None:
            self.stage, self.n = stage, 0
            self.perhaps()

        def advance(self) -> None:
            self.n += 1
            self.perhaps()

        def perhaps(self) -> None:
            if (self.stage, self.n) == (where, after):
                raise Killed

    run(tmp_path / "whole", pile)
    with pytest.raises(Killed):
        build(tmp_path / "killed", [pile], SETTINGS, Deadly(), stages=fake_stages())
    run(tmp_path / "killed")
    assert look(tmp_path / "killed") == look(tmp_path / "whole")
    assert run(tmp_path / "killed").n_read == 0


def test_an_original_that_is_gone_is_listed(tmp_path: Path, pile: Path) -> None:
    run(tmp_path / "case", pile)
    for path in (tmp_path / "case" / "originals").rglob("*"):
        if path.is_file() and b"List" in path.read_bytes():
            path.unlink()
    newer = Work(name="tests.run.fakes:reader", options=b"", code="reader 2")
    summary = run(tmp_path / "case", stages=fake_stages(read=newer))
    assert [(each.name, each.code) for each in summary.rejects] == [("c.txt", "missing_original")]
    assert summary.totals.statements == 3
    assert run(tmp_path / "case", pile, stages=fake_stages(read=newer)).totals.documents == 3


def test_a_path_that_is_not_there_is_refused_before_anything_is_done(tmp_path: Path, pile: Path) -> None:
    with pytest.raises(MusterError) as caught:
        run(tmp_path / "case", pile, tmp_path / "none")
    assert (caught.value.code, caught.value.exit_code) == ("no_such_path", 2)


def test_without_paths_there_must_be_a_case_to_finish(tmp_path: Path) -> None:
    with pytest.raises(MusterError) as caught:
        run(tmp_path / "mistyped")
    assert (caught.value.code, caught.value.exit_code) == ("no_case", 2)
    assert not (tmp_path / "mistyped").exists()


def test_what_lies_in_the_case_is_not_brought_into_it(tmp_path: Path, pile: Path) -> None:
    case = pile / "case"
    before = run(case, pile).totals
    assert run(case, pile).totals == before
    with open_case(case) as opened:
        assert not [each.name for each in get_documents(opened) if "case/" in each.name]
        assert get_rejects(opened) == ()
    with pytest.raises(MusterError) as caught:
        run(case, case / "originals")
    assert caught.value.code == "path_in_case"
    assert not (tmp_path / "case").exists()


def test_what_was_sent_to_a_server_of_one_case_waits_in_it_and_is_brought_in(tmp_path: Path, pile: Path) -> None:
    case = tmp_path / "case"
    run(case, pile)
    sent = case / "site" / "uploads" / "4f2a" / "files"
    sent.mkdir(parents=True)
    (sent / "late.txt").write_text("Late news of the weir.", encoding="utf-8")
    assert run(case, sent).n_new == 1


def test_what_was_read_ahead_and_has_changed_since_is_read_again(tmp_path: Path, pile: Path) -> None:
    run(tmp_path / "case", pile / "a.txt", pile / "b.txt")
    stages = fake_stages()
    with open_case(tmp_path / "case") as case:
        ahead = look_ahead(case, stages)
        assert len(ahead.outlines) == 2
    run(tmp_path / "case", pile / "c.txt")
    (tmp_path / "more.txt").write_text("Letter\nSalim: shells fell at dawn\n", encoding="utf-8")
    run(tmp_path / "case", tmp_path / "more.txt")
    expected = look(tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        unreconcile(case)
        assert reconcile(case, stages, ahead)
        assert contents(case) == expected
