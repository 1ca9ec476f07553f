"""Single statements of the invented place, each with an answer that must be exact."""

import pytest

from tests.story.story import Case, names_agree, statement, truth

MEANT = {row["id"]: row["refers_to"] for row in truth("speakers_resolved")}


@pytest.mark.parametrize(
    "id",
    [
        "01-s5",  # said
        "01-s7",  # put the number at
        "01-s9",  # she, in a quotation that runs on
        "01-s10",
        "03-s6",  # a quotation that runs on, no words between
        "03-s7",
        "06-s6",  # a nurse told me that a driver had told her
        "10-s3",  # a guard told my sister that he had heard an officer say
        "11-s2",  # Arabic
        "12-s3",  # the Post quoted an officer as saying
        "12-s4",
        "12-s6",  # he, after "spokesman X called"
        "14-s5",  # an e-mail, and somebody told its writer
        "20-s3",  # Persian
        "22-s7",  # she is the daughter of two sentences before
        "32-s7",  # an official told our lawyer that the captain had told him
        "33-s4",  # he added
    ],
)
def test_who_says_it(case: Case, id: str):
    """The whole chain, outermost first; where the speaker is a pronoun, the one who is meant."""
    wanted, got = statement(id)["said_by"], case.found(id)["said_by"]
    assert len(got) == len(wanted), got
    for n, (a, b) in enumerate(zip(wanted, got, strict=True)):
        meant = MEANT.get(id) if n == len(wanted) - 1 else None
        assert names_agree(meant or a, b), got


@pytest.mark.parametrize("id", ["03-s8", "04-s3", "07-s1", "08-s1", "17-s1", "19-s3", "24-s1", "26-s3", "33-s6"])
def test_the_author_says_it_himself(case: Case, id: str):
    assert case.found(id)["said_by"] == []


@pytest.mark.parametrize(
    "id",
    [
        "01-s5", "01-s6", "01-s7", "01-s11", "03-s6", "04-s1", "05-s4", "05-s5", "05-s9", "06-s2", "10-s1", "11-s2",
        "15-s2", "17-s6", "19-s5", "20-s2", "20-s4", "24-s1", "26-s3", "27-s11", "28-s8", "29-s2", "31-s2", "31-s6",
    ],
)  # fmt: skip
def test_how_many(case: Case, id: str):
    got = case.found(id)["count"]
    assert got
    assert {k: got[k] for k in ("low", "high", "of")} == statement(id)["count"]


@pytest.mark.parametrize(
    "id",
    [
        "01-s3",  # before dawn on Tuesday
        "05-s2",  # between 3 and 20 April
        "10-s1",  # Sunday 4 June, the year from the letter's date
        "14-s7",  # on Friday
        "19-s2",  # on Monday
        "20-s2",  # 30 Mehr, the year from the dateline
        "26-s2",  # yesterday, 13 January
        "28-s3",  # Arabic: Sunday evening
        "29-s2",  # since 20 Farvardin
        "30-s2",  # yesterday
        "31-s6",  # in March
        "33-s6",  # on 3 July
    ],
)
def test_when(case: Case, id: str):
    assert case.found(id)["date"] == statement(id)["date"]


@pytest.mark.parametrize(
    "id", ["01-s11", "03-s4", "06-s2", "10-s4", "11-s5", "12-s7", "13-s3", "22-s8", "25-s4", "28-s3", "32-s8", "33-s4"]
)
def test_what_is_denied(case: Case, id: str):
    assert case.found(id)["polarity"] == "denied"


@pytest.mark.parametrize(
    ("id", "modality"),
    [("05-s8", "ordered"), ("09-s1", "asserted"), ("10-s8", "planned"), ("17-s4", "threatened"), ("23-s9", "possible"),
     ("25-s6", "offered"), ("31-s4", "threatened"), ("33-s6", "planned")],
)  # fmt: skip
def test_how_it_is_meant(case: Case, id: str, modality: str):
    assert statement(id)["modality"] == modality
    assert case.found(id)["modality"] == modality


@pytest.mark.parametrize(
    "id", ["03-s2", "06-s8", "11-s8", "12-s8", "17-s2", "17-s3", "20-s6", "20-s8", "27-s8", "28-s1", "28-s4"]
)
def test_who_claims_and_who_denies(case: Case, id: str):
    assert names_agree(statement(id)["actor"], case.found(id)["actor"]) or statement(id)["actor"] == "We"


def test_every_row_of_the_victim_lists_is_one_death(case: Case):
    for doc, n in (("07-families-list.csv", 11), ("08-documented-deaths.xlsx", 9)):
        rows = [row for row in case.export["statements"] if row["doc"] == doc and row["act"] == "kill"]
        assert len(rows) == n
        assert {row["target"] for row in rows} == {
            row["target"] for row in truth("statements") if row["doc"] == doc and row["act"] == "kill"
        }


def test_most_of_what_is_said_is_found(case: Case):
    """A floor under the whole: of all statements of the truth, how many are found at all."""
    found = 0
    for row in truth("statements"):
        try:
            case.found(row["id"])
        except AssertionError:
            continue
        found += 1
    assert found / len(truth("statements")) >= 0.6
