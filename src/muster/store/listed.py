"""What lists of incidents and sources are made of: narrow rows, kept up with the record.

The caller opens the transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connections
from django.db.models import Count, Q

import muster.store.orm  # noqa: F401  models need Django ready
from muster.casebook.sources import Mark
from muster.languages.edtf import Interval, parse_edtf
from muster.records import Incident, Question, SourceSheet, Status
from muster.store import models
from muster.store.case import Case
from muster.store.codec import digest, encode

#: The most pressing first.
STATUSES: tuple[Status, ...] = ("disputed", "single origin", "agreed", "open")
_AT_ONCE = 5_000


def list_incident(
    case: Case, incident: Incident, questions: Sequence[Question], marks: Mapping[str, Mark], n_disagreements: int
) -> None:
    """List an incident with what was found of it."""
    n_groups = len({mark.group for mark in marks.values()})
    columns = incident_columns(incident, questions, n_groups, n_disagreements)
    models.ListedIncident.objects.using(case.alias).update_or_create(incident_id=incident.id, defaults=columns)


def incident_columns(
    incident: Incident, questions: Sequence[Question], n_groups: int, n_disagreements: int
) -> dict[str, Any]:
    """Return the columns of a `ListedIncident`."""
    days = parse_edtf(incident.when) if incident.when else None
    killed, injured = _range(questions, "killed"), _range(questions, "injured")
    return {
        "name": incident.name, "kind": incident.kind, "when": incident.when,
        "first_on": _day(days, last=False), "last_on": _day(days, last=True),
        "place": incident.place, "place_entity": incident.place_entity,
        "status": _status(questions), "n_statements": len(incident.statement_ids), "n_groups": n_groups,
        "n_disagreements": n_disagreements,
        "killed_low": killed[0], "killed_high": killed[1], "injured_low": injured[0], "injured_high": injured[1],
    }  # fmt: skip


def _day(days: Interval | None, *, last: bool) -> str | None:
    return None if days is None else (days.last if last else days.first).isoformat()


def _range(questions: Sequence[Question], kind: str) -> tuple[int | None, int | None]:
    return next(((each.low, each.high) for each in questions if each.kind == kind), (None, None))


def _status(questions: Sequence[Question]) -> Status:
    found = {each.status for each in questions}
    return next((each for each in STATUSES if each in found), "open")


def mark_statements(case: Case, marks: Mapping[str, Mark]) -> None:
    """Keep how statements stand in their incident; of a large one, most stand as they did."""
    known: dict[str, Mark] = {}
    ids = sorted(marks)
    for at in range(0, len(ids), _AT_ONCE):
        rows = models.Statement.objects.using(case.alias).filter(id__in=ids[at : at + _AT_ONCE])
        for id_, group, alone, contradicted in rows.values_list("id", "counts_for", "alone", "contradicted").iterator():
            known[id_] = Mark(group=group, alone=alone, contradicted=contradicted)
    changed = {id_: mark for id_, mark in marks.items() if known.get(id_) != mark}
    with connections[case.alias].cursor() as cursor:
        cursor.executemany(
            "UPDATE store_statement SET counts_for = %s, alone = %s, contradicted = %s WHERE id = %s",
            [(mark.group, mark.alone, mark.contradicted, id_) for id_, mark in changed.items()],
        )


def put_sources(case: Case, sheets: Sequence[SourceSheet]) -> None:
    """Keep these sources and no others.  What they stated is counted here: the sheets need not say it."""
    of_document = {id_: sheet.id for sheet in sheets for id_ in sheet.document_ids}
    documents = models.Document.objects.using(case.alias)
    before = dict(documents.values_list("id", "source"))
    moved = {id_: of_document.get(id_, "") for id_, source in before.items() if of_document.get(id_, "") != source}
    with connections[case.alias].cursor() as cursor:
        cursor.executemany(
            "UPDATE store_document SET source = %s WHERE id = %s", [(new, id_) for id_, new in moved.items()]
        )
    tallies = _tallies(case, of_document)
    rows = {sheet.id: _source_row(sheet, *tallies.get(sheet.id, (0, 0, 0))) for sheet in sheets}
    kept = models.Source.objects.using(case.alias)
    digests = dict(kept.values_list("id", "digest"))
    changed = [row for id_, row in rows.items() if digests.get(id_) != row.digest]
    gone = sorted(digests.keys() - rows.keys() | {row.id for row in changed if row.id in digests})
    for at in range(0, len(gone), _AT_ONCE):
        kept.filter(id__in=gone[at : at + _AT_ONCE]).delete()
    kept.bulk_create(changed, batch_size=_AT_ONCE)


def _tallies(case: Case, source_of: Mapping[str, str]) -> dict[str, tuple[int, int, int]]:
    """How many statements each source made, how many of them it alone, and how many are contradicted."""
    placed = Q(incident__isnull=False)
    rows = models.Statement.objects.using(case.alias).exclude(status="rejected").order_by().values("document_id")
    counts = rows.annotate(
        n=Count("document_id"),
        n_alone=Count("document_id", filter=placed & Q(alone=True)),
        n_contradicted=Count("document_id", filter=placed & Q(contradicted=True)),
    )
    found: dict[str, tuple[int, int, int]] = {}
    for document_id, n, n_alone, n_contradicted in counts.values_list("document_id", "n", "n_alone", "n_contradicted"):
        source = source_of.get(document_id, "")
        so_far = found.get(source, (0, 0, 0))
        found[source] = (so_far[0] + n, so_far[1] + n_alone, so_far[2] + n_contradicted)
    return found


def _source_row(sheet: SourceSheet, n_statements: int, n_alone: int, n_contradicted: int) -> models.Source:
    blob = encode(replace(sheet, n_statements=n_statements, n_contradicted=n_contradicted, alone_statement_ids=()))
    return models.Source(
        id=sheet.id, name=sheet.name, owner=sheet.owner, n_documents=len(sheet.document_ids),
        n_statements=n_statements, n_alone=n_alone, n_contradicted=n_contradicted,
        digest=digest(blob, str(n_alone)), blob=blob,
    )  # fmt: skip
