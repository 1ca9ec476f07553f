"""Scripts: which one a text is in, what of it is invisible, and its form for searching.

`fold` is for finding only: what is stored, shown and quoted is never folded.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Script = Literal["latin", "arabic", "cyrillic", "hebrew", "greek", "other", "none"]

_BLOCKS: Final[tuple[tuple[int, int, Script], ...]] = (
    (0x0041, 0x024F, "latin"),
    (0x1E00, 0x1EFF, "latin"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x0870, 0x08FF, "arabic"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFC, "arabic"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0370, 0x03FF, "greek"),
    (0x1F00, 0x1FFF, "greek"),
)

# One letter for the spellings that Arabic and Persian writers and keyboards mix freely.
_LETTERS: Final = str.maketrans(
    {
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ۆ": "و",
        "ك": "ک", "ڪ": "ک", "ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-",
    }
)  # fmt: skip

# Letters without a canonical decomposition that readers still search for by their plain form.
_LATIN_SPECIAL: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)

BIDI_CONTROLS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BIDI_OVERRIDES: Final = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
INVISIBLE: Final = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u3164\uffa0"
)
JOINERS: Final = frozenset("\u200c\u200d")
TATWEEL: Final = "\u0640"


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenCharacter:
    """A character that does not show.  at counts code points from 0; kind is "bidi" or "invisible"."""

    at: int
    character: str
    kind: Literal["bidi", "invisible"]


@lru_cache(maxsize=4096)
def script_of_character(character: str) -> Script:
    """Return the script of one character; "none" for digits, punctuation and white space."""
    if not character.isalpha():
        return "none"
    code = ord(character)
    for first, last, script in _BLOCKS:
        if first <= code <= last:
            return script
    return "other"


def script_of(text: str) -> Script:
    """Return the script that most letters of the text are in; "none" where it has no letter."""
    if text.isascii():
        return "latin" if any(map(str.isalpha, text)) else "none"
    tally = Counter(map(script_of_character, text))
    del tally["none"]
    return max(sorted(tally), key=lambda script: tally[script]) if tally else "none"


def digit_value(character: str) -> int | None:
    """Return 0-9 for a decimal digit of any script, else None."""
    return unicodedata.decimal(character, None)


def fold(text: str) -> str:
    """Return the form under which a text is searched and compared; its length may differ.

    NFKC, case folded, diacritics and tatweel dropped, alef, ya, kaf and ta-marbuta unified, digits
    as 0-9, quotation marks and dashes plain, joiners, bidi and invisible characters dropped.
    Idempotent.
    """
    if text.isascii():  # most texts of a large pile are, and the way below takes fifty times as long
        return text.lower().replace("`", "'")
    return _fold_any(text)


def _fold_any(text: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS))
    return text.translate(_FOLDED).translate(_LATIN_SPECIAL).translate(_LETTERS)


class _Folded(dict[int, str | None]):
    """What a decomposed code point becomes, found when it is first met; None where it is dropped."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        dropped = unicodedata.combining(character) or character in JOINERS | BIDI_CONTROLS | INVISIBLE | {TATWEEL}
        value = digit_value(character)
        self[code] = None if dropped else character if value is None else str(value)
        return self[code]


_FOLDED: Final = _Folded()


def _flat_character(character: str) -> str:
    value = digit_value(character)
    if value is not None:
        return str(value)
    if character in JOINERS or character.isspace():
        return " "
    plain = character.translate(_LETTERS).casefold()
    return plain if len(plain) == 1 else character


def flatten(text: str) -> str:
    """Fold character by character, so that every position still points into the original text.

    Weaker than `fold`: diacritics stay; a zero-width joiner becomes a space.
    """
    if text.isascii():
        return text.lower()
    return "".join(map(_flat_character, text))


def hidden_characters(text: str) -> tuple[HiddenCharacter, ...]:
    """Return the bidi controls and invisible characters of a text, in order.

    Joiners (U+200C, U+200D) are part of Persian and Arabic spelling and are not reported.
    """
    return tuple(
        HiddenCharacter(at=at, character=character, kind="bidi" if character in BIDI_CONTROLS else "invisible")
        for at, character in enumerate(text)
        if character in BIDI_CONTROLS or character in INVISIBLE
    )


def mixed_script_words(text: str) -> tuple[str, ...]:
    """Return words that mix Latin with Cyrillic or Greek letters: look-alikes in forged names."""
    found = []
    for word in text.split():
        scripts = {script_of_character(character) for character in word} - {"none"}
        if "latin" in scripts and scripts & {"cyrillic", "greek"}:
            found.append(word)
    return tuple(found)
