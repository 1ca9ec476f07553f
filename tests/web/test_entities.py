"""People, groups, places and sources in the browser."""

import re

from django.db import connections
from django.test.utils import CaptureQueriesContext

from muster.store import models
from muster.store.entities import get_entity
from tests.web.site import Site

CASE = "/cases/mirsal/"


def _page(site: Site, path: str, who: str = "reviewer", **data: str) -> str:
    answer = site.client(who).get(CASE + path, data)
    assert answer.status_code == 200
    return answer.content.decode()


def _id(site: Site, name: str) -> str:
    rows = models.Entity.objects.using(site.case.alias).filter(name=name)
    return str(rows.order_by("-n_documents", "id").values_list("id", flat=True)[0])


def test_people_are_found_by_a_name_in_another_script(site: Site) -> None:
    page = _page(site, "people/", name="حمروني")
    assert "Adel Hamruni" in page
    assert "Faris Belhadri" not in page


def test_who_is_not_accounted_for_is_listed(site: Site) -> None:
    rows = models.Person.objects.using(site.case.alias).filter(accounted_for=False, last_state__isnull=False)
    page = _page(site, "people/", unaccounted="on")
    assert len(re.findall(r'<th scope="row">', page)) == rows.count() > 0


def test_a_person_is_shown_with_every_name_and_what_is_said_of_them(site: Site) -> None:
    id_ = _id(site, "Adel Hamruni")
    view = get_entity(site.case, id_)
    page = _page(site, f"entities/{id_}/")
    assert all(alias.form in page for alias in view.entity.aliases)
    assert view.row.person is not None
    assert len(re.findall(r'<td class="words">', page)) == len(view.row.person.entries) > 1
    assert set(view.statement_ids) >= {each.statement_id for each in view.row.person.entries}
    assert "Last confirmed by independent groups" in page


def test_two_people_are_joined_and_that_can_be_taken_back(site: Site) -> None:
    one, other = _id(site, "Faris Belhadri"), _id(site, "Qasim Dorakhsh")
    both = {*get_entity(site.case, one).entity.members, *get_entity(site.case, other).entity.members}
    path = f"{CASE}entities/{one}/judge/"
    answer = site.client("reviewer").post(path, {"other": other, "reason": ""})
    assert answer.status_code == 400
    answer = site.client("reviewer").post(path, {"other": other, "reason": "one man, two names"})
    assert answer.status_code == 302
    new = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    assert set(get_entity(site.case, new).entity.members) == both
    page = _page(site, f"entities/{new}/")
    assert "one man, two names" in page
    undo = re.findall(r'action="([^"]+/take-back/)"', page)[0]
    assert site.client("reviewer").post(undo, {"next": f"{CASE}people/"}).headers["Location"] == f"{CASE}people/"
    assert set(get_entity(site.case, _id(site, "Faris Belhadri")).entity.members) < both


def test_taking_back_leads_to_no_other_site(site: Site) -> None:
    one, other = _id(site, "Faris Belhadri"), _id(site, "Qasim Dorakhsh")
    site.client("reviewer").post(f"{CASE}entities/{one}/judge/", {"other": other, "reason": "x", "apart": "1"})
    judgement = models.Judgement.objects.using(site.case.alias).get()
    answer = site.client("reviewer").post(
        f"{CASE}judgements/{judgement.pk}/take-back/", {"next": "https://evil.example/"}
    )
    assert answer.headers["Location"] == f"{CASE}incidents/"


def test_reliability_is_signed_and_what_others_confirm_is_computed(site: Site) -> None:
    source = models.Source.objects.using(site.case.alias).order_by("-n_statements").first()
    assert source is not None
    path = f"{CASE}sources/{source.pk}/judge/"
    refused = site.client("reviewer").post(path, {"form": "reliability", "letter": "Z", "reason": "well"})
    assert refused.status_code == 400
    assert ">well</textarea>" in refused.content.decode()
    answer = site.client("reviewer").post(path, {"form": "reliability", "letter": "B", "reason": "it corrects itself"})
    assert answer.status_code == 302
    page = _page(site, f"sources/{source.pk}/", "reader")
    assert "usually reliable" in page
    assert "it corrects itself" in page
    assert "a reviewer" in page
    assert 'name="letter"' not in page
    assert "usually reliable" in _page(site, "sources/")


