"""Bundles of local events: what the events held to be about one incident say together."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from muster.languages.edtf import Interval, parse_edtf, years_where
from muster.reconcile.days import is_yearless, read_days, width, write_days
from muster.records import LocalEvent

#: A date of at most so many days beyond its first says when something happened; a wider one says roughly.
DAY_WIDTH = 3
#: An event's own place counts so many times as one that it only names.
MAIN_WEIGHT = 3

#: Days next to those that most events name belong to an incident where so large a share of as many name them.
_GOES_ON = 1 / 3
#: A place inside the one that most events name is an incident's, where so large a share of as many name it.
_FINER = 1 / 3

_Key = TypeVar("_Key")
_HELD = frozenset({"detained", "missing"})


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers that a bundle gives of one thing: how many events give each, how many numbers that is (at most one
    an event), the largest, and how likely another report gives one of them.
    """

    times: Mapping[int, int]
    n: int
    largest: int
    again: float


@dataclass(slots=True, eq=False)
class Bundle:
    """Events held to be about one thing, and what they say together.

    id is the least id of its events.  places, people, parties, words and spans count the events that have them; people
    are entity ids of named victims, parties those of all people and groups named; figures are those of the words that
    are numbers of something; spans are the days of dates.  published holds the last days on which documents without a
    date for the event were published.  days are those that most events name; where none names days, the narrowest
    span.  content digests all this but the kind, whatever the order in which the events came.
    """

    events: list[LocalEvent]
    id: str
    kind: str
    days: Interval | None
    spans: dict[Interval, int]
    places: dict[str, int]
    people: dict[str, int]
    parties: dict[str, int]
    words: dict[str, int]
    figures: dict[str, int]
    documents: set[str]
    published: set[str]
    content: int
    other_days: tuple[Interval, ...] = ()
    reasons: list[str] = field(default_factory=list)
    length: float | None = None
    numbers: Mapping[str, Told] | None = None
    main_place: str | None = None
    often_named: frozenset[str] | None = None

    def n_words(self) -> float:
        """How many words an event has, on average, without numbers."""
        if self.length is None:
            self.length = (sum(self.words.values()) - sum(self.figures.values())) / len(self.events)
        return self.length

    def counted(self) -> Mapping[str, Told]:
        """The numbers of each thing; people held and people missing are one thing."""
        if self.numbers is None:
            found: dict[str, dict[int, int]] = {}
            for figure, times in self.figures.items():
                n, of = read_number(figure)
                numbers = found.setdefault(of, {})
                numbers[n] = numbers.get(n, 0) + times
            self.numbers = {of: _told(numbers, len(self.events)) for of, numbers in found.items()}
        return self.numbers

    def often(self) -> frozenset[str]:
        """The places that at least half as many events name as the one that most name."""
        if self.often_named is None:
            most = max(self.places.values(), default=0)
            self.often_named = frozenset(
                place for place, n in self.places.items() if 2 * n >= most and n >= MAIN_WEIGHT
            )
        return self.often_named

    def named(self) -> frozenset[str]:
        """The places that at least a third as many events name as the one that most name: a large bundle names many."""
        most = max(self.places.values(), default=0)
        return frozenset(place for place, n in self.places.items() if 3 * n >= most)

    def place(self, inside: Mapping[str, frozenset[str]] | None = None) -> str | None:
        """The place that most events name, or one inside it that many do; inside maps a place to all it lies in."""
        if self.main_place is None and self.places:
            order = sorted(self.places, key=lambda place: (-self.places[place], place))
            self.main_place = order[0]
            for place in order[1:]:
                least = _FINER * self.places[self.main_place]
                if inside and self.main_place in inside.get(place, ()) and self.places[place] >= least:
                    self.main_place = place
        return self.main_place


@lru_cache(maxsize=1 << 16)
def read_number(word: str) -> tuple[int, str]:
    """Part a word of an event that is a number, "34 killed"; people held and people missing are one thing."""
    n, of = word.split(maxsplit=1)
    return int(n), "held" if of in _HELD else of


def _told(times: Mapping[int, int], n_events: int) -> Told:
    n = sum(times.values())
    return Told(times, min(n, n_events), max(times), _agreement(times.values(), n))


def _agreement(times: Collection[int], told: int) -> float:
    """How likely another report gives a number that a bundle has: as often as its own agree; for one report, 0.4."""
    pairs = sum(n * (n - 1) for n in times) / told if told else 0.0
    return (pairs + 0.8) / (told + 1)


