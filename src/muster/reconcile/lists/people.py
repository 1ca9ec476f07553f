"""People of lists, and what of them is compared, as columns of numbers.

Every name, place and date is worked out once however many records have it, so that a million records
cost little more than a look in a table each.
"""

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from muster.errors import MusterError
from muster.languages.edtf import parse_edtf
from muster.languages.names import NamePart, lone_name, name_chain
from muster.languages.names import skeleton as name_skeleton
from muster.languages.scripts import fold

Numbers = npt.NDArray[np.int32]

#: A field that a record lacks.
MISSING: Final = -1
#: A date that a record lacks, in days.
NO_DAY: Final = -(2**30)

_SEXES: Final = {"m": 0, "f": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """One line of a list.  id is unique among all lists; list_id says which list it stands in.

    name has the parts in the order given, (father, grandfather,) family, or "family, given"; father may
    be the father's name alone or with his father's.  born and date (of the event that the list is of) are
    EDTF.  sex is "m", "f" or "".  Anything but the ids may be "".
    """

    id: str
    list_id: str
    name: str
    father: str = ""
    born: str = ""
    sex: str = ""
    place: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """All records, sorted by id, as columns: one number for each record.

    given, father, grandfather and family are numbers of `words`, in their order of coming; place and
    place_sound number the places as written and as they sound.  born_first to date_last are days (the
    ordinals of `datetime.date`).  What is missing is MISSING or NO_DAY.
    """

    ids: list[str]
    lists: tuple[str, ...]
    words: list[NamePart]
    n_list: Numbers
    given: Numbers
    father: Numbers
    grandfather: Numbers
    family: Numbers
    sex: Numbers
    place: Numbers
    place_sound: Numbers
    born_first: Numbers
    born_last: Numbers
    date_first: Numbers
    date_last: Numbers

    def __len__(self) -> int:
        return len(self.ids)


_COLUMNS: Final = tuple(field.name for field in fields(Columns))[3:]


class _Table:
    """Numbers for things in the order of their coming; make works a thing out from a text, once for each text."""

    def __init__(self, make: Callable[[str], str]) -> None:
        self.make = make
        self.of_text: dict[str, int] = {"": MISSING}
        self.of_thing: dict[str, int] = {}

    def number(self, text: str) -> int:
        found = self.of_text.get(text)
        if found is None:
            thing = self.make(text)
            found = self.of_text[text] = self.of_thing.setdefault(thing, len(self.of_thing)) if thing else MISSING
        return found


class _Names:
    """Names as numbers of words."""

    def __init__(self) -> None:
        self.words: list[NamePart] = []
        self.of_word: dict[str, int] = {}
        self.of_token: dict[str, int | None] = {}

    def _number(self, part: NamePart) -> int:
        found = self.of_word.setdefault(part.words, len(self.words))
        if found == len(self.words):
            self.words.append(part)
        return found

    def chain(self, name: str) -> list[int]:
        """The numbers of the names in a name, given name first."""
        numbers = []
        for token in name.split():
            if token not in self.of_token:
                part = lone_name(token)
                self.of_token[token] = None if part is None else self._number(part)
            found = self.of_token[token]
            if found is None:
                return [self._number(part) for part in name_chain(name)]
            numbers.append(found)
        return numbers


class _Days:
    """First and last days of dates."""

    def __init__(self) -> None:
        self.of_text: dict[str, tuple[int, int]] = {"": (NO_DAY, NO_DAY)}

    def of(self, text: str) -> tuple[int, int]:
        found = self.of_text.get(text)
        if found is None:
            interval = parse_edtf(text)
            found = (interval.first.toordinal(), interval.last.toordinal()) if interval else (NO_DAY, NO_DAY)
            self.of_text[text] = found
        return found


def _place_sound(place: str) -> str:
    digits = "".join(filter(str.isdigit, fold(place)))
    return f"{name_skeleton(place) or fold(place)}{digits}"


def read_columns(records: Iterable[ListedPerson]) -> Columns:
    """Turn records into columns.  Their order does not matter.

    Raises:
        MusterError: two records have one id (id_twice).
    """
    names, places, sounds, days, lists = _Names(), _Table(fold), _Table(_place_sound), _Days(), _Table(str)
    ids: list[str] = []
    rows = array("i")
    for r in records:
        ids.append(r.id)
        chain, fathers = names.chain(r.name), names.chain(r.father) if r.father else []
        given = chain[0] if chain else MISSING
        family = chain[-1] if len(chain) > 1 else MISSING
        between = fathers or chain[1:-1]
        father = between[0] if between else MISSING
        grandfather = between[1] if len(between) > 1 else MISSING
        rows.extend((lists.number(r.list_id), given, father, grandfather, family))
        rows.extend((_SEXES.get(r.sex, MISSING), places.number(r.place), sounds.number(r.place)))
        rows.extend((*days.of(r.born), *days.of(r.date)))
    order = sorted(range(len(ids)), key=ids.__getitem__)
    table = np.frombuffer(rows, dtype=np.int32).reshape(len(ids), len(_COLUMNS))[order].T.copy()
    ids = [ids[n] for n in order]
    twice = next((a for a, b in pairwise(ids) if a == b), None)
    if twice is not None:
        raise MusterError("id_twice", f"Two records have the id {twice!r}.", "Give every line of every list its own.")
    columns = dict(zip(_COLUMNS, table, strict=True))
    return Columns(ids=ids, lists=tuple(lists.of_thing), words=names.words, **columns)
