"""English prose to statements.  All names are invented."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from muster.extract.vocabulary import acts
from muster.records import Extraction, Statement
from muster.run.tasks import is_founded
from tests.extract.conftest import made_reading

Extract = Callable[..., Extraction]


def only(found: Extraction, act: str) -> Statement:
    """The one statement of an act."""
    of_act = [s for s in found.statements if s.act == act]
    assert len(of_act) == 1, [(s.act, s.content) for s in found.statements]
    return of_act[0]


@pytest.mark.parametrize("act", acts().codes)
def test_the_example_of_every_act_is_found(extract: Extract, act: str) -> None:
    found = extract(acts().table[act]["example"])
    assert act in {s.act for s in found.statements}


@pytest.mark.parametrize(
    ("text", "act", "speakers"),
    [
        ("Soldiers had shot ten people, a hospital official said.", "kill", ["A hospital official"]),
        ("According to the Mirsal Residents' Council, ten people were killed.", "kill", ["Mirsal Residents' Council"]),
        ("Ten people were killed, said Dr Mahin Orvandi.", "kill", ["Dr Mahin Orvandi"]),
        (
            "The Tebrask Wire quoted a hospital official as saying that soldiers had killed ten people.",
            "kill",
            ["Tebrask Wire", "a hospital official"],
        ),
        ("The claim of the militia that ten guards were killed could not be checked.", "kill", ["the militia"]),
        ("Ten people were killed.", "kill", []),
    ],
)
def test_speakers_stand_outermost_first(extract: Extract, text: str, act: str, speakers: list[str]) -> None:
    found = [w.name.casefold() for w in only(extract(text), act).said_by]
    assert len(found) == len(speakers)
    for name, wanted in zip(found, speakers, strict=True):
        assert set(wanted.casefold().split()) & set(name.split()) >= set(wanted.casefold().split()) - {"the", "a"}


def test_a_quotation_goes_on_until_it_closes(extract: Extract) -> None:
    found = extract(
        "“They came at four,” said Laleh Sabzvand, who lives there. “They killed two men. They burned the school.”"
    )
    assert [w.name for w in only(found, "kill").said_by] == ["Laleh Sabzvand"]
    assert [w.name for w in only(found, "damage_property").said_by] == ["Laleh Sabzvand"]


def test_a_pronoun_that_speaks_stands_for_the_one_who_spoke_before(extract: Extract) -> None:
    found = extract("Brigadier Qasim Dorakhsh denied the report. He said that seven soldiers had been wounded.")
    (speaker,) = only(found, "injure").said_by
    assert speaker.words == "He"
    assert speaker.name == "Brigadier Qasim Dorakhsh"


def test_two_acts_in_one_sentence_are_two_statements(extract: Extract) -> None:
    found = extract("The attack left 12 people dead and 30 injured.")
    killed, injured = only(found, "kill").count, only(found, "injure").count
    assert killed is not None
    assert injured is not None
    assert (killed.low, killed.of, injured.low, injured.of) == (12, "killed", 30, "injured")


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("At least 10 people", 10, None),
        ("More than 10 people", 11, None),
        ("Up to 10 people", 0, 10),
        ("10 or 12 people", 10, 12),
        ("Some 10 people", 10, 10),
        ("Dozens of people", 24, 99),
        ("Two guards and a cook", 3, 3),
        ("A teacher", 1, 1),
        ("Nobody", 0, 0),
    ],
)
def test_counts_are_ranges(extract: Extract, words: str, low: int, high: int | None) -> None:
    count = only(extract(f"{words} died in the raid on the camp."), "kill").count
    assert count is not None
    assert (count.low, count.high, count.of) == (low, high, "killed")


@pytest.mark.parametrize(
    ("text", "act", "polarity"),
    [
        ("Nobody was killed.", "kill", "denied"),
        ("The general denied that anybody had been killed.", "kill", "denied"),
        ("The army did not storm the camp.", "attack", "denied"),
        ("No resident was deported.", "displace", "denied"),
        ("Soldiers stormed the camp.", "attack", "affirmed"),
        ("Nobody was allowed to enter the camp.", "deny_access", "affirmed"),
    ],
)
def test_negation_and_denial_reach_their_clause_only(extract: Extract, text: str, act: str, polarity: str) -> None:
    assert only(extract(text), act).polarity == polarity


def test_what_a_denial_takes_for_granted_is_not_denied(extract: Extract) -> None:
    found = extract("The union denied that it had incited the men who gathered outside the gate.")
    assert {s.act: s.polarity for s in found.statements}.get("demonstrate") == "affirmed"


@pytest.mark.parametrize(
    ("text", "act", "modality"),
    [
        ("Ten people may have been killed.", "kill", "possible"),
        ("Ten people were allegedly killed.", "kill", "alleged"),
        ("The residents will be moved to the fort.", "transfer", "planned"),
        ("The judge ordered the police to release twelve detainees.", "release", "ordered"),
        ("The militia accused the guards of killing ten people.", "kill", "alleged"),
        ("Ten people were killed.", "kill", "asserted"),
    ],
)
def test_modality_is_as_firm_as_the_words(extract: Extract, text: str, act: str, modality: str) -> None:
    assert only(extract(text), act).modality == modality


@pytest.mark.parametrize(
    ("text", "act", "modality"),
    [
        ("Dozens feared dead in riot.", "kill", "possible"),
        ("Around 20 people are reported dead and dozens hurt.", "injure", "alleged"),
        ("More than 300 families are due to return to their village in May.", "return", "planned"),
        ("The mayor hoped to visit the camp.", "interview_or_visit", "planned"),
        ("A judge has ordered the release of 18 men.", "release", "ordered"),
        ("The union announced a march for tomorrow.", "demonstrate", "planned"),
        ("In May the agency had asked for the camp to be evacuated.", "transfer", "demanded"),
        ("Release everyone held in the camp!", "release", "demanded"),
        ("The army warned that it would start heavy air strikes on the camp.", "attack", "threatened"),
        ("He was warned that he would be arrested.", "detain", "threatened"),
        ("Doctors warned that hundreds would be killed.", "kill", "planned"),
        ("I think about twenty men were injured.", "injure", "possible"),
        ("The mission is alarmed by reports that soldiers shot ten men.", "kill", "alleged"),
        ("The ministry denies reports that soldiers shot ten men.", "kill", "asserted"),
        ("The army rejected claims that its guards had beaten prisoners.", "ill_treat", "asserted"),
        ("The mayor accused the general of having ordered the raid.", "attack", "alleged"),
    ],
)
def test_what_is_feared_ordered_or_only_reported_is_no_more_than_that(
    extract: Extract, text: str, act: str, modality: str
) -> None:
    assert {s.modality for s in extract(text).statements if s.act == act} == {modality}


@pytest.mark.parametrize(
    ("text", "act", "speaker"),
    [
        ("In the Commission's view the strike was most likely carried out by the army.", "attack", "Commission"),
        ("Talvari, the company which guards it, said that none of its staff had been hurt.", "injure", "Talvari"),
        ("The Republic of Oru demanded the release of Nasrin Talvari.", "release", "Republic of Oru"),
        ("In May the agency had asked for the camp to be evacuated.", "transfer", "the agency"),
    ],
)
def test_who_views_and_who_demands_speaks(extract: Extract, text: str, act: str, speaker: str) -> None:
    (found,) = [s for s in extract(text).statements if s.act == act]
    assert [words.name for words in found.said_by] == [speaker]


def test_a_body_that_goes_by_its_initials_is_shown_with_its_name(extract: Extract) -> None:
    found = extract("The Mission of Help to Oru (MHO) left.", "The MHO said that soldiers killed ten men.")
    (killed,) = [s for s in found.statements if s.act == "kill"]
    assert [words.name for words in killed.said_by] == ["Mission of Help to Oru (MHO)"]


def test_who_did_what_to_whom_where_and_when(extract: Extract) -> None:
    s = only(extract("Soldiers of the Hazmar Battalion attacked residents at Camp Mirsal on 14 March 2017."), "attack")
    assert s.actor is not None
    assert s.actor.name.startswith("Soldiers")
    assert s.target is not None
    assert s.target.words == "residents"
    assert s.place is not None
    assert s.place.name == "Camp Mirsal"
    assert s.when is not None
    assert (s.when.edtf, s.when.basis) == ("2017-03-14", "stated")


def test_a_relative_date_counts_from_the_document(extract: Extract) -> None:
    s = only(extract("Ten people were killed on Tuesday.", published_on="2017-03-15"), "kill")
    assert s.when is not None
    assert (s.when.edtf, s.when.basis, s.when.words) == ("2017-03-14", "relative", "on Tuesday"[3:])


def test_a_relative_date_without_anything_to_count_from_stays_open(extract: Extract) -> None:
    s = only(extract("Ten people were killed on Tuesday.", published_on=None), "kill")
    assert s.when is not None
    assert s.when.edtf == "XXXX"


def test_abbreviations_and_renamings_join_names(extract: Extract) -> None:
    found = extract(
        "The Observer Mission to Hazmar (OMH) visited New Dawn Village, formerly known as Camp Mirsal.",
        "OMH said that the guards had been polite. Camp Mirsal was quiet.",
    )
    forms = [set(e.forms) for e in found.entities]
    assert any({"Observer Mission to Hazmar", "OMH"} <= f for f in forms)
    assert any({"New Dawn Village", "Camp Mirsal"} <= f for f in forms)


def test_a_militia_that_says_its_men_did_it_claims_it(extract: Extract) -> None:
    found = extract("The leader of the Red Tide Brigades said on Monday that his men had attacked Camp Mirsal.")
    assert {"attack", "claim_responsibility"} <= {s.act for s in found.statements}


def test_a_headline_with_a_colon_has_a_speaker(extract: Extract) -> None:
    found = extract("Nothing else is known.", title="Commander: ten rebels killed at Camp Mirsal")
    assert [w.name for w in only(found, "kill").said_by] == ["Commander"]


def test_a_dateline_is_no_part_of_what_is_said(extract: Extract) -> None:
    s = only(extract("NARMUL, March 15 (Tebrask Wire) - Ten people were killed on Tuesday."), "kill")
    assert s.content == "Ten people were killed on Tuesday"
    assert s.when is not None
    assert s.when.edtf == "2017-03-14"


PARTS = st.sampled_from(
    [
        "Ten people were killed, a doctor said.",
        "“We shot nobody,” said the brigadier. “They shot us.”",
        "The council put the dead at nine; the ministry spoke of three.",
        "رشق السكان الجنود بالحجارة.",
        "No (un)closed “quotation, and 12 - 30 wounded",
        "\u202eright to left\u202c killed 5",
        "On 31 February 2011 at least many died…",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PARTS, min_size=1, max_size=4))
def test_every_quote_is_where_it_says(extract: Extract, paragraphs: list[str]) -> None:
    text = made_reading(*paragraphs).text
    found = extract(*paragraphs)
    assert all(is_founded(text, s) for s in found.statements)
    assert all(text[m.start : m.end] == m.words for m in found.mentions)
    assert found == extract(*paragraphs)
