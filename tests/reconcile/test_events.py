"""The statements of one document, grouped by what they are about."""

from muster.reconcile.events import local_events
from muster.records import LocalEvent, When
from tests.reconcile.made import Story


def events(story: Story) -> dict[str, LocalEvent]:
    """Each statement's event."""
    return {
        statement: event
        for event in local_events(story.reading(), story.extraction())
        for statement in event.statement_ids
    }


def test_statements_without_a_date_go_with_the_event_around_them() -> None:
    story = Story()
    story.place("Camp Mirsal")
    dead = story.say(
        "Six people were killed at Camp Mirsal on 14 March.",
        "kill",
        when="2018-03-14",
        place="Camp Mirsal",
        count=(6, "killed"),
    )
    hurt = story.say("Forty were hurt.", "injure", count=(40, "injured"))
    blamed = story.say("The council blamed the battalion.", "accuse")
    asked = story.say("It asked for an inquiry.", "appeal", modality="demanded")
    found = events(story)
    assert found[dead] is found[hurt] is found[blamed] is found[asked]
    assert (found[dead].kind, found[dead].killed, found[dead].injured) == ("attack", (6, 6), (40, 40))
    assert found[dead].when is not None
    assert found[dead].when.edtf == "2018-03-14"


def test_a_look_back_at_a_similar_attack_is_another_event() -> None:
    story = Story()
    now = story.say("Three died when rockets fell on Sunday.", "kill", when="2018-06-17", count=(3, "killed"))
    then = story.say(
        "Six people were killed in a similar attack in February.", "kill", when="2018-02", count=(6, "killed")
    )
    after = story.say("About 3,000 people live in the camp.", "report_figure")
    found = events(story)
    assert found[now] is not found[then]
    assert found[after] is found[now]


def test_an_undated_look_back_is_another_event_too() -> None:
    story = Story()
    now = story.say("Three died when rockets fell.", "kill", count=(3, "killed"))
    then = story.say("A previous attack had killed six.", "kill", count=(6, "killed"))
    found = events(story)
    assert found[now] is not found[then]


def test_what_carries_on_about_a_look_back_stays_with_it() -> None:
    story = Story()
    now = story.say("Three died when rockets fell on Sunday.", "kill", when="2018-06-17", count=(3, "killed"))
    story.say("On 9 February rockets had hit the camp before.", "attack", when="2018-02-09")
    six = story.say("Six died.", "kill", count=(6, "killed"))
    found = events(story)
    assert found[six].when is not None
    assert found[six].when.edtf == "2018-02-09"
    assert found[six] is not found[now]


def test_an_attack_that_goes_on_next_day_is_one_event() -> None:
    story = Story()
    first = story.say("Police entered on 28 July.", "attack", when="2018-05-28")
    second = story.say("Fighting went on on 29 July.", "attack", when="2018-05-29")
    found = events(story)
    assert found[first] is found[second]
    assert found[first].when is not None
    assert found[first].when.edtf == "2018-05-28/2018-05-29"


def test_two_attacks_days_apart_are_two_events() -> None:
    story = Story()
    first = story.say("Police fired on 10 June.", "attack", when="2018-06-10")
    second = story.say("Police fired on 16 June.", "attack", when="2018-06-16")
    found = events(story)
    assert found[first] is not found[second]


def test_two_camps_on_one_day_are_two_events() -> None:
    story = Story()
    story.place("Camp Mirsal")
    story.place("Camp Bandlik")
    first = story.say(
        "Six died at Camp Mirsal on Monday.", "kill", when="2018-06-18", place="Camp Mirsal", count=(6, "killed")
    )
    second = story.say(
        "Two died at Camp Bandlik on Monday.", "kill", when="2018-06-18", place="Camp Bandlik", count=(2, "killed")
    )
    found = events(story)
    assert found[first] is not found[second]


def test_who_dies_of_wounds_later_dies_of_the_attack() -> None:
    story = Story()
    attack = story.say("Police fired on 10 June.", "attack", when="2018-06-10")
    later = story.say("A man died of his wounds on 16 June.", "kill", when="2018-06-16", count=(1, "killed"))
    seventh = story.say("A seventh resident died on 18 June.", "kill", when="2018-06-18", count=(1, "killed"))
    found = events(story)
    assert found[attack] is found[later] is found[seventh]
    assert found[attack].when is not None
    assert found[attack].when.edtf == "2018-06-10"


def test_what_is_done_to_people_afterwards_belongs_to_the_attack() -> None:
    story = Story()
    attack = story.say("Police raided the camp on 10 March, killing six.", "attack", when="2018-03-10")
    moved = story.say("In May the prisoners were moved.", "transfer", when="2018-05")
    freed = story.say("They were freed on 12 June.", "release", when="2018-06-12")
    found = events(story)
    assert found[attack] is found[moved] is found[freed]


