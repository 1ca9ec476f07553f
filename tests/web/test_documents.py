"""The lists of documents, of what was refused, and of what one must know."""

from django.db import connections
from django.test.utils import CaptureQueriesContext

from muster.store import models
from tests.web.site import Site

_LIST = "/cases/mirsal/documents/"


def _names(site: Site, query: str) -> list[str]:
    return [each.name for each in site.client("reader").get(_LIST + query).context["documents"]]


def test_every_document_is_listed_with_how_far_it_has_come(site: Site) -> None:
    page = site.client("reader").get(_LIST)
    listed = {each.name: each for each in page.context["documents"]}
    assert len(listed) == models.Document.objects.using(site.case.alias).count() == 34
    assert listed["01-six-reported-dead.txt"].state == "extracted"
    assert listed["34-minutes-scan.pdf"].state == "refused"
    assert "It cannot be opened" in page.content.decode()
    assert page.context["states"][""] == sum(n for state, n in page.context["states"].items() if state)


def test_the_list_is_narrowed_and_ordered(site: Site) -> None:
    assert _names(site, "?state=refused") == ["34-minutes-scan.pdf"]
    assert set(_names(site, "?language=fa")) == {"20-different-tolls.txt", "29-twelfth-day.txt"}
    assert "04-night-of-14-march.html" in _names(site, "?words=voice+mirsal")
    assert _names(site, "?words=no-such-word-anywhere") == []
    by_date = site.client("reader").get(_LIST + "?order=published").context["documents"]
    dates = [each.published_on for each in by_date if each.published_on]
    assert dates == sorted(dates, reverse=True)
    assert set(_names(site, "?order=added")) == set(_names(site, "?order=statements")) == set(_names(site, ""))


def test_nonsense_in_the_address_is_no_error(site: Site) -> None:
    for query in ("?page=0", "?page=x", "?page=99999999999", "?state=x", "?order=x", "?language='", "?words=%25"):
        assert site.client("reader").get(_LIST + query).status_code == 200, query


def test_what_was_refused_is_listed_with_why_and_what_to_do(site: Site) -> None:
    page = site.client("reader").get(_LIST + "refused/").content.decode()
    assert "It is a recording." in page
    assert "Write down what is said in it." in page
    assert "as bombs do" in page


def test_what_one_must_know_is_listed_with_where_it_is(site: Site) -> None:
    page = site.client("reader").get(_LIST + "problems/").content.decode()
    assert "title pasted into the text" in page
    assert "dated by other documents" in page


def test_readers_see_no_door_that_is_closed_to_them(site: Site) -> None:
    assert "Add documents" not in site.client("reader").get(_LIST).content.decode()
    assert "Add documents" in site.client("reviewer").get(_LIST).content.decode()


def test_lists_ask_as_many_queries_however_many_documents_there_are(site: Site) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connections[site.case.alias]) as asked:
            site.client("reader").get(path)
        return len(asked)

    paths = [_LIST, _LIST + "?order=added&words=a", _LIST + "refused/", _LIST + "problems/"]
    before = [queries(path) for path in paths]
    _more(site)
    assert all(after <= most for after, most in zip([queries(path) for path in paths], before, strict=True))
    assert max(before) < 25


def _more(site: Site) -> None:
    """Give the case sixty documents more, with problems and refusals."""
    alias = site.case.alias
    for n in range(60):
        row = models.Document.objects.using(alias).create(
            id=f"d-{n:016x}", sha256=f"{n:064x}", name=f"more-{n}.txt", media_type="text/plain", n_bytes=9
        )
        models.Problem.objects.using(alias).create(document=row, kind="no_text", why="None.", words="")
        models.Reject.objects.using(alias).create(
            document=row, name=row.name, stage="read", code="empty", message="It is empty.", hint=""
        )