def test_a_tie_is_cut_and_the_groups_follow(site: Site) -> None:
    tie = models.Tie.objects.using(site.case.alias).filter(strong=True, kind="copied").order_by("a", "b")[0]
    groups = models.Group.objects.using(site.case.alias).count()
    source = models.Document.objects.using(site.case.alias).get(id=tie.a).source
    path = f"{CASE}sources/{source}/judge/"
    answer = site.client("reviewer").post(
        path, {"form": "cut_tie", "mine": tie.a, "other": tie.b, "reason": "both quote it"}
    )
    assert answer.status_code == 302
    left = models.Tie.objects.using(site.case.alias).filter(a=tie.a, b=tie.b, strong=True, kind="copied")
    assert not left.exists()
    assert models.Group.objects.using(site.case.alias).count() >= groups


def test_a_place_is_put_on_the_map_and_taken_off(site: Site) -> None:
    rows = models.ListedIncident.objects.using(site.case.alias).filter(place_entity__isnull=False)
    place = rows[0].place_entity
    assert "<circle" not in _page(site, "map/")
    path = f"{CASE}map/{place}/place/"
    for latitude in ("north", "95"):
        refused = site.client("reviewer").post(path, {"latitude": latitude, "longitude": "20", "reason": "a chart"})
        assert refused.status_code == 400
        assert f'value="{latitude}"' in refused.content.decode()
    data = {"latitude": "12.5", "longitude": "-20,25", "reason": "a chart"}
    assert site.client("reviewer").post(path, data).status_code == 302
    page = _page(site, "map/")
    assert page.count('class="spot') == 1
    assert "12.500, -20.250" in page
    undo = re.findall(r'action="([^"]+/take-back/)"', page)[0]
    site.client("reviewer").post(undo)
    assert "<circle" not in _page(site, "map/")


def test_the_timeline_draws_what_it_lists(site: Site) -> None:
    page = _page(site, "timeline/", since="2017", until="2017")
    rows = models.ListedIncident.objects.using(site.case.alias)
    n = rows.filter(first_on__lte="2017-12-31", last_on__gte="2017-01-01").count()
    assert page.count('<svg class="tl-bar"') == n > 1
    assert "No incident of this period has a date." in _page(site, "timeline/", since="1801", until="1802")


def test_the_number_of_queries_does_not_grow(site: Site) -> None:
    people = models.Person.objects.using(site.case.alias).exclude(last_state=None).order_by("entity__n_documents")
    few, many = people[0].pk, people.reverse()[0].pk
    sources = models.Source.objects.using(site.case.alias).filter(n_alone__gt=0).order_by("n_statements")
    assert all(_queries(site, f"sources/{source.pk}/") <= 16 for source in sources)  # fewer without ties or repeats
    for one, other in (
        (f"entities/{few}/", f"entities/{many}/"),
        ("people/?state=missing", "people/"),
        ("sources/?name=wire", "sources/"),
    ):
        assert _queries(site, one) == _queries(site, other), one


def _queries(site: Site, path: str) -> int:
    _page(site, path, "reader")
    with CaptureQueriesContext(connections[site.case.alias]) as found:
        _page(site, path, "reader")
    return len(found)


def test_the_page_of_a_name_shows_the_list_that_it_belongs_to(site: Site) -> None:
    page = _page(site, f"entities/{_id(site, 'Adel Hamruni')}/")
    assert re.search(r'<a href="/cases/mirsal/people/" aria-current="page">', page)
