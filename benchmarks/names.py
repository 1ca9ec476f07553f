"""Is it one name?  Muster beside nomenklatura's logic-v2: python benchmarks/names.py SPELLINGS [--peer PYTHON].

SPELLINGS holds one person a line, the spellings separated by "|", in Latin and in Arabic or Persian script.  Every two
spellings of a line are one name; each spelling and those of the four persons of most like letters are two names.
Both sides get the same pairs in one run, each at its own default threshold, 0.7.  The peer runs in the interpreter
that --peer names (nomenklatura installed).
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise
from pathlib import Path

_PEER = Path(__file__).with_name("names_peer.py")
_ARABIC = re.compile("[\u0600-\u06ff]")
_THRESHOLD = 0.7
_NEAREST = 4

Pair = tuple[str, str, bool]
Times = Sequence[float]  # CPU seconds for the first 50 pairs (with all loading), for all pairs, and for all again


def read_pairs(spellings: Path) -> list[Pair]:
    """Pairs of spellings and whether they are one name, without repetition, in order of the file."""
    lines = spellings.read_text(encoding="utf-8").splitlines()
    people = [[name.strip() for name in line.split("|") if name.strip()] for line in lines if line.strip()]
    latin = [next((n for n in names if not _ARABIC.search(n)), names[0]).casefold() for names in people]
    pairs: dict[Pair, None] = {}
    for at, names in enumerate(people):
        pairs.update(dict.fromkeys((a, b, True) for a, b in combinations(names, 2)))
        likeness = {k: SequenceMatcher(None, latin[at], latin[k]).ratio() for k in range(len(people)) if k != at}
        for k in sorted(likeness, key=lambda k: (-likeness[k], k))[:_NEAREST]:
            pairs.update(dict.fromkeys((min(a, b), max(a, b), False) for a in names for b in people[k]))
    return list(pairs)


def muster(pairs: Sequence[Pair]) -> tuple[list[float], Times]:
    """Muster's scores and its times."""
    from muster.languages.names import similarity

    times = [time.process_time()]
    for a, b, _ in pairs[:50]:
        similarity(a, b)
    times.append(time.process_time())
    scores = [similarity(a, b) for a, b, _ in pairs]
    times.append(time.process_time())
    for a, b, _ in pairs:
        similarity(a, b)
    return scores, [end - begin for begin, end in pairwise([*times, time.process_time()])]


def peer(python: str, pairs: Sequence[Pair]) -> tuple[list[float], Times, str]:
    """The peer's scores, its times, and its name.

    Raises:
        RuntimeError: the interpreter has no nomenklatura, or failed.
    """
    asked = json.dumps([(a, b) for a, b, _ in pairs])
    done = subprocess.run([python, str(_PEER)], input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError((done.stderr.strip().splitlines() or ["no reason given"])[-1])
    answer = json.loads(done.stdout)
    return answer["scores"], answer["cpu_s"], answer["name"]


def row(name: str, pairs: Sequence[Pair], scores: Sequence[float], times: Times) -> str:
    """One line of the table."""
    cells = []
    for across in (False, True):
        chosen = [
            (score >= _THRESHOLD, same)
            for (a, b, same), score in zip(pairs, scores, strict=True)
            if (bool(_ARABIC.search(a)) != bool(_ARABIC.search(b))) == across
        ]
        hit = sum(found and same for found, same in chosen)
        n_found, n_true = sum(found for found, _ in chosen), sum(same for _, same in chosen)
        precision, recall = hit / n_found if n_found else 0.0, hit / n_true if n_true else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        cells.append(f"{precision:.3f} / {recall:.3f} / **{f1:.3f}**")
    cold, first, again = times
    speed = f"{50 / cold:,.0f} | {len(pairs) / first:,.0f} | {len(pairs) / again:,.0f}"
    return f"| {name} | {' | '.join(cells)} | {speed} |"


def main() -> int:
    """Print the table; 1 where a peer was named and could not be run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spellings", type=Path)
    parser.add_argument("--peer", metavar="PYTHON", help="the interpreter of an environment with nomenklatura")
    options = parser.parse_args()
    pairs = read_pairs(options.spellings)
    print(f"{len(pairs):,} pairs, {sum(same for _, _, same in pairs):,} of them one name; P / R / **F1**\n")
    print("| | same script | across scripts | pairs per CPU-s: first 50 | all, new to it | all again |")
    print("|---|---|---|---|---|---|")
    print(row("Muster", pairs, *muster(pairs)), flush=True)
    if options.peer is None:
        print("\nabsent: nomenklatura (name the interpreter of an environment that has it with --peer)")
        return 0
    try:
        scores, times, name = peer(options.peer, pairs)
    except RuntimeError as error:
        print(f"\nabsent: nomenklatura: {error}")
        return 1
    print(row(name, pairs, scores, times))
    return 0


if __name__ == "__main__":
    sys.exit(main())
