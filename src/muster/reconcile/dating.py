"""When a document is from, where it does not say so in full, held against the dated documents of the case.

"NARMUL, March 15" gives no year; a reprint may give no date at all.  The year is taken from the documents
that name the same people and places around that day of the year, or share its text; where two years would
do nearly as well it stays unknown.  Dates that were told relative to the document's own ("on Friday") are
then read again.  Nothing is pretended: what stays unknown stays "XXXX".

Method: docs/method/dating.md.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from muster.languages.dates import read_again
from muster.languages.edtf import parse_edtf
from muster.languages.shingles import Digests, digests
from muster.records import Dated, Entity, Outline, Statement, When

#: How much it tells that two documents were published within so many days of each other.
CLOSENESS = ((1, 1.0), (3, 0.8), (7, 0.4), (14, 0.1), (31, 0.03))
#: How much it tells that both speak of one day, or of one month.
SAME_DAY = 1.5
SAME_MONTH = 0.5
#: How much it tells that a dated document came out within a week of a day that the other speaks of.
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


@dataclass(frozen=True, slots=True)
class _Profile:
    outline: Outline
    names: frozenset[str]
    days: tuple[date, ...]
    yearless: tuple[str, ...]
    months: tuple[str, ...]
    mass: float = 0.0
    copied: tuple[int, ...] = ()  # the shingles that stand in another text too, and in one to be dated


def date_documents(outlines: Sequence[Outline], entities: Sequence[Entity]) -> tuple[Dated, ...]:
    """The dates of documents that give none in full, in order of document id; those left open are absent.

    entities: what the names of the outlines are judged to be, so that two spellings count as one.
    """
    named: dict[str, set[str]] = defaultdict(set)
    titles = {e.id: e.name for e in entities}
    for entity in entities:
        for document_id, _ in entity.members:
            named[document_id].add(entity.id)
    profiles = {o.document_id: _profile(o, frozenset(named[o.document_id])) for o in outlines}
    rarity = _rarity(profiles.values())
    known = {i: day for i, p in profiles.items() if (day := _whole_day(p.outline.published_on)) is not None}
    open_ones = sorted(set(profiles) - set(known))
    copied = _copied_shingles({i: digests(p.outline.word_runs) for i, p in profiles.items()}, open_ones)
    profiles = {
        i: replace(p, mass=math.fsum(rarity[name] for name in p.names), copied=copied.get(i, ()))
        for i, p in profiles.items()
    }
    holders = _holders(profiles, known)
    found: dict[str, Dated] = {}
    news: set[str | int] | None = None  # what documents dated in the last round hold: others need no second look
    for _ in range(ROUNDS):
        fresh: dict[str, Dated] = {}
        for i in open_ones:
            if i not in found and (news is None or not news.isdisjoint(_keys(profiles[i]))):
                dated = _date(profiles[i], profiles, known, rarity, holders, titles)
                if dated is not None:
                    fresh[i] = dated
        found |= fresh
        news = set()
        for i, dated in fresh.items():
            day = _whole_day(dated.on)
            if day is not None:
                known[i] = day
                _hold(profiles[i], holders)
                news.update(_keys(profiles[i]))
    return tuple(found[i] for i in sorted(found))


def redate(statements: Iterable[Statement], language: str, on: str) -> tuple[Statement, ...]:
    """Statements of one document with the dates read again that its own date leaves open.

    on: the document's date as EDTF.  Dates that the text states in full stay as they are.
    """
    again: dict[str, str | None] = {}

    def moved(s: Statement) -> Statement:
        if s.when is None or not _is_open(s.when):
            return s
        if s.when.basis != "stated" and s.when.edtf.startswith("XXXX-"):  # "that day", of a day that lacks its year
            full = _with_year(s.when.edtf, on)
            return s if full is None else replace(s, when=replace(s.when, edtf=full))
        if s.when.words not in again:
            again[s.when.words] = read_again(s.when.words, language, on)
        edtf = again[s.when.words]
        if edtf is None and s.when.edtf.startswith("XXXX-"):
            edtf = _with_year(s.when.edtf, on)  # "July", where its "in" is not among the words kept
        return s if edtf is None else replace(s, when=replace(s.when, edtf=edtf))

    return tuple(moved(s) for s in statements)


def _with_year(edtf: str, on: str) -> str | None:
    """A date without a year, in the last year that does not put it after the day of its document."""
    told = parse_edtf(on)
    for year in (told.last.year, told.last.year - 1) if told else ():
        full = edtf.replace("XXXX", f"{year:04d}")
        days = parse_edtf(full)
        if told and days and days.first <= told.last:
            return full
    return None


def _is_open(when: When) -> bool:
    return "XXXX" in when.edtf and bool(when.words)


def _whole_day(edtf: str | None) -> date | None:
    days = parse_edtf(edtf) if edtf else None
    return days.first if days is not None and days.first == days.last else None


def _profile(o: Outline, names: frozenset[str]) -> _Profile:
    edtfs = [e.when.edtf for e in o.events if e.when is not None]
    days = sorted({d for edtf in edtfs if (d := _whole_day(edtf.split("/")[0])) is not None})
    yearless = sorted({edtf[:10] for edtf in edtfs if edtf.startswith("XXXX-") and len(edtf) >= 10})
    months = sorted({edtf[:7] for edtf in edtfs if edtf.startswith("XXXX-")})
    tolls = {
        f"{kind} {toll[0]}" for e in o.events for kind, toll in (("killed", e.killed), ("injured", e.injured)) if toll
    }
    names |= {t for t in tolls if int(t.split()[1]) >= LEAST_TOLL}
    return _Profile(o, names, tuple(days), tuple(yearless), tuple(months))


def _rarity(profiles: Iterable[_Profile]) -> dict[str, float]:
    held: Counter[str] = Counter()
    n = 0
    for p in profiles:
        n += 1
        held.update(p.names)
    return {name: math.log((n + 1) / count) for name, count in held.items()}


def _copied_shingles(texts: Mapping[str, Digests], open_ones: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Of each text, the shingles that stand in another one too, and in one to be dated: most stand in no other."""
    if not open_ones:
        return {}
    every = np.sort(np.concatenate(list(texts.values())))
    several = np.unique(every[1:][every[1:] == every[:-1]])
    met = np.intersect1d(several, np.concatenate([texts[i] for i in open_ones]))
    if not len(met):
        return {}
    places = {i: np.minimum(met.searchsorted(text), len(met) - 1) for i, text in texts.items()}
    return {i: tuple(text[met[places[i]] == text].tolist()) for i, text in texts.items()}


