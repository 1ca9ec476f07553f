"""What people decided about events: which are one incident, and which must not be.

A judgement names events, incidents or statements.  Incidents come and go with what is known, so it also
says which statements its events and incidents held when it was made; that is what it is about.

Method: docs/method/judging.md, section 3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from muster.reconcile.judged import held, standing
from muster.records import Judgement, LocalEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What holds for the events of a case.

    together holds lists of event ids that are one, with the reason given, the latest judgement first;
    of a list, an event that must not be one with those before it stays out;
    apart maps an event to those that it must not be one with, and holds each such pair both ways.
    """

    together: tuple[tuple[tuple[str, ...], str], ...] = ()
    apart: Mapping[str, frozenset[str]]


def incident_id(event_id: str) -> str:
    """Return the id of an incident whose least event id this is."""
    return "i-" + blake2b(event_id.encode(), digest_size=8).hexdigest()


def decide(judgements: Sequence[Judgement], events: Iterable[LocalEvent]) -> Decisions:
    """Say what judgements "same" and "different" mean for these events; where they clash the later counts."""
    stand = standing(judgements, ("same", "different"))
    if not stand:
        return Decisions(apart={})
    meaning = _Meaning(events)
    apart: dict[str, set[str]] = defaultdict(set)
    same: list[tuple[list[list[str]], str]] = []
    for judgement in stand:
        sides = meaning.sides(judgement)
        for i, one in enumerate(sides):
            for other in sides[i + 1 :]:
                _part(apart, one, other, judgement.kind == "different")
        if judgement.kind == "same":
            same.append((sides, f"judged the same: {judgement.reason}"))
    together = [(_together(sides, apart), why) for sides, why in reversed(same) if len(sides) > 1]
    return Decisions(
        together=tuple(together),
        apart={event: frozenset(others) for event, others in apart.items() if others},
    )


def _part(apart: dict[str, set[str]], one: Iterable[str], other: Iterable[str], keep_apart: bool) -> None:
    for a in one:
        for b in other:
            if a != b and keep_apart:
                apart[a].add(b)
                apart[b].add(a)
            elif b in apart.get(a, ()):
                apart[a].discard(b)
                apart[b].discard(a)


def _together(sides: Sequence[Sequence[str]], apart: Mapping[str, set[str]]) -> tuple[str, ...]:
    """The events of all sides; those that most others must be kept apart from last, where they find no place."""
    events = {event for side in sides for event in side}
    return tuple(sorted(events, key=lambda event: (len(apart.get(event, set()) & events), event)))


class _Meaning:
    """Which events the subjects of judgements mean."""

    def __init__(self, events: Iterable[LocalEvent]) -> None:
        self.events: set[str] = set()
        self.of_statement: dict[str, str] = {}
        self.of_incident: dict[str, str] = {}
        for event in events:
            self.events.add(event.id)
            self.of_incident[incident_id(event.id)] = event.id
            self.of_statement.update(dict.fromkeys(event.statement_ids, event.id))

    def sides(self, judgement: Judgement) -> list[list[str]]:
        was = held(judgement)
        sides = [self._events(subject, was.get(subject, ())) for subject in judgement.subjects]
        return [side for side in sides if side]

    def _events(self, subject: str, was: Sequence[str]) -> list[str]:
        """The events that a subject means, sorted; none where all that it held is gone."""
        if subject in self.of_statement:
            return [self.of_statement[subject]]
        if subject in self.events:
            return [subject]
        now = Counter(self.of_statement[id_] for id_ in was if id_ in self.of_statement)
        if subject.startswith("v-"):
            return [min(now, key=lambda event: (-now[event], event))] if now else []
        if now or was:
            return sorted(now)
        return [self.of_incident[subject]] if subject in self.of_incident else []
