"""Which names may be one name: spelling variants found by blocking, and short forms of longer names.

Every rule here looks at two keys alone, so that what was compared once need never be compared again.

Method: docs/method/entities.md, sections 3 and 4.
"""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain, combinations, pairwise, product

import numpy as np
import numpy.typing as npt
from rapidfuzz.fuzz import ratio

from muster.languages.names import NAME_THRESHOLD, similarity
from muster.reconcile.naming import (
    NameKey,
    initials_of,
    names_country,
    parse_key,
    parts_of,
    plain_tokens,
    token_skeletons,
)
from muster.reconcile.places import may_stand_bare

#: What two spellings of one word in the name of a group or a place must reach in sound, and in letters.
SAME_TOKEN = 0.88
MIN_LETTERS = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A comparison of two keys that came out for one name.

    short: a is a short form of b.  across: one name, but some documents take it for another kind of thing.
    """

    a: str
    b: str
    score: float
    short: bool = False
    across: bool = False


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a key is found by: 48-bit digests of short strings.

    Keys that share one of blocks are compared.  A short form that asks for something may stand for
    any name that offers it.
    """

    blocks: tuple[int, ...] = ()
    asks: tuple[int, ...] = ()
    offers: tuple[int, ...] = ()


def _hooks(blocks: Iterable[str] = (), asks: Iterable[str] = (), offers: Iterable[str] = ()) -> Hooks:
    return Hooks(*(tuple(sorted({_digest(text) for text in texts})) for texts in (blocks, asks, offers)))


def _digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=6).digest(), "big")


def hooks_of(key: NameKey, shorts: Iterable[str] = ()) -> Hooks:
    """Return what a key is found by; shorts are further short forms that it answers to, from short_forms."""
    across = "X:" + " ".join(sorted(token_skeletons(plain_tokens(key))))
    if key.kind == "person":
        return _person_hooks(key, across)
    if key.kind == "place":
        return _place_hooks(key, across)
    return _group_hooks(key, across, shorts)


def short_forms(key: NameKey, form: str, place_words: Set[str]) -> tuple[str, ...]:
    """What else a form of a group's name may be shortened to: its initials, and itself without a place.

    place_words are those of places that the same document names: the "Amal Residents' Council" of a
    document about Camp Amal is "the Residents' Council" elsewhere.
    """
    if key.kind != "group" or key.acronym:
        return ()
    found = {f"a:{letters}" for letters in initials_of(form)}
    rest = tuple(token for token in key.tokens if token not in place_words)
    if 2 <= len(rest) < len(key.tokens):
        found.add("g:" + " ".join(sorted(token_skeletons(rest))))
    found.update("g:" + " ".join(sorted(token_skeletons(part))) for part in parts_of(form))
    return tuple(sorted(found))


def _person_hooks(key: NameKey, across: str) -> Hooks:
    """Full names meet where two of their skeletons, or the ends of all of them together, are the same."""
    bones = token_skeletons(key.tokens)
    if len(bones) == 1:
        return _hooks([across], asks=[f"p:{bones[0]}"])
    joined = "".join(bones)
    ends = {f"{joined[:3]}~{joined[-3:]}", f"{joined[:2]}~{joined[-4:]}", f"{joined[:4]}~{joined[-2:]}"}
    blocks = (
        {"P:" + " ".join(sorted(pair)) for pair in combinations(bones, 2)} | {f"P:{end}" for end in ends} | {across}
    )
    if len(bones) == 2:
        return _hooks(blocks, [f"q:{bones[0]} {bones[1]}"], [f"p:{bones[-1]}"])
    return _hooks(blocks, (), [f"p:{bones[-1]}", *(f"q:{first} {second}" for first, second in combinations(bones, 2))])


