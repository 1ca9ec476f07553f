"""Who did it, who began, what people died of, and whether they were taken or went."""

import pytest

from muster.records import Words
from muster.weigh import disagreements
from tests.weigh.made import entity, incident, outline, statement, weigh, words

ARMY = ("e1", "group", "Belqara Army")
UNION = ("e2", "group", "Salters' Union")
RIVAL = ("e3", "group", "Harbour Union")
TEHRAN, IRAN, SYRIA = ("e4", "place", "Tehran"), ("e5", "place", "Iran"), ("e6", "place", "Syria")
ALL = [ARMY, UNION, RIVAL, TEHRAN, IRAN, SYRIA]
CONTEXT = weigh(
    [outline(d, outlet=f"Paper {d}", entities=ALL) for d in "abc"],
    [entity(id_, kind, name, "a", "b", "c") for id_, kind, name in ALL],
)
SOLDIERS = words("soldiers of the Belqara Army", "e1", "Belqara Army")


def found(*statements):
    return [(d.kind, d.why.split(":")[0]) for d in disagreements(incident(*statements), statements, CONTEXT)]


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("strikers opened fire first", "soldiers fired on the crowd from the outset", True),
        ("strikers fired from the hill", "soldiers fired on the crowd from the outset", False),
        ("strikers opened fire first", "soldiers fired on the first day", False),
        ("strikers opened fire first", "soldiers shot back", False),
    ],
)
def test_each_side_is_said_to_have_fired_first(one, other, clash):
    strikers = statement("a", "attack", one, actor="strikers", target="soldiers")
    soldiers = statement("b", "attack", other, actor=SOLDIERS, target="strikers")
    assert found(strikers, soldiers) == ([("actor", "Who attacked first")] if clash else [])


def test_who_fired_first_did_not_only_shoot_back():
    back = statement("a", "attack", "only then did the army shoot back", actor=SOLDIERS)
    first = statement("b", "attack", "soldiers fired from the outset", actor=SOLDIERS, target="the crowd")
    assert found(back, first) == [("actor", "Who attacked first")]


def test_deaths_of_a_quarrel_are_against_a_killing_by_a_party_and_not_by_a_thing():
    quarrel = statement("a", "kill", "the deaths resulted from a quarrel")
    by_army = statement("b", "kill", "soldiers killed nine", actor=SOLDIERS, count=(9, 9, "killed", "nine"))
    by_raid = statement("b", "kill", "the rocket killed nine", actor="the rocket", count=(9, 9, "killed", "nine"))
    assert found(quarrel, by_army) == [("actor", "Whether anybody killed them")]
    assert found(quarrel, by_raid) == []


def test_some_who_died_in_an_accident_are_not_against_those_who_were_shot():
    some = statement("a", "die_other", "two died in an accident", count=(2, 2, "killed", "two"))
    shot = statement("b", "kill", "soldiers killed nine", actor=SOLDIERS, count=(9, 9, "killed", "nine"))
    assert ("actor", "Whether anybody killed them") not in found(some, shot)


def test_five_who_were_taken_and_five_who_left_of_their_own_accord():
    taken = statement("a", "abduct", "armed men took five", actor="armed men", count=(5, 5, "detained", "five"))
    left = statement("b", "escape", "the five left the camp of their own accord", actor="the five")
    four = statement("b", "escape", "four left the camp of their own accord", actor="four")
    fled = statement("b", "escape", "the five got away by night", actor="the five")
    assert found(taken, left) == [("actor", "Whether people were taken or left of their own will")]
    assert found(taken, four) == []
    assert found(taken, fled) == []


def test_two_accusations_of_different_parties():
    army = statement("a", "accuse", "the council blames the army", actor="the council", target=SOLDIERS)
    rebels = statement("b", "accuse", "the ministry blames militiamen", actor="the ministry", target="militiamen")
    assert found(army, rebels) == [("actor", "Who is responsible for an attack")]


def test_who_is_blamed_for_what_was_left_undone_is_not_said_to_have_done_it():
    claim = statement("a", "claim_responsibility", "militiamen say they fired", actor="militiamen")
    undone = statement("b", "accuse", "they blame the army for failing to stop it", target=SOLDIERS)
    thing = statement("b", "accuse", "they call the attack a crime", target="the attack")
    done = statement("b", "accuse", "they blame the army", target=SOLDIERS)
    assert found(claim, undone) == []
    assert found(claim, thing) == []
    assert found(claim, done) == [("actor", "Who is responsible for an attack")]


def test_who_is_accused_and_denies_it_may_stand_in_one_report():
    accuses = statement(
        "a", "accuse", "the Harbour Union accused the Salters' Union", actor=words("the Harbour Union", "e3"),
        target=words("the Salters' Union", "e2"),
    )  # fmt: skip
    denies = statement("a", "deny_responsibility", "a charge it denied", actor=words("it", "e2", "Salters' Union"))
    assert found(accuses, denies) == [("denial", "Who is responsible")]


def test_held_is_neither_arrested_nor_taken_hostage():
    taken = statement("a", "abduct", "36 were taken hostage", count=(36, 36, "detained", "36"))
    arrested = statement("b", "detain", "36 were arrested", count=(36, 36, "detained", "36"))
    held = statement("b", "detain", "36 men are held", count=(36, 36, "detained", "36"))
    assert found(taken, arrested) == [("actor", "Who is responsible for detention")]
    assert found(taken, held) == []


