"""Somebody who has a file that was passed on, a list of names, and time."""

import base64
import binascii
import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from urllib.parse import unquote

from muster.languages.names import similarity
from muster.languages.scripts import fold

_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"\S+")
_DIGEST = re.compile(r"[0-9a-f]{12,128}")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")


def readings(data: bytes) -> Iterator[str]:
    """Yield what some bytes may say: as they are, unescaped, normalised, decoded."""
    text = data.decode("utf-8", "backslashreplace")
    plain = html.unescape(html.unescape(text))
    yield text
    yield plain
    yield unquote(plain)
    yield unicodedata.normalize("NFKC", plain)
    yield re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    yield re.sub(r"<[^>]*>", "", plain)
    for found in _BASE64.findall(text):
        with_end = found.rstrip("=") + "=" * (-len(found.rstrip("=")) % 4)
        try:
            yield base64.b64decode(with_end, altchars=b"-_").decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            continue


def letters(text: str) -> str:
    """The folded letters of a text with nothing between them: a name split by marks, tags or spaces is whole again."""
    return "".join(map(_letters_of, _RUN.findall(text)))


@lru_cache(maxsize=200_000)
def _letters_of(run: str) -> str:
    return "".join(filter(str.isalpha, fold(run)))


def words(text: str) -> set[str]:
    """The folded words of a text."""
    return {word for run in set(_RUN.findall(text)) for word in _WORD.findall(_folded(run))}


@lru_cache(maxsize=200_000)
def _folded(run: str) -> str:
    return fold(run)


def words_found(files: Mapping[str, bytes], names: Iterable[str]) -> set[tuple[str, str]]:
    """Return (file, word) for words of names that stand in any reading of a file, and for long names run together."""
    wanted = {word for name in names for word in _WORD.findall(fold(name)) if len(word) > 2}
    whole = {letters(name) for name in names if len(letters(name)) > 6}
    found = set()
    for file, data in files.items():
        for text in readings(data):
            found |= {(file, word) for word in words(text) & wanted}
            run, back = letters(text), letters(text)[::-1]
            found |= {(file, name) for name in whole if name in run or name in back}
    return found


def sounding(files: Mapping[str, bytes], parts: Iterable[str], enough: float) -> set[tuple[str, str]]:
    """Return (file, word) for words of a file that are spellings of a part of a name, by Muster's own comparator."""
    found = set()
    for file, data in files.items():
        for word in words(html.unescape(data.decode("utf-8"))):
            found |= {(file, word) for part in parts if similarity(part, word) >= enough}
    return found


def digests_found(files: Mapping[str, bytes], candidates: Iterable[str], beside: Iterable[str]) -> set[str]:
    """Return candidates of whom a digest stands in a file: alone, or joined with anything else that the file holds."""
    shown = {found for data in files.values() for found in _DIGEST.findall(data.decode("utf-8"))}
    starts = {each[:12] for each in shown}
    around = ["", *beside]
    found = set()
    for candidate in candidates:
        for other in around:
            for text in {
                candidate,
                candidate + other,
                other + candidate,
                f"{candidate}|{other}",
                f"{other}/{candidate}",
            }:
                for spelt in {text, text.casefold(), fold(text)}:
                    if any(each[:12] in starts for each in _digests(spelt.encode())):
                        found.add(candidate)
    return found


def _digests(data: bytes) -> Iterator[str]:
    for kind in ("md5", "sha1", "sha256"):
        yield hashlib.new(kind, data, usedforsecurity=False).hexdigest()
    for size in (8, 16, 32, 64):
        yield hashlib.blake2b(data, digest_size=size).hexdigest()


def ids_in(files: Mapping[str, bytes]) -> set[str]:
    """Every id that stands in some files."""
    return {found for data in files.values() for found in re.findall(r"\b[a-z]-[0-9a-f]{16}\b", data.decode("utf-8"))}


def rows(files: Mapping[str, bytes], table: str) -> list[dict[str, object]]:
    """The rows of a table of JSON lines."""
    return [json.loads(line) for line in files[f"{table}.jsonl"].decode("utf-8").split("\n") if line]
