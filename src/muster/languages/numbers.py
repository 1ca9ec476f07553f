"""Quantities in English, Arabic and Persian text, as ranges.

Number words, qualifiers and the words that make a number something else than a count are data
(numbers_en.toml, numbers_ar.toml, numbers_fa.toml).  Method: docs/method/numbers.md.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from muster.languages.dates import find_dates
from muster.languages.number_words import LANGUAGES, NumberKind, NumberWords, number_words
from muster.languages.numerals import Numeral, numeral_at
from muster.languages.phrases import Token, tokenize

__all__ = ["NumberKind", "NumberSpan", "find_counts", "find_numbers", "find_ordinals"]

_LINKS = frozenset({",", "and", "but", "or", "و", "أو", "او", "یا"})
_LARGEST_COUNT = 10**10  # longer digit strings are telephone and case numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpan:
    """A quantity expression: low to high (None: no upper bound), with its qualifier in the span.

    start and end count code points from 0; end is exclusive.  none: "nobody", "no", "not a single".
    number_start and number_end hold the numeral alone.
    """

    start: int
    end: int
    words: str
    low: int
    high: int | None
    approximate: bool = False
    none: bool = False
    kind: NumberKind = "count"
    number_start: int = -1
    number_end: int = -1


@dataclass(frozen=True, slots=True)
class _Draft:
    """A quantity by token positions: first and last are of the whole, core_* of the numerals."""

    first: int
    last: int
    core_first: int
    core_last: int
    low: int
    high: int | None
    approximate: bool = False
    none: bool = False


def _range(tokens: tuple[Token, ...], numeral: Numeral, words: NumberWords) -> _Draft:
    """Join "10 or 12", "10-12", "between 10 and 12" to one range."""
    at = numeral.last + 1
    draft = _Draft(numeral.first, numeral.last, numeral.first, numeral.last, numeral.low, numeral.high)
    opened = words.between.before(tokens, numeral.first)
    joint = (words.between_joint if opened else words.joint).at(tokens, at)
    glued = opened is not None and at < len(tokens) and words.is_joined(tokens[at])
    if joint is None and not glued:
        return draft
    second = numeral_at(tokens, joint[0] if joint else at, words)
    if second is None or second.high is None or numeral.high is None:
        return draft
    low = numeral.low
    if second.multiplier > 1 and low < second.multiplier and low * second.multiplier < second.high and low < 100:
        low *= second.multiplier  # "two to three thousand"
    if low >= second.high:
        return draft
    first = opened[0] if opened else draft.first
    return replace(draft, first=first, last=second.last, core_last=second.last, low=low, high=second.high)


def _qualified(draft: _Draft, what: str) -> _Draft:
    low, high = draft.low, draft.high
    if what == "min":
        return replace(draft, high=None)
    if what == "over":
        return replace(draft, low=low + 1 if low == high else low, high=None)
    if what == "max":
        return replace(draft, low=0, high=high)
    if what == "under":
        return replace(draft, low=0, high=max(0, high - 1) if high is not None else None)
    return replace(draft, approximate=True) if what == "about" else draft


def _with_qualifiers(tokens: tuple[Token, ...], draft: _Draft, words: NumberWords) -> _Draft:
    found = words.qualifiers.before(tokens, draft.first)
    while found and not words.is_blocked(tokens, found[0], draft.first):
        draft = replace(_qualified(draft, found[1]), first=found[0])
        found = words.qualifiers.before(tokens, draft.first)
    if draft.last + 1 < len(tokens) and tokens[draft.last + 1].fold == "+":
        return replace(draft, high=None, last=draft.last + 1)
    for distance in (1, 2, 3):
        after = words.after.at(tokens, draft.last + distance)
        between = tokens[draft.last + 1 : draft.last + distance]
        opens = after and words.qualifiers.at(tokens, after[0] - 1)  # "three dead and more than 50 hurt"
        if after and not opens and all(token.kind == "word" for token in between):
            qualified = _qualified(draft, after[1])
            return replace(qualified, last=after[0] - 1) if distance == 1 else qualified
    return draft


def _none(tokens: tuple[Token, ...], at: int, words: NumberWords) -> _Draft | None:
    found = words.none.at(tokens, at)
    if found is None or words.is_blocked(tokens, at, found[0]) or words.qualifiers.at(tokens, at):
        return None
    end, needs_noun = found
    if needs_noun and (end >= len(tokens) or tokens[end].kind != "word"):
        return None
    return _Draft(at, end - 1, at, end - 1, 0, 0, none=True)


def _drafts(tokens: tuple[Token, ...], words: NumberWords) -> Iterator[_Draft]:
    at = 0
    while at < len(tokens):
        numeral = numeral_at(tokens, at, words)
        if numeral and not words.is_blocked(tokens, at, numeral.last + 1):
            draft = _with_qualifiers(tokens, _range(tokens, numeral, words), words)
        else:
            none = _none(tokens, at, words)
            if none is None:
                at = (numeral.last if numeral else at) + 1
                continue
            draft = none
        yield draft
        at = draft.last + 1


def _with_bounds(tokens: tuple[Token, ...], drafts: Iterable[_Draft]) -> list[_Draft]:
    """Join "at least 17 and possibly as many as 40" to one range."""
    found: list[_Draft] = []
    for draft in drafts:
        if found and _is_bound(tokens, found[-1], draft):
            found[-1] = replace(found[-1], last=draft.last, core_last=draft.core_last, high=draft.high)
        else:
            found.append(draft)
    return found


def _is_bound(tokens: tuple[Token, ...], least: _Draft, most: _Draft) -> bool:
    """Whether "up to 40" says how many at most, right behind "at least 17"."""
    if least.high is not None or most.high is None or most.low > 0 or most.none or least.low >= most.high:
        return False
    between = tokens[least.last + 1 : most.first]
    return 0 < len(between) <= 2 and all(token.fold in _LINKS for token in between)


def _unit_kind(tokens: tuple[Token, ...], at: int, words: NumberWords) -> NumberKind | None:
    if at + 1 < len(tokens) and tokens[at].fold == "-":
        at += 1  # "107-mm"
    unit = words.units.at(tokens, at)
    return unit[1] if unit else None


def _is_list_number(tokens: tuple[Token, ...], draft: _Draft, text: str) -> bool:
    """Tell "3. The guards ..." and "[12]" from a count."""
    token = tokens[draft.core_first]
    if token.kind != "number" or draft.core_first != draft.core_last:
        return False
    before, after = text[: token.start].rstrip(" "), text[token.end : token.end + 2]
    if before.endswith("[") and after[:1] == "]":
        return True
    return (not before or before.endswith("\n")) and (after[:1] == ")" or (after[:1] == "." and after[1:].isspace()))


def _is_age(tokens: tuple[Token, ...], draft: _Draft, text: str) -> bool:
    """Tell "Omid Rastin, 34, said" and "Omid Rastin (34)" from a count."""
    if draft.first != draft.core_first or draft.high != draft.low or not 1 <= draft.low <= 110 or draft.first < 2:
        return False
    mark, name = tokens[draft.first - 1], tokens[draft.first - 2]
    closing = tokens[draft.last + 1].fold if draft.last + 1 < len(tokens) else "."
    if not text[name.start].isupper() or name.kind != "word":
        return False
    return (mark.fold == "(" and closing == ")") or (mark.fold == "," and closing == ",")


def _kind(tokens: tuple[Token, ...], draft: _Draft, text: str, words: NumberWords) -> NumberKind:
    first, after = draft.core_first, draft.core_last + 1
    token = tokens[first]
    unit = _unit_kind(tokens, after, words)
    if unit:
        return unit
    label = words.labels.before(tokens, first)
    if label and (label[1] != "other" or draft.first == first):
        return label[1]
    if tokens[draft.core_last].value is None and tokens[draft.core_last].kind == "number":
        return "other"
    if token.kind == "number":
        glued = text[token.start - 1 : token.start] if token.start else ""
        if (glued and (glued.isalpha() or glued in "/_:#")) and not words.is_clitic(tokens, first):
            return "other"
        if glued == "-" and draft.first == first and text[token.start - 2 : token.start - 1].isalnum():
            return "other"
        following = text[tokens[draft.core_last].end : tokens[draft.core_last].end + 2]
        if following[:1] in {"/", ":", "_"} and following[1:].isalnum():
            return "other"
        if following[:1] and following[0].isalpha() and words.spaced:
            return "other"
    if _is_list_number(tokens, draft, text) or draft.low >= _LARGEST_COUNT:
        return "other"
    return "age" if _is_age(tokens, draft, text) else "count"


def find_numbers(text: str, language: str) -> tuple[NumberSpan, ...]:
    """Find every quantity of a text, of whatever kind, in order and without overlap.

    language is "en", "ar" or "fa"; any other is read as English.  Ordinals are left to
    `find_ordinals`.
    """
    words = number_words(language if language in LANGUAGES else "en")
    tokens = tokenize(text)
    drafts = _with_bounds(tokens, _drafts(tokens, words))
    if not drafts:
        return ()
    dates = find_dates(text, language, "2000-02-29")  # which date it is does not matter here
    ends = [day.end for day in dates]
    spans = []
    for draft in drafts:
        start, end = words.start_of(tokens[draft.first]), tokens[draft.last].end
        core_start, core_end = words.start_of(tokens[draft.core_first]), tokens[draft.core_last].end
        kind = _kind(tokens, draft, text, words)
        at = bisect_left(ends, core_start + 1)
        if kind == "count" and at < len(dates) and dates[at].start < core_end:
            kind = "year" if dates[at].words.strip().isdecimal() else "date"
        spans.append(
            NumberSpan(
                start=start,
                end=end,
                words=text[start:end],
                low=draft.low,
                high=draft.high,
                approximate=draft.approximate,
                none=draft.none,
                kind=kind,
                number_start=core_start,
                number_end=core_end,
            )
        )
    return tuple(spans)


def find_counts(text: str, language: str) -> tuple[NumberSpan, ...]:
    """Find the quantities that count something: no years, dates, ages, times, sums of money, labels."""
    return tuple(span for span in find_numbers(text, language) if span.kind == "count")


def find_ordinals(text: str, language: str) -> tuple[NumberSpan, ...]:
    """Find ordinals ("the eighth", "14th"), each with low == high."""
    words = number_words(language if language in LANGUAGES else "en")
    tokens = tokenize(text)
    found = []
    for at, token in enumerate(tokens):
        value, last = words.ordinals.get(token.fold), at
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.value is not None and following and following.fold in words.ordinal_suffixes:
            value, last = token.value, at + 1
        if value is not None:
            start, end = token.start, tokens[last].end
            found.append(NumberSpan(start=start, end=end, words=text[start:end], low=value, high=value, kind="ordinal"))
    return tuple(found)
