"""People of whom one document tells an age that their birth does not make, or that they lived after they died.

Method: docs/method/contradiction.md, section 5.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from muster.languages.dates import find_dates
from muster.languages.edtf import Interval, parse_edtf
from muster.languages.scripts import flatten
from muster.records import Disagreement, Extraction, Mention, Reading, Statement, Words
from muster.weigh.finding import own_rank

_DYING = frozenset({"kill", "die_other"})
#: Acts that only the living suffer: bodies are moved and handed over, too.
_SUFFERED = frozenset({"release", "interview_or_visit", "detain", "abduct", "injure", "ill_treat"})
#: Words of a name's own sentence that may tell of birth and age, as far as the next person.
_REACH = 120
#: Years of the solar calendar that somebody now living may be born in, and what they lie behind the common one.
_SOLAR_YEARS, _SOLAR_BEHIND = range(1290, 1420), 621


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What the text tells of a person at a place: a birth, or an age with the years in which it may be that."""

    start: int
    end: int
    birth: Interval | None = None
    age: int | None = None
    years: tuple[int, ...] = ()


@cache
def _patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The lists of within.toml for ages and births over flattened text; "{n}" is a number."""
    lists = tomllib.loads(files("muster.weigh").joinpath("within.toml").read_text(encoding="utf-8"))["lives"]
    return {
        name: tuple(re.compile(re.escape(flatten(words)).replace(r"\{n\}", r"(\d{1,3})(?!\d)")) for words in phrases)
        for name, phrases in lists.items()
    }


def life_disagreements(reading: Reading, extraction: Extraction) -> Iterator[Disagreement]:
    """Ages that births do not make, and what somebody did or suffered after his death, in one document.

    An age is held against the year of the document and the years that its own sentence names; it is wrong where
    it fits none of them.  Deeds and deaths must have dates of their own.
    """
    names = {entity.id: entity.name for entity in extraction.entities if entity.kind == "person"}
    for person, told in _told(reading, extraction.mentions).items():
        yield from _wrong_ages(names.get(person, ""), told, reading, extraction.statements)
    yield from _alive_after_dead(names, extraction.statements)


def _told(reading: Reading, mentions: Sequence[Mention]) -> dict[str, list[_Told]]:
    found: dict[str, list[_Told]] = defaultdict(list)
    people = sorted((m for m in mentions if m.kind == "person"), key=lambda m: m.start)
    for at, mention in enumerate(people):
        before = people[at - 1].end if at else 0
        after = people[at + 1].start if at + 1 < len(people) else len(reading.text)
        start, end = _sentence(reading.text, mention, before, after)
        found[mention.entity] += _about(reading, mention, start, end)
    return found


def _sentence(text: str, mention: Mention, before: int, after: int) -> tuple[int, int]:
    """The stretch around a name, as far as its sentence and the people beside it go."""
    left = max(before, mention.start - 20)
    stops = [found.end() for found in re.finditer(r"[.!?؟]\s|\n", text[left : mention.start])]
    right = min(after, mention.end + _REACH)
    stop = re.search(r"[.!?؟](?:\s|$)|\n", text[mention.end : right])
    return left + (stops[-1] if stops else 0), mention.end + stop.start() if stop else right


def _about(reading: Reading, mention: Mention, start: int, end: int) -> Iterator[_Told]:
    behind = flatten(reading.text[mention.end : end])
    for pattern in _patterns()["birth"]:
        for found in pattern.finditer(behind):
            born = _birth(reading, mention.end + found.end(), end)
            if born:
                yield _Told(start=mention.end + found.start(), end=born[1], birth=born[0])
    years = _years(reading, start, end)
    aged = [(mention.end, pattern.match(behind)) for pattern in _patterns()["age_behind"]]
    aged += [
        (start, pattern.search(flatten(reading.text[start : mention.start]))) for pattern in _patterns()["age_before"]
    ]
    for offset, age in aged:
        if age:
            first, last = min(mention.start, offset + age.start()), max(mention.end, offset + age.end())
            yield _Told(start=first, end=last, age=int(age[1]), years=years)


def _birth(reading: Reading, start: int, end: int) -> tuple[Interval, int] | None:
    """The date right behind "born in", and where it ends."""
    text = reading.text[start:end]
    dates = [span for span in find_dates(text, reading.language, None) if span.start <= 4]
    day = parse_edtf(dates[0].edtf) if dates else None
    if day:
        return day, start + dates[0].end
    year = re.match(r"\D{0,3}(1\d{3}|20\d\d)(?!\d)", flatten(text))
    if year is None:
        return None
    n = int(year[1])
    first = n + _SOLAR_BEHIND if n in _SOLAR_YEARS else n
    last = first + (n in _SOLAR_YEARS)
    return Interval(first=date(first, 1, 1), last=date(last, 12, 31)), start + year.end()


def _years(reading: Reading, start: int, end: int) -> tuple[int, ...]:
    """The years in which an age may be meant: the document's and those that the sentence names."""
    known = [parse_edtf(reading.published_on or "")]
    known += [parse_edtf(span.edtf) for span in find_dates(reading.text[start:end], reading.language, None)]
    return tuple(sorted({year for day in known if day for year in (day.first.year, day.last.year)}))


