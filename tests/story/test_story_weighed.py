"""What is drawn from all documents together: names, incidents, dependence, contradiction."""

from itertools import combinations

import pytest

from tests.story.story import Case, alike, number, statement, truth


def _pairs(rows, a, b):
    return {frozenset((row[a], row[b])) for row in rows if row[b]}


def test_copies_under_other_headlines_are_found_and_no_others(case: Case):
    assert _pairs(case.export["documents"], "doc", "copy_of") == _pairs(truth("documents"), "doc", "copy_of")


def test_a_copy_is_held_to_be_of_the_earlier_text(case: Case):
    wanted = {row["doc"]: row["copy_of"] for row in truth("documents") if row["copy_of"]}
    assert {row["doc"]: row["copy_of"] for row in case.export["documents"] if row["copy_of"]} == wanted


@pytest.mark.parametrize("kind", ["copied", "author", "outlet", "owner"])
def test_documents_that_depend_on_each_other_are_tied(case: Case, kind: str):
    got = {frozenset((row["doc"], other)) for row in case.export["documents"] for other in row["depends_on"]}
    assert [row for row in truth("ties") if row["kind"] == kind and frozenset((row["a"], row["b"])) not in got] == []


def test_no_documents_are_tied_that_do_not_depend_on_each_other(case: Case):
    got = {frozenset((row["doc"], other)) for row in case.export["documents"] for other in row["depends_on"]}
    wanted = {frozenset((row["a"], row["b"])) for row in truth("ties") if row["kind"] != "family_name"}
    assert got - wanted == set()


def test_sides_that_do_not_depend_on_each_other_are_not_tied(case: Case):
    """The government's desk, the residents' office, the rights group, the militia and the mission stand alone."""
    tied = {row["doc"]: {number(other) for other in row["depends_on"]} for row in case.export["documents"]}
    by_number = {number(doc): others for doc, others in tied.items()}
    for a, b in combinations(["03", "04", "05", "17", "19", "24", "27"], 2):
        assert b not in by_number[a], (a, b)


def test_a_shared_family_name_is_a_caution_and_no_tie(case: Case):
    tied = {row["doc"]: set(row["depends_on"]) for row in case.export["documents"]}
    for row in truth("ties"):
        if row["kind"] == "family_name":
            assert row["b"] not in tied[row["a"]]
    assert "Edda Brauck" in case.report
    assert "Piet Brauck" in case.report
    assert "family name" in case.report


def test_the_renamed_camp_is_one_place(case: Case):
    (camp,) = case.entities_called("New Dawn Village")
    assert camp["type"] == "place"
    assert {"Camp Mirsal", "New Dawn Village"} <= {camp["name"], *camp["aliases"]}


@pytest.mark.parametrize(
    "form",
    ["RTB", "KMA", "GMS", "كتائب المد الأحمر", "گردان‌های مد سرخ"],
    ids=["RTB", "KMA", "GMS", "arabic", "persian"],
)
def test_the_brigades_go_by_many_names(case: Case, form: str):
    assert case.entities_called(form) == case.entities_called("Red Tide Brigades") != []


@pytest.mark.parametrize(
    "form",
    ["Ghiath al-Tarmouni", "Ghiath al-Tarmuni", "Giyath Tarmuni", "Giyath al-Tarmuni", "غياث الطرموني", "غیاث طرمونی"],
    ids=["Tarmouni", "Tarmuni", "no-article", "Giyath", "arabic", "persian"],
)
def test_the_commander_is_one_man_however_he_is_spelled(case: Case, form: str):
    assert case.entities_called(form) == case.entities_called("Ghiyath al-Tarmuni") != []


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Adel Hamruni", "Adil Hamrouni"),
        ("Rahim Sabzvand", "Raheem Sabzvand"),
        ("Mina Torabkhani", "Meena Torab-Khani"),
        ("Farid Galvani", "Fareed Galwani"),
        ("Layla Tashkuri", "Laila Tashkoori"),
        ("Hossein Varzandi", "Husayn Varzandi"),
        ("Omid Salkhori", "Omeed Salkhuri"),
        ("Samira Owladi", "Samira Aulady"),
    ],
)
def test_the_two_lists_of_the_dead_name_the_same_people(case: Case, a: str, b: str):
    assert case.entities_called(a) == case.entities_called(b) != []


def test_no_two_people_of_the_lists_are_made_one(case: Case):
    home = {}
    for row in truth("entities"):
        for form in row["aliases"]:
            home[form] = row["id"]
    for entity in case.export["entities"]:
        truly = {home[form] for form in [entity["name"], *entity["aliases"]] if form in home}
        assert len(truly) <= 1, entity


def test_two_men_of_one_name_stay_two(case: Case):
    assert len([row for row in case.export["entities"] if row["name"] == "Yusef Karmandi"]) >= 2


@pytest.mark.parametrize("id", ["I1", "I3", "I4", "I5"])
def test_the_toll_runs_from_the_lowest_to_the_highest_answer(case: Case, id: str):
    wanted = next(row for row in truth("incidents") if row["id"] == id)
    assert case.incident_of(id)["killed"] == wanted["killed"]


def test_incidents_are_kept_apart(case: Case):
    """Above all the two rocket attacks on one camp, four months apart."""
    found = {row["id"]: case.incident_of(row["id"])["id"] for row in truth("incidents")}
    assert len(set(found.values())) == len(found), found


@pytest.mark.parametrize("id", [row["id"] for row in truth("incidents")])
def test_an_incident_has_its_date(case: Case, id: str):
    wanted = next(row for row in truth("incidents") if row["id"] == id)
    got = case.incident_of(id)["date"]
    assert got
    assert got.split("/")[0] == wanted["date"].split("/")[0]


# ---- contradictions


@pytest.mark.parametrize("kind", ["weekday", "sum", "dateline"])
def test_a_statement_that_contradicts_itself_is_reported(case: Case, kind: str):
    wanted = {row["a"] for row in truth("contradictions") if row["kind"] == kind}
    said = {row["id"]: row for row in case.export["statements"]}
    got = [said[row["a"]] for row in case.export["disagreements"] if row["kind"] == kind]
    assert {row["doc"] for row in got} == {statement(id)["doc"] for id in wanted}
    for id in wanted:
        assert any(alike(row["quote"], statement(id)["quote"]) > 0.9 for row in got), id


def test_a_wrong_weekday_names_the_years_in_which_it_would_be_right(case: Case):
    (row,) = [row for row in case.export["disagreements"] if row["kind"] == "weekday"]
    assert "Tuesday" in row["why"]
    assert "2018" in row["why"]


@pytest.mark.parametrize(
    ("a", "b"),
    [("01-s11", "01-s7"), ("01-s5", "04-s3"), ("10-s4", "12-s3"), ("15-s3", "18-s2"), ("19-s3", "18-s2"),
     ("25-s4", "26-s3"), ("27-s3", "27-s6"), ("27-s7", "28-s3"), ("29-s2", "29-s3"), ("31-s2", "32-s1"),
     ("32-s7", "32-s8")],
)  # fmt: skip
def test_statements_that_cannot_both_hold_are_reported(case: Case, a: str, b: str):
    pair = {case.found(a)["id"], case.found(b)["id"]}
    assert any({row["a"], row["b"]} == pair for row in case.export["disagreements"])


def test_every_disagreement_says_why_and_leads_to_its_statements(case: Case):
    ids = {row["id"] for row in case.export["statements"]}
    for row in case.export["disagreements"]:
        assert row["why"]
        assert {row["a"], row["b"] or row["a"]} <= ids
