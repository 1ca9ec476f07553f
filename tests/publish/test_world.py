"""A map without a network: what is drawn, and what a name alone does not say."""

from hypothesis import given
from hypothesis import strategies as st

from muster.publish.gazetteer import Town, large_towns, likely, towns_named
from muster.publish.world import LEAST_WIDTH, View, fit, outlines, paths

DEGREES = st.tuples(st.floats(-180, 180), st.floats(-70, 70))


def _town(population: int) -> Town:
    return Town(name="Mirsal", country="XX", latitude=0.0, longitude=0.0, population=population)


def test_a_town_is_likely_only_where_no_other_of_its_name_comes_near_it() -> None:
    assert likely(()) is None
    assert likely((_town(20_000),)) == _town(20_000)
    assert likely((_town(90_000), _town(30_000))) is None
    assert likely((_town(900_000), _town(30_000))) == _town(900_000)


def test_towns_are_found_in_any_script_the_largest_first() -> None:
    found = towns_named(["Lima"])
    assert found[0].country == "PE"
    assert [town.population for town in found] == sorted((town.population for town in found), reverse=True)
    assert towns_named(["ليما"])[0] == found[0]
    assert towns_named(["Camp Mirsal"]) == ()


def test_large_towns_are_in_order_of_size() -> None:
    sizes = [town.population for town in large_towns()]
    assert sizes == sorted(sizes, reverse=True)


@given(st.lists(DEGREES, min_size=1, max_size=6))
def test_a_view_that_is_fitted_shows_every_point(points: list[tuple[float, float]]) -> None:
    view = fit(points)
    assert view.width >= LEAST_WIDTH
    assert all(view.shows(*point) for point in points) or view.width == View().width


def test_only_what_a_view_shows_is_drawn() -> None:
    whole, part = (sum(len(path) for path in paths(view, "land")) for view in (View(), View(width=20.0)))
    assert 0 < part < whole / 3
    assert all(path.endswith("Z") for path in paths(View(), "land"))


def test_no_outline_runs_across_the_map() -> None:
    for each in outlines():
        steps = zip(each.points, each.points[1:], strict=False)
        assert all(abs(a[0] - b[0]) <= 180 for a, b in steps if a[1] > -80)  # Antarctica closes at the pole