def _place_hooks(key: NameKey, across: str) -> Hooks:
    """Places of one type meet where their skeletons are the same; a bare name asks for one with a type."""
    bones = " ".join(sorted(token_skeletons(key.tokens)))
    blocks = [f"L:{key.qualifier}:{bones}", across]
    if not key.qualifier:
        return _hooks(blocks, asks=[f"b:{bones}"])
    return _hooks(blocks, offers=[f"b:{bones}"] if may_stand_bare(key.qualifier) else [])


def _group_hooks(key: NameKey, across: str, shorts: Iterable[str]) -> Hooks:
    """Groups of one country meet where their skeletons are the same; without a country they ask for one."""
    if key.acronym:
        return _hooks([across], asks=[f"a:{key.tokens[0]}"])
    if key.known:
        return _hooks(offers=shorts)
    bones = " ".join(sorted(token_skeletons(key.tokens)))
    blocks = [f"G:{key.qualifier}:{bones}", across]
    if not key.qualifier:
        return _hooks(blocks, [f"g:{bones}"], shorts)
    return _hooks(blocks, (), [*shorts, f"g:{bones}"])


def compare_keys(a: NameKey, b: NameKey) -> Likeness | None:
    """Compare two keys that share a block; None where they are not one name."""
    a, b = sorted((a, b), key=lambda key: key.id)
    if a.kind != b.kind:
        return _compare_across(a, b)
    if a.qualifier != b.qualifier or a.acronym != b.acronym or a.known or b.known or _numbers(a) != _numbers(b):
        return None
    if a.kind == "person":
        score, threshold = similarity(" ".join(a.tokens), " ".join(b.tokens)), NAME_THRESHOLD
    else:
        score, threshold = _token_score(a, b), SAME_TOKEN
    if score < threshold:
        return None
    return Likeness(a=a.id, b=b.id, score=round(score, 4))


def _compare_across(a: NameKey, b: NameKey) -> Likeness | None:
    """The same words for two kinds of things: what a careless reader of names takes for another kind.

    A single word may be a person's and a place's name; a country stands for its government on purpose.
    """
    if a.known or b.known or names_country(a) or names_country(b):
        return None
    first, second = (replace(key, tokens=plain_tokens(key)) for key in (a, b))
    if (len(first.tokens) == 1 and (first.tokens != second.tokens or "person" in (a.kind, b.kind))) or not _token_score(
        first, second
    ):
        return None
    return Likeness(a=a.id, b=b.id, score=0.7, across=True)


def _token_score(a: NameKey, b: NameKey) -> float:
    """The mean likeness of the best matching tokens; 0 where one has no match at all."""
    if len(a.tokens) != len(b.tokens):
        return 0.0
    left, total = list(b.tokens), 0.0
    for token in a.tokens:
        best, i = max((_one_token(token, other, len(a.tokens) == 1), -i) for i, other in enumerate(left))
        if not best:
            return 0.0
        total += best
        left.pop(-i)
    return total / len(a.tokens)


def _one_token(a: str, b: str, alone: bool) -> float:
    """How alike two words are.  A word that is the whole name must be alike in its letters too:
    consonants alone would make one town of Karan and Kerun."""
    if a == b:
        return 1.0
    sound = similarity(a, b)
    if alone and a.isascii() == b.isascii() and ratio(a, b) <= 100 * MIN_LETTERS:
        return 0.0
    return sound if sound >= SAME_TOKEN else 0.0


def short_likeness(short: NameKey, long: NameKey) -> Likeness | None:
    """Say what links a short form to a longer name that offers what it asks for."""
    if short.kind != long.kind or short.id == long.id or _numbers(short) - _numbers(long):
        return None
    if not short.acronym and not _sounds_right(short, long):
        return None
    return Likeness(a=short.id, b=long.id, score=0.75, short=True)


