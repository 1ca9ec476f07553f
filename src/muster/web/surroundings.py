"""A statement's sentence among those around it, cut into runs that a page can mark."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from muster.records import Block, Reading, Statement

_BEFORE, _AFTER = 420, 320
_MOST_QUOTE = 4000
_ENDS = (". ", "! ", "? ", "؟ ", "۔ ", "。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Some words.  quoted: they are the statement's sentence; content: what is said; cue: who says so, and "said"."""

    text: str
    quoted: bool = False
    content: bool = False
    cue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A block of the reading, or as much of it as is shown; kind as in `muster.records.Block`."""

    kind: str
    runs: tuple[Run, ...]


def surroundings(reading: Reading, statement: Statement) -> tuple[Stretch, ...]:
    """Return the statement's sentence with some sentences before and after it."""
    low = _sentence_start(reading.text, max(statement.start - _BEFORE, 0), statement.start)
    high = _sentence_end(reading.text, min(statement.end, statement.start + _MOST_QUOTE), statement.end + _AFTER)
    return tuple(
        Stretch(kind=kind, runs=tuple(_runs(reading.text, start, end, statement)))
        for kind, start, end in _blocks(reading.blocks, low, high)
        if reading.text[start:end].strip()
    )


def _sentence_start(text: str, low: int, start: int) -> int:
    """Where the first whole sentence after low begins; low itself where the text begins there."""
    if not low:
        return 0
    ends = [at + len(end) for end in _ENDS if (at := text.find(end, low, start)) >= 0]
    at = text.find("\n", low, start)
    space = text.find(" ", low, start)
    return min([*ends, *([at + 1] if at >= 0 else [])], default=space + 1 if space >= 0 else low)


def _sentence_end(text: str, end: int, high: int) -> int:
    """Where the last whole sentence before high ends."""
    if high >= len(text):
        return len(text)
    ends = [at + 1 for mark in (*_ENDS, "\n") if (at := text.rfind(mark, end, high)) >= 0]
    space = text.rfind(" ", end, high)
    return max(ends, default=space if space >= 0 else high)


def _blocks(blocks: Sequence[Block], low: int, high: int) -> Iterator[tuple[str, int, int]]:
    """The stretches from low to high, block by block; text between blocks is a paragraph."""
    at = low
    for block in blocks:
        if block.end <= at or block.start >= high:
            continue
        if block.start > at:
            yield "paragraph", at, block.start
        yield block.kind, max(block.start, at), min(block.end, high)
        at = min(block.end, high)
    if at < high:
        yield "paragraph", at, high


def _runs(text: str, start: int, end: int, statement: Statement) -> Iterator[Run]:
    """The words from start to end, cut wherever something begins or ends to be marked."""
    spans = _spans(statement)
    edges = {start, end, *(at for spanned in spans.values() for span in spanned for at in span if start < at < end)}
    ordered = sorted(edges)
    for low, high in pairwise(ordered):
        marks = {name: any(a <= low and high <= b for a, b in spanned) for name, spanned in spans.items()}
        yield Run(text=text[low:high], quoted=marks["quoted"], content=marks["content"], cue=marks["cue"])


def _spans(statement: Statement) -> dict[str, list[tuple[int, int]]]:
    words = [each for each in (*statement.said_by, statement.cue) if each is not None and 0 <= each.start < each.end]
    return {
        "quoted": [(statement.start, statement.end)],
        "content": [(statement.content_start, statement.content_end)],
        "cue": [(each.start, each.end) for each in words],
    }
