"""Copied passages: which document took its words from which.

Method: docs/method/independence.md, section 2.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from muster.languages.edtf import parse_edtf
from muster.records import Outline, Tie
from muster.weigh.folding import fold

#: From this share of the smaller text on, one document is a copy of the other; chance and a common
#: subject stay below a tenth (docs/method/independence.md has the measurements).
COPY_SHARE = 0.3
#: A document of which this share was taken from another speaks for that other.
_MOSTLY = 0.6
#: A copy has at least this many shingles in common: about fifteen running words.
COPY_SHINGLES = 12
#: From here on a passage in common is worth a caution: about thirty running words.
PASSAGE_SHINGLES = 27
#: A shingle in this many texts of one outlet is that outlet's furniture (a footer, a motto).
_FURNITURE = 3
#: Shingles that this many texts came to independently are stock phrases.
_STOCK = 8
#: One shingle in two (of unsigned 64-bit digests, those below this) proposes pairs; all of them confirm.  Of the twelve
#: that the least copy has in common, fewer than two are among them once in three hundred times.
_SAMPLE_BELOW = 2**63
_PROPOSE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words that two documents have in common, found before anybody asks who took them from whom."""

    first: Outline
    second: Outline
    n_shingles: int
    share: float


def copied_ties(ordered: Sequence[Outline], cut: Set[tuple[str, str]] = frozenset()) -> tuple[Tie, ...]:
    """Find the texts that other texts were taken from.

    Each copy is tied to the texts that brought its words into the pile, not to its fellow copies, so
    that forty reprints of one wire give forty ties and not 780.  Shorter passages get cautions.

    Args:
        ordered: the documents in the order of `publication_order`.
        cut: pairs of document ids, sorted, that a person has declared not to be copies.

    Returns: ties of kind "copied", sorted by a, b.
    """
    return tuple(sorted(map(_tie, _passages(ordered, cut)), key=lambda tie: (tie.a, tie.b)))


def publication_order(outline: Outline) -> tuple[str, int, str]:
    """Sort key: the earliest dated first, then the longest; the id settles the rest."""
    return (outline.published_on or "~", -outline.n_words, outline.document_id)


def _passages(ordered: Sequence[Outline], cut: Set[tuple[str, str]]) -> Iterator[Passage]:
    """Hold each text against those before it that brought in words of its own."""
    furniture = _furniture(ordered)
    index = _Index()
    for n, outline in enumerate(ordered):
        sampled = _sampled(outline, furniture)
        taken: set[int] = set()
        for m in index.near(sampled):
            other = ordered[m]
            if (min(outline.document_id, other.document_id), max(outline.document_id, other.document_id)) in cut:
                continue
            mine, theirs = _without(outline, furniture), _without(other, furniture)
            common = mine & theirs
            share = len(common) / min(len(mine), len(theirs))
            if share >= COPY_SHARE and len(common) >= COPY_SHINGLES:
                taken |= common
            elif len(common) < PASSAGE_SHINGLES:
                continue
            yield Passage(first=other, second=outline, n_shingles=len(common), share=share)
        index.add(n, sampled, taken)


def _sampled(outline: Outline, furniture: dict[str, frozenset[int]]) -> frozenset[int]:
    """The lower half of a text's digests: as good as any, and the first of a sorted tuple."""
    own = outline.shingles
    if furniture.get(fold(outline.outlet or "")):
        own = tuple(sorted(_without(outline, furniture)))
    return frozenset(own[: bisect_left(own, _SAMPLE_BELOW)])


class _Index:
    """Which texts brought a sampled shingle in: most have one text, so the others are kept apart."""

    def __init__(self) -> None:
        self.first: dict[int, int] = {}
        self.others: dict[int, list[int]] = {}

    def near(self, sampled: Set[int]) -> list[int]:
        """Texts that have enough sampled shingles in common, ascending; stock phrases do not count."""
        known = self.first.keys() & sampled
        owners = [self.first[shingle] for shingle in known]
        for shingle in self.others.keys() & known:
            others = self.others[shingle]
            if len(others) + 1 < _STOCK:
                owners += others
            else:
                owners.remove(self.first[shingle])
        return sorted(m for m, n_sampled in Counter(owners).items() if n_sampled >= _PROPOSE)

    def add(self, n: int, sampled: Set[int], taken: Set[int]) -> None:
        """Note the shingles that a text did not take from another."""
        known = self.first.keys() & sampled
        self.first.update(dict.fromkeys(sampled - known, n))
        for shingle in known - taken:
            others = self.others.setdefault(shingle, [])
            if len(others) + 1 < _STOCK:
                others.append(n)


