"""Bundles of local events, and how much speaks for two of them being about one incident."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, inf

from muster.languages.edtf import Interval, parse_edtf, years_where
from muster.reconcile.days import gap, is_yearless, join, read_days, width, write_days
from muster.reconcile.kinds import load_kinds
from muster.reconcile.places import COUNTRY_SIZE
from muster.records import LocalEvent

#: A date of at most so many days beyond its first says when something happened; a wider one says roughly.
DAY_WIDTH = 3
#: An event's own place counts so many times as one that it only names.
MAIN_WEIGHT = 3
#: Fewer dead than this are too common a number to tell one incident from another.
TELLING_TOLL = 3
#: A text whose words weigh less than this is too short to be told by its words.
MIN_TEXT = 20.0
#: The most points that dates and texts can give, and a little more for rounding.
_MOST_BY_DATE, _MOST_BY_TEXT = 3.11, 2.51
#: What it is worth that both name somebody whom in all so many bundles name, and the most for all of them.
_BY_NAMING = {1: 0.7, 2: 0.7, 3: 0.5, 4: 0.3, 5: 0.2}
MOST_BY_PARTIES = 1.5
#: Who is named as a victim in more bundles than this tells no two of them from the others.
RARE = 3


@dataclass(slots=True, eq=False)
class Bundle:
    """Events held to be about one thing, and what they say together.

    id is the least id of its events.  places, people and words count the events that have them;
    people are entity ids of named victims, parties those of all people and groups named.  dates counts EDTF
    dates.  published holds the last days on which documents without a date for the event were published.
    """

    events: list[LocalEvent]
    id: str
    kind: str
    days: Interval | None
    dates: Counter[str]
    places: Counter[str]
    people: Counter[str]
    parties: Counter[str]
    words: Counter[str]
    documents: set[str]
    published: set[str]
    other_days: tuple[Interval, ...] = ()
    reasons: list[str] = field(default_factory=list)
    weight: float | None = None
    numbers: frozenset[str] | None = None
    main_place: str | None = None
    often_named: frozenset[str] | None = None

    def text_weight(self, rarity: Mapping[str, float]) -> float:
        """How much there is to compare in the words: their rarities together."""
        if self.weight is None:
            self.weight = fsum(map(rarity.__getitem__, self.words))
        return self.weight

    def telling_numbers(self) -> frozenset[str]:
        """The numbers of victims that are large enough to tell one incident from another."""
        if self.numbers is None:
            counts = (word for word in self.words if word[0].isdigit())
            self.numbers = frozenset(word for word in counts if int(word.split()[0]) >= TELLING_TOLL)
        return self.numbers

    def often(self) -> frozenset[str]:
        """The places that at least half as many events name as the one that most name."""
        if self.often_named is None:
            most = max(self.places.values(), default=0)
            self.often_named = frozenset(
                place for place, n in self.places.items() if 2 * n >= most and n >= MAIN_WEIGHT
            )
        return self.often_named

    def place(self) -> str | None:
        """The place that most events name."""
        if self.main_place is None and self.places:
            self.main_place = min(self.places, key=lambda place: (-self.places[place], place))
        return self.main_place


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of the whole case.

    sizes are those of places; inside maps a place to all that it lies in; n_bundles_of counts the bundles
    that name a person as a victim, n_naming those that name somebody at all; rarity weighs a word by how few
    bundles have it, and from rare on few do.
    """

    sizes: Mapping[str, int]
    inside: Mapping[str, frozenset[str]]
    n_bundles_of: Mapping[str, int]
    n_naming: Mapping[str, int]
    rarity: Mapping[str, float]
    rare: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """Points for two bundles being about one incident, and the reasons in words."""

    points: float
    reasons: tuple[str, ...]


