"""Dates read again once it is known when their document is from."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.reconcile.dating import date_documents
from muster.reconcile.entities import reconcile_entities
from muster.reconcile.redating import redate
from muster.records import LocalEvent, Outline, When
from tests.reconcile.made import Story, happened, named, outlined


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


def test_a_month_alone_gets_the_last_year_that_it_can_have() -> None:
    assert again(When(edtf="XXXX-08", basis="stated", words="August"), "2014-07-02") == "2013-08"


def dated_between(weekdays: tuple[int, ...]) -> list[str]:
    """The dates given to a text of 8 January, beside like ones of 7 January 2011 (a Friday) and 2014 (a Tuesday)."""
    camp, town = named("place", "Camp Amal", id="p"), named("place", "Orel", id="q")
    pile = [outlined(str(y), camp, town, published_on=f"{y}-01-07") for y in (2011, 2014)]
    pile[0] = replace(pile[0], entities=(camp,))
    pile.append(replace(outlined("x", camp, town, published_on="XXXX-01-08"), weekdays=weekdays))
    entities = reconcile_entities(pile).entities
    return [d.on for d in date_documents(pile, entities).dated]


def test_a_year_in_which_both_weekdays_named_fit_is_the_likelier() -> None:
    assert dated_between(()) == []
    assert dated_between((4, 5)) == ["2011-01-08"]


def dated_by(*others: Outline, on: str, told: tuple[LocalEvent, ...] = ()) -> list[str]:
    """The date given to a text of a day without its year, beside others that name the same two places."""
    camp, town = named("place", "Camp Amal", id="p"), named("place", "Orel", id="q")
    pile = [replace(other, entities=(camp, town)) for other in others]
    pile.append(outlined("x", camp, town, published_on=on, events=told))
    return [d.on for d in date_documents(pile, reconcile_entities(pile).entities).dated if d.document_id == "d-x"]


def test_a_judgment_of_years_later_dates_the_dispatch_of_the_day_after_what_it_finds() -> None:
    court = outlined("court", published_on="2019-03-12", events=(happened("court", when="2011-10-17"),))
    assert dated_by(court, on="XXXX-10-18") == ["2011-10-18"]
    assert dated_by(court, on="XXXX-12-30") == []


def test_a_month_that_a_later_report_tells_of_dates_the_dispatch_of_that_month() -> None:
    report = outlined("report", published_on="2018-01-15", events=(happened("report", when="2017-11"),))
    assert dated_by(report, on="XXXX-11-22") == ["2017-11-22"]


def test_what_a_dispatch_of_february_tells_of_october_is_of_the_year_before() -> None:
    october = outlined("october", published_on="2017-10-25", events=(happened("october", when="2017-10-22"),))
    told = (happened("x", when="XXXX-10-22"),)
    assert dated_by(october, on="XXXX-02-19", told=told) == ["2018-02-19"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Wednesday", "2011-10-19"),
        ("yesterday", "2011-10-19"),
        ("since Tuesday", "2011-10-18"),
        ("In April", "2011-04"),
        ("since August", "2011-08"),
        ("3 November", "2010-11-03"),
    ],
)
def test_relative_dates_are_read_from_the_day_that_was_found(words: str, day: str) -> None:
    assert again(When(edtf="XXXX", basis="relative", words=words), "2011-10-20") == day


def test_last_september_stays_open_where_only_the_year_of_its_document_is_known() -> None:
    last_september = When(edtf="XXXX-09", basis="relative", words="last September")
    assert again(last_september, "2013") == "XXXX-09"
    assert again(last_september, "2013-02-27") == "2012-09"
    assert again(When(edtf="XXXX", basis="relative", words="last year"), "2013") == "2012"


def test_what_the_text_states_in_full_stays() -> None:
    assert again(When(edtf="2012-08-14", basis="stated", words="14 August 2012"), "2014-01-02") == "2012-08-14"


def test_a_reprint_without_a_date_is_of_the_day_of_the_text_that_it_was_taken_from() -> None:
    words = np.arange(1, 101, dtype="<u8")
    text = replace(outlined("a", published_on="2011-04-09"), word_runs=words.tobytes())
    others = [
        replace(outlined(f"o{n}", published_on=f"2012-05-{n % 28 + 1:02}"), word_runs=words[:20].tobytes())
        for n in range(99)
    ]
    reprint = replace(outlined("r", published_on="XXXX-04-11"), word_runs=words[30:].tobytes())
    (dated,) = date_documents([*others, reprint, text], ()).dated
    assert (dated.document_id, dated.on) == (reprint.document_id, "2011-04-11")


@given(st.permutations(range(8)))
def test_dates_do_not_depend_on_the_order_of_documents(order: list[int]) -> None:
    camp, town, hill = (named("place", name, id=name[:1]) for name in ("Camp Amal", "Orel", "Hill of Sarn"))
    dated = [outlined(f"k{n}", camp, (town, hill)[n % 2], published_on=f"{2009 + n}-01-0{n + 1}") for n in range(4)]
    undated = [outlined(f"u{n}", camp, (town, hill)[n % 2], published_on=f"XXXX-01-0{n + 2}") for n in range(4)]
    pile = [*dated, *undated]
    entities = reconcile_entities(pile).entities
    assert date_documents([pile[n] for n in order], entities) == date_documents(pile, entities)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.integers(1, 9), st.integers(0, 3)), max_size=14))
def test_what_an_earlier_run_found_changes_no_date(told: list[tuple[bool, int, int, int]]) -> None:
    places = [named("place", name, id=name[:1]) for name in ("Camp Amal", "Orel", "Hill of Sarn", "Narmul")]
    words = np.arange(1, 401, dtype="<u8")
    pile = []
    for n, (dated, a, day, b) in enumerate(told):
        on = f"{2009 + day % 4}-01-0{day}" if dated else f"XXXX-01-0{day}"
        text = words[100 * a + 10 * b : 100 * a + 10 * b + 60]
        made = outlined(f"{n}", places[a], *([places[b]] if a != b else []), published_on=on)
        pile.append(replace(made, word_runs=text.tobytes()))
    state = None
    for n in range(len(pile) + 1):
        entities = reconcile_entities(pile[:n]).entities
        state = date_documents(pile[:n], entities, state)
        assert state == date_documents(pile[:n], entities)
