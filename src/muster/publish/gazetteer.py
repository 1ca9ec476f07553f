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
def _towns() -> dict[str, list[str]]:
    """The lines of the gazetteer by folded name; a line is read only when it is asked for."""
    text = files("muster.publish").joinpath("towns.tsv").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            for key in line.rpartition("\t")[2].split("|"):
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
    lines = dict.fromkeys(line for found in _towns().values() for line in found)
    towns = sorted(lines, key=lambda line: -int(line.split("\t")[4]))[:_LARGEST]
    return tuple(map(_town, towns))


def _town(line: str) -> Town:
    name, country, latitude, longitude, population, _ = line.split("\t")
    return Town(
        name=name, country=country, latitude=float(latitude), longitude=float(longitude), population=int(population)
    )
