"""Protecting a name in the browser, and what may then be taken from there by whom."""

import io
import zipfile

import pytest
from django.test import Client

from muster.run.judge import judge
from muster.store import models
from muster.store.record import load_record
from tests.store import attacker
from tests.web.site import Site

CASE = "/cases/mirsal/"
WORDS = ("Adel", "Adil", "Hamruni", "Hamrouni", "عادل", "حمروني", "Zohra", "Zuhra")


def _id(site: Site, name: str) -> str:
    rows = models.Entity.objects.using(site.case.alias).filter(name=name)
    return str(rows.order_by("-n_documents", "id").values_list("id", flat=True)[0])


def _protect(site: Site, name: str = "Adel Hamruni", **data: str) -> None:
    path = f"{CASE}entities/{_id(site, name)}/protect/"
    answer = site.client("reviewer").post(path, {"reason": "his family is still there", **data})
    assert answer.status_code == 302


def _taken(client: Client, query: str = "") -> dict[str, bytes]:
    """All that can be taken, unpacked."""
    files = {"report.html": client.get(f"{CASE}export/report.html{query}").content}
    for kind in ("csv", "jsonl"):
        answer = client.get(f"{CASE}export/{kind}.zip{query}")
        assert answer.status_code == 200
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:  # type: ignore[attr-defined]
            files |= {name: archive.read(name) for name in archive.namelist()}
    return files


@pytest.mark.parametrize("who", ["reader", "reviewer", "owner"])
def test_whoever_takes_a_file_finds_no_name_in_it(site: Site, who: str) -> None:
    _protect(site)
    files = _taken(site.client(who))
    assert len(files) == 11
    assert attacker.words_found(files, WORDS) == set()
    assert attacker.words_found(_taken(site.client(who), "?only=accepted"), WORDS) == set()


def test_the_complete_copy_is_for_owners(site: Site) -> None:
    before = _taken(site.client("owner"))
    _protect(site)
    after = _taken(site.client("owner"), "?with=protected")
    assert sorted(before.values()) == sorted(after.values())
    for who, status in (("reader", 403), ("reviewer", 403), ("stranger", 302), ("outsider", 404)):
        for path in ("report.html", "csv.zip", "jsonl.zip"):
            assert site.client(who).get(f"{CASE}export/{path}?with=protected").status_code == status
    assert 'name="with"' in site.client("owner").get(f"{CASE}export/").content.decode()
    assert 'name="with"' not in site.client("reviewer").get(f"{CASE}export/").content.decode()


def test_a_page_says_that_a_name_is_protected_and_takes_it_back(site: Site) -> None:
    path = f"{CASE}entities/{_id(site, 'Adel Hamruni')}/"
    assert "Protect this name" in site.client("reviewer").get(path).content.decode()
    assert "Protect this name" not in site.client("reader").get(path).content.decode()
    _protect(site)
    for who in ("reader", "reviewer"):
        page = site.client(who).get(path).content.decode()
        assert "Not in reports and exports." in page
        assert "Adel Hamruni" in page
        assert "Protect this name" not in page
    assert '<span class="tag">protected</span>' in site.client("reader").get(f"{CASE}people/").content.decode()
    made = models.Judgement.objects.using(site.case.alias).get(kind="redact")
    site.client("reviewer").post(f"{CASE}judgements/{made.id}/take-back/", {"next": path})
    assert "Not in reports and exports." not in site.client("reviewer").get(path).content.decode()
    assert attacker.words_found(_taken(site.client("reader")), ["Hamruni"])


def test_what_is_typed_is_kept_where_a_reason_is_missing(site: Site) -> None:
    path = f"{CASE}entities/{_id(site, 'Adel Hamruni')}/protect/"
    answer = site.client("reviewer").post(path, {"reason": "", "also": "Abu Zohra\nthe Owl"})
    assert answer.status_code == 400
    assert "the Owl" in answer.content.decode()
    assert "This decision needs a reason." in answer.content.decode()
    _protect(site)
    assert site.client("reviewer").post(path, {"reason": "again"}).status_code == 409
    assert site.client("reader").post(path, {"reason": "mine"}).status_code == 403


def test_further_spellings_are_hidden_too(site: Site) -> None:
    _protect(site, also="Thorsvik\n\n the Owl ")
    assert attacker.words_found(_taken(site.client("reader")), ["Thorsvik"]) == set()


def test_what_is_left_is_shown_to_reviewers_and_not_to_readers(site: Site) -> None:
    _protect(site)
    page = site.client("reviewer").get(f"{CASE}export/protected/").content.decode()
    assert "in front of his own door" in page
    assert "[protected person 1]" in page
    assert site.client("reader").get(f"{CASE}export/protected/").status_code == 403
    choose = site.client("reviewer").get(f"{CASE}export/").content.decode()
    assert "1 name is protected and left out." in choose


def test_a_program_protects_as_a_person_does(site: Site) -> None:
    new = {"kind": "redact", "subjects": [_id(site, "Adel Hamruni")], "reason": "his family is still there"}
    for who, status in (("reader", 403), ("reviewer", 201)):
        header = {"HTTP_AUTHORIZATION": f"Bearer {site.tokens[who]}"}
        answer = Client().post("/api/cases/mirsal/judgements", new, content_type="application/json", **header)
        assert answer.status_code == status
    assert attacker.words_found(_taken(site.client("reader")), WORDS) == set()


def test_a_file_is_not_called_by_a_case_that_has_a_protected_name(site: Site) -> None:
    assert "mirsal-" in site.client("reader").get(f"{CASE}export/report.html").headers["Content-Disposition"]
    judge(site.case, "redact", [_id(site, "Camp Mirsal")], reason="to be left alone", decided_by="ana")
    files = _taken(site.client("reader"))
    assert attacker.words_found({**files, "names": "\n".join(files).encode()}, ["Mirsal", "مرسال"]) == set()
    assert "case-" in site.client("reader").get(f"{CASE}export/report.html").headers["Content-Disposition"]
    assert "[protected place 1]" in {each.name for each in load_record(site.case).entities}
