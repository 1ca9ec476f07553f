"""Capitals for text that has none, as wire services of the 1980s sent it.

No list of the text's names is used.  A tagger that was trained on mixed-case and lower-case text reads the words
twice (the second time with the capitals of the first); what it takes for a name is written with a capital there,
and everywhere where it does so in most places (unigram truecasing after Lita et al. 2003, with the tagger's
guesses in place of a corpus).  A noun that the tagger's own dictionary (WordNet's words) does not have is a name.
Months, weekdays, countries and peoples are known.  An abbreviation in brackets is written in capitals, and so are
the first letters of the words before it that it abbreviates.
"""

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from muster.extract.parse import model
from muster.languages.countries import load_countries

_WORD = re.compile(r"[a-z][a-z'’]*", re.I)
_SENTENCE = re.compile(r"(?:\A|[.!?][\"”)]?\s+|:\s+[\"“]|\s{3,}[\"“(]?)([a-z])")
_DATES = frozenset(day.casefold() for days in (calendar.day_name, calendar.month_name[1:]) for day in days) - {
    "march",
    "may",
}
_JOINING = frozenset(
    {"of", "the", "for", "and", "in", "to", "de", "la", "y", "del", "el", "los", "las", "al", "alias", "a", "an"}
)
_IN_PHRASE = re.compile(r"[\s'’\"”-]*")
_ABBREVIATION = re.compile(r"\(([a-z]{2,8})\)", re.I)
_NOT_COUNTRIES = frozenset({"us", "republic", "city", "island", "islands", "may", "states", "united", "port", "saint"})


def truecased(texts: Sequence[str]) -> list[str]:
    """The same texts, character for character, with capitals."""
    cased = [t.lower() for t in texts]
    for _ in range(2):
        cased = _round(cased)
    return cased


def _round(texts: Sequence[str]) -> list[str]:
    known = _dictionary()
    seen: Counter[str] = Counter()
    named: Counter[str] = Counter()
    here: list[set[int]] = []
    for doc in model().pipe([re.sub(r"\s", " ", t) for t in texts], disable=["ner"]):
        found = {t.i for t in doc if t.is_alpha and len(t) > 1 and _is_name(t, known)}
        seen.update(t.lower_ for t in doc if t.is_alpha)
        named.update(doc[i].lower_ for i in found)
        here.append({doc[i].idx for i in found})
    names = {w for w, n in named.items() if 2 * n > seen[w]} | _known()
    shorts = {short for t in texts for short, long in _abbreviations(t) if long or short not in known}
    shorts -= _dictionary("adj", "adv", "verb")  # the dictionary has "ELN" among its nouns
    return [_cased(t.lower(), names, shorts, own) for t, own in zip(texts, here, strict=True)]


@cache
def _dictionary(*kinds: str) -> frozenset[str]:
    """The words of the tagger's dictionary, of all kinds or of some."""
    lookups = model().get_pipe("lemmatizer").lookups
    tables = [lookups.get_table(t) for t in ("lemma_index", "lemma_exc")]
    tables = [t[kind] for t in tables for kind in (kinds or ("noun", "verb", "adj", "adv")) if kind in t]
    return frozenset(word for words in tables for word in words)


def _is_name(token: Any, known: frozenset[str]) -> bool:
    if token.lower_ in _JOINING or token.is_stop:
        return False
    if token.pos_ == "PROPN":
        return True
    strange = token.pos_ in ("NOUN", "ADJ", "VERB") and token.lower_ not in known and token.lemma_.lower() not in known
    return strange and len(token) > 3 and not token.lower_.endswith(("ing", "ed", "ly", "ers", "ists"))


def _known() -> frozenset[str]:
    forms = [form for c in load_countries() for form in (*c.names, *c.adjectives, *c.capitals)]
    words = {w.casefold() for form in forms for w in form.split() if w.isascii() and w.isalpha()}
    return _DATES | words - _JOINING - _NOT_COUNTRIES


def _cased(text: str, names: set[str] | frozenset[str], shorts: set[str], own: set[int]) -> str:
    words = [(m.start(), m.group().removesuffix("'s")) for m in _WORD.finditer(text)]
    capitals = {i for i, word in words if i in own or word in names or word == "i"}
    capitals |= {m.start(1) for m in _SENTENCE.finditer(text)}
    capitals |= {i for _, starts in _abbreviations(text) for i in starts}
    for i, word in words:
        if word in shorts and word not in _JOINING:
            capitals |= set(range(i, i + len(word)))
    return "".join(c.upper() if i in capitals else c for i, c in enumerate(text))


def _abbreviations(text: str) -> list[tuple[str, list[int]]]:
    """Abbreviations in brackets, lower-case, with where the words start that they stand for.

    The words are those back to "the", where they stand in one phrase; an abbreviation may be of another language.
    """
    found = []
    for m in _ABBREVIATION.finditer(text):
        starts: list[int] = []
        for word in reversed(list(_WORD.finditer(text, max(0, m.start() - 120), m.start()))):
            low = word.group().lower()
            if low in ("the", "a", "an") or not _IN_PHRASE.fullmatch(text[word.end() : (starts or [m.start()])[-1]]):
                break
            starts.append(word.start())
        else:
            starts = []
        named = [i for i in starts if _WORD.match(text, i) and _WORD.match(text, i).group().lower() not in _JOINING]  # type: ignore[union-attr]
        short = m.group(1).lower()
        if short in model().Defaults.stop_words:
            continue
        while named and text[named[-1]].lower() not in short:
            named.pop()
        initials = "".join(text[i].lower() for i in reversed(named))
        if 2 <= len(named) <= 9 and (initials[0] == short[0] or sorted(initials) == sorted(short)):
            found.append((short, named))
        elif short not in _dictionary() and len(short) <= 4:  # longer ones are mostly names
            found.append((short, []))
    return found
