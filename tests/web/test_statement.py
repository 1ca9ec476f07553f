"""One statement, with everything known of it."""

from django.db import connections
from django.test.utils import CaptureQueriesContext

from muster.run.judge import judge
from muster.store import models
from muster.store.case import Case
from muster.store.codec import to_json
from tests.web.site import Site


def _url(id_: str, more: str = "") -> str:
    return f"/cases/mirsal/statements/{id_}/{more}"


def _row(case: Case, **where: object) -> models.Statement:
    return models.Statement.objects.using(case.alias).filter(**where).exclude(incident=None).order_by("id")[0]


def test_what_was_extracted_stands_beside_what_was_corrected(site: Site) -> None:
    row = _row(site.case, act="kill")
    judge(site.case, "correct", [row.id], value=to_json({"place": "Upper Weir"}), decided_by="reviewer")
    page = site.client("reviewer").get(_url(row.id)).content.decode()
    assert "As extracted, and as corrected" in page
    assert "Upper Weir" in page


def test_a_reader_sees_what_was_decided_and_not_by_whom(site: Site) -> None:
    row = _row(site.case, act="kill")
    accepted = judge(site.case, "accept", [row.id], decided_by="Nadia Unseen")
    judge(site.case, "undo", [accepted.id], reason="too quick", decided_by="Omar Unseen")
    page = site.client("reader").get(_url(row.id)).content.decode()
    assert "a reviewer" in page
    assert "too quick" in page
    assert "Unseen" not in page
    assert "<form" not in page.partition("<main")[2]
    assert "Nadia Unseen" in site.client("reviewer").get(_url(row.id)).content.decode()


def test_what_disagrees_with_a_statement_is_shown_with_its_words(site: Site) -> None:
    found = models.Disagreement.objects.using(site.case.alias).exclude(b="").order_by("-rank", "a")[0]
    page = site.client("reader").get(_url(found.a))
    others = {each.other.id for each in page.context["look"].against if each.other}
    assert found.b in others
    assert f'id="{found.b}"' in page.content.decode()


def test_a_statement_is_judged_on_its_own_page(site: Site) -> None:
    row = _row(site.case, act="kill")
    answer = site.client("reviewer").post(_url(row.id, "judge/"), {"do": "accept", "seen": 0, "back": "statement"})
    assert answer.headers["Location"] == _url(row.id)
    assert models.Statement.objects.using(site.case.alias).get(id=row.id).status == "accepted"


def test_a_statement_is_moved_to_another_incident_and_back_to_one_of_its_own(site: Site) -> None:
    client, row = site.client("reviewer"), _row(site.case, act="kill")
    others = models.Incident.objects.using(site.case.alias).filter(kind="attack").exclude(id=row.incident)
    there = {each.id: each for each in models.Statement.objects.using(site.case.alias).filter(incident=others[0].id)}
    answer = client.post(_url(row.id, "move/"), {"to": others[0].id, "reason": "It tells of that day."})
    assert answer.status_code == 302, answer.content.decode()
    moved = models.Statement.objects.using(site.case.alias).get(id=row.id)
    assert moved.incident == models.Statement.objects.using(site.case.alias).get(id=min(there)).incident
    client.post(_url(row.id, "move/"), {"to": "own", "reason": "It is not told of elsewhere."})
    alone = models.Statement.objects.using(site.case.alias).get(id=row.id)
    assert models.Statement.objects.using(site.case.alias).filter(incident=alone.incident).count() == 1


def test_a_move_without_a_reason_is_refused_and_what_was_chosen_stays(site: Site) -> None:
    row = _row(site.case, act="kill")
    answer = site.client("reviewer").post(_url(row.id, "move/"), {"to": "own", "reason": " "})
    assert answer.status_code == 400
    assert 'value="own" checked' in answer.content.decode()


def test_a_move_to_nowhere_is_refused_in_words(site: Site) -> None:
    row = _row(site.case, act="kill")
    answer = site.client("reviewer").post(_url(row.id, "move/"), {"other": "i-0123", "reason": "why not"})
    assert answer.status_code == 400
    assert "i-0123" in answer.content.decode()


def test_a_statement_takes_as_many_queries_with_a_long_history(site: Site) -> None:
    client, row = site.client("reviewer"), _row(site.case, act="kill")
    judge(site.case, "accept", [row.id], decided_by="reviewer")
    client.get(_url(row.id))

    def n_queries() -> int:
        with CaptureQueriesContext(connections[site.case.alias]) as asked:
            client.get(_url(row.id))
        return len(asked)

    before = n_queries()
    for by in ("Nadia", "Omar", "Rima"):
        judge(site.case, "accept", [row.id], decided_by=by)
    assert n_queries() == before <= 30
