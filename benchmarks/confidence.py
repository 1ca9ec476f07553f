"""Fits and measures confidence: python benchmarks/confidence.py fit | measure [FOLDER...].

"fit" writes src/muster/extract/confidence.tsv anew, from data of this repository alone: the invented place,
English texts that no rule was ever held against (tests/extract/gold_blind.jsonl: keep it so), and the Arabic and
Persian sentences of the tests.  Run it whenever the rules have changed.  "measure" prints the tables of
docs/method/confidence.md: calibration on held-out documents and across sets, and what each setting keeps.  A FOLDER
is another marked-up set: documents/, and gold/statements.jsonl as the truth of the examples has it.
"""

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from muster.extract.confidence import BIAS, LEAST, signs  # noqa: E402
from muster.extract.event import SPEECH_ACTS  # noqa: E402
from muster.extract.extractor import ExtractOptions, RuleExtractor  # noqa: E402
from muster.ingest import Incoming, IngestLimits, gather, keep  # noqa: E402
from muster.read import Unreadable, read  # noqa: E402
from muster.records import Reading, Statement  # noqa: E402
from tests.extract.pattern_gold import reading_of  # noqa: E402

OUT = HERE.parent / "src" / "muster" / "extract" / "confidence.tsv"
SENTENCES = HERE.parent / "tests" / "extract"
SEEN = "seen"  # a sign of texts that rules were written against, where they do better than elsewhere; never shipped
_RIDGE = 8.0  # the prior: a sign's weight is 0 give or take a third
_LEAST_SHOWN = 3  # a sign that fewer statements show is left out
_N_FOLDS, _N_BINS = 10, 10
_STOP = {"the", "a", "an", "mr", "mrs", "ms", "dr", "lt", "gen", "general", "of", "in", "for", "and"}
_PRONOUNS = {"he", "she", "they", "it", "we", "i", "who", "him", "them", "its", "his", "their"}
Row = dict[str, Any]
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One statement that was found: what it shows, and whether it is right."""

    document: str
    signs: tuple[str, ...]
    right: bool
    in_full: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked-up set: its examples, and how many statements it should have."""

    name: str
    examples: tuple[Example, ...]
    n_gold: int


# --- which statements are right -------------------------------------------------------------------


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold().replace("\u200c", ""))


def overlap(a: str, b: str) -> float:
    """Dice of two bags of words where it is half or one holds 80 % of the other, else 0."""
    left, right = Counter(words(a)), Counter(words(b))
    shared = (left & right).total()
    if not shared:
        return 0.0
    dice = 2 * shared / (left.total() + right.total())
    least = min(left.total(), right.total())
    return dice if dice >= 0.5 or (least >= 4 and shared / least >= 0.8 and dice >= 0.25) else 0.0


def same_name(a: str | None, b: str | None) -> bool:
    left, right = set(words(a)) - _STOP, set(words(b)) - _STOP
    return bool(left and right) and len(left & right) / min(len(left), len(right)) >= 0.5


def pairs(gold: Sequence[Row], found: Sequence[Statement]) -> dict[int, int]:
    """Found statement to gold one: of one act, contents overlapping, one to one, the best first."""
    scored = []
    for g, want in enumerate(gold):
        for f, got in enumerate(found):
            score = overlap(want["content"], got.content) if want["act"] == got.act else 0.0
            counted = want.get("count") and got.count and want["count"].get("of") == got.count.of
            if score:
                scored.append((-score - 0.05 * bool(counted), g, f))
    matched: dict[int, int] = {}
    for _, g, f in sorted(scored):
        if f not in matched and g not in matched.values():
            matched[f] = g
    return matched


def is_in_full(want: Row, got: Statement, meant: Mapping[tuple[str, int], str]) -> bool:
    """Whether speaker, number and polarity are right as well."""
    return want["polarity"] == got.polarity and _same_count(want, got) and _same_speaker(want, got, meant)


def _same_count(want: Row, got: Statement) -> bool:
    count = want.get("count")
    if not count:
        return True
    if got.count is None:
        return False
    if count.get("high") is None or re.search(r"\b(at least|more than|over|minimum)\b", want["quote"]):
        return abs(got.count.low - int(count["low"])) <= 1
    return (got.count.low, got.count.high) == (count["low"], count["high"])


def _same_speaker(want: Row, got: Statement, meant: Mapping[tuple[str, int], str]) -> bool:
    wanted, by = want.get("said_by") or [], [w.name for w in got.said_by]
    performs = "actor" not in want or (len(by) == 1 and same_name(want["actor"], by[0]))
    if got.act in SPEECH_ACTS and not wanted and performs:
        by = []
    if not wanted or not by:
        return not wanted and not by
    name = meant.get((want["id"], len(wanted) - 1))
    return same_name(wanted[-1], by[-1]) or same_name(name, by[-1]) or (not name and wanted[-1].casefold() in _PRONOUNS)


