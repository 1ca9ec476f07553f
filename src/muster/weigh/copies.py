"""Copied passages: which document took its words from which.

Method: docs/method/independence.md, section 2.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from muster.languages.edtf import parse_edtf
from muster.languages.shingles import Digests, digests
from muster.records import Outline, Tie
from muster.weigh.folding import fold
from muster.weigh.voices import is_signed

#: From this share of the smaller text on, one document is a copy of the other; chance and a common
#: subject stay below a tenth (docs/method/independence.md has the measurements).
COPY_SHARE = 0.3
#: A copy has at least this many shingles in common: about fifteen running words.
COPY_SHINGLES = 12
#: From here on a passage in common is worth a caution: about thirty running words.
PASSAGE_SHINGLES = 27
#: A shingle in this many texts of one outlet or site is its furniture (a footer, a motto, a disclaimer).
_FURNITURE = 3
#: Shingles that this many texts came to independently are stock phrases: the first of them stands for all.
_STOCK = 8
#: One shingle in two (of unsigned 64-bit digests, those below this) proposes pairs; all of them confirm.  Of the twelve
#: that the least copy has in common, fewer than two are among them once in three hundred times.
_SAMPLE_BELOW = np.uint64(2**63)
_PROPOSE = 2
#: While texts are searched, the low bits of a digest give way to the number of the text.
_NUMBER_BITS, _DIGEST_BITS = np.uint64(24), np.uint64(40)
_N_NUMBERS, _N_DIGESTS = np.uint64(2**24), np.uint64(2**40)
_NUMBER = _N_NUMBERS - np.uint64(1)
#: So many texts are taken together, which bounds what is in memory beside the shingles themselves.
_AT_ONCE = 256


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


def pair_of(a: Outline, b: Outline) -> tuple[str, str]:
    """The ids of two documents, sorted: how judgements name a tie."""
    return min(a.document_id, b.document_id), max(a.document_id, b.document_id)


def _passages(ordered: Sequence[Outline], cut: Set[tuple[str, str]]) -> Iterator[Passage]:
    """Hold each text against those before it that brought in words of its own."""
    if not ordered:
        return
    own = _own_words(ordered)
    owners: dict[int, list[int]] = defaultdict(list)
    for n, (near, several) in sorted(_met_again(own).items()):
        _count_owners(near, several, owners)
        taken: set[int] = set()
        for m in sorted(m for m, n_sampled in near.items() if n_sampled >= _PROPOSE):
            first, second = ordered[m], ordered[n]
            if pair_of(first, second) in cut:
                continue
            common = _common(own[m], own[n])
            share = len(common) / min(len(own[m]), len(own[n]))
            if share >= COPY_SHARE and len(common) >= COPY_SHINGLES:
                taken.update((common >> _NUMBER_BITS).tolist() if several else ())
            elif len(common) < PASSAGE_SHINGLES:
                continue
            yield Passage(first=first, second=second, n_shingles=len(common), share=share)
        for shingle in several:
            if shingle not in taken and len(known := owners[shingle]) < _STOCK:
                known.append(n)


def _count_owners(near: Counter[int], several: Iterable[int], owners: Mapping[int, Sequence[int]]) -> None:
    """Add the texts that brought in the shingles, once for each; of a stock phrase's only the first."""
    found: list[int] = []
    for shingle in several:
        if known := owners.get(shingle):
            found += known if len(known) < _STOCK else known[:1]
    near.update(found)


def _met_again(own: Sequence[Digests]) -> dict[int, tuple[Counter[int], list[int]]]:
    """What texts have in common of the sampled shingles, by the number of the text.

    That is how many it alone shares with which text before it, and those that three or more texts have.
    The beginning of each digest, with the text's number after it, is sorted once: what several texts
    share lies side by side.  Two digests that begin alike propose a pair in vain, which the whole ones tell.
    """
    keys = np.concatenate([_numbered(own[n : n + _AT_ONCE], n) for n in range(0, len(own), _AT_ONCE)])
    if len(keys) < _PROPOSE:
        return {}
    keys.sort()
    met = np.concatenate(([False], (keys[1:] ^ keys[:-1]) < _N_NUMBERS, [False]))
    found: dict[int, tuple[Counter[int], list[int]]] = defaultdict(lambda: (Counter(), []))
    two = (met[1:-1] & ~met[:-2] & ~met[2:]).nonzero()[0]
    pairs = (keys[two] & _NUMBER) << _NUMBER_BITS | keys[two + 1] & _NUMBER
    for pair, n_shared in zip(*(each.tolist() for each in np.unique(pairs, return_counts=True)), strict=True):
        found[pair & int(_NUMBER)][0][pair >> int(_NUMBER_BITS)] = n_shared
    several = met[1:] | met[:-1]
    several[two] = several[two + 1] = False
    keys = np.sort(keys[several] << _DIGEST_BITS | keys[several] >> _NUMBER_BITS)
    numbers, shingles = keys >> _DIGEST_BITS, keys & (_N_DIGESTS - np.uint64(1))
    starts = [0, *((numbers[1:] != numbers[:-1]).nonzero()[0] + 1).tolist(), len(keys)]
    for start, end in pairwise(starts if len(keys) else ()):
        found[int(numbers[start])][1].extend(shingles[start:end].tolist())
    return found


