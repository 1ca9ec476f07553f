"""Word shingles: the short runs of words by which a copied passage is recognised.

Method: docs/method/independence.md, section 2 (Broder 1997, "On the resemblance and containment of
documents").
"""

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from muster.languages.scripts import fold

#: Words in one shingle.  With four, changing one word of a passage spoils four shingles and leaves the
#: rest, while runs of four words shared by chance stay a few in a hundred.
N_WORDS: Final = 4

Digests = NDArray[np.uint64]

_WORD: Final = re.compile(r"\w+")
_PIECE: Final = 1 << 15  # characters digested at once: longer texts take no more memory
_U: Final = np.uint64
_PACKED: Final = np.dtype("<u8")
# Odd constants without structure: from the golden ratio and the square roots of 2 and 3.
_BASE: Final = 0x9E3779B97F4A7C15
_FIRST_OF_TWO: Final = _U(0x6A09E667F3BCC909)
_FIRST_PAIR: Final = _U(0xBB67AE8584CAA73B)
_SPACE: Final = 32
# What a code point becomes in `_FOLDED`, where it is not one letter or digit.
_UNKNOWN, _DROPPED, _SEVERAL = 0, 1, 2
_FOLDED: Final = np.zeros(0x110000, np.uint32)
_ASCII: Final = bytes(ord(fold(c)) if _WORD.match(c := chr(n)) else _SPACE for n in range(128)).ljust(256, b" ")


def _powers(base: int) -> Digests:
    found: Digests = np.full(_PIECE + 2, base % 2**64, _U).cumprod()
    return found


_POWERS: Final = _powers(_BASE)
_INVERSE: Final = _powers(pow(_BASE, -1, 2**64))


def shingles(text: str) -> bytes:
    """The distinct word shingles of a text as unsigned 64-bit digests, ascending, packed: see `digests`.

    Case, punctuation, diacritics, white space and Arabic/Persian letter variants do not count.  A text
    of one to three words gives one shingle of all of them; an empty one gives none.  The digests are
    the same on every machine and in every run.
    """
    words = _word_digests(text)
    if not len(words):
        return b""
    if len(words) < N_WORDS:
        words = np.append(words, np.zeros(N_WORDS - len(words), _U))
    pairs = words[:-1] * _FIRST_OF_TWO
    pairs += words[1:]
    runs = pairs[:-2] * _FIRST_PAIR
    runs += pairs[2:]
    runs.sort()
    new = runs[1:] != runs[:-1]
    if np.count_nonzero(new) < len(new):
        runs = runs[np.insert(new, 0, True)]
    return runs.astype(_PACKED, copy=False).tobytes()


def digests(packed: bytes) -> Digests:
    """The digests that `shingles` packed, without copying them: ascending and distinct."""
    return np.frombuffer(packed, _PACKED)


def fold_words(text: str) -> list[str]:
    """The words of a text, folded for comparison only (never for display)."""
    return _WORD.findall(fold(text))


def _word_digests(text: str) -> Digests:
    """One digest for each word of a text, in order."""
    found = []
    for piece in _pieces(text):
        letters = _letters(piece)
        found.append(_word_digests(fold(piece)) if letters is None else _of_piece(letters))
    return found[0] if len(found) == 1 else np.concatenate(found)


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that end between words where they can."""
    at = 0
    while len(text) - at > _PIECE:
        cut = 1 + max(text.rfind(" ", at, at + _PIECE), text.rfind("\n", at, at + _PIECE)) or at + _PIECE
        yield text[at:cut]
        at = cut
    yield text[at:]


def _letters(text: str) -> NDArray[np.unsignedinteger] | None:
    """The folded code points of a text, with a space before, after and between words.

    None where the text has to be folded first, since a letter of it stands for several.
    """
    if text.isascii():
        return np.frombuffer(f" {text} ".encode().translate(_ASCII), np.uint8)
    points = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), "<u4")
    found: NDArray[np.unsignedinteger] = _FOLDED[points]
    if not found.all():
        _learn(points[found == _UNKNOWN])
        found = _FOLDED[points]
    if (found == _SEVERAL).any():
        return None
    if (found == _DROPPED).any():
        found = found[found != _DROPPED]
    return found


def _learn(points: NDArray[np.uint32]) -> None:
    """Note what code points become by `fold`, each by itself."""
    for point in np.unique(points).tolist():
        folded = fold(chr(point))
        if not folded:
            _FOLDED[point] = _DROPPED
        elif not _WORD.search(folded):
            _FOLDED[point] = _SPACE
        else:
            _FOLDED[point] = ord(folded) if len(folded) == 1 else _SEVERAL


def _of_piece(letters: NDArray[np.unsignedinteger]) -> Digests:
    """One digest for each word: its letters taken as the digits of a number to an odd base.

    The digits of all words are summed up once; a word is the difference of two sums, brought back to
    where it would be had it stood first.
    """
    inside = letters != _SPACE
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    sums = letters.astype(_U)
    sums *= _POWERS[: len(letters)]
    sums = np.add.accumulate(sums, out=sums).take(edges)
    words: Digests = sums[1::2] - sums[::2]
    words *= _INVERSE.take(edges[::2])
    return words
