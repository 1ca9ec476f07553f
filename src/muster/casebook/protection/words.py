"""The words of a text as somebody looks for a name in them: every way in which one word may be written.

Method: docs/method/protection.md, section 2.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from tomllib import loads
from typing import Any, Final
from urllib.parse import unquote

from muster.languages.names import name_parts
from muster.languages.scripts import BIDI_CONTROLS, INVISIBLE, JOINERS, fold, script_of

_APOSTROPHES: Final = "'’‘ʼ`ʿʾ"
_UNSEEN: Final = "".join(sorted(BIDI_CONTROLS | INVISIBLE | JOINERS))
#: Letters with their marks; unseen characters and apostrophes between letters do not end a word.
_TOKEN: Final = re.compile(
    rf"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]"
    rf"|[{_UNSEEN}{_APOSTROPHES}]+(?=[^\W\d_]))*"
)
#: What stands between spaces, quotation marks and brackets: where addresses, user names and file names are found.
_CHUNK: Final = re.compile(r"[^\s<>\"“”„«»()\[\]{}|,;،؛]+")
_SPELT_OUT: Final = re.compile(r"(?<!\w)(?:[^\W\d_][ .·\-_]{1,2}){3,}[^\W\d_](?!\w)")
_HANDLE: Final = re.compile(r"[@_/\\=#]|%[0-9A-Fa-f]{2}|\w\.\w|[^\W\d]\d|\d[^\W\d_]|[a-zа-я][A-ZА-Я]")
_INITIALS: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.[ \u00a0-]?){1,5}[^\W\d_]\.")
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_BROKEN: Final = re.compile(r"[-\u00ad\u2010\u2011][ \t]*\r?\n\s*")
#: From this length on a word that only begins or ends with a name is held to be made of it; one that is written
#: small, from the second.
_LONG, _LONG_IN_SMALL = 5, 7


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text.  start and end count code points; forms are the folded words that it may be."""

    start: int
    end: int
    text: str
    forms: frozenset[str]


@cache
def data() -> dict[str, Any]:
    """Read protection.toml."""
    return loads(files("muster.casebook.protection").joinpath("protection.toml").read_text("utf-8"))


@cache
def _look_alikes() -> dict[int, str]:
    return {ord(a): b for a, b in data()["look_alikes"].items()}


@cache
def _clitics() -> tuple[tuple[str, ...], tuple[str, ...]]:
    table = data()["clitics"]
    return tuple(fold(each) for each in table["before"]), tuple(fold(each) for each in table["after"])


def tokens(text: str) -> list[Token]:
    """Return the words of a text, in order; what joins two words ("-") stands between them."""
    found = [Token(m.start(), m.end(), m[0], forms_of(m[0])) for m in _TOKEN.finditer(text)]
    return [_without_possessive(each) for each in found]


def _without_possessive(token: Token) -> Token:
    if len(token.text) > 3 and token.text[-1] in "sS" and token.text[-2] in _APOSTROPHES:
        return Token(token.start, token.end - 2, token.text[:-2], token.forms)
    return token


def bare(text: str) -> str:
    """Return the letters and digits of a text, folded, with nothing between them."""
    return "".join(filter(str.isalnum, fold(text)))


@lru_cache(maxsize=200_000)
def forms_of(word: str) -> frozenset[str]:
    """Return the folded words that a word of a text may be: without clitics, possessives, plural, article.

    A word that mixes scripts is also read as if its look-alikes were of the one; one that is written
    together ("Abdelfattah") also as its parts.
    """
    plain = fold(word)
    for mark in "ʿʾ":
        plain = plain.replace(mark, "'")
    pieces = {plain, plain.replace("'", ""), *plain.split("'")}
    pieces |= {fold(each) for each in re.split(f"[{_UNSEEN}]", word)}
    if script_of(plain) in {"latin", "cyrillic", "greek"}:
        if not plain.isascii():
            pieces.add(plain.translate(_look_alikes()).replace("'", ""))
        pieces |= {
            each[:-n] for each in tuple(pieces) for n in (1, 2) if each[-n:] in {"s", "es"} and len(each) > n + 2
        }
    elif script_of(plain) == "arabic":
        pieces |= {base for each in tuple(pieces) for base in _without_clitics(each)}
    pieces.update(name_parts(word))
    return frozenset(each for each in pieces if each)


def _without_clitics(word: str) -> Iterator[str]:
    before, after = _clitics()
    starts = [word, *(word[len(each) :] for each in before if word.startswith(each) and len(word) - len(each) >= 3)]
    for start in starts:
        yield start
        for each in after:
            if start.endswith(each) and len(start) - len(each) >= (4 if len(each) == 1 else 3):
                yield start[: -len(each)]


def is_lower(token: Token) -> bool:
    """Tell whether a word of a script that has capitals is written without one."""
    return token.text.islower()


def made_of(token: Token) -> Iterator[str]:
    """Yield what a word begins and ends with that may be a name ("Belhadrist"); of one written small, long ones."""
    plain = bare(token.text)
    for n in range(_LONG_IN_SMALL if is_lower(token) else _LONG, len(plain)):
        yield plain[:n]
        yield plain[-n:]


def halves_of(token: Token) -> Iterator[tuple[str, str]]:
    """Yield every two words that a word may be run together of."""
    plain = bare(token.text)
    yield from ((plain[:n], plain[n:]) for n in range(3, len(plain) - 2))


def handles(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield addresses, user names, file names: start, end, their letters, and the extension that may stay."""
    for found in _CHUNK.finditer(text):
        chunk = found[0].rstrip(".:!?…؟'’")
        if len(chunk) > 2 and _HANDLE.search(chunk):
            extension = _EXTENSION.search(chunk)
            kept = extension[0] if extension and "@" not in chunk else ""
            yield found.start(), found.start() + len(chunk), chunk, kept


def letters_of(handle: str) -> str:
    """Return the folded letters of an address or name of a file; of a percent-encoded one, what that says."""
    plain = fold(unquote(handle)).translate(_look_alikes())
    return "".join(each for each in plain if each.isalpha() and not unicodedata.combining(each))


def segments_of(handle: str) -> frozenset[str]:
    """Return the runs of letters in an address or name of a file, folded."""
    spaced = re.sub(r"(?<=[a-zа-я])(?=[A-ZА-Я])", " ", unquote(handle))
    return frozenset(re.findall(r"[^\W\d_]+", fold(spaced)))


def spelt_out(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield words written letter by letter ("B e l")."""
    for found in _SPELT_OUT.finditer(text):
        yield found.start(), found.end(), bare(found[0])


def initials(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield letters with a full stop each ("F. B.")."""
    for found in _INITIALS.finditer(text):
        yield found.start(), found.end(), bare(found[0])


def is_broken(gap: str) -> bool:
    """Tell whether what stands between two tokens is a word broken at the end of a line, or a space or hyphen."""
    return gap in {" ", "-", "\u00a0", "\u2010", "\u2011", "\n"} or bool(_BROKEN.fullmatch(gap))
