"""Tokens of a text, and tables of phrases looked up among them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, Literal, TypeVar

from muster.languages.scripts import digit_value, fold

V = TypeVar("V")
Phrase = tuple[str, ...]

_MARKS = "\u064b-\u065f\u0670\u0640\u200c\u200d"
_TOKEN: Final = re.compile(
    rf"(?P<number>\d+(?:[.,٬٫'’\u00a0\u202f]\d+)*)"
    rf"|(?P<word>[^\W\d_](?:[^\W\d_]|[{_MARKS}]|['’](?=[^\W\d_]))*)"
    rf"|(?P<mark>\S)"
)
_GROUPED: Final = re.compile(r"\d{1,3}(?:([.,٬'’\u00a0\u202f])\d{3})(?:\1\d{3})*")
_DECIMAL: Final = re.compile(r"(\d+)[.٫](\d+)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in digits, or one other character.

    fold is its form for comparing.  value is the number's, None where it is no whole one ("3.5");
    fraction is then its value.
    """

    start: int
    end: int
    fold: str
    kind: Literal["number", "word", "mark"]
    value: int | None = None
    fraction: float | None = None


def _number(text: str) -> tuple[int | None, float | None]:
    plain = "".join(str(digit_value(character)) if character.isdecimal() else character for character in text)
    if plain.isdecimal():
        return int(plain[:40]), None
    if _GROUPED.fullmatch(plain):
        return int(re.sub(r"\D", "", plain)[:40]), None
    decimal = _DECIMAL.fullmatch(plain)
    return None, float(f"{decimal[1]}.{decimal[2]}") if decimal else None


def tokenize(text: str) -> tuple[Token, ...]:
    """Split a text into tokens, in order; white space is left out."""
    tokens = []
    for found in _TOKEN.finditer(text):
        if found["number"]:
            value, fraction = _number(found[0])
            tokens.append(Token(found.start(), found.end(), found[0], "number", value, fraction))
        else:
            tokens.append(Token(found.start(), found.end(), fold(found[0]), "word" if found["word"] else "mark"))
    return tuple(tokens)


def to_phrase(words: str) -> Phrase:
    """Return the folded tokens of a phrase."""
    return tuple(token.fold for token in tokenize(words))


class PhraseTable(Generic[V]):
    """Phrases and what each stands for, looked up where they begin or end; the longest wins."""

    def __init__(self, entries: Mapping[Phrase, V]) -> None:
        self._first: dict[str, list[tuple[Phrase, V]]] = {}
        self._last: dict[str, list[tuple[Phrase, V]]] = {}
        for phrase, value in sorted(entries.items(), key=lambda entry: (-len(entry[0]), entry[0])):
            self._first.setdefault(phrase[0], []).append((phrase, value))
            self._last.setdefault(phrase[-1], []).append((phrase, value))

    def at(self, tokens: tuple[Token, ...], at: int) -> tuple[int, V] | None:
        """Return the position after the longest phrase that begins at a token, and its value."""
        for phrase, value in self._first.get(tokens[at].fold, ()) if 0 <= at < len(tokens) else ():
            if tuple(token.fold for token in tokens[at : at + len(phrase)]) == phrase:
                return at + len(phrase), value
        return None

    def before(self, tokens: tuple[Token, ...], at: int) -> tuple[int, V] | None:
        """Return the position where the longest phrase that ends before a token begins, and its value."""
        for phrase, value in self._last.get(tokens[at - 1].fold, ()) if 0 < at <= len(tokens) else ():
            if tuple(token.fold for token in tokens[max(0, at - len(phrase)) : at]) == phrase:
                return at - len(phrase), value
        return None
