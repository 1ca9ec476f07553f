"""Countries by their names, adjectives and capitals in English, Arabic and Persian, from countries.tsv."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from muster.languages.shingles import fold_words

CountryWord = Literal["name", "adjective", "capital"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country.  code is ISO 3166-1 alpha-2; names, adjectives and capitals are as written in text."""

    code: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def load_countries() -> tuple[Country, ...]:
    """Read countries.tsv, which lies beside this module; ordered by code."""
    text = (files("muster.languages") / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(
        Country(code=code, names=_variants(names), adjectives=_variants(adjectives), capitals=_variants(capitals))
        for code, names, adjectives, capitals in rows
    )


def _variants(cell: str) -> tuple[str, ...]:
    return tuple(variant for variant in cell.split("|") if variant)


@cache
def country_words() -> dict[tuple[str, ...], tuple[str, CountryWord]]:
    """Return, for the folded words of every variant, the country's code and what the variant is.

    Folding is that of muster.languages.shingles.fold_words.  A name goes before an adjective, and both
    before a capital, where one string is several ("Luxembourg").
    """
    found: dict[tuple[str, ...], tuple[str, CountryWord]] = {}
    for country in load_countries():
        kinds: tuple[tuple[CountryWord, tuple[str, ...]], ...] = (
            ("name", country.names),
            ("adjective", country.adjectives),
            ("capital", country.capitals),
        )
        order = {"name": 0, "adjective": 1, "capital": 2}
        for kind, variants in kinds:
            for variant in variants:
                words = tuple(fold_words(variant))
                if words not in found or order[kind] < order[found[words][1]]:
                    found[words] = country.code, kind
    return found


def country_of(text: str) -> str | None:
    """Return the code of the country that a whole phrase names or is the adjective of, else None."""
    found = _meaning(text)
    return found[0] if found and found[1] != "capital" else None


def government_of(text: str) -> str | None:
    """Return the code of the country whose government a whole phrase may stand for: its name or capital, else None."""
    found = _meaning(text)
    return found[0] if found else None


def _meaning(text: str) -> tuple[str, CountryWord] | None:
    words = fold_words(text)
    while words and words[0] == "the":
        words = words[1:]
    return country_words().get(tuple(words))
