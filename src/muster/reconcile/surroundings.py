"""What is counted in the whole case, and what of it the weighing of a bundle may read.

Counts are rounded, so that one document more leaves most of them as they were.  The mark of a bundle digests its
content and every rounded count that weighing may read of it: the points of two bundles are a function of their marks.

Method: docs/method/incidents.md, section 3.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from heapq import nsmallest
from itertools import chain
from typing import TypeVar

from muster.reconcile.bundles import Bundle, hashed, read_number
from muster.reconcile.crowds import STEPS, TOTAL_STEPS, Crowd, coarse

#: What more bundles have in common than this, but for a place and time, is no sign that any two of them are one.
MAX_SHELF = 40
#: Words of a bundle by which it is found.
_RAREST = 6
#: To how many steps a doubling the counts are rounded of which a bundle reads many: of words, of numbers of victims.
_WORD_STEPS, _NUMBER_STEPS = 1, 2

_NOBODY: Counter[str | None] = Counter()
_Key = TypeVar("_Key", bound=Hashable)


class Surroundings:
    """Counts of a case, rounded, but for n_with: how many bundles have a word."""

    def __init__(
        self, bundles: Sequence[Bundle], sizes: Mapping[str, int], inside: Mapping[str, frozenset[str]]
    ) -> None:
        self.sizes, self.inside = sizes, inside
        self.n = coarse(len(bundles), TOTAL_STEPS)
        self.crowd = Crowd(bundles, inside)
        self._count_words(bundles)
        self.n_of_victim = _coarse(_above_two(Counter(chain.from_iterable(bundle.people for bundle in bundles))))
        cells = {
            (of, n, bundle.place(inside), bundle.days)
            for bundle in bundles
            for of, told in bundle.counted().items()
            for n in told.times
        }
        things = {(of, place, days) for of, _, place, days in cells}
        self.numbers = _coarse(_above_two(Counter((of, n) for of, n, _, _ in cells)), _NUMBER_STEPS)
        self.n_counted = _coarse(Counter(of for of, _, _ in things), TOTAL_STEPS)
        self._of_words = {kind: _Digests(partial(self._word_mark, kind)) for kind in self.kinds}
        self._of_places = _Digests(self._place_mark)
        self._of_parties: _Digests[tuple[str, str | None, int]] = _Digests(lambda counted: hashed(counted))
        self._firm_marks: dict[tuple[int, str], int] = {}
        self._rare: dict[int, list[str]] = {}
        self.count_parties(bundles)

    def _count_words(self, bundles: Iterable[Bundle]) -> None:
        of_kind: dict[str, list[Bundle]] = {}
        for bundle in bundles:
            of_kind.setdefault(bundle.kind, []).append(bundle)
        self.kinds = _coarse({kind: len(some) for kind, some in of_kind.items()}, TOTAL_STEPS)
        self.n_with: Counter[str] = Counter()
        self.usual_of: dict[str, dict[str, float]] = {}
        for kind, some in of_kind.items():
            tally = Counter(chain.from_iterable(bundle.words for bundle in some))
            self.n_with.update(tally)
            self.usual_of[kind] = _shares(tally, self.kinds[kind])
        self.usual = _shares(self.n_with, self.n)
        self._telling = {word for word, n in self.n_with.items() if 1 < n <= MAX_SHELF}

    def count_parties(self, bundles: Iterable[Bundle]) -> None:
        """Count who is named in how many bundles, and in how many of each place."""
        n_naming: dict[str, dict[str | None, int]] = {}
        n_bundles: dict[str | None, int] = {None: 0}
        for bundle in bundles:
            places = {None, bundle.place(self.inside)}
            for place in places:
                n_bundles[place] = n_bundles.get(place, 0) + 1
            for party in bundle.parties:
                naming = n_naming.setdefault(party, {})
                for place in places:
                    naming[place] = naming.get(place, 0) + 1
        self.n_bundles = _coarse(n_bundles)
        self.n_naming: dict[str, Counter[str | None]] = {
            party: _coarse(naming) for party, places in n_naming.items() if (naming := _above_two(places))
        }
        self._marks: dict[tuple[int, str], int] = {}

    def naming(self, party: str, place: str | None) -> int:
        """How many bundles of a place name a party, in round numbers; 0 for two or fewer."""
        return self.n_naming.get(party, _NOBODY)[place]

    def mark(self, bundle: Bundle) -> int:
        """64 bits that digest what a bundle says and all that weighing it may read here.

        They are the sum of the digests of single facts, and so the same in any order.
        """
        key = bundle.content, bundle.kind
        mark = self._marks.get(key)
        if mark is None:
            firm = self._firm_marks.get(key)
            if firm is None:
                firm = self._firm_marks[key] = self._firm_mark(bundle)
            places = self._places(bundle)
            mark = firm + sum([self._of_parties["", place, self.n_bundles[place]] for place in places])
            for party in bundle.parties:
                naming = self.n_naming.get(party, _NOBODY)
                mark += sum([self._of_parties[party, place, naming[place]] for place in places & naming.keys()])
            mark = self._marks[key] = mark % 2**64
        return mark

    def _firm_mark(self, bundle: Bundle) -> int:
        """What of a mark does not change as parties are counted anew."""
        words = self._of_words[bundle.kind]
        day = 0 if bundle.days is None else bundle.days.first.toordinal()
        mark = bundle.content + words[""] + sum(map(words.__getitem__, bundle.words))
        mark += sum([self._of_places[place, day] for place in self._places(bundle)])
        return mark + sum([hashed(person, n) for person in bundle.people if (n := self.n_of_victim[person])])

    def _places(self, bundle: Bundle) -> set[str | None]:
        """Where an incident of a bundle may be looked for: anywhere, or at a place of its own or one around."""
        return {None, *bundle.places, *self.inside.get(bundle.place(self.inside) or "", ())}

    def rarest(self, bundle: Bundle) -> list[str]:
        """The words by which a bundle is found: of those that some other has, those that fewest have."""
        found = self._rare.get(bundle.content)
        if found is None:
            known = bundle.words.keys() & self._telling
            found = self._rare[bundle.content] = nsmallest(_RAREST, known, key=lambda word: (self.n_with[word], word))
        return found

    def _word_mark(self, kind: str, word: str) -> int:
        """Digest what is counted of a word in bundles of a kind and in all; for "", what is counted of the kind."""
        if not word:
            return hashed(kind, self.kinds[kind], self.n)
        if word[0].isdigit():
            n, of = read_number(word)
            return hashed(word, self.numbers[of, n], self.n_counted[of])
        if self.n_with[word] <= 2:
            return 0
        return hashed(word, self.usual[word], self.usual_of[kind].get(word))

    def _place_mark(self, at: tuple[str | None, int]) -> int:
        """Digest how crowded a place is, at all and around a day, how large it is and what it lies in."""
        place, crowd = at[0] or "", self.crowd
        crowded = crowd.n_days, crowd.n_at(at[0]), crowd.n_near(*at)
        return hashed(at, crowded, self.sizes.get(place), sorted(self.inside.get(place, ())))


def _above_two(counts: Mapping[_Key, int]) -> dict[_Key, int]:
    """Counts that are read: two are those of the bundles that are weighed themselves."""
    return {key: n for key, n in counts.items() if n > 2}


class _Digests(dict[_Key, int]):
    """Digests by what they are of, made when first asked for."""

    def __init__(self, make: Callable[[_Key], int]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: _Key) -> int:
        made = self[key] = self._make(key)
        return made


def _coarse(counts: Mapping[_Key, int], steps: int = STEPS) -> Counter[_Key]:
    return Counter({key: coarse(n, steps) for key, n in counts.items()})


def _shares(tally: Mapping[str, int], of: int) -> dict[str, float]:
    """How often words are found in other bundles than the two that have them."""
    others = {n: max(0, coarse(n, _WORD_STEPS) - 2) for n in set(tally.values())}
    shares = {n: min(1.0, (other + 0.5) / (max(0, of - 2) + 1)) for n, other in others.items()}
    return {word: shares[n] for word, n in tally.items()}
