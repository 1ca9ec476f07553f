"""Every judgement is kept, shown in words, and can be taken back."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from muster.run.judge import Decision, judge, judge_many
from muster.store import models
from muster.store.case import Case
from muster.store.codec import to_json
from muster.store.history import Sought, log_page
from tests.web.site import Site

HISTORY = "/cases/mirsal/history/"


def _back(judgement: str) -> str:
    return f"/cases/mirsal/judgements/{judgement}/take-back/"


def _ids(case: Case, n: int) -> list[str]:
    rows = models.Statement.objects.using(case.alias).exclude(incident=None).order_by("id")
    return list(rows.values_list("id", flat=True)[:n])


def test_a_judgement_is_told_in_words(site: Site) -> None:
    first, second = _ids(site.case, 2)
    fields = {"act": "injure", "said_by": ["Nora Vaal"], "date": "2017-03-04/2017-03-06", "actor": None,
              "count": {"low": 3, "high": None, "of": "injured"}}  # fmt: skip
    judge(site.case, "correct", [first], value=to_json(fields), decided_by="Nadia")
    judge(site.case, "reject", [second], reason="It is a headline.", decided_by="Omar")
    page = site.client("reviewer").get(HISTORY).content.decode()
    for words in ("corrected a statement", "injury", "Nora Vaal", "3 or more injured", "nothing", "Nadia",
                  "rejected a statement", "It is a headline.", "Omar"):  # fmt: skip
        assert words in page
    assert "or_more" not in page
    assert "deny_" not in page


def test_every_kind_of_judgement_is_told_in_words(site: Site) -> None:
    case = site.case
    statement = _ids(case, 1)[0]
    row = models.Statement.objects.using(case.alias).get(id=statement)
    documents = list(
        models.Reading.objects.using(case.alias).order_by("document_id").values_list("document_id", flat=True)
    )
    people = list(models.Entity.objects.using(case.alias).filter(kind="person").order_by("id")[:2])
    outlet = models.Reading.objects.using(case.alias).exclude(outlet=None)[0].outlet
    made = [
        judge(case, "finding", [row.incident, "killed"], reason="three hospitals",
              value=to_json({"answer": "nine", "standard": "clear and convincing"}), decided_by="Nadia"),
        judge(case, "add", [row.document_id], value=to_json({"start": 0, "end": 9, "act": "kill"}), decided_by="Nadia"),
        judge(case, "different", [each.id for each in people], reason="other fathers", decided_by="Nadia"),
        judge(case, "cut_tie", documents[:2], reason="own reporters", decided_by="Nadia"),
        judge(case, "owner", [outlet], value='"The Weir Trust"', reason="its imprint", decided_by="Nadia"),
        judge(case, "reliability", [outlet], value='"C"', reason="often right", decided_by="Nadia"),
        judge(case, "redact", [people[0].id], reason="a witness", decided_by="Nadia"),
    ]  # fmt: skip
    judge(case, "undo", [made[2].id], decided_by="Nadia")
    page = site.client("reviewer").get(HISTORY).content.decode()
    for words in ("added a statement", "kept apart", "cut a tie", "The Weir Trust", "Reliability", "nine",
                  "clear and convincing", "How many dead", "protected a name", "took back",
                  people[0].name):  # fmt: skip
        assert words in page, words


def test_what_was_taken_back_stays_and_an_undo_can_be_undone(site: Site) -> None:
    client, (first,) = site.client("reviewer"), _ids(site.case, 1)
    accepted = judge(site.case, "accept", [first], decided_by="Nadia")
    assert client.post(_back(accepted.id), {"reason": "too quick"}).status_code == 302
    undo, kept = log_page(site.case, Sought())
    assert not kept.in_force
    assert kept.undone_by == undo.judgement
    assert models.Statement.objects.using(site.case.alias).get(id=first).status == "proposed"
    client.post(_back(undo.judgement.id), {})
    assert models.Statement.objects.using(site.case.alias).get(id=first).status == "accepted"
    assert len(log_page(site.case, Sought())) == 3


def test_what_is_taken_back_already_cannot_be_taken_back_again(site: Site) -> None:
    client, (first,) = site.client("reviewer"), _ids(site.case, 1)
    accepted = judge(site.case, "accept", [first], decided_by="Nadia")
    client.post(_back(accepted.id))
    answer = client.post(_back(accepted.id))
    assert answer.status_code == 409
    assert client.post(_back("j-nothing")).status_code == 400


def test_the_log_is_filtered_by_who_what_and_about_what(site: Site) -> None:
    first, second = _ids(site.case, 2)
    judge(site.case, "accept", [first], decided_by="Nadia")
    judge(site.case, "reject", [second], reason="no", decided_by="Omar")
    client = site.client("reviewer")

    def sequences(query: str) -> list[int]:
        return [each.judgement.sequence for each in client.get(HISTORY + query).context["entries"]]

    assert sequences("") == [2, 1]
    assert sequences("?by=Nadia") == sequences("?kind=accept") == sequences(f"?subject={first}") == [1]
    assert sequences("?by=Nadia&kind=reject") == []
    assert sequences("?before=2") == [1]
    assert sequences("?before=x&kind=x") == []


def test_a_long_log_comes_in_pages_of_few_queries(site: Site) -> None:
    client, ids = site.client("reviewer"), _ids(site.case, 120)
    judge_many(site.case, [Decision(kind="accept", subjects=(id_,)) for id_ in ids[:3]], decided_by="Nadia")
    client.get(HISTORY)
    with CaptureQueriesContext(connections[site.case.alias]) as few:
        client.get(HISTORY)
    judge_many(site.case, [Decision(kind="accept", subjects=(id_,)) for id_ in ids[3:]], decided_by="Nadia")
    with CaptureQueriesContext(connections[site.case.alias]) as many:
        page = client.get(HISTORY)
    assert len(few) == len(many) <= 12
    assert len(page.context["entries"]) == 50
    older = client.get(f"{HISTORY}?before={page.context['older']}")
    assert older.context["entries"][0].judgement.sequence == len(ids) - 50


@pytest.mark.parametrize("reason", ["<script>alert(1)</script>", "‮reversed"])
def test_a_reason_is_never_markup(site: Site, reason: str) -> None:
    judge(site.case, "reject", _ids(site.case, 1), reason=reason, decided_by="Nadia")
    assert "<script>alert" not in site.client("reviewer").get(HISTORY).content.decode()