_Holders = dict[str | int, set[str]]


def _holders(profiles: Mapping[str, _Profile], known: Mapping[str, date]) -> _Holders:
    """Which dated documents use a name or hold a shingle that others hold: only those are compared."""
    holders: _Holders = defaultdict(set)
    for i in known:
        _hold(profiles[i], holders)
    return holders


def _keys(p: _Profile) -> tuple[str | int, ...]:
    return (*p.names, *p.copied)


def _hold(p: _Profile, holders: _Holders) -> None:
    for key in _keys(p):
        holders.setdefault(key, set()).add(p.outline.document_id)


def _date(
    p: _Profile,
    profiles: Mapping[str, _Profile],
    known: Mapping[str, date],
    rarity: Mapping[str, float],
    holders: _Holders,
    titles: Mapping[str, str],
) -> Dated | None:
    copied = _copied(p, holders)
    if copied is not None:
        return _as_copy(p, copied, profiles, known)
    month_day = _month_day(p)
    if month_day is None and not p.months:
        return None
    scores: Counter[int] = Counter()
    best: dict[int, tuple[float, str]] = {}
    for other in _candidates(p, holders, rarity):
        likeness = _likeness(p, profiles[other], rarity)
        for year, weight in _years(p, profiles[other], known[other]).items():
            scores[year] += likeness * weight  # type: ignore[assignment]
            if (likeness * weight, other) > best.get(year, (0.0, "")):
                best[year] = (likeness * weight, other)
    return _verdict(p, month_day, scores, best, profiles, titles)


def _month_day(p: _Profile) -> str | None:
    published = p.outline.published_on or ""
    if published.startswith("XXXX-") and len(published) >= 10:
        return published[5:10]
    return p.yearless[-1][5:10] if p.yearless else None


def _candidates(p: _Profile, holders: _Holders, rarity: Mapping[str, float], most: int = 60) -> list[str]:
    """The dated documents that share the rarest names; at most so many, so that large piles stay quick."""
    shared: Counter[str] = Counter()
    for name in sorted(p.names, key=lambda n: (-rarity.get(n, 0.0), n)):
        held = holders.get(name, set())
        if len(held) > 2000:
            continue
        for i in held:
            shared[i] += rarity.get(name, 0.0)  # type: ignore[assignment]
    return [i for i, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:most]]


