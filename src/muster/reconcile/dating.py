"""When a document is from, where it does not say so in full, held against the dated documents of the case.

"NARMUL, March 15" gives no year; a reprint may give no date at all.  The year is taken from the documents
that name the same people and places around that day of the year, or share its text; where two years would
do nearly as well it stays unknown.  Dates that were told relative to the document's own ("on Friday") are
then read again.  Nothing is pretended: what stays unknown stays "XXXX".

Method: docs/method/dating.md.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np

from muster.languages.edtf import parse_edtf
from muster.languages.shingles import Digests, digests
from muster.records import Dated, Entity, Outline

#: How much it tells that two documents were published within so many days of each other.
CLOSENESS = ((1, 1.0), (3, 0.8), (7, 0.4), (14, 0.1), (31, 0.03))
_CLOSENESS = [next(weight for most, weight in CLOSENESS if n <= most) for n in range(CLOSENESS[-1][0] + 1)]
#: How much it tells that both speak of one day, or of one month.
SAME_DAY = 1.5
SAME_MONTH = 0.5
#: How much it tells that one document came out within a week of a day that the other speaks of.
TOLD_AT_ONCE = 0.8
NEWS_DAYS = 7
#: How much more likely a year is in which a weekday that the text names is its own day, or the day before.
SAME_WEEKDAY = 2.0
WEEKDAY_BEFORE = 1.5
#: A toll below this many is too common to tell one event from another.
LEAST_TOLL = 3
#: The least evidence for a year, and how far it must be ahead of the next best.
LEAST_SCORE = 0.025
LEAST_LEAD = 1.4
#: The part of a text that makes a copy of it.
COPY_SHARE = 0.4
#: Rounds: a document that was dated helps to date the next.
ROUNDS = 3

_YEAR_MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])(?!\d)")


#: A name that more dated documents use tells too little to look at them all; of those that hold a shingle, so many are.
MOST_HOLDERS = 500
MOST_HOLDING = 64
#: One shingle in four proposes whom a text was copied from; all of them confirm the best of these.
_SAMPLED = np.uint64(3)
_MOST_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class _Profile:
    """What tells a document's date: what it names and counts, and which days it speaks of.

    days are ordinals.  yearless are "MM-DD" and months numbers of dates without a year; month_day is the document's
    own.
    """

    outline: Outline
    names: frozenset[str]
    days: frozenset[int]
    told_months: frozenset[tuple[int, int]]
    yearless: tuple[str, ...]
    months: tuple[int, ...]
    month_day: str | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What a dated document holds against others, in ordinals: its day and the week before, the days next to those it
    tells of and the weeks after them, their months and years."""

    published: int
    near: frozenset[int]
    after: frozenset[int]
    week: frozenset[int]
    months: frozenset[tuple[int, int]]
    told_months: frozenset[tuple[int, int]]
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class _InYear:
    """The days of a document, were they of one year: its own (-1: none), that on which it was issued and its month, the
    days and months that it tells of, and how well its weekdays fit."""

    own: int
    issued: int
    issued_in: tuple[int, int] | None
    told: tuple[int, ...]
    months: tuple[tuple[int, int], ...]
    fits: float


#: The date that was found for a document, and why; None where none was.
Answer = tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatingState:
    """The dates found, in order of document id, and what the next run need not work out again.

    answers holds what was found for a digest of all that it depends on.
    """

    dated: tuple[Dated, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)


def date_documents(
    outlines: Sequence[Outline], entities: Sequence[Entity], previous: DatingState | None = None
) -> DatingState:
    """Find the dates of documents that give none in full; those left open are absent.

    entities: what the names of the outlines are judged to be, so that two spellings count as one.  previous is the
    state of an earlier run, on which the dates do not depend.
    """
    return _Dating(outlines, entities, previous or DatingState()).run()


