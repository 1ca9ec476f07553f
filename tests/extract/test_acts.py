"""Which act a wording names, who does it to whom, and what is told apart.  All names are invented."""

from collections.abc import Callable

import pytest

from muster.records import Extraction
from tests.extract.test_english import only

Extract = Callable[..., Extraction]


@pytest.mark.parametrize(
    ("text", "act", "actor", "target"),
    [
        ("Armed men took five villagers from the well.", "abduct", "Armed men", "five villagers"),
        ("Soldiers took a patient from his bed.", "detain", "Soldiers", "a patient"),
        ("His men had not taken anybody.", "abduct", "His men", "anybody"),
        ("The men were flown to Tarmun by the army.", "transfer", "the army", "The men"),
        ("Ninety families sailed for Sant Orel on Tuesday.", "transfer", None, "Ninety families"),
        ("Five left the village to look for work.", "escape", "Five", None),
        ("Nobody will be sent to the border by force.", "displace", None, "Nobody"),
        ("Brigadier Dorakhsh blames agitators from outside.", "accuse", "Brigadier Dorakhsh", "agitators"),
        ("The mayor called the raid a massacre.", "accuse", "The mayor", "the raid"),
        ("The soldiers sent back every lorry of flour.", "deny_access", "The soldiers", "every lorry of flour"),
        ("The battalion will not let us in.", "deny_access", "The battalion", None),
        ("Guns were pointed at several women.", "threaten", None, "Guns"),
        ("The Interior Secretariat must say who gave the order.", "appeal", None, "The Interior Secretariat"),
        ("Candlemark Rights called last week for observers to be given access.", "appeal", "Candlemark Rights", None),
        ("Gunmen of the militia helped to fire the rockets.", "attack", "Gunmen of the militia", None),
        ("An air strike on the camp near Mirsal", "attack", None, "the camp"),
        ("Guards threw tear gas into the corridors.", "attack", "Guards", "tear gas"),
        ("A guard had thrown a lit torch at the tents.", "attack", "A guard", "the tents"),
        ("The hospital in Mirsal treated 51 people that night.", "injure", None, "51 people"),
        ("Twelve of them were in a serious condition.", "injure", None, "Twelve of them"),
        ("No one was hurt.", "injure", None, "No one"),
        ("He had walked out through the hole in the wall.", "escape", "He", None),
        ("Two men were handed over to the prosecutor.", "transfer", None, "Two men"),
        ("The men were handed over to their families.", "release", None, "The men"),
        ("We could not call our mothers.", "deny_contact", "We", "our mothers"),
        ("For three days no doctor looked at it.", "deny_medical_care", "no doctor", "it"),
        ("No inmate was ill-treated.", "ill_treat", None, "No inmate"),
        ("Security forces retook the prison.", "attack", "Security forces", "the prison"),
        ("They were charged by men on horseback.", "attack", "men", "They"),
        ("A second bomb pierced the roof of the hangar.", "attack", None, None),
        ("Armed men turned back the only ambulance.", "deny_medical_care", "Armed men", "the only ambulance"),
        ("For 211 days no doctor has entered.", "deny_medical_care", "no doctor", None),
        ("The militia let 85 women and children leave.", "release", "The militia", "85 women and children"),
        ("The men were pulled out of their houses at night.", "abduct", None, "The men"),
        ("They took his cousin by mistake.", "abduct", "They", "his cousin"),
        ("Activists blamed cells of the group for the murders.", "kill", "cells of the group", None),
        ("Amal D., 31, ward 7, shot in the chest", "kill", None, "Amal D."),
        ("Whoever shelters them will be arrested.", "threaten", None, None),
        ("He was warned that he would be arrested if he spoke.", "threaten", None, "he"),
        ("The roof of the prison burned.", "damage_property", None, "The roof of the prison"),
        ("The men broke down the door.", "damage_property", "The men", "the door"),
        ("The crowd had gathered to protest against the law.", "demonstrate", "The crowd", None),
        ("Mortars were used against the town.", "attack", None, "the town"),
        ("He said that militias had shelled it.", "attack", "militias", "it"),
        ("The army launched the assault at dawn.", "attack", "The army", None),
        (
            "The council accused forces loyal to the mayor of carrying out the raid.",
            "accuse",
            "The council",
            "forces loyal to the mayor",
        ),
        ("At dawn the army moved in with bulldozers.", "attack", "the army", None),
        ("The bodies showed signs of torture.", "ill_treat", None, None),
        ("They took my husband.", "abduct", "They", "my husband"),
        ("He was last seen on 4 June at the checkpoint.", "disappear", None, "He"),
        ("The hospital was hit twice.", "attack", None, "The hospital"),
        ("Relatives were unable to contact their sons.", "deny_contact", None, "their sons"),
        ("Soldiers shot and killed a boy near the fence.", "kill", "Soldiers", "a boy"),
        ("The whereabouts of nine men are unknown.", "disappear", None, "The whereabouts of nine men"),
        ("The battalion came to Mirsal on Wednesday.", "attack", "The battalion", "Mirsal"),
        ("The authorities recaptured 62 people within two days.", "detain", "The authorities", "62 people"),
        ("The army recaptured the town.", "attack", "The army", "the town"),
        ("Up to 60 people remain unaccounted for.", "disappear", None, "Up to 60 people"),
        ("Three students have not been found.", "disappear", None, "Three students"),
        ("Two of the missing drivers were found shot.", "kill", None, "Two of the missing drivers"),
        ("Each of the women lost a son on that day.", "die_other", None, "a son"),
        ("Seven of them were struck by vehicles and killed in the dark.", "die_other", None, "Seven of them"),
        ("The brigadier shot himself two weeks later.", "die_other", "The brigadier", "himself"),
        ("He was given no food for two days.", "ill_treat", None, "He"),
        ("The girls were made to kneel in the yard for two hours.", "ill_treat", None, "The girls"),
        ("Two women were left with broken ribs.", "injure", None, "Two women"),
        ("The police charged us with horses and water cannon.", "attack", "The police", "us"),
        ("No member of the guard discharged his weapon.", "attack", "No member of the guard", "his weapon"),
        ("For ten days we were not permitted to see them.", "deny_contact", None, "we"),
        ("The town has been under a blockade since November.", "deny_access", None, "The town"),
        ("The council holds the battalion responsible for the deaths.", "accuse", "The council", "the battalion"),
        ("A bomb attack occurred near the market.", "attack", None, None),
        ("Two were shot and wounded.", "injure", None, "Two"),
        ("A boy was shot through the thigh.", "injure", None, "A boy"),
        ("Men and boys were taken off four buses at the bridge.", "abduct", None, "Men and boys"),
        ("Their villages were cleared by the army.", "displace", "the army", "Their villages"),
        ("Clashes broke out at the gate on Tuesday.", "attack", None, None),
    ],
)
def test_a_wording_names_an_act_with_its_parties(
    extract: Extract, text: str, act: str, actor: str | None, target: str | None
) -> None:
    found = only(extract(text), act)
    assert (found.actor.words if found.actor else None) == actor
    if target is not None:
        assert found.target is not None
        assert found.target.words == target


