"""Which stretches of a page are its article: trafilatura's vote, the page's own structure, and a headline."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import trafilatura

from muster.read.elements import Page, Stretch
from muster.read.page_credits import title_items
from muster.read.regions import HIDDEN, is_credit, reason_of, region

_PROSE_LETTERS = 80
_MOST_FOR_TRAFILATURA = 2_000_000
_MOST_TAGS_FOR_TRAFILATURA = 50_000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INNER = frozenset(
    (*_HEADINGS, "p", "li", "td", "th", "blockquote", "figure", "figcaption", "header", "tr", "ul", "ol")
)


@dataclass(frozen=True, slots=True)
class Article:
    """For each stretch of a page the reason to cut it, None where it is the article's; and the headline, if any."""

    reasons: tuple[str | None, ...]
    headline: Stretch | None


def find_article(page: Page, source: str) -> Article:
    """Tells the article of a page from everything else.

    trafilatura votes for blocks; the innermost element that holds nine tenths of the prose is the
    article, and everything shown in it belongs to it unless its tag, role or class says otherwise.
    """
    own = [region(page, i) for i in range(len(page.elements))]
    prose = _prose(page, source, own)
    weight = _weights(page, prose)
    whole = sum(len(letters(stretch)) for stretch in prose)
    # A wrapper named "content-sidebar" that holds most of the prose is the article's, whatever its name.
    own = [
        None if reason and reason != HIDDEN and 2 * weight[i] > whole > 0 else reason for i, reason in enumerate(own)
    ]
    container = _container(page, weight, whole)
    headline = _headline(page, own, prose, container)
    chosen = {id(stretch) for stretch in prose}
    reasons: list[str | None] = []
    for stretch in page.stretches:
        reason = reason_of(page, stretch, own)
        if stretch is headline:
            reason = None
        elif reason is None and id(stretch) not in chosen:
            if container >= 0 and container not in page.ancestors(stretch.element):
                reason = "outside the article"
            elif is_links(stretch):
                reason = "links"
        reasons.append(reason)
    return Article(tuple(reasons), headline)


def all_shown(page: Page) -> Article:
    """Everything that a page shows, for mails, which are all article."""
    own = [reason if (reason := region(page, i)) == HIDDEN else None for i in range(len(page.elements))]
    return Article(tuple(reason_of(page, stretch, own) for stretch in page.stretches), None)


def letters(stretch: Stretch) -> str:
    """The text of a stretch without white space."""
    return re.sub(r"\s+", "", "".join(run.words for run in stretch.runs))


def is_links(stretch: Stretch) -> bool:
    """Whether more than two thirds of a stretch are links."""
    return stretch.n_linked * 3 > 2 * sum(len(run.words) for run in stretch.runs)


def _prose(page: Page, source: str, own: Sequence[str | None]) -> list[Stretch]:
    """The stretches that trafilatura keeps, and long ones inside <article> or <main> that it passed over.

    Where it keeps next to nothing, all long stretches outside of menus; failing these, all that shows.
    """
    shown = [s for s in page.stretches if not reason_of(page, s, own)]
    long = [s for s in shown if len(letters(s)) >= _PROSE_LETTERS and not is_links(s)]
    voted = {id(s) for s in _voted(page, source)}
    n_voted = sum(len(letters(s)) for s in page.stretches if id(s) in voted)
    if not voted or n_voted * 4 < sum(len(letters(s)) for s in long):
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
        if is_links(stretch) and any(page.elements[i].name in (*_HEADINGS, "li") for i in around[:2]):
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
        mine = letters(stretch)
        if mine in lines or (len(mine) >= _PROSE_LETTERS and len(whole) < 500_000 and mine in whole):
            found.append(stretch)
    return found


def _weights(page: Page, prose: Sequence[Stretch]) -> dict[int, int]:
    """Letters of prose inside each element."""
    weight: dict[int, int] = defaultdict(int)
    for stretch in prose:
        n = len(letters(stretch))
        for i in page.ancestors(stretch.element):
            weight[i] += n
    return weight


def _container(page: Page, weight: dict[int, int], whole: int) -> int:
    """The innermost element that holds nine tenths of the prose, but no single paragraph; -1 for the page."""
    best = -1
    for i, n in weight.items():
        element = page.elements[i]
        if (
            n * 10 >= whole * 9
            and element.name not in _INNER
            and (best < 0 or element.depth > page.elements[best].depth)
        ):
            best = i
    return best


def _headline(page: Page, own: Sequence[str | None], prose: Sequence[Stretch], container: int) -> Stretch | None:
    """The stretch that is the headline: what the page's title says, else its h1.

    Of several that repeat a part of the title the one that says most of it, headings and those inside
    the article before others; a logo repeats the name of the site, which is the shorter part, and gives way
    to the one h1 inside the article.
    """
    chosen = {id(stretch) for stretch in prose if len(letters(stretch)) >= _PROSE_LETTERS}
    first = next((i for i, stretch in enumerate(page.stretches) if id(stretch) in chosen), len(page.stretches))
    above = [s for s in page.stretches[:first] if not reason_of(page, s, own)][-200:]
    titles = {re.sub(r"\s+", "", title).casefold() for title in title_items(page)}
    named = [s for s in above if letters(s).casefold() in titles]
    found = [s for s in page.stretches if s.element >= 0 and page.elements[s.element].name == "h1"]
    shown = [s for s in found if not reason_of(page, s, own)]
    if named:
        best = max(named, key=lambda s: (_is_heading(page, s), container in page.ancestors(s.element), len(letters(s))))
        inside = [s for s in shown if container in page.ancestors(s.element)]
        # A logo repeats the name of the site where the page's title has a shorter headline than the article.
        is_logo = not _is_heading(page, best) and container not in page.ancestors(best.element)
        return inside[0] if is_logo and len(inside) == 1 else best
    return shown[0] if shown and len(found) <= 3 else None


def _is_heading(page: Page, stretch: Stretch) -> bool:
    return any(page.elements[i].name in _HEADINGS for i in page.ancestors(stretch.element)[:2])


def split_labels(page: Page, stretch: Stretch) -> list[Stretch]:
    """A stretch that is nothing but labels (date, author, minutes to read) as one stretch for each."""
    if len(stretch.inline) < 2 or len(stretch.runs) > 50:
        return [stretch]
    groups: list[Stretch] = []
    for run, owner in zip(stretch.runs, stretch.owners, strict=True):
        if owner < 0 or not (is_credit(page, owner) or region(page, owner)):
            if re.search(r"\w", run.words):
                return [stretch]
        elif groups and groups[-1].owners[0] == owner:
            groups[-1].runs.append(run)
            groups[-1].owners.append(owner)
        else:
            groups.append(Stretch(stretch.element, [run], 0, [], {owner}, [owner]))
    return groups if len(groups) > 1 else [stretch]
