"""What is told as having been, and what is only asked, wished or supposed.  All names are invented."""

from collections.abc import Callable

import pytest

from muster.records import Extraction

Extract = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Nobody is let inside to help rescue the prisoners.", "release"),
        ("There is no intention to have the prisoners released.", "release"),
        ("The leaders would have been arrested by now.", "detain"),
        ("They have an interest in keeping them behind bars.", "detain"),
        ("Were people killed in the village?", "kill"),
        ("A regime that shoots its children has no future.", "kill"),
        ("She asked where her grandson was being taken.", "appeal"),
        ("The front has fought for independence for two decades.", "attack"),
        ("We invited the general to the wedding.", "offer"),
        ("Nobody has claimed responsibility for the attack on the camp.", "attack"),
        ("The owners refused to take part in any attempt to help the miners.", "deny_access"),
        ("The prisoners must be moved to another fort.", "transfer"),
    ],
)
def test_what_is_asked_wished_or_supposed_is_not_told(extract: Extract, text: str, act: str) -> None:
    assert act not in {s.act for s in extract(text).statements}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The union urged the court to release the prisoners.", "release"),
        ("The colonel claimed that his men had attacked the camp.", "attack"),
        ("The guards refused to let observers into the camp.", "deny_access"),
        ("The prisoners have been moved to another fort.", "transfer"),
        ("Soldiers and villagers fought for two hours.", "attack"),
        ("The soldiers who shot the children were never tried.", "kill"),
        ("She was struck with a rifle butt.", "ill_treat"),
        ("The men were given electric shocks.", "ill_treat"),
        ("One of the prisoners lost an eye.", "injure"),
        ("The seven were rescued by special forces.", "release"),
        ("A bomb tore through the market in Narmul.", "attack"),
        ("The border guards did not let us cross.", "deny_access"),
        ("Troops have surrounded the camp.", "deny_access"),
    ],
)
def test_what_is_told_is_found_however_it_is_worded(extract: Extract, text: str, act: str) -> None:
    assert act in {s.act for s in extract(text).statements}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("It is time for the militia to leave Belqara.", "appeal"),
        ("There is urgent need for observers to be given access to the camp.", "appeal"),
        ("Many told of their brutal treatment at the hands of the guards.", "ill_treat"),
        ("They let the children go.", "release"),
        ("They took sixteen.", "abduct"),
        ("In 2008 the general had nine miners shot in Tarn.", "kill"),
        ("The shop burned. The fifth man died in captivity of pneumonia.", "die_other"),
    ],
)
def test_constructions_that_name_an_act_are_found(extract: Extract, text: str, act: str) -> None:
    assert act in {s.act for s in extract(text).statements}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The council, which spoke of ten dead, blamed the army.", "The council"),
        ("The mayor, who confirmed 12 deaths, left the town.", "The mayor"),
        ("The police, the bishop told the radio, had shot ten people.", "the bishop"),
    ],
)
def test_who_speaks_in_a_relative_clause_says_what_stands_in_it(extract: Extract, text: str, speaker: str) -> None:
    tolls = [s for s in extract(text).statements if s.count is not None]
    assert [[w.name for w in s.said_by] for s in tolls] == [[speaker]]


def test_a_relative_clause_of_speech_does_not_hold_the_sentence_around_it(extract: Extract) -> None:
    found = extract("The mayor, who confirmed 12 deaths, visited the camp on Monday.").statements
    assert [s.said_by for s in found if s.act == "interview_or_visit"] == [()]


def test_who_takes_hostages_is_the_actor_also_as_they(extract: Extract) -> None:
    found = extract("Two gunmen stormed the bank in Tarn. They took four hostages.").statements
    assert [s.actor and s.actor.name for s in found if s.act == "abduct"] == ["Two gunmen"]


def test_those_told_of_before_are_not_told_of_again(extract: Extract) -> None:
    found = extract("Rockets hit the camp and wounded nine. Two of the injured died overnight.")
    assert [s.content for s in found.statements if s.act == "injure"] == ["wounded nine"]


def test_one_who_is_somebodys_is_one(extract: Extract) -> None:
    found = extract("Her brother was arrested on 4 March, and her sister was among the injured.")
    assert {s.act: s.count and (s.count.low, s.count.high) for s in found.statements} == {
        "detain": (1, 1),
        "injure": (1, 1),
    }


def test_a_line_that_gives_somebodys_number_is_his(extract: Extract) -> None:
    found = extract(
        "Ten people were shot in the market.", "The clinic: 21 dead.", "The ministry: seven.", "Tarn: 3 dead."
    )
    told = [([w.name for w in s.said_by], s.count.low) for s in found.statements if s.count is not None]
    assert told == [([], 10), (["The clinic"], 21), (["The ministry"], 7), ([], 3)]
