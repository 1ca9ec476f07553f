"""Names of persons and groups: their parts, their skeleton, and whether two spellings are one name.

Order counts: "Salman son of Muhammad" is not "Muhammad son of Salman".  Method: docs/method/names.md.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import inf
from operator import add
from typing import Final, NamedTuple

from muster.languages.scripts import fold, script_of
from muster.languages.sounds import bulk, closeness, consonants, most_bits, name_data, outline, sounds_of, weight

# At or above it two names are held to be spellings of one: measured, docs/method/names.md.
NAME_THRESHOLD: Final = 0.7

_WORST_PART = 0.78  # a part under it is another name, whatever the rest says
_WORST_JOINED = 0.8  # the same where words are joined to be compared
_CONFLICT = 0.6  # at most, where each has a word the other lacks, or they share one word only
_JOINS_NEXT = frozenset({"abd", "abu", "umm"})
_JOINS_BEFORE = frozenset({"din", "allah"})
_MAX_JOINED = 3  # "Abd al-Fattah" against "Abdelfattah"
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640'’ʿʾ`])*\.?")


class NamePart(NamedTuple):
    """One word of a name as written, its sounds, and its key in given_names.tsv if it stands there.

    light is the key of a word that names nobody by itself (abd, abu, din), weighs what it counts in a
    name; sound_weight and bulk are those of its sounds.
    """

    words: str
    sounds: str
    known: str | None
    arabic: bool
    light: str | None
    weighs: float
    sound_weight: float
    bulk: float


@cache
def _titles() -> frozenset[str]:
    titles = name_data()["titles"]
    return frozenset(fold(title) for language in titles for title in titles[language])


@cache
def _particles() -> frozenset[str]:
    return frozenset(fold(word) for words in name_data()["particles"].values() for word in words)


@cache
def _light_words() -> dict[str, str]:
    return {fold(form): key for key, forms in name_data()["same_words"].items() for form in forms}


@cache
def _given_names() -> dict[str, str]:
    text = files("muster.languages").joinpath("given_names.tsv").read_text("utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            key, *forms = line.split("|")
            found.update({fold(form): key for form in [key, *forms]})
    return found


@cache
def _splits() -> dict[str, list[tuple[str, str]]]:
    return {
        script: [(fold(start), fold(first)) for start, first in splits.items()]
        for script, splits in name_data()["splits"].items()
    }


@lru_cache(maxsize=200_000)
def _split_start(word: str) -> tuple[str, ...]:
    """Split "abdelfattah" and "ابوالحسن" where their first word ends; drop an Arabic article."""
    script = script_of(word)
    if word in _given_names():
        return (word,)
    for start, first in _splits().get(script, ()):
        if word.startswith(start) and len(word) >= len(start) + 3:
            return first, word[len(start) :]
    if script == "arabic" and word.startswith("ال") and len(word) >= 5:
        return (word[2:],)
    return (word,)


def _words(name: str) -> list[str]:
    """Return the words of a name in the order given name first, without titles and particles."""
    left, comma, right = name.partition(",")
    if comma and right.strip() and "," not in right:
        name = f"{right} {left}"
    if not name.isascii():
        name = name.replace("،", " ").replace("ه\u200c", "ه ").replace("\u200c", " ")
    folded = [fold(word.rstrip(".")) for word in _WORD.findall(name)]
    titles, particles = _titles(), _particles()
    first = 0
    while first < len(folded) and folded[first] in titles:
        first += 1
    words = folded[first:] if first < len(folded) else folded
    parts = [part for word in words for part in _split_start(word)]
    return [part for part in parts if part not in particles] or parts


@lru_cache(maxsize=200_000)
def _part(word: str) -> NamePart:
    key = _light_words().get(word)
    sounds = sounds_of(key or word)
    weighs = min(3.0, 1.0 + 0.5 * weight(sounds)) * (0.4 if key else 1.0)
    arabic = script_of(word) == "arabic"
    known = _given_names().get(word)
    return NamePart(word, sounds, known, arabic, key, weighs, weight(sounds, arabic), bulk(sounds))


class _Run(NamedTuple):
    """One to three words of a name that follow one another, from word number at; compared as one word."""

    at: int
    n: int
    sounds: str
    arabic: bool


#: Of a run: its key as a given name, the bits of its `outline`, its far bits, how many may be far, and the run.
_Sketch = tuple[str | None, int, int, int, _Run]


class _Name(NamedTuple):
    """A name made ready: its parts and what they weigh, sketches of its single words, and of all its runs.

    lightest and low are the least that two joined words amount to, in bulk, and in bulk less what may
    be lost; bulkiest and high the most that a single word amounts to, in bulk, and with what may be lost.
    """

    parts: tuple[NamePart, ...]
    weighs: tuple[float, ...]
    words: tuple[_Sketch, ...]
    runs: tuple[_Sketch, ...]
    lightest: float
    low: float
    bulkiest: float
    high: float


@lru_cache(maxsize=200_000)
def _ready(name: str) -> _Name:
    parts = tuple([part for part in map(_part, _words(name)) if part.sounds])
    count = len(parts)
    runs = [
        _sketch(parts[at:end], at) for at in range(count) for end in range(at + 1, min(at + _MAX_JOINED, count) + 1)
    ]
    bulks = [part.bulk for part in parts]
    lost = [(1.0 - _WORST_JOINED) * part.sound_weight for part in parts]
    return _Name(
        parts,
        tuple([part.weighs for part in parts]),
        tuple([sketch for sketch in runs if sketch[-1].n == 1]),
        tuple(runs),
        min(map(add, bulks, bulks[1:]), default=inf),
        min([x + y - u - v for x, y, u, v in zip(bulks, bulks[1:], lost, lost[1:], strict=False)], default=inf),
        max(bulks, default=0.0),
        max(bulks, default=0.0) + max(lost, default=0.0),
    )


def _sketch(parts: tuple[NamePart, ...], at: int) -> _Sketch:
    sounds = "".join([part.sounds for part in parts])
    bits, far = outline(sounds)
    most = most_bits(sum([part.sound_weight for part in parts]), _WORST_PART)
    known = parts[0].known if len(parts) == 1 else None
    return known, bits, far, most, _Run(at, len(parts), sounds, all(part.arabic for part in parts))


def name_parts(name: str) -> tuple[str, ...]:
    """Return the folded words of a name that tell it apart: no titles, articles, "bin" or "ibn".

    "Soleimani, Qasem" is turned round.  A name of titles only ("the General") keeps them.
    """
    return tuple(part.words for part in _ready(name).parts)


def name_chain(name: str) -> tuple[NamePart, ...]:
    """Return the names in a name, in order: "Ali Hasan Abd al-Rahman Rawi" has four.

    "Abd", "Abu" and "Umm" are one with what follows, "al-Din" and "Allah" with what stands before.
    """
    chain: list[NamePart] = []
    opened = False
    for part in filter(_has_sounds, map(_part, _words(name))):
        if chain and (opened or part.light in _JOINS_BEFORE):
            chain[-1] = _one(chain[-1], part)
        else:
            chain.append(part)
        opened = part.light in _JOINS_NEXT
    return tuple(chain)


def lone_name(word: str) -> NamePart | None:
    """Return the one name that a word without white space is wherever it stands; None where that depends."""
    words = _words(word)
    chain = name_chain(word)
    if len(chain) != 1 or "," in word or is_title(word) or words[0] in _particles():
        return None
    first, last = _light_words().get(words[0]), _light_words().get(words[-1])
    return None if first in _JOINS_BEFORE or last in _JOINS_NEXT else chain[0]


def _has_sounds(part: NamePart) -> bool:
    return bool(part.sounds)


def _one(a: NamePart, b: NamePart) -> NamePart:
    return NamePart(
        f"{a.words} {b.words}",
        a.sounds + b.sounds,
        _given_names().get(a.words + b.words),
        a.arabic and b.arabic,
        None,
        a.weighs + b.weighs,
        a.sound_weight + b.sound_weight,
        a.bulk + b.bulk,
    )


def skeleton(name: str) -> str:
    """Return the consonants of a name, word by word, alike in Latin, Arabic and Cyrillic script.

    For finding candidates: sounds that romanisers mix are one letter, vowels, h and glides are out.
    """
    return " ".join(filter(None, (consonants(part.sounds) for part in _ready(name).parts)))


class _Block(NamedTuple):
    """Words i to i+n of one name and j to j+m of the other, which sound alike; gain is what that weighs."""

    i: int
    j: int
    n: int
    m: int
    alike: float
    gain: float


def _blocks(a: _Name, b: _Name) -> list[_Block]:
    """Return every two runs of words that sound alike, two joined runs excepted."""
    found = []
    # A name that is too bulky for it cannot have two words of which the other made one.
    runs_a = a.words if a.low > b.bulkiest and a.lightest > b.high else a.runs
    runs_b = b.words if b.low > a.bulkiest and b.lightest > a.high else b.runs
    for known_a, bits_a, far_a, most_a, (i, n, sounds_a, arabic_a) in runs_a:
        for known_b, bits_b, far_b, most_b, run in runs_b if n == 1 else b.words:
            if known_a and known_b:
                alike = 1.0 if known_a == known_b else 0.0
            else:
                if (bits_a & far_b).bit_count() > (most_a if most_a > most_b else most_b):
                    continue  # no alignment of their sounds can be close enough
                if (bits_b & far_a).bit_count() > (most_a if most_a > most_b else most_b):
                    continue
                alike = closeness(sounds_a, run.sounds, arabic_a and run.arabic, _WORST_PART)
            j, m = run.at, run.n
            if alike >= (_WORST_PART if n == m == 1 else _WORST_JOINED):
                weighs = sum(a.weighs[i : i + n]) + sum(b.weighs[j : j + m])
                found.append(_Block(i, j, n, m, alike, alike * weighs))
    return found


def _in_order(blocks: list[_Block]) -> list[_Block]:
    """Return those blocks, one after the other in both names, that gain most; of two ways the one with fewer."""
    for before, after in pairwise(blocks):
        if after.i < before.i + before.n or after.j < before.j + before.m:
            break
    else:
        return blocks
    blocks.sort(reverse=True)
    ways: list[tuple[float, list[_Block]]] = []
    for block in blocks:
        i, j = block.i + block.n, block.j + block.m
        rests = [way for way in ways if way[1][0].i >= i and way[1][0].j >= j]
        gain, rest = max(rests, key=_merit) if rests else (0.0, [])
        ways.append((block.gain + gain, [block, *rest]))
    return max(ways, key=_merit)[1]


def _merit(way: tuple[float, list[_Block]]) -> tuple[float, int]:
    return way[0], -len(way[1])


def _lay(a: _Name, b: _Name) -> tuple[float, list[_Block], list[int], list[int]]:
    """Lay two names beside each other: the score, what agrees, and the numbers of the words each has left over."""
    blocks = _in_order(_blocks(a, b))
    if not blocks:
        return 0.0, [], [], []
    only_a: list[int] = []
    only_b: list[int] = []
    i, j, gain = 0, 0, 0.0
    for block in blocks:
        only_a.extend(range(i, block.i))
        only_b.extend(range(j, block.j))
        i, j, gain = block.i + block.n, block.j + block.m, gain + block.gain
    only_a.extend(range(i, len(a.parts)))
    only_b.extend(range(j, len(b.parts)))
    longer, only = (a.weighs, only_a) if only_a else (b.weighs, only_b)
    left_out = sum([longer[at] for at in only if 0 < at < len(longer) - 1])
    score = min(1.0, gain / max(0.1, sum(a.weighs) + sum(b.weighs) - 0.6 * left_out))
    if (only_a and only_b) or ((only_a or only_b) and len(blocks) < 2):
        score = min(score, _CONFLICT)
    return score, blocks, only_a, only_b


def compare(a: str, b: str) -> tuple[float, str]:
    """Return how sure it is that two names are spellings of one, in 0..1, and a sentence why.

    NAME_THRESHOLD or more: one name.  Words are compared in order; one side may leave out a middle
    name; a word that is clearly another name decides against.  Symmetric.
    """
    if a > b:
        a, b = b, a
    first, second = _ready(a), _ready(b)
    if not first.parts or not second.parts:
        return 0.0, f"“{a}” and “{b}” cannot be compared."
    score, blocks, only_a, only_b = _lay(first, second)
    if not blocks:
        return 0.0, f"“{a}” and “{b}” share no word."
    rest = [first.parts[at].words for at in only_a] + [second.parts[at].words for at in only_b]
    pairs = [(_said(first, x.i, x.n), _said(second, x.j, x.m)) for x in blocks]
    agree = ", ".join(f"{x} = {y}" if x != y else x for x, y in pairs)
    more = f"; unmatched: {', '.join(rest)}" if rest else ""
    return score, f"“{a}” and “{b}” sound alike at {score:.2f}: {agree}{more}."


def _said(name: _Name, at: int, n: int) -> str:
    return " ".join(part.words for part in name.parts[at : at + n])


@lru_cache(maxsize=200_000)
def similarity(a: str, b: str) -> float:
    """Return the score of `compare`."""
    first, second = (_ready(a), _ready(b)) if a <= b else (_ready(b), _ready(a))
    return _lay(first, second)[0]


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name in given_names.tsv."""
    return fold(word) in _given_names()


def is_title(word: str) -> bool:
    """Tell whether a word is a title ("General", "الشيخ") in English, Arabic or Persian."""
    return fold(word) in _titles()