def _numbered(own: Sequence[Digests], first: int) -> Digests:
    """Of the sampled shingles the high bits, with the number of the text in the place of the low ones."""
    whole = np.concatenate(own)
    sizes = np.fromiter(map(len, own), np.int64, len(own))
    numbers = np.repeat(np.arange(first, first + len(own), dtype=np.uint64), sizes)
    sampled = whole < _SAMPLE_BELOW
    return whole[sampled] >> _NUMBER_BITS << _NUMBER_BITS | numbers[sampled]


def _common(one: Digests, other: Digests) -> Digests:
    both: Digests = np.concatenate((one, other))
    both.sort()
    common: Digests = both[1:][both[1:] == both[:-1]]
    return common


def _own_words(ordered: Sequence[Outline]) -> list[Digests]:
    """The shingles of each text without the furniture of its outlet, or of its site where it names none.

    What stands in somebody else's text too was copied, and is no furniture; a text that is mostly furniture is
    itself what was copied.
    """
    whole = [digests(outline.word_runs) for outline in ordered]
    by_outlet = defaultdict(list)
    for n, outline in enumerate(ordered):
        if name := outline.outlet or outline.site:
            by_outlet[fold(name)].append(n)
    seen = {outlet: _in_several([whole[n] for n in numbers]) for outlet, numbers in by_outlet.items()}
    everywhere = _standing(
        np.unique(np.concatenate([np.empty(0, np.uint64), *(own for own, _ in seen.values())])), whole
    )
    for outlet, numbers in by_outlet.items():
        own, n_texts = seen[outlet]
        furniture = own[[everywhere[shingle] == n for shingle, n in zip(own.tolist(), n_texts.tolist(), strict=True)]]
        for n in numbers if len(furniture) else ():
            rest = np.setdiff1d(whole[n], furniture, assume_unique=True)
            whole[n] = rest if 2 * len(rest) >= len(whole[n]) else whole[n]
    return whole


def _in_several(texts: Sequence[Digests]) -> tuple[Digests, NDArray[np.int64]]:
    """The shingles that stand in enough texts of one outlet to be furniture, and in how many."""
    if len(texts) < _FURNITURE:
        return np.empty(0, np.uint64), np.empty(0, np.int64)
    found, n_texts = np.unique(np.concatenate(texts), return_counts=True)
    return found[n_texts >= _FURNITURE], n_texts[n_texts >= _FURNITURE]


def _standing(wanted: Digests, texts: Sequence[Digests]) -> dict[int, int]:
    """In how many texts each of the wanted shingles (ascending) stands."""
    n_texts = np.zeros(len(wanted), np.int64)
    for n in range(0, len(texts) if len(wanted) else 0, _AT_ONCE):
        some = np.concatenate(texts[n : n + _AT_ONCE])
        places = np.minimum(wanted.searchsorted(some), len(wanted) - 1)
        n_texts += np.bincount(places[wanted[places] == some], minlength=len(wanted))
    return dict(zip(wanted.tolist(), n_texts.tolist(), strict=True))


def _direction(first: Outline, second: Outline) -> tuple[str | None, str]:
    """The id of the one that was copied and the reason; None where nothing tells."""
    for copy, source in ((first, second), (second, first)):
        if _credits(copy, source) and not _credits(source, copy):
            return source.document_id, f"{label(copy)} credits {source.outlet}"
    early = _earlier(first, second)
    if early:
        late = second if early is first else first
        return early.document_id, f"{label(early)} is dated {early.published_on}, {label(late)} {late.published_on}"
    for one, other in ((first, second), (second, first)):
        if one.voice and not is_signed(one) and (is_signed(other) or not other.voice):
            return one.document_id, f"{label(one)} carries one speaker's words alone and is signed by nobody"
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


@lru_cache(maxsize=1 << 14)
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
    smaller = min(passage.first, passage.second, key=lambda o: (len(o.word_runs), o.document_id))
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