def test_what_befalls_no_inmate_is_denied(extract: Extract) -> None:
    assert only(extract("No inmate was ill-treated."), "ill_treat").polarity == "denied"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The inspectors brought the guards to justice.", "transfer"),
        ("Nobody agrees on how many there were.", "agree"),
        ("Whoever fired these rockets will answer for it.", "attack"),
        ("The strikers went on striking the drum.", "demonstrate"),
        ("The town could take several of the captives.", "abduct"),
        ("A gas bottle exploded in the kitchen.", "damage_property"),
        ("The line is dead.", "kill"),
        ("Two were shot and wounded.", "kill"),
        ("He asked me.", "appeal"),
        ("Police battle crime and terrorism.", "attack"),
        ("They launched a civic campaign.", "attack"),
        ("Patrols were sent to the border.", "transfer"),
        ("I drove to Tarmun on Friday.", "transfer"),
        ("Seventeen people were pulled from the rubble.", "abduct"),
        ("They found the remains of 14 rockets.", "die_other"),
        ("Water ran out of the tank, and time ran out.", "escape"),
        ("The mayor stood in front of the men.", "demonstrate"),
    ],
)
def test_words_that_mean_something_else_name_no_act(extract: Extract, text: str, act: str) -> None:
    assert act not in {s.act for s in extract(text).statements}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Two passengers died during the crossing.", "die_other"),
        ("Two persons died because a gas bottle exploded in a kitchen.", "die_other"),
        ("Nobody in the village has died for lack of treatment.", "die_other"),
        ("Idris Malwani had died of his wounds.", "kill"),
    ],
)
def test_a_death_is_a_killing_only_where_violence_is_told(extract: Extract, text: str, act: str) -> None:
    assert {s.act for s in extract(text).statements} & {"kill", "die_other"} == {act}


