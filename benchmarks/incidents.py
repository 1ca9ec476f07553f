"""Which reports tell of one incident?  Muster beside window rules and Splink.

    python benchmarks/incidents.py [--peer PYTHON]

All sides get the same made reports (benchmarks/incidents_made.py) in one run, each in a process of its own; times
are from its start to its end, with reading and writing.  Muster gets outlines, as its own documents have them, with
names as they are written; the peers get places resolved by a gazetteer that knows all of them, and dates in full.  The
window rule and Splink's threshold are those that score best.  Splink runs in the interpreter that --peer names (splink
and duckdb installed).
"""

import argparse
import csv
import json
import pickle
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path

from incidents_made import Report, Telling, make
from lists import Run, run

from muster.languages.edtf import parse_edtf
from muster.reconcile.entities import reconcile_entities
from muster.reconcile.incidents import propose_pairs, reconcile_incidents
from muster.records import LocalEntityOutline, LocalEvent, Outline, When

_HERE = Path(__file__)
_PEER = _HERE.with_name("incidents_peer.py")
FIELDS = (
    "id", "report", "published", "kind", "first", "last", "site", "town", "district", "province",
    "killed", "injured", "held", "victims", "incident",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, B-cubed and of pairs."""

    b_cubed: tuple[float, float, float]
    pairs: tuple[float, float, float]


def write_reports(reports: Sequence[Report], folder: Path) -> int:
    """Write tellings.csv (FIELDS) for the peers and reports.pickle for Muster; return how many tellings."""
    n = 0
    with (folder / "tellings.csv").open("w", newline="") as out:
        written = csv.writer(out)
        written.writerow(FIELDS)
        for number, report in enumerate(reports):
            for telling in report.tellings:
                written.writerow(_row(n, number, report, telling))
                n += 1
    with (folder / "reports.pickle").open("wb") as kept:
        pickle.dump(reports, kept)
    return n


def _row(n: int, number: int, report: Report, told: Telling) -> list[object]:
    days = parse_edtf(_in_year(told.edtf, report)) if told.edtf else None
    chain = told.place_at.chain() if told.place_at else {}
    places = [chain[level].name if level in chain else "" for level in range(4)]
    span = [days.first.toordinal(), days.last.toordinal()] if days else ["", ""]
    published = "" if _undated(report) else report.published.toordinal()
    tolls = ["" if x is None else x for x in (told.killed, told.injured, told.held)]
    return [n, number, published, told.kind, *span, *places, *tolls, "|".join(told.victims), told.incident]


def _in_year(edtf: str, report: Report) -> str:
    """A date without its year, in the last year in which it lay before the report; a bare weekday tells no day."""
    if not edtf.startswith("XXXX"):
        return edtf
    dates = [edtf.replace("XXXX", str(report.published.year - back)) for back in (0, 1)]
    return "" if edtf == "XXXX" else next(d for d in dates if d <= report.published.isoformat())


def _undated(report: Report) -> bool:
    """Whether a report does not say when it came out: who does, tells no bare weekday."""
    return any(told.edtf == "XXXX" for told in report.tellings)


def outlines(reports: Sequence[Report]) -> Iterator[Outline]:
    """The reports as Muster keeps documents: names as written, and one event for each telling."""
    n = 0
    for number, report in enumerate(reports):
        yield _outline(f"d-{_digest('report', number)}", report, n)
        n += len(report.tellings)


def _outline(id_: str, report: Report, n: int) -> Outline:
    forms: dict[tuple[str, str], set[str]] = defaultdict(set)
    within = []
    for told in report.tellings:
        if told.place:
            forms["place", told.place] |= {told.place, told.also_called or told.place}
            chain = [told.place, *told.within]
            for name in told.within:
                forms["place", name].add(name)
            within += list(pairwise(chain))
        for kind, name in (*told.parties, *(("person", victim) for victim in told.victims)):
            forms[kind, name].add(name)
    ids = {key: f"e{i}" for i, key in enumerate(sorted(forms))}
    entities = tuple(
        LocalEntityOutline(id=ids[key], kind=key[0], name=key[1], forms=tuple(sorted(names)))  # type: ignore[arg-type]
        for key, names in sorted(forms.items())
    )
    events = [_event(n + i, id_, told, ids) for i, told in enumerate(report.tellings)]
    return Outline(
        document_id=id_,
        name=f"{id_}.txt",
        title=None,
        author=None,
        outlet=None,
        affiliation=None,
        owner=None,
        site=None,
        published_on=None if _undated(report) else report.published.isoformat(),
        language="en",
        n_words=300,
        entities=entities,
        events=tuple(sorted(events, key=lambda event: event.id)),
        within=tuple(sorted({(ids["place", a], ids["place", b]) for a, b in within})),
    )


def _event(n: int, document_id: str, told: Telling, ids: Mapping[tuple[str, str], str]) -> LocalEvent:
    names = [told.place or "", *told.victims, *(name for _, name in told.parties)]
    named = {word.casefold() for name in names for word in name.split() if len(word) > 3}
    held = "missing" if told.kind == "disappearance" else "detained"
    counts = (("killed", told.killed), ("injured", told.injured), (held, told.held))
    victims = sorted(ids["person", name] for name in told.victims)
    return LocalEvent(
        id=f"v-{_digest('telling', n)}",
        document_id=document_id,
        kind=told.kind,
        statement_ids=(str(n),),
        when=When(edtf=told.edtf, basis="stated", weekday=told.weekday) if told.edtf else None,
        place=ids["place", told.place] if told.place else None,
        participants=tuple(sorted({*victims, *(ids[party] for party in told.parties)})),
        killed=(told.killed, told.killed) if told.killed else None,
        injured=(told.injured, told.injured) if told.injured else None,
        words=tuple(sorted({*told.words, *named, *(f"{x} {of}" for of, x in counts if x)})),
        victims=tuple(victims),
    )


def _digest(*parts: object) -> str:
    return blake2b(repr(parts).encode(), digest_size=8).hexdigest()


def cluster(folder: Path) -> None:
    """Muster's side: write muster.csv (telling, incident) and print what its steps took."""
    reports = pickle.loads((folder / "reports.pickle").read_bytes())
    made = list(outlines(reports))
    del reports
    clock = [time.process_time()]
    entities = reconcile_entities(made).entities
    clock.append(time.process_time())
    incidents = reconcile_incidents(made, entities)
    clock.append(time.process_time())
    with (folder / "muster.csv").open("w", newline="") as out:
        written = csv.writer(out)
        for incident in incidents:
            written.writerows((telling, incident.id) for telling in incident.statement_ids)
    print(json.dumps({"entities_s": clock[1] - clock[0], "incidents_s": clock[2] - clock[1]}))


def blocking(reports: Sequence[Report]) -> tuple[int, float]:
    """Muster's blocking: how many pairs of tellings it proposes, and which share of those of one incident."""
    made = list(outlines(reports))
    number = {event.id: int(event.statement_ids[0]) for outline in made for event in outline.events}
    incident = [told.incident for report in reports for told in report.tellings]
    found = {(number[a], number[b]) if number[a] < number[b] else (number[b], number[a])
             for a, b in propose_pairs(made, reconcile_entities(made).entities)}  # fmt: skip
    right = sum(incident[a] == incident[b] for a, b in found)
    return len(found), right / _pairs(Counter(incident).values())


def read_clusters(path: Path) -> dict[str, str]:
    """The cluster of each telling."""
    with path.open(newline="") as lines:
        return dict(csv.reader(lines))


def score(truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    """Score clusters against incidents."""
    both = Counter((found[telling], incident) for telling, incident in truth.items())
    n_found, n_true = Counter(found[telling] for telling in truth), Counter(truth.values())
    precision = sum(n * n / n_found[cluster] for (cluster, _), n in both.items()) / len(truth)
    recall = sum(n * n / n_true[incident] for (_, incident), n in both.items()) / len(truth)
    hit, said, true = _pairs(both.values()), _pairs(n_found.values()), _pairs(n_true.values())
    return Score(_f1(precision, recall), _f1(hit / max(1, said), hit / max(1, true)))


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def row(name: str, scored: Score, side: Run | None) -> str:
    """One line of the table."""
    cells = [f"{x:.3f}" for three in (scored.b_cubed, scored.pairs) for x in three]
    cells[2], cells[5] = f"**{cells[2]}**", f"**{cells[5]}**"
    took = [f"{side.wall_s:.1f}", f"{side.cpu_s:.1f}", f"{side.mib:,.0f}"] if side else ["", "", ""]
    return "| " + " | ".join([name, *cells, *took]) + " |"


def main() -> int:
    """Print the table; 1 where a peer was named and could not be run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", metavar="PYTHON", help="the interpreter of an environment with splink and duckdb")
    parser.add_argument("--incidents", type=int, default=9000)
    parser.add_argument("--days", type=int, default=200, help="within how many days they happen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mistakes", type=float, default=1.0, help="how many times as many as documents make")
    parser.add_argument("--no-windows", action="store_true", help="leave the window rules out")
    parser.add_argument("--blocking", action="store_true", help="only say what Muster's blocking proposes and misses")
    parser.add_argument("--cluster", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.cluster:
        cluster(options.cluster)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        reports = make(options.incidents, options.days, options.seed, options.mistakes)
        if options.blocking:
            proposed, recall = blocking(reports)
            print(f"{proposed:,} pairs proposed; of the pairs of one incident {recall:.3f}")
            return 0
        n = write_reports(reports, folder)
        print(f"{options.incidents:,} incidents in {options.days:,} days, told {n:,} times, {len(reports):,} reports\n")
        print("| | B-cubed P | R | **F1** | pairs P | R | **F1** | wall s | CPU s | MiB |")
        print("|---|---|---|---|---|---|---|---|---|---|", flush=True)
        return _compare(folder, options.peer, windows=not options.no_windows)


def _compare(folder: Path, python: str | None, windows: bool) -> int:
    with (folder / "tellings.csv").open(newline="") as lines:
        truth = {line["id"]: line["incident"] for line in csv.DictReader(lines)}
    ours = run([sys.executable, str(_HERE), "--cluster", str(folder)])
    print(row("Muster", score(truth, read_clusters(folder / "muster.csv")), ours), flush=True)
    failed = None
    sides = [("window", sys.executable)] if windows else []
    sides += [(name, python) for name in ("splink", "splink-more") if python is not None]
    for name, interpreter in sides:
        try:
            peer = run([interpreter, str(_PEER), name, str(folder / "tellings.csv"), str(folder / name)])
        except RuntimeError as error:
            failed = str(error)
            continue
        scored = {n: score(truth, read_clusters(folder / f"{name}-{n}.csv")) for n in range(len(peer.said["names"]))}
        best = max(scored, key=lambda n: scored[n].b_cubed[2])
        print(row(peer.said["names"][best], scored[best], peer), flush=True)
        best_pairs = max(scored, key=lambda n: scored[n].pairs[2])
        if best_pairs != best:
            print(row(f"… best by pairs: {peer.said['names'][best_pairs]}", scored[best_pairs], None), flush=True)
    print(f"\nMuster, CPU s: names {ours.said['entities_s']:.1f}, incidents {ours.said['incidents_s']:.1f}")
    if failed or python is None:
        print(f"\nabsent: splink{': ' + failed if failed else ' (name the interpreter of an environment that has it)'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
