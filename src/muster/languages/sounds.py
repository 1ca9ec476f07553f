"""Names as strings of sounds, the same for every script, and how far two of them are apart.

Method: docs/method/names.md.  What letter is which sound is data: names.toml.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from muster.languages.scripts import fold, script_of

_VOWELS: Final = frozenset("aeiou")
_WEAK: Final = {"w": 0.25, "y": 0.25, "A": 0.35, "h": 0.5}
_OPENING_VOWEL: Final = 0.4
_WEAK_IN_ARABIC: Final = {"w": 0.8, "y": 0.8, "A": 0.35, "h": 0.6}
_DROP: Final = {"w": 0.15, "y": 0.15, "A": 0.25, "h": 0.4}
_DROP_IN_ARABIC: Final = {"w": 0.8, "y": 0.8, "A": 0.3, "h": 0.5}


@cache
def name_data() -> dict[str, Any]:
    """Read names.toml."""
    return tomllib.loads(files("muster.languages").joinpath("names.toml").read_text("utf-8"))


@cache
def _costs() -> dict[str, float]:
    costs = {}
    for a, b, cost in name_data()["costs"]["cheap"]:
        costs[a + b] = costs[b + a] = float(cost)
    return costs


@cache
def _letters(script: str) -> tuple[dict[str, str], re.Pattern[str]]:
    table: dict[str, str] = name_data()[script]
    longest_first = sorted(table, key=lambda letter: (-len(letter), letter))
    return table, re.compile("|".join(map(re.escape, longest_first)))


def _collapse(sounds: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sounds.replace("mb", "nb")).replace("·", "")


def _latin(word: str) -> str:
    table, pattern = _letters("latin")
    first = ""
    if word[0] in _VOWELS:
        opened = re.match(r"ou(?=[aeiou])", word)
        first = "W" if opened else "A"
        word = word[opened.end() if opened else 1 :] if opened or word[1:2] not in {"i", "y"} else word[1:]
        word = re.sub(r"^[uo](?=[^aeiou])", "", word) if first == "A" else word
    elif word[0] in "yw" or word[0] == "v":
        first, word = ("Y" if word[0] == "y" else "W"), word[1:]
    word = re.sub(r"(?<=[aeiou])h$", "", word)
    word = re.sub(r"(?<=[^aeiou])e$", "", word) if len(word) > 3 else word
    return first + "".join(table[found] for found in pattern.findall(word))


def _arabic(word: str) -> str:
    table, pattern = _letters("arabic")
    first = ""
    if word[0] in "اعء":
        first, word = "A", word[1:]
    elif word[0] in "يو":
        first, word = ("Y" if word[0] == "ي" else "W"), word[1:]
    if len(word) > 1 and word[-1] == "ه":
        word = word[:-1]
    return first + "".join(table[found] for found in pattern.findall(word))


def _cyrillic(word: str) -> str:
    table, pattern = _letters("cyrillic")
    first = "A" if word[0] in "аеиоуэы" else ("Y" if word[0] in "юяёй" else "")
    return first + "".join(table[found] for found in pattern.findall(word[1:] if first else word))


@lru_cache(maxsize=200_000)
def sounds_of(word: str) -> str:
    """Return the sounds of one word of a name: consonants, weak w and y, A for a vowel that begins it."""
    script = script_of(word)
    folded = fold(word)
    if not folded:
        return ""
    if script == "arabic":
        return _collapse(_arabic(folded))
    if script == "cyrillic":
        return _collapse(_cyrillic(folded))
    letters = re.sub(r"[^a-z']", "", folded)
    return _collapse(_latin(letters)) if letters.strip("'") else ""


def consonants(sounds: str) -> str:
    """Return what of the sounds every romaniser writes: the skeleton by which candidates are found."""
    merged = sounds.translate(str.maketrans("CJxqGgDzTpW", "Sjkkkkddsbw"))
    return "".join(sound for sound in merged if sound not in "wyAYh")


def weight(sounds: str, arabic: bool = False) -> float:
    """Return how much a string of sounds counts; consonants 1 each, weak sounds less."""
    weak = _WEAK_IN_ARABIC if arabic else _WEAK
    return sum(weak.get(sound, 1.0) for sound in sounds)


@lru_cache(maxsize=500_000)
def closeness(a: str, b: str, arabic: bool = False) -> float:
    """Return how alike two strings of sounds are, in 0..1.

    One less the weighted edit distance over the weight of the heavier.  arabic: both were written in
    Arabic script, where long vowels are written and so count more.
    """
    if a == b:
        return 1.0 if a else 0.0
    drop, costs = (_DROP_IN_ARABIC if arabic else _DROP), _costs()
    heavier = max(weight(a, arabic), weight(b, arabic))
    if not a or not b or abs(len(a) - len(b)) > 2 + heavier / 2:
        return 0.0
    opening = _OPENING_VOWEL if (a[0] == "A") != (b[0] == "A") else 0.0  # "Mina", "Amina"
    row = [opening]
    for sound in b:
        row.append(row[-1] + drop.get(sound, 1.0))
    for first in a:
        cost = drop.get(first, 1.0)
        above, row = row, [row[0] + cost]
        for column, second in enumerate(b):
            swap = above[column] + (0.0 if first == second else costs.get(first + second, 1.0))
            row.append(min(swap, above[column + 1] + cost, row[column] + drop.get(second, 1.0)))
    return max(0.0, 1.0 - row[-1] / heavier)