def _sounds_right(short: NameKey, long: NameKey) -> bool:
    """Hold the words of a short form against those that it stands for: skeletons agree by chance."""
    if short.kind == "place":
        return _token_score(short, long) > 0
    if short.kind == "group":
        return all(any(_one_token(token, other, False) for other in long.tokens) for token in short.tokens)
    if len(short.tokens) == 1:
        return similarity(short.tokens[0], long.tokens[-1]) >= SAME_TOKEN
    return all(max(similarity(token, other) for other in long.tokens) >= SAME_TOKEN for token in short.tokens)


def _numbers(key: NameKey) -> frozenset[str]:
    return frozenset(token for token in key.tokens if token.isdigit())


def say_why(like: Likeness, a: NameKey, b: NameKey) -> str:
    """Return the sentence for a likeness of two keys."""
    if like.across:
        return "one name, which some documents take for another kind of thing"
    if like.short:
        return _why_short(a)
    if all(token.isascii() for token in a.tokens) != all(token.isascii() for token in b.tokens):
        return "one name in two scripts: the sounds agree"
    return "two spellings of one name"


def _why_short(short: NameKey) -> str:
    if short.acronym:
        return "the letters are the initials of the only name in the case that has them"
    if short.kind == "person":
        return "a shorter form of the only such full name in the case"
    if short.kind == "place":
        return "the bare name; in this case only one sort of place bears it"
    return "the name without its country or place; only one such group occurs in the case"


def find_likenesses(ids: Sequence[str], hooks: Sequence[Hooks], fresh: Set[int]) -> Iterator[tuple[int, int, Likeness]]:
    """Yield every likeness between two keys, one of which at least is fresh; keys go by their number in ids."""
    new = np.zeros(len(ids), np.bool_)
    new[list(fresh)] = True
    blocks = _Table([hook.blocks for hook in hooks])
    seen: set[tuple[int, int]] = set()
    for _, members in blocks.holding(blocks.of(new)):
        for pair in combinations(members, 2):
            if pair not in seen and not fresh.isdisjoint(pair):
                seen.add(pair)
                if likeness := compare_keys(parse_key(ids[pair[0]]), parse_key(ids[pair[1]])):
                    yield (*pair, likeness) if likeness.a == ids[pair[0]] else (pair[1], pair[0], likeness)
    asks, offers = _Table([hook.asks for hook in hooks]), _Table([hook.offers for hook in hooks])
    met = np.intersect1d(asks.digests, offers.digests)
    met = met[np.isin(met, np.concatenate([asks.of(new), offers.of(new)]))]
    offering = dict(offers.holding(met))
    linked: set[tuple[int, int]] = set()
    for ask, shorts in asks.holding(met):
        for pair in product(shorts, offering[ask]):
            if pair not in linked and not fresh.isdisjoint(pair):
                linked.add(pair)
                if likeness := short_likeness(parse_key(ids[pair[0]]), parse_key(ids[pair[1]])):
                    yield (*pair, likeness)


class _Table:
    """Which keys, by number, have which digests: two columns, since a dict of lists takes twenty times as much."""

    def __init__(self, rows: Sequence[tuple[int, ...]]) -> None:
        n_each = np.fromiter(map(len, rows), np.int64, len(rows))
        self.keys = np.repeat(np.arange(len(rows), dtype=np.int32), n_each)
        self.digests = np.fromiter(chain.from_iterable(rows), np.uint64, int(n_each.sum()))

    def of(self, keys: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
        """The digests of some keys."""
        return self.digests[keys[self.keys]]

    def holding(self, digests: npt.NDArray[np.uint64]) -> Iterator[tuple[int, list[int]]]:
        """Each of some digests, and the keys that have it, ascending."""
        kept = np.isin(self.digests, digests)
        found, keys = self.digests[kept], self.keys[kept]
        order = np.lexsort((keys, found))
        found, keys = found[order], keys[order]
        starts = np.flatnonzero(np.diff(found, prepend=found[:1] + np.uint64(1)))
        for at, end in pairwise((*starts.tolist(), len(keys))):
            yield int(found[at]), keys[at:end].tolist()
