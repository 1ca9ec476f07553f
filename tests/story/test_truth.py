"""The truth about the invented place is sound in itself, and stands in the documents as they are read."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from tests.story.story import DOCUMENTS, EXAMPLES, one_line, statement, truth

ACTS = {
    *("attack", "kill", "injure", "die_other", "detain", "abduct", "disappear", "ill_treat", "deny_medical_care"),
    *("deny_contact", "deny_access", "displace", "transfer", "release", "escape", "return", "interview_or_visit"),
    *("demonstrate", "threaten", "offer", "appeal", "agree", "accuse", "claim_responsibility", "deny_responsibility"),
    *("designate", "damage_property", "report_figure"),
}
COUNTED = {"killed", "injured", "detained", "missing", "residents", "weapons", "other"}
MODALITIES = {"asserted", "alleged", "possible", "ordered", "demanded", "offered", "threatened", "planned"}
CONFLICTS = {"count", "date", "actor", "denial", "place", "weekday", "sum", "dateline"}
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\??")


def test_every_statement_stands_in_its_document(readings):
    missing = [
        row["id"] for row in truth("statements") if one_line(row["quote"]) not in one_line(readings[row["doc"]].text)
    ]
    assert missing == []


def test_statements_come_in_the_order_of_the_text(readings):
    for doc in (row["doc"] for row in truth("documents")):
        text = one_line(readings[doc].text)
        at = [text.find(one_line(row["quote"])) for row in truth("statements") if row["doc"] == doc]
        assert all(a <= b for a, b in pairwise(at)), doc


def test_what_is_said_stands_in_the_sentence():
    assert [row["id"] for row in truth("statements") if row["content"] not in row["quote"]] == []


def test_names_and_roles_are_words_of_the_document(readings):
    for row in truth("statements"):
        text = one_line(readings[row["doc"]].text).casefold()
        for words in [row["cue"], row["actor"], row["target"], row["place"], *row["said_by"]]:
            known = {row["said_by"][0]} if row["doc"].endswith(".eml") and row["said_by"] else set()
            assert not words or words in known or words.casefold() in text, (row["id"], words)


def test_aliases_are_words_of_some_document(readings):
    everything = "\n".join(
        one_line(" ".join(filter(None, [each.text, each.author, each.outlet, each.owner, each.site])))
        for each in readings.values()
    )
    missing = [form for row in truth("entities") for form in row["aliases"] if form not in everything]
    assert missing == []


def test_values_are_of_the_vocabulary():
    for row in truth("statements"):
        assert row["act"] in ACTS, row
        assert row["polarity"] in {"affirmed", "denied"}, row
        assert row["modality"] in MODALITIES, row
        assert row["date"] is None or all(DATE.fullmatch(end) for end in row["date"].split("/")), row
        if row["count"]:
            assert row["count"]["of"] in COUNTED, row
            assert row["count"]["high"] is None or 0 <= row["count"]["low"] <= row["count"]["high"], row


def test_ids_are_used_once_and_references_lead_somewhere():
    docs = {row["doc"] for row in truth("documents")}
    ids = Counter(row["id"] for row in truth("statements"))
    incidents = {row["id"] for row in truth("incidents")} | {None}
    assert max(ids.values()) == 1
    assert {row["doc"] for row in truth("statements")} == docs
    assert {row["incident"] for row in truth("statements")} == incidents
    assert {end for row in truth("contradictions") for end in (row["a"], row["b"])} <= set(ids) | {None}
    assert {end for row in truth("ties") for end in (row["a"], row["b"])} <= docs
    assert {row["copy_of"] for row in truth("documents")} <= docs | {None}
    assert {row["id"] for row in truth("speakers_resolved")} <= set(ids)


def test_no_form_of_a_name_stands_for_two_entities():
    forms = Counter(form for row in truth("entities") for form in row["aliases"])
    assert [form for form, n in forms.items() if n > 1] == []
    assert not set(forms) & {form for row in truth("homonyms") for form in row["forms"]}


@pytest.mark.parametrize("kind", sorted(CONFLICTS - {"date", "place"}))
def test_each_kind_of_contradiction_occurs(kind):
    assert any(row["kind"] == kind for row in truth("contradictions"))


def test_figures_that_contradict_do_not_overlap():
    for row in truth("contradictions"):
        if row["kind"] == "count":
            a, b = statement(row["a"])["count"], statement(row["b"])["count"]
            ends = [(c["low"], c["high"] if c["high"] is not None else 10**9) for c in (a, b)]
            assert ends[0][1] < ends[1][0] or ends[1][1] < ends[0][0], row


def test_tolls_span_what_the_statements_say():
    """Between nobody, or the lowest total, and the highest; parts of a toll are lower, so they do not count."""
    for incident in truth("incidents"):
        said = [
            row["count"]
            for row in truth("statements")
            if row["incident"] == incident["id"] and row["count"] and row["count"]["of"] == "killed"
        ]
        if incident["killed"]:
            assert incident["killed"]["low"] in {count["low"] for count in said}, incident["id"]
            assert incident["killed"]["high"] == max(count["high"] or count["low"] for count in said), incident["id"]


def test_every_file_is_either_read_or_refused():
    files = {path.name for path in DOCUMENTS.iterdir() if path.is_file()}
    assert files == {row["doc"] for row in truth("documents")} | {row["doc"] for row in truth("rejects")}


def test_the_pile_is_small_enough_to_carry():
    assert sum(path.stat().st_size for path in EXAMPLES.rglob("*") if path.is_file()) < 1_000_000


def test_all_formats_languages_and_sides_are_there():
    assert {row["doc"].rsplit(".", 1)[1] for row in truth("documents")} == {
        *("txt", "html", "eml", "pdf", "docx", "csv", "xlsx", "md")
    }
    languages = Counter(row["language"] for row in truth("documents"))
    assert languages["ar"] == 2
    assert languages["fa"] == 2
    assert len({row["outlet"] for row in truth("documents")}) >= 12