def _likeness(a: _Profile, b: _Profile, rarity: Mapping[str, float]) -> float:
    """The part of the rarer names that both have, by their rarity.  Sums are exact, so that no order shows in them."""
    shared = math.fsum(rarity[n] for n in a.names & b.names)
    smaller = min(a.mass, b.mass)
    return shared / smaller if smaller else 0.0


def _years(p: _Profile, other: _Profile, published: date) -> dict[int, float]:
    """How well each year puts a document's own day, and the days it tells of, beside those of a dated one.

    The same day told of by both is the best evidence, then two publications close together, then a
    month that both speak of.
    """
    found: dict[int, float] = defaultdict(float)
    months = {(d.year, d.month) for d in (*other.days, published)}
    month_day = _month_day(p) or ""
    for year in {d.year + step for d in (published, *other.days) for step in (0, 1)} | {published.year - 1}:
        own = _in_year(month_day, year)
        if own is not None:
            found[year] += _closeness(abs((own - published).days))
        told = [d for edtf in p.yearless if (d := _in_year(edtf[5:10], year)) is not None]
        if any(abs((a - b).days) <= 1 for a in told for b in other.days):
            found[year] += SAME_DAY
        elif any(0 <= (published - a).days <= NEWS_DAYS for a in told):
            found[year] += TOLD_AT_ONCE
        elif any((year, int(edtf[5:7])) in months for edtf in p.months):
            found[year] += SAME_MONTH
    return {year: weight * _fits_weekdays(p, year) for year, weight in found.items() if weight > 0}


def _fits_weekdays(p: _Profile, year: int) -> float:
    """News mostly tells of the day it is from, or the day before: a year in which a weekday named fits that."""
    own = _in_year(_month_day(p) or "", year)
    if own is None or not (p.outline.published_on or "").startswith("XXXX-"):
        return 1.0
    same = SAME_WEEKDAY if own.weekday() in p.outline.weekdays else 1.0
    return same * (WEEKDAY_BEFORE if (own.weekday() - 1) % 7 in p.outline.weekdays else 1.0)


def _in_year(month_day: str, year: int) -> date | None:
    try:
        return date(year, int(month_day[:2]), int(month_day[3:5]))
    except ValueError:
        return None


def _closeness(days: int) -> float:
    return next((weight for most, weight in CLOSENESS if days <= most), 0.0)


def _verdict(
    p: _Profile,
    month_day: str | None,
    scores: Mapping[int, float],
    best: Mapping[int, tuple[float, str]],
    profiles: Mapping[str, _Profile],
    titles: Mapping[str, str],
) -> Dated | None:
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < LEAST_SCORE:
        return None
    if len(ranked) > 1 and ranked[0][1] < LEAST_LEAD * ranked[1][1]:
        return None
    year = ranked[0][0]
    other = profiles[best[year][1]]
    published = (p.outline.published_on or "").startswith("XXXX-")
    on = f"{year:04d}-{month_day}" if published and month_day else f"{year:04d}"
    shared = sorted((titles.get(n, n) for n in p.names & other.names), key=lambda n: (-len(n), n))[:3]
    if len(shared) < 2 and ranked[0][1] < 2 * LEAST_SCORE:
        return None
    why = (
        f"the document gives no year; “{other.outline.name}” of {other.outline.published_on or year} speaks of the "
        f"same things ({', '.join(shared)}) around that day"
    )
    return Dated(document_id=p.outline.document_id, on=on, why=why)


def _copied(p: _Profile, holders: _Holders) -> str | None:
    shared: Counter[str] = Counter(i for shingle in p.copied for i in holders.get(shingle, ()))
    shared.pop(p.outline.document_id, None)
    if not shared:
        return None
    other, n = min(shared.items(), key=lambda item: (-item[1], item[0]))
    return other if n >= COPY_SHARE * len(digests(p.outline.word_runs)) else None


def _as_copy(p: _Profile, other: str, profiles: Mapping[str, _Profile], known: Mapping[str, date]) -> Dated | None:
    day = known[other]
    published = p.outline.published_on or ""
    if published.startswith("XXXX-") and len(published) >= 10:
        near = [d for step in (-1, 0, 1) if (d := _in_year(published[5:10], day.year + step)) is not None]
        day = min(near, key=lambda d: (abs((d - day).days), d), default=day)
    why = f"much of its text stands in “{profiles[other].outline.name}”, which is of {known[other].isoformat()}"
    return Dated(document_id=p.outline.document_id, on=day.isoformat(), why=why)