def test_what_was_long_before_is_an_event_of_its_own() -> None:
    story = Story()
    attack = story.say("Rockets hit the camp on 10 June.", "attack", when="2018-06-10")
    before = story.say("Its people were moved there in 2012.", "transfer", when="2012")
    found = events(story)
    assert found[before] is not found[attack]
    assert found[before].kind == "movement"


def test_a_period_of_years_is_no_event() -> None:
    story = Story()
    story.say("Rockets hit the camp on 10 June.", "attack", when="2018-06-10")
    since = story.say("Since 2003 hundreds have died.", "kill", when="2003/2018", count=(200, "killed"))
    assert since not in events(story)


def test_what_is_far_from_any_event_belongs_to_none() -> None:
    story = Story()
    story.say("Rockets hit the camp on 10 June.", "attack", when="2018-06-10")
    for _ in range(5):
        story.paragraph()
        last = story.say("We ask the world to act.", "appeal", modality="demanded")
    assert last not in events(story)


def test_a_claim_belongs_to_the_attack_that_its_sentence_speaks_of() -> None:
    story = Story()
    now = story.say("Rockets hit the camp on 17 June.", "attack", when="2018-06-17")
    claim = story.say(
        "He also claimed the attack of 9 February, in which seven died.",
        "claim_responsibility",
        content="He also claimed the attack",
    )
    seven = story.say("", "kill", same=True, content="seven died", when="2018-02-09", count=(7, "killed"))
    found = events(story)
    assert found[claim] is found[seven]
    assert found[claim] is not found[now]


def test_a_claim_alone_tells_of_an_attack() -> None:
    story = Story()
    claim = story.say("The brigades claimed responsibility.", "claim_responsibility")
    assert events(story)[claim].kind == "attack"


def test_in_a_document_without_a_date_weekdays_make_one_event_and_a_date_another() -> None:
    story = Story(published_on=None)
    monday = story.say("His men fired on Monday.", "attack", when=When(edtf="XXXX", basis="relative", weekday=0))
    tuesday = story.say(
        "A man died on Tuesday.", "kill", when=When(edtf="XXXX", basis="relative", weekday=1), count=(1, "killed")
    )
    february = story.say("They had fired on 9 February.", "attack", when="XXXX-02-09")
    found = events(story)
    assert found[monday] is found[tuesday]
    assert found[february] is not found[monday]
    assert found[monday].yearless == ((monday, "XXXX-WXX-1"), (tuesday, "XXXX-WXX-2"))
    assert found[february].yearless == ((february, "XXXX-02-09"),)


def test_a_date_that_is_the_weekday_told_is_one_event_with_it() -> None:
    """8 April 2011 was a Friday."""
    story = Story(published_on=None)
    friday = story.say("Soldiers came on Friday.", "attack", when=When(edtf="XXXX", basis="relative", weekday=4))
    full = story.say("The raid of 8 April 2011 killed ten.", "kill", when="2011-04-08", count=(10, "killed"))
    found = events(story)
    assert found[friday] is found[full]


def test_demands_and_plans_found_no_event() -> None:
    story = Story()
    threat = story.say("They will strike again.", "attack", modality="threatened")
    assert threat not in events(story)


def test_an_event_is_at_the_site_of_its_acts_and_not_where_people_were_taken() -> None:
    story = Story()
    for name in ("Camp Mirsal", "Narmul prison", "Norway"):
        story.place(name)
    attack = story.say("Police stormed Camp Mirsal on Monday.", "attack", when="2018-06-18", place="Camp Mirsal")
    story.say("Forty are held in Narmul prison.", "detain", place="Narmul prison", count=(40, "detained"))
    story.say("The news reached Norway.", "accuse", place="Norway")
    event = events(story)[attack]
    assert event.place == story.entities["Camp Mirsal"].id


def test_where_no_sentence_says_the_place_it_is_the_site_that_the_document_speaks_of() -> None:
    story = Story()
    story.place("Camp Mirsal", n_mentions=5)
    dead = story.say("Six people were killed on Monday.", "kill", when="2018-06-18", count=(6, "killed"))
    assert events(story)[dead].place == story.entities["Camp Mirsal"].id


def test_numbers_of_victims_are_among_the_words_of_an_event() -> None:
    story = Story()
    dead = story.say("Six people were killed on Monday.", "kill", when="2018-06-18", count=(6, "killed"))
    assert {"6 killed", "people"} <= set(events(story)[dead].words)


def test_no_statement_is_in_two_events() -> None:
    story = Story()
    for month in range(1, 7):
        story.say("Rockets hit the camp.", "attack", when=f"2018-{month:02d}-10")
        story.say("People fled.", "displace")
    found = local_events(story.reading(), story.extraction())
    ids = [statement for event in found for statement in event.statement_ids]
    assert len(ids) == len(set(ids)) == 12


def floating(words: str, weekday: int | None = None) -> When:
    """A day that the document does not tell: "two days earlier", in a text without a date."""
    return When(edtf="XXXX", basis="relative", words=words, weekday=weekday)