class _Dating:
    def __init__(self, outlines: Sequence[Outline], entities: Sequence[Entity], previous: DatingState) -> None:
        named: dict[str, set[str]] = defaultdict(set)
        self.titles = {e.id: e.name for e in entities}
        for entity in entities:
            for document_id, _ in entity.members:
                named[document_id].add(entity.id)
        self.profiles = {o.document_id: _profile(o, frozenset(named[o.document_id])) for o in outlines}
        self.rarity = _rarity(self.profiles.values())
        self.day: dict[str, date] = {}
        self.known: dict[str, _Known] = {}
        self.marks: dict[str, bytes] = {}
        self.told: dict[str, bytes] = {}
        self.mass: dict[str, int] = {}
        self.using: dict[str, list[str]] = defaultdict(list)  # dated documents by name
        self.holding: dict[int, list[str]] = defaultdict(list)  # and by shingle that undated ones hold
        self.before = previous.answers
        self.answers: dict[str, Answer] = {}
        dated = {i: day for i, p in self.profiles.items() if (day := _whole_day(p.outline.published_on)) is not None}
        self.open = sorted(self.profiles.keys() - dated.keys())
        texts = {i: digests(p.outline.word_runs) for i, p in self.profiles.items()}
        self.copied = _copied_shingles({i: text[text & _SAMPLED == 0] for i, text in texts.items()}, self.open)
        for i in sorted(dated):
            self._know(i, dated[i])

    def run(self) -> DatingState:
        found: dict[str, Dated] = {}
        news: set[str | int] | None = None  # what documents dated in the last round hold: others need no second look
        for _ in range(ROUNDS):
            fresh: dict[str, Dated] = {}
            for i in self.open:
                if i not in found and (news is None or self._concerns(i, news)):
                    dated = self._date(self.profiles[i])
                    if dated is not None:
                        fresh[i] = dated
            found |= fresh
            news = set()
            for i, dated in fresh.items():
                day = _whole_day(dated.on)
                if day is not None:
                    self._know(i, day)
                    news.update(self.profiles[i].names, self.copied.get(i, ()))
        return DatingState(dated=tuple(found[i] for i in sorted(found)), answers=self.answers)

    def _concerns(self, document_id: str, news: set[str | int]) -> bool:
        return not (
            news.isdisjoint(self.profiles[document_id].names) and news.isdisjoint(self.copied.get(document_id, ()))
        )

    def _know(self, document_id: str, day: date) -> None:
        """Hold a document to be of a day: it may now tell the year of others."""
        self.day[document_id] = day
        for name in self.profiles[document_id].names:
            self.using[name].append(document_id)
        for shingle in self.copied.get(document_id, ()):
            if len(holding := self.holding[shingle]) < MOST_HOLDING:
                holding.append(document_id)

    def _date(self, p: _Profile) -> Dated | None:
        copied = self._copied(p)
        if copied is not None:
            return self._as_copy(p, copied)
        if p.month_day is None and not p.months:
            return None
        candidates = self._candidates(p)
        mark = _hash(self._marked(p), *map(self._told, candidates)).hex()
        if mark not in self.answers:
            self.answers[mark] = self.before[mark] if mark in self.before else self._compared(p, candidates)
        answer = self.answers[mark]
        return answer and Dated(document_id=p.outline.document_id, on=answer[0], why=answer[1])

    def _marked(self, p: _Profile) -> bytes:
        """Digest all of a document that comparing it reads."""
        o = p.outline
        if o.document_id in self.marks:
            return self.marks[o.document_id]
        names = sorted((name, self.titles.get(name, name), self.rarity[name]) for name in p.names)
        days = sorted(p.days), sorted(p.told_months), p.yearless, p.months, p.month_day, o.weekdays
        mark = _hash(repr((o.document_id, o.name, o.published_on, names, days)).encode("utf-8", "surrogatepass"))
        return self.marks.setdefault(o.document_id, mark)

    def _told(self, other: str) -> bytes:
        """Digest all of a dated document that another is held against, and its day."""
        if other not in self.told:
            self.told[other] = _hash(self._marked(self.profiles[other]), self.day[other].isoformat().encode())
        return self.told[other]

    def _compared(self, p: _Profile, candidates: Iterable[str]) -> Answer:
        years: dict[int, _InYear] = {}
        scores: dict[int, float] = defaultdict(float)
        best: dict[int, tuple[float, str]] = {}
        for other in candidates:
            likeness = self._likeness(p, self.profiles[other])
            if other not in self.known:
                self.known[other] = _known(self.profiles[other], self.day[other])
            for year, weight in _years(p, years, self.known[other]):
                scores[year] += likeness * weight
                if (likeness * weight, other) > best.get(year, (0.0, "")):
                    best[year] = (likeness * weight, other)
        return self._verdict(p, scores, best)

    def _candidates(self, p: _Profile, most: int = 60) -> list[str]:
        """The dated documents that share the rarest names; at most so many, so that large piles stay quick."""
        shared: dict[str, int] = defaultdict(int)
        for name in p.names:
            held, rarity = self.using.get(name, ()), self.rarity[name]
            if len(held) <= MOST_HOLDERS:
                for i in held:
                    shared[i] += rarity
        return [i for _, i in sorted((-rarity, i) for i, rarity in shared.items())[:most]]

    def _copied(self, p: _Profile) -> str | None:
        """The dated document that most of a text stands in, where that is enough of it."""
        held, own = self.copied.get(p.outline.document_id, ()), digests(p.outline.word_runs)
        if not held:
            return None
        shared = Counter(chain.from_iterable(self.holding.get(shingle, ()) for shingle in held))
        shared.pop(p.outline.document_id, None)
        proposed = sorted((-n, other) for other, n in shared.items())[:_MOST_PROPOSED]
        texts = ((other, digests(self.profiles[other].outline.word_runs)) for _, other in proposed)
        common = [(-len(np.intersect1d(own, text, assume_unique=True)), other) for other, text in texts]
        n, best = min(common, default=(0, ""))
        return best if -n >= COPY_SHARE * len(own) else None

    def _as_copy(self, p: _Profile, other: str) -> Dated | None:
        day = self.day[other]
        published = p.outline.published_on or ""
        if published.startswith("XXXX-") and len(published) >= 10:
            near = [d for step in (-1, 0, 1) if (d := _in_year(published[5:10], day.year + step)) is not None]
            day = min(near, key=lambda d: (abs((d - day).days), d), default=day)
        source = self.profiles[other].outline
        why = f"much of its text stands in “{source.name}”, which is of {self.day[other].isoformat()}"
        return Dated(document_id=p.outline.document_id, on=day.isoformat(), why=why)

    def _likeness(self, a: _Profile, b: _Profile) -> float:
        """The part of the rarer names that both have, by their rarity."""
        shared = sum(map(self.rarity.__getitem__, a.names & b.names))
        return shared / (min(self._mass(a), self._mass(b)) or 1)

    def _mass(self, p: _Profile) -> int:
        """How rare the names of a document are together."""
        id_ = p.outline.document_id
        if id_ not in self.mass:
            self.mass[id_] = sum(map(self.rarity.__getitem__, p.names))
        return self.mass[id_]

    def _verdict(self, p: _Profile, scores: Mapping[int, float], best: Mapping[int, tuple[float, str]]) -> Answer:
        ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < LEAST_SCORE:
            return None
        if len(ranked) > 1 and ranked[0][1] < LEAST_LEAD * ranked[1][1]:
            return None
        year = ranked[0][0]
        other = self.profiles[best[year][1]]
        published = (p.outline.published_on or "").startswith("XXXX-")
        on = f"{year:04d}-{p.month_day}" if published and p.month_day else f"{year:04d}"
        shared = sorted((self.titles.get(n, n) for n in p.names & other.names), key=lambda n: (-len(n), n))[:3]
        if len(shared) < 2 and ranked[0][1] < 2 * LEAST_SCORE:
            return None
        why = (
            f"the document gives no year; “{other.outline.name}” of {other.outline.published_on or year} speaks of the "
            f"same things ({', '.join(shared)}) around that day"
        )
        return on, why


