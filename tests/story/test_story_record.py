"""From the documents of the invented place to its record: what is taken in, and that every word can be found."""

from collections.abc import Mapping

import pytest

from muster.records import Reading
from tests.story.story import Case, names_agree, number, truth


def test_everything_that_can_be_read_is_in_the_record_once(case: Case):
    stated = {row["doc"] for row in case.export["statements"]}
    assert stated == {row["doc"] for row in truth("documents")}
    assert [row for row in case.export["documents"] if row["doc"].startswith("forwarded/")] == []


def test_the_copy_byte_for_byte_is_one_document_that_came_in_twice(case: Case):
    twice = [row for row in case.export["documents"] if row["doc"] == "01-six-reported-dead.txt"]
    assert len({row["sha256"] for row in case.export["documents"]}) == len(case.export["documents"])
    assert len(twice) == 1


def test_what_cannot_be_read_is_refused_with_a_reason_and_stops_nothing(case: Case):
    assert case.build.returncode == 3, case.build.stderr
    refused = {row["name"].split("/")[0]: row for row in case.shown["rejects"]}
    assert set(refused) == {row["doc"] for row in truth("rejects")}
    assert all(row["code"] and row["message"] and row["hint"] for row in refused.values())
    assert {row["doc"]: refused[row["doc"]]["stage"] for row in truth("rejects")} == {
        row["doc"]: row["stage"] for row in truth("rejects")
    }


def test_the_record_passes_its_own_check(case: Case):
    assert case.check.returncode == 0, case.check.stdout + case.check.stderr


def test_every_quote_is_at_its_offsets_in_the_text_read_anew(case: Case, readings: Mapping[str, Reading]):
    assert case.export["statements"]
    for row in case.export["statements"]:
        assert readings[row["doc"]].text[row["start"] : row["end"]] == row["quote"], row["id"]
        assert row["content"] in row["quote"] or row["content"] in readings[row["doc"]].text, row["id"]


def test_dates_and_languages_are_read_from_the_documents(case: Case):
    """A wire whose dateline names no year gets none ("XXXX"); a table may have no date at all."""
    got = {row["doc"]: row for row in case.export["documents"]}
    wrong = []
    for row in truth("documents"):
        mine, table = got[row["doc"]], row["doc"].endswith((".csv", ".xlsx"))
        if mine["language"] != row["language"]:
            wrong.append((row["doc"], mine["language"]))
        if not table and mine["published"] not in (row["published"], f"XXXX{(row['published'] or '')[4:]}"):
            wrong.append((row["doc"], mine["published"]))
    assert wrong == []


@pytest.mark.parametrize("field", ["author", "outlet"])
def test_no_author_or_outlet_is_made_up(case: Case, field: str):
    got = {row["doc"]: row[field] for row in case.export["documents"]}
    claimed = [(row["doc"], got[row["doc"]], row[field]) for row in truth("documents") if got[row["doc"]]]
    assert claimed
    assert [each for each in claimed if not names_agree(each[2], each[1])] == []


@pytest.mark.parametrize(
    ("doc", "field"),
    [
        ("01", "outlet"),  # in brackets after the dateline
        ("03", "outlet"),  # the page's own data
        ("04", "author"),
        ("05", "author"),  # "By ...", and the file's properties
        ("06", "author"),  # an italic line under the title
        ("10", "author"),  # the signature of a letter
        ("11", "outlet"),  # Arabic, after the dateline
        ("13", "author"),
        ("14", "author"),  # the sender
        ("19", "outlet"),
        ("22", "author"),
        ("22", "outlet"),  # a line under the byline
        ("23", "author"),
        ("29", "outlet"),  # Persian, in brackets after the dateline
        ("33", "author"),
    ],
)
def test_credits_are_found(case: Case, doc: str, field: str):
    wanted = next(row for row in truth("documents") if number(row["doc"]) == doc)
    got = next(row for row in case.export["documents"] if number(row["doc"]) == doc)
    assert names_agree(wanted[field], got[field])


def test_boilerplate_says_nothing(case: Case):
    """The teasers, comments and share bars around the articles hold numbers of dead: none is a statement."""
    said = " ".join(row["quote"] for row in case.export["statements"])
    for words in ("ferry accident", "fifty dead", "march in the capital", "boats seized", "New bridge", "subscribed"):
        assert words not in said


def test_the_pasted_title_is_cut_out_and_listed(case: Case, readings: Mapping[str, Reading]):
    doc = "18-childrens-huts.txt"
    assert "fired from the brick kilns" in readings[doc].text
    assert [each.kind for each in readings[doc].problems] == ["pasted_title"]
    document = next(row for row in case.export["documents"] if row["doc"] == doc)
    listed = [row for row in case.shown["problems"] if document["sha256"].startswith(row["document_id"][2:])]
    assert [row["kind"] for row in listed] == ["pasted_title"]


def test_the_message_below_is_its_writers(case: Case):
    """In an e-mail, what stands in the quoted message is said by its writer, not by who answers it."""
    for id in ("14-s5", "14-s6", "14-s7"):
        assert case.found(id)["said_by"][0] == "Lucas Pellgrave", id
    assert "Lucas Pellgrave" not in case.found("14-s1")["said_by"]
