"""Whose words documents carry, and for which body a person speaks.

Method: docs/method/independence.md, sections 3 and 5.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping

from muster.records import Entity, Outline
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


def bodies_of(outlines: Iterable[Outline], home: Mapping[tuple[str, str], Entity]) -> dict[str, str]:
    """By id of a person's entity, the id of the group that it speaks for, by the role that the documents give.

    The group's name must stand in the role ("spokesman of the Salt Workers' Union") in every
    document that names any such group; where they name different ones, nobody is chosen.
    """
    bodies: dict[str, set[str]] = defaultdict(set)
    for outline in outlines:
        roles = [(home.get((outline.document_id, local.id)), local.role) for local in outline.entities if local.role]
        people = [(entity, role) for entity, role in roles if entity and entity.kind == "person"]
        groups = _groups_named(outline, home) if people else ()
        for entity, role in people:
            words = f" {name_words(role)} "
            named = {body: len(form) for body, form in groups if f" {form} " in words}
            if named:
                bodies[entity.id].add(max(sorted(named), key=lambda body: named[body]))
    return {entity: body for entity, (body, *others) in bodies.items() if not others}


def _groups_named(outline: Outline, home: Mapping[tuple[str, str], Entity]) -> list[tuple[str, str]]:
    """The entity and each form of the groups that a document names."""
    groups = ((home.get((outline.document_id, local.id)), local) for local in outline.entities if local.kind == "group")
    return [
        (entity.id, words) for entity, local in groups if entity for form in local.forms if (words := name_words(form))
    ]
