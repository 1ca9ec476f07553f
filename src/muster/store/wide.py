"""What the store keeps of the case as a whole: entities, ties, groups, incidents, people.

The caller opens the transaction.  `replace_rows` is given all rows of a kind and writes those that
changed, by their digests.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

import muster.store.orm  # noqa: F401  models need Django ready
from muster.casebook.alone import dead_alone, is_dead_alone
from muster.casebook.sources import Mark
from muster.reconcile.judged import in_force
from muster.records import (
    Dated,
    Disagreement,
    Entity,
    Group,
    Incident,
    Judgement,
    Outline,
    Person,
    Question,
    Statement,
    Tie,
)
from muster.store import listed, models
from muster.store.case import Case
from muster.store.codec import decode, digest, encode
from muster.store.documents import disagreement_row
from muster.store.lookup import as_judged, dated

#: Kinds of judgement that the case-wide stages obey.
_OF_SEVERAL = ("same", "different", "tie", "cut_tie", "owner")
R = TypeVar("R", bound=Model)
T = TypeVar("T")
#: SQLite takes 32,766 variables in one statement.
_AT_ONCE = 5_000
#: As much of a name as an index of PostgreSQL takes.
_MOST_CHARS = 500


# ---- what the case-wide stages start from


def wide_inputs(case: Case) -> str:
    """Digest all that the case-wide stages depend on: outlines, statements and judgements of more than one."""
    outlines = models.Outline.objects.using(case.alias).order_by("document_id").values_list("document_id", "digest")
    judgements = (judgement.id for judgement in get_judgements(case))
    return digest(*(part for row in outlines.iterator() for part in row), "", *judgements)


#: An outline, and the digest of what it was made with.
Marked = tuple[Outline, str]


def get_outlines(case: Case, known: Mapping[str, Marked] | None = None) -> dict[str, Marked]:
    """Return every outline with its digest, by document id, in order of the ids; known ones are not read again."""
    return _marked(models.Outline.objects.using(case.alias), "digest", known or {})


def get_settled(case: Case, known: Mapping[str, Marked] | None = None) -> dict[str, Marked]:
    """Return the settled outlines as `get_outlines` does, each with what it was made with."""
    return _marked(models.Settled.objects.using(case.alias), "made_with", known or {})


def _marked(rows: "QuerySet[R]", mark: str, known: Mapping[str, Marked]) -> dict[str, Marked]:
    """Return the outlines of rows, but read only those that are not known by the mark that they have now."""
    marks = dict(rows.order_by("document_id").values_list("document_id", mark))
    found = {id_: each for id_, each in known.items() if marks.get(id_) == each[1]}
    new = [id_ for id_ in marks if id_ not in found]
    for some in batches(new, _AT_ONCE) if found else (None,) if new else ():
        wanted = rows.all() if some is None else rows.filter(document__in=some)
        for id_, now, blob in wanted.values_list("document_id", mark, "blob").iterator():
            found[id_] = (decode(blob, Outline), now)
    return {id_: found[id_] for id_ in marks if id_ in found}


def get_outline(case: Case, document_id: str) -> Outline:
    """Return the outline of a document, without the date that others give it."""
    return decode(models.Outline.objects.using(case.alias).values_list("blob", flat=True).get(pk=document_id), Outline)


def get_judgements(case: Case) -> tuple[Judgement, ...]:
    """Return the judgements in force that are about more than a document's own statements, oldest first."""
    rows = models.Judgement.objects.using(case.alias).filter(kind__in=(*_OF_SEVERAL, "undo")).order_by("sequence")
    found = in_force(decode(blob, Judgement) for blob in rows.values_list("blob", flat=True).iterator())
    return tuple(each for each in found if each.kind in _OF_SEVERAL)


def get_artefact(case: Case, name: str) -> tuple[str, bytes] | None:
    """Return what an artefact was made with, and its bytes; None where there is none."""
    row = models.Artefact.objects.using(case.alias).filter(name=name).values_list("made_with", "blob").first()
    return None if row is None else (row[0], bytes(row[1]))


