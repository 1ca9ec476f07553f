"""Numerals among the tokens of a text: digits of any script and number words."""

from dataclasses import dataclass

from muster.languages.number_words import NumberWords
from muster.languages.phrases import Token


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral from token first to last: low to high, and its last multiplier (1 where none)."""

    first: int
    last: int
    low: int
    high: int | None
    multiplier: int = 1


def _fits(current: int, value: int) -> bool:
    """Tell whether a simple numeral may be added: "thirty" + "six", but not "thirty" + "twelve"."""
    if current == 0:
        return True
    if value < 10:
        return current % 10 == 0 and current % 100 != 10
    return current % (100 if value < 100 else 1000) == 0


def _skip_joint(tokens: tuple[Token, ...], at: int, words: NumberWords, total: int) -> int:
    """Return the position after "and" or a hyphen between two number words, or at."""
    if at >= len(tokens):
        return at
    if tokens[at].fold == "-" and at + 1 < len(tokens) and words.value_of(tokens[at + 1]) is not None:
        return at + 1
    if tokens[at].fold in words.conjunction and (words.conjunction_required or total >= 100):
        return at + 1
    return at


@dataclass(slots=True)
class _Sum:
    """The running sum of a numeral: done thousands, the part below, and the smallest multiplier seen."""

    done: int = 0
    current: int = 0
    floor: int = 10**15
    multiplier: int = 1

    def multiply(self, factor: int) -> bool:
        if factor < 1000:
            if not 0 <= self.current < (100 if factor == 100 else 10**9) or self.multiplier == factor:
                return False
            self.current = max(1, self.current) * factor
        else:
            if factor >= self.floor:
                return False
            self.done += max(1, self.current) * factor
            self.current, self.floor = 0, factor
        self.multiplier = factor
        return True

    def add(self, value: int, joined: bool, words: NumberWords) -> bool:
        if words.units_first and joined and 0 < self.current % 100 < 10 and 20 <= value <= 90 and value % 10 == 0:
            self.current += value  # "four and twenty"
            return True
        if words.units_first and not joined and value == 10 and 0 < self.current % 100 < 10:
            self.current += value  # "four ten": fourteen
            return True
        if value >= 1000 and self.done + self.current == 0:
            self.done = value  # a word for two thousand
            return True
        if not _fits(self.current, value) or value >= 1000:
            return False
        self.current += value
        return True

    @property
    def total(self) -> int:
        return self.done + self.current


def _numeral_of_words(tokens: tuple[Token, ...], at: int, words: NumberWords) -> Numeral | None:
    running = _Sum()
    last, position, joined = -1, at, False
    if tokens[at].fold in words.articles and at + 1 < len(tokens) and words.factor_of(tokens[at + 1]):
        position = at + 1
    while position < len(tokens):
        token = tokens[position]
        glued = position > at and words.is_joined(token)
        value, factor = words.value_of(token), words.factor_of(token)
        unjoined = last >= 0 and words.conjunction_required and not (joined or glued)
        if unjoined and factor is None and not (words.units_first and value == 10):
            break
        if factor is not None and (joined or glued):
            if factor >= 1000 or not running.add(factor, True, words):  # "a thousand and a hundred"
                break
        elif factor is not None:
            if not running.multiply(factor):
                break
        elif value is None or not running.add(value, joined or glued, words):
            break
        last = position
        position = _skip_joint(tokens, position + 1, words, running.total)
        joined = position > last + 1
    if last < 0 or not words.is_whole_number(tokens, at, last + 1):
        return None
    return Numeral(at, last, running.total, running.total, running.multiplier)


def numeral_at(tokens: tuple[Token, ...], at: int, words: NumberWords) -> Numeral | None:
    """Read the numeral that begins at a token: digits, number words or a phrase such as "dozens"."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    phrase = words.phrases.at(tokens, at)
    if phrase:
        return Numeral(at, phrase[0] - 1, *phrase[1])
    dual = words.dual_of(token)
    if dual:
        return Numeral(at, at, dual, dual)
    if token.kind == "number":
        factor = words.factor_of(tokens[at + 1]) if at + 1 < len(tokens) else None
        amount = token.value if token.value is not None else token.fraction
        if amount is None:
            return Numeral(at, at, 0, 0)
        if factor and factor >= 100:
            value = round(amount * factor)
            return Numeral(at, at + 1, value, value, factor)
        return Numeral(at, at, int(amount), int(amount))
    return _numeral_of_words(tokens, at, words)
