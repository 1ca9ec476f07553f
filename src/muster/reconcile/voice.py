"""Whose words a document carries, where they are one party's alone.

A communiqué that names neither writer nor publisher says who wrote it by whom it lets speak.

Method: docs/method/independence.md, section 3.
"""

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

from muster.records import Extraction, Statement

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
#: One statement may be anybody's; from two on it is told whose words a text gives.
_LEAST = 2


def voice_of(text: str, extraction: Extraction) -> str | None:
    """The LocalEntity id of the one person or group whose words a text carries; None where it carries several or none.

    That is who says at least half of its statements, where nobody else is let speak, named or not; or,
    in a text that says "we", who alone accuses, demands, offers or denies in it.
    """
    kinds = {entity.id: entity.kind for entity in extraction.entities}
    speakers = [s.said_by[0].entity for s in extraction.statements if s.said_by and not _is_we(s.said_by[0].words)]
    callers = [s.actor.entity for s in extraction.statements if _speaks(s) and s.actor and s.actor.entity]
    said = Counter((*speakers, *callers))
    if len(said) == 1:
        ((one, n),) = said.items()
        enough = n >= _LEAST and 2 * n >= len(extraction.statements)
    else:
        one, enough = None, False
    if not enough and len(set(callers)) == 1 and _says_we(text):
        one, enough = callers[0], True
    return one if enough and one and kinds.get(one) in {"person", "group"} else None


def _speaks(statement: Statement) -> bool:
    return not statement.said_by and statement.act in _words()["done_by_speaking"]


def _says_we(text: str) -> bool:
    return any(map(_is_we, _WORD.findall(_QUOTED.sub(" ", text))))


def _is_we(word: str) -> bool:
    return word.lower() in _words()["we"] and word != "US"


@cache
def _words() -> dict[str, frozenset[str]]:
    found = tomllib.loads(files("muster.reconcile").joinpath("voice.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in found.items()}
