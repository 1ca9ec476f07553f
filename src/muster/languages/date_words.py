"""The words and forms of dates, read from dates_en.toml, dates_ar.toml and dates_fa.toml."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final, Literal

from muster.languages.scripts import flatten

LANGUAGES: Final = ("en", "ar", "fa")

Relation = Literal["", "since", "until", "before", "after"]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of one calendar, 1-12."""

    calendar: Literal["gregorian", "solar", "hijri"]
    number: int


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables and compiled forms of one language; every word in them is flattened."""

    capitals: bool
    months: Mapping[str, Month]
    tables: Mapping[str, Mapping[str, int]]
    units: Mapping[str, str]
    spans: Mapping[str, tuple[int, str]]
    directions: Mapping[str, tuple[int, str]]
    relations: Mapping[str, Relation]
    year_before: frozenset[str]
    year_after: frozenset[str]
    year_not_before: frozenset[str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    durations: tuple[re.Pattern[str], ...]


_YEAR = r"(?:1[2-9]\d\d|20\d\d)"


def _alternatives(words: Mapping[str, object]) -> str:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word) for word in longest_first) or r"(?!)"


def _slots(data: Mapping[str, dict[str, object]], months: Mapping[str, Month]) -> dict[str, str]:
    def table(name: str) -> str:
        return _alternatives({flatten(word): 0 for word in data.get(name, {})})

    suffix = str(data.get("day_suffix", ""))
    digits = r"(?:0?[1-9]|[12]\d|3[01])"
    month_words = _alternatives(months)

    def listed(name: str) -> str:
        words: list[str] = data.get(name, {}).get("words", [])  # type: ignore[assignment]
        return "|".join(re.escape(flatten(word)) for word in sorted(words, key=lambda word: -len(word))) or "(?!)"

    return {
        "digitday": rf"(?P<day>{digits}){suffix}",
        "dayword": rf"(?P<dayword>{table('day_words')})",
        "day2": rf"(?P<day2>{digits}){suffix}",
        "month": rf"(?P<month>{month_words})",
        "month2": rf"(?P<month2>{month_words})",
        "samemonth": rf"(?:{month_words})",
        "year": rf"(?P<year>{_YEAR})(?!\d|[.,]\d)",
        "year2": rf"(?P<year2>{_YEAR})(?!\d|[.,]\d)",
        "weekday": rf"(?P<weekday>{table('weekdays')})",
        "weekday2": rf"(?:{table('weekdays')})",
        "holiday": rf"(?P<holiday>{table('holidays')})",
        "half": rf"(?P<half>{table('halves')})",
        "season": rf"(?P<season>{table('seasons')})",
        "n": rf"(?P<n>\d{{1,3}}|{table('numbers')})",
        "unit": rf"(?P<unit>{table('units')}){data.get('unit_suffix', '')}",
        "length": rf"(?P<length>{table('spans')})",
        "which": rf"(?P<which>{table('which')})",
        "part": rf"(?:{listed('part')})",
        "daypart": rf"(?:{listed('daypart')})",
        "offset": rf"(?P<offset>{table('offsets')}|{table('reference_offsets')})",
        "direction": rf"(?P<direction>{table('directions')})",
    }


def _compile(form: str, slots: Mapping[str, str], prefix: str) -> re.Pattern[str]:
    form = flatten(form).replace("(?p<", "(?P<").replace("(?p=", "(?P=")
    filled = re.sub(r"\{([a-z]\w*)\}", lambda slot: slots[slot[1]], form)
    return re.compile(rf"(?<![^\W_]){prefix}(?P<all>{filled})(?![^\W_])")


def _flat(table: Mapping[str, int]) -> dict[str, int]:
    return {flatten(word): value for word, value in table.items()}


@lru_cache(maxsize=len(LANGUAGES))
def date_words(language: str) -> DateWords:
    """Load the words of a language in LANGUAGES."""
    data = tomllib.loads(files("muster.languages").joinpath(f"dates_{language}.toml").read_text("utf-8"))
    if data.get("hyphenated"):
        numbers = data["numbers"]
        tens, ones = ([w for w, n in numbers.items() if low <= n <= high] for low, high in ((20, 90), (1, 9)))
        numbers |= {f"{ten}-{one}": numbers[ten] + numbers[one] for ten in tens for one in ones}
    months: dict[str, Month] = {}
    for table, calendar in (("hijri_months", "hijri"), ("solar_months", "solar"), ("months", "gregorian")):
        for word, number in data.get(table, {}).items():
            months[flatten(word)] = Month(calendar, number)  # type: ignore[arg-type]
    slots = _slots(data, months)
    prefix = data.get("prefix", "")
    names = (
        "weekdays",
        "day_words",
        "seasons",
        "holidays",
        "halves",
        "numbers",
        "which",
        "offsets",
        "reference_offsets",
    )
    year = data.get("year", {})
    return DateWords(
        capitals=data.get("capitals", False),
        months=months,
        tables={name: _flat(data.get(name, {})) for name in names},
        units={flatten(word): unit for word, unit in data["units"].items()},
        spans={flatten(word): (n, unit) for word, (n, unit) in data.get("spans", {}).items()},
        directions={flatten(word): (sign, base) for word, (sign, base) in data["directions"].items()},
        relations={flatten(word): relation for word, relation in data.get("relations", {}).items()},
        year_before=frozenset(map(flatten, year.get("before", []))),
        year_after=frozenset(map(flatten, year.get("after", []))),
        year_not_before=frozenset(map(flatten, year.get("not_before", []))),
        patterns=tuple((p["means"], _compile(p["form"], slots, prefix)) for p in data["pattern"]),
        durations=tuple(_compile(p["form"], slots, prefix) for p in data.get("duration", [])),
    )
