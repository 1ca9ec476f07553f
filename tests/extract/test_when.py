"""When an act is said to have been, over a whole document.  All names are invented."""

from collections.abc import Callable

import pytest

from muster.records import Extraction, Statement

Extract = Callable[..., Extraction]


def told(found: Extraction, act: str, content: str = "") -> Statement:
    """The one statement of an act whose content holds these words."""
    chosen = [s for s in found.statements if s.act == act and content in s.content]
    assert len(chosen) == 1, [(s.act, s.content) for s in found.statements]
    return chosen[0]


def date_of(found: Extraction, act: str, content: str = "") -> str | None:
    """The date of that statement."""
    when = told(found, act, content).when
    return when.edtf if when else None


@pytest.mark.parametrize(
    ("text", "act", "date"),
    [
        ("Nine fishermen have been held in the fort since 4 March.", "detain", "2017-03-04/2017-03-15"),
        ("For 20 days no lorry has been allowed into the camp.", "deny_access", "2017-02-23/2017-03-15"),
    ],
)
def test_what_goes_on_is_of_all_the_days_until_the_text_was_written(
    extract: Extract, text: str, act: str, date: str
) -> None:
    found = extract("Soldiers shelled the village on 1 February.", text)
    assert date_of(found, act) == date


def test_a_date_that_tells_more_of_the_subject_does_not_date_the_verb(extract: Extract) -> None:
    text = "Nine prisoners seized in a raid on Tarn in February have been released by the army, a clerk said on Monday."
    assert date_of(extract(text), "release") == "2017-03-13"


def test_a_date_right_before_a_reporting_verb_is_when_somebody_spoke(extract: Extract) -> None:
    found = extract("The leader of an exiled union on Saturday accused agents of attacking a camp in Tarn.")
    assert date_of(found, "attack") is None


def test_since_then_counts_from_the_day_named_before(extract: Extract) -> None:
    found = extract("Four men were arrested on 6 March. Nobody has seen them since.")
    assert date_of(found, "disappear") == "2017-03-06/2017-03-15"


def test_what_goes_on_does_not_date_what_stands_beside_it(extract: Extract) -> None:
    found = extract("Soldiers raided the camp on 9 March.", "Six men have been held since 2 March. Two were beaten.")
    assert date_of(found, "ill_treat") == "2017-03-09"


def test_an_entry_of_a_chronology_is_of_the_date_that_it_opens_with(extract: Extract) -> None:
    found = extract(
        "2016", "14 May. Soldiers raid the harbour: two dead.", "2 June: Dole disappears.", published_on=None
    )
    assert date_of(found, "attack") == "2016-05-14"
    assert date_of(found, "disappear") == "2016-06-02"


def test_a_date_behind_an_event_noun_is_the_events(extract: Extract) -> None:
    found = extract("The office on Monday published a count of the deaths in the raid on two camps on 4 February.")
    assert date_of(found, "attack") == "2017-02-04"


def test_the_day_when_somebody_spoke_is_not_that_of_what_he_spoke_of(extract: Extract) -> None:
    found = extract(
        "Gunmen attacked the school on 2 March.", "The minister on Sunday offered an inquiry into the attack on Tarn."
    )
    assert date_of(found, "attack", "attack on Tarn") == "2017-03-02"


def test_a_date_without_its_verb_is_not_the_verbs(extract: Extract) -> None:
    found = extract(
        "Rockets hit the camp on 9 February, and five residents died on the spot. "
        "A sixth died at once, and a seventh on 12 February. The attack left eight dead."
    )
    assert date_of(found, "kill", "a seventh on 12 February") == "2017-02-12"
    assert date_of(found, "kill", "A sixth") == "2017-02-09"
    assert date_of(found, "kill", "eight dead") == "2017-02-09"


def test_counting_back_waits_for_the_year_of_the_document(extract: Extract) -> None:
    text = "Police and exiles fought on Wednesday, two days after soldiers stormed the camp."
    stormed = next(s for s in extract(text, published_on="XXXX-07-29").statements if "stormed" in s.content)
    assert stormed.when is not None
    assert stormed.when.edtf == "XXXX"
    assert stormed.when.words == "Wednesday, two days after"


def test_what_has_not_been_takes_no_date(extract: Extract) -> None:
    found = extract("Soldiers arrested a lawyer on 4 March.", "The union called on the army to release her.")
    assert told(found, "release").when is None
    found = extract("In August the guards threatened to burn the boats.", "Two men were killed.")
    assert told(found, "kill").when is None


def test_a_witness_goes_on_from_the_day_he_named(extract: Extract) -> None:
    found = extract("It was a Friday, the 10th of March, and I was at home.", "They beat my brother, and we fled.")
    assert date_of(found, "ill_treat") == "2017-03-10"


