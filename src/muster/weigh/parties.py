"""Whether two actors are one party, different parties, or cannot be told.

Method: docs/method/contradiction.md, section 3.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from muster.languages.countries import government_of
from muster.records import Words
from muster.weigh.folding import fold
from muster.weigh.independence import Context
from muster.weigh.names import name_words
from muster.weigh.populations import vocabulary

Relation = Literal["same", "different", "unknown"]

_CLASSES = ("themselves", "armed", "body", "state", "held", "public")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody who acts: name as shown, entity id and kind where known, and the kinds of party.

    voice is the independence group that the entity's own words count for: a spokesman and his body
    share it.  nobody: the words deny it of everybody of that kind ("no soldier").
    """

    name: str
    entity: str | None
    kind: str | None
    classes: frozenset[str]
    voice: str | None
    nobody: bool


def party_of(document_id: str, words: Words | None, context: Context) -> Party | None:
    """The party that words of a document stand for; None where there are none.

    A named party is of the kind that the documents' descriptions of it say, else of the kind that its
    name says: the "People's Army" of a militia chief is a militia if somebody calls it one.
    """
    if words is None:
        return None
    entity = context.entities.get((document_id, words.entity)) if words.entity else None
    descriptions = _descriptions(document_id, words, context)
    classes = _classes(descriptions) if entity else frozenset()
    if entity and entity.kind == "place":
        classes = frozenset({"state"})  # places do not act: "Baghdad denies" is a government
    return Party(
        name=words.name,
        entity=entity.id if entity else None,
        kind=entity.kind if entity else None,
        classes=classes or _classes(f"{fold(words.words)} {fold(words.name)}"),
        voice=context.speakers.get(entity.id) if entity else None,
        nobody=bool(vocabulary()["parties"]["nobody"].match(fold(words.words))),
    )


def _descriptions(document_id: str, words: Words, context: Context) -> str:
    outline = context.outlines.get(document_id)
    for local in outline.entities if outline and words.entity else ():
        if local.id == words.entity:
            return fold(" ".join((*local.descriptions, local.role or "")))
    return ""


@lru_cache(maxsize=1 << 14)
def _classes(text: str) -> frozenset[str]:
    lists = vocabulary()["parties"]
    found = [name for name in _CLASSES if lists[name].search(text)]
    return frozenset(found[:1])


def relation(a: Party, b: Party) -> Relation:
    """Whether two parties are one; unknown unless something tells.

    One and the same: the same entity, one that speaks for the other, or the same words.  Different:
    of different kinds (an army, a militia, inmates), or two named groups of armed men.
    """
    if a.entity and a.entity == b.entity:
        return "same"
    if a.voice and a.voice == b.voice:
        return "same"
    if name_words(a.name) == name_words(b.name):
        return "same"
    if a.classes and b.classes:
        if a.classes.isdisjoint(b.classes):
            return "different"
        if a.classes == {"state"}:
            return _governments(a, b) if a.entity and b.entity and a.kind == b.kind == "place" else "same"
    if a.entity and b.entity and a.kind == b.kind == "group" and "state" not in a.classes | b.classes:
        return "different"
    return "unknown"


def _governments(a: Party, b: Party) -> Relation:
    """A country and its capital are one government; two places, two."""
    one, other = government_of(a.name), government_of(b.name)
    return "same" if one and one == other else "different"
