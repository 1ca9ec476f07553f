"""People, groups and places as pages show them: a page of a list, and one with all that is known of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connections
from django.db.models import QuerySet

import muster.store.orm  # noqa: F401  models need Django ready
from muster.languages.scripts import script_of
from muster.records import Entity, EntityKind, Person, Statement
from muster.store import models
from muster.store.case import Case
from muster.store.codec import decode
from muster.store.incidents import shown_statements
from muster.store.judging import Logged, judgements_on_any
from muster.store.search import search

_MOST_FOUND = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """An entity in a list.  others are its names in other scripts than its first; person is its ledger, or None."""

    id: str
    kind: str
    name: str
    others: tuple[str, ...]
    n_documents: int
    person: Person | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityFilter:
    """Which entities are wanted.

    words are words of a name, or how they begin, in any script; state the last that is said of a person;
    unaccounted: something is said of them, and not where or how they are.
    """

    words: str = ""
    state: str = ""
    unaccounted: bool = False


def list_entities(
    case: Case, kind: EntityKind, wanted: EntityFilter, *, by_name: bool = False, limit: int = 50, offset: int = 0
) -> tuple[EntityRow, ...]:
    """Return entities of a kind, those of most documents first, or by name."""
    rows = _filtered(case, kind, wanted)
    rows = rows.order_by("name", "id") if by_name else rows.order_by("-n_documents", "name", "id")
    return _rows(case, rows[offset : offset + limit])


def count_entities(case: Case, kind: EntityKind, wanted: EntityFilter) -> int:
    """Count the entities that `list_entities` lists."""
    return _filtered(case, kind, wanted).count()


def _filtered(case: Case, kind: EntityKind, wanted: EntityFilter) -> "QuerySet[models.Entity]":
    rows = models.Entity.objects.using(case.alias).filter(kind=kind)
    if wanted.words:
        rows = rows.filter(id__in=[hit.ref for hit in search(case, wanted.words, kind, limit=_MOST_FOUND).hits])
    if wanted.state:
        rows = rows.filter(person__last_state=wanted.state)
    if wanted.unaccounted:
        rows = rows.filter(person__accounted_for=False, person__last_state__isnull=False)
    return rows


def _rows(case: Case, rows: "QuerySet[models.Entity]") -> tuple[EntityRow, ...]:
    found = list(rows.values_list("id", "kind", "name", "n_documents", "blob"))
    people = models.Person.objects.using(case.alias).filter(entity_id__in=[row[0] for row in found])
    ledgers = {id_: decode(blob, Person) for id_, blob in people.values_list("entity_id", "blob")}
    return tuple(
        EntityRow(
            id=id_, kind=kind, name=name, n_documents=n, others=_other_scripts(decode(blob, Entity)),
            person=ledgers.get(id_),
        )
        for id_, kind, name, n, blob in found
    )  # fmt: skip


def _other_scripts(entity: Entity) -> tuple[str, ...]:
    """The most used name in each script that the first name is not in."""
    best: dict[str, str] = {}
    for alias in sorted(entity.aliases, key=lambda each: (-len(each.document_ids), -len(each.form), each.form)):
        best.setdefault(script_of(alias.form), alias.form)
    return tuple(form for script, form in sorted(best.items()) if script not in {script_of(entity.name), "none"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityView:
    """An entity, its ledger if it is a person, and the ids of the statements that name it."""

    row: EntityRow
    entity: Entity
    statement_ids: tuple[str, ...]


def get_entity(case: Case, id_: str) -> EntityView:
    """Return an entity.  Raises KeyError where there is none."""
    rows = models.Entity.objects.using(case.alias).filter(id=id_)
    found = _rows(case, rows)
    if not found:
        raise KeyError(id_)
    return EntityView(
        row=found[0],
        entity=decode(rows.values_list("blob", flat=True)[0], Entity),
        statement_ids=_naming(case, id_),
    )


def _naming(case: Case, id_: str) -> tuple[str, ...]:
    """The ids of the statements that name an entity, document by document; of one that all name, thousands."""
    sql = (
        "SELECT DISTINCT naming.document_id, naming.statement_id FROM store_member AS member"
        " JOIN store_mentioning AS naming ON naming.document_id = member.document_id AND naming.entity = member.local"
        " WHERE member.entity_id = %s"
    )
    with connections[case.alias].cursor() as cursor:
        cursor.execute(sql, [id_])
        found = sorted(cursor.fetchall())
    rejected = models.Statement.objects.using(case.alias).filter(status="rejected").values_list("id", flat=True)
    gone = set(rejected)
    return tuple(statement for _, statement in found if statement not in gone)


def statements_naming(case: Case, view: EntityView, limit: int, offset: int) -> tuple[Statement, ...]:
    """Return some of the statements that name an entity, document by document and as they stand there."""
    found = shown_statements(case, view.statement_ids[offset : offset + limit])
    return tuple(sorted(found.values(), key=lambda each: (each.document_id, each.start, each.id)))


def names_of_documents(case: Case, ids: Iterable[str]) -> dict[str, str]:
    """Return the names of documents by id."""
    return dict(models.Document.objects.using(case.alias).filter(id__in=set(ids)).values_list("id", "name"))


def entities_by_id(case: Case, ids: Iterable[str]) -> Mapping[str, EntityRow]:
    """Return rows of entities, by id; ids that are not there are left out."""
    return {row.id: row for row in _rows(case, models.Entity.objects.using(case.alias).filter(id__in=set(ids)))}


def find_entities(case: Case, kind: EntityKind, words: str, but: str, limit: int = 10) -> tuple[EntityRow, ...]:
    """Return entities of a kind by words of their names, in any script, the best first; without one of them."""
    ids = [hit.ref for hit in search(case, words, kind, limit=limit + 1).hits if hit.ref != but] if words else []
    found = entities_by_id(case, ids)
    return tuple(found[id_] for id_ in ids if id_ in found)[:limit]


def first_member(case: Case, id_: str) -> str | None:
    """Return "document id/local id" of the first member of an entity: what a judgement about it names."""
    row = models.Member.objects.using(case.alias).filter(entity_id=id_).order_by("document_id", "local").first()
    return None if row is None else f"{row.document_id}/{row.local}"


def entity_of_member(case: Case, member: str) -> str | None:
    """Return the entity that "document id/local id" stands for now, or None."""
    document, _, local = member.partition("/")
    rows = models.Member.objects.using(case.alias).filter(document_id=document, local=local)
    return rows.values_list("entity_id", flat=True).first()


def judgements_on_entity(case: Case, entity: Entity) -> tuple[Logged, ...]:
    """Return the judgements about an entity, by its id or any of its members, oldest first."""
    return judgements_on_any(case, [entity.id, *(f"{document}/{local}" for document, local in entity.members)])
