"""What a format module hands over: passages made of runs, each run leading back to the document."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from muster.records import BlockKind, Cut

# Characters that are never shown, or that change the order of what is shown, and so are left out of a
# reading: controls, soft hyphen, Arabic letter mark, zero-width space and no-break space, left-to-right
# and right-to-left marks, embeddings, overrides and isolates, word joiner, tag characters (Unicode 16,
# chapters 23.2 and 23.3 and UAX 9).  The zero-width non-joiner and joiner stay: Persian and Urdu
# spelling needs them.
_REMOVED = (
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# What is not simply words with single spaces between them, so that plain prose is one chunk.
_CHUNK = re.compile(
    rf"(?P<space>\s{{2,}}|[^\S ]|\A\s|\s\Z|\s(?={_REMOVED})|(?<={_REMOVED})\s)|(?P<removed>{_REMOVED}+)"
)
_SHOWN_WORDS = 2_000


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a reading and the run of a part's decoded text that they stand for.

    Where len(words) == end - start the two agree character by character, white space counting as one.
    """

    words: str
    part: str
    start: int
    end: int

    @property
    def is_literal(self) -> bool:
        """Whether the run agrees with its source character by character."""
        return len(self.words) == self.end - self.start


# The part of runs that the reader put between the cells of a row: they come from nowhere.
SEPARATOR = "\x00"
BETWEEN_CELLS = Run(" | ", SEPARATOR, 0, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One block to be, with the runs it is made of.

    cells are spans of the passage's text, for a row of the table numbered `table`; removed are the
    characters that were left out of it.  marks are hints from the format: "title", "byline", "date".
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    writer: str | None = None
    written_on: str | None = None
    table: int | None = None
    cells: tuple[tuple[int, int], ...] = ()
    removed: tuple[Run, ...] = ()
    marks: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The characters of the passage."""
        return "".join(run.words for run in self.runs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """Who published a document, when and where, as far as one look at it tells."""

    title: str | None = None
    author: str | None = None
    affiliation: str | None = None
    outlet: str | None = None
    owner: str | None = None
    site: str | None = None
    published_on: str | None = None
    language: str | None = None

    def or_else(self, other: "Credits") -> "Credits":
        """These credits, and those of other where they are silent."""
        mine = {name: getattr(self, name) for name in self.__slots__}
        return Credits(**{name: value or getattr(other, name) for name, value in mine.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A problem at a place of a part (start), or of the document as a whole (start is None)."""

    kind: str
    why: str
    words: str = ""
    part: str = ""
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document as its format module saw it; parts holds the decoded text of each of its parts.

    headers are the column titles of each table, by number.  credits are what the format says for certain;
    hints what a program wrote into the file, believed only where nothing else speaks.
    """

    parts: Mapping[str, str]
    passages: tuple[Passage, ...]
    cuts: tuple[Cut, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    headers: tuple[tuple[str, ...], ...] = ()
    credits: Credits = field(default_factory=Credits)
    hints: Credits = field(default_factory=Credits)


def literal(source: str, part: str, start: int, end: int) -> Run:
    """The run of source[start:end]."""
    return Run(source[start:end], part, start, end)


def collapse(runs: Iterable[Run]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Trim white space, make one space of every stretch of it, and take out what is never shown.

    Returns the runs, neighbours joined, and the runs that were removed.
    """
    out: list[Run] = []
    removed: list[Run] = []
    gap: Run | None = None
    for kind, run in _chunks(runs):
        if kind == "removed":
            removed.append(run)
        elif kind == "space":
            gap = Run(" ", run.part, gap.start if gap and gap.part == run.part else run.start, run.end)
        else:
            if gap and out:
                _append(out, gap)
            gap = None
            _append(out, run)
    return tuple(out), tuple(removed)


def _chunks(runs: Iterable[Run]) -> Iterator[tuple[str, Run]]:
    for run in runs:
        if not run.is_literal:
            match = _CHUNK.fullmatch(run.words)
            yield (match.lastgroup or "word") if match else "word", run
            continue
        at = 0
        for match in _CHUNK.finditer(run.words):
            if match.start() > at:
                yield "word", _part_of(run, at, match.start())
            yield match.lastgroup or "word", _part_of(run, match.start(), match.end())
            at = match.end()
        if at < len(run.words):
            yield "word", _part_of(run, at, len(run.words))


def _part_of(run: Run, start: int, end: int) -> Run:
    return Run(run.words[start:end], run.part, run.start + start, run.start + end)


def _append(out: list[Run], run: Run) -> None:
    last = out[-1] if out else None
    if last and last.part == run.part and last.end == run.start and last.is_literal and run.is_literal:
        out[-1] = Run(last.words + run.words, run.part, last.start, run.end)
    else:
        out.append(run)


def passage(kind: BlockKind, runs: Iterable[Run], **more: object) -> Passage:
    """A passage of collapsed runs."""
    kept, removed = collapse(runs)
    made = Passage(kind=kind, runs=kept, removed=removed)
    return replace(made, **more) if more else made  # type: ignore[arg-type]


def runs_between(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """The runs of text[start:end]; a run that does not agree letter by letter is in or out as a whole."""
    found: list[Run] = []
    at = 0
    for run in runs:
        left, right = max(0, start - at), min(len(run.words), end - at)
        at += len(run.words)
        if left < right:
            found.append(_part_of(run, left, right) if run.is_literal else run)
    return tuple(found)


def cut_out(found: Passage, start: int, end: int) -> Passage:
    """The passage without text[start:end]."""
    length = sum(len(run.words) for run in found.runs)
    kept = runs_between(found.runs, 0, start) + runs_between(found.runs, end, length)
    runs, removed = collapse(kept)
    return replace(found, runs=runs, removed=found.removed + removed)


def as_cut(runs: Sequence[Run], reason: str) -> tuple[Cut, ...]:
    """The cuts that leave out these runs: one for each part they come from."""
    cuts: list[Cut] = []
    for part in dict.fromkeys(run.part for run in runs if run.part != SEPARATOR):
        mine = [run for run in runs if run.part == part]
        words = "".join(run.words for run in mine)
        shown = words if len(words) <= _SHOWN_WORDS else words[:_SHOWN_WORDS] + "…"
        cuts.append(Cut(part=part, source_start=mine[0].start, source_end=mine[-1].end, words=shown, reason=reason))
    return tuple(cuts)


def cut_passage(found: Passage, reason: str) -> tuple[Cut, ...]:
    """The cuts that leave out a whole passage, with what was already removed from it."""
    removed = [cut for run in found.removed for cut in as_cut([run], "character that is never shown")]
    return (*as_cut(found.runs, reason), *removed)
