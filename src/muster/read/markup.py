"""HTML pages: the article's text, and everything else as cuts with their reasons."""

import itertools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import trafilatura

from muster.read.decode import decode
from muster.read.draft import Draft, Flaw, Passage, Run, as_cut, collapse, passage
from muster.read.elements import Page, Stretch, is_hidden, parse_page
from muster.read.options import ReadOptions
from muster.read.page_credits import page_credits
from muster.read.tables import row
from muster.records import BlockKind, Document

_KINDS: dict[str, BlockKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list_item", "figcaption": "caption", "caption": "caption", "legend": "heading", "summary": "heading",
}  # fmt: skip
_PROSE_LETTERS = 80
_MOST_FOR_TRAFILATURA = 2_000_000
_MOST_TAGS_FOR_TRAFILATURA = 50_000
_LONGEST_CELL = 400


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
    page.stretches = [label for stretch in page.stretches for label in _labels(page, stretch)]
    if page.is_too_deep:
        why = f"Elements nested more than {options.max_depth} deep were read as if they stood {options.max_depth} deep."
        flaws = (*flaws, Flaw(kind="deep_nesting", why=why))
    reasons = _reasons(page, source, main_only)
    kept = [stretch for stretch, reason in zip(page.stretches, reasons, strict=True) if reason is None]
    cuts = [
        cut
        for stretch, reason in zip(page.stretches, reasons, strict=True)
        if reason
        for cut in as_cut(collapse(stretch.runs)[0], reason)
    ]
    headers: list[tuple[str, ...]] = []
    passages = [made for made in _passages(page, kept, headers, is_mail=not main_only) if made.runs]
    return Draft(
        parts={part: source},
        passages=tuple(passages),
        cuts=tuple(cuts),
        flaws=flaws,
        headers=tuple(headers),
        credits=page_credits(page, [p.text for p in passages if "h1" in p.marks], [cut.words for cut in cuts]),
    )


# --- what is the article -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Regions:
    tags: dict[str, str]
    roles: dict[str, str]
    names: tuple[tuple[str, re.Pattern[str]], ...]
    credit_names: re.Pattern[str]
    credit_tags: frozenset[str]


@cache
def _regions() -> _Regions:
    raw = tomllib.loads((files("muster.read") / "regions.toml").read_text(encoding="utf-8"))
    names = tuple((reason, _any_of(words)) for reason, words in raw["names"].items())
    return _Regions(
        raw["tags"], raw["roles"], names, _any_of(raw["credits"]["names"]), frozenset(raw["credits"]["tags"])
    )


def _any_of(names: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?: |^)(?:{'|'.join(map(re.escape, names))})(?: |$)")


def _words_of(attributes: dict[str, str]) -> list[str]:
    """Each class and the id as words: "entryMeta post-tags" -> ["entry meta", "post tags"]."""
    names = [
        *attributes.get("class", "")[:500].split(),
        attributes.get("id", "")[:100],
        attributes.get("itemprop", "")[:100],
    ]
    split = [re.sub(r"(?<=[a-z])(?=[A-Z])|[-_]+", " ", name).lower().strip() for name in names]
    return [re.sub(r" ?\d+$", "", name) for name in split if name]


def _region(page: Page, number: int) -> str | None:
    """Why an element, by its own name, is no part of an article."""
    element, regions = page.elements[number], _regions()
    if is_hidden(element):
        return "hidden on the page"
    if element.name in ("html", "body", "main", "article"):
        return None
    for words in _words_of(dict(element.attributes)):
        found = next((reason for reason, pattern in regions.names if pattern.search(words)), None)
        if found:
            return found
    return regions.roles.get(element.attributes.get("role", "").lower()) or regions.tags.get(element.name)


def _reasons(page: Page, source: str, main_only: bool) -> list[str | None]:
    """For each stretch the reason to cut it, or None where it belongs to the article."""
    own = [_region(page, i) for i in range(len(page.elements))]
    if not main_only:
        own = [reason if reason == "hidden on the page" else None for reason in own]
        return [_first_reason(page, stretch, own) for stretch in page.stretches]
    prose = _prose(page, source, own)
    weight = _weights(page, prose)
    whole = sum(len(_letters(stretch)) for stretch in prose)
    # A wrapper named "content-sidebar" that holds most of the prose is the article's, whatever its name.
    own = [
        None if reason and reason != "hidden on the page" and 2 * weight[i] > whole > 0 else reason
        for i, reason in enumerate(own)
    ]
    container = _container(page, weight, whole)
    headline = _headline(page, own)
    chosen = {id(stretch) for stretch in prose}
    out: list[str | None] = []
    for stretch in page.stretches:
        reason = _first_reason(page, stretch, own)
        if stretch is headline:
            reason = None
        elif reason is None and id(stretch) not in chosen:
            if container >= 0 and container not in page.ancestors(stretch.element):
                reason = "outside the article"
            elif _is_links(stretch):
                reason = "links"
        out.append(reason)
    return out


