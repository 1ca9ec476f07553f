"""Sentences and clauses of Arabic and Persian text, without a parser."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from muster.extract.pattern_words import Hit, Vocabulary, Word
from muster.languages.numbers import NumberSpan
from muster.records import Reading

_ENDS: Final = re.compile(r"[.!?؟…](?=[\s»”\"]|$)[»”\"]?|\n+")
_LONGEST_SENTENCE = 2000  # characters
_PROSE: Final = frozenset({"paragraph", "list_item", "quoted", "title", "heading", "caption"})


@dataclass(frozen=True, slots=True)
class Clause:
    """Words first to end (exclusive) of a sentence, and the triggers in them."""

    first: int
    end: int
    hits: tuple[Hit, ...]


def sentences(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a reading's prose as (start, end) in its text, without white space around."""
    for block in reading.blocks:
        if block.kind not in _PROSE:
            continue
        text = reading.text[block.start : block.end]
        ends = sorted({found.end() for found in _ENDS.finditer(text)} | set(_forced_ends(text)))
        for start, end in zip([0, *ends], [*ends, len(text)], strict=True):
            inner = text[start:end]
            left = len(inner) - len(inner.lstrip())
            right = len(inner.rstrip())
            if left < right and any(map(str.isalpha, inner)):
                yield block.start + start + left, block.start + start + right


def _forced_ends(text: str) -> Iterator[int]:
    """Cut a text without full stops into stretches that can be worked on."""
    last = 0
    for found in re.finditer(r"\s", text):
        if found.end() - last > _LONGEST_SENTENCE:
            last = found.end()
            yield last


def _is_boundary(words: tuple[Word, ...], at: int, known: Vocabulary) -> bool:
    word = words[at]
    if word.token.kind == "mark":
        return word.token.fold in {"،", "؛", ":", ";", ",", "-"}
    tokens = tuple(w.token for w in words[at : at + 3])
    found = known.phrases("particles", "boundaries").at(tokens, 0)
    if found:
        return True
    if not word.conjoined:
        return False
    bare = replace(word.token, fold=word.fold)
    return known.phrases("particles", "boundaries").at((bare, *tokens[1:]), 0) is not None


def _begins_arabic(words: tuple[Word, ...], at: int, hits: tuple[Hit, ...], numbers: tuple[NumberSpan, ...]) -> bool:
    """Tell whether "and" before a verb, or before a number of victims, begins a clause of its own."""
    if any(span.start < words[at].start < span.end for span in numbers):
        return False
    lone = words[at].token.fold == "و"
    if not words[at].conjoined and not lone:
        return False
    start = at + lone
    if any(hit.first == start and hit.trigger.kind != "victim" for hit in hits):
        return True
    if start >= len(words):
        return False
    counted = any(span.number_start <= words[start].start < span.end for span in numbers)
    return counted and any(start <= hit.first <= start + 3 for hit in hits)


def _begins_persian(words: tuple[Word, ...], at: int, hits: tuple[Hit, ...]) -> bool:
    """Tell whether "and" follows a clause: a Persian clause ends with its verb."""
    return words[at].token.fold == "و" and any(hit.last in {at - 1, at - 2} for hit in hits)


def clauses(
    words: tuple[Word, ...],
    first: int,
    end: int,
    hits: tuple[Hit, ...],
    numbers: tuple[NumberSpan, ...],
    known: Vocabulary,
) -> tuple[Clause, ...]:
    """Cut words first to end into clauses; a stretch without a trigger stays with the one before it."""
    mine = tuple(hit for hit in hits if first <= hit.first and hit.last < end)
    inside = {at for hit in mine for at in range(hit.first + 1, hit.last + 1)}
    inside |= _appositions(words, first, end, known)
    cuts = [first]
    for at in range(first + 1, end):
        if at in inside:
            continue
        begins = (
            _begins_arabic(words, at, mine, numbers) if known.language == "ar" else _begins_persian(words, at, mine)
        )
        if begins or _is_boundary(words, at, known):
            cuts.append(at)
    made: list[Clause] = []
    for start, stop in zip(cuts, [*cuts[1:], end], strict=True):
        within = tuple(hit for hit in mine if start <= hit.first < stop)
        if not within and made and _continues(words, start, known):
            made[-1] = Clause(made[-1].first, stop, made[-1].hits)
        elif within:
            made.append(Clause(start, stop, within))
    return tuple(made)


def _appositions(words: tuple[Word, ...], first: int, end: int, known: Vocabulary) -> set[int]:
    """Return the commas around "X, the commander of Y, ...", which cut no clause."""
    commas = [at for at in range(first, end) if words[at].token.fold in {"،", ","}]
    found: set[int] = set()
    for opened, closed in itertools.pairwise(commas):
        if closed - opened <= 10 and known.is_noun(words[opened + 1], "role"):
            found |= {opened, closed}
    return found


def _continues(words: tuple[Word, ...], at: int, known: Vocabulary) -> bool:
    """Tell whether a stretch without a trigger belongs to the clause before it."""
    following = words[at + 1].fold if at + 1 < len(words) else ""
    return words[at].token.fold in {"،", ",", "-"} and (
        following.startswith("بينهم") or following in {"من", "بينهم", "بينها", "ازجمله", "ومن", "منهم"}
    )


def trimmed(
    words: tuple[Word, ...], first: int, end: int, known: Vocabulary, dated: frozenset[int] = frozenset()
) -> tuple[int, int]:
    """Return the stretch without marks and conjunctions around it, and without a date before it."""
    links = {"و", "ان", "بان", "که", "انه", "انها", "اما", "ولي", "لکن", "فيما", "بينما", "کما", "ثم", "همچنين", "سپس"}
    tokens = tuple(word.token for word in words)
    while first < end:
        found = known.phrases("particles", "boundaries").at(tokens, first)
        if words[first].token.kind == "mark" or words[first].fold in links or first in dated:
            first += 1
        elif found and found[0] < end:
            first = found[0]
        else:
            break
    while end > first and (words[end - 1].token.kind == "mark" or words[end - 1].fold in {"و", "که"}):
        end -= 1
    return first, end
