"""What a page says of itself: metadata, linked data, the title element, its notice of rights."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from muster.read.draft import Credits
from muster.read.elements import Page
from muster.read.stamps import instant_date
from muster.read.tokens import runs_of

_AUTHOR = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
_DATE = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.created",
    "dc.date.issued",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
    "citation_publication_date",
    "og:published_time",
    "article.published",
)
_SITE = ("og:site_name", "application-name", "dc.publisher", "citation_journal_title", "twitter:site")
_TITLE = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_SEPARATORS = re.compile(r"\s+(?:[|–—·•»«:-]|::|//)\s+|\s*\|\s*")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\W*(?:\d{4}(?:\s*[-–]\s*\d{2,4})?\W*)?(?:by\s+)?"
    r"(?P<name>[^\W\d_][^.|©•·\n]{1,60}?)\s*(?:[.|•·,\n]|all rights|$)",
    re.IGNORECASE,
)
_POWERED = re.compile(r"^(?P<name>[^|]{2,60}?)\s*\|\s*(?:proudly )?powered by", re.IGNORECASE)
_ARTICLE_TYPES = (
    "article",
    "newsarticle",
    "blogposting",
    "report",
    "webpage",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
)


def page_credits(page: Page, headlines: Sequence[str], cut_words: Sequence[str]) -> Credits:
    """Title, author, outlet, date and site by the page's own metadata, the surest first.

    headlines are its h1 texts; cut_words what was cut, in which a notice of rights may name the outlet.
    """
    metas = _metas(page)
    title = headlines[0] if headlines else _first(metas, _TITLE)
    outlet = _first(metas, _SITE)
    stated = Credits(
        title=title or page.title,
        author=_person(_first(metas, _AUTHOR)),
        outlet=outlet.lstrip("@") if outlet else None,
        published_on=next((on for name in _DATE if name in metas and (on := instant_date(metas[name]))), None),
        site=_site(page, metas),
        language=_language(page),
    )
    found = stated.or_else(_linked_data(page)).or_else(_times(page))
    outlet = _outlet_in_title(page.title, title) or _outlet_beside(page.title, title, cut_words)
    return found.or_else(Credits(outlet=outlet or _outlet_in_rights(cut_words)))


def _metas(page: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in page.metas[:500]:
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = _plain(meta.get("content", ""))
        if name and content:
            found.setdefault(name, content)
    return found


def _plain(value: str) -> str:
    value = value[:1000]
    return " ".join("".join(run.words for run in runs_of(value, "", 0, len(value))).split())


def _first(metas: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((metas[name] for name in names if metas.get(name)), None)


def _person(text: str | None) -> str | None:
    """An author that is a name; profile addresses are none."""
    if not text or "://" in text or text.startswith("/") or len(text) > 120:
        return None
    return re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)


def _site(page: Page, metas: Mapping[str, str]) -> str | None:
    canonical = next(
        (link.get("href", "") for link in page.links[:200] if "canonical" in link.get("rel", "").lower()), ""
    )
    for url in (canonical, metas.get("og:url", "")):
        try:
            host = urlsplit(url).hostname
        except ValueError:
            continue
        if host:
            return host.removeprefix("www.")
    return None


def _language(page: Page) -> str | None:
    declared = next((e.attributes.get("lang", "") for e in page.elements[:5] if e.name == "html"), "")
    match = re.match(r"[a-zA-Z]{2}(?![a-zA-Z])", declared)
    return match.group().lower() if match else None


def _linked_data(page: Page) -> Credits:
    """Credits of the first JSON-LD node that is an article (schema.org)."""
    for text in page.linked_data:
        for node in _nodes(text):
            kinds = node.get("@type")
            names = [str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])]
            if any(name in _ARTICLE_TYPES for name in names):
                date = node.get("datePublished") or node.get("dateCreated")
                return Credits(
                    title=_string(node.get("headline")),
                    author=_person(_name(node.get("author"))),
                    outlet=_name(node.get("publisher")),
                    published_on=instant_date(date) if isinstance(date, str) else None,
                )
    return Credits()


def _nodes(text: str) -> Iterator[Mapping[str, object]]:
    try:
        waiting: list[object] = [json.loads(text.strip().removeprefix("<!--").removesuffix("-->"))]
    except (ValueError, RecursionError):
        return
    seen = 0
    while waiting and seen < 200:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting += node[:50]
        elif isinstance(node, dict):
            yield node
            waiting += [value for key, value in node.items() if key in ("@graph", "mainEntity", "mainEntityOfPage")]


def _string(value: object) -> str | None:
    return _plain(value) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, list):
        names = [name for item in value[:5] if (name := _name(item))]
        return ", ".join(names) or None
    if isinstance(value, dict):
        value = value.get("name")
    return _string(value)


def _times(page: Page) -> Credits:
    """The first <time datetime> of the page."""
    for element in page.elements:
        if element.name == "time" and (on := instant_date(element.attributes.get("datetime", ""))):
            return Credits(published_on=on)
    return Credits()


def title_items(page: Page) -> list[str]:
    """What may be the headline by the page's own word: its titles, whole and in parts ("Headline | Site")."""
    whole = [title for title in (_first(_metas(page), _TITLE), page.title) if title]
    items = [item.strip() for title in whole for item in (*_SEPARATORS.split(title), *title.split(": ", 1))]
    return [item for item in dict.fromkeys((*whole, *items)) if len(item) > 2]


def _outlet_in_title(whole: str | None, headline: str | None) -> str | None:
    """ "Headline | Outlet" or "Outlet: Headline": what the title element adds to the headline."""
    if not whole or not headline or headline not in whole or len(headline) == len(whole):
        return None
    rest = whole[len(headline) :] if whole.startswith(headline) else whole[: -len(headline)]
    if not (whole.startswith(headline) or whole.endswith(headline)):
        return None
    items = [item.strip(" |–—·•»«:-/") for item in _SEPARATORS.split(rest)]
    items = [item for item in items if item]
    name = (items[-1] if whole.startswith(headline) else items[0]) if items else ""
    return name if 1 < len(name) <= 60 else None


def _outlet_beside(whole: str | None, headline: str | None, cut_words: Sequence[str]) -> str | None:
    """The outlet in "Short headline | Outlet", where the article's headline is another.

    The other part begins the headline, or the page shows the outlet's name by itself or in its notice of rights.
    """
    items = [item for item in _SEPARATORS.split(whole or "") if item]
    if len(items) < 2 or not headline:
        return None
    shown = {_plain(words).casefold() for words in cut_words if len(words) <= 60} | {_rights_of(cut_words)}
    for name, other in ((items[-1], items[0]), (items[0], items[-1])):
        if 1 < len(name) <= 60 and (name.casefold() in shown or headline.casefold().startswith(other.casefold())):
            return name
    return None


def _rights_of(cut_words: Sequence[str]) -> str:
    return (_outlet_in_rights(cut_words) or "").casefold()


def _outlet_in_rights(cut_words: Sequence[str]) -> str | None:
    for words in reversed(cut_words):
        if len(words) < 400 and (match := _POWERED.search(words) or _RIGHTS.search(words)):
            name = match["name"].strip(" ,-–—")
            if name and name.casefold() not in ("all rights reserved", "wordpress"):
                return name
    return None
