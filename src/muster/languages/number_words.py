"""Number words and their surroundings, read from numbers_en.toml, numbers_ar.toml and numbers_fa.toml."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

from muster.languages.phrases import Phrase, PhraseTable, Token, to_phrase
from muster.languages.scripts import fold

LANGUAGES: Final = ("en", "ar", "fa")

NumberKind = Literal["count", "year", "date", "age", "time", "distance", "percent", "money", "ordinal", "other"]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The tables of one language; every word in them is folded, phrases are split into tokens.

    clitics are letters written onto the next word ("and", "with"); duals are nouns that mean two.
    """

    values: Mapping[str, int]
    multipliers: Mapping[str, int]
    phrases: PhraseTable[tuple[int, int]]
    duals: frozenset[str]
    none: PhraseTable[bool]
    qualifiers: PhraseTable[str]
    after: PhraseTable[str]
    between: PhraseTable[bool]
    between_joint: PhraseTable[bool]
    joint: PhraseTable[bool]
    blocked_before: Mapping[str, frozenset[str]]
    blocked_after: Mapping[str, frozenset[str]]
    ordinals: Mapping[str, int]
    ordinal_suffixes: frozenset[str]
    units: PhraseTable[NumberKind]
    labels: PhraseTable[NumberKind]
    conjunction: frozenset[str]
    conjunction_required: bool
    articles: frozenset[str]
    clitics: frozenset[str]
    joining_clitic: str
    units_first: bool
    spaced: bool
    partial: frozenset[str]
    not_numbers: frozenset[str]
    needs_after: Mapping[str, frozenset[str]]
    glued: frozenset[str]

    def _is_whole(self, word: str) -> bool:
        return word in self.values or word in self.multipliers or word in self.not_numbers or word in self.duals

    def _bare(self, word: str) -> str:
        """Return a word without its clitic, if it is known only without."""
        if self.clitics and word[:1] in self.clitics and not self._is_whole(word):
            return word[1:]
        return word

    def value_of(self, token: Token) -> int | None:
        """Return what a simple number word adds, or None."""
        return self.values.get(self._bare(token.fold)) if token.kind == "word" else None

    def factor_of(self, token: Token) -> int | None:
        """Return what a number word multiplies by, or None."""
        return self.multipliers.get(self._bare(token.fold)) if token.kind == "word" else None

    def dual_of(self, token: Token) -> int | None:
        """Return 2 for a noun in the dual, else None."""
        word = token.fold
        known = word in self.duals or (word[:1] in self.clitics and word[1:] in self.duals)
        return 2 if token.kind == "word" and known else None

    def is_joined(self, token: Token) -> bool:
        """Tell whether "and" is written onto a number word."""
        clitic = self.joining_clitic
        return bool(clitic) and token.fold.startswith(clitic) and self._bare(token.fold) != token.fold

    def is_clitic(self, tokens: tuple[Token, ...], at: int) -> bool:
        """Tell whether the token before a number is only a letter written onto it ("and 14")."""
        return at > 0 and tokens[at - 1].fold in self.clitics

    def start_of(self, token: Token) -> int:
        """Return where a token begins without its clitic."""
        if token.fold in self.glued:
            return token.start + 1
        bare = self._bare(token.fold)
        is_number = bare in self.values or bare in self.multipliers or bare in self.duals
        return token.start + (len(token.fold) - len(bare) if is_number else 0)

    def is_whole_number(self, tokens: tuple[Token, ...], first: int, end: int) -> bool:
        """Tell whether number words stand for a number here: some do only in a compound or before a noun."""
        if end != first + 1:
            return True
        bare = self._bare(tokens[first].fold)
        following = tokens[end].fold if end < len(tokens) else ""
        return bare not in self.partial and (bare not in self.needs_after or following in self.needs_after[bare])

    def is_blocked(self, tokens: tuple[Token, ...], first: int, end: int) -> bool:
        """Tell whether the words around make a number word something else ("the one who ...")."""
        before = tokens[first - 1].fold if first else ""
        after = tokens[end].fold if end < len(tokens) else ""
        if before and before in self.blocked_before.get(tokens[first].fold, ()):
            return True
        return bool(after) and after in self.blocked_after.get(tokens[end - 1].fold, ())


