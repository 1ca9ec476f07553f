"""HTML pages: the article's text, and everything else as cuts with their reasons."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from muster.read.article import all_shown, find_article, letters, split_labels
from muster.read.bylines import byline
from muster.read.decode import decode
from muster.read.draft import Credits, Draft, Flaw, Passage, Run, as_cut, collapse, passage
from muster.read.elements import Page, Stretch, parse_page
from muster.read.options import ReadOptions
from muster.read.page_credits import page_credits
from muster.read.page_tables import DataTables
from muster.read.regions import is_credit
from muster.records import BlockKind, Cut, Document

_KINDS: dict[str, BlockKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list_item", "figcaption": "caption", "caption": "caption", "legend": "heading", "summary": "heading",
}  # fmt: skip
_LONGEST_CREDIT = 200


def read_page(document: Document, data: bytes, options: ReadOptions) -> Draft:
    """An .html file.  The text is what the article shows, with white space collapsed.

    Raises:
        Unreadable: "too_long", "too_many_tags".
    """
    found = decode(data, options, sniff_markup=True)
    return draft_of_page(found.text, "", options, main_only=True, flaws=found.flaws)


def draft_of_page(
    source: str, part: str, options: ReadOptions, *, main_only: bool, flaws: tuple[Flaw, ...] = ()
) -> Draft:
    """The draft of a decoded page; without main_only everything that shows is kept (the page of a mail)."""
    page = parse_page(source, part, options)
    page.stretches = [label for stretch in page.stretches for label in split_labels(page, stretch)]
    if page.is_too_deep:
        why = f"Elements nested more than {options.max_depth} deep were read as if they stood {options.max_depth} deep."
        flaws = (*flaws, Flaw(kind="deep_nesting", why=why))
    article = find_article(page, source) if main_only else all_shown(page)
    kept: list[Stretch] = []
    cuts: list[Cut] = []
    labels = Credits()
    lengths = _lengths(page)
    for stretch, reason in zip(page.stretches, article.reasons, strict=True):
        if reason is None:
            kept.append(stretch)
            continue
        runs = collapse(stretch.runs)[0]
        cuts += as_cut(runs, reason)
        if main_only and _in_credit(page, stretch, lengths):
            labels = labels.or_else(_label("".join(run.words for run in runs)))
    tables = DataTables(page, kept)
    context = _Context(lengths, article.headline, not main_only)
    passages = tuple(made for made in _passages(page, kept, tables, context) if made.runs)
    credits = page_credits(page, [p.text for p in passages if "h1" in p.marks], [cut.words for cut in cuts])
    return Draft(
        parts={part: source},
        passages=passages,
        cuts=tuple(cuts),
        flaws=flaws,
        headers=tuple(tables.headers),
        credits=credits.or_else(labels),
    )


@dataclass(frozen=True, slots=True)
class _Context:
    """What blocks are made with: how many letters each element shows, the headline, whether it is a mail."""

    lengths: Mapping[int, int]
    headline: Stretch | None
    is_mail: bool


def _label(text: str) -> Credits:
    """The credits of a label that stands outside the article ("May 3, 2016 by Nadim Orlo")."""
    found = byline(text)
    return Credits(author=found.author, published_on=found.published_on) if found else Credits()


def _lengths(page: Page) -> dict[int, int]:
    """How many letters each element shows."""
    found: dict[int, int] = defaultdict(int)
    for stretch in page.stretches:
        n = len(letters(stretch))
        for i in page.ancestors(stretch.element):
            found[i] += n
    return found


def _in_credit(page: Page, stretch: Stretch, lengths: Mapping[int, int]) -> bool:
    """Whether a stretch stands in a short element that says it holds credits."""
    near = [i for i in page.ancestors(stretch.element)[:3] if lengths[i] <= _LONGEST_CREDIT]
    return len(letters(stretch)) <= _LONGEST_CREDIT and any(is_credit(page, i) for i in (*stretch.inline, *near))


def _passages(page: Page, kept: Sequence[Stretch], tables: DataTables, context: _Context) -> Iterator[Passage]:
    at = 0
    while at < len(kept):
        n, made = tables.row_at(kept, at)
        if n:
            at += n
            if made:
                yield made
        else:
            yield from _blocks_of(page, kept[at], context)
            at += 1


def _blocks_of(page: Page, stretch: Stretch, context: _Context) -> Iterator[Passage]:
    names = [page.elements[i].name for i in page.ancestors(stretch.element)]
    kind: BlockKind = next((_KINDS[name] for name in names[:4] if name in _KINDS), "paragraph")
    if context.is_mail and "blockquote" in names:
        kind = "quoted"
    marks = set()
    if stretch is context.headline:
        kind = "heading"
        marks.add("h1")
    elif kind == "paragraph" and _in_credit(page, stretch, context.lengths):
        marks.add("byline")
    for runs in _split_at_breaks(stretch):
        yield replace(passage(kind, runs), marks=frozenset(marks))


def _split_at_breaks(stretch: Stretch) -> list[list[Run]]:
    """A stretch with <br> is several blocks where its lines are short or end a sentence."""
    if not stretch.breaks:
        return [stretch.runs]
    edges = [-1, *stretch.breaks, len(stretch.runs)]
    lines = [stretch.runs[a + 1 : b] for a, b in itertools.pairwise(edges)]
    texts = ["".join(run.words for run in line).strip() for line in lines]
    shown = [text for text in texts if text]
    is_wrapped = len(shown) > 1 and all(len(text) >= 45 and not re.search("[.!?؟:]$", text) for text in shown[:-1])
    if is_wrapped and all(texts):
        return [stretch.runs]
    return lines