def _wrong_ages(
    name: str, told: Sequence[_Told], reading: Reading, statements: Sequence[Statement]
) -> Iterator[Disagreement]:
    births = [each for each in told if each.birth]
    for age in (each for each in told if each.age is not None):
        for birth in births:
            years = [y for y in age.years if birth.birth and y > birth.birth.last.year]
            if not years or any(_fits(age.age or 0, birth.birth, year) for year in years):
                continue
            around = [s for s in statements if s.start <= age.start < s.end or s.start <= birth.start < s.end]
            for statement in sorted(around, key=lambda s: (s.content_start, s.id))[:1]:
                first, second = (reading.text[each.start : each.end].strip(" ,،") for each in (age, birth))
                made = _made(birth.birth, years[-1])
                why = f"{name}: “{first}” does not fit “{second}”, which makes {made} in {years[-1]}."
                yield Disagreement(a=statement.id, b=None, kind="date", why=why, rank=own_rank("age", statement))


def _made(birth: Interval | None, year: int) -> str:
    """The ages that a birth makes in a year, as shown."""
    if birth is None:
        return ""
    least, most = year - birth.last.year - 1, year - birth.first.year
    return f"{least} or {most}" if most == least + 1 else f"{least} to {most}"


def _fits(age: int, birth: Interval | None, year: int) -> bool:
    return birth is None or year - birth.last.year - 1 <= age <= year - birth.first.year


def _alive_after_dead(names: Mapping[str, str], statements: Sequence[Statement]) -> Iterator[Disagreement]:
    sure = [s for s in statements if s.polarity == "affirmed" and s.modality == "asserted" and _own_day(s)]
    deaths = [(s, s.target) for s in sure if s.act in _DYING]
    lives = [(s, who) for s in sure for who in _living(s)]
    for dead, victim in deaths:
        died = _own_day(dead)
        for alive, who in lives:
            lived = _own_day(alive)
            if not (victim and died and lived and victim.entity in names and victim.entity == who.entity):
                continue
            if lived.first > died.last:
                told = [f"“{s.content}” ({s.when.edtf if s.when else ''})" for s in (dead, alive)]
                why = f"{names[victim.entity or '']} is told dead and alive after it: {told[0]}, and {told[1]}."
                yield Disagreement(a=dead.id, b=None, kind="date", why=why, rank=own_rank("alive", dead))


def _own_day(statement: Statement) -> Interval | None:
    when = statement.when
    return parse_edtf(when.edtf) if when and when.basis != "inherited" else None


def _living(statement: Statement) -> Iterator[Words]:
    """Whom a statement tells to have been alive: who acted, and who suffered what only the living do."""
    if statement.actor and statement.act not in _DYING:
        yield statement.actor
    if statement.target and statement.act in _SUFFERED:
        yield statement.target
