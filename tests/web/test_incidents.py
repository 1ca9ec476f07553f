"""Incidents in the browser: lists that are filtered, one that is read, and what people decide of it."""

import re

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from muster.store import models
from muster.store.incidents import get_incident
from tests.web.site import Site

LIST = "/cases/mirsal/incidents/"


def _largest(site: Site, nth: int = 0) -> str:
    rows = models.ListedIncident.objects.using(site.case.alias).order_by("-n_statements", "pk")
    return str(rows.values_list("pk", flat=True)[nth])


def _get(site: Site, path: str, who: str = "reviewer") -> HttpResponse:
    answer = site.client(who).get(path)
    assert answer.status_code == 200
    return answer


def _judge(site: Site, id_: str, **data: object) -> HttpResponse:
    return site.client("reviewer").post(f"{LIST}{id_}/judge/", data)


def test_the_list_is_narrowed_by_kind_status_period_and_place(site: Site) -> None:
    every = len(re.findall(r'<th scope="row">', _get(site, LIST).content.decode()))
    for query, wanted in (
        ("kind=attack", {"kind": "attack"}),
        ("status=disputed", {"status": "disputed"}),
        ("since=2017-03&until=2017-03", {"last_on__gte": "2017-03-01", "first_on__lte": "2017-03-31"}),
        ("place=qelm", {"place__icontains": "qelm"}),
        ("undated", {"first_on": None}),
    ):
        shown = len(re.findall(r'<th scope="row">', _get(site, f"{LIST}?{query}").content.decode()))
        rows = models.ListedIncident.objects.using(site.case.alias)
        assert shown == rows.filter(**wanted).count(), query
        assert 0 < shown < every, query


def test_what_is_no_date_is_said_and_kept_in_its_field(site: Site) -> None:
    page = _get(site, f"{LIST}?since=soon").content.decode()
    assert "is no date" in page
    assert 'value="soon"' in page


def test_the_matrix_has_a_cell_for_each_answer_of_each_group(site: Site) -> None:
    id_ = _largest(site)
    view = get_incident(site.case, id_)
    page = _get(site, f"{LIST}{id_}/?all").content.decode()
    pairs = {
        (question.kind, n, view.standing.groups[statement])
        for question in view.questions
        for n, answer in enumerate(question.answers)
        for statement in answer.statement_ids
    }
    assert page.count('<details class="cell">') == len(pairs)
    assert page.count('<li class="clash">') == len(view.disagreements)


def test_a_finding_is_signed_stands_beside_the_dispute_and_is_superseded(site: Site) -> None:
    id_ = _largest(site)
    question = next(each for each in get_incident(site.case, id_).questions if each.status == "disputed")
    said = {"form": "finding", "question": question.kind, "standard": "clear and convincing"}
    assert _judge(site, id_, **said, answer="first words", reason="as <b>two</b> lists have it").status_code == 302
    page = _get(site, f"{LIST}{id_}/").content.decode()
    found = page[page.index(f'id="finding-{question.kind}"') :]
    found = found[: found.index("</li>")]
    assert "first words" in found
    assert "reviewer" in found
    assert "disputed" in found
    assert "remain disputed" in found
    assert "<b>two" not in page
    assert _judge(site, id_, **said, answer="second words", reason="a third list").status_code == 302
    page = _get(site, f"{LIST}{id_}/").content.decode()
    assert '<p class="answer" dir="auto">second words</p>' in page
    assert '<p class="answer" dir="auto">first words</p>' not in page
    assert "a reviewer" in _get(site, f"{LIST}{id_}/", "reader").content.decode()


def test_a_refused_finding_loses_nothing_that_was_typed(site: Site) -> None:
    answer = _judge(site, _largest(site), form="finding", question="when", standard="", answer="at dawn", reason="why")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert 'value="at dawn"' in page
    assert ">why</textarea>" in page
    assert "Choose the standard of proof." in page


def test_chosen_statements_become_an_incident_of_their_own_and_that_can_be_taken_back(site: Site) -> None:
    id_ = _largest(site)
    chosen = list(get_incident(site.case, id_).order[:2])
    answer = _judge(site, id_, form="split", split="1", chosen=chosen, reason="another night")
    assert answer.status_code == 302
    new = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    assert new != id_
    assert set(get_incident(site.case, new).order) == set(chosen)
    for kind in ("same", "different"):
        for judgement in models.Judgement.objects.using(site.case.alias).filter(kind=kind):
            assert (
                site.client("reviewer").post(f"/cases/mirsal/judgements/{judgement.pk}/take-back/").status_code == 302
            )
    assert set(chosen) <= set(get_incident(site.case, id_).order)


def test_a_statement_moves_to_another_incident(site: Site) -> None:
    id_, other = _largest(site), _largest(site, 1)
    chosen = get_incident(site.case, id_).order[0]
    there = get_incident(site.case, other).order[0]
    answer = _judge(site, id_, form="split", move="1", chosen=[chosen], other=other, reason="of the later night")
    assert answer.status_code == 302
    rows = dict(models.Statement.objects.using(site.case.alias).values_list("id", "incident"))
    assert rows[chosen] == rows[there]


def test_two_incidents_become_one(site: Site) -> None:
    one, other = _largest(site, 2), _largest(site, 3)
    both = {*get_incident(site.case, one).order, *get_incident(site.case, other).order}
    answer = _judge(site, one, form="merge", same="1", other=other, reason="one night")
    assert answer.status_code == 302
    new = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    assert set(get_incident(site.case, new).order) == both


def test_who_decides_on_what_has_changed_meanwhile_is_told(site: Site) -> None:
    one, other = _largest(site, 2), _largest(site, 3)
    said = {"form": "merge", "apart": "1", "other": other, "reason": "two nights", "seen": "0"}
    assert _judge(site, one, **said).status_code == 302
    answer = _judge(site, one, **said)
    assert answer.status_code == 409
    assert 'value="two nights"' in answer.content.decode()


@pytest.mark.parametrize("page", [LIST, "/cases/mirsal/timeline/", "/cases/mirsal/map/"])
def test_the_number_of_queries_does_not_grow_with_the_list(site: Site, page: str) -> None:
    few, many = (_queries(site, f"{page}?{query}") for query in ("kind=detention", ""))
    assert few == many


def test_the_number_of_queries_does_not_grow_with_the_incident(site: Site) -> None:
    small = models.ListedIncident.objects.using(site.case.alias).filter(n_disagreements__gt=0).order_by("n_statements")
    pages = [f"{LIST}{id_}/" for id_ in (small[0].pk, _largest(site))]
    assert _queries(site, pages[0]) == _queries(site, pages[1])


def _queries(site: Site, path: str) -> int:
    _get(site, path, "reader")
    with CaptureQueriesContext(connections[site.case.alias]) as found:
        _get(site, path, "reader")
    return len(found)