def put_artefact(case: Case, name: str, made_with: str, blob: bytes) -> None:
    """Keep an artefact under its name, instead of the one before."""
    models.Artefact.objects.using(case.alias).update_or_create(
        name=name, defaults={"made_with": made_with, "blob": blob}
    )


def is_reconciled(case: Case, code: str) -> bool:
    """Tell whether the case was reconciled as it is now, by this code."""
    done = get_artefact(case, "case")
    return done is not None and done[0] == digest(code, wide_inputs(case))


def unreconcile(case: Case) -> None:
    """Note that what is drawn from several documents is no longer what reconciling wrote."""
    put_artefact(case, "case", "", b"changed since")


def seconds_to_reconcile(case: Case) -> float:
    """Return how many seconds of computing the last reconciling took, without what was weighed; 0 before the first."""
    kept = get_artefact(case, "seconds")
    return float(kept[1]) if kept is not None else 0.0


def get_statements_by_id(
    case: Case, ids: Iterable[str], settled: Mapping[str, tuple[str, str]]
) -> dict[str, Statement]:
    """Return statements by id; ids that are not there are left out.  settled as from `settled_dates`."""
    found: dict[str, Statement] = {}
    for some in batches(sorted(set(ids)), _AT_ONCE):
        rows = models.Statement.objects.using(case.alias).filter(id__in=some)
        for row in rows.values_list("blob", "judged", "status").iterator():
            statement = dated(as_judged(*row), settled)
            found[statement.id] = statement
    return found


