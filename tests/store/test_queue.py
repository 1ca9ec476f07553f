"""Statements come one after the other, in an order that stays."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from muster.run.judge import judge, require_four_eyes
from muster.store import models
from muster.store.case import Case, open_case
from muster.store.queue import Order, Wanted, count_surest, open_by_act, open_by_origin, surest, turn

_ME, _YOU = Wanted(by="Nadia"), Wanted(by="Omar")


@pytest.fixture
def case(put_built_case: Callable[[Path], Path], tmp_path: Path, database_url: str) -> Iterator[Case]:
    with open_case(put_built_case(tmp_path / "mirsal"), database_url=database_url) as opened:
        yield opened


def _walk(case: Case, wanted: Wanted) -> list[str]:
    """All statements of a queue, as a reviewer who skips each would see them."""
    found: list[str] = []
    at = turn(case, wanted, None).next
    while at is not None:
        found.append(at)
        assert len(found) <= 2000
        at = turn(case, wanted, at).next
    return found


def _ids(case: Case, **where: object) -> set[str]:
    return set(models.Statement.objects.using(case.alias).filter(**where).values_list("id", flat=True))


@pytest.mark.parametrize("order", ["sure", "unsure", "document"])
def test_every_statement_comes_once_whatever_the_order(case: Case, order: Order) -> None:
    walked = _walk(case, replace(_ME, order=order))
    assert len(walked) == len(set(walked))
    assert set(walked) == _ids(case)


@pytest.mark.parametrize("order", ["sure", "unsure", "document"])
def test_the_previous_statement_is_the_one_from_which_one_came(case: Case, order: Order) -> None:
    wanted = replace(_ME, order=order)
    walked = _walk(case, wanted)[:12]
    assert [turn(case, wanted, at).previous for at in walked] == [None, *walked[:-1]]


def test_the_surest_come_first_or_last(case: Case) -> None:
    sure = dict(models.Statement.objects.using(case.alias).values_list("id", "confidence"))
    found = [sure[id_] for id_ in _walk(case, _ME)]
    assert found == sorted(found, reverse=True)
    assert [sure[id_] for id_ in _walk(case, replace(_ME, order="unsure"))] == sorted(found)


def test_a_queue_holds_what_its_filters_say(case: Case) -> None:
    row = models.Statement.objects.using(case.alias).exclude(incident=None).filter(act="kill").order_by("id")[0]
    filters = ({"act": row.act}, {"origin": row.origin}, {"incident": row.incident}, {"document": row.document_id},
               {"act": row.act, "origin": row.origin})  # fmt: skip
    for each in filters:
        for order in ("sure", "document"):
            wanted = replace(_ME, **each, order=order)  # type: ignore[arg-type]
            where = {"document_id" if key == "document" else key: value for key, value in each.items()}
            assert set(_walk(case, wanted)) == _ids(case, **where)
            assert turn(case, wanted, None).n_left == turn(case, wanted, None).n_all == len(_ids(case, **where))


def test_a_queue_of_a_person_holds_the_statements_that_name_them(case: Case) -> None:
    mentioning = models.Mentioning.objects.using(case.alias).order_by("id")[0]
    member = models.Member.objects.using(case.alias).get(document=mentioning.document_id, local=mentioning.entity)
    walked = _walk(case, replace(_ME, entity=member.entity_id))
    members = set(
        models.Member.objects.using(case.alias).filter(entity=member.entity_id).values_list("document_id", "local")
    )
    naming = models.Mentioning.objects.using(case.alias).values_list("document_id", "entity", "statement_id")
    assert set(walked) == {statement for document, local, statement in naming if (document, local) in members}
    assert len(walked) == len(set(walked))


def test_what_was_decided_leaves_the_queue_and_keeps_its_place(case: Case) -> None:
    first, second, third = _walk(case, _ME)[:3]
    judge(case, "accept", [second], decided_by="Nadia")
    assert turn(case, _ME, first).next == third
    assert turn(case, _ME, second).next == third
    assert turn(case, _ME, second).previous == first
    assert turn(case, _ME, None).n_left == turn(case, _ME, None).n_all - 1
    assert _walk(case, replace(_ME, statuses=("accepted",))) == [second]


def test_a_statement_that_waits_for_a_second_person_comes_to_others_only(case: Case) -> None:
    (first, *_) = _walk(case, replace(_ME, act="kill"))
    require_four_eyes(case, ["kill"])
    judge(case, "accept", [first], decided_by="Nadia")
    for narrow in ({}, {"document": models.Statement.objects.using(case.alias).get(id=first).document_id}):
        mine, yours = replace(_ME, **narrow), replace(_YOU, **narrow)  # type: ignore[arg-type]
        assert first not in _walk(case, mine)
        assert first in _walk(case, yours)
        assert turn(case, mine, None).n_left == turn(case, yours, None).n_left - 1
    judge(case, "accept", [first], decided_by="Omar")
    assert first not in _walk(case, _YOU)


def test_what_somebody_took_back_waits_for_them_again(case: Case) -> None:
    (first, *_) = _walk(case, replace(_ME, act="kill"))
    require_four_eyes(case, ["kill"])
    accepted = judge(case, "accept", [first], decided_by="Nadia")
    judge(case, "accept", [first], decided_by="Omar")
    judge(case, "undo", [accepted.id], decided_by="Nadia")
    assert first in _walk(case, _ME)
    assert first not in _walk(case, _YOU)


def test_the_surest_are_those_that_nobody_judged(case: Case) -> None:
    found = surest(case, _ME, 0.9, 1000)
    assert set(found) == _ids(case, confidence__gte=0.9)
    judge(case, "reject", [found[0]], reason="a figure of speech", decided_by="Nadia")
    assert surest(case, _ME, 0.9, 1000) == found[1:]
    assert surest(case, _ME, 0.9, 3) == found[1:4]
    assert count_surest(case, _ME, 0.9) == len(found) - 1


def test_filters_say_how_many_wait(case: Case) -> None:
    assert sum(open_by_act(case).values()) == len(_ids(case))
    assert open_by_origin(case, 1)[0][1] == max(n for _, n in open_by_origin(case, 1000))


@pytest.mark.parametrize("narrow", [{}, {"act": "kill"}, {"act": "kill", "origin": "nobody"}])
def test_a_turn_takes_few_queries(case: Case, narrow: dict[str, str]) -> None:
    at = turn(case, _ME, None).next
    with CaptureQueriesContext(connections[case.alias]) as asked:
        turn(case, replace(_ME, **narrow), at)  # type: ignore[arg-type]
    assert len(asked) <= 6
