"""Whose words documents carry, and for which body a person speaks.

Method: docs/method/independence.md, sections 3 and 5.
"""

from collections.abc import Container, Iterable, Mapping, Sequence

from muster.records import Entity, LocalEntityOutline, Outline
from muster.weigh.names import authors, name_words, publishers


def is_signed(outline: Outline) -> bool:
    """Whether a document says who wrote or published it."""
    return bool(authors(outline.author) or publishers(outline))


def voices(outlines: Iterable[Outline], home: Mapping[tuple[str, str], Entity]) -> dict[str, Entity]:
    """By document id, the person or group whose words alone the document carries.

    home maps (document id, local entity id) to the entity.
    """
    found = ((o.document_id, home.get((o.document_id, o.voice))) for o in outlines if o.voice)
    return {document_id: entity for document_id, entity in found if entity}


def unsigned_voices(
    outlines: Iterable[Outline], home: Mapping[tuple[str, str], Entity], takers: Container[str]
) -> dict[str, Entity]:
    """As `voices`, of those documents that do not say who wrote or published them.

    takers are the ids of documents that belong to the source of their text, and to nobody else.
    """
    return voices((o for o in outlines if o.voice and not is_signed(o) and o.document_id not in takers), home)


def bodies_of(
    outlines: Sequence[Outline], entities: Sequence[Entity], home: Mapping[tuple[str, str], Entity]
) -> dict[str, str | None]:
    """By id of an entity, the id of the group that it speaks for."""
    return {entity.id: _body_of(entity, seen_as, home) for entity, seen_as in _by_entity(entities, outlines)}


def _by_entity(
    entities: Sequence[Entity], outlines: Sequence[Outline]
) -> Iterable[tuple[Entity, tuple[tuple[Outline, LocalEntityOutline], ...]]]:
    local = {(o.document_id, e.id): (o, e) for o in outlines for e in o.entities}
    for entity in entities:
        yield entity, tuple(local[member] for member in entity.members if member in local)


def _body_of(
    entity: Entity,
    seen_as: tuple[tuple[Outline, LocalEntityOutline], ...],
    home: Mapping[tuple[str, str], Entity],
) -> str | None:
    """The group that a person speaks for, by the role that the documents give him.

    The group's name must stand in the role ("spokesman of the Salt Workers' Union") in every
    document that names any such group; where they name different ones, nobody is chosen.
    """
    if entity.kind != "person":
        return None
    bodies = set()
    for outline, local in seen_as:
        role = f" {name_words(local.role or '')} "
        named = {
            home[outline.document_id, other.id].id: len(form)
            for other in outline.entities
            if other.kind == "group" and (outline.document_id, other.id) in home
            for form in (name_words(form) for form in other.forms)
            if form and f" {form} " in role
        }
        if named:
            bodies.add(max(sorted(named), key=lambda body: named[body]))
    return bodies.pop() if len(bodies) == 1 else None
