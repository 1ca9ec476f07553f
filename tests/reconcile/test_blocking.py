"""Which bundles are weighed against each other."""

from collections.abc import Sequence

from muster.reconcile.blocking import Finding, Shelves
from muster.reconcile.bundles import Bundle, make_bundle
from muster.reconcile.surroundings import MAX_SHELF, Surroundings
from tests.reconcile.made import happened


def bundle(
    name: str, when: str | None, place: str | None = "town", killed: int | None = None, published: str | None = None
) -> Bundle:
    return make_bundle(happened(name, when=when, killed=killed), [place] if place else [], [], [], published)


def shelves(*bundles: Bundle, standing: Sequence[int] | None = None) -> Shelves:
    inside = {"town": frozenset({"province"}), "camp": frozenset({"town", "province"})}
    return Shelves(bundles, Finding(Surroundings(bundles, {}, inside)), standing)


def pairs(*bundles: Bundle) -> set[tuple[str, str]]:
    return {(bundles[a].id, bundles[b].id) for a, b in shelves(*bundles).pairs().tolist()}


def test_bundles_of_one_place_and_of_near_days_meet() -> None:
    elsewhere = bundle("c", "2018-05-21", "other town")
    assert pairs(bundle("a", "2018-05-10"), bundle("b", "2018-05-13"), elsewhere) == {("v-a0", "v-b0")}


def test_a_place_meets_those_that_it_lies_in() -> None:
    found = pairs(bundle("a", "2018-05-10", "camp"), bundle("b", "2018-05-10", "province"))
    assert found == {("v-a0", "v-b0")}


def test_a_wrong_month_does_not_hide_the_same_number_at_the_same_place() -> None:
    assert pairs(bundle("a", "2018-05-10", killed=34), bundle("b", "2018-06-11", killed=34)) == {("v-a0", "v-b0")}


def test_an_undated_bundle_finds_what_happened_in_the_weeks_before_it_was_told() -> None:
    undated = bundle("c", None, None, published="2018-05-20")
    firm = shelves(bundle("a", "2018-05-10"), bundle("b", "2018-01-10"), undated, standing=[0, 1])
    assert firm.options([2]).tolist() == [[2, 0]]


def test_what_too_many_share_brings_no_pairs() -> None:
    crowd = [bundle(f"{n:03}", "2018-05-10", None, killed=34) for n in range(MAX_SHELF + 1)]
    assert pairs(*crowd) == set()
    assert pairs(*crowd[:3])
