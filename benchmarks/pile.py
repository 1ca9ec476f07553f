"""A large pile out of a small one: python benchmarks/pile.py CORPUS FOLDER N.

CORPUS is repeated until there are N documents.  Each repetition is a set of documents of its own:

* names are other names, the same one wherever it stood in that repetition, so that incidents stay apart;
* dates are moved by whole weeks, so that weekdays still fit, years by as much, and other numbers of two
  and three digits by something of the repetition's own;
* an invented adjective stands after articles and prepositions (not inside names), other ones in each
  repetition, so that repetitions are no copies of each other, while copies inside the corpus stay copies;
* documents in scripts without capitals come only once: their names and dates cannot be told so simply.

The same arguments always give the same bytes.
"""

import hashlib
import re
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import count
from pathlib import Path

_TEXTS = {".txt", ".md", ".html", ".eml", ".csv"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH = "|".join((*_MONTHS, *(rf"{name[:3]}t?\b\.?" for name in _MONTHS if name != "May")))
_DAY_FIRST = re.compile(rf"\b([0-3]?[0-9])(?:st|nd|rd|th)? ({_MONTH}),? ((?:19|20)[0-9]{{2}})\b")
_MONTH_FIRST = re.compile(rf"\b({_MONTH}) ([0-3]?[0-9])(?:st|nd|rd|th)?, ((?:19|20)[0-9]{{2}})\b")
_DAY_MONTH = re.compile(rf"\b([0-3]?[0-9])(?:st|nd|rd|th)? ({_MONTH})(?!\w)(?!,? (?:19|20)[0-9])")
_MONTH_DAY = re.compile(rf"\b({_MONTH}) ([0-3]?[0-9])(?:st|nd|rd|th)?\b(?!, (?:19|20)[0-9])")
_MONTH_ALONE = re.compile(rf"(?<![0-9] )\b({_MONTH})(?!\w)(?! [0-9])")
_YEAR = re.compile(r"(?<![0-9.,/-])\b((?:19|20)[0-9]{2})\b(?![.,/-]?[0-9])")
_NUMBER = re.compile(r"(?<![\w.,:/-])([1-9][0-9]{1,2})(?![\w:/-]|[.,][0-9])")
_ISO = re.compile(r"\b((?:19|20)[0-9]{2})-([01][0-9])-([0-3][0-9])\b")
_NAME = re.compile(r"\b[A-Z][A-Za-z]{2,}\b")
_POINTING = (
    "the|an?|his|her|their|its|our|my|your|them|him|it|us|any|all|this|that|these|those|which|whom?|what|both|each"
)
_JOINT = re.compile(rf"\b(the|an?|of|in|on|at|by|from|with) (?!(?:{_POINTING})\b)(?=[a-z])")
_FOREIGN = re.compile(r"[\u0621-\u06d3]{3,}")
_TAG = re.compile(r"(<[^>]*>|^[A-Z][A-Za-z-]+: )", re.MULTILINE)
#: Far enough apart that no two repetitions tell of one week, and out of step with the year.
_WEEKS_BETWEEN = 11


def make_pile(corpus: Path, folder: Path, n: int) -> list[Path]:
    """Write n documents made of a corpus into a folder; return their paths in order."""
    texts = {
        path.name: path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(corpus.iterdir())
        if path.suffix in _TEXTS
    }
    kept = _kept(list(texts.values()))
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for round_ in count():
        for name, text in texts.items():
            if len(made) == n:
                return made
            if round_ == 0 or not _FOREIGN.search(text):
                made.append(folder / f"{round_:04d}-{name}")
                made[-1].write_text(alter(text, round_, kept), encoding="utf-8")
    raise AssertionError("unreachable")


def alter(text: str, round_: int, kept: set[str]) -> str:
    """Return a text as it stands in one repetition of the corpus."""
    parts = _TAG.split(text)  # of tags and headers only the dates are others
    return "".join(_later(part, round_) if n % 2 else _alter_prose(part, round_, kept) for n, part in enumerate(parts))


def _alter_prose(text: str, round_: int, kept: set[str]) -> str:
    if round_ == 0:
        return text
    text = _later(text, round_)
    text = _NAME.sub(lambda m: m[0] if m[0] in kept else _other(m[0], round_), text)
    return _JOINT.sub(lambda m: f"{m[1]} {_adjective(m.string[m.start() : m.end() + 12], round_)} ", text)


def _later(text: str, round_: int) -> str:
    """A text with the dates and numbers of one repetition."""
    if round_ == 0:
        return text
    moved = timedelta(weeks=round_ * _WEEKS_BETWEEN % 1000)
    found: list[str] = []  # what was moved already stands here, out of the way of the patterns that follow

    def keep(words: str) -> str:
        found.append(words)
        return f"\x00{chr(0xE000 + len(found) - 1)}\x00"

    def move(pattern: re.Pattern[str], form: str, *order: int) -> None:
        nonlocal text
        text = pattern.sub(lambda m: keep(_moved(m[0], [m[at] if at else "" for at in order], moved, form)), text)

    move(_DAY_FIRST, "dmy", 3, 2, 1)
    move(_MONTH_FIRST, "mdy", 3, 1, 2)
    move(_ISO, "iso", 1, 2, 3)
    move(_DAY_MONTH, "dm", 0, 2, 1)
    move(_MONTH_DAY, "md", 0, 1, 2)
    move(_MONTH_ALONE, "m", 0, 1, 0)
    text = _YEAR.sub(lambda m: keep(str(int(m[1]) + moved.days // 365)), text)
    text = _NUMBER.sub(lambda m: str(int(m[1]) + 1 + _number("numbers", round_) % 9), text)
    return re.sub("\x00(.)\x00", lambda m: found[ord(m[1]) - 0xE000], text)


def _kept(texts: list[str]) -> set[str]:
    """The capitalised words that are no names: they are also written small, or belong to the calendar."""
    plain = Counter(word for text in texts for word in re.findall(r"\b[a-z]{3,}\b", text))
    names = Counter(word for text in texts for word in _NAME.findall(text))
    return {word for word, n in names.items() if 4 * plain[word.lower()] >= n} | {*_MONTHS, *_WEEKDAYS}


def _moved(words: str, parts: list[str], by: timedelta, form: str) -> str:
    """A date, some time later; a year or day that it does not give counts as 2011 and as the 1st."""
    year, month, day = parts
    try:
        number = int(month) if month.isdigit() else _month_number(month)
        new = date(int(year or 2011), number, int(day or 1)) + by
    except ValueError:
        return words
    name = _MONTHS[new.month - 1]
    forms = {
        "iso": new.isoformat(), "dmy": f"{new.day} {name} {new.year}", "mdy": f"{name} {new.day}, {new.year}",
        "dm": f"{new.day} {name}", "md": f"{name} {new.day}", "m": name,
    }  # fmt: skip
    return forms[form]


def _month_number(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name[:3]))


def _number(word: str, round_: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{round_} {word}".encode()).digest()[:16], "big")


def _other(word: str, round_: int) -> str:
    """Another word of the same build: vowels for vowels, consonants for consonants."""
    if round_ == 0:
        return word
    number, made = _number(word, round_), []
    for letter in word:
        letters = "aeiou" if letter.lower() in "aeiou" else "bdfghjklmnprstvwz"
        number, at = divmod(number, len(letters))
        made.append(letters[at].upper() if letter.isupper() else letters[at])
    return "".join(made)


def _adjective(around: str, round_: int) -> str:
    number, made = _number(around, round_), ""
    for letters in ("bdfgklmnprstv", "aeiou", "lmnrst", "dgkt", "aeiou"):
        number, at = divmod(number, len(letters))
        made += letters[at]
    return made + "ish"


if __name__ == "__main__":
    make_pile(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
