"""Finding protected names in a text, and putting what stands for them in their place.

Method: docs/method/protection.md, section 3.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from muster.casebook.protection.spellings import Spellings, linking_words, name_words
from muster.casebook.protection.words import (
    Token,
    bare,
    forms_of,
    halves_of,
    handles,
    initials,
    is_broken,
    is_lower,
    letters_of,
    made_of,
    segments_of,
    spelt_out,
    tokens,
)
from muster.languages.scripts import fold, script_of
from muster.records import EntityKind

#: Stands for a name that is, or sounds like, a part of a protected one, where it is not known whose it is.
WITHHELD = "[withheld name]"
#: What may stand between two words of one name.
_GAP = re.compile(r"[ \t\u00a0\-\u2010-\u2014'’\u200c_]{0,3}|[-\u00ad\u2010\u2011]?[ \t]*\r?\n\s{0,8}")
#: From this length on a name is looked for inside the letters of an address.
_INSIDE = 4


@dataclass(frozen=True, slots=True, order=True)
class Hidden:
    """A stretch of a text that is hidden, and what stands in its place.  start and end count code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names that are known where a text stands: in one document, or in the whole case.

    phrases holds, by their first word, the names to be hidden as a whole, the longest first, each with its
    label; labels the labels of those whose name holds a word.  What is not known here may be known beyond.
    """

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    beyond: "Scope | None" = None

    def starting(self, word: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """The names that begin with a word, those known here first."""
        yield from self.phrases.get(word, ())
        if self.beyond is not None:
            yield from self.beyond.starting(word)

    def labels_of(self, word: str) -> frozenset[str]:
        """The labels of those whose names hold a word."""
        return self.labels.get(word) or (self.beyond.labels_of(word) if self.beyond else frozenset())


def make_scope(names: Iterable[tuple[str, str]], beyond: Scope | None = None) -> Scope:
    """Make a scope of names and their labels; a name that two go by has none of its own."""
    whole: dict[tuple[str, ...], set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    for name, label in names:
        words = tuple(name_words(name))
        if words:
            whole[words].add(label)
        for word in words:
            labels[word].add(label)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for words, found in sorted(whole.items(), key=lambda each: (-len(each[0]), each[0])):
        phrases[words[0]].append((words, next(iter(found)) if len(found) == 1 else WITHHELD))
    known = {word: frozenset(each) for word, each in labels.items()}
    return Scope(phrases=dict(phrases), labels=known, beyond=beyond)


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words first to last, of those of a text.  weak: ordinary words, hidden only beside others."""

    first: int
    last: int
    words: frozenset[str]
    label: str | None = None
    weak: bool = False


