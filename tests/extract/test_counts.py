"""How many: parts of a toll, numbers alone, lists.  All names are invented."""

from collections.abc import Callable

import pytest

from muster.records import Extraction

Extract = Callable[..., Extraction]


def counts(found: Extraction) -> list[tuple[str, str, int]]:
    """Act, content and lowest number of every statement that has one, in order."""
    return [(s.act, s.content, s.count.low) for s in found.statements if s.count]


def test_parts_that_say_of_what_they_died_are_told_beside_the_whole(extract: Extract) -> None:
    found = counts(extract("Four of them died: two of kidney failure, one of pneumonia and one of hunger."))
    assert found == [
        ("die_other", "Four of them died", 4),
        ("die_other", "two of kidney failure", 2),
        ("die_other", "one of pneumonia", 1),
        ("die_other", "one of hunger", 1),
    ]


def test_a_part_in_a_place_of_its_own_is_told_too(extract: Extract) -> None:
    found = counts(extract("Soldiers shot dead 55 people that day, ten of them in the capital."))
    assert ("kill", "ten of them in the capital", 10) in found


def test_a_part_that_only_says_who_they_were_is_no_toll_of_its_own(extract: Extract) -> None:
    found = counts(extract("Gunmen shot dead 34 people, eight of them women."))
    assert [n for act, _, n in found if act == "kill"] == [34]


@pytest.mark.parametrize("question", ["Soldiers killed people there.", "Nobody knows how many people the army killed."])
def test_a_number_alone_takes_the_toll_spoken_of_above(extract: Extract, question: str) -> None:
    found = extract(question, "The hospital says four.")
    assert ("kill", "The hospital says four", 4) in counts(found)


def test_a_number_alone_without_a_toll_before_it_is_nothing(extract: Extract) -> None:
    assert counts(extract("The hospital says four.")) == []


@pytest.mark.parametrize("behind", ["", ", and the council says seven"])
def test_a_number_that_stands_beside_another_speech_has_its_own_words(extract: Extract, behind: str) -> None:
    found = extract(f"The government says that not one person died of it, the hospital says four{behind}.")
    four = next(s for s in found.statements if s.count and s.count.low == 4)
    assert [each.name for each in four.said_by] == ["the hospital"]
    assert four.content == "the hospital says four"


def test_a_participle_behind_a_number_ends_there(extract: Extract) -> None:
    found = extract("Five residents were killed and 23 wounded on the night of 22 October when rockets were fired.")
    assert ("injure", "23 wounded", 23) in counts(found)


def test_what_somebody_saw_is_told_with_who_saw_it(extract: Extract) -> None:
    found = extract("Rockets hit the camp.", "The team saw four bodies.")
    assert ("kill", "The team saw four bodies", 4) in counts(found)


def test_two_kinds_counted_in_one_clause_keep_their_own_words(extract: Extract) -> None:
    found = counts(extract("Rockets hit the camp.", "Its staff had counted four bodies and 17 wounded."))
    assert ("injure", "17 wounded", 17) in found
    assert [(act, n) for act, words, n in found if "four bodies" in words and "17" not in words] == [("kill", 4)]


def test_of_part_of_the_dead_the_part_is_told(extract: Extract) -> None:
    found = counts(extract("At least three of the eleven bodies bore gunshot wounds."))
    assert found == [("kill", "At least three of the eleven bodies", 3)]


def test_who_the_dead_were_is_no_toll(extract: Extract) -> None:
    assert counts(extract("Two of the eleven bodies were women.")) == []


@pytest.mark.parametrize(
    ("text", "act", "low"),
    [
        ("Some 1,200 people have fled to Tarmun.", "escape", 1200),
        ("About 200 people demonstrated at the gate.", "demonstrate", 200),
        ("There were no other deaths.", "kill", 0),
    ],
)
def test_how_many_took_part_and_that_there_were_none(extract: Extract, text: str, act: str, low: int) -> None:
    assert [(found_act, n) for found_act, _, n in counts(extract(text))] == [(act, low)]


@pytest.mark.parametrize(
    ("text", "act", "low", "high"),
    [
        ("The strike cost the lives of seven people.", "kill", 7, 7),
        ("Rebels killed a family of five on the road.", "kill", 5, 5),
        ("A group of 20 men was detained.", "detain", 20, 20),
        ("The ministry acknowledged the detention of 44 people.", "detain", 44, 44),
        ("The wounding of three guards started the riot.", "injure", 3, 3),
        ("Some 300 people were reported missing.", "disappear", 300, 300),
        ("Police listed 14 people as missing.", "disappear", 14, 14),
        ("The number of people known to have been killed in the raid rose to 34.", "kill", 34, 34),
        ("The council puts the number of men executed at 63.", "kill", 63, 63),
        ("The camp's population has fallen from 9,000 to 4,500.", "report_figure", 4500, 4500),
        ("The report documents 17 cases of enforced disappearance.", "disappear", 17, 17),
        ("The remains of 27 men have been identified.", "die_other", 27, 27),
        ("We buried eleven people the next day.", "die_other", 11, 11),
        ("She lost her mother and two sisters.", "die_other", 3, 3),
        ("There must be three thousand people inside.", "report_figure", 3000, 3000),
        ("About 81 people were still on board.", "report_figure", 81, 81),
        ("Police seized seven firearms.", "report_figure", 7, 7),
        ("Officials put the number of displaced at 70,000.", "displace", 70000, 70000),
        ("The militia said it had freed 35 hostages.", "release", 35, 35),
        ("Seven children have starved to death.", "die_other", 7, 7),
        ("The dead included four policemen, shot dead at the gate.", "kill", 4, 4),
        ("The number of people detained in the raids is now 212.", "detain", 212, 212),
        ("A deputy minister said that “between twelve and fifteen” had been shot dead.", "kill", 12, 15),
        ("At least 17 and possibly as many as 40 prisoners were killed.", "kill", 17, 40),
    ],
)
def test_a_number_is_found_where_the_words_put_it(
    extract: Extract, text: str, act: str, low: int, high: int | None
) -> None:
    found = [(s.act, s.count.low, s.count.high) for s in extract(text).statements if s.count]
    assert found == [(act, low, high)]


def test_what_costs_lives_is_nobody_who_claims_a_deed(extract: Extract) -> None:
    found = extract("The ministry said it cost the lives of seven people.")
    assert [s.act for s in found.statements] == ["kill"]
    assert found.statements[0].actor is None


def test_a_number_alone_goes_with_what_its_sentence_counts(extract: Extract) -> None:
    found = counts(extract("Ten people were killed. 81 people were still on board; the coastguard speaks of 77."))
    assert [n for act, _, n in found if act in ("kill", "die_other")] == [10]
