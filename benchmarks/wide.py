"""The case-wide stages at sizes that take too long to extract: python benchmarks/wide.py CASE [--sizes 500,5000,...].

CASE is a small built case, best of the corpus of benchmarks/speed.py.  Its outlines and statements are
repeated as benchmarks/pile.py repeats its texts: in each repetition names are other names, dates are moved
by whole weeks, numbers of people are others, words change places with each other, and
runs of words are other runs; documents in scripts without capitals come once.  Nothing is extracted again
and nothing is written, so the figures are those of reconciling and weighing alone.  CPU seconds, each size
in a process of its own; memory is the most that this process held.
"""

import argparse
import gc
import hashlib
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
from pile import _kept, _number, _other
from speed import slope

from muster.languages.shingles import digests
from muster.records import Outline, Statement
from muster.run.stages import real_stages
from muster.settings import Settings
from muster.store.case import Case, open_case
from muster.store.lookup import get_documents, get_reading, get_statements
from muster.store.record import get_outlines

_SIZES = (500, 1500, 5000, 15000, 50000)
_ISO = re.compile(r"(?:[0-9]{4}|XXXX)-[01][0-9]-[0-3][0-9]|\b[0-9]{4}\b")
_EDTF = re.compile(r"(?:[0-9]{4}|XXXX)(?![0-9A-Za-z])")
_ID = re.compile(r"\b([dsv])-[0-9a-f]{16}\b")
_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}\b")


class Repeated:
    """The documents of a small case, over and over, each time as other ones."""

    def __init__(self, case: Case) -> None:
        readings = [get_reading(case, document.id) for document in get_documents(case)]
        self.outlines = get_outlines(case)
        self.statements = {each.id: each for each in get_statements(case)}
        self.kept = _kept([reading.text for reading in readings])
        names = {word for reading in readings for word in _NAME.findall(reading.text)} - self.kept
        self.names = {name.lower(): name for name in names}
        words = {word for outline in self.outlines for event in outline.events for word in event.words}
        self.vocabulary = sorted(word for word in words - self.names.keys() if not word[0].isdigit())
        self.place = {word: n for n, word in enumerate(self.vocabulary)}
        self.others: dict[int, _Other] = {}
        self.home: dict[str, tuple[str, int]] = {}  # whose statement it is, and of which repetition

    def first(self, n: int) -> list[Outline]:
        """The first n outlines."""
        return list(islice(self._all(), n))

    def statement(self, id_: str) -> Statement:
        """A statement of one of them."""
        original, round_ = self.home[id_]
        other = self.others[round_]
        found: Statement = _altered(self.statements[original], other)
        n = found.count
        return (
            replace(found, count=replace(n, low=other.number(n.low), high=n.high and other.number(n.high)))
            if n
            else found
        )

    def _all(self) -> Iterator[Outline]:
        for round_ in count():
            other = self.others[round_] = _Other(self, round_)
            for outline in self.outlines:
                if round_ == 0 or outline.language == "en":
                    yield self._other(outline, other)

    def _other(self, outline: Outline, other: "_Other") -> Outline:
        for event in outline.events:
            self.home.update({other(id_): (id_, other.round_) for id_ in event.statement_ids})
        made: Outline = _altered(replace(outline, word_runs=b""), other)
        events = tuple(
            replace(
                event,
                words=tuple(sorted(map(other.word, event.words))),
                killed=event.killed
                and (other.number(event.killed[0]), event.killed[1] and other.number(event.killed[1])),
                injured=event.injured
                and (other.number(event.injured[0]), event.injured[1] and other.number(event.injured[1])),
            )
            for event in made.events
        )
        runs = digests(outline.word_runs) ^ np.uint64(_number("runs", other.round_) % 2**64)
        return replace(made, events=events, word_runs=np.sort(runs).astype("<u8").tobytes())


class _Other:
    """What words, ids, dates and names become in one repetition."""

    def __init__(self, of: Repeated, round_: int) -> None:
        self.of, self.round_ = of, round_
        self.known: dict[str, str] = {}
        self.order = random.Random(round_).sample(range(len(of.vocabulary)), len(of.vocabulary))

    def __call__(self, text: str) -> str:
        if self.round_ == 0:
            return text
        if text not in self.known:
            made = _ID.sub(lambda m: f"{m[1]}-{_hex(m[0], self.round_)}", text)
            made = made if made != text else _moved(text, self.round_) if _EDTF.match(text) else self._named(text)
            self.known[text] = made
        return self.known[text]

    def _named(self, text: str) -> str:
        return _NAME.sub(lambda m: m[0] if m[0] in self.of.kept else _other(m[0], self.round_), text)

    def number(self, n: int) -> int:
        """A number of people: from three on another one, in one repetition all by as much."""
        return n if self.round_ == 0 or n < 3 else n + _number("people", self.round_) % 60

    def word(self, word: str) -> str:
        """A folded word of an event: a number with what it counts, a name, or a word, each another one."""
        if self.round_ == 0:
            return word
        if word[0].isdigit():
            return " ".join(str(self.number(int(part))) if part.isdigit() else part for part in word.split())
        if word in self.of.names:
            return _other(self.of.names[word], self.round_).lower()
        return self.of.vocabulary[self.order[self.of.place[word]]]


def _hex(id_: str, round_: int) -> str:
    return hashlib.blake2b(f"{id_} {round_}".encode(), digest_size=8).hexdigest()


