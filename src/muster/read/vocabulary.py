"""The word lists of reading, loaded once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CreditWords:
    """credits.toml, case folded; leads are patterns that match at the start of a line."""

    by: re.Pattern[str]
    nobody: frozenset[str]
    published: re.Pattern[str]
    recorded: re.Pattern[str]
    closing: frozenset[str]
    salutation: re.Pattern[str]
    titled: re.Pattern[str]
    organisation: re.Pattern[str]
    owner: tuple[re.Pattern[str], ...]
    reply: tuple[re.Pattern[str], ...]
    original: frozenset[str]
    fields: Mapping[str, str]
    months: Mapping[str, str]
    issued: Mapping[str, tuple[str, ...]]
    masthead: Mapping[str, tuple[str, ...]]


def _lead(words: list[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(
        rf"\s*(?:{'|'.join(map(re.escape, longest_first))})(?:(?<=:)|[:\s]|(?!\w))\s*:?\s*", re.IGNORECASE
    )


@cache
def credit_words() -> CreditWords:
    """credits.toml, read once."""
    raw = tomllib.loads((files("muster.read") / "credits.toml").read_text(encoding="utf-8"))
    titled = "|".join(map(re.escape, raw["titled"]))
    return CreditWords(
        by=_lead(raw["by"]),
        nobody=frozenset(raw["nobody"]),
        published=_lead(raw["published"]),
        recorded=_lead(raw["recorded"]),
        closing=frozenset(raw["closing"]),
        salutation=_lead(raw["salutation"]),
        titled=re.compile(rf"(?:{titled})\W{{0,3}}$", re.IGNORECASE),
        organisation=re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, raw['organisation']))})(?!\w)", re.IGNORECASE),
        owner=tuple(re.compile(pattern, re.IGNORECASE) for pattern in raw["owner"]),
        reply=tuple(re.compile(pattern, re.IGNORECASE) for pattern in raw["reply"]),
        original=frozenset(raw["original"]),
        fields={word: name for name, words in raw["fields"].items() for word in words},
        months=raw["months"],
        issued={name: tuple(words) for name, words in raw["issued"].items()},
        masthead={name: tuple(words) for name, words in raw["masthead"].items()},
    )
