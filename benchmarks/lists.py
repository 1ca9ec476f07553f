"""Who is who in five lists?  Muster beside plain Splink: python benchmarks/lists.py NAMES [--peer PYTHON].

NAMES is `data/wd_arabic.normalized.aligned.tokens` of steveash/NETransliteration-COLING2018, names mined from
Wikidata.  Both sides get the same made lists (benchmarks/lists_made.py) in one run, each in a process of its own;
times are from its start to its end, with reading and writing.  The peer runs in the interpreter that --peer names
(splink and duckdb installed); its clusters are scored at three thresholds and the best counts.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lists_made import read_spellings, write_lists

from muster.reconcile.lists import ListedPerson, link_lists

_PEER = Path(__file__).with_name("lists_peer.py")
_STEPS = (0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 1.1)


@dataclass(frozen=True, slots=True)
class Run:
    """What a side took and said: seconds, CPU seconds, MiB at most, its last line, and its clusters."""

    wall_s: float
    cpu_s: float
    mib: float
    said: dict[str, object]


def run(command: Sequence[str]) -> Run:
    """Run a side.

    Raises:
        RuntimeError: it failed.
    """
    began = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        if status:
            raise RuntimeError((err.read().decode().strip().splitlines() or ["no reason given"])[-1])
        said = json.loads(out.read().decode().strip().splitlines()[-1])
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


def read_records(folder: Path) -> Iterator[ListedPerson]:
    """The records of made lists."""
    with (folder / "records.csv").open(newline="") as lines:
        rows = csv.reader(lines)
        next(rows)
        for id, list_id, given, father, family, born, sex, place, date in rows:
            name = f"{given} {family}"
            yield ListedPerson(
                id=id, list_id=list_id, name=name, father=father, born=born, sex=sex, place=place, date=date
            )


def link(folder: Path) -> None:
    """Muster's side: write muster.csv (record, person) and print what the probabilities were worth."""
    linkage = link_lists(read_records(folder))
    with (folder / "muster.csv").open("w", newline="") as out:
        written = csv.writer(out)
        for n, person in enumerate(linkage.persons):
            written.writerows((record, n) for record in person)
    with (folder / "truth.csv").open(newline="") as lines:
        truth = dict(list(csv.reader(lines))[1:])
    true = [truth[linkage.ids[a]] == truth[linkage.ids[b]] for a, b in linkage.pairs.T.tolist()]
    steps = []
    for low, high in pairwise(_STEPS):
        chosen = [(p, same) for p, same in zip(linkage.probability.tolist(), true, strict=True) if low <= p < high]
        if chosen:
            steps.append(
                (len(chosen), sum(p for p, _ in chosen) / len(chosen), sum(same for _, same in chosen) / len(chosen))
            )
    blocks = [(" + ".join(b.rule), b.n_pairs, b.n_left_out) for b in linkage.blocks]
    print(json.dumps({"name": "Muster", "steps": steps, "blocks": blocks, "n_true_kept": sum(true)}))


def clusters(path: Path) -> dict[str, str]:
    """The cluster of each record."""
    with path.open(newline="") as lines:
        return dict(csv.reader(lines))


def score(truth: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs of records of one person."""

    def pairs(tally: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in tally.values())

    hit = pairs(Counter((found[record], person) for record, person in truth.items()))
    n_found, n_true = pairs(Counter(found.values())), pairs(Counter(truth.values()))
    precision, recall = hit / max(1, n_found), hit / max(1, n_true)
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def row(name: str, scored: tuple[float, float, float], side: Run) -> str:
    """One line of the table."""
    p, r, f = scored
    return f"| {name} | {p:.3f} | {r:.3f} | **{f:.3f}** | {side.wall_s:.1f} | {side.cpu_s:.1f} | {side.mib:,.0f} |"


def main() -> int:
    """Print the tables; 1 where a peer was named and could not be run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", type=Path)
    parser.add_argument("--peer", metavar="PYTHON", help="the interpreter of an environment with splink and duckdb")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--arabic-lists", type=int, default=0, help="how many of the five are in Arabic letters")
    parser.add_argument("--no-kin", action="store_true", help="nobody has brothers, sisters or a father in the lists")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--link", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.link:
        link(options.names)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        names = read_spellings(options.names)
        n = write_lists(names, options.records, options.arabic_lists, folder, options.seed, kin=not options.no_kin)
        print(f"{n:,} records in five lists, {options.arabic_lists} of them in Arabic letters\n")
        print("| | P | R | **F1** | wall s | CPU s | MiB |\n|---|---|---|---|---|---|---|")
        return _compare(folder, options.names, options.peer)


def _compare(folder: Path, names: Path, python: str | None) -> int:
    truth = clusters(folder / "truth.csv")
    del truth["id"]
    ours = run([sys.executable, str(Path(__file__)), str(folder), "--link"])
    print(row("Muster", score(truth, clusters(folder / "muster.csv")), ours), flush=True)
    failed = None
    if python is not None:
        try:
            peer = run([python, str(_PEER), str(folder / "records.csv"), str(folder / "peer")])
            scored = {t: score(truth, clusters(folder / f"peer-{t}.csv")) for t in peer.said["thresholds"]}
            best = max(scored, key=lambda threshold: scored[threshold][2])
            print(row(f"{peer.said['name']}, at {best}", scored[best], peer))
        except RuntimeError as error:
            failed = str(error)
    print("\n| Muster: pairs | said to be one person | are |\n|---|---|---|")
    for count, said, are in ours.said["steps"]:
        print(f"| {count:,} | {said:.3f} | {are:.3f} |")
    print("\n| rule | pairs | records left out |\n|---|---|---|")
    for rule, n_pairs, n_left_out in ours.said["blocks"]:
        print(f"| {rule} | {n_pairs:,} | {n_left_out:,} |")
    n_true = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    print(f"\nPairs of one person that were compared and not ruled out: {ours.said['n_true_kept'] / n_true:.3f}")
    if failed or python is None:
        print(f"\nabsent: splink{': ' + failed if failed else ' (name the interpreter of an environment that has it)'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
