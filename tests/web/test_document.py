"""One document: its text with statements marked, the original, and a statement by hand."""

import re

from django.db import connections
from django.test.utils import CaptureQueriesContext

from muster.store import models
from muster.store.lookup import get_reading
from tests.web.site import Site


def _id(site: Site, name: str) -> str:
    return str(models.Document.objects.using(site.case.alias).get(name=name).id)


def _path(site: Site, name: str, rest: str = "") -> str:
    return f"/cases/mirsal/documents/{_id(site, name)}/{rest}"


def test_statements_are_marked_in_the_text_and_lead_to_their_cards(site: Site) -> None:
    page = site.client("reader").get(_path(site, "03-false-reports-corrected.html"))
    html = page.content.decode()
    for each in page.context["marked"]:
        assert f'id="w-{each.statement.id}" href="#{each.statement.id}"' in html
        assert f'id="{each.statement.id}"' in html
    assert 'class="said denies"' in html
    assert "<del><bdi>Home</bdi></del>" in html
    assert "navigation" in html


def test_the_text_that_is_shown_is_the_reading(site: Site) -> None:
    html = site.client("reader").get(_path(site, "02-deadly-dawn.txt")).content.decode()
    text = get_reading(site.case, _id(site, "02-deadly-dawn.txt")).text
    starts = {int(n) for n in re.findall(r'data-start="(\d+)"', html)}
    assert starts
    assert max(starts) < len(text)
    assert 0 in starts


def test_a_repair_stands_in_the_sentence_that_it_was_made_in(site: Site) -> None:
    html = site.client("reader").get(_path(site, "18-childrens-huts.txt")).content.decode()
    text = html[html.index("data-text") : html.index("<aside>")]
    sentence = text[text.index("Five residents") : text.index("Soldiers at the gate")]
    assert "<del><bdi>They aimed at the children&#x27;s huts</bdi></del>" in sentence
    assert "The title stands in the middle of a sentence" in sentence


def test_tables_are_shown_as_tables(site: Site) -> None:
    html = site.client("reader").get(_path(site, "07-families-list.csv")).content.decode()
    assert '<th scope="col" dir="auto">Village</th>' in html


def test_ties_are_shown_with_why(site: Site) -> None:
    html = site.client("reader").get(_path(site, "02-deadly-dawn.txt")).content.decode()
    assert "01-six-reported-dead.txt" in html
    assert "copied text" in html


def test_a_document_that_cannot_be_read_says_why(site: Site) -> None:
    html = site.client("reader").get(_path(site, "34-minutes-scan.pdf")).content.decode()
    assert "It cannot be opened" in html
    assert "There is no text to show." in html


def test_an_address_can_point_at_a_statement_or_a_place(site: Site) -> None:
    path = _path(site, "18-childrens-huts.txt")
    target = site.client("reader").get(path).context["marked"][0].statement.id
    assert site.client("reader").get(f"{path}?s={target}").context["target"] == target
    for query in ("?s=s-0", "?at=99999999", "?at=x", "?part=7", "?part=-1", "?at=164"):
        assert site.client("reader").get(path + query).status_code == 200, query


def test_what_a_document_holds_is_never_run(site: Site) -> None:
    id_ = _id(site, "01-six-reported-dead.txt")
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">"\' {{ 7|add:7 }}'
    models.Reading.objects.using(site.case.alias).filter(document=id_).update(title=hostile, outlet=hostile)
    models.Document.objects.using(site.case.alias).filter(id=id_).update(name=hostile)
    for path in (f"{id_}/", f"{id_}/original/", f"{id_}/add-statement/", "", "?words=script"):
        answer = site.client("reviewer").get(f"/cases/mirsal/documents/{path}")
        html = answer.content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_original_is_shown_as_text(site: Site) -> None:
    html = site.client("reviewer").get(_path(site, "03-false-reports-corrected.html", "original/")).content.decode()
    assert "&lt;!DOCTYPE html&gt;" in html
    assert (
        "It is no text"
        in site.client("reviewer").get(_path(site, "10-letter-to-the-mission.pdf", "original/")).content.decode()
    )


def test_the_original_is_handed_out_to_be_saved_and_never_shown(site: Site) -> None:
    answer = site.client("reviewer").get(_path(site, "03-false-reports-corrected.html", "download/"))
    document = models.Document.objects.using(site.case.alias).get(name="03-false-reports-corrected.html")
    assert len(b"".join(answer)) == document.n_bytes  # type: ignore[arg-type]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{document.id}.original"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_an_original_that_is_gone_is_said_to_be(site: Site) -> None:
    path = _path(site, "01-six-reported-dead.txt", "download/")
    for each in site.case.originals.rglob("*.txt"):
        each.unlink()
    answer = site.client("reviewer").get(path)
    assert answer.status_code == 400
    assert "no longer in the case" in answer.content.decode()


def test_a_statement_by_hand_is_added_and_shown(site: Site) -> None:
    path = _path(site, "01-six-reported-dead.txt", "add-statement/")
    start = get_reading(site.case, _id(site, "01-six-reported-dead.txt")).text.index("six bodies")
    form = site.client("reviewer").get(f"{path}?start={start}&end={start + 10}").context["form"]
    assert form.get("words") == "six bodies"
    typed = {
        "words": "six bodies",
        "start": start,
        "act": "die_other",
        "said_by": "Mahin Orvandi",
        "low": "6",
        "of": "killed",
    }
    answer = site.client("reviewer").post(path, typed)
    assert answer.status_code == 302
    page = site.client("reader").get(answer.headers["Location"])
    added = [each.statement for each in page.context["marked"] if each.statement.quote == "six bodies"]
    assert [(each.act, each.status, each.said_by[0].name) for each in added] == [
        ("die_other", "accepted", "Mahin Orvandi")
    ]


def test_what_was_typed_is_kept_where_something_is_wrong(site: Site) -> None:
    path = _path(site, "01-six-reported-dead.txt", "add-statement/")
    typed = {
        "words": "six bodies",
        "act": "kill",
        "actor": "Somebody of the <guard>",
        "date": "last week",
        "reason": "Seen.",
    }
    answer = site.client("reviewer").post(path, typed)
    assert answer.status_code == 400
    html = answer.content.decode()
    assert 'value="Somebody of the &lt;guard&gt;"' in html
    assert 'value="last week"' in html
    assert "This is no date" in html
    unknown = site.client("reviewer").post(path, {**typed, "act": "no_such_act", "date": ""})
    assert unknown.status_code == 400
    assert "no_such_act" in unknown.content.decode()


def test_a_document_asks_as_many_queries_however_much_is_said_in_it(site: Site) -> None:
    def queries(name: str) -> int:
        path = _path(site, name)
        with CaptureQueriesContext(connections[site.case.alias]) as asked:
            site.client("reader").get(path)
        return len(asked)

    assert queries("33-joy-on-the-quay.html") == queries("05-findings-on-the-operation.docx") < 15