def _first_reason(page: Page, stretch: Stretch, own: Sequence[str | None]) -> str | None:
    inline = [own[i] for i in sorted(stretch.inline)]
    if inline and all(inline):
        return inline[0]
    around = [own[i] for i in page.ancestors(stretch.element) if own[i]]
    return around[-1] if around else None


def _letters(stretch: Stretch) -> str:
    return re.sub(r"\s+", "", "".join(run.words for run in stretch.runs))


def _is_links(stretch: Stretch) -> bool:
    return stretch.n_linked * 3 > 2 * sum(len(run.words) for run in stretch.runs)


def _prose(page: Page, source: str, own: Sequence[str | None]) -> list[Stretch]:
    """The stretches that trafilatura keeps, and long ones inside <article> or <main> that it passed over.

    Where it keeps next to nothing, all long stretches outside of menus; failing these, all that shows.
    """
    shown = [s for s in page.stretches if not _first_reason(page, s, own)]
    long = [s for s in shown if len(_letters(s)) >= _PROSE_LETTERS and not _is_links(s)]
    voted = {id(s) for s in _voted(page, source)}
    n_voted = sum(len(_letters(s)) for s in page.stretches if id(s) in voted)
    if not voted or n_voted * 4 < sum(len(_letters(s)) for s in long):
        return long or shown
    teasers = _teasers(page)
    voted |= {
        id(s)
        for s in long
        if any(page.elements[i].name in ("article", "main") for i in page.ancestors(s.element))
        and not teasers & set(page.ancestors(s.element))
    }
    return [s for s in page.stretches if id(s) in voted]


def _teasers(page: Page) -> set[int]:
    """Elements named article whose heading is a link: they lead to articles rather than being them."""
    found = set()
    for stretch in page.stretches:
        around = page.ancestors(stretch.element)
        if _is_links(stretch) and any(page.elements[i].name in _KINDS for i in around[:2]):
            found |= {i for i in around if page.elements[i].name == "article"}
    return found


def _voted(page: Page, source: str) -> list[Stretch]:
    if len(source) > _MOST_FOR_TRAFILATURA or page.is_too_deep or len(page.elements) > _MOST_TAGS_FOR_TRAFILATURA:
        return []
    text = trafilatura.extract(source, include_comments=False, include_tables=True, deduplicate=False) or ""
    lines = {re.sub(r"\s+", "", line.lstrip("-| ")) for line in text.splitlines()} - {""}
    whole = re.sub(r"\s+", "", text)
    found = []
    for stretch in page.stretches:
        letters = _letters(stretch)
        if letters in lines or (len(letters) >= _PROSE_LETTERS and len(whole) < 500_000 and letters in whole):
            found.append(stretch)
    return found


def _weights(page: Page, prose: Sequence[Stretch]) -> dict[int, int]:
    """Letters of prose inside each element."""
    weight: dict[int, int] = defaultdict(int)
    for stretch in prose:
        n = len(_letters(stretch))
        for i in page.ancestors(stretch.element):
            weight[i] += n
    return weight


def _container(page: Page, weight: dict[int, int], whole: int) -> int:
    """The innermost element that holds nine tenths of the prose, but no single paragraph; -1 for the page."""
    inner = {
        "p",
        "li",
        "td",
        "th",
        "blockquote",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "tr",
        "ul",
        "ol",
        "span",
    }
    best = -1
    for i, n in weight.items():
        element = page.elements[i]
        if (
            n * 10 >= whole * 9
            and element.name not in inner
            and (best < 0 or element.depth > page.elements[best].depth)
        ):
            best = i
    return best


def _headline(page: Page, own: Sequence[str | None]) -> Stretch | None:
    """The first h1 that is no part of a menu and no logo, where the page has not many."""
    found = [s for s in page.stretches if s.element >= 0 and page.elements[s.element].name == "h1"]
    shown = [s for s in found if not _first_reason(page, s, own)]
    if page.title:
        title = re.sub(r"\s+", "", page.title).casefold()
        shown = [s for s in shown if title.startswith(_letters(s).casefold())] or shown
    return shown[0] if shown and len(found) <= 3 else None


