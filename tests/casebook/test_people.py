"""Ledgers of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.casebook import person
from tests.weigh.made import entity, outline, statement, weigh, words

SAMI = entity("e1", "person", "Sami Derwal", "a", "b", "c")
CONTEXT = weigh([outline(d, outlet=f"Paper {d}", entities=[("e1", "person", "Sami Derwal")]) for d in "abc"], [SAMI])
HIM = words("he", "e1", "Sami Derwal")


def of(document, act, when=None, **given):
    return statement(document, act, f"Sami Derwal: {act}", target=HIM, when=when, **given)


def ledger(*statements):
    return person(SAMI, statements, CONTEXT)


@pytest.mark.parametrize(
    ("act", "state", "accounted"),
    [("kill", "dead", True), ("die_other", "dead", True), ("detain", "detained", True), ("abduct", "missing", False),
     ("disappear", "missing", False), ("release", "released", True), ("transfer", "moved", True),
     ("injure", "injured", True)],
)  # fmt: skip
def test_an_act_says_how_a_person_is(act, state, accounted):
    found = ledger(of("a", act, "2017-06-04"))
    assert (found.last_state, found.accounted_for) == (state, accounted)


def test_the_last_word_is_the_latest_and_says_how_many_are_behind_it():
    found = ledger(of("a", "disappear", "2017-06-04"), of("b", "release", "2017-09-01"), of("c", "release", "2017-09"))
    assert [entry.state for entry in found.entries] == ["missing", "released", "released"]
    assert (found.last_state, len(found.last_groups)) == ("released", 2)


@pytest.mark.parametrize("missing", ["a", "b"])
def test_nobody_is_found_because_another_says_on_the_same_day_where_he_is(missing):
    moved = "b" if missing == "a" else "a"
    found = ledger(of(missing, "disappear", "2017-06-04"), of(moved, "transfer", "2017-06-04"))
    assert (found.last_state, found.accounted_for) == ("missing", False)


def test_a_denied_statement_is_listed_and_does_not_count():
    found = ledger(of("a", "disappear", "2017-06-04"), of("b", "detain", "2017-07-01", polarity="denied"))
    assert [entry.denied for entry in found.entries] == [False, True]
    assert (found.last_state, found.accounted_for) == ("missing", False)


def test_what_was_only_threatened_did_not_happen():
    assert ledger(of("a", "kill", modality="threatened")).entries == ()


def test_resettlement_is_told_from_being_moved():
    moved = statement("a", "transfer", "He was moved to the harbour", target=HIM)
    resettled = statement("b", "transfer", "He was resettled in a third country", target=HIM)
    assert {entry.state for entry in ledger(moved, resettled).entries} == {"moved", "resettled"}


def test_who_returns_is_his_own_actor():
    found = ledger(statement("a", "return", "Sami Derwal went home", actor=HIM, when="2018-01-01"))
    assert found.last_state == "returned"


def test_somebody_of_whom_nothing_is_said_is_not_accounted_for():
    found = ledger(statement("a", "kill", "six died", target="six people"))
    assert (found.entries, found.last_state, found.accounted_for) == ((), None, False)


@given(st.permutations(range(4)))
def test_the_order_of_statements_does_not_matter(order):
    statements = [
        of("a", "disappear", "2017-06-04"),
        of("b", "detain"),
        of("c", "kill", "2017-06"),
        of("c", "release", "2018"),
    ]
    assert ledger(*(statements[n] for n in order)) == ledger(*statements)
