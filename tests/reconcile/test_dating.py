"""Dates read again once it is known when their document is from."""

from muster.reconcile import redate
from muster.records import When
from tests.reconcile.made import Story


def again(when: When, on: str) -> str | None:
    story = Story(published_on=None)
    story.say("Ten people were killed that day.", "kill", when=when)
    (moved,) = redate(story.extraction().statements, "en", on)
    return moved.when.edtf if moved.when else None


def test_that_day_of_a_day_without_its_year_gets_the_year_of_the_document() -> None:
    that_day = When(edtf="XXXX-08-14", basis="relative", words="that day")
    assert again(that_day, "2013-11-14") == "2013-08-14"
    assert again(that_day, "2014") == "2014-08-14"


def test_a_day_that_lies_after_its_document_was_the_year_before() -> None:
    two_days_later = When(edtf="XXXX-12-30", basis="relative", words="two days later")
    assert again(two_days_later, "2014-01-02") == "2013-12-30"


def test_what_the_text_states_in_full_stays() -> None:
    assert again(When(edtf="2012-08-14", basis="stated", words="14 August 2012"), "2014-01-02") == "2012-08-14"
