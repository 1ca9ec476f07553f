"""The title of a document, and titles that were pasted into the middle of a sentence."""

from collections.abc import Sequence
from dataclasses import replace

from muster.read.draft import Flaw, Passage, as_cut, cut_out, runs_between
from muster.read.plain import reads_like_heading
from muster.read.vocabulary import credit_words
from muster.records import Cut

_PLAIN = str.maketrans("’‘“”–—\xa0", "''\"\"-- ")
_LEAST_WORDS, _LEAST_LETTERS, _LEAST_FREE_WORDS = 3, 15, 5


def same_words(a: str, b: str) -> bool:
    """Whether two titles are the same but for case, quotes, dashes and white space."""
    return _plain(a) == _plain(b)


def _plain(text: str) -> str:
    return " ".join(text.translate(_PLAIN).casefold().split())


def mark_title(passages: Sequence[Passage], known: Sequence[str], line: int | None) -> tuple[list[Passage], str | None]:
    """Makes the passage that is the title a "title"; returns the title.

    It is the first passage that repeats a known title (of the page's metadata, or the end of its
    breadcrumb line), else the passage with the number line, if it reads like a heading.
    """
    out = list(passages)
    if any(passage.kind == "title" for passage in out):
        return out, next(passage.text for passage in out if passage.kind == "title")
    for i, passage in enumerate(out[:6]):
        if any(same_words(passage.text, title) for title in known):
            out[i] = replace(passage, kind="title")
            return out, passage.text
    if line is not None and line + 1 < len(out):
        found = out[line]
        if found.kind in ("heading", "byline") and found.table is None and reads_like_heading(found.text):
            out[line] = replace(found, kind="title")
            return out, found.text
    return out, known[0] if known else None


def cut_pasted_titles(
    passages: Sequence[Passage], titles: Sequence[str]
) -> tuple[list[Passage], tuple[Cut, ...], tuple[Flaw, ...]]:
    """Takes titles out of the middle of sentences that they break, as careless pasting leaves them.

    A title counts as pasted where it is glued to a word ("... waiting in Open gates at lastambush"), or
    where a long one stands bare between lower-case words.
    """
    found_titles = [_plain(title) for title in dict.fromkeys(titles) if len(title.split()) >= _LEAST_WORDS]
    out: list[Passage] = []
    cuts: list[Cut] = []
    flaws: list[Flaw] = []
    for passage in passages:
        for title in found_titles:
            at = _pasted_at(passage, title)
            while at is not None:
                words, taken = passage.text[at : at + len(title)], runs_between(passage.runs, at, at + len(title))
                cuts += as_cut(taken, "title pasted into the text")
                why = f"The title stands in the middle of a sentence and was taken out: “{words}”."
                flaws.append(Flaw(kind="pasted_title", why=why, words=words, part=taken[0].part, start=taken[-1].end))
                passage = cut_out(passage, at, at + len(title))
                at = _pasted_at(passage, title)
        out.append(passage)
    return out, tuple(cuts), tuple(flaws)


def _pasted_at(passage: Passage, title: str) -> int | None:
    if passage.kind not in ("paragraph", "list_item", "quoted"):
        return None
    text = passage.text.translate(_PLAIN)
    folded = text.lower()
    if len(folded) != len(text):
        folded = text
    at = folded.find(title)
    while at >= 0:
        if _breaks_sentence(text, at, at + len(title), title):
            return at
        at = folded.find(title, at + 1)
    return None


def _breaks_sentence(text: str, start: int, end: int, title: str) -> bool:
    before, after = text[:start], text[end:]
    if not before.strip() or not after.strip() or len(title) < _LEAST_LETTERS:
        return False
    if before[-1].isalnum() or after[0].isalnum():
        return True
    left, right = before.rstrip(), after.lstrip()
    bare = left[-1].isalnum() and right[0].islower() and text[start].isupper()
    return bare and len(title.split()) >= _LEAST_FREE_WORDS and not credit_words().titled.search(left)
