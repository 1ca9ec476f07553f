"""Several decisions at once are all made, or none."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from muster.errors import MusterError
from muster.run.judge import Decision, judge, judge_many
from muster.store import models
from muster.store.case import Case, open_case
from muster.store.history import Sought, log_page

_ALL = Sought()


@pytest.fixture
def case(built_case: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(built_case, tmp_path / "mirsal")
    with open_case(tmp_path / "mirsal") as opened:
        yield opened


def _ids(case: Case, n: int) -> list[str]:
    return list(models.Statement.objects.using(case.alias).order_by("id").values_list("id", flat=True)[:n])


def _accept(ids: list[str]) -> list[Decision]:
    return [Decision(kind="accept", subjects=(id_,)) for id_ in ids]


def test_each_of_many_decisions_is_a_judgement_of_its_own(case: Case) -> None:
    ids = _ids(case, 40)
    written = judge_many(case, _accept(ids), decided_by="Nadia")
    assert [each.subjects for each in written] == [(id_,) for id_ in ids]
    assert [each.sequence for each in written] == list(range(1, 41))
    assert models.Statement.objects.using(case.alias).filter(status="accepted").count() == 40
    judge(case, "undo", [written[7].id], decided_by="Nadia")
    assert models.Statement.objects.using(case.alias).get(id=ids[7]).status == "proposed"


def test_where_one_of_many_cannot_be_made_none_is(case: Case) -> None:
    with pytest.raises(MusterError, match="s-nothing"):
        judge_many(case, [*_accept(_ids(case, 3)), *_accept(["s-nothing"])], decided_by="Nadia")
    assert log_page(case, _ALL) == ()
    assert not models.Statement.objects.using(case.alias).exclude(status="proposed").exists()


def test_many_is_refused_where_somebody_judged_one_meanwhile(case: Case) -> None:
    ids = _ids(case, 3)
    judge(case, "accept", [ids[1]], decided_by="Omar")
    with pytest.raises(MusterError) as refused:
        judge_many(case, [Decision(kind="accept", subjects=(id_,), seen=0) for id_ in ids], decided_by="Nadia")
    assert refused.value.code == "stale"
    assert len(log_page(case, _ALL)) == 1
