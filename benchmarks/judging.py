"""How soon a judgement shows: python benchmarks/judging.py CASE [-n 20].

Judges statements and incidents of a copy of a case, spread over it, and prints CPU and wall seconds, as a
reviewer waits for them (`muster.run.judge.judge`, in one process that is warm).
"""

import argparse
import shutil
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from muster.run.judge import judge
from muster.store import models
from muster.store.case import Case, open_case
from muster.store.wide import seconds_to_reconcile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("-n", type=int, default=20, help="how many of each kind")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "case"
        shutil.copytree(wanted.case, folder)
        with open_case(folder) as case:
            report(case, wanted.n)


def report(case: Case, n: int) -> None:
    """Print a table of what n judgements of each kind took, the first of all left out."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for kind, subjects, value in _decisions(case, n):
        wall, cpu = time.perf_counter(), time.process_time()
        judge(case, kind, subjects, value=value, reason="measured", decided_by="a benchmark")  # type: ignore[arg-type]
        found[kind].append((time.perf_counter() - wall, time.process_time() - cpu))
    rows = models.Statement.objects.using(case.alias).count(), models.Document.objects.using(case.alias).count()
    print(f"{rows[0]:,} statements, {rows[1]:,} documents; reconciling takes {seconds_to_reconcile(case):.1f} s CPU\n")
    print("| judgement | median wall s | worst wall s | median CPU s |\n|---|---|---|---|")
    for kind, times in found.items():
        walls, cpus = zip(*times[1:], strict=True)
        print(f"| {kind} | {statistics.median(walls):.2f} | {max(walls):.2f} | {statistics.median(cpus):.2f} |")


def _decisions(case: Case, n: int) -> Iterator[tuple[str, list[str], str]]:
    rows = models.Statement.objects.using(case.alias).filter(incident__isnull=False).order_by("id")
    ids = list(rows.values_list("id", flat=True))
    step = max(1, len(ids) // (3 * n + 3))
    for at in range(0, 3 * (n + 1) * step, 3 * step):
        yield "accept", [ids[at]], ""
        yield "correct", [ids[at + step]], '{"modality": "alleged", "actor": "somebody unknown"}'
        yield "reject", [ids[at + 2 * step]], ""
    incidents = list(models.Incident.objects.using(case.alias).filter(n_statements__gt=4).values_list("id", flat=True))
    for one, other in zip(incidents[: n + 1], incidents[-n - 1 :], strict=True):
        yield "same", [one, other], ""
    for incident in incidents[n + 1 : 2 * n + 2]:
        yield "different", [rows.filter(incident=incident).values_list("id", flat=True)[0], incident], ""


if __name__ == "__main__":
    main()