def get_mentionings(case: Case, members: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Return the ids of the statements that name each (document id, local entity id); not the rejected ones."""
    wanted: dict[tuple[str, str], list[str]] = {member: [] for member in members}
    for some in batches(sorted({document for document, _ in wanted}), _AT_ONCE):
        rows = models.Mentioning.objects.using(case.alias).filter(document_id__in=some)
        rows = rows.exclude(statement__status="rejected")
        for document, entity, statement in rows.values_list("document_id", "entity", "statement_id").iterator():
            if (document, entity) in wanted:
                wanted[document, entity].append(statement)
    return wanted


# ---- writing


def replace_entities(case: Case, entities: Sequence[Entity]) -> dict[str, str]:
    """Keep these entities and no others; return the digest of each, by id."""
    rows = {each.id: (digest(blob := encode(each)), partial(_entity_row, each, blob)) for each in entities}
    changed = _replace(models.Entity.objects.using(case.alias), rows)
    _replace_members(case, [each for each in entities if each.id in changed])
    n_members = sum(len(each.members) for each in entities)
    if models.Member.objects.using(case.alias).count() != n_members:  # of an older version, which kept none
        _replace_members(case, entities)
    return {id_: mark for id_, (mark, _) in rows.items()}


def _entity_row(each: Entity, blob: bytes, mark: str) -> models.Entity:
    n_documents = len({document for document, _ in each.members})
    return models.Entity(
        id=each.id, kind=each.kind, name=each.name, n_documents=n_documents, digest=mark, blob=blob
    )  # fmt: skip


def _replace_members(case: Case, changed: Sequence[Entity]) -> None:
    """Keep what stands for entities that changed."""
    kept = models.Member.objects.using(case.alias)
    for some in batches(sorted(each.id for each in changed), _AT_ONCE):
        kept.filter(entity__in=some).delete()
    rows = (
        models.Member(document_id=document, local=local, entity_id=each.id)
        for each in changed
        for document, local in each.members
    )
    kept.bulk_create(
        rows, update_conflicts=True, unique_fields=["document", "local"], update_fields=["entity"],
        batch_size=_AT_ONCE,
    )  # fmt: skip


def replace_settled(case: Case, settled: Mapping[str, tuple[Dated, str, Outline]]) -> None:
    """Keep these dates, with what they were made with and the outlines with them, and no others."""
    kept = models.Settled.objects.using(case.alias)
    before = dict(kept.values_list("document_id", "made_with"))
    _drop(kept, "document_id", before.keys() - settled.keys())
    for id_, (each, made_with, outline) in settled.items():
        if before.get(id_) != made_with:
            columns = {"on": each.on, "why": each.why, "language": outline.language, "made_with": made_with}
            kept.update_or_create(document_id=id_, defaults={**columns, "blob": encode(outline)})


def place_in_incidents(case: Case, changed: Sequence[Incident], outlines: Sequence[Outline]) -> None:
    """Keep, on their statements, which incidents and events changed incidents hold."""
    home = {id_: each.id for each in changed for id_ in each.event_ids}
    held = (event for outline in outlines for event in outline.events if event.id in home)
    wanted = {id_: (home[event.id], event.id) for event in held for id_ in event.statement_ids}
    rows = models.Statement.objects.using(case.alias)
    before: dict[str, tuple[str | None, str | None]] = {}
    for some in batches(sorted(each.id for each in changed), _AT_ONCE):
        found = rows.filter(incident__in=some).values_list("id", "incident", "event")
        before |= {id_: (incident, event) for id_, incident, event in found.iterator()}
    moved = [(*place, id_) for id_, place in wanted.items() if before.get(id_) != place]
    left = [(None, None, id_) for id_ in before.keys() - wanted.keys()]
    with connections[case.alias].cursor() as cursor:
        cursor.executemany("UPDATE store_statement SET incident = %s, event = %s WHERE id = %s", [*left, *moved])


def placed_documents(case: Case) -> dict[str, str]:
    """Return what the origins of each document's statements were made with, by document id."""
    return dict(models.Document.objects.using(case.alias).values_list("id", "placed_with"))


def place_statements(case: Case, outline: Outline, origins: Mapping[str, str], made_with: str) -> None:
    """Keep whom a document's statements come from, and the date that it is held to be from."""
    with connections[case.alias].cursor() as cursor:
        cursor.executemany(
            "UPDATE store_statement SET origin = %s, told_on = %s WHERE id = %s",
            [(origin[:_MOST_CHARS], outline.published_on, id_) for id_, origin in origins.items()],
        )
    models.Document.objects.using(case.alias).filter(id=outline.document_id).update(placed_with=made_with)


def replace_ties(case: Case, ties: Sequence[Tie]) -> None:
    """Keep these ties and no others."""
    blobs = {digest(blob): (each, blob) for each in ties for blob in (encode(each),)}
    rows = {mark: (mark, partial(_tie_row, *known)) for mark, known in blobs.items()}
    _replace(models.Tie.objects.using(case.alias), rows, key="digest")


def _tie_row(each: Tie, blob: bytes, mark: str) -> models.Tie:
    return models.Tie(a=each.a, b=each.b, kind=each.kind, strong=each.strong, digest=mark, blob=blob)


def replace_groups(case: Case, groups: Sequence[Group]) -> None:
    """Keep these groups and no others."""
    _replace(
        models.Group.objects.using(case.alias),
        {each.id: (digest(blob := encode(each)), partial(_group_row, each, blob)) for each in groups},
    )


def _group_row(each: Group, blob: bytes, mark: str) -> models.Group:
    return models.Group(id=each.id, n_members=len(each.members), digest=mark, blob=blob)


def weighed_incidents(case: Case) -> dict[str, str]:
    """Return what each incident's questions and disagreements were made with, by incident id."""
    return dict(models.Incident.objects.using(case.alias).values_list("id", "weighed_with"))


def people_made(case: Case) -> dict[str, str]:
    """Return what each person's ledger was made with, by entity id."""
    return dict(models.Person.objects.using(case.alias).values_list("entity_id", "made_with"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An incident, what was found of it and of its statements, and what that was made with."""

    incident: Incident
    made_with: str
    disagreements: Sequence[Disagreement]
    questions: Sequence[Question]
    marks: Mapping[str, Mark]


def put_incidents(case: Case, weighed: Sequence[Weighed]) -> None:
    """Keep incidents with what was found of them, instead of what was known under their ids."""
    _upsert(
        models.Incident.objects.using(case.alias),
        [
            models.Incident(
                id=each.incident.id,
                name=each.incident.name,
                kind=each.incident.kind,
                when=each.incident.when,
                place=each.incident.place,
                n_statements=len(each.incident.statement_ids),
                weighed_with=each.made_with,
                dead_alone=dead_alone(each.questions),
                blob=encode(each.incident),
                questions=encode(tuple(each.questions)),
            )
            for each in weighed
        ],
    )
    _replace_disagreements(case, weighed)
    for each in weighed:
        listed.mark_statements(case, each.marks)
        listed.list_incident(case, each.incident, each.questions, each.marks, len(each.disagreements))


def _replace_disagreements(case: Case, weighed: Sequence[Weighed]) -> None:
    """Keep these disagreements of these incidents and no others; most of a large incident's are there already."""
    kept = models.Disagreement.objects.using(case.alias)
    rows = {row.blob: row for each in weighed for row in map(disagreement_row, each.disagreements)}
    gone = []
    for id_, blob in kept.filter(incident__in=[each.incident.id for each in weighed]).values_list("id", "blob"):
        if rows.pop(bytes(blob), None) is None:
            gone.append(id_)
    _drop(kept, "id", gone)
    kept.bulk_create(rows.values(), batch_size=_AT_ONCE)


def put_people(case: Case, people: Sequence[tuple[Person, str]]) -> None:
    """Keep people's ledgers, each with what it was made with, instead of those before."""
    _upsert(
        models.Person.objects.using(case.alias),
        [
            models.Person(
                entity_id=person.entity_id,
                name=person.name,
                last_state=person.last_state,
                last_on=person.last_on,
                accounted_for=person.accounted_for,
                dead_alone=is_dead_alone(person),
                made_with=made_with,
                blob=encode(person),
            )
            for person, made_with in people
        ],
    )


def drop_incidents(case: Case, ids: Iterable[str]) -> None:
    """Drop incidents that are no more, with what was found of them."""
    ids = sorted(ids)
    for some in batches(ids, _AT_ONCE):
        models.Statement.objects.using(case.alias).filter(incident__in=some).update(incident=None, event=None)
    _drop(models.Incident.objects.using(case.alias), "id", ids)


def drop_people(case: Case, ids: Iterable[str]) -> None:
    """Drop the ledgers of entities that are no more."""
    _drop(models.Person.objects.using(case.alias), "entity_id", ids)


def _replace(kept: "QuerySet[R]", rows: Mapping[str, tuple[str, Callable[[str], R]]], key: str = "id") -> set[str]:
    """Keep these rows and no others; return the keys of those that were not there like this.

    rows: by key, the digest of each row and what makes it of the digest: most are never made.
    """
    before = dict(kept.values_list(key, "digest"))
    changed = [id_ for id_, (mark, _) in rows.items() if before.get(id_) != mark]
    _drop(kept, key, [*(before.keys() - rows.keys()), *(id_ for id_ in changed if id_ in before and key != "id")])
    columns = [each.name for each in kept.model._meta.concrete_fields if not each.primary_key]
    made = {id_: make(mark) for id_ in changed for mark, make in (rows[id_],)}
    kept.bulk_create([row for id_, row in made.items() if id_ not in before], batch_size=_AT_ONCE)
    kept.bulk_update([row for id_, row in made.items() if id_ in before], columns, batch_size=500)
    return set(changed)


def _upsert(kept: "QuerySet[R]", rows: Sequence[R]) -> None:
    columns = [each.name for each in kept.model._meta.concrete_fields if not each.primary_key]
    kept.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[kept.model._meta.pk.attname],
        update_fields=columns,
        batch_size=_AT_ONCE,
    )


def _drop(kept: "QuerySet[R]", key: str, ids: Iterable[str | int]) -> None:
    for some in batches(sorted(ids), _AT_ONCE):
        kept.filter(**{f"{key}__in": some}).delete()


def batches(items: Sequence[T], n: int) -> Iterator[Sequence[T]]:
    """Yield items n at a time."""
    for at in range(0, len(items), n):
        yield items[at : at + n]