class Hider:
    """Hides names whose spellings are given."""

    def __init__(self, spelt: Spellings) -> None:
        self.spelt = spelt
        self._known: dict[str, tuple[frozenset[str], bool]] = {}  # the same words come again and again
        self._hidden: dict[tuple[str, int], tuple[str, Scope]] = {}
        self._inside = tuple(sorted(word for word in spelt.words | spelt.large if len(word) >= _INSIDE))
        every = "|".join(map(re.escape, sorted(self._inside, key=lambda each: (-len(each), each))))
        self._in_letters = re.compile(every) if every else None

    def holds(self, name: str, kind: EntityKind) -> bool:
        """Tell whether a name holds a word that is hidden; an ordinary word counts in people's names only."""
        found = (self._found(each)[0] for each in tokens(name))
        if kind == "person":
            return any(found) or bool(self.find(name, Scope()))
        return any(not words <= self.spelt.large for words in found)

    def hide(self, text: str, scope: Scope) -> str:
        """Return a text with what stands for the names in their place."""
        key = (text, id(scope))
        if key not in self._hidden:
            self._hidden[key] = (put_in(text, self.find(text, scope)), scope)
        return self._hidden[key][0]

    def find(self, text: str, scope: Scope) -> tuple[Hidden, ...]:
        """Find what is to be hidden in a text: in order, and apart from each other."""
        found = tokens(text)
        hits = self._grown(self._joined(self._hits(found, text, scope), found, text), found, text)
        spans = [Hidden(found[h.first].start, found[h.last].end, h.label or _whose(h.words, scope)) for h in hits]
        spans += self._addresses(text, scope)
        spans += [Hidden(a, b, _whose({word}, scope)) for a, b, word in spelt_out(text) if word in self.spelt.every]
        short = self.spelt.initials | self.spelt.capitals
        spans += [Hidden(a, b, WITHHELD) for a, b, word in initials(text) if word in short]
        return _apart(spans)

    # ---- words

    def _hits(self, found: Sequence[Token], text: str, scope: Scope) -> Iterator[_Hit]:
        at = 0
        while at < len(found):
            hit = self._phrase(found, at, text, scope) or self._word(found, at, text)
            if hit:
                yield hit
            at = hit.last + 1 if hit else at + 1

    def _phrase(self, found: Sequence[Token], at: int, text: str, scope: Scope) -> _Hit | None:
        for form in found[at].forms:
            for words, label in scope.starting(form):
                run = found[at : at + len(words)]
                if len(run) == len(words) and all(word in each.forms for word, each in zip(words, run, strict=True)):
                    lone_small = len(words) == 1 and is_lower(run[0]) and words[0] not in self.spelt.words
                    if _is_close(run, text) and not lone_small:
                        return _Hit(at, at + len(words) - 1, frozenset(words), label)
        return None

    def _word(self, found: Sequence[Token], at: int, text: str) -> _Hit | None:
        token = found[at]
        words, weak = self._found(token)
        if words:
            return _Hit(at, at, words, weak=weak)
        after = found[at + 1] if at + 1 < len(found) else None
        if after and is_broken(text[token.end : after.start]):
            both = bare(token.text) + bare(after.text)
            if both in self.spelt.words and len(both) > (_INSIDE if text[token.end] != " " else 2 * _INSIDE - 2):
                return _Hit(at, at + 1, frozenset({both}))
        return None

    def _found(self, token: Token) -> tuple[frozenset[str], bool]:
        """Return the hidden words that a word of a text is, and whether it may as well be an ordinary one."""
        if token.text not in self._known:
            self._known[token.text] = self._look(token)
        return self._known[token.text]

    def _look(self, token: Token) -> tuple[frozenset[str], bool]:
        sure = token.forms & self.spelt.words
        if sure:
            return sure, False
        large = token.forms & self.spelt.large
        if large:
            return large, is_lower(token) or script_of(token.text) in {"arabic", "hebrew"}
        if token.text.isupper() and token.forms & self.spelt.capitals:
            return token.forms & self.spelt.capitals, False
        made = {each for each in made_of(token) if each in self.spelt.words}
        known = self.spelt.words | self.spelt.large
        made.update(word for both in halves_of(token) if known.issuperset(both) for word in both)
        return frozenset(made), False

    def _joined(self, hits: Iterable[_Hit], found: Sequence[Token], text: str) -> Iterator[_Hit]:
        """Make one of what stands beside each other in one name; leave ordinary words that stand alone."""
        last: _Hit | None = None
        for hit in hits:
            if last and not (last.label and hit.label and last.label != hit.label) and _beside(last, hit, found, text):
                label = last.label or hit.label
                last = _Hit(last.first, hit.last, last.words | hit.words, label, last.weak and hit.weak)
                continue
            if last and not last.weak:
                yield last
            last = hit
        if last and not last.weak:
            yield last

    def _grown(self, hits: Iterable[_Hit], found: Sequence[Token], text: str) -> Iterator[_Hit]:
        """Take in what is part of a name beside the words that are hidden: "Abu", "al-", an initial."""
        links = linking_words()
        for hit in hits:
            first, last = hit.first, hit.last
            while first and _is_close(found[first - 1 : first + 1], text):
                before = found[first - 1]
                if before.forms.isdisjoint(links) and not (len(before.text) == 1 and before.text.isupper()):
                    break
                first -= 1
            while last + 1 < len(found) and text[found[last].end : found[last + 1].start] in {" ", "-", " al-", " el-"}:
                after = found[last + 1]
                if after.forms.isdisjoint({"din", "deen", "eddin", "eddine", "uddin", "jr", "sr", "الدین", "الله"}):
                    break
                last += 1
            yield _Hit(first, last, hit.words, hit.label)

    # ---- addresses, user names, names of files

    def _addresses(self, text: str, scope: Scope) -> Iterator[Hidden]:
        if self._in_letters is None and not self.spelt.every:
            return
        for start, end, handle, extension in handles(text):
            inside = self._in_letters.search(letters_of(handle)) if self._in_letters else None
            words = {inside[0]} if inside else segments_of(handle) & (self.spelt.words | self.spelt.capitals)
            if words:
                yield Hidden(start, end - len(extension), _whose(words, scope))