def _hash(*parts: bytes) -> bytes:
    return blake2b(b"".join(parts), digest_size=16).digest()


def _known(p: _Profile, day: date) -> _Known:
    told = {year for year, _ in p.told_months}
    return _Known(
        published=day.toordinal(),
        near=frozenset(n + step for n in p.days for step in (-1, 0, 1)),
        after=frozenset(n + step for n in p.days for step in range(NEWS_DAYS + 1)),
        week=frozenset(day.toordinal() - n for n in range(NEWS_DAYS + 1)),
        months=p.told_months | {(day.year, day.month)},
        told_months=p.told_months,
        years=frozenset({y + step for y in (day.year, *told) for step in (0, 1)} | {day.year - 1}),
    )


@lru_cache(maxsize=1 << 16)
def _whole_day(edtf: str | None) -> date | None:
    days = parse_edtf(edtf) if edtf else None
    return days.first if days is not None and days.first == days.last else None


def _profile(o: Outline, names: frozenset[str]) -> _Profile:
    edtfs = {e.when.edtf for e in o.events if e.when is not None}
    days = frozenset(d.toordinal() for edtf in edtfs if (d := _whole_day(edtf.split("/")[0])) is not None)
    whole = {m for edtf in edtfs for end in edtf.split("/") if (m := _YEAR_MONTH.match(end))}
    yearless = sorted({edtf[5:10] for edtf in edtfs if edtf.startswith("XXXX-") and len(edtf) >= 10})
    months = sorted({edtf[5:7] for edtf in edtfs if edtf.startswith("XXXX-")})
    tolls = {
        f"{kind} {toll[0]}"
        for e in o.events
        for kind, toll in (("killed", e.killed), ("injured", e.injured))
        if toll and toll[0] >= LEAST_TOLL
    }
    return _Profile(
        outline=o,
        names=names | tolls,
        days=days,
        told_months=frozenset((int(m["year"]), int(m["month"])) for m in whole),
        yearless=tuple(yearless),
        months=tuple(int(month) for month in months if month.isdigit()),
        month_day=_month_day(o, yearless),
    )