# --- marked-up sets ---------------------------------------------------------------------------------


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def marked_folder(folder: Path, gold: Path, *more: str) -> Marked:
    """A set of documents whose statements are marked up; more are signs that all of its statements show."""
    by_doc: dict[str, list[Row]] = {row["doc"]: [] for row in _rows(gold / "documents.jsonl")}
    for row in _rows(gold / "statements.jsonl"):
        by_doc[row["doc"]].append(row)
    meant = {(row["id"], row["index"]): row["refers_to"] for row in _rows(gold / "speakers_resolved.jsonl")}
    examples: list[Example] = []
    for name, reading in _readings(folder, set(by_doc)):
        examples += (replace(e, signs=(*e.signs, *more)) for e in _examples(name, reading, by_doc[name], meant))
    return Marked(name=folder.parent.name, examples=tuple(examples), n_gold=sum(map(len, by_doc.values())))


def _readings(folder: Path, names: set[str]) -> Iterator[tuple[str, Reading]]:
    with tempfile.TemporaryDirectory() as originals:
        for each in gather([folder], IngestLimits()):
            if isinstance(each, Incoming) and each.name in names:
                try:
                    yield each.name, read(keep(Path(originals), each), each.data)
                except Unreadable as error:
                    print(f"{each.name}: {error.message}", file=sys.stderr)


def marked_texts(name: str, **languages: str) -> Marked:
    """Short texts of the tests, each a document: gold_<part>.jsonl in a language."""
    examples: list[Example] = []
    n_gold = 0
    for part, language in languages.items():
        for n, row in enumerate(_rows(SENTENCES / f"gold_{part}.jsonl")):
            gold = [_completed(each, row["text"]) for each in row["statements"]]
            n_gold += len(gold)
            examples += _examples(f"{part}{n}", reading_of(row["text"], language), gold, {})
    return Marked(name=name, examples=tuple(examples), n_gold=n_gold)


def _completed(row: Row, text: str) -> Row:
    """A statement as the sentences write it down, in the form of the examples' truth."""
    count = row.get("count")
    return {
        **row, "id": "", "quote": text, "polarity": row.get("polarity", "affirmed"),
        "said_by": [row["said_by"]] if "said_by" in row else [],
        "count": {"low": count[0], "high": count[1]} if count else None,
    }  # fmt: skip


_EXTRACTOR = RuleExtractor(ExtractOptions())


def _examples(
    name: str, reading: Reading, gold: Sequence[Row], meant: Mapping[tuple[str, int], str]
) -> Iterator[Example]:
    found = _EXTRACTOR.find(reading).statements
    matched = pairs(gold, found)
    for n, shown in enumerate(signs(reading, found)):
        right = n in matched
        full = right and is_in_full(gold[matched[n]], found[n], meant)
        yield Example(document=name, signs=shown, right=right, in_full=full)


def own_sets() -> list[Marked]:
    """What weights that ship may be fitted on."""
    examples = HERE.parent / "examples"
    return [
        marked_folder(examples / "documents", examples / "truth", SEEN),
        marked_texts("blind", blind="en"),
        marked_texts("Arabic and Persian", ar="ar", fa="fa"),
    ]


# --- the model ----------------------------------------------------------------------------------------

Label = Callable[[Example], bool]


def _label_right(e: Example) -> bool:
    return e.right


def _label_in_full(e: Example) -> bool:
    return e.in_full


def fit(examples: Sequence[Example], label: Label) -> dict[str, float]:
    """Weights by sign: ridge logistic regression by Newton's method; the bias is free."""
    shown = Counter(sign for e in examples for sign in e.signs)
    names = [BIAS, *sorted(s for s, n in shown.items() if n >= _LEAST_SHOWN and s != BIAS)]
    x = np.array([[float(name in e.signs) for name in names] for e in examples])
    y = np.array([float(label(e)) for e in examples])
    prior = np.diag([{BIAS: 1e-6, SEEN: 1.0}.get(name, _RIDGE) for name in names])
    w = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        w += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + prior, x.T @ (y - p) - prior @ w)
    return {name: round(float(each), 3) for name, each in zip(names, w, strict=True)}


def probabilities(weights: Mapping[str, float], examples: Sequence[Example]) -> Floats:
    return np.array([1 / (1 + np.exp(-sum(weights.get(s, 0.0) for s in e.signs))) for e in examples])


def held_out(examples: Sequence[Example], label: Label) -> Floats:
    """The probability of each example by weights fitted on the other folds; a document is in one fold."""
    documents = sorted({e.document for e in examples})
    fold = {name: n % _N_FOLDS for n, name in enumerate(documents)}
    p = np.zeros(len(examples))
    for k in range(_N_FOLDS):
        weights = fit([e for e in examples if fold[e.document] != k], label)
        mine = [n for n, e in enumerate(examples) if fold[e.document] == k]
        p[mine] = probabilities(weights, [examples[n] for n in mine])
    return p


