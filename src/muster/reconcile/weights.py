"""How much speaks for two bundles being about one incident: the logarithm of the odds.

Each agreement is worth as much as it is rarer between two incidents of this case than between two reports of
one (Fellegi and Sunter, 1969).  How often reports of one incident agree is a judgement, the same for all cases; how
often those of two do is counted in the case.

Method: docs/method/incidents.md, section 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import fsum, inf, log

from muster.languages.edtf import Interval
from muster.reconcile.bundles import DAY_WIDTH, Bundle
from muster.reconcile.crowds import WAKE, Crowd
from muster.reconcile.days import gap, is_yearless, read_days, width
from muster.reconcile.kinds import load_kinds
from muster.reconcile.places import COUNTRY_SIZE
from muster.reconcile.surroundings import Surroundings

#: Texts of fewer words than this are too short to be told by their words.
MIN_WORDS = 8
#: Of a hundred words of a report so many are there because of what it tells of.
_TELLING = 0.06
#: What words say together counts so much: those of one text are not there independently of each other.
_TOGETHER = 0.5
#: The most that a text may say against: a letter and a wire on one incident may have hardly a word in common.
_LEAST_BY_TEXT = -0.8
#: The most points that texts, people and parties can give, and a little more for rounding.
_MOST_BY_TEXT, _MOST_BY_PARTIES = 4.5, 2.0
_ROUNDING = 1e-6  # sums of the same points in another order differ by less
_MOST_BY_NUMBER, _MOST_BY_NUMBERS = 3.5, 5.0
#: Kinds that fewer bundles are of count as if so many were.
_RARE_KIND = 0.02
#: Copies make many reports of few, so that their number counts for a part only.
_BY_SIZE = 0.5

_Points = tuple[float, str]
_NONE: _Points = (0.0, "")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Points for two bundles being about one incident (natural logarithm of odds), and the reasons in words."""

    points: float
    reasons: tuple[str, ...]


def weigh(a: Bundle, b: Bundle, around: Surroundings, least: float = -inf) -> Weighed | None:
    """Weigh what speaks for and against two bundles being about one incident; None where they cannot be.

    None, too, where they reach less than least: most pairs of a large case do not, and their texts need not be
    looked at to see it.
    """
    if not load_kinds().may_be_one(a.kind, b.kind):
        return None
    place, at = _place_points(a, b, around)
    so_far = [_kind_points(a, b, around), place, _people_points(a, b, around), _size_points(a, b)]
    so_far += [_date_points(a, b, at, around), _apart_points(a, b)]
    points = so_far[0][0] + so_far[1][0] + so_far[2][0] + so_far[3][0] + so_far[4][0] + so_far[5][0]
    if points + _MOST_BY_NUMBERS + _MOST_BY_TEXT + _MOST_BY_PARTIES < least:
        return None
    numbers = _number_points(a, b, around)
    if points + numbers[0] + _MOST_BY_TEXT + _MOST_BY_PARTIES < least:
        return None
    parties = _party_points(a, b, at, around)
    if points + numbers[0] + parties[0] + _MOST_BY_TEXT + _ROUNDING < least:
        return None
    so_far += [numbers, _text_points(a, b, around), parties]
    points = fsum(points for points, _ in so_far)
    return Weighed(points, tuple(why for _, why in so_far if why)) if points >= least else None


def _kind_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    shares = [max(_RARE_KIND, around.kinds[bundle.kind] / around.n) for bundle in (a, b)]
    if a.kind == b.kind:
        return log(0.85 / max(0.3, shares[0])), ""
    return max(-2.0, min(-0.3, log(0.05 / min(shares)))), ""


def _size_points(a: Bundle, b: Bundle) -> _Points:
    """What many reports tell of, a report is the likelier to tell of."""
    more, fewer = max(len(a.events), len(b.events)), min(len(a.events), len(b.events))
    return _BY_SIZE * log(more / fewer), ""


def _place_points(a: Bundle, b: Bundle, around: Surroundings) -> tuple[_Points, str | None]:
    """Points for the places, and the place in which the incident is to be looked for (None: anywhere)."""
    first, second = a.place(around.inside), b.place(around.inside)
    if first is None or second is None:
        return _NONE, None
    if first == second:
        return (0.0, "the same place"), first
    inside, outside = around.inside.get(first, frozenset()), around.inside.get(second, frozenset())
    if second in inside:
        return (0.0, "one place lies in the other"), second
    if first in outside:
        return (0.0, "one place lies in the other"), first
    both = sorted(a.often() & b.often()) or sorted(a.named() & b.named())
    if both:
        return (-0.7, "a place that both name"), both[0]
    common = min(inside & outside, key=lambda place: (around.crowd.n_at(place), place), default=None)
    if common is not None:
        return (-2.8, "places close by"), common
    sizes = around.sizes.get(first), around.sizes.get(second)
    if COUNTRY_SIZE in sizes and sizes[0] != sizes[1]:
        return _NONE, None
    return ((-6.5, "") if sizes[0] == sizes[1] != 0 else (-1.2, "")), None


