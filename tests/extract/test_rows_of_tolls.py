"""Tolls in a row, numbers without a verb, who the attackers were, and what the deaths came of."""

from collections.abc import Callable

import pytest

from muster.records import Extraction, Statement

Extract = Callable[..., Extraction]
RAID = "Soldiers killed nine people. "


def told(found: Extraction, act: str) -> list[tuple[str, int | None, int | None]]:
    return [(s.content, s.count and s.count.low, s.count and s.count.high) for s in found.statements if s.act == act]


def one(found: Extraction, act: str, content: str) -> Statement:
    (it,) = [s for s in found.statements if s.act == act and s.content == content]
    return it


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("They had spoken of four dead and scores of wounded.", ("four dead", 4, 4), ("scores of wounded", 40, 199)),
        ("Residents counted three dead and more than 50 hurt.", ("three dead", 3, 3), ("more than 50 hurt", 51, None)),
        ("Observers confirm 34 martyrs, 350 wounded at Mirsal.", ("34 martyrs", 34, 34), ("350 wounded", 350, 350)),
    ],
)  # fmt: skip
def test_each_toll_of_a_row_has_its_own_number_and_words(
    extract: Extract, text: str, dead: object, hurt: object
) -> None:
    found = extract(text)
    assert told(found, "kill") == [dead]
    assert told(found, "injure") == [hurt]


def test_a_verb_that_tells_of_the_whole_row_keeps_it(extract: Extract) -> None:
    found = extract("The attack left 12 people dead and 30 injured.")
    assert told(found, "kill") == [("The attack left 12 people dead", 12, 12)]


@pytest.mark.parametrize(
    ("text", "speaker", "content", "number"),
    [
        ("The residents say eleven, and the hospital six.", "the hospital", "the hospital six", 6),
        ("The council gave a toll of 377 when the ministry's was 288.", "the ministry", "the ministry's was 288", 288),
    ],
)
def test_who_gives_a_number_without_a_verb(
    extract: Extract, text: str, speaker: str, content: str, number: int
) -> None:
    it = one(extract(RAID + text), "kill", content)
    assert (it.count and it.count.low) == number
    assert [w.name.removeprefix("the ") for w in it.said_by] == [speaker.removeprefix("the ")]


def test_a_numbered_ward_gives_no_number(extract: Extract) -> None:
    found = extract(RAID + "The council said eleven, and ward 6 burned.")
    assert 6 not in [low for _, low, _ in told(found, "kill")]


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("The council insists that the attackers were soldiers.", "attack", "soldiers"),
        ("Their killers were men of the Red Tide.", "kill", "men of the Red Tide"),
        ("Officials said the killings were the work of militiamen.", "kill", "militiamen"),
        ("Nine people were killed by the security forces.", "kill", "the security forces"),
        ("Nine people were killed in an operation by soldiers at Camp Mirsal.", "kill", "soldiers"),
    ],
)
def test_who_did_it_is_told_by_more_than_the_verb(extract: Extract, text: str, act: str, actor: str) -> None:
    assert actor in {s.actor.words for s in extract(text).statements if s.act == act and s.actor}


def test_by_force_is_no_doer(extract: Extract) -> None:
    assert [s.actor for s in extract("Nine people were moved to the camp by force.").statements if s.actor] == []


def test_attackers_who_were_many_or_were_driven_there_are_no_party(extract: Extract) -> None:
    assert not told(extract("The attackers were 20."), "attack")
    assert not told(extract("The attackers were bussed in from Narmul."), "attack")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("A committee looking into the killings concluded that the troops had no part in them.", "kill"),
        ("The secretary said that the battalion had no hand in the attack.", "attack"),
        ("The secretary said that no soldier had entered.", "attack"),
    ],
)
def test_who_had_no_part_in_it_is_denied_to_have_done_it(extract: Extract, text: str, act: str) -> None:
    (it,) = [s for s in extract(text).statements if s.act == act and s.said_by]
    assert it.polarity == "denied"
    assert it.actor is not None


def test_what_the_deaths_came_of_is_told_without_a_doer(extract: Extract) -> None:
    it = one(extract(RAID + "The ministry said the deaths resulted from a quarrel."), "kill",
             "the deaths resulted from a quarrel")  # fmt: skip
    assert it.actor is None


def test_the_number_of_injured_as_eight_keeps_its_verb(extract: Extract) -> None:
    assert told(extract(RAID + "An earlier report gave the number of injured as eight."), "injure") == [
        ("gave the number of injured as eight", 8, 8)
    ]


def test_a_question_that_leaves_the_choice_gives_no_toll(extract: Extract) -> None:
    assert not told(extract("Counting the dead of Mirsal: three, 12 or 34?"), "kill")
    assert told(extract("Counting the dead of Mirsal: 34."), "kill") or told(extract("The dead: 34."), "die_other")


def test_their_dead_are_not_one_and_an_age_is_no_toll(extract: Extract) -> None:
    (dead,) = [
        s for s in extract("Officials said their dead had been hit by live rounds.").statements if s.act == "kill"
    ]
    assert dead.count is None
    assert 6 not in [s.count.low for s in extract("Boy of six among dead as rockets rain").statements if s.count]


def test_what_a_claim_claims_is_said_by_the_claimant(extract: Extract) -> None:
    found = extract("The claim of the ministry's mouthpiece Dorakhsh that nobody fired on us is a lie.")
    (denied,) = [s for s in found.statements if s.act == "attack"]
    assert denied.polarity == "denied"
    assert "mouthpiece" in denied.said_by[-1].name


def test_a_number_alone_behind_rockets_counts_rockets(extract: Extract) -> None:
    text = RAID + "Police found six rockets in the camp, while the residents speak of more than 80."
    assert ("the residents speak of more than 80", 81, None) in told(extract(text), "attack")
    assert 81 not in [low for _, low, _ in told(extract(text), "kill")]
