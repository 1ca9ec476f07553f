"""The peers of benchmarks/incidents.py: rules of a window in time and space, and Fellegi-Sunter in Splink on DuckDB.

    python benchmarks/incidents_peer.py window|splink|splink-more TELLINGS.csv OUT

Each writes its clusters, one file for each setting: OUT-N.csv (telling, cluster).  The last line of output is
{"names": [what setting N is]}.  Splink compares what such rules use (place, days, kind, numbers); splink-more also the
named victims.  It is trained by expectation maximisation on the same tellings, as its documentation says.
"""

import csv
import json
import logging
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

LEVELS = ("site", "town", "district", "province")
_GAPS = (0, 1, 2, 3, 5, 7, 10)
_THRESHOLDS = (
    0.001,
    0.003,
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.3,
    0.4,
    0.5,
    0.6,
    0.7,
    0.8,
    0.9,
    0.95,
    0.98,
    0.99,
    0.995,
    0.999,
    0.9999,
    0.99999,
)


def windows(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, list[int]]]:
    """Link what is at one place (at a level; what is told less exactly, at its own) and at most so many days apart.

    Undated tellings stay alone, or count as of the day before they came out; dates wider than so many days are undated.
    """
    for level, same_kind, widest, guess in product(range(4), (True, False), (0, 1, 7, 31), (False, True)):
        groups: dict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
        for n, row in enumerate(rows):
            place = next((f"{name} {row[name]}" for name in LEVELS[level:] if row[name]), "")
            span = _span(row, widest, guess)
            if place and span:
                groups[place, row["kind"] if same_kind else ""].append((*span, n))
        for gap in _GAPS:
            home = list(range(len(rows)))
            for members in groups.values():
                _chain(sorted(members), gap, home)
            kind = "one kind" if same_kind else "any kind"
            yield f"{gap} days, {LEVELS[level]}, {kind}, dates up to {widest} days{', guessed' if guess else ''}", home


def _span(row: Mapping[str, str], widest: int, guess: bool) -> tuple[int, int] | None:
    if row["first"] and int(row["last"]) - int(row["first"]) <= widest:
        return int(row["first"]), int(row["last"])
    if guess and not row["first"] and row["published"]:
        return int(row["published"]) - 1, int(row["published"]) - 1
    return None


def _chain(members: Iterable[tuple[int, int, int]], gap: int, home: list[int]) -> None:
    reached, head = -(10**9), -1
    for first, last, n in members:
        if first - reached > gap:
            head, reached = n, last
        home[n] = head
        reached = max(reached, last)


def fellegi_sunter(path: str, more: bool) -> Iterator[tuple[str, list[str]]]:
    """Link by Splink's model of agreement on place, days, kind and numbers, at several thresholds."""
    import duckdb
    import splink
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    logging.disable(logging.CRITICAL)
    base = duckdb.connect()
    base.execute("SET threads=2")
    short = "try_cast(last AS integer) - try_cast(first AS integer) <= 31"
    numbers = ", ".join(f"try_cast({name} AS integer) AS {name}" for name in ("killed", "injured", "held"))
    base.execute(
        f"""CREATE TABLE tellings AS SELECT cast(id AS integer) AS unique_id, kind,
        {", ".join(f"nullif({level}, '') AS {level}" for level in LEVELS)}, {numbers},
        CASE WHEN {short} THEN try_cast(first AS integer) END AS first,
        CASE WHEN {short} THEN try_cast(last AS integer) END AS last,
        try_cast(first AS integer) // 3 AS days, (try_cast(first AS integer) + 1) // 3 AS days_too,
        try_cast(first AS integer) // 30 AS month,
        CASE WHEN victims <> '' THEN string_split(victims, '|') END AS victims
        FROM read_csv('{path}', all_varchar=true)"""
    )
    compared = [_place(), _days(), cl.ExactMatch("kind"), *(_number(name) for name in ("killed", "injured", "held"))]
    rules = [
        ("town", "days"), ("town", "days_too"), ("district", "kind", "days"), ("district", "days", "days_too"),
        ("province", "kind", "killed", "days"), ("town", "month", "killed"), ("kind", "killed", "injured", "days"),
    ]  # fmt: skip
    if more:
        compared.append(cl.ArrayIntersectAtSizes("victims", [2, 1]))
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=compared,
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in rules]
        + ([block_on("victims", arrays_to_explode=["victims"])] if more else []),
    )
    linker = Linker(DuckDBAPI(connection=base).register("tellings"), settings, log_level=logging.CRITICAL)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("town", "days", "kind", "killed")], recall=0.4)
    training.estimate_u_using_random_sampling(max_pairs=3e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("town", "days"))
    training.estimate_parameters_using_expectation_maximisation(block_on("kind", "killed", "month"))
    predicted = linker.inference.predict(threshold_match_probability=min(_THRESHOLDS))
    for threshold in _THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        found = base.execute(f"SELECT cluster_id FROM {clusters.physical_name} ORDER BY unique_id").fetchall()
        with_victims = " with victims" if more else ""
        yield f"Splink {splink.__version__}{with_victims}, at {threshold}", [cluster for (cluster,) in found]


def _levels(name: str, *conditions: str) -> dict[str, object]:
    null, *rest = conditions
    levels: list[dict[str, object]] = [{"sql_condition": null, "label_for_charts": "null", "is_null_level": True}]
    levels += [{"sql_condition": condition, "label_for_charts": condition} for condition in (*rest, "ELSE")]
    return {"output_column_name": name, "comparison_levels": levels}


def _place() -> dict[str, object]:
    nested = " OR ".join(
        f"({inner}_l IS NULL OR {inner}_r IS NULL) AND {outer}_l = {outer}_r"
        for inner, outer in (("town", "district"), ("district", "province"))
    )
    return _levels(
        "place", "province_l IS NULL OR province_r IS NULL", "site_l = site_r", "town_l = town_r", nested,
        "district_l = district_r", "province_l = province_r",
    )  # fmt: skip


def _days() -> dict[str, object]:
    gap = "greatest(first_l - last_r, first_r - last_l, 0)"
    return _levels(
        "day", "first_l IS NULL OR first_r IS NULL", "first_l = first_r AND last_l = last_r",
        *(f"{gap} <= {most}" for most in (0, 1, 3, 7, 31)),
    )  # fmt: skip


def _number(name: str) -> dict[str, object]:
    a, b = f"{name}_l", f"{name}_r"
    ratio = f"abs(ln({a}) - ln({b}))"
    return _levels(name, f"{a} IS NULL OR {b} IS NULL", f"{a} = {b}", f"{ratio} <= 0.25", f"{ratio} <= 0.7")


def main() -> None:
    """Cluster the tellings in every setting."""
    which, path, out = sys.argv[1:4]
    with open(path, newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = windows(rows) if which == "window" else fellegi_sunter(path, which == "splink-more")
    names = []
    for n, (name, clusters) in enumerate(found):
        names.append(name)
        with Path(f"{out}-{n}.csv").open("w", newline="") as target:
            csv.writer(target).writerows(zip((row["id"] for row in rows), clusters, strict=True))
    print(json.dumps({"names": names}))


if __name__ == "__main__":
    main()