def hashed(*parts: object) -> int:
    """64 bits that digest parts, the same in every run; parts are plain data, but no sets."""
    return int.from_bytes(blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def make_bundle(
    event: LocalEvent, places: Sequence[str], people: Sequence[str], parties: Sequence[str], published_on: str | None
) -> Bundle:
    """Make a bundle of one event; places, the main one first, named victims and parties are distinct entity ids."""
    days = read_days(event.when.edtf) if event.when else None
    if days is not None and is_yearless(days):
        days = _year_before(days, published_on) or days
    when = (event.when.edtf, event.when.weekday) if event.when else None
    return Bundle(
        events=[event],
        id=event.id,
        kind=event.kind,
        days=days,
        spans={days: 1} if days else {},
        places={place: MAIN_WEIGHT if place == places[0] else 1 for place in places},
        people=dict.fromkeys(people, 1),
        parties=dict.fromkeys(parties, 1),
        words=dict.fromkeys(event.words, 1),
        figures={word: 1 for word in event.words if word[0].isdigit()},
        documents={event.document_id},
        published={published_on} if published_on and days is None else set(),
        content=hashed(event.document_id, event.kind, when, event.words, places, people, parties, published_on),
        other_days=_other_days(event, days),
    )


def _year_before(days: Interval, published_on: str | None) -> Interval | None:
    """Days without a year, in the last year in which they began before their document was published."""
    published = parse_edtf(published_on) if published_on else None
    if published is None or width(published) > 366:
        return None
    for year in (published.last.year, published.last.year - 1):
        found = parse_edtf(write_days(days).replace("XXXX", f"{year:04d}"))
        if found and found.first <= published.last:
            return found
    return None


def _other_days(event: LocalEvent, days: Interval | None) -> tuple[Interval, ...]:
    """The days meant instead where a date's weekday does not fit: the same day in years where it does."""
    when = event.when
    if when is None or when.weekday is None or days is None or is_yearless(days) or width(days) > 0:
        return ()
    if days.first.weekday() == when.weekday:
        return ()
    years = years_where(days.first.month, days.first.day, when.weekday, days.first.year, 6)
    return tuple(d for year in years if (d := parse_edtf(f"{year:04d}{days.first.isoformat()[4:]}")))


def merge(into: Bundle, other: Bundle, reasons: Sequence[str]) -> None:
    """Take one bundle into another."""
    weights = {
        kind: sum(event.kind == kind for b in (into, other) for event in b.events) for kind in (into.kind, other.kind)
    }
    into.kind = min(weights, key=lambda kind: (-weights[kind], kind))
    into.length = into.numbers = into.main_place = into.often_named = None
    into.events.extend(other.events)
    into.id = min(into.id, other.id)
    into.content = (into.content + other.content) % 2**64
    for mine, theirs in (
        (into.places, other.places), (into.people, other.people), (into.parties, other.parties),
        (into.words, other.words), (into.figures, other.figures),
    ):  # fmt: skip
        _add(mine, theirs)
    _add(into.spans, other.spans)
    into.days = _joint_days(into.spans)
    into.other_days = () if sum(into.spans.values()) > 1 else into.other_days or other.other_days
    into.documents |= other.documents
    into.published |= other.published
    into.reasons.extend((*other.reasons, *reasons))


def _add(counts: dict[_Key, int], more: Mapping[_Key, int]) -> None:
    for key, n in more.items():
        counts[key] = counts.get(key, 0) + n


def _joint_days(spans: Mapping[Interval, int]) -> Interval | None:
    """The day that most spans of a few days hold, with those next to it that many do; else the narrowest span."""
    exact = {days: n for days, n in spans.items() if width(days) <= DAY_WIDTH and not is_yearless(days)}
    if not exact:
        return min(spans, key=lambda days: (is_yearless(days), width(days), days.first), default=None)
    told = Counter[int]()
    for days, n in exact.items():
        told.update(dict.fromkeys(range(days.first.toordinal(), days.last.toordinal() + 1), n))
    first = last = min(told, key=lambda day: (-told[day], day))
    least = max(1.0, _GOES_ON * told[first])
    while told[first - 1] >= least and last - first < DAY_WIDTH:
        first -= 1
    while told[last + 1] >= least and last - first < DAY_WIDTH:
        last += 1
    return Interval(first=date.fromordinal(first), last=date.fromordinal(last))