def _set(words: Iterable[str]) -> PhraseTable[bool]:
    return PhraseTable({to_phrase(phrase): True for phrase in words})


def _kinds(table: Mapping[NumberKind, list[str]]) -> PhraseTable[NumberKind]:
    return PhraseTable({to_phrase(phrase): kind for kind, words in table.items() for phrase in words})


def _with_clitics(phrases: Iterable[Phrase], clitics: Iterable[str]) -> dict[Phrase, Phrase]:
    """Return each phrase by its forms with a clitic written onto its first word, and by itself."""
    return {(clitic + phrase[0], *phrase[1:]): phrase for phrase in phrases for clitic in ("", *clitics)}


def _folded(table: Mapping[str, int]) -> dict[str, int]:
    return {fold(word): value for word, value in table.items()}


def _compounds(values: dict[str, int], conjunction: str) -> dict[str, int]:
    """Add "twenty-and-five" written as one word, where a language writes so."""
    if not conjunction:
        return values
    tens = {word: value for word, value in values.items() if 20 <= value <= 90}
    units = {word: value for word, value in values.items() if 1 <= value <= 9}
    glued = {ten + conjunction + unit: n + m for ten, n in tens.items() for unit, m in units.items()}
    return glued | values


def _sets(table: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {fold(word): frozenset(map(fold, others)) for word, others in table.items()}


@lru_cache(maxsize=len(LANGUAGES))
def number_words(language: str) -> NumberWords:
    """Load the words of a language in LANGUAGES."""
    text = files("muster.languages").joinpath(f"numbers_{language}.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    ranges = data["ranges"]
    clitics = frozenset(map(fold, data.get("clitics", [])))
    qualifiers = {to_phrase(words): what for words, what in data["qualifiers"].items()}
    phrases = {to_phrase(words): (low, high) for words, (low, high) in data["phrases"].items()}
    glued = {form[0] for form, base in _with_clitics([*qualifiers, *phrases], sorted(clitics)).items() if form != base}
    needs_noun = frozenset(data["none"].get("before_noun", []))
    return NumberWords(
        values=_compounds(_folded(data["words"]), fold(data.get("glued_conjunction", ""))),
        multipliers=_folded(data["multipliers"]),
        phrases=PhraseTable({form: phrases[base] for form, base in _with_clitics(phrases, sorted(clitics)).items()}),
        duals=frozenset(map(fold, data.get("duals", {}).get("words", []))),
        none=PhraseTable({to_phrase(words): words in needs_noun for words in data["none"]["words"]}),
        qualifiers=PhraseTable(
            {form: qualifiers[base] for form, base in _with_clitics(qualifiers, sorted(clitics)).items()}
        ),
        after=PhraseTable({to_phrase(words): what for words, what in data["after"].items()}),
        between=_set(ranges["between"]),
        between_joint=_set(ranges["between_joint"]),
        joint=_set(ranges["joint"]),
        blocked_before=_sets(data["blocked"]["before"]),
        blocked_after=_sets(data["blocked"]["after"]),
        ordinals=_folded(data["ordinals"]),
        ordinal_suffixes=frozenset(map(fold, data["ordinal_suffixes"]["words"])),
        units=_kinds(data["units"]),
        labels=_kinds(data["labels"]),
        conjunction=frozenset(map(fold, data["conjunction"])),
        conjunction_required=data["conjunction_required"],
        articles=frozenset(map(fold, data.get("articles", []))),
        clitics=clitics,
        joining_clitic=fold(data.get("joining_clitic", "")),
        units_first=data.get("units_first", False),
        spaced=data.get("spaced", True),
        partial=frozenset(map(fold, data.get("partial", []))),
        not_numbers=frozenset(map(fold, data.get("not_numbers", []))),
        needs_after=_sets(data.get("needs_after", {})),
        glued=frozenset(glued),
    )