def test_violence_elsewhere_in_the_document_makes_unexplained_deaths_killings(extract: Extract) -> None:
    found = extract("Rockets hit the camp at dawn.", "Five people died, the council said.")
    assert "kill" in {s.act for s in found.statements}


def test_a_passive_shared_by_two_verbs_befalls_each_subject(extract: Extract) -> None:
    found = extract("At least nine residents were shot dead and others hurt.")
    assert [s.target.words for s in found.statements if s.act == "injure" and s.target] == ["others"]


def test_a_verb_in_a_list_keeps_the_subject_of_the_first(extract: Extract) -> None:
    found = extract("Thirty-six men were taken hostage and beaten.")
    assert {s.act for s in found.statements} == {"abduct", "ill_treat"}
    assert {s.count.low for s in found.statements if s.count} == {36}


@pytest.mark.parametrize(
    ("text", "act", "actor"),
    [
        ("The Reed Front has staged several attacks on pipelines.", "attack", "The Reed Front"),
        ("Three pylons fell in an attack on the town carried out by armed men.", "attack", "armed men"),
        ("Colonel Dorakhsh ordered the assassination of Nasrin Talvari.", "kill", "Colonel Dorakhsh"),
        ("The Reed Front was behind the attack on the bank.", "attack", "The Reed Front"),
        ("Two officers took part in the murder of Nasrin Talvari.", "kill", "Two officers"),
        ("The teachers were killed last Friday by uniformed men.", "kill", "uniformed men"),
    ],
)
def test_who_does_a_deed_is_found_through_the_verb_over_its_noun(
    extract: Extract, text: str, act: str, actor: str
) -> None:
    found = only(extract(text), act)
    assert found.actor is not None
    assert found.actor.words == actor


def test_threats_are_made_against_somebody(extract: Extract) -> None:
    found = only(extract("Threats were made against the mayor of Tarmun."), "threaten")
    assert found.target is not None
    assert found.target.words.startswith("the mayor")


def test_those_held_hostage_were_abducted(extract: Extract) -> None:
    assert only(extract("Three nurses are being held hostage in the school."), "abduct").target is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Senator Laleh Orun Sabzvand was kidnapped on Monday.", "Laleh Orun Sabzvand"),
        ("They condemned the murder of Nasrin Talvari.", "Nasrin Talvari"),
        ("The police arrested Dr Karim Yusuf Talvari in Tarmun.", "Karim Yusuf Talvari"),
    ],
)
def test_a_persons_name_is_taken_whole(extract: Extract, text: str, name: str) -> None:
    assert (name, "person") in {(e.name, e.kind) for e in extract(text).entities}


@pytest.mark.parametrize(
    ("text", "act", "target"),
    [
        ("The bank was the target of the attack.", "attack", "The bank"),
        ("In Tarmun, a bomb exploded in front of the embassy.", "attack", "the embassy"),
        ("A bomb exploded outside the town hall of Oru.", "attack", "the town hall of Oru"),
        ("The rebels blew up several electricity poles with dynamite.", "attack", "several electricity poles"),
        ("They burned the mayor's office.", "damage_property", "the mayor's office"),
        ("The explosion hit two buses.", "attack", "two buses"),
        ("Soldiers shot dead ten residents of Tarmun.", "kill", "ten residents of Tarmun"),
        ("The guards beat unconscious three men.", "ill_treat", "three men"),
    ],
)
def test_what_was_struck_is_found_whatever_leads_to_it(extract: Extract, text: str, act: str, target: str) -> None:
    found = only(extract(text), act)
    assert found.target is not None
    assert found.target.words == target


def test_officers_who_are_charged_attack_nobody(extract: Extract) -> None:
    assert not {s.act for s in extract("Two officers are being charged with the murder.").statements} & {"attack"}


def test_an_abbreviation_of_a_translated_name_stands_for_it(extract: Extract) -> None:
    found = extract('Police blamed the "Harvest Unity Front of Oru" (FOUH). The FOUH denied it.').entities
    assert any({"FOUH", "Harvest Unity Front of Oru"} <= set(e.forms) for e in found)


