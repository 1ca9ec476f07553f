"""The peer of benchmarks/lists.py, in an environment of its own: plain Splink on DuckDB.

    python benchmarks/lists_peer.py RECORDS.csv OUT

Seven blocking rules and the comparisons that Splink has for such columns; what is trained is trained as its
documentation says.  Pairs of one list are never compared, and clusters are written at several thresholds to
OUT-THRESHOLD.csv (id, cluster).  The last line of output is {"name": …, "predict_s": s, "thresholds": [t]}.
"""

import json
import logging
import sys
import time
from pathlib import Path

import duckdb
import splink
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

_THRESHOLDS = (0.5, 0.9, 0.99)
_RULES = [
    ("given", "family"),
    ("given", "father", "born"),
    ("family", "father"),
    ("given", "born", "place"),
    ("family", "born", "place"),
    ("given", "father", "place"),
    ("born", "place", "date"),
]


def _born() -> dict[str, object]:
    levels: list[dict[str, object]] = [
        {"sql_condition": "born_l IS NULL OR born_r IS NULL", "label_for_charts": "null", "is_null_level": True},
        {"sql_condition": "born_l = born_r", "label_for_charts": "same"},
        {"sql_condition": "abs(born_l - born_r) <= 1", "label_for_charts": "1"},
        {"sql_condition": "abs(born_l - born_r) <= 2", "label_for_charts": "2"},
        {"sql_condition": "ELSE", "label_for_charts": "else"},
    ]
    return {"output_column_name": "born", "comparison_levels": levels}


def main() -> None:
    """Link the records, and write the clusters."""
    logging.disable(logging.CRITICAL)
    records, out = sys.argv[1:3]
    base = duckdb.connect()
    base.execute(
        f"""CREATE TABLE records AS SELECT id AS unique_id, list, given, nullif(father, '') AS father,
        family, try_cast(born AS integer) AS born, sex, place, nullif(date, '') AS date
        FROM read_csv('{records}', all_varchar=true)"""
    )
    lists = [name for (name,) in base.execute("SELECT DISTINCT list FROM records ORDER BY 1").fetchall()]
    api = DuckDBAPI(connection=base)
    inputs = []
    for name in lists:
        base.execute(f"CREATE TABLE {name} AS SELECT * FROM records WHERE list = '{name}'")
        inputs.append(api.register(name, dataset_display_name=f"{name}_in"))
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("given").configure(term_frequency_adjustments=True),
            cl.NameComparison("father").configure(term_frequency_adjustments=True),
            cl.NameComparison("family").configure(term_frequency_adjustments=True),
            _born(),
            cl.ExactMatch("sex"),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.AbsoluteDateDifferenceAtThresholds(
                "date", input_is_string=True, metrics=["day", "day"], thresholds=[1, 7]
            ),
        ],
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in _RULES],
        retain_matching_columns=False,
    )
    linker = Linker(inputs, settings, log_level=logging.CRITICAL)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("given", "family", "born")], recall=0.3)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("given", "family"))
    training.estimate_parameters_using_expectation_maximisation(block_on("born", "place"))
    began = time.time()
    predicted = linker.inference.predict(threshold_match_probability=min(_THRESHOLDS))
    took = time.time() - began
    for threshold in _THRESHOLDS:
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
        target = Path(f"{out}-{threshold}.csv")
        base.execute(f"COPY (SELECT unique_id, cluster_id FROM {clusters.physical_name}) TO '{target}' (HEADER false)")
    name = f"Splink {splink.__version__}, DuckDB {duckdb.__version__}"
    print(json.dumps({"name": name, "predict_s": took, "thresholds": _THRESHOLDS}))


main()
