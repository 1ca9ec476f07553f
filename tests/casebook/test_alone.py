from hypothesis import given
from hypothesis import strategies as st

from muster.casebook.alone import dead_alone, is_dead_alone
from muster.records import Answer, LedgerEntry, Person, Question
from muster.records.weighed import Status


def _question(status: Status, low: int | None, high: int | None, *, denied: bool = False) -> Question:
    answer = Answer(
        value="", low=low, high=high, denied=denied, statement_ids=("s-1",), origins=("The guard",), groups=("g-1",)
    )
    return Question(incident_id="i-1", kind="killed", status=status, answers=(answer,), low=low, high=high)


def test_deaths_that_one_group_states_are_told_with_their_higher_number() -> None:
    assert dead_alone([_question("single origin", 2, 5)]) == 5


def test_deaths_without_an_upper_bound_or_a_number_are_told() -> None:
    assert dead_alone([_question("single origin", 3, None)]) == 3
    assert dead_alone([_question("single origin", None, None)]) == 0


def test_deaths_that_several_state_or_nobody_states_are_not() -> None:
    assert dead_alone([_question("agreed", 2, 2)]) is None
    assert dead_alone([_question("disputed", 2, 3)]) is None
    assert dead_alone([]) is None


def test_that_nobody_died_is_no_death() -> None:
    assert dead_alone([_question("single origin", 0, 0)]) is None
    assert dead_alone([_question("single origin", 2, 2, denied=True)]) is None


@given(st.lists(st.sampled_from(["g-1", "g-2"])), st.lists(st.sampled_from(["g-1", "g-2"])))
def test_a_person_is_dead_alone_when_exactly_one_group_says_so(saying: list[str], denying: list[str]) -> None:
    entries = [(group, False) for group in saying] + [(group, True) for group in denying]
    person = Person(
        entity_id="e-1",
        name="Hadi Mernan",
        entries=tuple(
            LedgerEntry(statement_id="s-1", state="dead", on=None, place=None, origin=group, group=group, denied=denied)
            for group, denied in entries
        ),
        last_state="dead",
        last_on=None,
        last_groups=(),
        accounted_for=True,
    )
    assert is_dead_alone(person) == (len(set(saying)) == 1)
