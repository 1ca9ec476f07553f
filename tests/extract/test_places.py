"""Where things were.  All names are invented."""

from collections.abc import Callable

import pytest

from muster.records import Extraction
from tests.extract.test_english import only

Extract = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "act", "place"),
    [
        ("Ninety families sailed for Tarmun.", "transfer", "Tarmun"),
        ("Five men left the village to look for work.", "escape", "the village"),
        ("Soldiers shot ten people at the gate of the camp.", "kill", "the gate of the camp"),
    ],
)
def test_a_place_is_where_the_clause_says(extract: Extract, text: str, act: str, place: str) -> None:
    found = only(extract(text), act)
    assert found.place is not None
    assert found.place.words == place


def test_the_dead_whom_a_hospital_received_are_in_its_town(extract: Extract) -> None:
    found = only(extract("Officials at the hospital in Narmul said it had received ten bodies after the raid."), "kill")
    assert found.place is not None
    assert found.place.name == "Narmul"


def test_the_place_of_the_clause_beside_is_not_taken(extract: Extract) -> None:
    found = extract("Nine residents were shot dead before the others were moved to a prison in Narmul.")
    kill = only(found, "kill")
    assert kill.place is None or "Narmul" not in kill.place.name


def test_violence_without_a_place_takes_the_one_that_the_document_is_about(extract: Extract) -> None:
    found = extract("Camp Mirsal is shut.", "People at Camp Mirsal are afraid.", "Two men were shot dead.")
    kill = only(found, "kill")
    assert kill.place is not None
    assert kill.place.name == "Camp Mirsal"


def test_whence_somebody_came_is_not_where_it_was(extract: Extract) -> None:
    found = extract(
        "Rockets hit Camp Mirsal.", "Nine residents were injured when men brought from Belqara threw stones."
    )
    (hurt,) = [s for s in found.statements if s.act == "injure"]
    assert hurt.place is not None
    assert hurt.place.name == "Camp Mirsal"


def test_what_burned_is_not_where(extract: Extract) -> None:
    found = extract("Rockets hit Camp Mirsal and set fire to a row of huts.")
    (burned,) = [s for s in found.statements if s.act == "damage_property"]
    assert burned.place is not None
    assert burned.place.name == "Camp Mirsal"


def test_a_place_behind_a_participle_is_its_place(extract: Extract) -> None:
    found = extract("Nothing else was told.", title="Forensic office: 377 killed at Camp Mirsal")
    (killed,) = [s for s in found.statements if s.act == "kill"]
    assert killed.place is not None
    assert killed.place.name == "Camp Mirsal"


def test_a_feast_is_no_place(extract: Extract) -> None:
    found = only(extract("He died on Easter Sunday in the camp."), "die_other")
    assert found.place is not None
    assert found.place.words == "the camp"


def test_a_place_without_a_name_is_not_carried_into_the_next_paragraph(extract: Extract) -> None:
    found = extract("Soldiers shot a boy in the yard.", "On Tuesday gunmen killed two women.").statements
    assert [each.place and each.place.words for each in found] == ["the yard", None]


def test_the_last_place_before_a_deed_is_where_it_was(extract: Extract) -> None:
    text = "When the mayor went to Geneva, an aeroplane crashed near Camp Mirsal on Monday and four men were killed."
    found = only(extract(text), "kill")
    assert found.place is not None
    assert found.place.name == "Camp Mirsal"