def _date_points(a: Bundle, b: Bundle, at: str | None, around: Surroundings) -> _Points:
    """How well the dates fit, against how many incidents would fit as well by chance."""
    if a.days is None or b.days is None:
        return _undated_points(a, b, at, around)
    crowd = around.crowd
    if is_yearless(a.days) != is_yearless(b.days):
        dated = b.days if is_yearless(a.days) else a.days
        if gap(a.days, b.days) > 1:
            return -6.0, ""
        rough = a.days if is_yearless(a.days) else b.days
        wide = rough if width(rough) > width(dated) else dated
        return log(0.8 / crowd.in_season(at, wide)), _YEARLESS
    if any(gap(days, b.days) <= 1 for days in a.other_days) or any(gap(days, a.days) <= 1 for days in b.other_days):
        return log(0.15 / crowd.at(at, a.days)), "the weekday given fits the other's year"
    return _dated_points(a.days, b.days, at, crowd)


def _dated_points(a: Interval, b: Interval, at: str | None, crowd: Crowd) -> _Points:
    apart, wide = gap(a, b), max(width(a), width(b))
    exact = a if width(a) <= width(b) else b
    rate = crowd.at(at, exact, 1 if apart == 0 else 2) + (WAKE if wide <= DAY_WIDTH else 0.0)
    if wide > DAY_WIDTH:
        if apart == 0:
            return log(0.9 / (rate * (wide + 1))), "the dates overlap"
        return log((0.01 if apart <= 15 else 0.0005) / (rate * (wide + 1))), ""
    if apart == 0:
        return log(0.8 / (rate * (width(a) + width(b) + 1))), "the same day"
    for most, share, why in _APART:
        if apart <= most:
            return log(share / rate), why
    if _is_slip(a.first, b.first):
        return log(0.004 / rate), "the same day of another month or year"
    return log(0.00005 / rate), "the dates differ, but the rest agrees"


_YEARLESS = "the same day of the year; one text gives no year"
#: Days between two dates, how likely each is that reports of one incident give it, and why.
_APART = (
    (1, 0.05, "one day apart"),
    (3, 0.006, "the dates differ, but the rest agrees"),
    (10, 0.001, "the dates differ, but the rest agrees"),
)


def _is_slip(a: date, b: date) -> bool:
    """Whether one date may be the other with a wrong month or year."""
    months = abs(12 * (a.year - b.year) + a.month - b.month)
    return a.day == b.day and months in {1, 11, 12}


def _undated_points(a: Bundle, b: Bundle, at: str | None, around: Surroundings) -> _Points:
    """An undated event lies before its document was published, mostly just before; a weekday may say more."""
    dated, undated = (a, b) if a.days is not None else (b, a)
    if dated.days is None:
        return log(0.5 / (around.crowd.n_at(at) + 1)), ""
    week = _weekday_points(undated, dated.days)
    ends = [dated.days, *(days for days in dated.spans if DAY_WIDTH < width(days) <= _LONG_DAYS)]
    lags = [min(found) for text in undated.published if (found := _lags(text, ends))]
    if not lags:
        return log(0.9 / (max(0, around.crowd.n_at(at) - 1) + 0.5)) + week, ""
    if min(lags) < 0:
        return -8.0, ""
    for most, share, why in _LAGS:
        if max(lags) <= most:
            return log(share / around.crowd.at(at, dated.days)) + week, why
    return log(_LATER / around.crowd.at(at, dated.days)) + week, ""


#: Days from an incident to a document that tells of it without a date, and how likely each of them is.
_LAGS = (
    (1, 0.2, "told within three days of it"),
    (3, 0.12, "told within three days of it"),
    (10, 0.03, "told within ten days of it"),
    (45, 0.006, ""),
    (400, 0.0005, ""),
)
_LATER = 0.0001
#: An incident that goes on for longer than this has no end from which to count.
_LONG_DAYS = 120


def _lags(published: str, ends: Iterable[Interval]) -> list[int]:
    """Days from each of some spans to a publication after it; where it came before all of them, those to the first."""
    found = [lag for days in ends if (lag := _lag(published, days)) is not None]
    return [lag for lag in found if lag >= 0] or found[:1]


def _lag(published: str, event: Interval) -> int | None:
    """Days from an event to a publication, negative where that was before; without a year, to the next such day."""
    days = read_days(published)
    if days is None or width(days) > DAY_WIDTH:
        return None if days is None or days.last >= event.first else -1
    if not is_yearless(days) and not is_yearless(event):
        before = (days.last - event.first).days
        return before if before < 0 else max(0, (days.last - event.last).days)
    lag = (days.last.timetuple().tm_yday - event.first.timetuple().tm_yday) % 365
    return lag if lag < 183 else 400