def test_a_text_without_a_date_has_its_year_from_the_dates_in_it(extract: Extract) -> None:
    found = extract(
        "She ran the clinic until soldiers burned the clinic down on 30 August.",
        "She spoke to us on 9 September 2010.",
        published_on=None,
    )
    assert date_of(found, "damage_property") == "2010-08-30"


def test_a_story_goes_forward_and_what_lies_behind_it_ends_with_its_paragraph(extract: Extract) -> None:
    found = extract(
        "Soldiers shelled the camp on 9 March.",
        "It was not the first time. On 2 February a rocket hit the school, wounding two teachers.",
        "The clinic counts nine dead.",
    )
    assert date_of(found, "injure") == "2017-02-02"
    assert date_of(found, "kill") == "2017-03-09"


def test_a_day_told_before_goes_before_one_behind(extract: Extract) -> None:
    found = extract(
        "On the evening of 9 March the camp held 600 people.",
        "A bomb struck the workshop. Nine prisoners were killed.",
        "The camp had already been shelled on 2 February.",
    )
    assert date_of(found, "kill") == "2017-03-09"


def test_a_visit_later_than_the_deed_does_not_date_it(extract: Extract) -> None:
    found = extract(
        "Soldiers shelled the camp on 4 March.",
        "A team had been to the camp on Thursday and had seen 28 bodies. Most of the dead had been shot.",
    )
    assert [s.when.edtf for s in found.statements if s.act == "kill" and s.when] == ["2017-03-04", "2017-03-04"]


def test_a_witness_goes_on_to_the_day_asked_about(extract: Extract) -> None:
    found = extract(
        "In January they kept me in a cell, and they beat us.",
        "You were there on 2 February?",
        "Yes. The guards came with sticks, and then they shot at us. I saw five dead.",
    )
    assert date_of(found, "attack") == "2017-02-02"


def test_that_night_is_of_the_day_told_and_not_of_the_day_when_somebody_spoke(extract: Extract) -> None:
    found = extract(
        "Soldiers entered Tarn on 6 March, a clerk said on Friday. That night they shelled the mosque.",
    )
    assert date_of(found, "attack", "mosque") == "2017-03-06"


def test_a_date_told_of_by_a_clause_is_the_clauses(extract: Extract) -> None:
    found = extract("Last Thursday, when guards beat two prisoners, the gate was shut.")
    assert date_of(found, "ill_treat") == "2017-03-09"


def test_the_day_of_what_somebody_suffered_is_not_that_of_the_burial(extract: Extract) -> None:
    found = extract("Nine victims of Sunday's raid were buried on Monday, while the number of those killed rose to 34.")
    assert {s.when.edtf for s in found.statements if s.act == "kill" and s.when} == {"2017-03-12"}


def test_a_date_between_commas_belongs_to_the_verb_behind_it(extract: Extract) -> None:
    found = extract("The agency had asked for help in May after an earlier raid, on 7 February, left two guards hurt.")
    assert date_of(found, "injure", "left two") == "2017-02-07"


def test_what_a_speaker_joins_of_now_and_of_then_has_two_days(extract: Extract) -> None:
    found = extract("Soldiers shelled Tarn on 6 March. One man has lost an eye and was flown to Oru on Wednesday.")
    assert date_of(found, "injure") == "2017-03-06"


def test_the_day_of_a_visit_is_not_that_of_what_was_seen(extract: Extract) -> None:
    found = extract("A team of the mission visited the camp on Monday.", "Four residents had been shot dead.")
    assert date_of(found, "kill") is None


def test_a_text_without_a_year_keeps_its_days_in_order(extract: Extract) -> None:
    found = extract(
        "On the night of 9 March, we stood on the hill. Guards threw gas into the ward.",
        "His brother was taken away, and has not been seen since 12 March.",
        published_on="XXXX-03-15",
    )
    assert date_of(found, "attack") == "XXXX-03-09"


def test_a_new_paragraph_goes_on_with_the_day_of_which_most_is_told(extract: Extract) -> None:
    found = extract(
        "Gunmen attacked a convoy on 4 March. On 4 March they also burned nine lorries.",
        "Mortar bombs killed a family on 9 March.",
        "Seventeen drivers were wounded.",
    )
    assert date_of(found, "injure") == "2017-03-04"


def test_what_is_done_by_writing_is_done_on_the_day_of_the_document(extract: Extract) -> None:
    assert date_of(extract("We demand that the prisoners be freed."), "appeal") == "2017-03-15"
    assert date_of(extract("I ask the government to release my brother."), "appeal") == "2017-03-15"
    assert date_of(extract("We asked the army to leave the camp."), "appeal") is None
    assert date_of(extract("The bishop asks the army to leave the camp."), "appeal") is None