@cache
def _moved(edtf: str, round_: int) -> str:
    by = timedelta(weeks=round_ * 11 % 1000)

    def move(found: re.Match[str]) -> str:
        if len(found[0]) == 4:
            return f"{int(found[0]) + by.days // 365:04d}"
        year = "2011" if found[0].startswith("XXXX") else found[0][:4]
        day = (date.fromisoformat(f"{year}{found[0][4:]}") + by).isoformat()
        return f"XXXX{day[4:]}" if found[0].startswith("XXXX") else day

    try:
        return _ISO.sub(move, edtf)
    except ValueError:  # 29 February
        return edtf


def _altered(value: Any, other: _Other) -> Any:
    """A record with all its texts as they stand in a repetition."""
    if isinstance(value, str):
        return other(value)
    if isinstance(value, tuple):
        return tuple(_altered(each, other) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{f.name: _altered(getattr(value, f.name), other) for f in fields(value)})
    return value


def measure(folder: Path, n: int) -> dict[str, Any]:
    """Reconcile and weigh n documents in memory.  To be run in a fresh process."""
    run = real_stages(Settings()).wide()
    seconds: Counter[str] = Counter()

    def timed(name: str, function: Callable[..., Any], *args: Any) -> Any:
        began = time.process_time()
        found = function(*args)
        seconds[name] += time.process_time() - began
        return found

    with open_case(folder) as case:
        repeated = Repeated(case)
    outlines = repeated.first(n)
    gc.disable()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    state = timed("reconcile_entities", run.reconcile_entities, outlines, (), None)
    timed("date_documents", run.date_documents, outlines, state.entities, None)
    ties = timed("find_ties", run.find_ties, outlines, state.entities, ())
    groups = timed("independence_groups", run.independence_groups, outlines, ties)
    incidents, _ = timed("reconcile_incidents", run.reconcile_incidents, outlines, state.entities, (), b"")
    context = timed("make_context", run.make_context, outlines, state.entities, groups, ties)
    timed("lookups", run.lookups, context)
    n_disagreements = 0
    for incident in incidents:
        own = [repeated.statement(id_) for id_ in incident.statement_ids]
        found = timed("disagreements", run.disagreements, incident, own, context)
        timed("questions", run.questions, incident, own, context, found)
        n_disagreements += len(found)
    return {
        "documents": n,
        "events": sum(len(outline.events) for outline in outlines),
        "entities": len(state.entities),
        "ties": len(ties),
        "incidents": len(incidents),
        "largest": max(len(incident.event_ids) for incident in incidents),
        "disagreements": n_disagreements,
        "parts_s": dict(seconds),
        "seconds": sum(seconds.values()),
        "outlines_mib": before / 1024,
        "most_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("case", type=Path)
    parser.add_argument("--sizes", default=",".join(map(str, _SIZES)))
    parser.add_argument("-o", "--output", type=Path, help="the page to write: docs/benchmarks-size.md")
    args = parser.parse_args()
    sizes = [int(n) for n in args.sizes.split(",")]
    found = []
    for n in sizes:
        command = [sys.executable, __file__, "--inner", str(args.case), str(n)]
        found.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout))
        print(json.dumps(found[-1]), file=sys.stderr, flush=True)
    page = write_page(found)
    print(page)
    if args.output:
        args.output.write_text(page, encoding="utf-8")


def write_page(found: list[dict[str, Any]]) -> str:
    """Return docs/benchmarks-size.md."""
    n_most, most = found[-1]["documents"], found[-1]["most_mib"]
    own = found[-1]["outlines_mib"]
    head = [
        "# At size",
        "",
        "<!-- Generated by benchmarks/wide.py. -->",
        "",
        "What is drawn from all documents of a case, at sizes that take too long to extract: the outlines and",
        "statements of a small case, repeated with other names, dates, numbers and words (`benchmarks/wide.py` says",
        "how). Nothing is extracted or written, so this is reconciling and weighing a whole case from scratch, in one",
        "process: CPU seconds, and the slope of log time on log size. Extraction takes the same time for each document",
        "whatever the size of the case: [speed](benchmarks.md).",
        "",
        write_table(found),
        "",
        f"Memory at {n_most:,} documents: at most {most:,.0f} MiB, {1024 * most / n_most:,.0f} KiB a document; the",
        f"outlines, with what generates them, take {1024 * own / n_most:,.0f} KiB.",
        "",
    ]
    return "\n".join(head)


def write_table(found: list[dict[str, Any]]) -> str:
    """Return a table with a row for each part, a column for each size and the slope of log time on log size."""
    sizes = [each["documents"] for each in found]
    lines = ["| CPU s | " + " | ".join(f"{n:,}" for n in sizes) + " | slope |", "|---" * (len(sizes) + 2) + "|"]
    parts = sorted(found[-1]["parts_s"], key=lambda part: -found[-1]["parts_s"][part])
    rows = [(part, [max(each["parts_s"][part], 1e-3) for each in found]) for part in parts]
    for name, seconds in [*rows, ("all", [each["seconds"] for each in found])]:
        grows = f"{slope(sizes, seconds):.2f}" if len(sizes) > 1 else ""
        lines.append(f"| {name} | " + " | ".join(f"{s:.2f}" for s in seconds) + f" | {grows} |")
    for name in ("events", "entities", "incidents", "largest", "disagreements", "outlines_mib", "most_mib"):
        lines.append(f"| {name} | " + " | ".join(f"{each[name]:,.0f}" for each in found) + " | |")
    return "\n".join(lines)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inner"]:
        print(json.dumps(measure(Path(sys.argv[2]), int(sys.argv[3]))))
    else:
        main()
