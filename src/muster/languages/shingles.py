"""Word shingles: the short runs of words by which a copied passage is recognised.

Method: docs/method/independence.md, section 2 (Broder 1997, "On the resemblance and containment of
documents").
"""

import re
from hashlib import blake2b

from muster.languages.scripts import fold

#: Words in one shingle.  With four, changing one word of a passage spoils four shingles and leaves the
#: rest, while runs of four words shared by chance stay a few in a hundred.
N_WORDS = 4

_WORD = re.compile(r"\w+")


def shingles(text: str) -> tuple[int, ...]:
    """The distinct word shingles of a text as unsigned 64-bit digests, ascending.

    Case, punctuation, diacritics, white space and Arabic/Persian letter variants do not count.  A text
    of one to three words gives one shingle of all of them; an empty one gives none.  The digests are
    the same on every machine and in every run.
    """
    words = fold_words(text)
    if not words:
        return ()
    runs = (words[i : i + N_WORDS] for i in range(max(1, len(words) - N_WORDS + 1)))
    return tuple(sorted({_digest(" ".join(run)) for run in runs}))


def fold_words(text: str) -> list[str]:
    """The words of a text, folded for comparison only (never for display)."""
    return _WORD.findall(fold(text))


def _digest(words: str) -> int:
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big")
