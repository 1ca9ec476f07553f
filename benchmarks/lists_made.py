"""Made lists of people for benchmarks/lists.py: the same people in several lists, spelt as names are attested.

The spellings come from a file of names mined from Wikidata (spelling, Arabic letters, times seen); nothing of
Muster's own knows of them.  Everything else is drawn with a fixed seed.
"""

import csv
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

FIELDS = ("id", "list", "given", "father", "family", "born", "sex", "place", "date")

_LISTS = 5
_IN_A_LIST = 0.28  # how likely a person is in each list; those in none are left out
_PLACES = 150
# Letters that Arabic has and names from elsewhere are hardly ever written with.
_ARABIC_ONLY = re.compile("[حعصضطظقخ]")
_KEYS = "abcdefghijklmnopqrstuvwxyz"
_ARABIC_KEYS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


@dataclass(frozen=True, slots=True)
class Spelt:
    """A name in Arabic letters and its spellings in Latin ones, with the running sums of how often each was seen."""

    arabic: str
    latin: tuple[str, ...]
    sums: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Human:
    """A person as he is."""

    given: Spelt
    father: Spelt
    family: Spelt
    born: int
    sex: str
    place: str
    day: int


@dataclass(frozen=True, slots=True)
class Row:
    """A person as a list has him."""

    given: str
    father: str
    family: str
    born: str
    sex: str
    place: str
    date: str


def read_spellings(path: Path) -> list[Spelt]:
    """The names of a file of tab-separated lines (spelling, Arabic letters with spaces, times seen), commonest first.

    Latin letters are taken without marks.  A spelling that was seen less than five times and shares few letters
    with the commonest one is a slip of the mining (a surname beside a given name) and left out.
    """
    seen: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, arabic, times = line.split("\t")
        letters = unicodedata.normalize("NFKD", latin.replace(" ", ""))
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        word = arabic.replace(" ", "")
        if re.fullmatch("[a-z]{2,}", plain) and _ARABIC_ONLY.search(word) and len(word) >= 3:
            seen[word][plain] += int(times)
    names = []
    for word, spellings in seen.items():
        top = max(sorted(spellings), key=spellings.__getitem__)
        kept = {s: n for s, n in spellings.items() if n >= 5 or SequenceMatcher(None, s, top).ratio() >= 0.6}
        names.append(Spelt(word, tuple(kept), tuple(accumulate(kept.values()))))
    return sorted(names, key=lambda name: (-name.sums[-1], name.arabic))


def people(names: Sequence[Spelt], count: int, chance: random.Random, kin: bool = True) -> Iterator[Human]:
    """That many people; with kin, one in two has brothers, sisters, a son or a father among the others."""
    varied = [name for name in names if len(name.latin) > 1]
    often = list(accumulate(name.sums[-1] for name in varied))
    families = list(accumulate(1 / (n + 20) ** 0.7 for n in range(len(names))))
    made = 0
    while made < count:
        father, own = chance.choices(varied, cum_weights=often, k=2)
        (family,) = chance.choices(names, cum_weights=families)
        place = f"Place {chance.randrange(_PLACES)}"
        born, day = chance.randint(1930, 2005), chance.randrange(3000)
        yield Human(own, father, family, born, chance.choice("mf"), place, day)
        made += 1
        if kin and chance.random() < 0.2:
            taken = {own}
            for _ in range(chance.randint(1, 3)):
                while (sibling := chance.choices(varied, cum_weights=often)[0]) in taken:
                    pass
                taken.add(sibling)
                day_too = day if chance.random() < 0.5 else chance.randrange(3000)
                yield Human(sibling, father, family, born + chance.randint(-9, 9), chance.choice("mf"), place, day_too)
                made += 1
        if kin and chance.random() < 0.08:
            grandfather = chance.choices(varied, cum_weights=often)[0]
            yield Human(father, grandfather, family, born - chance.randint(19, 45), "m", place, day)
            made += 1


def _spell(name: Spelt, arabic: bool, chance: random.Random) -> str:
    return name.arabic if arabic else chance.choices(name.latin, cum_weights=name.sums)[0]


def _mistyped(word: str, arabic: bool, chance: random.Random) -> str:
    at, key = chance.randrange(len(word)), chance.choice(_ARABIC_KEYS if arabic else _KEYS)
    return chance.choice([word[:at] + word[at + 1 :], word[:at] + key + word[at:], word[:at] + key + word[at + 1 :]])


def _date(day: int) -> str:
    return f"{2011 + day // 365}-{day % 365 // 31 + 1:02}-{day % 28 + 1:02}"


def _true_row(human: Human, arabic: bool, chance: random.Random) -> Row:
    given, father, family = (_spell(name, arabic, chance) for name in (human.given, human.father, human.family))
    return Row(given, father, family, str(human.born), human.sex, human.place, _date(human.day))


def _again(row: Row, human: Human, arabic: bool, chance: random.Random) -> Row:
    """The row of a person whom another list has already: other spellings, slips, gaps."""

    def name(as_before: str, spelt: Spelt) -> str:
        written = (
            _spell(spelt, arabic, chance) if arabic != _is_arabic(as_before) or chance.random() < 0.45 else as_before
        )
        return _mistyped(written, arabic, chance) if chance.random() < 0.035 and len(written) > 3 else written

    given, father, family = name(row.given, human.given), name(row.father, human.father), name(row.family, human.family)
    if chance.random() < 0.15:
        article = "ال" if arabic else "al-"
        family = family.removeprefix(article) if family.startswith(article) else article + family
    row = replace(row, given=given, father=father, family=family)
    if chance.random() < 0.25:
        row = replace(row, father="")
    if chance.random() < 0.27:
        row = replace(row, born=str(human.born + chance.choice((-2, -1, -1, 1, 1, 2))))
    if chance.random() < 0.12:
        row = replace(row, place=f"Place {chance.randrange(_PLACES)}")
    if chance.random() < 0.2:
        row = replace(row, date=_date(max(0, human.day + chance.choice((-7, -1, -1, 1, 1, 7)))))
    return replace(row, sex=chance.choice("mf")) if chance.random() < 0.02 else row


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def write_lists(
    names: Sequence[Spelt], records: int, arabic_lists: int, folder: Path, seed: int = 1, *, kin: bool = True
) -> int:
    """Write records.csv (FIELDS) and truth.csv (record, person) of about that many records; return how many.

    Of the five lists the last arabic_lists are in Arabic letters.  Each has a person once at most.
    """
    chance = random.Random(seed)
    rows = []
    for number, human in enumerate(people(names, round(records / 1.4), chance, kin)):
        before: Row | None = None
        for n_list in [n for n in range(_LISTS) if chance.random() < _IN_A_LIST]:
            arabic = n_list >= _LISTS - arabic_lists
            row = _again(before, human, arabic, chance) if before else _true_row(human, arabic, chance)
            before = before or row
            born = "" if chance.random() < 0.22 else row.born
            date = "" if chance.random() < 0.3 else row.date
            rows.append((n_list, replace(row, born=born, date=date), number))
    chance.shuffle(rows)
    with (folder / "records.csv").open("w", newline="") as out, (folder / "truth.csv").open("w", newline="") as truth:
        written, true = csv.writer(out), csv.writer(truth)
        written.writerow(FIELDS)
        true.writerow(("id", "person"))
        for n, (n_list, r, person) in enumerate(rows):
            written.writerow((n, f"list{n_list}", r.given, r.father, r.family, r.born, r.sex, r.place, r.date))
            true.writerow((n, person))
    return len(rows)
