"""Incidents: local events of many documents that are about the same thing.

Events of one kind, day and place are one at once.  The bundles so made are then held against each
other, the surest pair first, each as a whole, until nothing is sure enough; undated events come last
and need a lead.  So no chain of half-likenesses joins two incidents.

Method: docs/method/incidents.md, sections 2 and 3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from muster.languages.edtf import Interval, parse_edtf
from muster.languages.shingles import fold_words
from muster.reconcile.blocking import Finding, Shelves
from muster.reconcile.bundles import DAY_WIDTH, Bundle, make_bundle, merge
from muster.reconcile.days import is_yearless, width, write_days
from muster.reconcile.decisions import decide, incident_id
from muster.reconcile.kinds import load_kinds
from muster.reconcile.places import SITE_SIZE, UNTYPED_SIZE, places_size
from muster.reconcile.surroundings import Surroundings
from muster.reconcile.weighings import WORTH_KEEPING, Weighings
from muster.records import Entity, Incident, Judgement, LocalEvent, Outline

#: Points (natural logarithm of odds) from which two bundles are held to be about one incident.
ENOUGH = 1.0
#: Points from which two undated bundles are copies of one text.
COPIES = 3.0
#: An undated event must fit one incident better than the next by so much, else it stays alone.
LEAD = 1.0
#: How often dated bundles are joined: the fewer they are, the better is known how crowded the case is.
PASSES = 2
#: Rounds in which undated events are placed.
ROUNDS = 3
#: Where fewer incidents than this are to be expected at a place on a day, two of one kind there are one.
SELDOM = 0.3

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def reconcile_incidents(
    outlines: Sequence[Outline], entities: Sequence[Entity], judgements: Sequence[Judgement] = ()
) -> tuple[Incident, ...]:
    """Judge which events of all documents are one incident; sorted by id.

    The order of outlines and entities is nothing.  Judgements "same" and "different" are obeyed; their
    subjects are ids of incidents, events or statements.  Every event is in exactly one incident.
    """
    return reconcile_again(outlines, entities, judgements)[0]


def reconcile_again(
    outlines: Sequence[Outline], entities: Sequence[Entity], judgements: Sequence[Judgement] = (), kept: bytes = b""
) -> tuple[tuple[Incident, ...], bytes]:
    """Do as `reconcile_incidents`; return also what was weighed.

    kept is what this returned for another state of the case: it saves time and changes nothing else.
    """
    case, weighings = _Case(outlines, entities), Weighings(kept)
    bundles = _Bundling(case, judgements, weighings).run()
    return tuple(
        sorted((_incident(bundle, case) for bundle in bundles), key=lambda incident: incident.id)
    ), weighings.keep()


def propose_pairs(outlines: Sequence[Outline], entities: Sequence[Entity]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of event ids that would be weighed if nothing were joined yet: what blocking leaves to be found.

    For measuring; as events are joined, what they know together finds more.
    """
    case = _Case(outlines, entities)
    bundles = sorted(case.bundles(), key=lambda bundle: bundle.id)
    finding = Finding(Surroundings(bundles, case.sizes, case.inside))
    for one, other in Shelves(bundles, finding).pairs(loose=True).tolist():
        yield bundles[one].id, bundles[other].id


