"""The invented place: its documents, and what a careful reader finds in them."""

import json
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = EXAMPLES / "documents"

Row = dict[str, Any]


@cache
def truth(name: str) -> tuple[Row, ...]:
    """The lines of one truth file."""
    lines = (EXAMPLES / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(json.loads(line) for line in lines)


@cache
def _statements() -> dict[str, Row]:
    return {row["id"]: row for row in truth("statements")}


def statement(id: str) -> Row:
    """One statement of the truth."""
    return _statements()[id]


def number(doc: str) -> str:
    """The two digits a document is called by: "01-six-reported-dead.txt" is 01."""
    return doc[:2]


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())


def words(text: str | None) -> list[str]:
    """The words of a text, without case and punctuation."""
    return re.findall(r"\w+", (text or "").casefold())


def alike(a: str, b: str) -> float:
    """How much two wordings share, in 0..1: Dice's coefficient of their words, or the share of the shorter.

    The shorter must have three words for that, and counts a little less, so that an equal wording comes first.
    """
    left, right = Counter(words(a)), Counter(words(b))
    shared, shorter = (left & right).total(), min(left.total(), right.total())
    dice = 2 * shared / max(left.total() + right.total(), 1)
    return max(dice, 0.9 * shared / shorter if shorter >= 3 else 0.0)


def names_agree(wanted: str | None, got: str | None) -> bool:
    """Whether the shorter name's words, titles and articles aside, are all in the longer."""
    small = {"the", "a", "an", "dr", "spokesman", "brigadier", "colonel"}
    left, right = set(words(wanted)) - small, set(words(got)) - small
    return bool(left and right) and (left <= right or right <= left)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A built case and all that the commands say of it.

    build and check are finished processes; export holds the rows of each exported table; shown holds
    what `muster show CASE WHAT --json` gives as data.
    """

    folder: Path
    build: CompletedProcess[str]
    check: CompletedProcess[str]
    export: dict[str, list[Row]]
    report: str
    shown: dict[str, list[Row]]

    def found(self, id: str) -> Row:
        """The exported statement that is the one of the truth: same document, same act, the words most alike."""
        wanted = statement(id)
        same = [row for row in self.export["statements"] if (row["doc"], row["act"]) == (wanted["doc"], wanted["act"])]
        best = max(same, key=lambda row: alike(row["content"], wanted["content"]), default=None)
        assert best, f"no statement of {wanted['act']} in {wanted['doc']}"
        assert alike(best["content"], wanted["content"]) >= 0.6, (best["content"], wanted["content"])
        return best

    def incident_of(self, id: str) -> Row:
        """The incident that most statements of one incident of the truth were put into."""
        votes: Counter[str] = Counter()
        for row in truth("statements"):
            if row["incident"] == id:
                with suppress(AssertionError):
                    votes[self.found(row["id"])["incident"]] += 1
        most = votes.most_common(1)[0][0]
        return next(row for row in self.export["incidents"] if row["id"] == most)

    def entities_called(self, form: str) -> list[Row]:
        """The entities that bear a form of a name."""
        return [row for row in self.export["entities"] if form == row["name"] or form in row["aliases"]]