def _beside(a: _Hit, b: _Hit, found: Sequence[Token], text: str) -> bool:
    """Whether nothing but linking words and initials stands between two hits."""
    between = found[a.last + 1 : b.first]
    if len(between) > 2 or not all(
        not each.forms.isdisjoint(linking_words()) or len(each.text) == 1 for each in between
    ):
        return False
    second = found[b.first]
    if script_of(second.text) == "arabic" and not any(fold(second.text).startswith(word) for word in b.words):
        return False  # "and" is written together with the other name
    return _is_close(found[a.last : b.first + 1], text)


def _is_close(run: Sequence[Token], text: str) -> bool:
    """Whether nothing stands between words but what stands between those of one name; a full stop after an initial."""
    gaps = ((text[x.end : y.start], x) for x, y in pairwise(run))
    return all(_GAP.fullmatch(gap) or (gap in {".", ". "} and len(before.text) <= 2) for gap, before in gaps)


def _whose(words: Iterable[str], scope: Scope) -> str:
    """The label of the only one whose names hold all of some words; else nobody's."""
    sets = [labels for word in sorted(words) if (labels := scope.labels_of(word))]
    common = frozenset.intersection(*sets) if sets else frozenset()
    return next(iter(common)) if len(common) == 1 else WITHHELD


def _apart(spans: Iterable[Hidden]) -> tuple[Hidden, ...]:
    """Put stretches in order, and make one of those that overlap or touch."""
    out: list[Hidden] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            before = out.pop()
            label = before.label if before.label == span.label or span.label == WITHHELD else span.label
            label = label if WITHHELD in (before.label, span.label) or before.label == span.label else WITHHELD
            span = Hidden(before.start, max(before.end, span.end), label)
        out.append(span)
    return tuple(out)


def put_in(text: str, hidden: Sequence[Hidden]) -> str:
    """Return a text with the labels in place of what is hidden."""
    if not hidden:
        return text
    parts, at = [], 0
    for each in hidden:
        parts += [text[at : each.start], each.label]
        at = each.end
    return "".join([*parts, text[at:]])


class Moved:
    """Where places of a text are once some of it is hidden: of what is hidden itself, both ends of its label."""

    def __init__(self, hidden: Sequence[Hidden]) -> None:
        self._starts = [each.start for each in hidden]
        self._ends = [each.end for each in hidden]
        self._places: list[tuple[int, int]] = []
        shift = 0
        for each in hidden:
            start = each.start + shift
            self._places.append((start, start + len(each.label)))
            shift += len(each.label) - (each.end - each.start)

    def start(self, at: int) -> int:
        """Return where a stretch begins that began at a place."""
        within = self._within(at)
        return self._places[within][0] if within is not None else self._shifted(at)

    def end(self, at: int) -> int:
        """Return where a stretch ends that ended at a place."""
        within = self._within(at)
        return self._places[within][1] if within is not None else self._shifted(at)

    def _within(self, at: int) -> int | None:
        number = bisect_left(self._starts, at) - 1
        return number if number >= 0 and self._starts[number] < at < self._ends[number] else None

    def _shifted(self, at: int) -> int:
        number = bisect_right(self._ends, at) - 1
        return at if number < 0 else at - self._ends[number] + self._places[number][1]


__all__ = ["WITHHELD", "Hidden", "Hider", "Moved", "Scope", "forms_of", "make_scope", "put_in"]
