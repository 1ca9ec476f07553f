"""Local events: the statements of one document grouped by what they are about.

A document mostly tells of one incident, but may look back at others ("a similar attack in February
killed six").  Acts of violence with a day of their own, or words that set them apart, found events;
all other statements go with the event of the sentences around them.

Method: docs/method/incidents.md, section 1.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Set

from muster.languages.edtf import Interval
from muster.reconcile.days import follows, gap, is_yearless, join, read_days, width
from muster.reconcile.drafts import REAL, Draft, finish
from muster.reconcile.kinds import load_kinds
from muster.reconcile.places import COUNTRY_SIZE, SITE_SIZE, places_size
from muster.records import Extraction, LocalEvent, Reading, Statement, Words

#: Days between two parts of one violent incident: it may go on over a night; a longer gap makes two.
GAP_DAYS = 1
#: What is done to people afterwards (held, moved, freed, mourned) belongs to what it follows from.
CONSEQUENCE_DAYS = 400
#: A death of wounds belongs to the incident that caused them.
AFTERMATH_DAYS = 60
#: Violence so long before what a document opens with is not its news.
LONG_PAST_DAYS = 180
#: A date wider than a year dates a period, not an incident.
PERIOD_DAYS = 366
#: A date at least so wide says in which year; it dates nothing that a document tells of as its news.
_YEAR = 360
#: Blocks (paragraphs) that an event reaches beyond the last statement that is sure to be about it.
REACH_BLOCKS = 4
#: What stands first in a document is mostly what it is about: worth as much as two acts told of.
LEAD_WEIGHT = 2


_MOVES = frozenset({"transfer", "displace", "return", "agree"})
#: Before a place: people are taken there, or it only says near what something is.
_TOWARDS = re.compile(r"\b(?:to|into|towards?|for)\s+(?:the\s+)?$|(?:^|\s)(?:إلى|الى|به)\s+$")
_BESIDE = re.compile(
    r"\b(?:near|beside|next to|close to|adjacent to|outside|(?:around|surroundings|vicinity|outskirts)(?: of)?|from)"
    r"\s+(?:the\s+)?$"
    r"|(?:^|\s)(?:قرب|بالقرب من|نزدیک|نزدیکی)\s+$"
)
#: Before the town of a hospital, where the dead and hurt were taken.
_HOSPITAL_IN = re.compile(
    r"\b(?:hospital|clinic|morgue|mortuary|infirmary)\s+(?:in|at|of)\s+(?:the\s+)?(?:\w+\s+)?(?:(?:town|city) of\s+)?$"
)


def local_events(reading: Reading, extraction: Extraction, apart: Set[str] = frozenset()) -> tuple[LocalEvent, ...]:
    """Group the statements of one document into local events, ordered by id.

    A statement that is about no event (a general accusation, a figure of a period) is in none; no
    statement is in two.  apart are ids of statements that people took out of the event that they stood in:
    each is an event of its own, and the others stay together as they were.
    """
    story = _Story(reading, extraction)
    story.found_events()
    story.follow_text()
    story.set_apart(apart)
    drafts = [draft for draft in story.drafts if draft.statements]
    people = {entity.id for entity in extraction.entities if entity.kind == "person"}
    events = (finish(draft, reading.document_id, story.places_of(draft), people) for draft in drafts)
    return tuple(sorted(events, key=lambda event: event.id))


class _Story:
    """The statements of a document in the order of its text, and the events found in them so far."""

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.kinds = load_kinds()
        self.statements = sorted(extraction.statements, key=lambda s: (s.content_start, s.start, s.end, s.act, s.id))
        self.place_sizes = {e.id: places_size(e.forms) for e in extraction.entities if e.kind == "place"}
        self.site = _main_site(extraction, self.place_sizes)
        self.block_starts = [block.start for block in reading.blocks]
        self.titles = {i for i, block in enumerate(reading.blocks) if block.kind == "title"}
        self.headline = _places_in_title(reading, extraction, self.place_sizes)
        self.text = reading.text
        self.destinations = self._destinations()
        self.drafts: list[Draft] = []
        self.home: dict[str, Draft] = {}
        self.main: Draft | None = None
        self.told = False

    def found_events(self) -> None:
        """Let violent acts found events: dated ones first, then those at a place of their own."""
        violent = [statement for statement in self.statements if self._is_violent(statement)]
        acts = [statement for statement in violent if not _of_period(statement, _YEAR)]
        dated = [s for s in acts if self._days_of(s) is not None or _floats(s) or self._is_another(s)]
        spoken = [s for s in self.statements if s.act in self.kinds.speech and self._names_by_day(s)]
        dated = sorted([*dated, *spoken], key=lambda s: (s.content_start, s.id))
        for statement in sorted(dated, key=self._is_aftermath):
            self._join_or_found(statement)
        for statement in acts:
            told = any(not draft.apart for draft in self.drafts)
            if statement.id not in self.home and (not told or self._is_elsewhere(statement)):
                self._join_or_found(statement)
        for statement in violent:
            if statement.id not in self.home and not _of_period(statement, PERIOD_DAYS) and _own_days(statement):
                self._join_or_found(statement)
        for statement in acts:
            days = _inherited_day(statement)
            headed = self._block(statement) in self.titles or statement.id in self.home
            if not headed and days and not any(map(self._of_day(days), self.drafts)):
                self._add(self._new(statement, self._kind(statement), days), statement)
        self._found_news()
        self._find_main()
        self.told = True

    def _found_news(self) -> None:
        """Let what a document opens with found an event, where the violence it tells of is long past.

        "412 people were moved on Tuesday ... five others were abducted last year" is about the move.
        """
        first = next((s for s in self.statements if s.modality in REAL and self._days_of(s) is not None), None)
        days = self._days_of(first) if first is not None else None
        if first is None or days is None or width(days) > GAP_DAYS or first.act not in self.kinds.kind_of:
            return
        if all(s.polarity == "denied" for s in self.statements if self._is_violent(s)):
            self.drafts, self.home = [], {}  # "not one passenger is missing" tells of the voyage
        if all(_long_before(draft.days, days) for draft in self.drafts):
            self._add(self._new(first, self.kinds.kind_of[first.act], days), first)

    def follow_text(self) -> None:
        """Give every other statement the event that its surroundings tell of."""
        current, block, sentence = self.main, -1, (-1, -1)
        for statement in self.statements:
            if self._block(statement) != block:
                block = self._block(statement)
                current = self._opening(block, current)
            elif (statement.start, statement.end) != sentence and current is not None and current.aside:
                current = current if self._carries_on(statement, current) else self.main
            sentence = (statement.start, statement.end)
            draft = self.home.get(statement.id) or self._of_sentence(statement)
            draft = draft or self._find_home(statement, current, block)
            if draft is not None:
                self._add(draft, statement)
                current = draft

    def set_apart(self, ids: Set[str]) -> None:
        """Make some statements events of their own."""
        for statement in self.statements:
            if statement.id not in ids:
                continue
            draft = self.home.get(statement.id)
            if draft is not None:
                draft.statements.remove(statement)
                days = [self._days_of(other) for other in draft.statements]
                if draft.days is not None and not any(d is not None and gap(draft.days, d) == 0 for d in days):
                    draft.days = None
            own = self._new(statement, self._kind(statement), self._days_of(statement))
            own.statements.append(statement)
            self.home[statement.id] = own

    def places_of(self, draft: Draft) -> tuple[str, ...]:
        """The places that acts of an event are put at: the one that most are put at first, sites before towns.

        What stands in the sentence of an act counts; where no act says more than a country, it is
        the place that the acts inherit from what stands around them, or the site that the document
        mostly speaks of.
        """
        acts = [s for s in draft.statements if self._is_violent(s)] or draft.statements
        said: Counter[str] = Counter()
        around: Counter[str] = Counter()
        for statement in acts:
            for words in (statement.place, statement.target):
                if words is None or words.entity not in self.place_sizes or words.entity in self.destinations:
                    continue
                if _HOSPITAL_IN.search(self._before(words)) and statement.act != "attack":
                    continue
                inside = statement.start <= words.start < statement.end
                inside = inside and not _BESIDE.search(self._before(words))
                (said if inside else around)[words.entity] += 3 if statement.act == "attack" else 1
        if draft is self.main:
            around.update(dict.fromkeys([self.site] if self.site is not None else self.headline, 2))
        small = [p for p in said if self.place_sizes[p] < COUNTRY_SIZE]
        tally = said if small else said + around
        return tuple(sorted(tally, key=lambda place: (self._coarseness(place), -tally[place], place)))

    def _before(self, words: Words) -> str:
        return self.text[max(0, words.start - 40) : words.start].casefold()

    def _destinations(self) -> frozenset[str]:
        """Places that people are taken to ("flown to Amal") and nothing is said to have been attacked at."""
        found, attacked = set(), set()
        for statement in self.statements:
            place = statement.place
            if place is None or place.entity is None or not statement.start <= place.start < statement.end:
                continue
            if _TOWARDS.search(self._before(place)):
                found.add(place.entity)
            elif statement.act == "attack":
                attacked.add(place.entity)
        return frozenset(found - attacked)

    def _days_of(self, statement: Statement) -> Interval | None:
        """The days of an act: its own, or those of the one thing dated in its sentence ("who gathered on 7 May")."""
        own = _own_days(statement)
        if own is not None or statement.when is not None:
            return own
        others = (s for s in self._sentence(statement) if s.modality in REAL and s.act in self.kinds.kind_of)
        days = {days for s in others if (days := _own_days(s)) is not None and width(days) <= GAP_DAYS}
        return days.pop() if len(days) == 1 else None

    def _coarseness(self, place: str) -> int:
        """0 for a site, 1 for a part of one or a town, 2 for a country."""
        size = self.place_sizes[place]
        return 0 if size == SITE_SIZE else 2 if size == COUNTRY_SIZE else 1

    def _opening(self, block: int, current: Draft | None) -> Draft | None:
        """The event that a new paragraph is about: the main one, or in a round-up the one before."""
        if current is None or current.aside or self.main is None:
            return self.main
        return self.main if 2 * self._weight(self.main) >= sum(map(self._weight, self.drafts)) else current

    def _of_sentence(self, statement: Statement) -> Draft | None:
        """The one event that an act in the same sentence founded: what a claim or a demand there speaks of."""
        if self.kinds.kind_of.get(statement.act, "") in self.kinds.violent or _own_days(statement) is not None:
            return None
        founded = {
            d for s, d in ((s, self.home.get(s.id)) for s in self._sentence(statement)) if d and self._is_violent(s)
        }
        return founded.pop() if len(founded) == 1 else None

    def _sentence(self, statement: Statement) -> list[Statement]:
        return [other for other in self.statements if other.start == statement.start]

    def _find_home(self, statement: Statement, current: Draft | None, block: int) -> Draft | None:
        kind = self.kinds.kind_of.get(statement.act)
        if _of_period(statement):
            return None
        if self._is_violent(statement):
            return self._undated_act(statement, current)
        days = _own_days(statement) if statement.modality in REAL and kind else None
        if kind and days:
            return self._dated_act(statement, kind, days, current)
        near = [d for d in (current, self.main) if d is not None and block - self._last_block(d) <= REACH_BLOCKS]
        return near[0] if near else self._lone(statement, kind)

    def _undated_act(self, statement: Statement, current: Draft | None) -> Draft | None:
        """An undated act of violence: the event at its place, else the one being told of."""
        options = self._options(current)
        days = _inherited_day(statement)
        options = list(filter(self._of_day(days), options)) or options if days is not None else options
        place = self._place(statement)
        at_place = [draft for draft in options if place is not None and draft.place == place]
        return next(iter(at_place or [d for d in options if self._near(d.place, place)] or options), None)

    def _of_day(self, days: Interval) -> Callable[[Draft], bool]:
        """Whether an event is of a day, or the day before or after."""
        return lambda draft: draft.days is not None and gap(draft.days, days) <= GAP_DAYS

    def _dated_act(self, statement: Statement, kind: str, days: Interval, current: Draft | None) -> Draft:
        """A dated act without violence: the incident of its day, the one it follows from, or its own."""
        options = [draft for draft in self._options(current) if draft.days is not None]
        for draft in options:
            if draft.days and gap(draft.days, days) <= GAP_DAYS and width(days) <= 2 * width(draft.days) + 31:
                return draft
        for draft in options:
            if draft.days and draft.kind in self.kinds.violent and follows(draft.days, days, CONSEQUENCE_DAYS):
                return draft
        return self._new(statement, kind, days)

    def _lone(self, statement: Statement, kind: str | None) -> Draft | None:
        """An undated statement out of reach of any event: it founds one where it says what and where."""
        place = self._place(statement)
        if statement.act in self.kinds.founding_speech:
            kind = "attack"
        elif kind is None or place is None or statement.modality not in REAL:
            return None
        for draft in self.drafts:
            if draft.kind == kind and draft.days is None and draft.place == place:
                return draft
        return self._new(statement, kind, None)

    def _join_or_found(self, statement: Statement) -> None:
        days, apart = self._days_of(statement), self._is_another(statement)
        draft = next((d for d in reversed(self.drafts) if self._fits(d, statement, days, apart)), None)
        if draft is None and self._is_aftermath(statement) and (days or _floats(statement)):
            draft = next((d for d in self.drafts if d.days and _may_follow(d.days, days)), None)
        if draft is None:
            draft = self._new(statement, self._kind(statement), days)
            draft.apart, draft.weekdays = apart, _weekdays(statement) if _floats(statement) else None
        elif not self._is_aftermath(statement):
            draft.days = join(draft.days, days)
            if draft.weekdays is not None or _floats(statement):
                draft.weekdays = (draft.weekdays or frozenset()) | _weekdays(statement)
            draft.place = draft.place or self._place(statement)
        self._add(draft, statement)

    def _fits(self, draft: Draft, statement: Statement, days: Interval | None, apart: bool) -> bool:
        if not self.kinds.may_be_one(draft.kind, self._kind(statement)):
            return False
        one_sentence = any(other.start == statement.start for other in draft.statements)
        if (apart or draft.apart) and not one_sentence and not (draft.days and draft.days == days):
            return False
        if not self._near(draft.place, self._place(statement)):
            return False
        if days is not None and draft.days is None and width(days) >= _YEAR and not one_sentence:
            return False
        if days is not None and draft.days is not None:
            if (width(days) >= _YEAR) != (width(draft.days) >= _YEAR):
                return False
            return gap(draft.days, days) <= GAP_DAYS
        return _may_float(draft, statement, days) or self._names_again(draft, statement, days)

    def _names_by_day(self, statement: Statement) -> bool:
        """Say whether words about an incident name it by its day: "accused them of the attack of 9 May"."""
        days, when = _own_days(statement), statement.when
        if when is None or days is None or width(days) > GAP_DAYS or when.start < statement.start:
            return False
        lead = statement.quote[: max(0, when.start - statement.start)]
        return bool(self.kinds.incident_of.search(lead.casefold()))

    def _kind(self, statement: Statement) -> str:
        """The kind of incident that a statement may found; words about one speak of an attack."""
        return self.kinds.kind_of.get(statement.act, "attack")

    def _names_again(self, draft: Draft, statement: Statement, days: Interval | None) -> bool:
        """Say whether a day of the calendar and words that tell no day ("this month") speak of one thing.

        They do unless the sentence sets apart what it tells ("he also claimed the attack of 9 May").
        """
        if (days is None) == (draft.days is None) or draft.weekdays or _weekdays(statement):
            return False
        lead = statement.quote[: max(0, statement.content_end - statement.start)]
        return not self.kinds.besides.search(lead.casefold())

    def _find_main(self) -> None:
        if not self.drafts:
            return
        pool = [draft for draft in self.drafts if not draft.apart] or self.drafts
        pool = [draft for draft in pool if draft.kind not in self.kinds.violent] or pool
        first = {draft: min(s.content_start for s in draft.statements) for draft in self.drafts}
        lead = min(pool, key=lambda draft: first[draft])
        self.main = max(pool, key=lambda draft: (self._weight(draft) + LEAD_WEIGHT * (draft is lead), -first[draft]))
        opening: dict[int, int] = {}
        for statement in self.statements:
            opening.setdefault(self._block(statement), statement.content_start)
        for draft in self.drafts:
            draft.aside = draft is not self.main and first[draft] > opening[draft.block]

    def _weight(self, draft: Draft) -> int:
        """How much of the document is sure to be about an event: its acts, those of the headline twice."""
        return sum(2 if self._block(s) in self.titles else 1 for s in draft.statements if self._is_violent(s))

    def _new(self, statement: Statement, kind: str, days: Interval | None) -> Draft:
        draft = Draft(kind=kind, block=self._block(statement), place=self._place(statement), days=days)
        draft.aside = self.main is not None
        self.drafts.append(draft)
        if self.told and self.main is None:
            self.main = draft
        return draft

    def _add(self, draft: Draft, statement: Statement) -> None:
        if statement.id not in self.home:
            draft.statements.append(statement)
            self.home[statement.id] = draft

    def _options(self, current: Draft | None) -> list[Draft]:
        return [draft for draft in (current, self.main, *self.drafts) if draft is not None]

    def _is_violent(self, statement: Statement) -> bool:
        return statement.modality in REAL and self.kinds.kind_of.get(statement.act, "") in self.kinds.violent

    def _is_another(self, statement: Statement) -> bool:
        """Say whether words set an act apart from what was told before; what is told first stands on its own."""
        first = next((s for s in self.statements if self._is_violent(s)), statement)
        return statement.start != first.start and bool(self.kinds.another.search(statement.content))

    def _is_aftermath(self, statement: Statement) -> bool:
        if statement.act not in {"kill", "die_other"}:
            return False
        return bool(self.kinds.aftermath.search(statement.quote) or self.kinds.one_more.search(statement.content))

    def _is_elsewhere(self, statement: Statement) -> bool:
        """Say whether an undated act with a toll is told of a place at which no event was."""
        place = self._place(statement)
        if place is None or statement.count is None or self._is_aftermath(statement):
            return False
        return not any(self._near(draft.place, place) for draft in self.drafts)

    def _carries_on(self, statement: Statement, aside: Draft) -> bool:
        """Say whether a sentence goes on about a violent event told of in passing: with an undated act of violence."""
        return aside.kind in self.kinds.violent and self._is_violent(statement) and _own_days(statement) is None

    def _near(self, a: str | None, b: str | None) -> bool:
        """Say whether two places of the document may be one, or one lie in the other."""
        if a is None or b is None or a == b:
            return True
        return self.place_sizes[a] != self.place_sizes[b]

    def _place(self, statement: Statement) -> str | None:
        """The place that stands in the statement's own sentence; none where it only was near it."""
        place = statement.place
        if place is None or place.entity not in self.place_sizes or not statement.start <= place.start < statement.end:
            return None
        return None if _BESIDE.search(self._before(place)) else place.entity

    def _block(self, statement: Statement) -> int:
        return max(0, bisect_right(self.block_starts, statement.content_start) - 1)

    def _last_block(self, draft: Draft) -> int:
        return max((self._block(s) for s in draft.statements if self._is_violent(s)), default=draft.block)


