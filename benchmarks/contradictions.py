"""Draws reported contradictions for a check by hand, and counts what was checked.

python benchmarks/contradictions.py draw EXPORT... [--n 100] [--seed 1]   prints pairs with both quotes
python benchmarks/contradictions.py count                                 counts contradictions_checked.tsv

EXPORT: a folder that `muster export --format jsonl` wrote.  Draws are of all exports together, of the pairs sorted by
ids, so that the same exports and seed always give the same pairs.  Standard library only.
"""

import argparse
import csv
import json
import random
from collections import Counter
from pathlib import Path

CHECKED = Path(__file__).with_name("contradictions_checked.tsv")


def rows(directory: str, name: str) -> list[dict[str, object]]:
    text = (Path(directory) / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def draw(exports: list[str], n: int, seed: int) -> None:
    statements = {str(s["id"]): s for export in exports for s in rows(export, "statements")}
    found = [row for export in exports for row in rows(export, "disagreements")]
    found.sort(key=lambda row: (str(row["a"]), str(row["b"] or ""), str(row["kind"])))
    for row in random.Random(seed).sample(found, min(n, len(found))):
        print(f"{row['a']}\t{row['b'] or '-'}\t{row['kind']}\t{row['why']}")
        for id_ in filter(None, (row["a"], row["b"])):
            s = statements[str(id_)]
            print(f"    {s['doc']} by {s['said_by']} on {s['date']} of {s['count']}: {s['content']!r}")
            print(f"    in {s['quote']!r}")


def count() -> None:
    with CHECKED.open(encoding="utf-8", newline="") as lines:
        checked = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    by_kind = Counter((row["kind"], row["verdict"]) for row in checked)
    for kind in sorted({row["kind"] for row in checked}):
        print(f"{kind:10} right {by_kind[kind, 'right']:3}  wrong {by_kind[kind, 'wrong']:3}")
    print(f"all        right {sum(row['verdict'] == 'right' for row in checked)} of {len(checked)}")
    for reason, n in Counter(row["reason"] for row in checked if row["verdict"] == "wrong").most_common():
        print(f"  {n:2}  {reason}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("exports", nargs="+")
    drawing.add_argument("--n", type=int, default=100)
    drawing.add_argument("--seed", type=int, default=1)
    commands.add_parser("count")
    given = parser.parse_args()
    if given.command == "draw":
        draw(given.exports, given.n, given.seed)
    else:
        count()
