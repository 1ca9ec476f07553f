"""Who said what, Muster beside its peers: python benchmarks/attribution.py --polnear FOLDER [--peers …].

PolNeAR (Newell et al. 2018) is read from the folder named; it ships with nothing here.  Every system gets
the raw text of each article and gives character spans of source, cue and content; all are scored in this
one run.  Peers run by the interpreter of their own environment, in benchmarks/attribution_peers.py.

Protocol.  Gold is the first annotator's file of each article.  *exact*: contiguous segments equal after
space, quotation marks and .,;: are trimmed off their edges.  *token*: F1 over the words labelled.  *AR*,
linked attributions, one to one: the cues share a word, the contents have word F1 >= .5, and the sources
share a word or both are empty; its 95 % interval is from 200 bootstraps over articles.  PolNeAR nests no
attribution in another, so each system's inner ones are left out.  Beside them stand the speeds of the parser's
whole pipeline, as it comes, and of all that Muster extracts.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Spans = tuple[tuple[int, int], ...]
ROLES = ("source", "cue", "content")
_EDGE = " \t\n\r\u00a0\"'“”‘’«».,;:"
_PEERS = Path(__file__).with_name("attribution_peers.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One attribution: segments of each role as character offsets into the article, end exclusive."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article and what its first annotator found."""

    name: str
    text: str
    gold: tuple[Linked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Hits, predicted and gold."""

    hit: float = 0
    predicted: float = 0
    gold: float = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(hit=self.hit + other.hit, predicted=self.predicted + other.predicted, gold=self.gold + other.gold)

    @property
    def prf(self) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        p, r = self.hit / max(self.predicted, 1), self.hit / max(self.gold, 1)
        return p, r, 2 * p * r / max(p + r, 1e-9)


def read_polnear(folder: Path, split: str) -> list[Article]:
    """The articles of a split, by name.

    Raises:
        SystemExit: the folder holds no such split.
    """
    root = next((d for d in (folder / "data" / split, folder / split) if (d / "text").is_dir()), None)
    if root is None:
        sys.exit(f"{folder} holds no PolNeAR split {split!r}: data/{split}/text is absent")
    articles = []
    for path in sorted((root / "text").glob("*.txt")):
        annotated = sorted((root / "attributions").glob(f"{path.stem}_*.ann"))
        if annotated:
            text = path.read_text(encoding="utf-8")
            articles.append(Article(name=path.stem, text=text, gold=tuple(read_brat(annotated[0]))))
    return articles


def read_brat(path: Path) -> Iterator[Linked]:
    """The attributions of one brat stand-off file."""
    spans: dict[str, Spans] = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line.startswith("T"):
            key, what, _ = line.split("\t", 2)
            spans[key] = tuple((int(a), int(b)) for a, b in re.findall(r"(\d+) (\d+)", what))
    for line in lines:
        if line.startswith("E") and "Attribution" in line:
            parts: dict[str, Spans] = dict.fromkeys(ROLES, ())
            for role, key in re.findall(r"([A-Z][a-z]+)\d*:(T\d+)", line):
                if role.lower() in parts:
                    parts[role.lower()] += spans.get(key, ())
            if parts["cue"] and parts["content"]:
                yield Linked(**parts)


def trimmed(text: str, spans: Spans) -> set[tuple[int, int]]:
    """Segments without space, quotation marks and stops at their edges; empty ones are left out."""
    out = set()
    for start, end in spans:
        while start < end and text[start] in _EDGE:
            start += 1
        while end > start and text[end - 1] in _EDGE:
            end -= 1
        if start < end:
            out.add((start, end))
    return out


class Words:
    """Which space-separated words of a text a span touches."""

    def __init__(self, text: str) -> None:
        self._of: list[int] = []
        word, inside = -1, False
        for char in text:
            if char.isspace():
                inside = False
            elif not inside:
                word, inside = word + 1, True
            self._of.append(word if inside else -1)

    def of(self, spans: Spans) -> frozenset[int]:
        """Numbers of the words."""
        return frozenset(w for a, b in spans for w in self._of[a:b] if w >= 0)


def outermost(found: Sequence[Linked]) -> list[Linked]:
    """Those whose cue does not lie within what another says."""
    chars = [{i for a, b in x.content for i in range(a, b)} for x in found]
    return [
        x
        for n, x in enumerate(found)
        if not any(m != n and all(a in other for a, _ in x.cue) for m, other in enumerate(chars))
    ]


def links(words: Words, gold: Sequence[Linked], found: Sequence[Linked]) -> list[tuple[int, int]]:
    """Gold and found attributions that agree, one to one, the closest contents first."""
    sides = [[{r: words.of(getattr(x, r)) for r in ROLES} for x in side] for side in (gold, found)]
    pairs = []
    for i, g in enumerate(sides[0]):
        for j, p in enumerate(sides[1]):
            if not g["cue"] & p["cue"] or not (g["source"] & p["source"] or not (g["source"] or p["source"])):
                continue
            same = 2 * len(g["content"] & p["content"]) / max(len(g["content"]) + len(p["content"]), 1)
            if same >= 0.5:
                pairs.append((-same, i, j))
    taken: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs):
        if all(i != a and j != b for a, b in taken):
            taken.append((i, j))
    return taken


def score(article: Article, found: Sequence[Linked]) -> dict[str, Tally]:
    """Tallies of one article: "source exact", "source token", …, "AR"."""
    words, out = Words(article.text), {}
    for role in ROLES:
        exact = [{s for x in side for s in trimmed(article.text, getattr(x, role))} for side in (article.gold, found)]
        token = [{w for x in side for w in words.of(getattr(x, role))} for side in (article.gold, found)]
        for kind, (gold, predicted) in (("exact", exact), ("token", token)):
            out[f"{role} {kind}"] = Tally(hit=len(gold & predicted), predicted=len(predicted), gold=len(gold))
    agreed = links(words, article.gold, found)
    out["AR"] = Tally(hit=len(agreed), predicted=len(found), gold=len(article.gold))
    return out


def total(scores: Iterable[dict[str, Tally]]) -> dict[str, Tally]:
    """The sum over articles."""
    out: dict[str, Tally] = {}
    for one in scores:
        for key, tally in one.items():
            out[key] = out.get(key, Tally()) + tally
    return out


def interval(scores: Sequence[dict[str, Tally]], *, rounds: int = 200) -> tuple[float, float]:
    """The 95 % interval of the AR F1, by bootstraps over articles."""
    chance = random.Random(1)
    drawn = sorted(
        total([{"AR": s["AR"]} for s in chance.choices(scores, k=len(scores))])["AR"].prf[2] for _ in range(rounds)
    )
    return drawn[int(0.025 * rounds)], drawn[int(0.975 * rounds) - 1]


def muster(articles: Sequence[Article], model: str | None, *, wide: bool) -> tuple[list[list[Linked]], float]:
    """Muster's attributions of each article, and the CPU seconds that they took.

    Names are not looked for: attributions do without.
    """
    from muster.extract.parse import model as pipeline
    from muster.extract.spans import Span, attributed

    nlp, out = pipeline(model), []
    next(nlp.pipe(["Warm up."]))
    began = time.process_time()
    for article in articles:
        cut = [m.span() for m in re.finditer(r"\S(?:[^\n]*\S)?", article.text)]
        docs = list(nlp.pipe((article.text[a:b] for a, b in cut), disable=["ner"]))
        found = attributed(docs, [n == 0 for n in range(len(docs))], wide=wide)
        starts = [a for a, _ in cut]

        def chars(spans: tuple[Span, ...], starts: list[int] = starts) -> Spans:
            return tuple((starts[s.block] + s.start, starts[s.block] + s.end) for s in spans)

        out.append([Linked(source=chars(x.source), cue=chars(x.cue), content=chars(x.content)) for x in found])
    return out, time.process_time() - began


def speeds(articles: Sequence[Article], model: str | None) -> list[tuple[str, float]]:
    """CPU seconds of the model's whole pipeline as it comes, and of Muster's extraction of all statements."""
    import importlib

    from muster.extract import load_extractor
    from muster.extract.extractor import ExtractOptions
    from muster.extract.parse import model as pipeline
    from muster.records import Block, Reading

    package = pipeline(model).meta["lang"] + "_" + pipeline(model).meta["name"]
    plain = importlib.import_module(package).load()
    extractor = load_extractor(ExtractOptions(model=model))
    readings = []
    for n, article in enumerate(articles):
        cut = [m.span() for m in re.finditer(r"\S(?:[^\n]*\S)?", article.text)]
        blocks = tuple(Block(kind="paragraph", start=a, end=b) for a, b in cut)
        readings.append(
            Reading(
                document_id=str(n), text=article.text, title=None, author=None, outlet=None, published_on=None,
                language="en", blocks=blocks, reader="polnear/1",
            )
        )  # fmt: skip
    out = []
    for name, run in (
        (f"{package}, its whole pipeline", lambda r: list(plain.pipe(r.text[b.start : b.end] for b in r.blocks))),
        ("Muster, all statements with names, dates and numbers", extractor.extract),
    ):
        run(readings[0])
        began = time.process_time()
        for reading in readings:
            run(reading)
        out.append((name, time.process_time() - began))
    return out


def peers(python: str, articles: Sequence[Article], options: dict[str, Any]) -> dict[str, Any]:
    """What the peers find, run by the interpreter of their own environment: name to spans, CPU seconds, or absence."""
    asked = json.dumps({"texts": [a.text for a in articles], **options})
    try:
        done = subprocess.run([python, str(_PEERS)], input=asked, capture_output=True, text=True, check=False)
    except OSError as error:
        return {"peers": {"absent": f"{python}: {error.strerror}"}}
    if done.returncode:
        return {"peers": {"absent": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}}
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def row(name: str, articles: Sequence[Article], found: Sequence[Sequence[Linked]], cpu_s: float) -> str:
    """One line of the table."""
    scores = [score(a, outermost(x)) for a, x in zip(articles, found, strict=True)]
    sums = total(scores)
    low, high = interval(scores)
    exact = " | ".join("{:.1f}/{:.1f}/**{:.1f}**".format(*(100 * v for v in sums[f"{r} exact"].prf)) for r in ROLES)
    token = "/".join(f"{100 * sums[f'{r} token'].prf[2]:.1f}" for r in ROLES)
    ar = "{:.1f}/{:.1f}/**{:.1f}**".format(*(100 * v for v in sums["AR"].prf))
    n_words = sum(len(a.text.split()) for a in articles)
    return f"| {name} | {exact} | {token} | {ar} [{100 * low:.1f}–{100 * high:.1f}] | {n_words / cpu_s:,.0f} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, required=True, help="a copy of PolNeAR")
    parser.add_argument("--split", default="test", choices=("dev", "test"))
    parser.add_argument("--peers", metavar="PYTHON", help="the interpreter of an environment with spacy and textacy")
    parser.add_argument("--gendergaptracker", type=Path, metavar="FOLDER", help="a copy of GenderGapTracker")
    parser.add_argument("--model", help="spaCy package for Muster; the largest installed without it")
    options = parser.parse_args()
    articles = read_polnear(options.polnear, options.split)
    n_gold, n_words = sum(len(a.gold) for a in articles), sum(len(a.text.split()) for a in articles)
    print(f"PolNeAR {options.split}: {len(articles)} articles, {n_words:,} words, {n_gold:,} attributions")
    print("exact and AR are P/R/**F1**; token is F1 of source/cue/content; AR [95 %]\n")
    print("| system | source | cue | content | token | AR | words per CPU-s |\n|---|---|---|---|---|---|---|")
    for name, wide in (("Muster, wide", True), ("Muster, for the record", False)):
        print(row(name, articles, *muster(articles, options.model, wide=wide)), flush=True)
    for name, cpu_s in speeds(articles, options.model):
        print(f"| {name} |  |  |  |  |  | {n_words / cpu_s:,.0f} |", flush=True)
    if options.peers is None:
        print("\nabsent: all peers (name their interpreter with --peers)")
        return
    tracker = options.gendergaptracker
    answers = peers(options.peers, articles, {"gendergaptracker": None if tracker is None else str(tracker)})
    for name, answer in answers.items():
        if "absent" in answer:
            print(f"\nabsent: {name}: {answer['absent']}")
            continue
        found = [
            [Linked(**{r: tuple((a, b) for a, b in x[r]) for r in ROLES}) for x in article]
            for article in answer["found"]
        ]
        print(row(name, articles, found, answer["cpu_s"]), flush=True)


if __name__ == "__main__":
    main()
