"""What judgements mean for events, when the incidents that they name have changed since."""

import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from muster.reconcile.decisions import decide
from muster.reconcile.incidents import reconcile_incidents
from muster.records import Judgement, JudgementKind, LocalEvent
from tests.reconcile.made import happened, judged, outlined

_NAMES = "abcde"


def events() -> list[LocalEvent]:
    return [happened(name) for name in _NAMES]


def about(kind: JudgementKind, *subjects: str, sequence: int = 1, **held: tuple[str, ...]) -> Judgement:
    """A judgement of events ("a"), or of incidents that held some ("ab")."""
    ids = [f"v-{each}0" if len(each) == 1 else f"i-{each}" for each in subjects]
    was = {id_: [f"s-{name}0" for name in each] for id_, each in zip(ids, subjects, strict=True)} | held
    return judged(kind, *ids, id=f"j{sequence}", value=json.dumps({"held": was}), sequence=sequence)


def incidents(*judgements: Judgement) -> set[frozenset[str]]:
    """Which of five events that nothing else joins are one."""
    made = reconcile_incidents([outlined(e.document_id[2:], events=(e,)) for e in events()], (), judgements)
    return {frozenset(id_[2] for id_ in incident.event_ids) for incident in made if len(incident.event_ids) > 1}


def test_an_incident_means_what_it_held() -> None:
    assert incidents(about("same", "ab", "cd")) == {frozenset("abcd")}


def test_who_is_split_from_a_merged_incident_leaves_it_and_the_rest_stays() -> None:
    merged = about("same", "ab", "cd")
    assert incidents(merged, about("different", "a", "bcd", sequence=2)) == {frozenset("bcd")}


def test_a_later_merging_goes_over_an_earlier_split() -> None:
    merged, split = about("same", "ab", "cd"), about("different", "a", "bcd", sequence=2)
    assert incidents(merged, split, about("same", "a", "bcd", sequence=3)) == {frozenset("abcd")}


def test_a_statement_is_moved_by_parting_it_from_the_old_and_joining_it_to_the_new() -> None:
    old, new = about("same", "ab", "c"), about("same", "d", "e", sequence=2)
    out = judged("different", "s-a0", "i-abc", id="j3", value='{"held": {"i-abc": ["s-b0", "s-c0"]}}', sequence=3)
    into = judged("same", "s-a0", "i-de", id="j4", value='{"held": {"i-de": ["s-d0", "s-e0"]}}', sequence=4)
    assert incidents(old, new, out, into) == {frozenset("bc"), frozenset("ade")}


def test_an_event_whose_statements_were_taken_out_is_known_by_those_left() -> None:
    gone = judged("same", "v-was", "v-c0", value='{"held": {"v-was": ["s-x", "s-a0"], "v-c0": ["s-c0"]}}')
    assert incidents(gone) == {frozenset("ac")}
    assert decide([judged("same", "v-was", "v-c0")], events()).together == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["same", "different"]),
            st.lists(st.sampled_from(_NAMES), min_size=2, max_size=4, unique=True),
        ),
        max_size=5,
    ),
    st.randoms(),
)
def test_the_last_judgement_always_holds_and_order_of_input_is_nothing(
    said: list[tuple[JudgementKind, list[str]]], random: Random
) -> None:
    log = [about(kind, names[0], "".join(names[1:]), sequence=n) for n, (kind, names) in enumerate(said, 1)]
    found = incidents(*log)
    shuffled = list(log)
    random.shuffle(shuffled)
    assert incidents(*shuffled) == found
    if log:
        kind, (one, *others) = said[-1]
        together = any(one in each and not each.isdisjoint(others) for each in found)
        assert not (kind == "different" and together)
        if kind == "same":
            assert any(one in each and not each.isdisjoint(others) for each in found)
