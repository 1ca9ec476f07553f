"""Hand-made sentences in Arabic and Persian with what they say, and how an extractor is held against them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from muster.extract.patterns import PatternExtractor
from muster.records import Block, Reading, Statement

HERE = Path(__file__).parent
PUBLISHED = "2017-03-20"


def reading_of(text: str, language: str, published: str | None = PUBLISHED) -> Reading:
    """A reading whose paragraphs are divided by empty lines."""
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(kind="paragraph", start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    return Reading(
        document_id="d-0123456789abcdef",
        text=text,
        title=None,
        author=None,
        outlet=None,
        published_on=published,
        language=language,
        blocks=tuple(blocks),
        reader="test/1",
    )


def gold(language: str, split: str) -> Iterator[dict[str, Any]]:
    """The sentences of a half: "dev" was looked at while the patterns were written, "test" was not."""
    for line in (HERE / f"gold_{language}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == split:
            yield row


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.replace("\u200c", ""))


def overlap(a: str, b: str) -> float:
    """Dice of two bags of words, or 0 where they share too little to be the same words."""
    left, right = words(a), words(b)
    shared = sum(min(left.count(word), right.count(word)) for word in set(left))
    dice = 2 * shared / (len(left) + len(right)) if left and right else 0.0
    return dice if dice >= 0.5 or (dice >= 0.25 and shared >= 0.8 * min(len(left), len(right)) >= 3.2) else 0.0


@dataclass
class Score:
    hits: int = 0
    found: int = 0
    wanted: int = 0
    fields: dict[str, list[int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, self.found + self.wanted)

    def mark(self, name: str, right: bool) -> None:
        tally = self.fields.setdefault(name, [0, 0])
        tally[0] += right
        tally[1] += 1

    def accuracy(self, name: str) -> float:
        right, of = self.fields.get(name, [0, 0])
        return right / of if of else 0.0


def _shares(wanted: str, got: str | None) -> bool:
    a, b = set(words(wanted)), set(words(got or ""))
    return bool(b) and len(a & b) >= 0.5 * min(len(a), len(b))


def compare(score: Score, row: dict[str, Any], found: list[Statement]) -> None:
    wanted, left = row["statements"], list(found)
    score.found += len(found)
    score.wanted += len(wanted)
    for want in wanted:
        same = [s for s in left if s.act == want["act"] and overlap(want["content"], s.content)]
        if not same:
            score.misses.append(f"MISS {want['act']}: {want['content']} IN {row['text']}")
            continue
        best = max(same, key=lambda s: overlap(want["content"], s.content))
        left.remove(best)
        score.hits += 1
        fields(score, want, best, row["text"])
    score.misses += [f"MORE {s.act}: {s.content} IN {row['text']}" for s in left]


def fields(score: Score, want: dict[str, Any], got: Statement, text: str) -> None:
    speaker = got.said_by[-1].words if got.said_by else None
    speech = got.act in {"accuse", "appeal", "claim_responsibility", "deny_responsibility", "offer", "threaten"}
    checks = {"polarity": want.get("polarity", "affirmed") == got.polarity}
    if not speech:
        checks["speaker"] = _shares(want["said_by"], speaker) if "said_by" in want else speaker is None
    if "modality" in want:
        checks["modality"] = want["modality"] == got.modality
    if "count" in want:
        checks["count"] = got.count is not None and [got.count.low, got.count.high] == want["count"]
    for role in ("actor", "target", "place"):
        if role in want:
            own = getattr(got, role)
            checks[role] = _shares(want[role], own.words if own else None)
    for name, right in checks.items():
        score.mark(name, right)
        if not right:
            score.misses.append(f"{name.upper()} {want.get(name)!r} got {got} IN {text}"[:400])


def measure(language: str, split: str) -> Score:
    """Hold the pattern extractor against one half of the sentences."""
    extractor, score = PatternExtractor(language), Score()
    for row in gold(language, split):
        compare(score, row, list(extractor.extract(reading_of(row["text"], language)).statements))
    return score


if __name__ == "__main__":
    import sys

    for language in sys.argv[2:] or ("ar", "fa"):
        result = measure(language, sys.argv[1])
        if sys.argv[1] == "dev":
            print("\n".join(result.misses))
        print(language, sys.argv[1], f"F1 {result.f1:.3f}", result.hits, result.found, result.wanted, end=" ")
        print({name: f"{a}/{b}" for name, (a, b) in result.fields.items()})
