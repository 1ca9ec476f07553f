"""The first page of a case: what cannot be left as it is stands there, with its words."""

from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from muster.run.judge import judge
from muster.store import models
from muster.web.accounts.models import Build, CaseFolder
from tests.web.site import Site

_PATH = "/cases/mirsal/"


def test_contradictions_come_with_both_quotes_and_where_they_stand(site: Site) -> None:
    page = site.client("reader").get(_PATH)
    html = page.content.decode()
    assert len(page.context["clashes"]) >= 5
    for clash in page.context["clashes"]:
        assert len(clash.said) == (2 if clash.disagreement.b else 1)
        for said in clash.said:
            assert f"?s={said.statement.id}#w-{said.statement.id}" in html


def test_deaths_that_one_origin_tells_of_come_with_whose_they_are(site: Site) -> None:
    page = site.client("reader").get(_PATH)
    rows = models.Incident.objects.using(site.case.alias).filter(dead_alone__isnull=False)
    assert page.context["n_deaths"] == rows.count() > 0
    assert all(each.origin and each.said for each in page.context["deaths"])
    numbers = [each.n for each in page.context["deaths"]]
    assert numbers == sorted(numbers, reverse=True)


def test_people_who_are_not_accounted_for_are_named(site: Site) -> None:
    found = site.client("reader").get(_PATH).context["unaccounted"]
    assert "Navid Khosrovar" in {each.name for each in found.people}
    assert found.total == len(found.people)


def test_how_much_is_judged_is_counted(site: Site) -> None:
    ids = list(models.Statement.objects.using(site.case.alias).values_list("id", flat=True)[:2])
    judge(site.case, "accept", ids[:1], decided_by="reviewer")
    judge(site.case, "reject", ids[1:], reason="misread", decided_by="reviewer")
    figures = site.client("reader").get(_PATH).context["figures"]
    assert figures.n_judged == 2
    assert figures.n_statements == figures.n_found - 1


def test_readers_see_that_something_was_judged_and_not_by_whom(site: Site) -> None:
    id_ = models.Statement.objects.using(site.case.alias).values_list("id", flat=True)[0]
    judge(site.case, "accept", [id_], decided_by="Amber Quill")
    assert "Amber Quill" in site.client("reviewer").get(_PATH).content.decode()
    page = site.client("reader").get(_PATH).content.decode()
    assert "Amber Quill" not in page
    assert "A reviewer" in page


def test_work_that_goes_on_is_shown_and_asked_for_again(site: Site) -> None:
    case = CaseFolder.objects.get(slug="mirsal")
    Build.objects.create(key="4f2a", case=case, n_files=3, asked_at=timezone.now())
    page = site.client("reader").get(_PATH).content.decode()
    assert 'hx-get="/cases/mirsal/documents/builds/4f2a/"' in page
    assert "htmx-2.min.js" in page
    part = site.client("reader").get("/cases/mirsal/documents/builds/4f2a/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()


def test_what_an_interrupted_build_left_undone_can_be_finished(site: Site) -> None:
    assert "Finish it" not in site.client("reviewer").get(_PATH).content.decode()
    models.Errand.objects.using(site.case.alias).create(paths='["/nowhere"]')
    assert "Finish it" in site.client("reviewer").get(_PATH).content.decode()
    assert "Finish it" not in site.client("reader").get(_PATH).content.decode()
    assert site.client("reviewer").post("/cases/mirsal/documents/finish/").status_code == 302
    assert Build.objects.get().n_files == 0


def test_an_empty_case_says_what_to_do(site: Site) -> None:
    site.client("owner").post("/cases/new/", {"name": "Flood road"})
    assert "Add the documents that you have" in site.client("owner").get("/cases/flood-road/").content.decode()


def test_the_overview_asks_as_many_queries_however_much_there_is(site: Site) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connections[site.case.alias]) as asked:
            site.client("reader").get(_PATH)
        return len(asked)

    before = queries()
    alias = site.case.alias
    for row in list(models.Person.objects.using(alias).all())[:20]:
        models.Person.objects.using(alias).filter(pk=row.pk).update(accounted_for=False, last_state="missing")
    for n, row in enumerate(list(models.Incident.objects.using(alias).all())):
        models.Incident.objects.using(alias).filter(pk=row.pk).update(dead_alone=n)
    assert queries() == before < 40
