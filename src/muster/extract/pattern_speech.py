"""Who says what in an Arabic or Persian sentence: cues, speakers and what is said, by patterns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from muster.extract.pattern_words import Hit, Vocabulary, Word, vocabulary
from muster.languages.scripts import fold

CueClass = Literal["say", "alleged", "denied", "possible"]

_MARKS = frozenset('،؛:,;."!؟?()[]')
_REACH = 16  # words between a cue and what is said, at most


@dataclass(frozen=True, slots=True)
class Saying:
    """A stretch of words that is said.

    speaker is (first, end) of the words that name him, None where he was named before; cue likewise.
    content is (first, end).  All count words of the sentence; end is exclusive.
    """

    speaker: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[int, int]
    held: CueClass


@dataclass(frozen=True, slots=True)
class _Cue:
    first: int
    end: int
    held: CueClass
    adverb: bool = False


@cache
def _cue_words(language: str) -> dict[str, CueClass]:
    cues = vocabulary(language).data["cues"]
    held: tuple[CueClass, ...] = ("say", "alleged", "denied", "possible")
    return {fold(word): kind for kind in held for word in cues.get(kind, ()) if "+" not in word}


@cache
def _cue_verbs(language: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str], CueClass], ...]:
    """Return the Persian cues as (words before the verb, the verb's forms, how what is said is held)."""
    known = vocabulary(language)
    held: tuple[CueClass, ...] = ("say", "alleged", "denied", "possible")
    made = []
    for kind in held:
        for cue in known.data["cues"].get(kind, ()):
            *before, verb = cue.split()
            if verb.startswith("+"):
                made.append((tuple(map(fold, before)), known.verb(verb[1:]), kind))
    return tuple(sorted(made, key=lambda cue: -len(cue[0])))


def is_mark(word: Word) -> bool:
    """Tell whether a word is a punctuation mark."""
    return word.token.kind == "mark"


# --- Arabic ------------------------------------------------------------------------------------------


def _arabic_cues(words: tuple[Word, ...], known: Vocabulary, inside: set[int]) -> Iterator[_Cue]:
    adverbs = {fold(word) for word in known.data["cues"]["adverbs"]}
    alleged = {fold(word) for word in known.data["cues"]["adverbs_alleged"]}
    denied = {fold(word) for word in known.data["cues"]["adverbs_denied"]}
    table = _cue_words("ar")
    for at, word in enumerate(words):
        if at in inside:
            continue
        bare = word.fold
        if bare in adverbs:
            held: CueClass = "denied" if bare in denied else ("alleged" if bare in alleged else "say")
            yield _Cue(at, at + 1, held, adverb=True)
        elif bare in table:
            yield _Cue(at, at + 1, table[bare])


def _clause_word(words: tuple[Word, ...], at: int, known: Vocabulary, cue: _Cue | None = None) -> int | None:
    """Return the position after "that", a colon or an opening quotation mark, or None."""
    if at >= len(words):
        return None
    if words[at].token.fold in {":", '"', "«", "“"}:
        return at + 1
    clause = {fold(word) for word in known.data["cues"]["clause"]} - {"عن", "ب"}
    if cue and words[at].fold == "عن":
        return at + 1 if words[cue.first].fold in {fold(word) for word in known.data["cues"]["about"]} else None
    if words[at].fold in clause:
        return at + 1
    if words[at].fold in {"الي", "علي"} and at + 1 < len(words) and words[at + 1].fold in {"ان", "انه", "انها", "انهم"}:
        return at + 2
    return None


def _starts_content(words: tuple[Word, ...], at: int, hits: tuple[Hit, ...], known: Vocabulary) -> bool:
    starters = {fold(word) for word in known.data["cues"]["starters"]}
    if words[at].fold in starters or (words[at].fold[:1] == "ب" and words[at].fold[1:] in starters):
        return True
    return any(hit.first == at and hit.trigger.kind != "victim" for hit in hits)


def _content_start(
    words: tuple[Word, ...], cue: _Cue, hits: tuple[Hit, ...], known: Vocabulary
) -> tuple[int, int] | None:
    """Return where the speaker ends after a cue, and where what is said begins."""
    for at in range(cue.end, min(len(words), cue.end + _REACH)):
        after = _clause_word(words, at, known, cue)
        if after is not None:
            return at, after
        if words[at].token.fold in {"،", "؛"} and not cue.adverb:
            # an apposition may stand between commas: "قال نادر قلم، مدير المستشفى، إن ..."
            following = next(
                (p for p in range(at + 1, min(len(words), at + 10)) if _clause_word(words, p, known)), None
            )
            if following is None or any(at < hit.first < following for hit in hits):
                return None
            continue
        if _starts_content(words, at, hits, known) and (at > cue.end or _is_nominal(at, hits) or cue.held == "denied"):
            return at, at
    return None


def _is_nominal(at: int, hits: tuple[Hit, ...]) -> bool:
    """Tell whether what begins here is a noun ("announced | the death of three"), not a verb with its subject."""
    return not any(hit.first == at and hit.trigger.kind != "noun" for hit in hits)


def _introduced(words: tuple[Word, ...], first: int, end: int, known: Vocabulary) -> int:
    """Return where a subject begins: after "in return", "as for", a dateline."""
    at = first
    while at < end:
        found = known.phrases("particles", "introducers").at(tuple(w.token for w in words[:end]), at)
        if found:
            at = found[0]
        elif words[at].fold in known.words("cleft") or is_mark(words[at]):
            at += 1
        else:
            break
    return at


def dateline_end(words: tuple[Word, ...]) -> int:
    """Return the position after a dateline ("Town - Outlet: ..."), or 0."""
    for at, word in enumerate(words[:16]):
        if word.token.fold == ":" and any(w.token.fold == "-" for w in words[:at]):
            return at + 1
    for at, word in enumerate(words[:14]):
        dated = any(w.token.kind == "number" for w in words[:at])
        if word.token.fold == "-" and 1 <= at < len(words) - 1 and (dated or at < 6) and words[at + 1].start > word.end:
            return at + 1
    return 0


def _arabic(words: tuple[Word, ...], hits: tuple[Hit, ...], known: Vocabulary) -> Iterator[Saying]:
    inside = {at for hit in hits if len(hit.trigger.words) > 1 for at in (hit.first, hit.last)}
    cues = list(_arabic_cues(words, known, inside))
    made: list[Saying] = []
    for cue in cues:
        bounds = _content_start(words, cue, hits, known)
        if bounds is None:
            continue
        speaker_end, start = bounds
        speaker: tuple[int, int] | None = (cue.end, speaker_end) if speaker_end > cue.end else None
        if speaker is None and not cue.adverb and not _is_verb_first(words, cue):
            first = _introduced(words, max(dateline_end(words), made[-1].content[0] if made else 0), cue.first, known)
            last = cue.first
            while last > first and words[last - 1].fold in {"قد", "ايضا", "کذلک"}:
                last -= 1
            speaker = (first, last) if first < last and last - first <= _REACH else None
        if cue.adverb and not made:
            speaker = _before_adverb(words, cue, known)
        made.append(Saying(speaker, (cue.first, cue.end), (start, len(words)), cue.held))
    made += _according_to(words, known, frozenset({"،", ","}))
    yield from _cut(sorted(made, key=lambda saying: saying.content))


def _before_adverb(words: tuple[Word, ...], cue: _Cue, known: Vocabulary) -> tuple[int, int] | None:
    """Return the speaker in "the minister answered saying that": the group or office named just before."""
    end = cue.first
    while end > 0 and is_mark(words[end - 1]):
        end -= 1
    for at in range(end - 1, max(-1, end - 7), -1):
        if any(known.is_noun(words[at], kind) for kind in ("role", "group")):
            return at, end
    return None


def _is_verb_first(words: tuple[Word, ...], cue: _Cue) -> bool:
    return words[cue.first].conjoined and not (words[cue.first].token.fold.startswith("ف"))


# --- Persian -----------------------------------------------------------------------------------------


def _persian_cues(words: tuple[Word, ...], inside: set[int]) -> Iterator[_Cue]:
    table = _cue_words("fa")
    at = 0
    while at < len(words):
        found: _Cue | None = None
        if words[at].token.fold in table and at not in inside:
            found = _Cue(at, at + 1, table[words[at].token.fold])
        for before, verb, held in _cue_verbs("fa") if found is None else ():
            end = at + len(before)
            here = tuple(w.token.fold for w in words[at:end]) == before and end < len(words) and at not in inside
            if here and verb.fullmatch(words[end].token.fold):
                found = _Cue(at, end + 1, held)
                break
        if found:
            yield found
        at = found.end if found else at + 1


def _without_object(words: tuple[Word, ...], first: int, end: int) -> int:
    """Return where a Persian subject ends, before an object that is marked by "را"."""
    mark = next((at for at in range(end - 1, first, -1) if words[at].fold == "را"), None)
    if mark is None:
        return end
    openers = {
        fold(word)
        for word in (
            "این",
            "آن",
            "هرگونه",
            "هر",
            "خبر",
            "خبرها",
            "گزارش",
            "گزارش‌ها",
            "ادعا",
            "ادعای",
            "اتهام",
            "اتهامات",
            "مسئولیت",
            "دخالت",
            "نقش",
        )
    }
    found = next((at for at in range(first + 1, mark) if words[at].fold in openers), None)
    return found if found is not None else first


def _persian(words: tuple[Word, ...], hits: tuple[Hit, ...], known: Vocabulary) -> Iterator[Saying]:
    tokens = tuple(word.token for word in words)
    inside = {at for hit in hits if hit.trigger.kind == "speech" for at in range(hit.first, hit.last + 1)}
    for at in range(len(words)):
        found = known.phrases("cues", "prepositions").at(tokens, at)
        inside |= set(range(at, found[0])) if found else set()
    made: list[Saying] = []
    for cue in _persian_cues(words, inside):
        before = made[-1] if made else None
        first = before.content[0] if before else dateline_end(words)
        linked = cue.first > 0 and words[cue.first - 1].fold == "و"
        speaker: tuple[int, int] | None = None
        if not (linked and before):
            start = _introduced(words, first, cue.first, known)
            dated = known.phrases("particles", "introducers").at(tokens, start)
            start = dated[0] if dated else start
            end = _without_object(words, start, cue.first)
            while end > start and (is_mark(words[end - 1]) or words[end - 1].fold in {"نیز", "هم", "نيز"}):
                end -= 1
            speaker = (start, end) if start < end and end - start <= _REACH else None
        elif before:
            speaker = before.speaker
        content = cue.end
        while content < len(words) and (words[content].fold in {"که", ":", "«", '"', "و"} or is_mark(words[content])):
            if words[content].fold == "و":
                break
            content += 1
        if content < len(words):
            made.append(Saying(speaker, (cue.first, cue.end), (content, len(words)), cue.held))
    made += _according_to(words, known, frozenset({"،", ","}))
    yield from _cut(sorted(made, key=lambda saying: saying.content))


# --- both --------------------------------------------------------------------------------------------


def _according_to(words: tuple[Word, ...], known: Vocabulary, commas: frozenset[str]) -> Iterator[Saying]:
    """Find "according to X, ..." at the beginning of a sentence, or at its end."""
    tokens = tuple(word.token for word in words)
    table = known.phrases("cues", "prepositions")
    for at in range(len(words)):
        found = table.at(tokens, at) or _glued(words, at)
        if not found:
            continue
        end = found[0]
        ends = (p for p in range(end, len(words)) if words[p].token.fold in commas or _clause_word(words, p, known))
        close = next(ends, None)
        early = at <= 3
        held: CueClass = "alleged" if found[1] in known.data["cues"].get("prepositions_alleged", ()) else "say"
        if early and close is not None and close - end <= _REACH:
            yield Saying((end, close), (at, end), (close + 1, len(words)), held)
        elif not early:
            stop = close if close is not None else len(words)
            while stop > end and is_mark(words[stop - 1]):
                stop -= 1
            if 0 < stop - end <= _REACH:
                yield Saying((end, stop), (at, end), (0, at), held)
        return


def _glued(words: tuple[Word, ...], at: int) -> tuple[int, str] | None:
    """Find "وفقا لـX": the preposition is written onto the speaker, whose word it is then part of."""
    if words[at].fold in {"وفقا", "طبقا"} or (words[at].conjoined and words[at].token.fold in {"وفقا"}):
        return at + 1, words[at].fold
    return None


def _cut(sayings: list[Saying]) -> Iterator[Saying]:
    """End each stretch where the next begins, at the latest at its cue or the speaker before it."""
    for at, saying in enumerate(sayings):
        end = saying.content[1]
        for later in sayings[at + 1 :]:
            named = later.speaker is not None and later.speaker[0] > saying.content[0]
            first = min(later.cue[0], later.speaker[0]) if named and later.speaker else later.cue[0]
            if saying.content[0] < first < end:
                end = first
            if later.content[0] <= saying.content[0] and later.content[1] >= end:
                continue
        if end > saying.content[0]:
            yield Saying(saying.speaker, saying.cue, (saying.content[0], end), saying.held)


def find_sayings(
    words: tuple[Word, ...], hits: tuple[Hit, ...], known: Vocabulary, dated: frozenset[int] = frozenset()
) -> tuple[Saying, ...]:
    """Find what is said by whom in a sentence, in order of what is said.

    dated holds the positions of words that are dates: they belong to no speaker ("X said on Tuesday").
    """
    found = _arabic(words, hits, known) if known.language == "ar" else _persian(words, hits, known)
    return tuple(replace(saying, speaker=_undated(words, saying.speaker, dated)) for saying in found)


def _undated(words: tuple[Word, ...], span: tuple[int, int] | None, dated: frozenset[int]) -> tuple[int, int] | None:
    if span is None:
        return None
    first, end = span
    while first < end and (first in dated or is_mark(words[first])):
        first += 1
    while end > first and (
        end - 1 in dated or is_mark(words[end - 1]) or words[end - 1].fold in {"يوم", "روز", "في", "در"}
    ):
        end -= 1
    return (first, end) if first < end else None