def _places_in_title(reading: Reading, extraction: Extraction, sizes: dict[str, int]) -> list[str]:
    """The places smaller than a country that a document's title names."""
    titles = [block for block in reading.blocks if block.kind == "title"]
    named = {m.entity for m in extraction.mentions for block in titles if block.start <= m.start < block.end}
    return sorted(entity for entity in named if sizes.get(entity, COUNTRY_SIZE) < COUNTRY_SIZE)


def _main_site(extraction: Extraction, sizes: dict[str, int]) -> str | None:
    """The site (a camp, a square) that a document speaks of most, else first; not where people were moved."""
    held_at = {s.place.entity for s in extraction.statements if s.place and s.act in {"detain", "transfer"}}
    moved = [(s.start, s.end) for s in extraction.statements if s.act in _MOVES]
    first: dict[str, int] = {}
    passing = {mention.entity for mention in extraction.mentions}
    for mention in sorted(extraction.mentions, key=lambda m: m.start):
        if not any(start <= mention.start < end for start, end in moved):
            first.setdefault(mention.entity, mention.start)
    passing -= first.keys()
    sites = [e for e in extraction.entities if sizes.get(e.id) == SITE_SIZE and e.id not in passing | held_at]
    weight = {e.id: (-e.n_mentions - len(e.descriptions), first.get(e.id, 0), e.id) for e in sites}
    return min(weight, key=lambda entity: weight[entity], default=None)


