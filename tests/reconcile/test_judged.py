from muster.reconcile.judged import standing
from tests.reconcile.made import judged


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


def test_judgements_of_other_kinds_are_left_out() -> None:
    assert standing([judged("tie", "a", "b")], ["same", "different"]) == ()