class _Case:
    """Entities by member, and what lies where."""

    def __init__(self, outlines: Sequence[Outline], entities: Sequence[Entity]) -> None:
        self.outlines = sorted(outlines, key=lambda outline: outline.document_id)
        self.entities_in: dict[str, dict[str, str]] = defaultdict(dict)
        for entity in entities:
            for document_id, local in entity.members:
                self.entities_in[document_id][local] = entity.id
        self.names = {entity.id: entity.name for entity in entities}
        self.sizes = {
            entity.id: places_size([entity.name, *(alias.form for alias in entity.aliases)])
            for entity in entities
            if entity.kind == "place"
        }
        self.inside = self._inside()

    def bundles(self) -> list[Bundle]:
        return [self._bundle(event, outline) for outline in self.outlines for event in outline.events]

    def _bundle(self, event: LocalEvent, outline: Outline) -> Bundle:
        entities = self.entities_in[outline.document_id]
        locals_ = (*((event.place,) if event.place else ()), *event.also_at)
        places = list(dict.fromkeys(entities[local] for local in locals_ if local in entities))
        victims = sorted({entities[local] for local in event.victims if local in entities})
        named = {entity for local in event.participants if (entity := entities.get(local)) and entity not in self.sizes}
        return make_bundle(event, places, victims, sorted(named), outline.published_on)

    def _inside(self) -> dict[str, frozenset[str]]:
        """For each place, all that it lies in: what more documents say than say the reverse, and onwards."""
        said: Counter[tuple[str, str]] = Counter()
        for outline in self.outlines:
            entities = self.entities_in[outline.document_id]
            for inner, outer in outline.within:
                pair = entities.get(inner, ""), entities.get(outer, "")
                if all(pair) and pair[0] != pair[1]:
                    said[pair] += 1
        direct: dict[str, set[str]] = defaultdict(set)
        for (inner, outer), n in said.items():
            if n > said[outer, inner]:
                direct[inner].add(outer)
        for inner, outer in self._named_after():
            direct[inner].add(outer)
        return {place: frozenset(_reach(place, direct)) for place in sorted(direct)}

    def _named_after(self) -> Iterator[tuple[str, str]]:
        """Pairs of places, the name of the first of which holds that of the second: an airport and its town."""
        words = {place: tuple(fold_words(self.names[place])) for place in sorted(self.sizes)}
        towns = {named: place for place, named in words.items() if self.sizes[place] == UNTYPED_SIZE and named}
        for place, named in words.items():
            if self.sizes[place] < SITE_SIZE:
                for n in range(1, len(named)):
                    town = towns.get(named[:n])
                    if town is not None:
                        yield place, town