def _furniture(ordered: Sequence[Outline]) -> dict[str, frozenset[int]]:
    """By outlet, the shingles that stand in many of its texts."""
    by_outlet = defaultdict(list)
    for outline in ordered:
        if outline.outlet:
            by_outlet[fold(outline.outlet)].append(outline)
    found = {}
    for outlet, outlines in by_outlet.items():
        seen = Counter(shingle for outline in outlines for shingle in outline.shingles)
        found[outlet] = frozenset(shingle for shingle, n in seen.items() if n >= _FURNITURE)
    return found


def _without(outline: Outline, furniture: dict[str, frozenset[int]]) -> frozenset[int]:
    """A text without its outlet's furniture; a text that is mostly such is itself what was copied."""
    whole = frozenset(outline.shingles)
    rest = whole - furniture.get(fold(outline.outlet or ""), frozenset())
    return rest if 2 * len(rest) >= len(whole) else whole


def _direction(first: Outline, second: Outline) -> tuple[str | None, str]:
    """The id of the one that was copied and the reason; None where nothing tells."""
    for copy, source in ((first, second), (second, first)):
        if _credits(copy, source) and not _credits(source, copy):
            return source.document_id, f"{label(copy)} credits {source.outlet}"
    early = _earlier(first, second)
    if early:
        late = second if early is first else first
        return early.document_id, f"{label(early)} is dated {early.published_on}, {label(late)} {late.published_on}"
    long, short = sorted((first, second), key=lambda o: -o.n_words)
    if long.n_words > short.n_words:
        return long.document_id, f"{label(long)} is the longer, and the dates do not tell them apart"
    return None, "which came first cannot be told from the texts"


def _earlier(first: Outline, second: Outline) -> Outline | None:
    """The one with the earlier date; a date without a year is taken nearest to the other."""
    one, other = first.published_on or "", second.published_on or ""
    days = _nearest(one, other), _nearest(other, one)
    if days[0] is None or days[1] is None or days[0] == days[1]:
        return None
    return first if days[0] < days[1] else second


def _nearest(edtf: str, to: str) -> date | None:
    """The first day of a date; one without a year in the year that brings it nearest to another date."""
    other = parse_edtf(to)
    if not edtf.startswith("XXXX-"):
        known = parse_edtf(edtf)
        return known.first if known else None
    years = (other.first.year + n for n in (-1, 0, 1)) if other else (2000,)
    days = [found.first for year in years if (found := parse_edtf(f"{year}{edtf[4:]}"))]
    return min(days, key=lambda day: abs(day - other.first) if other else timedelta(), default=None)


def _credits(copy: Outline, source: Outline) -> bool:
    return bool(source.outlet) and fold(source.outlet or "") in {fold(credit) for credit in copy.credits}


def label(outline: Outline) -> str:
    """How a sentence names a document."""
    return f"{outline.name} ({outline.outlet})" if outline.outlet else outline.name


def _tie(passage: Passage) -> Tie:
    source, direction = _direction(passage.first, passage.second)
    a, b = sorted((passage.first, passage.second), key=lambda o: o.document_id)
    smaller = min(passage.first, passage.second, key=lambda o: (len(o.shingles), o.document_id))
    copy = passage.share >= COPY_SHARE
    if copy:
        other = b if smaller is a else a
        extent = f"{passage.share:.0%} of {label(smaller)}, in runs of four words, stands in {label(other)}"
    else:
        extent = f"a passage of about {passage.n_shingles + 3} words stands in {label(a)} and in {label(b)}"
    return Tie(
        a=a.document_id,
        b=b.document_id,
        kind="copied",
        strong=copy,
        why=f"{extent}; {direction}.",
        source=source,
        share=round(passage.share, 4),
    )


def text_sources(outlines: Sequence[Outline], ties: Iterable[Tie]) -> dict[str, str]:
    """By document id, the document whose text or agency report it mostly is.

    A document speaks for its source, and not for its outlet, where most of its own text was copied
    from there, or where it credits that one agency.  Of several sources it is the one that most was
    taken from.  Documents that credit an agency which is not in the pile have each other as source.
    """
    sizes = {outline.document_id: len(outline.shingles) for outline in outlines}
    best: dict[str, tuple[float, str]] = {}
    for tie in ties:
        if not tie.strong or tie.kind not in {"copied", "credit"} or not {tie.a, tie.b} <= sizes.keys():
            continue
        for taker in _takers(tie):
            source = tie.b if taker == tie.a else tie.a
            taken = 1.0 if tie.share is None else tie.share * min(sizes[tie.a], sizes[tie.b]) / max(1, sizes[taker])
            if taken >= _MOSTLY:
                best[taker] = max(best.get(taker, (taken, source)), (taken, source))
    return {taker: source for taker, (_, source) in best.items()}


def _takers(tie: Tie) -> tuple[str, ...]:
    """Who draws on whom: of two copies whose order cannot be told, the second by id on the first."""
    if tie.source is None and tie.kind == "credit":
        return tie.a, tie.b
    return (tie.a,) if tie.source == tie.b else (tie.b,)
