"""What lists show is what the record says, however it came about."""

from collections.abc import Callable
from pathlib import Path

from muster.casebook import source_sheets
from muster.run.judge import judge
from muster.store import models
from muster.store.case import Case, open_case
from muster.store.record import load_record
from muster.weigh import group_of, make_context


def _sources(case: Case) -> list[tuple[object, ...]]:
    columns = ("id", "name", "owner", "n_documents", "n_statements", "n_alone", "n_contradicted")
    return sorted(models.Source.objects.using(case.alias).values_list(*columns))


def _computed(case: Case) -> list[tuple[object, ...]]:
    record = load_record(case)
    context = make_context(record.outlines, record.entities, record.groups, record.ties)
    sheets = source_sheets(
        record.outlines, record.statements, record.ties, record.disagreements, context, record.incidents
    )
    return sorted(
        (s.id, s.name, s.owner, len(s.document_ids), s.n_statements, len(s.alone_statement_ids), s.n_contradicted)
        for s in sheets
    )


def _check_incidents(case: Case) -> None:
    record = load_record(case)
    context = make_context(record.outlines, record.entities, record.groups, record.ties)
    groups = {each.id: group_of(each, context) for each in record.statements}
    listed = {row.incident_id: row for row in models.ListedIncident.objects.using(case.alias)}
    assert listed.keys() == {each.id for each in record.incidents}
    for incident in record.incidents:
        row = listed[incident.id]
        asked = [each for each in record.questions if each.incident_id == incident.id]
        assert (row.status == "disputed") == any(each.status == "disputed" for each in asked)
        assert row.n_statements == len(incident.statement_ids)
        assert row.n_groups == len({groups[id_] for id_ in incident.statement_ids})
        assert row.n_disagreements == sum(each.incident_id == incident.id for each in record.disagreements)
        stored = models.Statement.objects.using(case.alias).filter(incident=incident.id)
        assert all(groups[id_] == group for id_, group in stored.values_list("id", "counts_for"))


def test_lists_are_what_the_record_says_before_and_after_a_judgement(
    put_built_case: Callable[[Path], Path], tmp_path: Path, database_url: str
) -> None:
    with open_case(put_built_case(tmp_path / "case"), database_url=database_url) as case:
        assert _sources(case) == _computed(case)
        _check_incidents(case)
        largest, second = models.ListedIncident.objects.using(case.alias).order_by("-n_statements")[:2]
        judge(case, "same", [largest.pk, second.pk], reason="one storm, one night", decided_by="ana")
        statement = models.Statement.objects.using(case.alias).filter(alone=True).order_by("id").first()
        assert statement is not None
        judge(case, "reject", [statement.pk], reason="misread", decided_by="ana")
        assert _sources(case) == _computed(case)
        _check_incidents(case)
        assert models.ListedIncident.objects.using(case.alias).count() > 0
