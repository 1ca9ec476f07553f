"""Points of pairs of bundles, kept from one reconciling to the next.

The points of two bundles are a function of their marks (`Surroundings.mark`), so that what was weighed once need not be
weighed again while neither changes.  What a reconciling did not ask for is forgotten.
"""

from collections.abc import Mapping, Sequence
from math import inf

import numpy as np
from numpy.typing import NDArray

from muster.reconcile.bundles import Bundle
from muster.reconcile.surroundings import Surroundings
from muster.reconcile.weights import weigh

#: Pairs of fewer points are not told from each other; as bundles grow, the others may reach enough.
WORTH_KEEPING = -1.0

_Keys = NDArray[np.uint64]
_Points = NDArray[np.float64]
_WORD = np.dtype("<u8")
# Odd constants without structure: from the golden ratio and the square root of 2.
_FIRST, _SECOND = 0x9E3779B97F4A7C15, 0x6A09E667F3BCC909


class Weighings:
    """Points, and for those that were joined reasons, by the marks of two bundles."""

    def __init__(self, kept: bytes = b"") -> None:
        """kept: what `keep` returned, or nothing.

        _keys ascend; _used says which were asked for since; _new holds by key what was weighed since `_settle`.
        """
        self._keys, self._points, self._known_reasons = _unpack(kept)
        self._used = np.zeros(len(self._keys), bool)
        self._new: dict[int, float] = {}
        self._reasons: dict[int, str] = {}

    def keep(self) -> bytes:
        """Return, packed, what was asked for."""
        self._settle()
        return _pack(self._keys[self._used], self._points[self._used], self._reasons)

    def points(self, a: Bundle, b: Bundle, around: Surroundings) -> float:
        """Return the points of two bundles; minus infinity where they are not worth keeping."""
        key = _key(a, b, around)
        if key not in self._new:
            at = int(self._keys.searchsorted(np.uint64(key)))
            if at < len(self._keys) and int(self._keys[at]) == key:
                self._used[at] = True
                return float(self._points[at])
            self._new[key] = _weigh(a, b, around)
        return self._new[key]

    def reasons(self, a: Bundle, b: Bundle, around: Surroundings) -> str:
        """Return in words what speaks for two bundles being about one incident."""
        key = _key(a, b, around)
        reasons = self._known_reasons.get(key)
        if reasons is None:
            weighed = weigh(a, b, around)
            reasons = ", ".join(weighed.reasons) if weighed else ""
        self._reasons[key] = reasons
        return reasons

    def all_points(self, bundles: Sequence[Bundle], pairs: NDArray[np.intp], around: Surroundings) -> _Points:
        """Return the points of pairs (n, 2) of some bundles, as `points` does one by one."""
        self._settle()
        marks = np.zeros(len(bundles), np.uint64)
        asked = np.unique(pairs)
        marks[asked] = [around.mark(bundles[n]) for n in asked.tolist()]
        all_keys = marks[pairs[:, 0]] * np.uint64(_FIRST) ^ marks[pairs[:, 1]] * np.uint64(_SECOND)
        keys, where, which = np.unique(all_keys, return_index=True, return_inverse=True)
        at = self._keys.searchsorted(keys)
        known = np.zeros(len(keys), bool)
        inner = at < len(self._keys)
        known[inner] = self._keys[at[inner]] == keys[inner]
        self._used[at[known]] = True
        found = np.empty(len(keys))
        found[known] = self._points[at[known]]
        unknown = np.flatnonzero(~known)
        found[unknown] = [_weigh(bundles[a], bundles[b], around) for a, b in pairs[where[unknown]].tolist()]
        self._insert(keys[unknown], found[unknown])
        return found[which]

    def _settle(self) -> None:
        keys = np.fromiter(self._new.keys(), np.uint64, len(self._new))
        points = np.fromiter(self._new.values(), np.float64, len(self._new))
        order = keys.argsort()
        self._insert(keys[order], points[order])
        self._new.clear()

    def _insert(self, keys: _Keys, points: _Points) -> None:
        at = self._keys.searchsorted(keys)
        self._keys = np.insert(self._keys, at, keys)
        self._points = np.insert(self._points, at, points)
        self._used = np.insert(self._used, at, True)


def _key(a: Bundle, b: Bundle, around: Surroundings) -> int:
    return (around.mark(a) * _FIRST ^ around.mark(b) * _SECOND) % 2**64


def _weigh(a: Bundle, b: Bundle, around: Surroundings) -> float:
    weighed = weigh(a, b, around, WORTH_KEEPING)
    return weighed.points if weighed else -inf


def _pack(keys: _Keys, points: _Points, reasons: Mapping[int, str]) -> bytes:
    """The numbers and keys of pairs, a bit for each that tells whether it has points, the points; keys and reasons."""
    some = points > -inf
    told = sorted(reasons.items())
    parts = (
        np.array([len(keys), len(told)], _WORD), keys.astype(_WORD), np.packbits(some), points[some].astype("<f8"),
        np.array([key for key, _ in told], _WORD),
    )  # fmt: skip
    return b"".join((*(part.tobytes() for part in parts), "\n".join(why for _, why in told).encode()))


def _unpack(blob: bytes) -> tuple[_Keys, _Points, dict[int, str]]:
    if not blob:
        return np.zeros(0, np.uint64), np.zeros(0), {}
    n, n_told = np.frombuffer(blob, _WORD, 2).tolist()
    bits = 16 + 8 * n
    some = np.unpackbits(np.frombuffer(blob, np.uint8, -(-n // 8), bits), count=n).astype(bool)
    values = bits + -(-n // 8)
    points = np.full(n, -inf)
    points[some] = np.frombuffer(blob, "<f8", int(some.sum()), values)
    told = values + 8 * int(some.sum())
    reasons = blob[told + 8 * n_told :].decode().split("\n")
    known = dict(zip(np.frombuffer(blob, _WORD, n_told, told).tolist(), reasons, strict=False))
    return np.frombuffer(blob, _WORD, n, 16).astype(np.uint64), points, known
