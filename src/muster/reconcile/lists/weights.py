"""What an agreement is worth: Fellegi and Sunter's weights, with kin as a class of their own.

A pair is of one person (m), of two of one family (k), or of two strangers (u).  How often each level
of a field occurs in each class is learned from the lists: u from pairs at large, m and k by
expectation and maximisation over the distinct patterns of agreement.  Where lists are short, what is
commonly so weighs in as if it had been seen PRIOR_PAIRS times.

Fellegi, Sunter: A Theory for Record Linkage, JASA 64 (1969); Winkler: term frequency, ASA 1989.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from muster.reconcile.lists.comparing import (
    ALIKE,
    BORN,
    DATE,
    FAMILY,
    FATHER,
    FIELDS,
    GIVEN,
    GRANDFATHER,
    PLACE,
    SEX,
    Levels,
    levels_of,
)
from muster.reconcile.lists.people import Numbers

Table = npt.NDArray[np.float64]  # a row for each of FIELDS, a column for each level; 1 for a missing field
Floats = npt.NDArray[np.float64]
_Chosen = tuple[tuple[int, int], ...]  # fields and the levels that they must reach

PRIOR_PAIRS: Final = 30.0
_ENOUGH: Final = 300  # pairs of one fate from which names are learned; of fewer it is those of one house
_ROUNDS: Final = 30
_WIDTH: Final = max(field.missing for field in FIELDS) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """How often each level occurs among pairs of one person (m), of kin (k) and of strangers (u).

    of_one and of_kin are the shares of the first two among all pairs of the lists.
    """

    m: Table
    k: Table
    u: Table
    of_one: float
    of_kin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """Distinct rows of levels, how many pairs have each, and which one each pair has."""

    levels: Levels
    counts: Floats
    of_pair: Numbers


def gather(codes: Numbers) -> Patterns:
    """Gather pairs by their patterns, from `comparing.patterns`."""
    present = np.bincount(codes, minlength=1)
    distinct = np.flatnonzero(present).astype(np.int32)
    at = np.zeros(len(present), dtype=np.int32)
    at[distinct] = np.arange(len(distinct))
    return Patterns(levels=levels_of(distinct), counts=present[distinct].astype(np.float64), of_pair=at[codes])


def _table(shares: Iterable[Sequence[float]]) -> Table:
    table = np.ones((len(FIELDS), _WIDTH))
    for n, row in enumerate(shares):
        table[n, : len(row)] = row
    return table


def _estimate(table: Table, field: int, levels: Levels, counts: Floats) -> Floats:
    """How often each level of a field occurs in weighted pairs, drawn towards what the table has."""
    n_levels = FIELDS[field].missing
    seen = np.bincount(levels[:, field], weights=counts, minlength=n_levels + 1)[:n_levels]
    shares: Floats = seen + PRIOR_PAIRS * table[field, :n_levels]
    shares /= shares.sum()
    return shares


def likelihood(table: Table, levels: Levels) -> Floats:
    """Return the log of how likely each row of levels is in a class; a missing field says nothing."""
    logs = np.log(table)
    total: Floats = np.zeros(len(levels))
    for n, field in enumerate(FIELDS):
        row = logs[n].copy()
        row[field.missing] = 0.0
        total += row[levels[:, n]]
    return total


def _shares(logs: Floats) -> Floats:
    """Probabilities of classes (columns) from the logs of prior times likelihood."""
    logs = logs - logs.max(axis=1, keepdims=True)
    odds: Floats = np.exp(logs)
    odds /= odds.sum(axis=1, keepdims=True)
    return odds


def _learn(
    patterns: Patterns,
    weights: Weights,
    which: Literal["m", "k"],
    fields: tuple[int, ...],
    chosen_by: _Chosen,
) -> Weights:
    """Learn m or k of some fields from the pairs that agree in other fields, which then say nothing.

    chosen_by names those fields and the level that they must reach.  All else stays as it is.
    """
    chosen = _chosen(patterns, chosen_by)
    levels, counts = patterns.levels[chosen], patterns.counts[chosen]
    if not counts.sum():
        return weights
    seen = levels.copy()
    for field, _ in chosen_by:
        seen[:, field] = FIELDS[field].missing
    before, table = getattr(weights, which), getattr(weights, which).copy()
    shares = np.array([0.4, 0.2, 0.4])
    for _ in range(_ROUNDS):
        tables = (table if which == "m" else weights.m, table if which == "k" else weights.k, weights.u)
        logs = np.stack([likelihood(one, seen) for one in tables], axis=1) + np.log(shares)
        classes = _shares(logs) * counts[:, None]
        shares = np.clip(classes.sum(axis=0) / counts.sum(), 1e-4, 1.0)
        for field in fields:
            table[field, : FIELDS[field].missing] = _estimate(before, field, levels, classes[:, "mk".index(which)])
    return replace(weights, **{which: table})


def learn(patterns: Patterns, at_large: Levels) -> Weights:
    """Learn how often levels occur from the patterns of the pairs compared and the levels of pairs at large."""
    common, once = _table(field.strangers for field in FIELDS), np.ones(len(at_large))
    u = _table(_estimate(common, n, at_large, once).tolist() for n in range(len(FIELDS)))
    m, k = _table(field.one for field in FIELDS), _table(field.kin for field in FIELDS)
    weights = Weights(m=m, k=k, u=u, of_one=1e-4, of_kin=1e-4)
    weights = _learn(patterns, weights, "m", (FATHER, GRANDFATHER, BORN, SEX, PLACE, DATE), ((GIVEN, 3), (FAMILY, 3)))
    for _ in range(2):  # kin must be known to learn the names of one person, and those to learn kin
        k = weights.k.copy()
        k[[FATHER, FAMILY]] = weights.m[[FATHER, FAMILY]]
        weights = replace(weights, k=k)
        for name, other in ((GIVEN, FAMILY), (FAMILY, GIVEN)):
            fate, house = ((BORN, 3), (PLACE, 1), (DATE, 3)), ((BORN, 3), (FATHER, 3), (other, 3))
            by = fate if _n_chosen(patterns, fate) >= _ENOUGH else house
            weights = _learn(patterns, weights, "m", (name,), by)
        by = ((FAMILY, ALIKE), (FATHER, ALIKE), (PLACE, 1))
        weights = _learn(patterns, weights, "k", (GRANDFATHER, BORN, SEX, DATE), by)
    return weights


def _chosen(patterns: Patterns, by: _Chosen) -> npt.NDArray[np.bool_]:
    chosen: npt.NDArray[np.bool_] = np.all([_agree(patterns.levels, field, least) for field, least in by], axis=0)
    return chosen


def _n_chosen(patterns: Patterns, by: _Chosen) -> float:
    return float(patterns.counts[_chosen(patterns, by)].sum())


def _agree(levels: Levels, field: int, least: int) -> npt.NDArray[np.bool_]:
    column = levels[:, field]
    agree: npt.NDArray[np.bool_] = (column >= least) & (column < FIELDS[field].missing)
    return agree


def settle(logs: Floats, weights: Weights, n_all: float, each: float) -> Weights:
    """Find the shares of pairs of one person and of kin among all pairs: those that the pairs compared bear out.

    logs holds the logs of the three likelihoods of some pairs, each of which stands for so many pairs.
    """
    of_one = of_kin = 0.1 * max(1.0, len(logs) * each) / n_all
    for _ in range(_ROUNDS):
        sums = probabilities(logs, replace(weights, of_one=of_one, of_kin=of_kin)).sum(axis=0) * each
        before, (of_one, of_kin) = of_one, (float(np.clip(sums[n], 0.5, 0.49 * n_all)) / n_all for n in (0, 1))
        if abs(of_one - before) <= 1e-4 * before:
            break
    return replace(weights, of_one=of_one, of_kin=of_kin)


def probabilities(logs: Floats, weights: Weights) -> Floats:
    """Return for each row of the logs of three likelihoods how probable one person, kin and strangers are."""
    of_others = max(1e-9, 1.0 - weights.of_one - weights.of_kin)
    return _shares(logs + np.log([weights.of_one, weights.of_kin, of_others]))


def three_likelihoods(patterns: Patterns, weights: Weights) -> Floats:
    """Return the logs of how likely each pattern is in each class: one person, kin, strangers."""
    return np.stack([likelihood(table, patterns.levels) for table in (weights.m, weights.k, weights.u)], axis=1)
