"""Damage and tricks in a text that its reader must know of: reported, not judged."""

import re
from collections.abc import Iterator, Sequence

from muster.languages.scripts import mixed_script_words
from muster.read.draft import Flaw, Passage, Run

_OVERRIDES = re.compile("[\u202d\u202e]")
_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_MARKS_ONLY = re.compile("[\u061c\u200e\u200f\u00ad\ufeff]+")
_MOST_WORDS = 20
# UTF-8 bytes of one letter that were read as Windows-1252 or Latin-1: "Ã©", "â€™", "Ø§".
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4\u0192\u0160-\u017e][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u20d0-\u20ff]{8,}")


def damage(passages: Sequence[Passage]) -> Iterator[Flaw]:
    """The flaws of passages: lost, hidden, reordering, look-alike and mis-decoded characters, one of a kind each."""
    yield from _removed([run for passage in passages for run in passage.removed])
    yield from _lost(passages)
    yield from _mixed(passages)
    yield from _mojibake(passages)
    yield from _piled(passages)


def _removed(runs: Sequence[Run]) -> Iterator[Flaw]:
    overrides = [run for run in runs if _CONTROLS.search(run.words)]
    if overrides:
        strong = any(_OVERRIDES.search(run.words) for run in overrides)
        what = (
            "turn letters round, so that a page shows other words than it holds"
            if strong
            else "change the order in which words show"
        )
        yield _flaw("bidi_control", f"{len(overrides)} controls that {what} were taken out.", overrides[0])
    tags = [run for run in runs if _TAGS.search(run.words)]
    if tags:
        hidden = "".join(chr(ord(c) - 0xE0000) for run in tags for c in run.words if 0xE0020 <= ord(c) <= 0xE007E)[:500]
        yield _flaw("hidden_text", f"Invisible tag characters were taken out; they spell: {hidden!r}.", tags[0], hidden)
    rest = [
        r
        for r in runs
        if not _CONTROLS.search(r.words) and not _TAGS.search(r.words) and not _MARKS_ONLY.fullmatch(r.words)
    ]
    if rest:
        codes = sorted({f"U+{ord(c):04X}" for run in rest for c in run.words})[:_MOST_WORDS]
        yield _flaw(
            "invisible_character",
            f"{len(rest)} runs of characters that never show were taken out: {', '.join(codes)}.",
            rest[0],
        )


def _flaw(kind: str, why: str, run: Run, words: str = "") -> Flaw:
    return Flaw(kind=kind, why=why, words=words, part=run.part, start=run.start)


def _matches(passages: Sequence[Passage], pattern: re.Pattern[str]) -> list[tuple[str, Run, int]]:
    return [
        (m.group(), run, m.start()) for passage in passages for run in passage.runs for m in pattern.finditer(run.words)
    ]


def _lost(passages: Sequence[Passage]) -> Iterator[Flaw]:
    lost = _matches(passages, re.compile("\ufffd+"))
    if lost:
        words, run, at = lost[0]
        why = f"{len(lost)} places hold the mark of a character that was lost before the document came in."
        yield Flaw(kind="replaced_character", why=why, words=words[:10], part=run.part, start=run.start + at)


def _mixed(passages: Sequence[Passage]) -> Iterator[Flaw]:
    for passage in passages:
        if passage.text.isascii():
            continue
        words = mixed_script_words(passage.text)
        if words:
            shown = ", ".join(words[:_MOST_WORDS])
            at = passage.text.find(words[0])
            run = passage.runs[0]
            start = run.start + at if at < len(run.words) and run.is_literal else run.start
            yield Flaw(
                kind="mixed_script", why=f"Letters of two scripts in one word, which looks like another: {shown}.",
                words=shown, part=run.part, start=start,
            )  # fmt: skip
            return


def _mojibake(passages: Sequence[Passage]) -> Iterator[Flaw]:
    found = [(words, run, at, meant) for words, run, at in _matches(passages, _MOJIBAKE) if (meant := _meant(words))]
    if len(found) >= 2:
        words, run, at, meant = found[0]
        why = f"{len(found)} places look decoded wrongly, such as “{words}” for “{meant}”; they were left as they are."
        yield Flaw(kind="mojibake", why=why, words=words, part=run.part, start=run.start + at)


def _meant(words: str) -> str | None:
    for name in ("cp1252", "latin-1"):
        try:
            meant = words.encode(name).decode("utf-8")
        except UnicodeError:
            continue
        return meant if len(meant) == 1 else None
    return None


def _piled(passages: Sequence[Passage]) -> Iterator[Flaw]:
    piled = _matches(passages, _COMBINING)
    if piled:
        words, run, at = piled[0]
        why = f"{len(piled)} letters carry more marks than any language writes; they were left."
        yield Flaw(kind="piled_marks", why=why, words=words[:10], part=run.part, start=run.start + at)
