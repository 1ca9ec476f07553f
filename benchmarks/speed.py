"""How fast a build is and how that grows: python benchmarks/speed.py CORPUS [--sizes 500,1000,...] [-o PAGE].

Piles are made by benchmarks/pile.py.  Every figure comes from a process of its own; CPU seconds are
those of the build and its children together.  The page is docs/benchmarks.md.
"""

import argparse
import json
import math
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from pile import make_pile

_SIZES = (500, 1000, 2000, 5000)
_STAGES = ("bringing in", "reading", "extracting", "weighing")
_LEAST_S = 0.005
_MIB = 1024  # ru_maxrss counts KiB


class Clock:
    """A muster.run.progress.Progress that notes when each stage begins."""

    def __init__(self) -> None:
        self.began: dict[str, tuple[float, float]] = {}

    def begin(self, stage: str, total: int | None) -> None:
        self.began[stage] = (time.monotonic(), cpu_s())

    def advance(self) -> None:
        pass


def cpu_s() -> float:
    """CPU seconds of this process, and of those children that have ended."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def measure(case: Path, pile: Path) -> dict[str, Any]:
    """Build a case, or add a document to it, and return what each stage took.  To be run in a fresh process."""
    from muster.run.build import build
    from muster.run.stages import real_stages
    from muster.settings import read_settings

    settings = read_settings(os.environ)
    stages, parts = real_stages(settings), {}
    stages = replace(stages, wide=lambda: _timed(real_stages(settings).wide(), parts))
    files = [pile] if pile.is_file() else list(pile.iterdir())
    clock, began, cpu = Clock(), time.monotonic(), cpu_s()
    summary = build(case, [pile], settings, clock, stages=stages)
    ended, cpu_ended = time.monotonic(), cpu_s()
    marks = [(stage, *clock.began[stage]) for stage in _STAGES] + [("", ended, cpu_ended)]
    return {
        "documents": summary.totals.documents,
        "statements": summary.totals.statements,
        "incidents": summary.totals.incidents,
        "words": sum(len(path.read_text(encoding="utf-8").split()) for path in files),
        "wall_s": ended - began,
        "cpu_s": cpu_ended - cpu,
        "stage_s": {stage: after[1] - at for (stage, at, _), after in pairwise(marks)},
        "parts_s": parts,
        "parent_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MIB,
        "child_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _MIB,
    }


def _timed(wide: Any, parts: dict[str, float]) -> Any:
    """Return the case-wide stages, each noting the CPU seconds that it took."""

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            began = time.process_time()
            try:
                return function(*args)
            finally:
                parts[name] = parts.get(name, 0.0) + time.process_time() - began

        return run

    functions = {
        name: getattr(wide, name)
        for name in wide.__dataclass_fields__
        if callable(getattr(wide, name)) and not name.endswith("_type")
    }
    return replace(wide, **{name: timed(name, function) for name, function in functions.items()})


def add_one(case: Path, document: Path) -> dict[str, float]:
    """Add a document to a case with the command line; return wall and CPU seconds, start-up included."""
    began, cpu = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(
        [sys.executable, "-m", "muster", "build", str(case), str(document)], capture_output=True, text=True, check=False
    )
    assert run.returncode in (0, 3), run.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "wall_s": time.monotonic() - began,
        "cpu_s": after.ru_utime + after.ru_stime - cpu.ru_utime - cpu.ru_stime,
    }


def in_own_process(*args: object) -> Any:
    """Run a function of this file in a fresh process; return what it returned."""
    run = subprocess.run(
        [sys.executable, __file__, "--inner", *map(str, args)], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(run.stdout)


def slope(sizes: list[int], seconds: list[float]) -> float:
    """The slope of log seconds on log size, by least squares."""
    return statistics.linear_regression([math.log(n) for n in sizes], [math.log(s) for s in seconds]).slope


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)))
    parser.add_argument(
        "--repeats", type=int, default=3, help="builds of each size but the largest, which is built once"
    )
    parser.add_argument("--scratch", type=Path, help="keep piles and cases here")
    parser.add_argument("-o", "--output", type=Path)
    args = parser.parse_args()
    sizes = [int(n) for n in args.sizes.split(",")]
    scratch = args.scratch or Path(tempfile.mkdtemp(prefix="muster-speed-"))
    runs = {n: _measure_size(args.corpus, scratch, n, 1 if n == max(sizes) else args.repeats) for n in sizes}
    added = _measure_adding(args.corpus, scratch, max(sizes))
    parts = _measure_parts_of_adding(args.corpus, scratch, max(sizes))
    started = _measure_starting(args.corpus, scratch)
    page = write_page(args.corpus, runs, added, parts, started)
    print(page)
    if args.output:
        args.output.write_text(page, encoding="utf-8")
    if not args.scratch:
        shutil.rmtree(scratch)


def _measure_size(corpus: Path, scratch: Path, n: int, repeats: int) -> list[dict[str, Any]]:
    pile, found = scratch / f"pile-{n}", []
    make_pile(corpus, pile, n)
    for _ in range(repeats):
        shutil.rmtree(scratch / f"case-{n}", ignore_errors=True)
        found.append(in_own_process(scratch / f"case-{n}", pile))
        print(n, json.dumps(found[-1]), file=sys.stderr, flush=True)
    return found


def _measure_adding(corpus: Path, scratch: Path, n: int) -> list[dict[str, float]]:
    more = make_pile(corpus, scratch / "more", n + 7)[-7:]
    return [add_one(scratch / f"case-{n}", path) for path in more]


def _measure_parts_of_adding(corpus: Path, scratch: Path, n: int) -> dict[str, float]:
    """Add a few more documents; return the median of the CPU seconds of each part of weighing."""
    more = make_pile(corpus, scratch / "more", n + 12)[-5:]
    found = [in_own_process(scratch / f"case-{n}", path)["parts_s"] for path in more]
    return {part: statistics.median(each.get(part, 0.0) for each in found) for part in found[0]}


def _measure_starting(corpus: Path, scratch: Path) -> list[dict[str, float]]:
    """Add documents to a case of next to nothing: what is left is starting, loading a model and one document's work."""
    more = make_pile(corpus, scratch / "more", 12)
    return [add_one(scratch / "case-of-few", path) for path in more][5:]


