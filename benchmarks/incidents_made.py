"""Made reports of incidents for benchmarks/incidents.py: an invented country, and who tells what of it.

What happens (where, when, how many are hurt, who does it) and how it is told (which day, which place, which
number, in which words) is drawn with a fixed seed.  How reports tell is taken from reports, not from Muster:

* `UCDP-AEC`: 1,299 records of single news documents (Simon and others, 2025; github.com/ltgoslo/ucdp-aec, splits
  test and validation): numbers of dead, days between event and report, days that a date spans, places told only
  by their district or province.
* Weidmann, "On the Accuracy of Media-based Conflict Event Data", Journal of Conflict Resolution 59(6), 2015: where
  press and military reports of one event differ in place, a fifth are further apart than a district is wide.
* Townsley, Johnson and Ratcliffe, "Space Time Dynamics of Insurgent Activity in Iraq", Security Journal 21, 2008:
  after an attack more follow close by within days.
* Two piles of annotated reports on closed places, 40 tellings of dates, as careful readers put them: of a hundred
  tellings of an incident, sixteen give another day, two only its month; dead are the same in every second pair of
  tellings; two independent texts on one incident share an eighth of their rare words, two on different ones a
  fourteenth.  A machine finds no place in a quarter of what is told and no day in a sixth.

Nothing here imports Muster, and it draws on none of its vocabularies.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate, count
from typing import TypeVar

KINDS = {
    "attack": 60, "detention": 12, "disappearance": 7, "demonstration": 7, "death": 5, "movement": 5,
    "ill_treatment": 4,
}  # fmt: skip
#: As what else an incident of a kind is told, of a hundred tellings.
TOLD_AS = {
    "attack": {"death": 7, "detention": 3, "demonstration": 2},
    "detention": {"disappearance": 7, "attack": 7},
    "disappearance": {"detention": 15, "attack": 5},
    "demonstration": {"attack": 15, "detention": 4},
    "death": {"attack": 18},
    "movement": {"attack": 10, "disappearance": 3},
    "ill_treatment": {"detention": 14},
}
_SITES = ("Camp {}", "{} Prison", "{} Hospital", "{} Market", "{} Airport", "{} Barracks")
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
_FIRST_DAY = date(2013, 1, 1)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How a sort of document tells.  Numbers are weights or shares of a hundred.

    lag: days from the incident to the document.  dates: how exact a date is told.  slips: mistakes in it.
    places: at which level the place is named ("finest" as it is known).
    """

    share: int
    lag: dict[tuple[int, int], int]
    dates: dict[str, int]
    slips: dict[str, int]
    places: dict[str, int]
    kills_told: int
    same_toll: int
    names_victims: int
    gives_weekday: int


