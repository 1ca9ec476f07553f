"""How likely a statement is to be right: a logistic model over a few signs that anyone can read.

A statement shows signs ("act=kill", "actor=own", "inside another"); each has a weight in confidence.tsv; their sum
is the log-odds that a careful reader would record the same act in the same words ("right"), or that he would
and speaker, number and polarity are right as well ("in full").  Method and figures: docs/method/confidence.md;
`benchmarks/confidence.py fit` writes the weights anew.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from math import exp
from typing import Literal

from muster.records import Reading, Statement, Words

Keep = Literal["strict", "balanced", "wide"]
#: The least confidence at which a statement is kept.  What each costs and brings: docs/method/confidence.md.
LEAST: Mapping[Keep, float] = {"strict": 0.8, "balanced": 0.3, "wide": 0.0}
BIAS = "any"
_NOUN = 0.5  # the extractors' own certainty of an act that a noun names, at most
_PRONOUNS = frozenset({
    "he", "she", "they", "it", "we", "i", "you", "who", "which", "him", "her", "them", "us", "his", "its", "their",
    "our", "this", "that", "these", "those", "one", "some",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Log-odds by sign; a sign that is not there weighs nothing."""

    right: Mapping[str, float]
    in_full: Mapping[str, float]


@cache
def weights() -> Weights:
    """The weights that ship: confidence.tsv."""
    text = files("muster.extract").joinpath("confidence.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return Weights(
        right={sign: float(right) for sign, right, _, _ in rows},
        in_full={sign: float(in_full) for sign, _, in_full, _ in rows},
    )


def weighed(reading: Reading, statements: Sequence[Statement], by: Weights | None = None) -> tuple[Statement, ...]:
    """The statements of one reading, in their order, each with its confidence.

    What comes in is all that one extractor found, with the extractor's own certainty as confidence, which tells
    acts that a mere noun names.
    """
    by = by or weights()
    return tuple(
        replace(s, confidence=_probability(shown, by.right), confidence_in_full=_probability(shown, by.in_full))
        for s, shown in zip(statements, signs(reading, statements), strict=True)
    )


def kept(statements: Iterable[Statement], keep: Keep) -> tuple[Statement, ...]:
    """Those sure enough for a setting."""
    return tuple(s for s in statements if s.confidence >= LEAST[keep])


def signs(reading: Reading, statements: Sequence[Statement]) -> list[tuple[str, ...]]:
    """What speaks for and against each statement, in their order; every statement shows BIAS."""
    rows = [(b.start, b.end) for b in reading.blocks if b.kind == "table_row"]
    starts = [start for start, _ in rows]
    acts = Counter((s.start, s.end, s.act) for s in statements)
    inner = _inner(statements)
    found = []
    for s in statements:
        at = bisect_right(starts, s.start) - 1
        family = "table" if at >= 0 and s.start < rows[at][1] else _family(reading.language)
        shown = [BIAS, f"act={s.act}", f"from={family}"]
        shown += ["noun"] if s.confidence <= _NOUN else []
        shown += ["same act beside it"] if acts[s.start, s.end, s.act] > 1 else []
        shown += ["inside another"] if _spans(s) in inner else []
        found.append((*shown, *_own_signs(s)))
    return found


def _family(language: str) -> str:
    return language if language in ("ar", "fa") else "en"


def _own_signs(s: Statement) -> Iterator[str]:
    """What a statement shows by itself."""
    yield "said_by=" + ("author", "one", "chain")[min(len(s.said_by), 2)]
    for role, words in (("actor", s.actor), ("target", s.target), ("place", s.place)):
        if words is not None:
            yield f"{role}={_standing(s, words)}"
    if s.count is not None:
        yield "count"
    if s.polarity == "denied":
        yield "denied"
    if s.modality != "asserted":
        yield f"modality={s.modality}"


def _standing(s: Statement, words: Words) -> str:
    if words.words.casefold() in _PRONOUNS:
        return "pronoun"
    return "own" if s.content_start <= words.start < s.content_end else "elsewhere"


def _spans(s: Statement) -> tuple[int, int, int, int]:
    """Its sentence and its content; of two contents that begin together, the wider sorts first."""
    return s.start, s.end, s.content_start, -s.content_end


def _inner(statements: Iterable[Statement]) -> set[tuple[int, int, int, int]]:
    """The spans of contents that lie within another content of their sentence."""
    found = set()
    sentence, reach = (-1, -1), -1
    for spans in sorted({_spans(s) for s in statements}):
        if spans[:2] != sentence:
            sentence, reach = spans[:2], -1
        if -spans[3] <= reach:
            found.add(spans)
        reach = max(reach, -spans[3])
    return found


def _probability(shown: Iterable[str], by: Mapping[str, float]) -> float:
    """The logistic of the summed weights, to four digits."""
    total = sum(by.get(sign, 0.0) for sign in shown)
    return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 4)
