"""Local events of many documents, and which are one incident."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.reconcile import weighings, weights
from muster.reconcile.bundles import Bundle
from muster.reconcile.entities import reconcile_entities
from muster.reconcile.incidents import reconcile_again, reconcile_incidents
from muster.reconcile.surroundings import Surroundings
from muster.reconcile.weights import Weighed
from muster.records import Incident, Judgement, LocalEvent, Outline, When
from tests.reconcile.made import happened, judged, named, outlined

_CAMP = named("place", "Camp Mirsal")


def found(outlines: Sequence[Outline], *judgements: Judgement) -> tuple[Incident, ...]:
    return reconcile_incidents(outlines, reconcile_entities(outlines).entities, judgements)


def at_camp(name: str, *events: LocalEvent, published_on: str | None = None) -> Outline:
    return outlined(name, _CAMP, events=events, published_on=published_on)


def attack(name: str, when: str | When | None, n: int = 0, **more: object) -> LocalEvent:
    return happened(name, n, when=when, place="e0", **more)  # type: ignore[arg-type]


def test_one_kind_of_act_at_one_place_on_one_day_is_one_incident() -> None:
    (incident,) = found([at_camp("a", attack("a", "2017-03-14")), at_camp("b", attack("b", "2017-03-14"))])
    assert incident.name == "Attack at Camp Mirsal, 14 March 2017"
    assert (incident.when, incident.place, incident.statement_ids) == ("2017-03-14", "Camp Mirsal", ("s-a0", "s-b0"))
    assert incident.reasons == ("the same kind of act, place and day",)


def test_five_attacks_on_one_camp_are_five_incidents() -> None:
    days = ["2013-02-09", "2013-06-15", "2013-09-01", "2013-12-26", "2015-10-29"]
    pile = [at_camp(f"{i}{copy}", attack(f"{i}{copy}", day, killed=6)) for i, day in enumerate(days) for copy in "ab"]
    assert sorted(incident.when or "" for incident in found(pile)) == days


def test_an_attack_that_goes_on_over_a_night_is_one_incident() -> None:
    (incident,) = found([at_camp("a", attack("a", "2017-03-14")), at_camp("b", attack("b", "2017-03-15", killed=34))])
    assert incident.when == "2017-03-14/2017-03-15"
    assert incident.name == "Attack at Camp Mirsal, 14–15 March 2017"


def test_two_places_on_one_day_are_two_incidents() -> None:
    pile = [
        outlined("a", named("place", "Camp Mirsal"), events=(attack("a", "2017-03-14"),)),
        outlined("b", named("place", "Camp Bandlik"), events=(attack("b", "2017-03-14"),)),
    ]
    assert len(found(pile)) == 2


def test_a_place_inside_another_is_no_second_place() -> None:
    inside = outlined("c", named("place", "Camp Mirsal"), named("place", "Narmul"), within=(("e0", "e1"),))
    pile = [
        outlined("a", named("place", "Camp Mirsal"), events=(attack("a", "2017-03-14"),)),
        outlined("b", named("place", "Narmul"), events=(attack("b", "2017-03-14"),)),
        inside,
    ]
    (incident,) = found(pile)
    assert "one place lies in the other" in incident.reasons[0]


def test_a_weekday_that_fits_another_year_brings_an_attack_to_that_year() -> None:
    """Friday, 7 January was in 2011 and not in 2010."""
    wrong = attack("b", When(edtf="2010-01-07", basis="stated", weekday=4))
    pile = [at_camp("a", attack("a", "2011-01-07"), published_on="2011-01-08"), at_camp("b", wrong)]
    (incident,) = found(pile)
    assert "the weekday given fits the other's year" in incident.reasons[0]


def test_a_wrong_date_does_not_split_an_incident_where_all_else_agrees() -> None:
    words = tuple(f"word{i}" for i in range(30))
    pile = [
        at_camp("a", attack("a", "2017-03-14", killed=34, words=words)),
        at_camp("b", attack("b", "2017-04-13", killed=34, words=words)),
        *(at_camp(f"x{i}", attack(f"x{i}", f"20{i + 10}-01-01", words=(f"other{i}", f"more{i}"))) for i in range(6)),
    ]
    incidents = found(pile)
    assert ("s-a0", "s-b0") in [incident.statement_ids for incident in incidents]


def test_a_wrong_date_splits_where_little_else_agrees() -> None:
    assert (
        len(
            found(
                [at_camp("a", attack("a", "2017-03-14", killed=34)), at_camp("b", attack("b", "2017-04-13", killed=2))]
            )
        )
        == 2
    )


def test_a_day_without_its_year_is_that_of_the_incident() -> None:
    event = attack("b", "XXXX-03-14", killed=11, yearless=(("s-b0", "XXXX-03-14"), ("s-b1", "XXXX-01-02")))
    (incident,) = found([at_camp("a", attack("a", "2017-03-14", killed=11)), at_camp("b", event)])
    assert incident.dates == (("s-b0", "2017-03-14"), ("s-b1", "2018-01-02"))


def test_a_weekday_alone_becomes_the_day_of_the_incident() -> None:
    """14 March 2017 was a Tuesday."""
    event = attack("b", When(edtf="XXXX", basis="relative", weekday=1), killed=11, yearless=(("s-b0", "XXXX-WXX-2"),))
    (incident,) = found([at_camp("a", attack("a", "2017-03-14", killed=11)), at_camp("b", event)])
    assert incident.dates == (("s-b0", "2017-03-14"),)


@pytest.mark.parametrize(
    ("told", "dates"),
    [
        (When(edtf="XXXX", basis="relative", weekday=1), (("s-b0", "2017-03-17"),)),
        (When(edtf="2017-03-14", basis="stated"), ()),
    ],
)
def test_a_weekday_is_of_the_week_after_unless_the_text_names_the_incident_by_its_date(
    told: When, dates: tuple[tuple[str, str], ...]
) -> None:
    """A Friday; 14 March 2017 was a Tuesday, and who writes "14 March" may write weeks later."""
    event = attack("b", told, killed=11, yearless=(("s-b0", "XXXX-WXX-5"),))
    (incident,) = found([at_camp("a", attack("a", "2017-03-14", killed=11)), at_camp("b", event)])
    assert incident.dates == dates


def test_an_undated_event_is_the_incident_just_before_its_document_came_out() -> None:
    pile = [
        at_camp("a", attack("a", "2017-10-22")),
        at_camp("b", attack("b", "2018-02-18")),
        at_camp("c", attack("c", None), published_on="2018-02-19"),
    ]
    assert ("s-b0", "s-c0") in [incident.statement_ids for incident in found(pile)]


def test_an_undated_event_that_fits_two_incidents_is_neither() -> None:
    pile = [
        at_camp("a", attack("a", "2017-10-22")),
        at_camp("b", attack("b", "2018-02-18")),
        at_camp("c", attack("c", None)),
    ]
    assert len(found(pile)) == 3


def test_nothing_is_told_before_it_happens() -> None:
    pile = [
        at_camp("a", attack("a", "2018-02-18", killed=7)),
        at_camp("b", attack("b", None, killed=7), published_on="2018-02-17"),
    ]
    assert len(found(pile)) == 2


def test_what_one_document_tells_apart_is_not_joined_by_little() -> None:
    both = at_camp("a", attack("a", "2017-10-22", 0), attack("a", None, 1), published_on="2017-10-24")
    assert len(found([both])) == 2


def test_a_detention_is_not_a_demonstration() -> None:
    pile = [
        at_camp("a", attack("a", "2017-03-14", kind="detention")),
        at_camp("b", attack("b", "2017-03-14", kind="demonstration")),
    ]
    assert len(found(pile)) == 2


def test_the_same_victims_make_one_incident_of_two_reports_without_a_place() -> None:
    victims = [named("person", "Adel Hamruni", id="e1"), named("person", "Zohra Hamruni", id="e1")]
    pile = [
        outlined(name, *victims, events=(happened(name, when=when, victims=("e0", "e1")),))
        for name, when in (("a", "2017-03-14"), ("b", "2017-03"))
    ]
    (incident,) = found(pile)
    assert "the same victims are named" in incident.reasons[0]


def test_what_a_person_holds_to_be_one_incident_is_one() -> None:
    pile = [at_camp("a", attack("a", "2017-03-14")), at_camp("b", attack("b", "2018-02-18"))]
    first, second = found(pile)
    assert len(found(pile, judged("same", first.id, second.id, reason="one witness"))) == 1
    (joined,) = found(pile, judged("same", "s-a0", "s-b0", reason="one witness"))
    assert joined.reasons == ("judged the same: one witness",)


def test_what_a_person_holds_to_be_two_incidents_is_two() -> None:
    pile = [at_camp("a", attack("a", "2017-03-14")), at_camp("b", attack("b", "2017-03-14"))]
    assert len(found(pile, judged("different", "v-a0", "v-b0"))) == 2


def test_an_incident_without_a_date_says_so() -> None:
    (incident,) = found([outlined("a", events=(happened("a"),))])
    assert incident.name == "Attack, date unknown"
    assert incident.when is None


_DAYS = ["2017-03-14", "2017-03-15", "2017-03", "2018-02-18", "XXXX-03-14", None]


@st.composite
def _outline(draw: st.DrawFn, name: str) -> Outline:
    events = tuple(
        happened(
            name,
            n,
            when=draw(st.sampled_from(_DAYS)),
            place=draw(st.sampled_from(["e0", "e1", None])),
            kind=draw(st.sampled_from(["attack", "attack", "detention"])),
            killed=draw(st.sampled_from([None, 6, 34])),
        )
        for n in range(draw(st.integers(1, 2)))
    )
    published = draw(st.sampled_from([None, "2017-03-16", "2018-02-19"]))
    return outlined(name, _CAMP, named("place", "Narmul"), events=events, published_on=published)


_pile = st.integers(1, 7).flatmap(lambda n: st.tuples(*(_outline(f"{i}") for i in range(n))))


@settings(max_examples=60, deadline=None)
@given(pile=_pile, seed=st.randoms(use_true_random=False))
def test_the_order_of_documents_is_nothing(pile: tuple[Outline, ...], seed: object) -> None:
    shuffled = list(pile)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert found(shuffled) == found(pile)


@settings(max_examples=40, deadline=None)
@given(pile=_pile)
def test_every_event_is_in_exactly_one_incident(pile: tuple[Outline, ...]) -> None:
    in_incidents = [event for incident in found(pile) for event in incident.event_ids]
    assert sorted(in_incidents) == sorted(event.id for outline in pile for event in outline.events)


def test_an_undated_report_that_names_the_same_few_people_finds_its_incident() -> None:
    chief, spokesman = named("person", "Idris Malwani"), named("person", "Samir Derwazi")
    pile = [
        outlined("a", _CAMP, chief, spokesman, events=(naming("a", "2018-02-09", "e1", "e2"),)),
        outlined("b", _CAMP, events=(attack("b", "2018-06-15"),)),
        outlined("c", _CAMP, chief, spokesman, events=(naming("c", None, "e1", "e2"),)),
    ]
    assert {incident.statement_ids for incident in found(pile)} == {("s-a0", "s-c0"), ("s-b0",)}


def naming(name: str, when: str | None, *parties: str) -> LocalEvent:
    return replace(attack(name, when), participants=parties)


def test_an_undated_attack_on_another_weekday_is_not_the_same() -> None:
    saturday = When(edtf="XXXX", basis="relative", weekday=5)
    pile = [at_camp("a", attack("a", "2018-06-13", killed=30)), at_camp("b", attack("b", saturday, killed=30))]
    assert len(found(pile)) == 2  # 13 June 2018 was a Wednesday


def test_what_was_placed_helps_to_place_the_next() -> None:
    pile = [
        outlined("a", _CAMP, events=(attack("a", "2018-08-16", killed=24),)),
        outlined("b", _CAMP, events=(attack("b", "2018-08-11"),)),
        outlined("c", _CAMP, events=(replace(attack("c", None, killed=24), words=("24 killed", "44 killed")),)),
        outlined("d", _CAMP, events=(attack("d", None, killed=44),)),
    ]
    assert ("s-a0", "s-c0", "s-d0") in {incident.statement_ids for incident in found(pile)}


def test_an_airport_lies_in_the_town_whose_name_it_bears() -> None:
    pile = [
        outlined("a", named("place", "Narmul Airport"), events=(attack("a", "2018-03-14"),)),
        outlined("b", named("place", "Narmul"), events=(attack("b", "2018-03-15", killed=30),)),
    ]
    assert len(found(pile)) == 1


def test_of_two_places_named_as_often_either_is_the_place() -> None:
    pile = [
        outlined("a", named("place", "Narmul"), events=(attack("a", "2018-06-15"),)),
        outlined("b", _CAMP, named("place", "Narmul"), events=(attack("b", "2018-06-15", killed=30),)),
        outlined("c", _CAMP, events=(attack("c", "2018-09-20"),)),
        outlined("d", _CAMP, events=(attack("d", None, killed=30),)),
    ]
    inside = outlined("e", _CAMP, named("place", "Narmul"), within=(("e0", "e1"),))
    assert ("s-a0", "s-b0", "s-d0") in {incident.statement_ids for incident in found([*pile, inside])}


def busy_town(n_days: int = 20) -> list[Outline]:
    """A town in which two or three attacks a day are told of, each with a number of its own."""
    days = [f"2018-05-{day:02}" for day in range(1, n_days + 1)]
    kinds = ("attack", "attack", "detention")
    return [
        at_camp(f"{day}{n}", attack(f"{day}{n}", day, killed=20 + 400 * n + 9 * int(day[-2:]), kind=kind))
        for day in days
        for n, kind in enumerate(kinds)
    ]


def test_the_same_day_says_little_where_every_day_has_its_attacks() -> None:
    crowded = found(busy_town())
    both = [incident for incident in crowded if incident.when == "2018-05-10" and incident.kind == "attack"]
    assert len(both) == 2
    quiet = [outline for outline in busy_town() if "05-10" in outline.document_id]
    assert len([incident for incident in found(quiet) if incident.kind == "attack"]) == 1


def test_forty_reports_of_one_attack_are_one_even_where_attacks_are_many() -> None:
    forty = [at_camp(f"r{n}", attack(f"r{n}", "2018-05-10", killed=34)) for n in range(40)]
    (incident,) = (i for i in found([*busy_town(), *forty]) if "s-r00" in i.statement_ids)
    assert len(incident.statement_ids) == 40


def test_a_rare_number_finds_its_attack_without_a_place() -> None:
    report = outlined("r", events=(happened("r", when="2018-05-10", killed=510),))
    (incident,) = (i for i in found([*busy_town(), report]) if "s-r0" in i.statement_ids)
    assert incident.statement_ids == ("s-2018-05-1010", "s-r0")


def test_the_day_that_most_reports_give_is_that_of_the_incident() -> None:
    pile = [at_camp(f"r{n}", attack(f"r{n}", "2018-05-10", killed=34)) for n in range(9)]
    (incident,) = found([*pile, at_camp("late", attack("late", "2018-05-11", killed=34))])
    assert incident.when == "2018-05-10"


@settings(max_examples=60, deadline=None)
@given(pile=_pile, seed=st.randoms(use_true_random=False))
def test_what_was_weighed_before_changes_nothing(pile: tuple[Outline, ...], seed: object) -> None:
    """Documents that come one by one, in any order, and go again, give what building from scratch gives."""
    coming = list(pile)
    seed.shuffle(coming)  # type: ignore[attr-defined]
    states = [*(coming[: n + 1] for n in range(len(coming))), coming[1:]]
    kept = b""
    for state in states:
        entities = reconcile_entities(state).entities
        incidents, kept = reconcile_again(state, entities, (), kept)
        assert (incidents, kept) == reconcile_again(state, entities)


def test_one_report_more_leaves_most_of_what_was_weighed(monkeypatch: pytest.MonkeyPatch) -> None:
    weighed: list[str] = []

    def weigh(a: Bundle, b: Bundle, around: Surroundings, least: float = -inf) -> Weighed | None:
        weighed.append(a.id)
        return weights.weigh(a, b, around, least)

    monkeypatch.setattr(weighings, "weigh", weigh)
    pile = [
        outlined(f"{town}{n}", named("place", f"Town {town}"), events=(attack(f"{town}{n}", f"2017-{n:02}-14"),))
        for town in "abcdefghijklmn"
        for n in range(1, 10)
    ]
    _, kept = reconcile_again(pile[1:], reconcile_entities(pile).entities)
    at_first, weighed[:] = len(weighed), []
    reconcile_again(pile, reconcile_entities(pile).entities, (), kept)
    assert 0 < len(weighed) < at_first / 5
