"""The outline of one document: all that the case-wide stages need of it, computed once and stored."""

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import pairwise

from muster.languages.shingles import fold_words, shingles
from muster.reconcile.events import local_events
from muster.reconcile.judged import sound
from muster.reconcile.places import places_size
from muster.reconcile.redating import redate
from muster.reconcile.traits import Traits, read_traits
from muster.reconcile.voice import voice_of
from muster.records import Dated, Document, Extraction, LocalEntity, LocalEntityOutline, Mention, Outline, Reading

_NAME = r"([^\W\d_][^()\n.;:]{1,60}?)"
#: How a text says whose report it draws on: a bracket in the dateline or at the end, or in words.
_CREDITS = (
    re.compile(r"^[^()\n]{2,70}\(([^()\n]{2,40})\)\s*[-–—:]", re.MULTILINE),
    re.compile(r"[.!?”\"]\s*\(([^()\n\d]{2,40})\)\s*$"),
    re.compile(rf"\b(?:as|first) reported by (?:the )?{_NAME}(?=[.,;:\n]|\s(?:on|in|and|that|said)\b|$)"),
    re.compile(rf"\b(?:first|originally) (?:published|appeared|posted) (?:in|on|by|at) (?:the )?{_NAME}(?=[.,;:\n]|$)"),
    re.compile(rf"(?:^|\n)\s*(?:Sources?|Credit|Via|المصدر|منبع)\s*:\s*{_NAME}(?=[.,;\n]|$)"),
    re.compile(rf"\breprinted from (?:the )?{_NAME}(?=[.,;:\n]|$)", re.IGNORECASE),
)
_SEVERAL = re.compile(r"\b(?:and|or|with)\b|[,;]")
_INSIDE = re.compile(r"\s*(?:,|,?\s+(?:in|inside|within))\s+(?:the\s+)?(?:[^\W\d_]+\s+){0,2}", re.UNICODE)
_LIST_GOES_ON = re.compile(r"\s*(?:,|and\b|or\b|&|،|و\s)")


def outline(document: Document, reading: Reading, extraction: Extraction, apart: Set[str] = frozenset()) -> Outline:
    """Return what the case-wide stages need of a document.

    Statements that people rejected are left out; apart as in `local_events`.
    """
    extraction = sound(extraction)
    return Outline(
        document_id=document.id,
        name=document.name,
        title=reading.title,
        author=reading.author,
        outlet=reading.outlet,
        affiliation=reading.affiliation,
        owner=reading.owner,
        site=reading.site,
        published_on=reading.published_on,
        language=reading.language,
        n_words=len(fold_words(reading.text)),
        entities=_slim_entities(reading.text, extraction),
        events=local_events(reading, extraction, apart),
        word_runs=shingles(reading.text),
        credits=tuple(sorted(set(_credits(reading)))),
        within=_within(reading.text, extraction),
        weekdays=_weekdays(extraction),
        voice=voice_of(reading.text, extraction),
    )


def outline_dated(
    document: Document, reading: Reading, extraction: Extraction, dated: Dated, apart: Set[str] = frozenset()
) -> Outline:
    """Return the outline of a document that is held to be from a date which it does not give in full."""
    statements = redate(extraction.statements, reading.language, dated.on)
    return outline(document, reading, replace(extraction, statements=statements), apart)


def _slim_entities(text: str, extraction: Extraction) -> tuple[LocalEntityOutline, ...]:
    """The local entities with all words that stood for them, by id."""
    words: dict[str, set[str]] = defaultdict(set)
    for statement in extraction.statements:
        for spoken in (statement.actor, statement.target, statement.place, *statement.said_by):
            if spoken is not None and spoken.entity is not None and fold_words(spoken.words):
                words[spoken.entity].add(spoken.words)
    traits = read_traits(text, extraction)
    slim = (
        _slim(entity, _descriptions(text, entity, words[entity.id]), traits.get(entity.id, Traits()))
        for entity in extraction.entities
    )
    return tuple(sorted(slim, key=lambda entity: entity.id))


def _descriptions(text: str, entity: LocalEntity, words: set[str]) -> set[str]:
    """What else stands for an entity: what statements call it, and its names with title or article as written."""
    names = (entity.name, *entity.forms)
    titled = {f"{before} {name}" for name in names for before in ("the", "The", entity.role) if before}
    return {
        *entity.descriptions,
        *(phrase for phrase in titled if phrase in text),
        *(phrase for phrase in words if any(name in phrase for name in names) and not _SEVERAL.search(phrase)),
    } - set(names)


def _weekdays(extraction: Extraction) -> tuple[int, ...]:
    named = {s.when.weekday for s in extraction.statements if s.when is not None}
    return tuple(sorted(day for day in named if day is not None))


def _slim(entity: LocalEntity, descriptions: set[str], traits: Traits) -> LocalEntityOutline:
    return LocalEntityOutline(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        forms=entity.forms,
        role=traits.role,
        age=traits.age,
        kin=traits.kin,
        descriptions=tuple(sorted(descriptions)),
        why=entity.why,
        n_mentions=entity.n_mentions,
    )


def _credits(reading: Reading) -> Iterator[str]:
    """Names of outlets that a document says it draws on; its own outlet is none."""
    own = fold_words(reading.outlet or "")
    initials = "".join(word[0] for word in own)
    for pattern in _CREDITS:
        for found in pattern.finditer(reading.text):
            words = fold_words(found[1])
            if words and words != own and "".join(words) != initials:
                yield found[1].strip()


def _within(text: str, extraction: Extraction) -> tuple[tuple[str, str], ...]:
    """Pairs of places that the text puts one in the other: "Camp Amal in Wadi", "Amal, Wadi"."""
    sizes = {entity.id: places_size(entity.forms) for entity in extraction.entities if entity.kind == "place"}
    places = sorted((m for m in extraction.mentions if m.entity in sizes), key=lambda m: (m.start, m.end))
    pairs = set()
    for inner, outer in pairwise(places):
        if (
            inner.entity != outer.entity
            and sizes[inner.entity] <= sizes[outer.entity]
            and _is_inside(text, inner, outer)
        ):
            pairs.add((inner.entity, outer.entity))
    return tuple(sorted(pairs))


def _is_inside(text: str, inner: Mention, outer: Mention) -> bool:
    """Say whether the words between two places put the first in the second; a list of places does not."""
    between = text[inner.end : outer.start]
    if len(between) > 40 or not _INSIDE.fullmatch(between):
        return False
    if "in" in between.replace(",", " ").split() or "inside" in between or "within" in between:
        return True
    before = text[max(0, inner.start - 5) : inner.start].rstrip()
    return not before.endswith((",", "and", "or", "،")) and not _LIST_GOES_ON.match(text[outer.end : outer.end + 6])
