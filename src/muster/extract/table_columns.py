"""What the columns of a table and the words of its cells mean, from tables.toml."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from muster.languages.phrases import Phrase, PhraseTable, Token, to_phrase, tokenize

COUNTED: Final = {
    "kill": "killed", "die_other": "killed", "injure": "injured", "detain": "detained", "release": "detained",
    "disappear": "missing", "abduct": "missing", "report_figure": "residents", "transfer": "residents",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its role ("name", "date", "count", ... or ""), and the act that its title implies."""

    role: str
    act: str | None = None


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("muster.extract").joinpath("tables.toml").read_text("utf-8"))


@cache
def _titles() -> dict[Phrase, Column]:
    data = _data()
    found: dict[Phrase, Column] = {}
    kinds = {to_phrase(word): kind for kind, words in data["implied_kinds"].items() for word in words}
    for act, titles in data["implied"].items():
        for title in map(to_phrase, titles):
            role = next((kinds[(word,)] for word in (*reversed(title),) if (word,) in kinds), "status")
            found[title] = Column(role=role, act=act)
    for role, titles in data["roles"].items():
        found.update({to_phrase(title): Column(role=role) for title in titles})
    for act, titles in data["counts"].items():
        found.update({to_phrase(title): Column(role="count", act=act) for title in titles})
    return found


@cache
def _phrases(section: str) -> PhraseTable[str]:
    table: Mapping[str, Sequence[str]] = _data()[section]
    return PhraseTable({to_phrase(word): key for key, words in table.items() for word in words if to_phrase(word)})


def _words(text: str) -> tuple[Token, ...]:
    return tuple(token for token in tokenize(text) if token.kind != "mark" or token.fold in "#№?-")


@cache
def _title_table() -> PhraseTable[Column]:
    return PhraseTable(_titles())


def column_of(title: str) -> Column:
    """Return what a column title means; role "" where it says nothing known.

    A title that is known as a whole goes before one that only begins with or contains a known one:
    "Name in Arabic script", "Status on 1 July 2017", "Killed (UN)".
    """
    tokens = _words(re.sub(r"\(.*?\)", " ", title)) or _words(title)
    whole = _titles().get(tuple(token.fold for token in tokens))
    if whole:
        return whole
    at_start = _title_table().at(tokens, 0) if tokens else None
    if at_start:
        return at_start[1]
    found = [_title_table().at(tokens, at) for at in range(1, len(tokens))]
    known = [hit[1] for hit in found if hit and hit[1].role in {"name", "count", "date", "place", "status", "age"}]
    return known[0] if known else Column(role="")


def acts_in(text: str, section: str) -> tuple[str, ...]:
    """Return the acts ("present" among them) that the words of a cell or heading name, in order.

    section: "states" for cells, "lists" for captions and headings.  "shot dead" is one act; what
    kills absorbs what wounds.
    """
    tokens = _words(text)
    found: list[str] = []
    at = 0
    while at < len(tokens):
        hit = _phrases(section).at(tokens, at)
        if hit and hit[1] not in found:
            found.append(hit[1])
        at = hit[0] if hit else at + 1
    absorbed = {other for act in found for other in _data()["absorbs"].get(act, [])}
    return tuple(act for act in found if act not in absorbed) if section == "states" else tuple(found)


def is_word(text: str, kind: str) -> bool:
    """Tell whether a cell is, as a whole, one of the words of a kind ("none", "unknown", "total")."""
    whole = tuple(token.fold for token in tokenize(text))
    return not whole or whole in {to_phrase(word) for word in _data()["cells"][kind]}


def facility_in(text: str) -> tuple[int, int] | None:
    """Return the span of a prison, camp or hospital named in a cell ("in Narmul prison since ...")."""
    cells = _data()["cells"]
    before = "|".join(map(re.escape, cells["facility_after"]))
    nouns = "|".join(map(re.escape, sorted(cells["facility"], key=len, reverse=True)))
    found = re.search(rf"\b(?:{before})\s+((?:the\s+)?(?:[\w'’-]+\s+){{1,4}}?(?:{nouns}))\b", text, re.IGNORECASE)
    if found:
        return found.span(1)
    starts = "|".join(map(re.escape, cells["facility_before"]))
    found = re.search(rf"(?<!\w)(?:{starts})\s+\w[\w\u200c]*", text)
    return found.span() if found else None
