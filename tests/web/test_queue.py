"""A reviewer judges one statement after the other."""

import re

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from muster.run.judge import judge, required_four_eyes
from muster.store import models
from muster.store.case import Case
from muster.store.history import Sought, log_page
from muster.store.judging import last_on, statement_row
from tests.web.site import Site

QUEUE = "/cases/mirsal/queue/"


def _status(case: Case, id_: str) -> str:
    return models.Statement.objects.using(case.alias).get(id=id_).status


def _first(client: Client, query: str = "") -> str:
    page = client.get(QUEUE + query)
    assert page.status_code == 200
    return str(page.context["statement"].id)


def _judge(client: Client, id_: str, query: str = "", **typed: object) -> str:
    """Post a decision from the queue, and return the statement that comes next."""
    answer = client.post(f"/cases/mirsal/statements/{id_}/judge/{query}", {"back": "queue", "seen": 0, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return str(re.search(r"at=([^&]+)", answer.headers["Location"])[1])  # type: ignore[index]


def test_a_decision_leads_to_the_next_statement(site: Site) -> None:
    client = site.client("reviewer")
    first = _first(client)
    second = _judge(client, first, do="accept")
    assert _status(site.case, first) == "accepted"
    assert second == _first(client) != first
    third = _judge(client, second, do="reject", reason="A figure of speech.")
    assert _status(site.case, second) == "rejected"
    _judge(client, third, do="correct", **_fields(site.case, third) | {"place": "Tall Wazrah"})
    assert _status(site.case, third) == "corrected"
    place = statement_row(site.case, third).statement.place
    assert place is not None
    assert place.name == "Tall Wazrah"


def _fields(case: Case, id_: str) -> dict[str, object]:
    """The form of a correction as a browser sends it back untouched."""
    from muster.web.correction import Correction

    initial = Correction(statement_row(case, id_).statement).initial
    return {name: value for name, value in initial.items() if value is not None and value is not False}


def test_only_what_was_changed_is_corrected(site: Site) -> None:
    client = site.client("reviewer")
    first = _first(client)
    _judge(client, first, do="correct", **_fields(site.case, first) | {"modality": "alleged"})
    (entry,) = log_page(site.case, Sought(kind="correct"))
    assert entry.judgement.value == '{"modality":"alleged"}'


def test_every_statement_can_be_sent_back_untouched(site: Site) -> None:
    from muster.web.correction import Correction

    for id_ in models.Statement.objects.using(site.case.alias).values_list("id", flat=True):
        form = Correction(statement_row(site.case, id_).statement, _fields(site.case, id_))
        assert not form.is_valid()
        assert not form.errors.keys() - {"__all__"}, id_
        assert form.changed() == {}


@pytest.mark.parametrize(
    ("typed", "field"), [({"date": "soon"}, "date"), ({"low": "9", "high": "3"}, "high"), ({"act": "wave"}, "act")]
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(site: Site, typed: dict[str, str], field: str) -> None:
    client = site.client("reviewer")
    first = _first(client)
    fields = _fields(site.case, first) | {"place": "Upper Weir"} | typed
    answer = client.post(f"/cases/mirsal/statements/{first}/judge/", {"back": "queue", "do": "correct", **fields})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert 'value="Upper Weir"' in answer.content.decode()
    assert _status(site.case, first) == "proposed"


def test_a_rejection_needs_a_reason(site: Site) -> None:
    client = site.client("reviewer")
    answer = client.post(f"/cases/mirsal/statements/{_first(client)}/judge/", {"back": "queue", "do": "reject"})
    assert answer.status_code == 400
    assert "needs a reason" in answer.content.decode()


def test_who_decides_on_what_somebody_judged_meanwhile_is_told_and_loses_nothing(site: Site) -> None:
    client = site.client("reviewer")
    first = _first(client)
    seen = last_on(site.case, [first])
    judge(site.case, "reject", [first], reason="It is a headline.", decided_by="owner")
    fields = _fields(site.case, first) | {"place": "Upper Weir", "seen": seen, "do": "correct", "back": "queue"}
    answer = client.post(f"/cases/mirsal/statements/{first}/judge/", fields)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "It is a headline." in page
    assert 'value="Upper Weir"' in page
    fields["seen"] = last_on(site.case, [first])
    assert client.post(f"/cases/mirsal/statements/{first}/judge/", fields).status_code == 302
    assert _status(site.case, first) == "corrected"


def test_the_last_decision_is_undone_and_its_statement_shown_again(site: Site) -> None:
    client = site.client("reviewer")
    first = _first(client)
    _judge(client, first, do="accept")
    page = client.get(f"{QUEUE}?act=kill")
    back = page.context["undone_url"]
    last = page.context["last"].judgement.id
    answer = client.post(f"/cases/mirsal/judgements/{last}/take-back/", {"next": back})
    assert answer.headers["Location"] == back == f"{QUEUE}?act=kill&at={first}"
    assert _status(site.case, first) == "proposed"
    assert client.get(QUEUE).context["last"] is None


def test_filters_stay_while_one_judges(site: Site) -> None:
    client = site.client("reviewer")
    first = _first(client, "?act=kill&order=unsure")
    answer = client.post(
        f"/cases/mirsal/statements/{first}/judge/?act=kill&order=unsure&at={first}", {"back": "queue", "do": "accept"}
    )
    assert answer.headers["Location"].startswith(f"{QUEUE}?act=kill&order=unsure&at=s-")
    page = client.get(answer.headers["Location"])
    assert page.context["statement"].act == "kill"


def test_filters_that_mean_nothing_are_left_out(site: Site) -> None:
    query = "?status=x&order=x&act=nothing&entity=e-0&incident=i-0&document=%F0%9F&at="
    page = site.client("reviewer").get(QUEUE + query)
    assert page.status_code == 200
    assert "Nothing is left here" in page.content.decode()


def test_a_statement_that_is_not_there_is_not_found(site: Site) -> None:
    client = site.client("reviewer")
    assert client.get(f"{QUEUE}?at=s-0").status_code == 404
    assert client.post("/cases/mirsal/statements/s-0/judge/", {"do": "accept"}).status_code == 404


def test_a_queue_ends_and_tells_of_what_was_skipped(site: Site) -> None:
    page = site.client("reviewer").get(f"{QUEUE}?at=end").content.decode()
    assert "This is the end of the queue" in page
    assert "were skipped" in page


def test_a_name_in_any_spelling_narrows_the_queue(site: Site) -> None:
    client = site.client("reviewer")
    page = client.get(f"{QUEUE}?find=belhadry")
    entity = next(each.id for each in page.context["candidates"] if "Belhadri" in each.name)
    page = client.get(f"{QUEUE}?entity={entity}")
    assert "Belhadri" in page.content.decode()
    assert 0 < page.context["turn"].n_left < page.context["turn"].n_all + 1 <= 299


def test_htmx_gets_the_next_statement_only_and_the_right_address(site: Site) -> None:
    client = site.client("reviewer")
    answer = client.get(f"{QUEUE}?act=kill", headers={"HX-Request": "true"})
    assert answer.headers["HX-Push-Url"] == f"{QUEUE}?act=kill"
    assert answer.content.decode().startswith('<div id="item"')


def test_a_second_person_is_asked_where_the_owner_wants_one(site: Site) -> None:
    owner, reviewer = site.client("owner"), site.client("reviewer")
    assert owner.post("/cases/mirsal/settings/", {"four_eyes": ["kill", "nonsense"]}).status_code == 302
    assert required_four_eyes(site.case) == {"kill"}
    first = _first(reviewer, "?act=kill")
    _judge(reviewer, first, do="accept")
    assert _status(site.case, first) == "seconded"
    assert _first(reviewer, "?act=kill") != first
    assert _first(owner, "?act=kill") == first
    page = owner.get(f"{QUEUE}?act=kill&at={first}").content.decode()
    assert "needs two people" in page
    _judge(owner, first, do="accept", seen=last_on(site.case, [first]))
    assert _status(site.case, first) == "accepted"


def test_many_are_accepted_after_it_was_said_what_that_means(site: Site) -> None:
    client = site.client("reviewer")
    page = client.get("/cases/mirsal/queue/sure/?act=kill&at_least=90")
    shown = page.content.decode()
    n = page.context["n"]
    assert n > 3
    assert f"Accept {n} statements" in shown
    assert re.search(r"Expect 9\d% of them to be right", shown)
    answer = client.post("/cases/mirsal/queue/sure/?act=kill", {"at_least": "90", "mark": page.context["mark"]})
    assert answer.status_code == 302
    entries = log_page(site.case, Sought(), n=500)
    assert len(entries) == n
    assert {entry.subjects[0].statement.act for entry in entries if entry.subjects[0].statement} == {"kill"}


def test_many_are_not_accepted_where_others_would_be_than_were_shown(site: Site) -> None:
    client = site.client("reviewer")
    page = client.get("/cases/mirsal/queue/sure/?act=kill")
    judge(site.case, "reject", [page.context["least"][0].id], reason="no", decided_by="owner")
    answer = client.post("/cases/mirsal/queue/sure/?act=kill", {"mark": page.context["mark"]})
    assert answer.status_code == 409
    assert len(log_page(site.case, Sought())) == 1


def test_the_queue_takes_as_many_queries_for_many_judgements_as_for_few(site: Site) -> None:
    client = site.client("reviewer")
    at = _first(client)
    judge(site.case, "accept", [at], decided_by="reviewer")
    client.get(f"{QUEUE}?at={at}")

    def n_queries() -> int:
        with CaptureQueriesContext(connections[site.case.alias]) as asked:
            client.get(f"{QUEUE}?at={at}")
        return len(asked)

    before = n_queries()
    ids = models.Statement.objects.using(site.case.alias).filter(status="proposed").values_list("id", flat=True)[:12]
    for id_ in ids:
        judge(site.case, "accept", [id_], decided_by="reviewer")
    assert n_queries() == before <= 30


def test_pages_of_documents_incidents_and_names_lead_to_their_queue(site: Site) -> None:
    client = site.client("reviewer")
    row = models.Statement.objects.using(site.case.alias).exclude(incident=None).order_by("id")[0]
    member = models.Member.objects.using(site.case.alias).order_by("id")[0]
    for page, query in (
        (f"incidents/{row.incident}/", f"incident={row.incident}"),
        (f"documents/{row.document_id}/", f"document={row.document_id}"),
        (f"entities/{member.entity_id}/", f"entity={member.entity_id}"),
    ):
        assert f'href="{QUEUE}?{query}"' in client.get(f"/cases/mirsal/{page}").content.decode()
        assert client.get(f"{QUEUE}?{query}").context["turn"].n_all > 0
        assert "Review its statements" not in site.client("reader").get(f"/cases/mirsal/{page}").content.decode()