def write_page(
    corpus: Path,
    runs: dict[int, list[dict[str, Any]]],
    added: list[dict[str, float]],
    parts: dict[str, float],
    started: list[dict[str, float]],
) -> str:
    """Return docs/benchmarks.md."""
    middle = {n: _median(found) for n, found in runs.items()}
    largest = middle[max(middle)]
    lines = [
        "# Speed",
        "",
        "<!-- Generated by benchmarks/speed.py. -->",
        "",
        f"A corpus of short news reports, letters and statements, repeated to {max(middle)} documents by "
        f"`benchmarks/pile.py` ({largest['words'] / largest['documents']:.0f} words each on average).  "
        f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} cores, SQLite with synchronous=FULL.",
        "",
        "## A whole build",
        "",
        "| documents | statements | incidents | wall s | CPU s | documents/s | words/s | memory: build | a child |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for run in middle.values():
        lines.append(
            f"| {run['documents']:,} | {run['statements']:,} | {run['incidents']:,} | {run['wall_s']:.1f} | "
            f"{run['cpu_s']:.1f} | {run['documents'] / run['wall_s']:.1f} | {run['words'] / run['wall_s']:,.0f} | "
            f"{run['parent_mib']:.0f} MiB | {run['child_mib']:.0f} MiB |"
        )
    sizes = list(middle)
    if len(sizes) > 1:
        cpu = slope(sizes, [run["cpu_s"] for run in middle.values()])
        wall = slope(sizes, [run["wall_s"] for run in middle.values()])
        lines += ["", f"Slope of log time on log size: {cpu:.2f} (CPU), {wall:.2f} (wall)."]
    lines += ["", f"## Stages, at {largest['documents']:,} documents", ""]
    lines += ["| stage | wall s | documents/s | words/s | slope |", "|---|---|---|---|---|"]
    for stage in _STAGES:
        seconds = largest["stage_s"][stage]
        growth = slope(sizes, [run["stage_s"][stage] for run in middle.values()]) if len(sizes) > 1 else math.nan
        lines.append(
            f"| {stage} | {seconds:.1f} | {largest['documents'] / seconds:,.0f} | "
            f"{largest['words'] / seconds:,.0f} | {growth:.2f} |"
        )
    lines += ["", "Within weighing (CPU s, one process):", "", "| part | CPU s | slope |", "|---|---|---|"]
    for part, seconds in sorted(largest["parts_s"].items(), key=lambda each: -each[1]):
        every = [max(run["parts_s"].get(part, 0), 1e-4) for run in middle.values()]
        lines.append(f"| {part} | {seconds:.2f} | {slope(sizes, every) if len(sizes) > 1 else math.nan:.2f} |")
    walls, cpus = sorted(each["wall_s"] for each in added), sorted(each["cpu_s"] for each in added)
    lines += [
        "",
        f"## Adding one document to {largest['documents']:,}",
        "",
        f"`muster build CASE FILE`, start-up included, {len(added)} times; medians: "
        f"{statistics.median(walls):.2f} s wall ({walls[0]:.2f}–{walls[-1]:.2f}), "
        f"{statistics.median(cpus):.2f} s CPU ({cpus[0]:.2f}–{cpus[-1]:.2f}).  To a case of ten documents: "
        f"{statistics.median(each['wall_s'] for each in started):.2f} s wall, "
        f"{statistics.median(each['cpu_s'] for each in started):.2f} s CPU, which is starting, loading the model and "
        "the document's own work.",
        "",
        "Of weighing (CPU s, medians of five more):",
        "",
        "| part | CPU s |",
        "|---|---|",
        *(f"| {part} | {s:.2f} |" for part, s in sorted(parts.items(), key=lambda each: -each[1]) if s >= _LEAST_S),
        "",
        "## How far to trust this",
        "",
        _noise(runs),
        "",
    ]
    return "\n".join(lines)


def _noise(runs: dict[int, list[dict[str, Any]]]) -> str:
    spreads = [
        max(values) / min(values) - 1
        for found in runs.values()
        if len(found) > 1
        for values in ([each["wall_s"] for each in found], [each["cpu_s"] for each in found])
    ]
    said = f"Repeated builds of one size differed by up to {max(spreads):.0%}.  " if spreads else ""
    return (
        f"{said}Medians are shown where a size was built more than once; the largest was built once.  CPU time is the "
        "steadier figure: the machine was shared while this ran, and its load shows in wall time."
    )


def _median(found: list[dict[str, Any]]) -> dict[str, Any]:
    return sorted(found, key=lambda each: each["cpu_s"])[len(found) // 2]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inner"]:
        print(json.dumps(measure(Path(sys.argv[2]), Path(sys.argv[3]))))
    else:
        main()