def test_words_that_tell_no_day_and_a_day_are_one_event_unless_the_sentence_sets_them_apart() -> None:
    one = Story(published_on=None)
    shelled = one.say("His men shelled the camp this month.", "attack", when=floating("this month"))
    dead = one.say("Seven died in the attack of 9 February.", "kill", when="2018-02-09", count=(7, "killed"))
    found = events(one)
    assert found[shelled] is found[dead]
    two = Story(published_on=None)
    shelled = two.say("His men shelled the camp two days earlier.", "attack", when=floating("two days earlier"))
    dead = two.say("He also claimed the attack of 9 February, which killed seven.", "kill", when="2018-02-09")
    found = events(two)
    assert found[shelled] is not found[dead]


def test_two_days_earlier_than_a_monday_is_a_saturday() -> None:
    story = Story(published_on=None)
    quote = "A commander said on Monday that his men had shelled the camp two days earlier."
    said = story.say(quote, "claim_responsibility", when=floating("on Monday", 0))
    done = story.say(quote, "attack", when=floating("two days earlier"), same=True)
    found = events(story)
    event = found[done]
    assert event is found[said]
    assert event.when is not None
    assert event.when.weekday == 5


def test_words_about_an_attack_that_name_its_day_date_it() -> None:
    story = Story(published_on=None)
    quote = "Nobody is to blame for the missiles of 15 June."
    at = quote.index("15 June")
    blamed = story.say(quote, "accuse", when=When(edtf="2018-06-15", basis="stated", start=at, end=at + 7))
    dead = story.say("Two were killed on Friday.", "kill", when=floating("on Friday", 4), count=(2, "killed"))
    found = events(story)
    event = found[dead]
    assert event is found[blamed]
    assert event.when is not None
    assert event.when.edtf == "2018-06-15"


def test_a_year_dates_nothing_that_is_told_as_news() -> None:
    story = Story(published_on=None)
    news = story.say("Stones were thrown at the gate.", "attack")
    story.say("The brigades killed thousands in 2003.", "kill", when="2003")
    blamed = story.say("The council blamed the battalion.", "accuse")
    found = events(story)
    assert found[news] is found[blamed]
    assert found[news].when is None


def test_an_act_has_the_day_of_the_one_thing_dated_in_its_sentence() -> None:
    story = Story()
    quote = "Families who gathered at the gate on 7 January were met with stones."
    story.say(quote, "demonstrate", when="2018-01-07", content="gathered at the gate on 7 January")
    thrown = story.say(quote, "attack", same=True, content="met with stones")
    event = events(story)[thrown]
    assert event.when is not None
    assert event.when.edtf == "2018-01-07"


def test_where_people_are_taken_is_not_where_they_were_attacked() -> None:
    story = Story()
    story.place("Camp Mirsal", n_mentions=3)
    story.place("Bandlik")
    story.say("Gunmen came to Camp Mirsal.", "interview_or_visit", place="Camp Mirsal")
    gone = story.say("Seven who vanished were flown to Bandlik.", "disappear", place="Bandlik", when="2018-06-17")
    assert events(story)[gone].place == story.entities["Camp Mirsal"].id


def test_a_date_that_stands_after_an_act_does_not_date_it() -> None:
    story = Story()
    dead = story.say("Four were killed.", "kill", when=When(edtf="2017-08", basis="inherited", start=90, end=96))
    assert events(story)[dead].when is None


def test_more_than_eighty_rockets_are_known_again_by_eighty() -> None:
    story = Story()
    fired = story.say("80 rockets fell.", "attack", count=(80, "weapons"))
    assert "80 weapons" in events(story)[fired].words


def test_a_document_that_opens_with_a_move_is_not_about_violence_long_past() -> None:
    story = Story()
    moved = story.say("412 people were moved by ferry on Tuesday.", "transfer", when="2018-06-12")
    died = story.say("Two died during the crossing.", "die_other", count=(2, "killed"))
    taken = story.say("Five men were abducted in June 2017.", "abduct", when="2017-06", count=(5, "detained"))
    found = events(story)
    assert found[moved] is found[died]
    assert found[moved] is not found[taken]


def test_a_release_three_months_after_a_raid_belongs_to_the_raid() -> None:
    story = Story()
    freed = story.say("36 men were let go on Tuesday.", "release", when="2018-06-12")
    raided = story.say("They were seized in a raid in April.", "attack", when="2018-04-02")
    assert events(story)[freed].statement_ids == events(story)[raided].statement_ids


def test_undated_acts_go_to_the_event_of_the_day_that_the_story_gives_them() -> None:
    story = Story()
    bomb = story.say("A bomb struck the workshop.", "attack", when=When(edtf="2018-07-02", basis="inherited"))
    killed = story.say(
        "Nine were killed.", "kill", when=When(edtf="2018-07-02", basis="inherited"), count=(9, "killed")
    )
    before = story.say("The camp had been shelled on 7 May.", "attack", when="2018-05-07")
    found = events(story)
    assert found[bomb] is found[killed]
    assert found[before] is not found[bomb]