def _own_days(statement: Statement) -> Interval | None:
    """The days that a statement's own words give."""
    when = statement.when
    return read_days(when.edtf) if when is not None and when.basis != "inherited" else None


def _inherited_day(statement: Statement) -> Interval | None:
    """The day that a statement takes from the story around it; no longer period."""
    when = statement.when
    days = read_days(when.edtf) if when is not None and when.basis == "inherited" else None
    return days if days is not None and width(days) <= GAP_DAYS else None


def _floats(statement: Statement) -> bool:
    """Say whether a statement has a day of its own that nothing tells: "two days earlier", in an undated text."""
    return statement.when is not None and statement.when.edtf == "XXXX" and statement.when.basis == "relative"


def _weekdays(statement: Statement) -> frozenset[int]:
    weekday = statement.when.weekday if statement.when else None
    return frozenset() if weekday is None else frozenset({weekday})


def _may_float(draft: Draft, statement: Statement, days: Interval | None) -> bool:
    """Say whether a day that nothing tells and a day of the calendar may be one: by their weekdays."""
    if draft.days is not None and _floats(statement):
        return _is_weekday(draft.days, _weekdays(statement))
    if days is not None and draft.weekdays is not None:
        return _is_weekday(days, draft.weekdays)
    return True


def _is_weekday(days: Interval, weekdays: frozenset[int]) -> bool:
    if is_yearless(days) or width(days) > GAP_DAYS:
        return False
    near = {(end.weekday() + shift) % 7 for end in (days.first, days.last) for shift in (-1, 0, 1)}
    return bool(near & weekdays)


def _of_period(statement: Statement, n_days: int = PERIOD_DAYS) -> bool:
    """Say whether a statement is about more days than so many, rather than about something that happened."""
    days = _own_days(statement)
    return days is not None and width(days) > n_days


def _long_before(earlier: Interval | None, later: Interval) -> bool:
    return earlier is not None and (later.first - earlier.last).days > LONG_PAST_DAYS


def _may_follow(earlier: Interval, later: Interval | None) -> bool:
    return later is None or follows(earlier, later, AFTERMATH_DAYS)