def make_bundle(
    event: LocalEvent, places: Sequence[str], people: Iterable[str], parties: Iterable[str], published_on: str | None
) -> Bundle:
    """Make a bundle of one event; places, the main one first, named victims and parties are entity ids."""
    days = read_days(event.when.edtf) if event.when else None
    if days is not None and is_yearless(days):
        days = _year_before(days, published_on) or days
    return Bundle(
        events=[event],
        id=event.id,
        kind=event.kind,
        days=days,
        dates=Counter([event.when.edtf] if event.when else []),
        places=Counter({place: MAIN_WEIGHT if place == places[0] else 1 for place in places}),
        people=Counter(people),
        parties=Counter(parties),
        words=Counter(event.words),
        documents={event.document_id},
        published={published_on} if published_on and days is None else set(),
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
    into.days = _joint_days(into, other)
    into.weight = into.numbers = into.main_place = into.often_named = None
    into.events.extend(other.events)
    into.id = min(into.id, other.id)
    for mine, theirs in (
        (into.dates, other.dates), (into.places, other.places), (into.people, other.people), (into.words, other.words),
        (into.parties, other.parties),
    ):  # fmt: skip
        mine.update(theirs)
    into.documents |= other.documents
    into.published |= other.published
    into.reasons.extend((*other.reasons, *reasons))


def _joint_days(a: Bundle, b: Bundle) -> Interval | None:
    """The days of both where they touch; the finer where one is rough; else those of the larger bundle."""
    if a.days is None or b.days is None:
        return a.days or b.days
    if is_yearless(a.days) != is_yearless(b.days):
        return b.days if is_yearless(a.days) else a.days
    if max(width(a.days), width(b.days)) > DAY_WIDTH:
        return a.days if (width(a.days), a.id) < (width(b.days), b.id) else b.days
    if gap(a.days, b.days) <= 1:
        return join(a.days, b.days)
    return a.days if (-len(a.events), a.id) < (-len(b.events), b.id) else b.days


def weigh(a: Bundle, b: Bundle, around: Surroundings, least: float = -inf) -> Weighed | None:
    """Add up what speaks for and against two bundles being about one incident; None where they cannot be.

    None, too, where they reach less than least: most pairs of a large case do not, and their texts and
    dates need not be looked at to see it.
    """
    if not load_kinds().may_be_one(a.kind, b.kind):
        return None
    kind = 0.5 if a.kind == b.kind else 0.0
    place, apart = _place_points(a, b, around), _apart_points(a, b)
    toll, people = _toll_points(a, b), _people_points(a, b, around)
    parties = _party_points(a, b, around)
    so_far = kind + place[0] + apart[0] + toll[0] + people[0] + parties[0]
    if so_far + _MOST_BY_DATE + _MOST_BY_TEXT < least:
        return None
    undated = a.days is None or b.days is None
    most_by_date = _undated_points(a, b)[0] if undated else _MOST_BY_DATE
    if so_far + most_by_date + _MOST_BY_TEXT < least:
        return None
    text = _text_points(a, b, around)
    if so_far + text[0] + most_by_date + 0.01 < least:
        return None
    date = _date_points(a, b, backed=toll[0] + people[0] + text[0] if a.kind == b.kind else 0.0)
    points = kind + place[0] + date[0] + toll[0] + people[0] + parties[0] + text[0] + apart[0]
    if points < least:
        return None
    return Weighed(points, tuple(why for _, why in (place, date, toll, people, parties, text, apart) if why))


_Points = tuple[float, str]


def _place_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    first, second = a.place(), b.place()
    if first is None or second is None:
        return 0.0, ""
    if first == second or not a.often().isdisjoint(b.often()):
        return 2.0, "the same place"
    if second in around.inside.get(first, ()) or first in around.inside.get(second, ()):
        return 1.5, "one place lies in the other"
    if a.places.keys() & b.places.keys():
        return 1.0, "a place that both name"
    if around.inside.get(first, frozenset()) & around.inside.get(second, frozenset()):
        return -1.0, ""
    sizes = around.sizes.get(first), around.sizes.get(second)
    if COUNTRY_SIZE in sizes and sizes[0] != sizes[1]:
        return 0.0, ""
    return (-4.0, "") if sizes[0] == sizes[1] != 0 else (-0.5, "")


def _date_points(a: Bundle, b: Bundle, backed: float) -> _Points:
    """Points for dates; backed is what toll, people and text say, which may outweigh a wrong date."""
    if a.days is None or b.days is None:
        return _undated_points(a, b)
    if any(gap(days, b.days) <= 1 for days in a.other_days) or any(gap(days, a.days) <= 1 for days in b.other_days):
        return 2.0, "the weekday given fits the other's year"
    apart = gap(a.days, b.days)
    rough = max(width(a.days), width(b.days)) > DAY_WIDTH
    if is_yearless(a.days) != is_yearless(b.days):
        return (2.5, "the same day of the year; one text gives no year") if apart <= 1 else (-5.0, "")
    if rough:
        return _rough_points(a.days, b.days, apart)
    if apart <= 1:
        return (3.0, "the same day") if apart == 0 else (1.5, "one day apart")
    wrong = "the dates differ, but the rest agrees"
    if apart <= 3:
        return (-1.5 if backed < 2 else -0.5), wrong
    return (-5.0, "") if backed < 3 else (-2.0, wrong)


def _rough_points(a: Interval, b: Interval, apart: int) -> _Points:
    if apart > 0:
        return (-5.0 if apart > 15 else -2.0), ""
    wide = max(width(a), width(b))
    return (1.5 if wide <= 31 else 1.0 if wide <= 366 else 0.0), "the dates overlap"


def _undated_points(a: Bundle, b: Bundle) -> _Points:
    """An undated event lies before its document was published, mostly just before; a weekday may say more."""
    dated, undated = (a, b) if a.days is not None else (b, a)
    if dated.days is None or undated.days is not None:
        return 0.0, ""
    week = _weekday_points(undated, dated.days)
    lags = [lag for text in undated.published if (lag := _lag(text, dated.days)) is not None]
    if not lags:
        return week, ""
    if min(lags) < 0:
        return -6.0, ""
    for most, points, why in _LAGS:
        if max(lags) <= most:
            return points + week, why
    return -0.5 + week, ""


#: Days from an incident to the document that tells of it without a date, and what they are worth.
_LAGS = (
    (3, 2.5, "told within three days of it"),
    (10, 1.0, "told within ten days of it"),
    (45, 0.3, ""),
    (400, 0.0, ""),
)


def _lag(published: str, event: Interval) -> int | None:
    """Days from an event to a publication, negative where that was before; without a year, to the next such day."""
    days = read_days(published)
    if days is None or width(days) > DAY_WIDTH:
        return None if days is None or days.last >= event.first else -1
    if not is_yearless(days) and not is_yearless(event):
        return (days.last - event.first).days
    lag = (days.last.timetuple().tm_yday - event.first.timetuple().tm_yday) % 365
    return lag if lag < 183 else 400


def _weekday_points(undated: Bundle, days: Interval) -> float:
    named = {event.when.weekday for event in undated.events if event.when and event.when.weekday is not None}
    if not named or width(days) > 1 or is_yearless(days):
        return 0.0
    told = {days.first.weekday(), days.last.weekday()}
    if named & told:
        return 0.6
    near = {(day + shift) % 7 for day in told for shift in (-1, 1)}
    return -0.4 if named & near else -1.5


def _toll_points(a: Bundle, b: Bundle) -> _Points:
    """Points for the same numbers of victims; small ones are too common to tell."""
    shared = a.telling_numbers() & b.telling_numbers()
    if not shared:
        return 0.0, ""
    telling = sorted(((int(word.split()[0]), word) for word in shared), reverse=True)
    points = min(2.0, sum(1.2 if n >= 10 else 0.7 if n >= 5 else 0.3 for n, _ in telling))
    return points, f"the same numbers ({', '.join(word for _, word in telling[:3])})"


def _people_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    if not a.people or not b.people:
        return 0.0, ""
    rare = sorted(p for p in a.people.keys() & b.people.keys() if around.n_bundles_of.get(p, 0) <= RARE)
    return (min(3.0, 1.5 * len(rare)), "the same victims are named") if rare else (0.0, "")


def _party_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    """Points for naming the same people and groups, those that few others name; only where no date decides."""
    if not a.parties or not b.parties:
        return 0.0, ""
    if a.days is not None and b.days is not None and not 1 < gap(a.days, b.days) <= 3:
        return 0.0, ""
    shared = (around.n_naming.get(p, 0) for p in a.parties.keys() & b.parties.keys())
    points = sum(_BY_NAMING[n] for n in shared if n in _BY_NAMING)
    return (min(MOST_BY_PARTIES, points), "people and groups that few others name") if points else (0.0, "")


def _text_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    """Points for shared words, the rare ones counting most: the share of the poorer text's that both have."""
    poorer = min(a.text_weight(around.rarity), b.text_weight(around.rarity))
    if poorer < MIN_TEXT:
        return 0.0, ""
    fewer, more = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    shared = fsum(map(around.rarity.__getitem__, fewer.keys() & more.keys())) / poorer
    if shared >= 0.6:
        return 2.5, "much the same words"
    return (0.8, "similar words") if shared >= 0.32 else (0.0, "")


def _apart_points(a: Bundle, b: Bundle) -> _Points:
    """Documents that tell of both as two events speak against one, by their share."""
    if a.documents.isdisjoint(b.documents):
        return 0.0, ""
    both = len(a.documents & b.documents)
    return -4.0 * both / min(len(a.documents), len(b.documents)), ""
