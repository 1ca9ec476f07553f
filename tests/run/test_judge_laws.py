"""The record is a function of the documents and the log of judgements, however it came about."""

import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.errors import MusterError
from muster.run.judge import judge, rejudge
from muster.run.wide import reconcile
from muster.store import models
from muster.store.case import Case, one_transaction, open_case
from muster.store.judging import all_judgements, append_judgement, judged_documents, subjects_of
from muster.store.record import load_record
from tests.run.fakes import fake_stages, fill

_TEXTS = {
    "a.txt": "Letter\nSalim: shells fell at dawn\nNora: nobody came\n",
    "b.txt": "Wire\nA guard: shells fell at dawn\nNora: nobody came\n",
    "c.txt": "List\nNora: water ran out\nSalim: nobody came\n",
}
_KINDS = ("accept", "reject", "correct", "add", "same", "different", "apart", "undo")
_Step = tuple[str, int, int, bool, bool]
_step = st.tuples(
    st.sampled_from([*_KINDS, "bring"]), st.integers(0, 20), st.integers(0, 20), st.booleans(), st.booleans()
)


def _take(case: Case, step: _Step, left: dict[str, str]) -> None:
    """Do one thing: bring a document, or judge; as a large case would, or interrupted before it is reconciled."""
    what, n, m, large, interrupted = step
    if what == "bring":
        if left:
            fill(case, dict([left.popitem()]))
        return
    with (
        patch("muster.run.judge.is_large", lambda _: large),
        patch("muster.run.judge.reconcile_soon", lambda _: None),
        patch("muster.run.judge.reconcile", (lambda *_: False) if interrupted else reconcile),
    ):
        judge(
            case, **_decision(case, what, n, m), decided_by=("Ines", "Omar")[m % 2], reason="seen", stages=fake_stages()
        )  # fmt: skip


def _decision(case: Case, what: str, n: int, m: int) -> dict[str, Any]:
    statements = list(models.Statement.objects.using(case.alias).order_by("id").values_list("id", flat=True))
    incidents = list(models.Incident.objects.using(case.alias).order_by("id").values_list("id", flat=True))
    one, value = statements[n % len(statements)], ""
    incidents = incidents or [one]  # a case whose statements were all rejected has none
    subjects = [one]
    if what == "undo":
        log = all_judgements(case)
        subjects = [log[n % len(log)].judgement.id if log else "j-0"]
    elif what == "add":
        subjects = [models.Statement.objects.using(case.alias).get(id=one).document_id]
        value = f'{{"start": {m % 5}, "end": {m % 5 + 6}, "act": "attack"}}'
    elif what == "correct":
        value = '{"act": "attack", "actor": "Salim"}' if m % 2 else '{"date": "2017-05-04"}'
    elif what == "apart":
        subjects = [one, incidents[m % len(incidents)]]
    elif what in ("same", "different"):
        subjects = [incidents[n % len(incidents)], incidents[m % len(incidents)]]
    return {"kind": "different" if what == "apart" else what, "subjects": subjects, "value": value}


def _anew(folder: Path, old: Case, names: set[str]) -> Any:
    """The record of another case with the same documents, into which the log is written as a whole."""
    with open_case(folder, build=True) as case:
        fill(case, {name: text for name, text in sorted(_TEXTS.items()) if name in names})
        with one_transaction(case):
            for logged in reversed(all_judgements(old, n=1000)):
                again = append_judgement(case, logged.judgement, subjects_of(old, logged.judgement.id))
                assert again == logged.judgement
            for document in judged_documents(case):
                rejudge(case, fake_stages().wide(), document)
        reconcile(case, fake_stages())
        return _record(case)


def _record(case: Case) -> tuple[object, ...]:
    record = load_record(case)
    return record.statements, record.incidents, record.entities, record.questions, record.people, record.disagreements


@settings(max_examples=12)
@given(st.lists(_step, max_size=8))
def test_documents_and_the_log_make_the_record_whatever_came_first_or_was_interrupted(steps: list[_Step]) -> None:
    left = dict(_TEXTS)
    with tempfile.TemporaryDirectory() as folder, open_case(Path(folder) / "case", build=True) as case:
        fill(case, {"c.txt": left.pop("c.txt")})
        for step in steps:
            with suppress(MusterError):  # what cannot be judged is refused, and leaves no trace
                _take(case, step, left)
        reconcile(case, fake_stages())
        assert _record(case) == _anew(Path(folder) / "again", case, set(_TEXTS) - left.keys())