def _month_day(o: Outline, yearless: Sequence[str]) -> str | None:
    published = o.published_on or ""
    if published.startswith("XXXX-") and len(published) >= 10:
        return published[5:10]
    return yearless[-1] if yearless else None


def _rarity(profiles: Iterable[_Profile]) -> dict[str, int]:
    """How rare each name is: the logarithm of how many documents there are to one that has it, at least 1.

    In half bits, and numbers of documents are rounded so, that a new document changes the rarity of few names.
    """
    held: Counter[str] = Counter()
    n = 0
    for p in profiles:
        n += 1
        held.update(p.names)
    return {name: _half_bits(n + 1) - _half_bits(count) + 1 for name, count in held.items()}


def _half_bits(n: int) -> int:
    return (n * n).bit_length()


def _copied_shingles(texts: Mapping[str, Digests], open_ones: Sequence[str]) -> dict[str, list[int]]:
    """Of each text, the shingles that stand in another one too, and in one to be dated: most stand in no other."""
    if not open_ones:
        return {}
    every = np.sort(np.concatenate(list(texts.values())))
    several = np.unique(every[1:][every[1:] == every[:-1]])
    met = np.intersect1d(several, np.concatenate([texts[i] for i in open_ones]))
    if not len(met):
        return {}
    places = {i: np.minimum(met.searchsorted(text), len(met) - 1) for i, text in texts.items()}
    return {i: text[met[places[i]] == text].tolist() for i, text in texts.items()}


def _years(p: _Profile, known: dict[int, _InYear], other: _Known) -> Iterator[tuple[int, float]]:
    """How well each year puts a document's own day, and the days it tells of, beside those of a dated one.

    The same day told of by both is the best evidence, then two publications close together, then a
    month that both speak of.  known remembers the document's days in each year.
    """
    for year in other.years:
        own = known.get(year) or known.setdefault(year, _days_in(p, year))
        apart = abs(own.own - other.published)
        weight = _CLOSENESS[apart] if apart < len(_CLOSENESS) else 0.0
        if not other.near.isdisjoint(own.told):
            weight += SAME_DAY
        elif own.issued in other.after or not other.week.isdisjoint(own.told):
            weight += TOLD_AT_ONCE
        elif not other.months.isdisjoint(own.months) or own.issued_in in other.told_months:
            weight += SAME_MONTH
        if weight > 0:
            yield year, weight * own.fits


def _days_in(p: _Profile, year: int) -> _InYear:
    own = _in_year(p.month_day or "", year)
    issued = own if (p.outline.published_on or "").startswith("XXXX-") else None
    told = (_in_year(each, _told_in(year, each, issued)) for each in p.yearless)
    return _InYear(
        own=own.toordinal() if own else -1,
        issued=issued.toordinal() if issued else -1,
        issued_in=(issued.year, issued.month) if issued else None,
        told=tuple(day.toordinal() for day in told if day is not None),
        months=tuple((_told_in(year, f"{month:02d}", issued), month) for month in p.months),
        fits=_fits_weekdays(p.outline, own),
    )


def _told_in(year: int, told: str, issued: date | None) -> int:
    """The year of a day or month told in a document issued on a day: in February, "October" is last year's."""
    return year - 1 if issued and told > issued.strftime("%m-%d")[: len(told)] else year


def _fits_weekdays(o: Outline, own: date | None) -> float:
    """News mostly tells of the day it is from, or the day before: a year in which a weekday named fits that."""
    if own is None or not (o.published_on or "").startswith("XXXX-"):
        return 1.0
    same = SAME_WEEKDAY if own.weekday() in o.weekdays else 1.0
    return same * (WEEKDAY_BEFORE if (own.weekday() - 1) % 7 in o.weekdays else 1.0)


def _in_year(month_day: str, year: int) -> date | None:
    try:
        return date(year, int(month_day[:2]), int(month_day[3:5]))
    except ValueError:
        return None