def test_a_capital_speaks_for_its_country_and_no_other():
    holds = statement("a", "detain", "Tehran holds them", actor=words("Tehran", "e4"), target="the seven")
    not_held = statement(
        "b", "detain", "Iran holds them", actor=words("Iran", "e5"), target="the seven", polarity="denied"
    )
    other = statement(
        "b", "detain", "Syria holds them", actor=words("Syria", "e6"), target="the seven", polarity="denied"
    )
    assert found(holds, not_held) == [("denial", "Whether there was detention")]
    assert found(holds, other) == []


def test_ten_who_disappeared_are_against_seven_who_were_abducted():
    gone = statement("a", "disappear", "ten had disappeared", count=(10, 10, "missing", "ten"))
    taken = statement("b", "abduct", "seven were taken hostage", count=(7, 7, "detained", "seven"))
    arrested = statement("b", "detain", "seven were arrested", count=(7, 7, "detained", "seven"))
    assert found(gone, taken) == [("count", "How many missing")]
    assert found(gone, arrested) == []


def test_a_fight_accuses_nobody():
    denies = statement("a", "deny_responsibility", "the army rejects the accusations", actor=SOLDIERS)
    fought = statement("b", "attack", "soldiers fought with residents", actor=SOLDIERS, target="residents")
    fired = statement("b", "attack", "soldiers fired on residents", actor=SOLDIERS, target="residents")
    assert found(denies, fought) == []
    assert found(denies, fired) == [("denial", "Who is responsible")]


@pytest.mark.parametrize(
    ("told", "clash"),
    [
        ("soldiers fired from the towers", True),
        ("soldiers attacked the sleeping quarters", True),
        ("soldiers broke through the fence", False),
    ],
)
def test_who_denies_shots_does_not_deny_that_the_fence_was_broken(told, clash):
    none = statement("a", "attack", "no shot was fired by the army", actor=SOLDIERS, polarity="denied")
    burned = statement("b", "damage_property", "soldiers burned the school", actor=SOLDIERS, target="the school")
    assert found(none, burned) == []
    did = statement("b", "attack", told, actor=SOLDIERS)
    assert found(none, did) == ([("denial", "Whether there was an attack")] if clash else [])


def test_those_moved_to_two_places_are_not_counted_against_each_other():
    def moved(document, n, place):
        return statement(document, "transfer", f"{n} were moved", count=(n, n, "residents", str(n)), place=place)

    assert found(moved("a", 4, "a hospital"), moved("b", 162, "the island")) == []
    assert found(moved("a", 380, "the island of Orel"), moved("b", 412, "Orel")) == [("count", "How many moved")]
    assert found(moved("a", 380, None), moved("b", 412, "Orel")) == [("count", "How many moved")]


def test_rockets_that_had_been_prepared_are_not_those_that_fell():
    ready = statement("a", "attack", "120 rockets had been prepared", count=(120, 120, "weapons", "120"))
    fell = statement("b", "attack", "six rockets fell", count=(6, 6, "weapons", "six"))
    assert found(ready, fell) == []


def test_who_says_that_the_army_killed_none_of_them_does_not_say_that_nobody_died():
    none = statement(
        "a", "kill", "none of them was killed by the army", count=(0, 0, "killed", "none"), actor=SOLDIERS,
        polarity="denied",
    )  # fmt: skip

    def died(act, actor=None):
        return statement("b", act, "nine died", count=(9, 9, "killed", "nine"), actor=actor)

    assert found(none, died("kill", SOLDIERS)) == [("denial", "Who is responsible")]
    assert found(none, died("kill")) == [("denial", "Who is responsible")]
    assert found(none, died("kill", "militiamen")) == []
    assert found(none, died("die_other")) == []


def test_no_soldier_is_not_whoever_else_came():
    none = statement("a", "attack", "no soldier had entered", actor="no soldier", polarity="denied")
    militia = statement("b", "attack", "volunteers attacked the base", actor="volunteers", target="the base")
    soldiers = statement("b", "attack", "soldiers attacked the base", actor=SOLDIERS, target="the base")
    assert found(none, militia) == []
    assert found(none, soldiers) == [("denial", "Whether there was an attack")]


def test_where_rockets_were_headed_is_not_where_they_fell():
    def fired(where, before):
        quote = f"rockets were fired {before} {where}"
        place = Words(start=quote.index(where), end=len(quote), words=where, name=where)
        return statement("a", "attack", quote, place=place)

    empty = statement("b", "attack", "they fell on empty ground", place="a deserted shore")
    assert found(fired("the harbour", "at"), empty) == [("place", "Where an attack took place")]
    assert found(fired("the harbour", "in the direction of"), empty) == []


def test_two_shot_by_their_own_men_are_not_all_whom_the_army_attacked():
    own = statement("a", "kill", "the other two were shot by their own guards", actor="their own guards",
                    count=(2, 2, "killed", "two"), target="the other two")  # fmt: skip
    dead = statement("a", "kill", "the dead were shot by their own guards", actor="their own guards", target="the dead")
    army = statement("b", "attack", "soldiers drove into the crowd", actor=SOLDIERS, target="the crowd")
    assert found(own, army) == []
    assert found(dead, army) == [("actor", "Who is responsible for killing")]