def _weekday_points(undated: Bundle, days: Interval) -> float:
    named = {event.when.weekday for event in undated.events if event.when and event.when.weekday is not None}
    if not named or width(days) > 1 or is_yearless(days):
        return 0.0
    told = {days.first.weekday(), days.last.weekday()}
    if named & told:
        return 1.5
    near = {(day + shift) % 7 for day in told for shift in (-1, 1)}
    return -0.7 if named & near else -3.0


def _number_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    """Points for the same numbers, the more the rarer they are in the case; others speak a little against."""
    points, shared = 0.0, []
    first, second = a.counted(), b.counted()
    if first.keys().isdisjoint(second):
        return _NONE
    for of in sorted(first.keys() & second.keys()):
        one, other = first[of], second[of]
        again = max(one.again, other.again)
        odds = (1 - again) * _near(one.largest, other.largest)
        both = one.times.keys() & other.times.keys()
        if both:
            told = one.n * other.n
            worth = {n: one.times[n] * other.times[n] / told / _share_of(of, n, around) for n in both}
            odds += again * fsum(worth.values())
            if odds > 1.6:
                shared.append(f"{min(worth, key=lambda n: (-worth[n], n))} {of}")
        points += min(_MOST_BY_NUMBER, log(odds))
    points = max(-3.0, min(_MOST_BY_NUMBERS, points))
    return points, f"the same numbers ({', '.join(shared)})" if shared else ""


def _near(a: int, b: int) -> float:
    """The odds of two numbers that are not the same: large ones that are nearly so hardly are by chance."""
    ratio = max(a, b) / max(1, min(a, b))
    if min(a, b) >= 10 and ratio <= 1.3:
        return 5.0 if ratio <= 1.12 else 3.0
    return 1.6 if ratio <= 1.5 else 1.2 if ratio <= 2 else 0.8


def _share_of(of: str, n: int, around: Surroundings) -> float:
    """How often a number is given of a thing elsewhere in this case; small ones are common everywhere."""
    return (max(0, around.numbers[of, n] - 2) + 10 / ((n + 1) * (n + 2))) / (around.n_counted[of] + 10)


def _people_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    if not a.people or not b.people:
        return _NONE
    both = [around.n_of_victim[person] for person in a.people.keys() & b.people.keys()]
    if not both:
        return -0.7, ""
    points = fsum(max(0.0, log(0.3 * (around.n + 20) / max(1, n - 1))) for n in both)
    return (min(7.0, points), "the same victims are named") if points > 0 else _NONE


def _party_points(a: Bundle, b: Bundle, at: str | None, around: Surroundings) -> _Points:
    """Points for naming the same people and groups, by how rarely others do, here and at all."""
    points = fsum(_naming_points(party, at, around) for party in a.parties.keys() & b.parties.keys())
    return (min(_MOST_BY_PARTIES, points), "people and groups that few others name") if points > 0.3 else _NONE


def _naming_points(party: str, at: str | None, around: Surroundings) -> float:
    shares = [max(0, around.naming(party, p) - 2) / (around.n_bundles[p] + 2) for p in (None, at)]
    return max(0.0, min(1.0, log(0.3 / max(0.01, *shares))))


def _text_points(a: Bundle, b: Bundle, around: Surroundings) -> _Points:
    """Points for each word of one that the other has, the rarer the more, and a little less than none for the others.

    Words of a text hang together, so that what they add up to counts for a part only.
    """
    if min(a.n_words(), b.n_words()) < MIN_WORDS:
        return _NONE
    if len(a.words) < len(b.words):
        a, b = b, a
    usual, of_kind = around.usual, around.usual_of[a.kind] if a.kind == b.kind else {}
    n_a, theirs = len(a.events), a.words
    odds = _TELLING / (1 - _TELLING)
    worth = [
        times * log(1 + odds * theirs[word] / n_a / max(usual[word], of_kind.get(word, 0.0)))
        for word, times in b.words.items()
        if word in theirs and not word[0].isdigit()
    ]
    points = _TOGETHER * (fsum(worth) / len(b.events) + log(1 - _TELLING) * b.n_words())
    points = max(_LEAST_BY_TEXT, min(_MOST_BY_TEXT, points))
    return points, "much the same words" if points > 3.5 else "similar words" if points > 1.0 else ""


def _apart_points(a: Bundle, b: Bundle) -> _Points:
    """Documents that tell of both as two events speak against one, by their share."""
    if a.documents.isdisjoint(b.documents):
        return _NONE
    both = len(a.documents & b.documents)
    return -5.0 * both / min(len(a.documents), len(b.documents)), ""
