"""Bodies that write of themselves by their own name, and who does things by speaking."""

from collections.abc import Callable

from muster.extract.letterheads import letterheads
from muster.records import Extraction

Extract = Callable[..., Extraction]


def _said(found: Extraction, act: str) -> list[list[str]]:
    return [[w.name for w in s.said_by] for s in found.statements if s.act == act]


def test_the_body_on_whose_paper_a_text_stands_is_its_writer(extract: Extract) -> None:
    found = extract(
        "COURT OF HUMAN RIGHTS OF THE COAST",
        "The Court notes that two men were killed in Tarmun on 3 May 2014.",
        "The Government submitted that nobody had been injured there.",
    )
    assert _said(found, "kill") == [[]]
    assert [by[-1] for by in _said(found, "injure")] == ["Government"]


def test_a_body_in_a_report_of_another_is_a_source(extract: Extract) -> None:
    found = extract("Two killed in Tarmun", "The Court found that two men were killed in Tarmun on 3 May 2014.")
    assert all(by for by in _said(found, "kill")[1:])


def test_a_sentence_is_no_letterhead() -> None:
    assert letterheads(["Ministry says four died", "The council met."]) == ()
    assert letterheads(["REPUBLIC OF ORU\nMINISTRY OF WORKS"]) == (frozenset({"ministry", "of", "works"}),)


def test_the_name_behind_a_description_is_the_speaker(extract: Extract) -> None:
    found = extract('"We do not bomb villages," its spokesman, Colonel Hadrin Vey, told state radio.')
    assert {w.name for s in found.statements for w in s.said_by} == {"Colonel Hadrin Vey"}


def test_they_are_never_one_person_and_nobody_is_spoken_of_again(extract: Extract) -> None:
    found = extract("Three girls escaped. One had a wound. They say that the others are being held in a camp.")
    assert [by[-1] for by in _said(found, "detain")] == ["Three girls"]
    found = extract("No group has claimed the raid. It said that two men were killed.")
    assert all("No group" not in by for by in _said(found, "kill"))


def test_who_asks_in_the_same_breath_is_not_quoted_as_asking(extract: Extract) -> None:
    found = extract("The mission said it had asked twice to see the fort.")
    assert _said(found, "appeal") == [["The mission"]]
    found = extract("The commander shouted that he would burn the huts if the men were not handed over.")
    assert _said(found, "threaten") in ([[]], [])
