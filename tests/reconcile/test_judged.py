import json
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from muster.reconcile.judged import in_force, set_apart, sound, standing, taken_back
from muster.reconcile.judged import judged as judge
from muster.reconcile.outline import outline
from muster.records import Extraction, Judgement, Statement
from tests.reconcile.made import Story, judged


def test_an_undo_of_an_undo_lets_the_judgement_stand() -> None:
    same = judged("same", "a", "b")
    undo = judged("undo", "j1", id="j2", at="2020-01-02T00:00:00Z")
    again = judged("undo", "j2", id="j3", at="2020-01-03T00:00:00Z")
    assert standing([same, undo], ["same"]) == ()
    assert standing([again, undo, same], ["same"]) == (same,)


def test_of_opposite_judgements_the_later_stands_whatever_the_order_of_subjects() -> None:
    same = judged("same", "a", "b")
    different = judged("different", "b", "a", id="j2", at="2020-01-02T00:00:00Z")
    assert standing([different, same], ["same", "different"]) == (different,)


def test_of_two_at_one_instant_the_later_in_the_log_counts() -> None:
    same, different = judged("same", "a", "b", id="z", sequence=1), judged("different", "a", "b", id="a", sequence=2)
    assert standing([different, same], ["same", "different"]) == (different,)


def test_judgements_of_other_kinds_are_left_out() -> None:
    assert standing([judged("tie", "a", "b")], ["same", "different"]) == ()


@given(st.lists(st.integers(0, 7), max_size=8))
def test_whatever_is_undone_and_undone_again_a_judgement_is_in_force_or_taken_back(targets: list[int]) -> None:
    log = [judged("accept", "s-1", id="j0", sequence=0)]
    for n, target in enumerate(targets, 1):
        log.append(judged("undo", f"j{target % n}", id=f"j{n}", sequence=n))
    back = taken_back(log)
    assert (log[0] in in_force(log)) == ("j0" not in back)
    for undo in log[1:]:  # what a standing undo names is taken back, and nothing else is
        assert undo.id in back or set(undo.subjects) <= back


def story() -> Story:
    told = Story("letter")
    told.entity("person", "Salim Harun")
    told.place("Narmul")
    told.say("Shells fell on Narmul on 4 May.", "attack", when="2017-05-04", place="Narmul")
    told.say("Three people were killed.", "kill", count=(3, "killed"))
    told.say("Two were wounded.", "injure", count=(2, "injured"))
    return told


def after(*judgements: Judgement, four_eyes: Iterable[str] = ()) -> Extraction:
    told = story()
    return judge(told.extraction(), told.reading(), judgements, frozenset(four_eyes))


def only(extraction: Extraction, id_: str = "s-letter-1") -> Statement:
    return next(each for each in extraction.statements if each.id == id_)


def corrected(id_: str = "s-letter-1", *, by: str = "Ines", sequence: int = 1, **fields: Any) -> Judgement:
    return judged("correct", id_, id=f"c{sequence}", value=json.dumps(fields), by=by, sequence=sequence)


def test_without_judgements_nothing_changes() -> None:
    assert after() == story().extraction()


def test_a_correction_sets_the_fields_it_names_and_no_others() -> None:
    (before, made) = only(after()), only(after(corrected(date="2017-05-05", polarity="denied")))
    assert (made.when.edtf if made.when else None, made.polarity, made.status) == ("2017-05-05", "denied", "corrected")
    assert (made.id, made.quote, made.count, made.act) == (before.id, before.quote, before.count, before.act)
    assert only(after(corrected(count=None))).count is None


def test_later_corrections_go_over_earlier_ones_and_each_can_be_undone() -> None:
    first, second = corrected(act="injure", date="2017-05-05"), corrected(act="attack", sequence=2)
    undo = judged("undo", "c2", id="u", sequence=3)
    both, one = only(after(second, first)), only(after(first, second, undo))
    assert (both.act, both.when and both.when.edtf) == ("attack", "2017-05-05")
    assert one.act == "injure"


def test_a_name_of_the_document_is_what_it_stands_for_and_another_is_new() -> None:
    made = after(corrected(actor="salim harun", place="Old Mill", target="two officials"))
    statement = only(made)
    assert statement.actor is not None
    assert statement.actor.entity == "e0"
    (new,) = [each for each in made.entities if each.name == "Old Mill"]
    assert new.kind == "place"
    assert statement.place is not None
    assert statement.place.entity == new.id
    assert statement.target is not None
    assert statement.target.entity is None


def test_a_rejected_statement_is_no_part_of_the_outline() -> None:
    told, made = story(), after(judged("reject", "s-letter-1"))
    assert only(made).status == "rejected"
    assert len(sound(made).statements) == 2
    made_of = outline(told.document(), told.reading(), made)
    assert not any("s-letter-1" in event.statement_ids for event in made_of.events)
    assert all(event.killed is None for event in made_of.events)


def test_four_eyes_are_two_people_and_a_rejection_ends_it() -> None:
    ines, omar = (
        judged("accept", "s-letter-1", by="Ines"),
        judged("accept", "s-letter-1", id="j2", by="Omar", sequence=2),
    )
    no = judged("reject", "s-letter-1", id="j3", by="Ines", sequence=3)
    assert only(after(ines)).status == "accepted"
    assert only(after(ines, four_eyes=["kill"])).status == "seconded"
    assert only(after(ines, omar, four_eyes=["kill"])).status == "accepted"
    assert only(after(ines, omar, no, four_eyes=["kill"])).status == "rejected"
    # Whoever corrects changes what the other accepted.
    changed = corrected(date="2017-05-05", sequence=3)
    assert only(after(ines, omar, changed, four_eyes=["kill"])).status == "seconded"


def test_the_same_judgement_adds_the_same_statement() -> None:
    add = judged("add", "d-letter", id="a1", value='{"start": 0, "end": 6, "act": "attack", "place": "Narmul"}')
    first, second = after(add), after(add)
    assert first == second
    assert len(first.statements) == 4
    added = first.statements[-1]
    assert (added.quote, added.act, added.status, added.place and added.place.entity) == (
        "Shells", "attack", "accepted", "e1",
    )  # fmt: skip
    assert len(after(add, judged("undo", "a1", id="u", sequence=2)).statements) == 3


def test_a_statement_that_is_set_apart_is_an_event_of_its_own_and_the_others_stay() -> None:
    told = story()
    whole = outline(told.document(), told.reading(), told.extraction())
    apart = set_apart([judged("different", "s-letter-2", "i-1")])
    parted = outline(told.document(), told.reading(), told.extraction(), apart)
    assert [event.statement_ids for event in whole.events] == [("s-letter-0", "s-letter-1", "s-letter-2")]
    assert sorted(event.statement_ids for event in parted.events) == [("s-letter-0", "s-letter-1"), ("s-letter-2",)]
    assert (
        set_apart([judged("different", "s-letter-2", "i-1"), judged("undo", "j1", id="u", sequence=1)]) == frozenset()
    )
