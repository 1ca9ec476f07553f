"""Names of persons and groups: their parts, their skeleton, and whether two spellings are one name.

Order counts: "Salman son of Muhammad" is not "Muhammad son of Salman".  Method: docs/method/names.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from muster.languages.scripts import fold, script_of
from muster.languages.sounds import closeness, consonants, name_data, sounds_of, weight

# At or above it two names are held to be spellings of one: measured, docs/method/names.md.
NAME_THRESHOLD: Final = 0.7

_WORST_PART = 0.78  # a part under it is another name, whatever the rest says
_WORST_JOINED = 0.8  # the same where words are joined to be compared
_CONFLICT = 0.6  # at most, where each has a word the other lacks, or they share one word only
_MAX_JOINED = 3  # "Abd al-Fattah" against "Abdelfattah"
_WORD: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640'’ʿʾ`])*\.?")


@dataclass(frozen=True, slots=True)
class NamePart:
    """One word of a name as written, its sounds, and its key in given_names.tsv if it stands there."""

    words: str
    sounds: str
    known: str | None
    arabic: bool
    light: bool


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


def _split_start(word: str) -> list[str]:
    """Split "abdelfattah" and "ابوالحسن" where their first word ends; drop an Arabic article."""
    script = script_of(word)
    if word in _given_names():
        return [word]
    for start, first in name_data()["splits"].get(script, {}).items():
        folded = fold(start)
        if word.startswith(folded) and len(word) >= len(folded) + 3:
            return [fold(first), word[len(folded) :]]
    if script == "arabic" and word.startswith("ال") and len(word) >= 5:
        return [word[2:]]
    return [word]


def _words(name: str) -> list[str]:
    """Return the words of a name in the order given name first, without titles and particles."""
    left, comma, right = name.partition(",")
    if comma and right.strip() and "," not in right:
        name = f"{right} {left}"
    name = name.replace("،", " ").replace("ه\u200c", "ه ")
    words = [found.rstrip(".") for found in _WORD.findall(name.replace("\u200c", " "))]
    folded = [fold(word) for word in words]
    first = next((at for at, word in enumerate(folded) if word not in _titles()), 0)
    parts = [part for word in folded[first:] for part in _split_start(word)]
    return [part for part in parts if part not in _particles()] or parts


@lru_cache(maxsize=200_000)
def _parts(name: str) -> tuple[NamePart, ...]:
    parts = []
    for word in _words(name):
        key = _light_words().get(word)
        sounds = sounds_of(key or word)
        if sounds:
            known = _given_names().get(word)
            parts.append(NamePart(word, sounds, known, script_of(word) == "arabic", key is not None))
    return tuple(parts)


def name_parts(name: str) -> tuple[str, ...]:
    """Return the folded words of a name that tell it apart: no titles, articles, "bin" or "ibn".

    "Soleimani, Qasem" is turned round.  A name of titles only ("the General") keeps them.
    """
    return tuple(part.words for part in _parts(name))


def skeleton(name: str) -> str:
    """Return the consonants of a name, word by word, alike in Latin, Arabic and Cyrillic script.

    For finding candidates: sounds that romanisers mix are one letter, vowels, h and glides are out.
    """
    return " ".join(filter(None, (consonants(part.sounds) for part in _parts(name))))


def _joined(parts: Sequence[NamePart]) -> str:
    return "".join(part.sounds for part in parts)


def _alike(a: Sequence[NamePart], b: Sequence[NamePart]) -> float:
    """Return how alike two runs of parts sound, 0..1."""
    if len(a) == len(b) == 1 and a[0].known and b[0].known:
        return 1.0 if a[0].known == b[0].known else 0.0
    arabic = all(part.arabic for part in (*a, *b))
    return closeness(_joined(a), _joined(b), arabic)


def _load(parts: Sequence[NamePart]) -> float:
    return sum(min(3.0, 1.0 + 0.5 * weight(part.sounds)) * (0.4 if part.light else 1.0) for part in parts)


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A way to lay two names beside each other: what agrees, its weight, and what each has left over."""

    gain: float = 0.0
    matched: tuple[tuple[str, str, float], ...] = ()
    only_a: tuple[int, ...] = ()
    only_b: tuple[int, ...] = ()


