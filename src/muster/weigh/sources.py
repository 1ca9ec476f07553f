"""Sources: of what ties join, which document drew on which, as a whole or in passages.

Method: docs/method/independence.md, sections 4 and 5.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from muster.records import Outline, Tie
from muster.weigh.copies import publication_order
from muster.weigh.voices import is_signed

#: A document of which this share was taken from another speaks for that other.
_MOSTLY = 0.6


def text_sources(outlines: Sequence[Outline], ties: Iterable[Tie]) -> dict[str, str]:
    """By document id, the document whose text or agency report it mostly is.

    A document speaks for its source, and not for its outlet, where most of its own text was copied
    from there, or where it credits that one agency.  Of several sources it is an unsigned text in one
    speaker's words, else the one that most was taken from, of equals one that is known to be earlier.
    Another that is as good as the same text draws on the copy then, since only one can be the first.
    Documents that credit an agency which is not in the pile have each other as source.
    """
    sizes = {outline.document_id: len(outline.word_runs) for outline in outlines}
    of_one = {outline.document_id for outline in outlines if outline.voice and not is_signed(outline)}
    best: dict[str, tuple[bool, float, bool, str]] = {}
    alike: list[tuple[str, str]] = []
    absent: set[str] = set()
    for tie in ties:
        if not tie.strong or tie.kind not in {"copied", "credit"} or not {tie.a, tie.b} <= sizes.keys():
            continue
        for taker in _takers(tie):
            source = tie.b if taker == tie.a else tie.a
            taken = 1.0 if tie.share is None else tie.share * min(sizes[tie.a], sizes[tie.b]) / max(1, sizes[taker])
            if taken >= _MOSTLY:
                this = (source in of_one, round(taken, 2), tie.source is not None, source)
                best[taker] = max(best.get(taker, this), this)
                if tie.source is None and tie.kind == "credit":
                    absent.add(taker)
                if tie.kind == "copied" and taken * sizes[taker] >= _MOSTLY * sizes[source]:
                    alike.append((taker, source))
    found = {taker: source for taker, (*_, source) in best.items()}
    for taker, source in sorted(alike):
        if source not in found and source not in _chain(taker, found):
            found[source] = taker
    rank = {o.document_id: (o.document_id not in of_one, publication_order(o)) for o in outlines}
    for circle in list(_circles(found)):  # dates, credits and lengths may tell different orders
        first = min(circle, key=rank.__getitem__)
        if first not in absent:
            del found[first]
    return found


def _chain(taker: str, sources: Mapping[str, str]) -> dict[str, None]:
    """A document, whom it drew on, whom that one drew on, and so on, in this order."""
    chain = {taker: None}
    while (source := sources.get(taker)) and source not in chain:
        chain[source] = None
        taker = source
    return chain


def _circles(sources: Mapping[str, str]) -> Iterator[list[str]]:
    """Documents each of which drew on the next, and the last on the first."""
    seen: set[str] = set()
    for start in sorted(sources):
        path: dict[str, None] = {}
        at: str | None = start
        while at and at not in seen:
            seen.add(at)
            path[at] = None
            at = sources.get(at)
        if at in path:
            walked = list(path)
            yield walked[walked.index(at) :]


def _takers(tie: Tie) -> tuple[str, ...]:
    """Who draws on whom: of two copies whose order cannot be told, the second by id on the first."""
    if tie.source is None and tie.kind == "credit":
        return tie.a, tie.b
    return (tie.a,) if tie.source == tie.b else (tie.b,)


def passage_sources(outlines: Mapping[str, Outline], ties: Iterable[Tie]) -> dict[str, set[str]]:
    """By document id, whom passages of it may have been taken from.

    Where a document took from several, the later of them may have taken from the first: whether a
    sentence stands in both is seen when it is weighed.
    """
    sources = defaultdict(set)
    for tie in ties:
        if tie.kind == "copied" and {tie.a, tie.b} <= outlines.keys():
            source = tie.source or min(tie.a, tie.b, key=lambda id_: publication_order(outlines[id_]))
            sources[tie.b if source == tie.a else tie.a].add(source)
    for found in [set(found) for found in sources.values() if len(found) > 1]:
        first = min(found, key=lambda id_: publication_order(outlines[id_]))
        for other in found - {first}:
            sources[other].add(first)
    return sources
