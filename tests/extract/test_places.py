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


@pytest.mark.parametrize(
    ("text", "act", "place"),
    [
        ("Some boys ran out through the gate of the camp.", "escape", "the gate of the camp"),
        ("Soldiers beat people in their beds.", "ill_treat", "their beds"),
        ("The guards charged them in front of the prison.", "attack", "front of the prison"),
        ("Sailors fired at the centre on Oru Island.", "attack", "the centre on Oru Island"),
        ("Two men were taken back to their cells from the hospital in Narmul.", "transfer", "their cells"),
        ("He asked to visit the airport prison and was turned away.", "deny_access", "the airport prison"),
    ],
)  # fmt: skip
def test_a_place_is_told_by_more_than_in_and_at(extract: Extract, text: str, act: str, place: str) -> None:
    found = [s.place.words for s in extract(text).statements if s.act == act and s.place is not None]
    assert found == [place]


@pytest.mark.parametrize(
    ("text", "act", "place"),
    [
        ("Two aircraft bombed the village of Oru in the mountains of Sel on Wednesday.", "attack", "Oru"),
        ("58 people were forced into buses and taken to the desert site at Wadi Namir.", "transfer", "Wadi Namir"),
        ("Armed men in two white vans took five residents from the well in Tarmun.", "abduct", "Tarmun"),
        ("Women who had stayed in Tarmun were shot near Camp Mirsal.", "kill", "Camp Mirsal"),
    ],
)
def test_neither_a_means_nor_a_clause_beside_nor_what_lies_around_is_where(
    extract: Extract, text: str, act: str, place: str
) -> None:
    found = {s.place.name for s in extract(text).statements if s.act == act and s.place is not None}
    assert found == {place}


def test_the_town_of_the_hospital_is_not_where_others_were_shot(extract: Extract) -> None:
    found = extract(
        "One man was killed at Camp Mirsal on Monday.",
        "The dead man had a head injury and died on the way to hospital in Narmul. Another man was shot in the arm.",
    )
    (shot,) = [s for s in found.statements if s.content.startswith("Another")]
    assert shot.place is not None
    assert shot.place.name == "Camp Mirsal"


def test_a_paragraph_stays_where_its_last_sentence_was(extract: Extract) -> None:
    found = extract("On Thursday we sat down in front of the prison. The soldiers charged us with horses.")
    (charged,) = [s for s in found.statements if s.act == "attack"]
    assert charged.place is not None
    assert charged.place.words == "front of the prison"


def test_who_speaks_from_the_scene_speaks_of_it(extract: Extract) -> None:
    found = only(extract("A policeman at the base said rockets fell at five, killing two people."), "kill")
    assert found.place is not None
    assert found.place.words == "the base"


def test_whence_somebody_comes_is_not_the_scene_of_the_document(extract: Extract) -> None:
    found = only(extract("Nine patients from Oru were with us in winter.", "Two men were shot dead."), "kill")
    assert found.place is None


def test_where_people_were_taken_is_not_the_scene_however_often_it_is_named(extract: Extract) -> None:
    found = extract(
        "For ten days the ship lay at the quay of Oru.",
        "A man who wrote from a cell in Narmul says that soldiers fired live bullets.",
        "All of them were taken to the prison of Narmul.",
    )
    (fired,) = [s for s in found.statements if s.act == "attack"]
    assert fired.place is not None
    assert fired.place.name == "Oru"


def test_whose_weapon_it_was_is_not_where(extract: Extract) -> None:
    found = extract("Camp Mirsal was hit by an aircraft of a foreign State acting for the army.")
    assert {s.place.name for s in found.statements if s.place is not None} == {"Camp Mirsal"}


def test_a_place_of_another_day_is_not_carried_into_the_next_paragraph(extract: Extract) -> None:
    found = extract(
        "On 3 March 2017 gunmen shot two men in Tarmun.",
        "On 5 March 2017 gunmen shot four men at Camp Mirsal.",
        "On 3 March 2017 soldiers killed five women.",
    )
    last = found.statements[-1]
    assert last.place is not None
    assert last.place.name == "Tarmun"


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A strike hit a centre in the Tarmun suburb of Talvari late on Tuesday.", "Talvari", "place"),
        ("The ship lay at the quay of Oru for ten days.", "Oru", "place"),
        ("Inmates who had seized two wings of Talvari prison gave themselves up.", "Talvari prison", "place"),
        ("Yonas, a 24-year-old from Oru, was awake.", "Yonas", "person"),
        ("Mirsal Prison Watch believes that ten men were killed.", "Mirsal Prison Watch", "group"),
    ],
)
def test_what_stands_around_a_name_tells_what_it_names(extract: Extract, text: str, name: str, kind: str) -> None:
    kinds = {entity.name: entity.kind for entity in extract(text).entities}
    assert kinds.get(name) == kind


def test_the_name_of_an_island_without_its_noun_is_the_island(extract: Extract) -> None:
    found = extract("Soldiers shot a man on Oru Island.", "I call on the minister to shut Oru down.")
    (island,) = [e for e in found.entities if "Oru" in e.name]
    assert set(island.forms) == {"Oru Island", "Oru"}


def test_a_band_that_kills_is_no_place_and_a_bare_camp_no_name(extract: Extract) -> None:
    found = extract("Talva Harun fighters attacked Oru.", "The Camp was quiet. People of Camp 18 fled.")
    kinds = {e.name: e.kind for e in found.entities}
    assert kinds.get("Talva Harun", "group") == "group"
    assert "Camp" not in kinds
    assert kinds.get("Camp 18", "place") == "place"
