"""Where a place of some name may lie: suggestions of a gazetteer, never knowledge of the case.

Names alone do not say which town is meant: a suggestion is likely only where no other town of that name comes
near it in size, and a person may set the place right.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from muster.languages.scripts import fold

#: So many times larger must a town be than the next of its name to be the likely one.
_LARGER = 20
#: How many towns are large enough to tell where on a map one is.
_LARGEST = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town of the gazetteer; latitude and longitude in degrees, country by ISO 3166-1."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


@lru_cache(maxsize=1)
def _lines() -> list[str]:
    """The lines of the gazetteer, the largest towns first."""
    text = files("muster.publish").joinpath("towns.tsv").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _towns() -> dict[str, list[str]]:
    """The lines by folded name; a line is read only when it is asked for."""
    found: dict[str, list[str]] = {}
    for line in _lines():
        for key in line[line.rindex("\t") + 1 :].split("|"):
            found.setdefault(key, []).append(line)
    return found


def towns_named(names: Iterable[str]) -> tuple[Town, ...]:
    """Return the towns that go by any of some names, the largest first."""
    lines = {line for name in names for line in _towns().get(fold(name).strip(), ())}
    return tuple(sorted(map(_town, lines), key=lambda town: (-town.population, town.country, town.name)))


def likely(towns: tuple[Town, ...]) -> Town | None:
    """Return the town that is most likely meant; None where several may be."""
    if not towns or (len(towns) > 1 and towns[0].population < _LARGER * max(1, towns[1].population)):
        return None
    return towns[0]


@lru_cache(maxsize=1)
def large_towns() -> tuple[Town, ...]:
    """Return the largest towns of the world, by which a map is recognised, the largest first."""
    return tuple(map(_town, _lines()[:_LARGEST]))


def _town(line: str) -> Town:
    name, country, latitude, longitude, population, _ = line.split("\t")
    return Town(
        name=name, country=country, latitude=float(latitude), longitude=float(longitude), population=int(population)
    )