def _reach(start: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for outer in direct.get(ahead.pop(), ()):
            if outer not in found and outer != start:
                found.add(outer)
                ahead.append(outer)
    return found


class _Bundling:
    """Joining bundles, from the surest pair to the least."""

    def __init__(self, case: _Case, judgements: Sequence[Judgement], weighings: Weighings) -> None:
        self.case, self.weighings = case, weighings
        self.bundles = {bundle.id: bundle for bundle in case.bundles()}
        self.home = {bundle_id: bundle_id for bundle_id in self.bundles}
        self.decisions = decide(judgements, (event for outline in case.outlines for event in outline.events))
        self.apart = {event: set(others) for event, others in self.decisions.apart.items()}

    def run(self) -> list[Bundle]:
        for events, why in self.decisions.together:
            for event in events[1:]:
                first, other = self._root(events[0]), self._root(event)
                if first != other and other not in self.apart.get(first, ()):
                    self._join(first, other, [why])
        self._look_around()
        self._join_equals()
        self._join_surest(self._firm())
        for _ in range(PASSES - 1):
            self._look_around()
            self._join_surest(self._firm())
        self._place_undated()
        return list(self.bundles.values())

    def _look_around(self) -> None:
        self.around = Surroundings(self.all(), self.case.sizes, self.case.inside)
        self.finding = Finding(self.around)

    def all(self) -> list[Bundle]:
        return [self.bundles[id_] for id_ in sorted(self.bundles)]

    def _root(self, event: str) -> str:
        while self.home[event] != event:
            self.home[event] = self.home[self.home[event]]
            event = self.home[event]
        return event

    def _join(self, a: str, b: str, reasons: Sequence[str]) -> str:
        first, second = sorted((self._root(a), self._root(b)))
        if first != second:
            merge(self.bundles[first], self.bundles.pop(second), reasons)
            self.home[second] = first
            for other in self.apart.pop(second, ()):
                self.apart[other].discard(second)
                self.apart[other].add(first)
                self.apart.setdefault(first, set()).add(other)
        return first

    def _judged_apart(self, a: str, b: str) -> bool:
        return b in self.apart.get(a, ())

    def _join_equals(self) -> None:
        """Join events of one kind, day and place, and those that say the very same words of one date."""
        groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for bundle in self.bundles.values():
            if len(bundle.events) > 1:
                continue
            event, place = bundle.events[0], bundle.place()
            edtf = event.when.edtf if event.when else None
            if place and bundle.days and self._is_seldom(bundle, place):
                groups["day", event.kind, place, edtf].append(bundle.id)
            elif len(event.words) >= 8:
                groups["words", event.kind, place, edtf, event.words].append(bundle.id)
        for key, ids in sorted(groups.items(), key=lambda row: min(row[1])):
            why = "the same kind of act, place and day" if key[0] == "day" else "the same words"
            first, *others = sorted(ids)
            for other in others:
                a, b = self._root(first), self._root(other)
                if a != b and self._points(a, b) >= ENOUGH:
                    self._join(a, b, [why] if len(self.bundles[a].events) == 1 else [])

    def _is_seldom(self, bundle: Bundle, place: str) -> bool:
        """Whether two incidents at a place on the day of a bundle would be much of a coincidence."""
        days = bundle.days
        if days is None or width(days) > 1 or is_yearless(days):
            return False
        return self.around.crowd.at(place, days) <= SELDOM

    def _join_surest(self, bundles: Sequence[Bundle], enough: float = ENOUGH, loose: bool = False) -> None:
        neighbours: dict[str, set[str]] = defaultdict(set)
        heap: list[tuple[float, str, str, int]] = []
        for a, b, points in self._worth_keeping(bundles, Shelves(bundles, self.finding).pairs(loose)):
            neighbours[a].add(b)
            neighbours[b].add(a)
            if points >= enough:
                heap.append((-points, a, b, self._n_events(a, b)))
        heapify(heap)
        while heap:
            _, a, b, n_events = heappop(heap)
            if a not in self.bundles or b not in self.bundles or self._n_events(a, b) != n_events:
                continue  # one has grown since
            kept = self._join(a, b, [self._why(a, b)])
            around = {self._root(n) for n in neighbours.pop(a) | neighbours.pop(b)} - {kept}
            neighbours[kept] = around
            for name in around:
                neighbours[name].add(kept)
                if (points := self._points(kept, name)) >= enough:
                    one, other = sorted((kept, name))
                    heappush(heap, (-points, one, other, self._n_events(one, other)))

    def _n_events(self, a: str, b: str) -> int:
        return len(self.bundles[a].events) + len(self.bundles[b].events)

    def _worth_keeping(self, bundles: Sequence[Bundle], pairs: NDArray[np.intp]) -> Iterator[tuple[str, str, float]]:
        """The ids and points of those pairs (n, 2) of bundles, these by id, that may become one incident."""
        points = self.weighings.all_points(bundles, pairs, self.around)
        some = points >= WORTH_KEEPING
        for (n, other), worth in zip(pairs[some].tolist(), points[some].tolist(), strict=True):
            a, b = bundles[n].id, bundles[other].id
            if not self._judged_apart(a, b):
                yield a, b, worth

    def _points(self, a: str, b: str) -> float:
        """Points for two bundles, or minus infinity where they are not worth keeping."""
        if self._judged_apart(a, b):
            return float("-inf")
        return self.weighings.points(self.bundles[min(a, b)], self.bundles[max(a, b)], self.around)

    def _why(self, a: str, b: str) -> str:
        """What speaks for two bundles being about one incident, in words."""
        return self.weighings.reasons(self.bundles[min(a, b)], self.bundles[max(a, b)], self.around)

    def _place_undated(self) -> None:
        """Give undated and roughly dated bundles, copies together, to the one incident that each fits clearly best."""
        self._join_surest(self._loose(), COPIES)
        self.around.count_parties(self.all())
        for _ in range(ROUNDS):
            if not self._place_round():
                break
        self._join_surest(self._loose(), loose=True)

    def _place_round(self) -> bool:
        """Place those loose bundles that fit one incident best, all at once; say whether there were any.

        What was placed tells more of its incident, so that in the next round others may fit.
        """
        bundles = self.all()
        loose = [n for n, bundle in enumerate(bundles) if _is_loose(bundle)]
        firm = sorted(set(range(len(bundles))) - set(loose))
        options = Shelves(bundles, self.finding, firm).options(loose)
        ids = {bundles[n].id for n in loose}
        rated: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for a, b, points in self._worth_keeping(bundles, np.sort(options)):
            bundle_id, other = (a, b) if a in ids else (b, a)
            rated[bundle_id].append((-points, other))
        choices = [(chosen, bundle_id) for bundle_id in sorted(ids) if (chosen := self._choice(rated[bundle_id]))]
        for chosen, bundle_id in choices:
            home = self._root(chosen)
            self._join(home, bundle_id, [self._why(home, bundle_id)])
        return bool(choices)

    def _loose(self) -> list[Bundle]:
        """Bundles that no day fixes, by id."""
        return [bundle for bundle in self.all() if _is_loose(bundle)]

    def _firm(self) -> list[Bundle]:
        """Bundles of a day or a few, by id."""
        return [bundle for bundle in self.all() if not _is_loose(bundle)]

    def _choice(self, rated: list[tuple[float, str]]) -> str | None:
        """The one bundle that fits clearly best, of some with their points, negative."""
        rated.sort()
        if not rated or -rated[0][0] < ENOUGH:
            return None
        best, told_in = rated[0], self.bundles[rated[0][1]].documents
        rivals = [-points for points, other in rated[1:] if not self.bundles[other].documents <= told_in]
        return None if rivals and -best[0] - rivals[0] < LEAD else best[1]


def _is_loose(bundle: Bundle) -> bool:
    return bundle.days is None or is_yearless(bundle.days) or width(bundle.days) > DAY_WIDTH


def _incident(bundle: Bundle, case: _Case) -> Incident:
    days = bundle.days
    place = bundle.place(case.inside)
    place_name = case.names[place] if place else None
    return Incident(
        id=incident_id(bundle.id),
        name=_name(bundle.kind, place_name, days),
        kind=bundle.kind,
        when=write_days(days) if days else None,
        place=place_name,
        place_entity=place,
        event_ids=tuple(sorted(event.id for event in bundle.events)),
        statement_ids=tuple(sorted(statement for event in bundle.events for statement in event.statement_ids)),
        reasons=tuple(sorted({reason for reason in bundle.reasons if reason})),
        dates=_dates(bundle),
    )


def _dates(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """The dates of statements whose documents give no year, or a weekday only, as the incident's date makes them."""
    days = bundle.days
    if days is None or is_yearless(days):
        return ()
    rows = ((statement, text, _is_fresh(event)) for event in bundle.events for statement, text in event.yearless)
    return tuple(sorted((statement, edtf) for statement, text, new in rows if (edtf := _in_full(text, days, new))))


def _is_fresh(event: LocalEvent) -> bool:
    """Whether a document gives no calendar date for an event: what is a week old is told by its day and month."""
    return event.when is None or event.when.edtf == "XXXX"


def _in_full(text: str, days: Interval, fresh: bool) -> str | None:
    """Complete a date without a year, or find a weekday in or next to the days of an incident.

    fresh: the document is of the week after the incident, so that a weekday may be any of that week.
    """
    if text.startswith("XXXX-WXX-"):
        near = [days.first + timedelta(days=n) for n in range(width(days) + 1)] if width(days) <= DAY_WIDTH else []
        near += [days.first - timedelta(days=1), days.last + timedelta(days=1)] if near else []
        near += [days.last + timedelta(days=n) for n in range(2, 7)] if near and fresh else []
        return next((day.isoformat() for day in near if day.isoweekday() == int(text[-1])), None)
    for year in (days.first.year, days.first.year + 1):
        edtf = text.replace("XXXX", f"{year:04d}")
        found = parse_edtf(edtf)
        if found and found.last >= days.first - timedelta(days=60):
            return edtf
    return None


def _name(kind: str, place: str | None, days: Interval | None) -> str:
    """A neutral name: what sort of thing, where, when."""
    label = load_kinds().labels.get(kind, kind)
    where = f" at {place}" if place else ""
    return f"{label}{where}, {_spell(days)}" if days else f"{label}{where}, date unknown"


def _spell(days: Interval) -> str:
    first, last = days.first, days.last
    year = "" if is_yearless(days) else f" {last.year}"
    if first == last:
        return f"{first.day} {_MONTHS[first.month - 1]}{year}"
    if width(days) > 27 and first.day == 1 and first.month == last.month:
        return f"{_MONTHS[first.month - 1]}{year}"
    if width(days) >= 364 and first.year == last.year:
        return year.strip()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{last.day} {_MONTHS[first.month - 1]}{year}"
    start = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {_MONTHS[first.month - 1]}{start} – {last.day} {_MONTHS[last.month - 1]}{year}"