def _labels(page: Page, stretch: Stretch) -> list[Stretch]:
    """A stretch that is nothing but labels (date, author, minutes to read) as one stretch for each."""
    if len(stretch.inline) < 2 or len(stretch.runs) > 50:
        return [stretch]
    groups: list[Stretch] = []
    for run, owner in zip(stretch.runs, stretch.owners, strict=True):
        if owner < 0 or not (_is_credit(page, owner) or _region(page, owner)):
            if re.search(r"\w", run.words):
                return [stretch]
        elif groups and groups[-1].owners[0] == owner:
            groups[-1].runs.append(run)
            groups[-1].owners.append(owner)
        else:
            groups.append(Stretch(stretch.element, [run], 0, [], {owner}, [owner]))
    return groups if len(groups) > 1 else [stretch]


# --- stretches to passages ---------------------------------------------------------------------


def _passages(page: Page, kept: Sequence[Stretch], headers: list[tuple[str, ...]], is_mail: bool) -> Iterator[Passage]:
    tables = _data_tables(page, kept)
    numbers: dict[int, int] = {}
    at = 0
    while at < len(kept):
        table, tr, _ = _cell_of(page, kept[at].element)
        if table not in tables or tr < 0:
            yield from _blocks_of(page, kept[at], is_mail)
            at += 1
            continue
        end = at
        while end < len(kept) and _cell_of(page, kept[end].element)[:2] == (table, tr):
            end += 1
        is_header = table not in numbers and all(
            page.elements[_cell_of(page, s.element)[2]].name == "th" for s in kept[at:end]
        )
        cells = _cells_of_row(page, tr, kept[at:end])
        if table not in numbers:
            numbers[table] = len(headers)
            headers.append(tuple("".join(run.words for run in cell) for cell in cells) if is_header else ())
        if made := row(cells, numbers[table], is_header):
            yield made
        at = end


def _cell_of(page: Page, number: int) -> tuple[int, int, int]:
    """(table, tr, cell) around an element; -1 for each that there is none of."""
    found = {"table": -1, "tr": -1, "cell": -1}
    for i in page.ancestors(number):
        name = "cell" if page.elements[i].name in ("td", "th") else page.elements[i].name
        if name in found and found[name] < 0:
            found[name] = i
        if name == "table":
            break
    return found["table"], found["tr"], found["cell"]


def _data_tables(page: Page, kept: Sequence[Stretch]) -> set[int]:
    """Tables that hold rows of short cells, rather than the layout of a page."""
    cells: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    long: set[int] = set()
    for stretch in kept:
        table, tr, cell = _cell_of(page, stretch.element)
        if tr >= 0:
            cells[table][tr].add(cell)
            if sum(len(run.words) for run in stretch.runs) > _LONGEST_CELL:
                long.add(table)
    return {
        t
        for t, rows in cells.items()
        if t not in long and sum(len(c) >= 2 for c in rows.values()) * 2 >= len(rows) and len(rows) >= 2
    }


def _cells_of_row(page: Page, tr: int, found: Sequence[Stretch]) -> list[list[Run]]:
    numbers = [i for i, e in enumerate(page.elements[tr:], tr) if e.parent == tr and e.name in ("td", "th")][:1000]
    cells: dict[int, list[Run]] = {i: [] for i in numbers}
    for stretch in found:
        cell = cells.setdefault(_cell_of(page, stretch.element)[2], [])
        if cell and stretch.runs:
            cell.append(Run(" ", stretch.runs[0].part, cell[-1].end, stretch.runs[0].start))
        cell += stretch.runs
    return [list(collapse(runs)[0]) for _, runs in sorted(cells.items())]


def _blocks_of(page: Page, stretch: Stretch, is_mail: bool) -> Iterator[Passage]:
    around = [page.elements[i] for i in page.ancestors(stretch.element)]
    names = [element.name for element in around]
    kind: BlockKind = next((_KINDS[name] for name in names[:4] if name in _KINDS), "paragraph")
    if is_mail and "blockquote" in names:
        kind = "quoted"
    marks = set()
    if "h1" in names[:3]:
        marks.add("h1")
    near = [*stretch.inline, *page.ancestors(stretch.element)[:3]]
    if kind == "paragraph" and any(_is_credit(page, i) for i in near):
        marks.add("byline")
    for runs in _split_at_breaks(stretch):
        yield replace(passage(kind, runs), marks=frozenset(marks))


def _is_credit(page: Page, number: int) -> bool:
    element, regions = page.elements[number], _regions()
    if element.name in regions.credit_tags or element.attributes.get("rel") == "author":
        return True
    return any(regions.credit_names.search(words) for words in _words_of(dict(element.attributes)))


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
