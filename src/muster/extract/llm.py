"""Statements that a language model proposes: taken only where every word of them stands in the document.

The model is handed passages and answers with records of quotations.  A quotation is looked for in the
reading: as it is, else with spacing and quotation marks made alike, never by likeness.  What is not there,
not in the sentence of its content, not on whole words, or at odds with what the parse sees, refuses the
record.  Nothing that a document or a model says changes these checks.  The model's statements stand beside
those of the rules, and where both found an act in the same words, the rules' statement stands alone.

Method: docs/method/confidence.md, section 5.  How a user sets it up: docs/how-to/use-a-language-model.md.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files

from muster.extract.confidence import Keep, kept
from muster.extract.extractor import Extractor
from muster.extract.llm_check import ROLES, Check, RefusedError
from muster.extract.vocabulary import acts
from muster.records import Extraction, Reading, Statement

#: Takes instructions and a passage, gives the model's answer; may stop reading it at MOST_ANSWER characters.
Ask = Callable[[str, str], str]
MOST_ANSWER = 100_000
_MOST_RECORDS = 200  # of one passage
_PASSAGE = 4_000  # characters
_SKIPPED = {"table_row", "byline", "signature", "title", "heading"}


class ModelExtractor:
    """Asks a language model beside the rules, about English documents; the checks need a parse."""

    def __init__(
        self, rules: Extractor, name: str, ask: Ask, keep: Keep = "balanced", parser: str | None = None
    ) -> None:
        self._rules, self._name, self._ask, self._keep, self._parser = rules, name, ask, keep, parser
        self.version = f"{rules.version}+llm:{name}"

    def extract(self, reading: Reading) -> Extraction:
        """What the rules find, and what the model adds to it."""
        found = self._rules.extract(reading)
        if reading.language not in ("en", "und"):
            return found
        proposed, n_refused = self._proposed(reading, found)
        statements = sorted(
            (*found.statements, *kept(proposed, self._keep)),
            key=lambda s: (s.start, s.content_start, s.content_end, s.act, s.id),
        )
        return replace(found, statements=tuple(statements), n_refused=found.n_refused + n_refused)

    def _proposed(self, reading: Reading, found: Extraction) -> tuple[list[Statement], int]:
        """What the model adds and holds, and how many of its records were refused."""
        new: list[Statement] = []
        n_refused = 0
        for passage in _passages(reading):
            check = Check(reading, passage, found, self._name, self._parser)
            answer = self._ask(instructions(), json.dumps({"passage": check.text}, ensure_ascii=False))
            records, n_broken = read_answer(answer)
            n_refused += n_broken
            for record in records:
                try:
                    statement = check.statement(record)
                except RefusedError:
                    n_refused += 1
                    continue
                if not any(_is_same(statement, other) for other in (*found.statements, *new)):
                    new.append(statement)
        return new, n_refused


@cache
def instructions() -> str:
    """What the model is told: llm_prompt.txt and the acts with their definitions."""
    table = acts().table
    codes = [f"  {code}: {table[code]['definition']}" for code in acts().codes]
    return files("muster.extract").joinpath("llm_prompt.txt").read_text(encoding="utf-8") + "\n".join(codes) + "\n"


def read_answer(answer: str) -> tuple[list[dict[str, str]], int]:
    """The records of an answer, without their nulls, and how many were refused for their form.

    An answer that is too long or no list of records is one refusal.  A record holds the known keys and
    strings alone: one that says of itself that it is checked, sure or anything else is refused.
    """
    first, last = answer.find("["), answer.rfind("]")
    if len(answer) > MOST_ANSWER or not 0 <= first < last:
        return [], int(bool(answer.strip()))
    try:
        found = json.loads(answer[first : last + 1])
    except (ValueError, RecursionError):
        return [], 1
    records = [
        {key: value for key, value in each.items() if value is not None}
        for each in found[:_MOST_RECORDS]
        if _is_record(each)
    ]
    return records, len(found) - len(records)


def _is_record(each: object) -> bool:
    return (
        isinstance(each, dict)
        and each.keys() <= {"act", "content", *ROLES}
        and all(value is None or isinstance(value, str) for value in each.values())
        and each.get("act") in acts().codes
        and len((each.get("content") or "").split()) > 1
    )


def _is_same(a: Statement, b: Statement) -> bool:
    return a.act == b.act and a.content_start < b.content_end and b.content_start < a.content_end


def _passages(reading: Reading) -> Iterator[list[tuple[int, int]]]:
    """The prose of a reading as lists of pieces, a passage of which is sent at once."""
    passage: list[tuple[int, int]] = []
    for start, end in _pieces(reading):
        if passage and end - passage[0][0] > _PASSAGE:
            yield passage
            passage = []
        passage.append((start, end))
    if passage:
        yield passage


def _pieces(reading: Reading) -> Iterator[tuple[int, int]]:
    """Blocks of the author's own prose; one that is too long is cut between words."""
    for block in reading.blocks:
        start = block.start
        while block.kind not in _SKIPPED and block.writer is None and start < block.end:
            end = block.end
            if end - start > _PASSAGE:
                end = max(reading.text.rfind(" ", start + 1, start + _PASSAGE), start + _PASSAGE // 2)
            yield start, end
            start = end
