"""Names as strings of sounds, the same for every script, and how far two of them are apart.

Method: docs/method/names.md.  What letter is which sound is data: names.toml.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, Final

from muster.languages.scripts import fold, script_of

_VOWELS: Final = frozenset("aeiou")
_WEAK: Final = {"w": 0.25, "y": 0.25, "A": 0.35, "h": 0.5}
_OPENING_VOWEL: Final = 0.4
_WEAK_IN_ARABIC: Final = {"w": 0.8, "y": 0.8, "A": 0.35, "h": 0.6}
_DOUBLED: Final = re.compile(r"(.)\1+")
_OU: Final = re.compile(r"ou(?=[aeiou])")
_SECOND_VOWEL: Final = re.compile(r"^[uo](?=[^aeiou])")
_NOT_LATIN: Final = re.compile(r"[^a-z']")
_MERGED: Final = str.maketrans("CJxqGgDzTp", "Sjkkkkddsb", "wWyAYh")
_SOUNDS: Final = "ACDGJSTWYbdfghjklmnpqrstwxyz"
_STEPS: Final = 5  # a cost is rounded down to so many parts of 1 to be counted as bits
_DROP: Final = {"w": 0.15, "y": 0.15, "A": 0.25, "h": 0.4}
_DROP_IN_ARABIC: Final = {"w": 0.8, "y": 0.8, "A": 0.3, "h": 0.5}


@cache
def name_data() -> dict[str, Any]:
    """Read names.toml."""
    return tomllib.loads(files("muster.languages").joinpath("names.toml").read_text("utf-8"))


@cache
def _costs() -> dict[str, dict[str, float]]:
    """Return for each sound what it costs to hear it for another; a pair that is not there costs 1."""
    costs = {sound: {sound: 0.0} for sound in _SOUNDS}
    for a, b, cost in name_data()["costs"]["cheap"]:
        costs[a][b] = costs[b][a] = float(cost)
    return costs


@cache
def _letters(script: str) -> tuple[dict[str, str], re.Pattern[str]]:
    table: dict[str, str] = name_data()[script]
    longest_first = sorted(table, key=lambda letter: (-len(letter), letter))
    return table, re.compile("|".join(map(re.escape, longest_first)))


def _collapse(sounds: str) -> str:
    return _DOUBLED.sub(r"\1", sounds.replace("mb", "nb")).replace("·", "")


def _latin(word: str) -> str:
    table, pattern = _letters("latin")
    first = ""
    if word[0] in _VOWELS:
        opened = _OU.match(word)
        first = "W" if opened else "A"
        word = word[opened.end() if opened else 1 :] if opened or word[1:2] not in {"i", "y"} else word[1:]
        word = _SECOND_VOWEL.sub("", word) if first == "A" else word
    elif word[0] in "yw" or word[0] == "v":
        first, word = ("Y" if word[0] == "y" else "W"), word[1:]
    if word[-1:] == "h" and word[-2:-1] in _VOWELS:
        word = word[:-1]
    if len(word) > 3 and word[-1] == "e" and word[-2] not in _VOWELS:
        word = word[:-1]
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
    letters = folded if folded.isascii() and folded.isalpha() else _NOT_LATIN.sub("", folded)
    return _collapse(_latin(letters)) if letters.strip("'") else ""


def consonants(sounds: str) -> str:
    """Return what of the sounds every romaniser writes: the skeleton by which candidates are found."""
    return sounds.translate(_MERGED)


@lru_cache(maxsize=200_000)
def weight(sounds: str, arabic: bool = False) -> float:
    """Return how much a string of sounds counts; consonants 1 each, weak sounds less."""
    weak = _WEAK_IN_ARABIC if arabic else _WEAK
    return sum([weak.get(sound, 1.0) for sound in sounds])


@lru_cache(maxsize=200_000)
def _drops(sounds: str, arabic: bool) -> tuple[float, ...]:
    """Return what it costs to drop the first sound, the first two, and so on, from none to all."""
    drop = _DROP_IN_ARABIC if arabic else _DROP
    return tuple(accumulate([drop.get(sound, 1.0) for sound in sounds], initial=0.0))


@cache
def _bits() -> tuple[dict[str, int], dict[str, int], int]:
    """Return the bits of each sound, those of all sounds by their costs beside it, and by the costs to drop them."""
    own, beside, dropped = {}, {}, 0
    for n, sound in enumerate(_SOUNDS):
        own[sound] = ((1 << _STEPS) - 1) << (n * _STEPS)
        dropped |= _cost_bits(n, _DROP.get(sound, 1.0))
    for sound in _SOUNDS:
        costs = _costs()[sound]
        beside[sound] = sum(_cost_bits(n, costs.get(other, 1.0)) for n, other in enumerate(_SOUNDS))
    return own, beside, dropped


def _cost_bits(n: int, cost: float) -> int:
    return ((1 << int(cost * _STEPS + 1e-9)) - 1) << (n * _STEPS)


@lru_cache(maxsize=200_000)
def outline(sounds: str) -> tuple[int, int]:
    """Return two sets of bits of a string of sounds, for `too_far`: its sounds, and what is far from all of them.

    A sound has a bit for each fifth of what it may cost, and so again for its second occurrence.
    """
    own, beside, far = _bits()
    once = twice = 0
    for sound in sounds:
        bits = own[sound]
        twice |= once & bits
        once |= bits
        far &= beside[sound]
    shift = len(_SOUNDS) * _STEPS
    return once | twice << shift, far | far << shift


def most_bits(weighs: float, worst: float) -> int:
    """Return how many bits of `outline` may be far where closeness to nothing heavier is to reach worst."""
    return int((1.0 - worst) * weighs * _STEPS + 1e-6)


@cache
def _bulks() -> dict[str, float]:
    """Return for each sound the least it takes to be rid of it: to drop it, or to hear it for one that is dropped."""
    bulks = {sound: _DROP.get(sound, 1.0) for sound in _SOUNDS}
    for _ in _SOUNDS:
        bulks = {x: min(bulks[y] + cost for y, cost in _costs()[x].items()) for x in _SOUNDS}
    return bulks


@lru_cache(maxsize=200_000)
def bulk(sounds: str) -> float:
    """Return a number by which two strings of sounds never differ more than by their edit distance."""
    bulks = _bulks()
    return sum([bulks[sound] for sound in sounds])


@lru_cache(maxsize=500_000)
def closeness(a: str, b: str, arabic: bool = False, worst: float = 0.0) -> float:
    """Return how alike two strings of sounds are, in 0..1; 0 where that is less than worst.

    One less the weighted edit distance over the weight of the heavier.  arabic: both were written in
    Arabic script, where long vowels are written and so count more.
    """
    if a == b:
        return 1.0 if a else 0.0
    heavier = max(weight(a, arabic), weight(b, arabic))
    most = (1.0 - worst) * heavier + 1e-9
    if not a or not b or abs(len(a) - len(b)) > 2 + heavier / 2 or abs(bulk(a) - bulk(b)) > most:
        return 0.0
    drop, costs = (_DROP_IN_ARABIC if arabic else _DROP), _costs()
    opening = _OPENING_VOWEL if (a[0] == "A") != (b[0] == "A") else 0.0  # "Mina", "Amina"
    row = [opening + cost for cost in _drops(b, arabic)]
    for first in a:
        cost, swaps = drop.get(first, 1.0), costs[first]
        diagonal = row[0]
        left = diagonal + cost
        below = [left]
        for second, above in zip(b, row[1:], strict=True):
            best = diagonal + swaps.get(second, 1.0)
            if above + cost < best:
                best = above + cost
            left += drop.get(second, 1.0)
            if left > best:
                left = best
            below.append(left)
            diagonal = above
        row = below
        if min(row) > most:
            return 0.0
    return max(0.0, 1.0 - row[-1] / heavier) if row[-1] <= most else 0.0
