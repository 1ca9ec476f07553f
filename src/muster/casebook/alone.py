"""Deaths that one independent group alone tells of."""

from collections.abc import Iterable

from muster.records import Person, Question


def dead_alone(questions: Iterable[Question]) -> int | None:
    """Return how many dead of an incident only one independent group states; None where it is not so.

    Of a range it is the higher end that is known; 0: deaths are stated without a number.
    """
    for each in questions:
        if each.kind == "killed" and each.status == "single origin":
            stated = [answer for answer in each.answers if not answer.denied and answer.high != 0]
            return (each.high or each.low or 0) if stated else None
    return None


def is_dead_alone(person: Person) -> bool:
    """Tell whether exactly one independent group says that a person is dead."""
    return len({entry.group for entry in person.entries if entry.state == "dead" and not entry.denied}) == 1
