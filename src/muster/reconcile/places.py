"""What sort of place a name speaks of, from place_types.toml."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from muster.languages.countries import country_of
from muster.languages.shingles import fold_words

#: The size of a place whose name does not say what it is; most are settlements.
UNTYPED_SIZE = 2
#: Places of this size (camps, prisons, squares) are where incidents happen; towns and countries hold them.
SITE_SIZE = 1
COUNTRY_SIZE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceType:
    """A sort of place.

    size: 0 a building or a part of a site, 1 a site, 2 a settlement, 3 a province.  bare: the name may
    stand without the word for the type.
    """

    name: str
    size: int
    bare: bool


@cache
def load_place_types() -> dict[tuple[str, ...], PlaceType]:
    """Read place_types.toml: the folded words of each type word, and the type."""
    data = tomllib.loads((files("muster.reconcile") / "place_types.toml").read_text(encoding="utf-8"))
    return {
        tuple(fold_words(word)): PlaceType(name=name, size=row["size"], bare=row["bare"])
        for name, row in data.items()
        for word in row["words"]
    }


@cache
def split_place(name: str) -> tuple[PlaceType | None, tuple[str, ...]]:
    """Part a place name into its type and the folded words left: "Camp Amal" -> (camp, ("amal",)).

    The type word stands first or last; where both do, the last one counts ("Camp Amal hospital").
    """
    types = load_place_types()
    words = tuple(word for word in fold_words(name) if word not in {"the", "of", "al", "international"})
    for length in (2, 1):
        if len(words) > length and words[-length:] in types:
            return types[words[-length:]], words[:-length]
    for length in (2, 1):
        if len(words) > length and words[:length] in types:
            return types[words[:length]], words[length:]
    return types.get(words), words


@cache
def may_stand_bare(type_name: str) -> bool:
    """Say whether places of a type go by their name without the word for it ("Amal" for "Camp Amal")."""
    return any(kind.bare for kind in load_place_types().values() if kind.name == type_name)


def places_size(names: Iterable[str]) -> int:
    """Return the size of a place: as in PlaceType, 2 for a bare name, 4 for a country.

    Of several names of one place, the smallest that one says counts.
    """
    names = list(names)
    sizes = [kind.size for kind, _ in map(split_place, names) if kind]
    return min(sizes, default=COUNTRY_SIZE if any(map(country_of, names)) else UNTYPED_SIZE)