def _blocks(a: Sequence[NamePart], b: Sequence[NamePart], i: int, j: int) -> list[tuple[int, int, float]]:
    found = []
    for n in range(1, min(_MAX_JOINED, len(a) - i) + 1):
        for m in range(1, min(_MAX_JOINED, len(b) - j) + 1):
            if n > 1 and m > 1:
                continue
            alike = _alike(a[i : i + n], b[j : j + m])
            if alike >= (_WORST_PART if n == m == 1 else _WORST_JOINED):
                found.append((n, m, alike))
    return found


def _align(a: tuple[NamePart, ...], b: tuple[NamePart, ...]) -> _Aligned:
    """Lay two names beside each other, in order, joining up to three words to one."""
    best: dict[tuple[int, int], _Aligned] = {(len(a), len(b)): _Aligned()}
    for i in range(len(a), -1, -1):
        for j in range(len(b), -1, -1):
            if (i, j) == (len(a), len(b)):
                continue
            ways = []
            if i < len(a):
                rest = best[i + 1, j]
                ways.append(replace(rest, only_a=(i, *rest.only_a)))
            if j < len(b):
                rest = best[i, j + 1]
                ways.append(replace(rest, only_b=(j, *rest.only_b)))
            for n, m, alike in _blocks(a, b, i, j) if i < len(a) and j < len(b) else ():
                rest = best[i + n, j + m]
                gain = rest.gain + alike * (_load(a[i : i + n]) + _load(b[j : j + m]))
                pair = (" ".join(p.words for p in a[i : i + n]), " ".join(p.words for p in b[j : j + m]), alike)
                ways.append(replace(rest, gain=gain, matched=(pair, *rest.matched)))
            best[i, j] = max(ways, key=lambda way: (way.gain, -len(way.matched)))
    return best[0, 0]


def _left_out(a: tuple[NamePart, ...], b: tuple[NamePart, ...], aligned: _Aligned) -> float:
    """Return the weight of words that only one name has, between words that both have."""
    longer, only = (a, aligned.only_a) if aligned.only_a else (b, aligned.only_b)
    return _load([longer[at] for at in only if 0 < at < len(longer) - 1])


def compare(a: str, b: str) -> tuple[float, str]:
    """Return how sure it is that two names are spellings of one, in 0..1, and a sentence why.

    NAME_THRESHOLD or more: one name.  Words are compared in order; one side may leave out a middle
    name; a word that is clearly another name decides against.  Symmetric.
    """
    if a > b:
        a, b = b, a
    first, second = _parts(a), _parts(b)
    if not first or not second:
        return 0.0, f"“{a}” and “{b}” cannot be compared."
    aligned = _align(first, second)
    if not aligned.matched:
        return 0.0, f"“{a}” and “{b}” share no word."
    total = _load(first) + _load(second)
    score = min(1.0, aligned.gain / max(0.1, total - 0.6 * _left_out(first, second, aligned)))
    rest = [first[at].words for at in aligned.only_a] + [second[at].words for at in aligned.only_b]
    if rest and ((aligned.only_a and aligned.only_b) or len(aligned.matched) < 2):
        score = min(score, _CONFLICT)
    pairs = ", ".join(f"{x} = {y}" if x != y else x for x, y, _ in aligned.matched)
    more = f"; unmatched: {', '.join(rest)}" if rest else ""
    return score, f"“{a}” and “{b}” sound alike at {score:.2f}: {pairs}{more}."


def similarity(a: str, b: str) -> float:
    """Return the score of `compare`."""
    return _score(a, b) if a <= b else _score(b, a)


@lru_cache(maxsize=200_000)
def _score(a: str, b: str) -> float:
    return compare(a, b)[0]


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name in given_names.tsv."""
    return fold(word) in _given_names()


def is_title(word: str) -> bool:
    """Tell whether a word is a title ("General", "الشيخ") in English, Arabic or Persian."""
    return fold(word) in _titles()
