"""What the parts of a page are, by their tags, roles and class names (regions.toml)."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from muster.read.elements import Page, Stretch, is_hidden

HIDDEN = "hidden on the page"


@dataclass(frozen=True, slots=True)
class Regions:
    """regions.toml: reasons by tag and role, patterns for names by reason, and what holds credits."""

    tags: dict[str, str]
    roles: dict[str, str]
    names: tuple[tuple[str, re.Pattern[str]], ...]
    credit_names: re.Pattern[str]
    credit_tags: frozenset[str]


@cache
def _regions() -> Regions:
    raw = tomllib.loads((files("muster.read") / "regions.toml").read_text(encoding="utf-8"))
    names = tuple((reason, _any_of(words)) for reason, words in raw["names"].items())
    return Regions(
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


def region(page: Page, number: int) -> str | None:
    """Why an element, by its own name, is no part of an article."""
    element, regions = page.elements[number], _regions()
    if is_hidden(element):
        return HIDDEN
    if element.name in ("html", "body", "main", "article"):
        return None
    for words in _words_of(dict(element.attributes)):
        found = next((reason for reason, pattern in regions.names if pattern.search(words)), None)
        if found:
            return found
    return regions.roles.get(element.attributes.get("role", "").lower()) or regions.tags.get(element.name)


def is_credit(page: Page, number: int) -> bool:
    """Whether an element says that it holds credits: author, date, byline."""
    element, regions = page.elements[number], _regions()
    if element.name in regions.credit_tags or element.attributes.get("rel") == "author":
        return True
    return any(regions.credit_names.search(words) for words in _words_of(dict(element.attributes)))


def reason_of(page: Page, stretch: Stretch, own: Sequence[str | None]) -> str | None:
    """Why a stretch is no part of an article, from the reasons of the elements around it, the outermost first."""
    inline = [own[i] for i in sorted(stretch.inline)]
    if inline and all(inline):
        return inline[0]
    around = [own[i] for i in page.ancestors(stretch.element) if own[i]]
    return around[-1] if around else None