# --- figures ------------------------------------------------------------------------------------------


def ece(p: Floats, y: Floats) -> float:
    """Expected calibration error: the gap between promised and kept, over bins of equal mass."""
    order = np.argsort(p, kind="stable")
    bins = zip(np.array_split(p[order], _N_BINS), np.array_split(y[order], _N_BINS), strict=True)
    return float(sum(len(a) * abs(a.mean() - b.mean()) for a, b in bins)) / len(p)


def ece_by_chance(p: Floats) -> float:
    """The calibration error that probabilities which are exactly right would show on so few examples."""
    rng = np.random.default_rng(0)
    return float(np.mean([ece(p, (rng.random(len(p)) < p).astype(float)) for _ in range(200)]))


def auc(p: Floats, y: Floats) -> float:
    """How often a right statement is held surer than a wrong one."""
    good, bad = p[y == 1], p[y == 0]
    return float(np.mean([(g > bad).mean() + (g == bad).mean() / 2 for g in good]))


def _line(name: str, p: Floats, y: Floats) -> None:
    print(
        f"| {name} | {len(y)} | {y.mean():.2f} | {p.mean():.2f} | {ece(p, y):.3f} | {ece_by_chance(p):.3f} "
        f"| {auc(p, y):.2f} |"
    )


def measure(sets: Sequence[Marked], n_own: int) -> None:
    """Print calibration and settings, on held-out documents and across sets."""
    for what, label in (("right", _label_right), ("in full", _label_in_full)):
        print(f"\n{what}\n| fitted -> measured | n | right | promised | ECE | ECE by chance | AUC |")
        print("|---|---|---|---|---|---|---|")
        together = [e for each in sets for e in each.examples]
        _line("all, held-out documents", held_out(together, label), _labels(together, label))
        for each in sets:
            _line(f"{each.name}, held-out", held_out(each.examples, label), _labels(each.examples, label))
        own = [e for each in sets[:n_own] for e in each.examples]
        for each in sets[n_own:]:
            _line(f"own -> {each.name}", probabilities(fit(own, label), each.examples), _labels(each.examples, label))
            back = probabilities(fit(each.examples, label), sets[0].examples)
            _line(f"{each.name} -> {sets[0].name}", back, _labels(sets[0].examples, label))
    print("\n| set | setting | kept | precision | recall | F1 | in full |\n|---|---|---|---|---|---|---|")
    own = [e for each in sets[:n_own] for e in each.examples]
    sure, at, weights = held_out(own, _label_right), 0, fit(own, _label_right)
    for n, each in enumerate(sets):
        p = sure[at : at + len(each.examples)] if n < n_own else probabilities(weights, each.examples)
        at += len(each.examples)
        _settings(each, p)


def _labels(examples: Sequence[Example], label: Label) -> Floats:
    return np.array([float(label(e)) for e in examples])


def _settings(each: Marked, p: Floats) -> None:
    for name, least in LEAST.items():
        kept = [e for e, sure in zip(each.examples, p, strict=True) if sure >= least]
        hits, full = sum(e.right for e in kept), sum(e.in_full for e in kept)
        f1 = 2 * hits / (len(kept) + each.n_gold)
        print(
            f"| {each.name} | {name} ({least}) | {len(kept)} | {hits / max(1, len(kept)):.3f} "
            f"| {hits / each.n_gold:.3f} | {f1:.3f} | {full / max(1, len(kept)):.3f} |"
        )


def write(sets: Sequence[Marked]) -> None:
    """Write the weights that ship."""
    examples = [e for each in sets for e in each.examples]
    right, in_full = fit(examples, _label_right), fit(examples, _label_in_full)
    shown = Counter(sign for e in examples for sign in e.signs)
    lines = [
        "# How much each sign of a statement speaks for its being right: log-odds, which are summed.",
        "# Fitted by `python benchmarks/confidence.py fit` (ridge logistic regression) on statements that this",
        f"# version's rules find in {', '.join(f'{each.name} ({len(each.examples)})' for each in sets)}, marked up",
        "# by hand in examples/truth and tests/extract/gold_*.jsonl.  Do not edit: fit again.",
        "# right: act and content match.  in_full: speaker, number and polarity as well.  n: statements that show it.",
        "sign\tright\tin_full\tn",
    ]
    lines += [f"{sign}\t{right[sign]}\t{in_full[sign]}\t{shown[sign]}" for sign in right if sign != SEEN]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("fit", "measure"))
    parser.add_argument("folders", nargs="*", type=Path)
    args = parser.parse_args()
    if args.what == "fit":
        write(own_sets())
    else:
        others = [marked_folder(each / "documents", each / "gold") for each in args.folders]
        own = own_sets()
        measure([*own, *others], len(own))


if __name__ == "__main__":
    main()
