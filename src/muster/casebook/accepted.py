"""The record as those statements leave it that people accepted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from muster.casebook.people import person
from muster.casebook.questions import questions
from muster.casebook.record import Record
from muster.casebook.sources import source_sheets
from muster.records import Disagreement, Incident, Person, Question, Statement
from muster.weigh import Context, disagreements, make_context

_ACCEPTED = frozenset({"accepted", "corrected"})


def accepted(record: Record) -> Record:
    """Return a record without the statements that nobody accepted yet, and without what only they say.

    Which statements are of one incident, who is who and who depends on whom stays as all of them tell.
    """
    kept = {each.id: each for each in record.statements if each.status in _ACCEPTED}
    context = make_context(record.outlines, record.entities, record.groups, record.ties)
    incidents: list[Incident] = []
    found: list[Disagreement] = []
    asked: list[Question] = []
    for incident in record.incidents:
        own = [kept[id_] for id_ in incident.statement_ids if id_ in kept]
        if own:
            left = _with(incident, set(kept))
            incidents.append(left)
            between = disagreements(left, own, context)
            found += between
            asked += questions(left, own, context, between)
    found += [each for each in record.disagreements if each.incident_id is None and each.a in kept]
    statements = tuple(each for each in record.statements if each.id in kept)
    ordered = tuple(sorted(found, key=lambda d: (d.a, d.b or "", d.kind, d.incident_id or "", d.why)))
    return replace(
        record, statements=statements, incidents=tuple(incidents), disagreements=ordered, questions=tuple(asked),
        people=tuple(_people(record, statements, context)),
        sources=source_sheets(record.outlines, statements, record.ties, ordered, context, incidents),
    )  # fmt: skip


def _people(record: Record, statements: Sequence[Statement], context: Context) -> Iterator[Person]:
    naming: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in statements:
        words = (*each.said_by, each.actor, each.target, each.place)
        for named in words:
            if named is not None and named.entity is not None:
                naming[each.document_id, named.entity].add(each.id)
    entities, by_id = {each.id: each for each in record.entities}, {each.id: each for each in statements}
    for one in record.people:
        entity = entities[one.entity_id]
        ids = sorted({id_ for member in entity.members for id_ in naming.get(member, ())})
        yield person(entity, [by_id[id_] for id_ in ids], context)


def _with(incident: Incident, kept: set[str]) -> Incident:
    """An incident with some of its statements."""
    return replace(
        incident,
        statement_ids=tuple(id_ for id_ in incident.statement_ids if id_ in kept),
        dates=tuple(row for row in incident.dates if row[0] in kept),
    )