@pytest.mark.parametrize(
    ("text", "act", "speaker", "modality"),
    [
        ("The ministry blamed the militia for the deaths of two guards.", "die_other", "ministry", "alleged"),
        ("The council holds the battalion responsible for the killing of two boys.", "kill", "council", "alleged"),
        ("He was charged with the murder of two guards.", "kill", None, "alleged"),
        ("Three men suspected of taking part in the attack at the gate were freed.", "attack", None, "alleged"),
        ("He was convicted of the murder of two guards.", "kill", None, "asserted"),
    ],
)
def test_a_deed_that_somebody_is_blamed_for_is_alleged_by_who_blames(
    extract: Extract, text: str, act: str, speaker: str | None, modality: str
) -> None:
    found = only(extract(text), act)
    assert found.modality == modality
    assert [speaker] if speaker else [each.name for each in found.said_by] == []


def test_who_is_no_longer_accused_is_not_accused(extract: Extract) -> None:
    assert only(extract("The teacher is no longer accused of the crime."), "accuse").polarity == "denied"


@pytest.mark.parametrize(
    ("text", "words", "low"),
    [
        ("On 22 March 118 detainees were moved to Tarmun.", "118 detainees", 118),
        ("On May 3 12 men were shot dead.", "12 men", 12),
        ("On 3 May 12 of them were shot dead.", "12 of them", 12),
        ("In March 2011 35 residents were killed.", "35 residents", 35),
        ("On Monday 14 young men were arrested by police.", "14 young men", 14),
        ("On 10 March 41 of the men were caned by guards.", "41 of the men", 41),
    ],
)
def test_a_date_at_the_start_takes_nothing_from_the_number_behind_it(
    extract: Extract, text: str, words: str, low: int
) -> None:
    (found,) = extract(text).statements
    assert found.target is not None
    assert found.target.words == words
    assert found.count is not None
    assert found.count.low == low
    assert found.when is not None


def test_two_verbs_of_one_deed_are_one_statement(extract: Extract) -> None:
    assert [s.content for s in extract("Seventeen lorries were looted and burned.").statements] == [
        "Seventeen lorries were looted and burned"
    ]


@pytest.mark.parametrize(
    ("text", "act", "said_by", "target"),
    [
        ("Rescuers found him dead.", "kill", "Rescuers", "him"),
        ("Rescuers found two men dead.", "kill", "Rescuers", "two men"),
        ("The ministry reported ten soldiers dead.", "kill", "The ministry", "ten soldiers"),
        ("Doctors pronounced Sami Vey dead.", "kill", None, "Sami Vey"),
        ("Soldiers found dead bodies.", "kill", None, "dead bodies"),
        ("Doctors treated 20 wounded people.", "injure", None, "20 wounded people"),
        ("Twenty people were treated for wounds by doctors.", "injure", None, "Twenty people"),
        ("Relatives saw him in custody.", "detain", None, "him"),
        ("The hospital listed six people as killed.", "kill", None, "six people"),
    ],
)
def test_who_finds_treats_or_tells_of_people_did_nothing_to_them(
    extract: Extract, text: str, act: str, said_by: str | None, target: str
) -> None:
    found = only(extract(text), act)
    assert found.actor is None
    assert found.target is not None
    assert found.target.words == target
    assert [w.words for w in found.said_by] == ([] if said_by is None else [said_by])


@pytest.mark.parametrize(
    ("text", "act"), [("A witness saw her in handcuffs.", "detain"), ("His family reported him missing.", "disappear")]
)
def test_him_is_not_whoever_it_is_done_by(extract: Extract, text: str, act: str) -> None:
    found = only(extract(text), act)
    assert found.target is not None
    assert found.target.words.casefold() in ("him", "her")
    assert found.target.name == found.target.words


def test_a_house_that_burned_is_nobody_hurt(extract: Extract) -> None:
    assert [s.act for s in extract("Neighbours found the house burned.").statements] == ["damage_property"]


def test_it_in_a_quotation_is_nobody_named_outside_it(extract: Extract) -> None:
    found = only(extract("The Oru Relief Union came. “The second time it dropped a bomb on us,” a man said."), "attack")
    assert found.actor is not None
    assert (found.actor.name, found.actor.entity) == ("it", None)
