"""The peer of benchmarks/names.py, in an environment of its own (nomenklatura).

Reads a JSON list of pairs of names from standard input; writes {"scores": [s], "cpu_s": [s, s, s], "name": …}.  Each
name is a person with nothing but that name.
"""

import json
import sys
import time
from importlib.metadata import version
from itertools import pairwise

from followthemoney import model
from nomenklatura.matching import get_algorithm


def main() -> None:
    """Score 50 pairs with logic-v2, then all, then all again."""
    pairs = json.load(sys.stdin)
    algorithm = get_algorithm("logic-v2")
    if algorithm is None:
        raise SystemExit("this nomenklatura has no logic-v2")
    config = algorithm.default_config()

    def person(name: str) -> object:  # the id must tell names apart: results are kept by it
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    def score(a: str, b: str) -> float:
        return float(algorithm.compare(person(a), person(b), config).score)

    times = [time.process_time()]
    for a, b in pairs[:50]:
        score(a, b)
    times.append(time.process_time())
    scores = [score(a, b) for a, b in pairs]
    times.append(time.process_time())
    for a, b in pairs:
        score(a, b)
    times.append(time.process_time())
    name = f"nomenklatura {version('nomenklatura')} logic-v2"
    json.dump({"scores": scores, "cpu_s": [end - begin for begin, end in pairwise(times)], "name": name}, sys.stdout)


main()