HABITS = {
    "news": Habits(
        share=70,
        lag={(0, 0): 50, (1, 1): 26, (2, 3): 13, (4, 10): 7, (11, 45): 3, (46, 200): 1},
        dates={"day": 82, "two days": 4, "week": 6, "no year": 2, "weekday": 1, "none": 5},
        slips={"right": 88, "next day": 6, "day before": 3, "days": 1, "month": 1, "year": 1},
        places={"finest": 68, "town": 10, "district": 10, "province": 5, "none": 7},
        kills_told=85,
        same_toll=62,
        names_victims=14,
        gives_weekday=45,
    ),
    "review": Habits(  # an organisation's report, some time later
        share=20,
        lag={(5, 30): 40, (31, 120): 40, (121, 400): 20},
        dates={"day": 70, "two days": 5, "third of a month": 8, "month": 11, "none": 6},
        slips={"right": 87, "next day": 4, "day before": 4, "days": 2, "month": 2, "year": 1},
        places={"finest": 66, "town": 12, "district": 10, "province": 5, "none": 7},
        kills_told=80,
        same_toll=58,
        names_victims=35,
        gives_weekday=15,
    ),
    "testimony": Habits(  # a letter, a statement by somebody who was there or lost somebody
        share=10,
        lag={(3, 60): 40, (61, 400): 40, (401, 900): 20},
        dates={"day": 45, "third of a month": 12, "month": 18, "season": 7, "year": 5, "none": 13},
        slips={"right": 78, "next day": 6, "day before": 6, "days": 5, "month": 3, "year": 2},
        places={"finest": 72, "town": 14, "district": 2, "province": 2, "none": 10},
        kills_told=55,
        same_toll=45,
        names_victims=55,
        gives_weekday=20,
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place; other is its second name.  level: 0 a site, 1 a town, 2 a district, 3 a province."""

    name: str
    other: str | None
    level: int
    parent: "Place | None"

    def chain(self) -> dict[int, "Place"]:
        """This place and all that it lies in, by level."""
        found: dict[int, Place] = {}
        place: Place | None = self
        while place is not None:
            found[place.level] = place
            place = place.parent
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An incident as it was; group and details are what tellings draw on."""

    number: int
    kind: str
    day: date
    place: Place
    killed: int
    injured: int
    held: int
    victims: tuple[str, ...]
    group: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one report says of one incident; place and within are names as written, the place itself first.

    place_at is the place meant, for peers that have a gazetteer.  edtf is None where no day can be told.
    """

    incident: int
    kind: str
    edtf: str | None
    weekday: int | None
    place: str | None
    also_called: str | None
    place_at: Place | None
    within: tuple[str, ...]
    killed: int | None
    injured: int | None
    held: int | None
    victims: tuple[str, ...]
    parties: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Report:
    """A document: when it came out, and what it tells of."""

    published: date
    sort: str
    tellings: list[Telling] = field(default_factory=list)


class World:
    """A country, its people and its words."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = self._names()
        self.provinces = [self._place("{} Province", 3, None) for _ in range(12)]
        self.districts = [self._place("{} District", 2, p) for p in self.provinces for _ in range(6)]
        self.towns = [self._place("{}", 1, d) for d in self.districts for _ in range(chance.randint(4, 10))]
        chance.shuffle(self.towns)
        self.sites: dict[Place, list[Place]] = {
            town: [self._place(chance.choice(_SITES), 0, town) for _ in range(chance.randint(1, 3))]
            for town in self.towns
            if chance.random() < 0.3
        }
        self.often = list(accumulate(1 / (n + 12) for n in range(len(self.towns))))
        self.given, self.families = [[next(self.names) for _ in range(n)] for n in (160, 700)]
        self.groups = [f"{next(self.names)} {sort}" for sort in ("Brigade", "Front", "Movement", "Army") * 4]
        self.spokesmen = [self.person() for _ in range(6)]
        self.chiefs = {district: self.person() for district in self.districts}

    def _names(self) -> Iterator[str]:
        """Names of two or three syllables, no two of which are nearly alike."""
        made: dict[str, list[str]] = {}
        for _ in count():
            word = "".join(
                self.chance.choice(_CONSONANTS) + self.chance.choice(_VOWELS) for _ in range(self.chance.randint(2, 3))
            )
            word += self.chance.choice(_CONSONANTS)
            near = made.setdefault(word[0], [])
            if all(SequenceMatcher(None, word, other).ratio() < 0.75 for other in near):
                near.append(word)
                yield word.capitalize()

    def _place(self, form: str, level: int, parent: Place | None) -> Place:
        other = form.format(next(self.names)) if level < 2 and self.chance.random() < 0.15 else None
        return Place(form.format(next(self.names)), other, level, parent)

    def person(self) -> str:
        """A new person's name: given, father's, family's."""
        own, father = self.chance.choice(self.given), self.chance.choice(self.given)
        return f"{own} {father} {self.chance.choice(self.families)}"

    @cached_property
    def general(self) -> "Vocabulary":
        """The words of the language."""
        return Vocabulary("w", 3000, 1.1, self.chance)

    @cached_property
    def circumstances(self) -> "Vocabulary":
        """The words for what an incident is known by: means, targets, things seen."""
        return Vocabulary("c", 1200, 0.9, self.chance)

    @cached_property
    def of_kind(self) -> "dict[str, Vocabulary]":
        """The words that go with a kind of incident."""
        return {kind: Vocabulary(f"{kind[:3]}k", 150, 1.0, self.chance) for kind in KINDS}


class Vocabulary:
    """Words, some of which are much more common than others (Zipf's law)."""

    def __init__(self, mark: str, size: int, slope: float, chance: random.Random) -> None:
        self.words = [f"{mark}{n:04d}word" for n in range(size)]
        self.sums = list(accumulate(1 / (n + 3) ** slope for n in range(size)))
        self.chance = chance

    def draw(self, n: int) -> list[str]:
        """Some words."""
        return self.chance.choices(self.words, cum_weights=self.sums, k=n)


def happen(world: World, n: int, days: int) -> list[Happened]:
    """That many incidents within so many days; of ten, three follow another close by within a week."""
    chance, made = world.chance, list[Happened]()
    while len(made) < n:
        town = chance.choices(world.towns, cum_weights=world.often)[0]
        day = _FIRST_DAY + timedelta(days=chance.randrange(days))
        kind, group = _draw(KINDS, chance), chance.choice(world.groups)
        made.append(_one(world, len(made), kind, day, town, group))
        while len(made) < n and chance.random() < 0.3:
            if chance.random() < 0.4 and town.parent is not None:
                town = chance.choice([t for t in world.towns if t.parent is town.parent])
            day += timedelta(days=chance.randint(0, 6))
            made.append(
                _one(world, len(made), kind if chance.random() < 0.7 else _draw(KINDS, chance), day, town, group)
            )
    return made


def _one(world: World, number: int, kind: str, day: date, town: Place, group: str) -> Happened:
    chance = world.chance
    sites = world.sites.get(town, [])
    killed = _dead(chance) if kind in {"attack", "death"} or chance.random() < 0.15 else 0
    hurt = int(killed * chance.lognormvariate(0.5, 0.8)) + chance.choice((0, 0, 1, 2, 4)) if kind == "attack" else 0
    held = int(chance.lognormvariate(1.2, 1.1)) + 1 if kind in {"detention", "disappearance", "movement"} else 0
    named = min(killed + held, chance.choice((0, 1, 1, 2, 3, 6)))
    return Happened(
        number=number,
        kind=kind,
        day=day,
        place=chance.choice(sites) if sites and chance.random() < 0.5 else town,
        killed=killed,
        injured=hurt,
        held=held,
        victims=tuple(world.person() for _ in range(named)),
        group=group,
        details=tuple(dict.fromkeys(world.circumstances.draw(30))),
    )


def _dead(chance: random.Random) -> int:
    """Dead of an event (UCDP-AEC): of a hundred, 9 have none, 41 one, 16 two, 16 three or four ..."""
    low, high = _draw({(0, 0): 9, (1, 1): 41, (2, 2): 16, (3, 4): 16, (5, 9): 10, (10, 24): 5, (25, 120): 3}, chance)
    return chance.randint(low, high)


def report(world: World, happened: Sequence[Happened]) -> list[Report]:
    """The reports of incidents, in no order; what kills many is told of more often, one in thirty by forty."""
    chance, reports = world.chance, list[Report]()
    round_ups: dict[tuple[Place, int], Report] = {}
    for it in happened:
        n = 1 + int(chance.paretovariate(1.6 if it.killed + it.held < 5 else 1.15) - 0.35)
        n = min(n, 40)
        before: list[tuple[Report, Telling]] = []
        for _ in range(n):
            sort = _draw({sort: habits.share for sort, habits in HABITS.items()}, chance)
            published = it.day + timedelta(days=_lag(HABITS[sort], chance))
            source = [t for r, t in before if r.sort == "news" and r.published <= published]
            if sort == "news" and source and chance.random() < 0.2:
                telling = _copied(chance.choice(source), chance)
            else:
                telling = _tell(world, it, HABITS[sort], published)
            home = _home(reports, round_ups, it, sort, published, chance)
            home.tellings.append(telling)
            before.append((home, telling))
    _look_back(world, happened, reports)
    chance.shuffle(reports)
    return reports


def _home(
    reports: list[Report], round_ups: dict[tuple[Place, int], Report], it: Happened, sort: str, published: date,
    chance: random.Random,
) -> Report:  # fmt: skip
    """A report of its own, or now and then the round-up of a province's week (a review's: of its month)."""
    if sort == "testimony" or chance.random() >= (0.06 if sort == "news" else 0.35):
        reports.append(Report(published=published, sort=sort))
        return reports[-1]
    days = 7 if sort == "news" else 30
    key = it.place.chain()[3], published.toordinal() // days * 100 + days
    if key not in round_ups or len(round_ups[key].tellings) >= 12:
        end = date.fromordinal((published.toordinal() // days + 1) * days)
        round_ups[key] = Report(published=end, sort=sort)
        reports.append(round_ups[key])
    return round_ups[key]


def _look_back(world: World, happened: Sequence[Happened], reports: Sequence[Report]) -> None:
    """Let one report in twelve recall an older incident of the same place in passing."""
    at: dict[Place, list[Happened]] = {}
    for it in happened:
        at.setdefault(it.place.chain()[1], []).append(it)
    for one in list(reports):
        if world.chance.random() < 0.08:
            told = happened[one.tellings[0].incident]
            older = [it for it in at[told.place.chain()[1]] if timedelta(3) < told.day - it.day < timedelta(400)]
            if older:
                it = world.chance.choice(older)
                one.tellings.append(_tell(world, it, HABITS["review"], one.published, n_words=9))


def _tell(world: World, it: Happened, habits: Habits, published: date, n_words: int | None = None) -> Telling:
    chance = world.chance
    kind = it.kind
    if chance.randrange(100) < sum(TOLD_AS[kind].values()):
        kind = _draw(TOLD_AS[kind], chance)
    day = max(_slipped(it.day, _draw(habits.slips, chance), chance), _FIRST_DAY)
    day = min(day, published)
    edtf, weekday = _dated(day, _draw(habits.dates, chance), habits, chance)
    place = _place_told(world, it, _draw(habits.places, chance))
    called, also, within = _called(place, chance)
    killed, injured, held = (_number(n, habits, chance) for n in (it.killed, it.injured, it.held))
    victims = (
        tuple(v for v in it.victims if chance.randrange(100) < 75) if _one_in(habits.names_victims, chance) else ()
    )
    return Telling(
        incident=it.number,
        kind=kind,
        edtf=edtf,
        weekday=weekday,
        place=called,
        also_called=also,
        place_at=place,
        within=within,
        killed=killed,
        injured=injured,
        held=held,
        victims=victims,
        parties=_parties(world, it),
        words=_words(world, it, kind, n_words or max(4, int(chance.gauss(32, 14)))),
    )


def _copied(of: Telling, chance: random.Random) -> Telling:
    """The same words printed again, now and then without the last paragraphs."""
    kept = 1.0 if chance.random() < 0.6 else chance.uniform(0.5, 0.95)
    words = tuple(word for word in of.words if chance.random() < kept)
    return Telling(**{name: getattr(of, name) for name in Telling.__slots__} | {"words": words})


def _lag(habits: Habits, chance: random.Random) -> int:
    return chance.randint(*_draw(habits.lag, chance))


def _slipped(day: date, slip: str, chance: random.Random) -> date:
    """The day as told: that of the first news is taken for it, an hour after midnight, a month misread."""
    if slip == "month":
        year, month = (day.year, day.month + chance.choice((-1, 1)))
        year, month = (year - 1, 12) if month == 0 else (year + 1, 1) if month == 13 else (year, month)
        return day.replace(year=year, month=month, day=min(day.day, 28))
    if slip == "year":
        return day.replace(year=day.year + chance.choice((-1, 1)), day=min(day.day, 28))
    shift = {"next day": 1, "day before": -1, "days": chance.choice((-7, -4, -3, -2, 2, 3, 4, 7))}.get(slip, 0)
    return day + timedelta(days=shift)


def _dated(day: date, form: str, habits: Habits, chance: random.Random) -> tuple[str | None, int | None]:
    """The date as EDTF, and the weekday that is given with it; who slips in the date mostly has its weekday too."""
    iso = day.isoformat()
    if form == "day":
        return iso, day.weekday() if _one_in(habits.gives_weekday, chance) else None
    if form == "no year":
        return f"XXXX{iso[4:]}", None
    if form == "weekday":
        return "XXXX", day.weekday()
    if form == "month":
        return iso[:7], None
    if form == "year":
        return iso[:4], None
    if form == "none":
        return None, None
    return _span(day, form, chance), None


def _span(day: date, form: str, chance: random.Random) -> str:
    if form == "third of a month":
        third = min((day.day - 1) // 10, 2)
        last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        end = last if third == 2 else day.replace(day=third * 10 + 10)
        return f"{day.replace(day=third * 10 + 1).isoformat()}/{end.isoformat()}"
    width = {"two days": 1, "week": chance.randint(2, 6), "season": 91}[form]
    first = day - timedelta(days=chance.randint(0, width))
    return f"{first.isoformat()}/{(first + timedelta(days=width)).isoformat()}"


def _place_told(world: World, it: Happened, level: str) -> Place | None:
    chain = it.place.chain()
    if level == "none":
        return None
    if level in {"district", "province"}:
        return chain[2 if level == "district" else 3]
    if _one_in(4, world.chance):  # a neighbouring town's name
        return world.chance.choice([t for t in world.towns if t.parent is chain[2]])
    return chain[1] if level == "town" else it.place


def _called(place: Place | None, chance: random.Random) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The name used, the other one where it is given in brackets, and what the place is said to lie in."""
    if place is None:
        return None, None, ()
    name, also = place.name, None
    if place.other is not None:
        name, also = (place.name, place.other) if chance.random() < 0.65 else (place.other, place.name)
        also = also if chance.random() < 0.3 else None
    chain = place.chain()
    above = [chain[level] for level in sorted(chain) if level > place.level and chance.random() < 0.45]
    return name, also, tuple(p.name if p.other is None or chance.random() < 0.7 else p.other for p in above)


def _number(n: int, habits: Habits, chance: random.Random) -> int | None:
    """A number as told: first counts are low, and sides have their own."""
    if n == 0 or not _one_in(habits.kills_told, chance):
        return None
    if _one_in(habits.same_toll, chance):
        return n
    return max(1, round(n * chance.lognormvariate(-0.1, 0.4)) + chance.choice((-1, 0, 0, 1)))


def _parties(world: World, it: Happened) -> tuple[tuple[str, str], ...]:
    """Who is named beside the victims: kind of name, and name."""
    chance, district = world.chance, it.place.chain()[2]
    found = []
    if chance.random() < 0.55:
        found.append(("group", it.group if chance.random() < 0.88 else chance.choice(world.groups)))
    if chance.random() < 0.25:
        found.append(("person", world.chiefs[district]))
    if chance.random() < 0.2:
        found.append(("person", chance.choice(world.spokesmen)))
    return tuple(found)


def _words(world: World, it: Happened, kind: str, n: int) -> tuple[str, ...]:
    """Words of the language, of the kind, and some of what this incident is known by."""
    of_it = world.chance.sample(it.details, min(len(it.details), round(n * 0.07)))
    of_kind = world.of_kind[kind].draw(round(n * 0.35))
    return tuple(sorted({*of_it, *of_kind, *world.general.draw(n - len(of_it) - len(of_kind))}))


def _one_in(share: int, chance: random.Random) -> bool:
    return chance.randrange(100) < share


def _draw(weights: dict[_T, int], chance: random.Random) -> _T:
    return chance.choices(list(weights), weights=list(weights.values()))[0]


def more_mistakes(habits: Habits, times: float) -> Habits:
    """The same habits with so many times as many slips, gaps and vague dates and places."""

    def worse(weights: dict[str, int], right: str) -> dict[str, int]:
        return {form: 100 * n if form == right else round(100 * n * times) for form, n in weights.items()}

    return replace(
        habits,
        dates=worse(habits.dates, "day"),
        slips=worse(habits.slips, "right"),
        places=worse(habits.places, "finest"),
        same_toll=max(0, round(100 - (100 - habits.same_toll) * times)),
    )


def make(incidents: int, days: int, seed: int = 1, mistakes: float = 1.0) -> list[Report]:
    """The reports of that many incidents within so many days, always the same for the same arguments."""
    world = World(random.Random(seed))
    HABITS.update({sort: more_mistakes(habits, mistakes) for sort, habits in HABITS.items()})
    return report(world, happen(world, incidents, days))
