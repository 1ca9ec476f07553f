"""What contradicts what within an incident."""

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.records import Words
from muster.weigh import disagreements
from muster.weigh.disagreements import ALL_PAIRS
from muster.weigh.populations import comparable
from tests.weigh.made import entity, incident, outline, statement, weigh, words

ARMY = ("e1", "group", "Belqara Army")
MILITIA = ("e2", "group", "Red Tide")
ENTITIES = [entity("e1", "group", "Belqara Army", "a", "b", "c"), entity("e2", "group", "Red Tide", "a", "b", "c")]
CONTEXT = weigh([outline(d, outlet=f"Paper {d}", entities=[ARMY, MILITIA]) for d in "abc"], ENTITIES)
SOLDIERS = words("soldiers of the Belqara Army", "e1", "Belqara Army")
TIDE = words("gunmen of Red Tide", "e2", "Red Tide")


def killed(document, n, **given):
    return statement(document, "kill", f"{n} people were killed", count=(n, n, "killed", str(n)), **given)


def found(*statements, when=None, context=CONTEXT):
    return disagreements(incident(*statements, when=when), statements, context)


def kinds(*statements, **given):
    return [d.kind for d in found(*statements, **given)]


def test_two_tolls_that_no_number_fits_contradict_each_other_and_both_are_named():
    (one,) = found(killed("a", 6), killed("b", 11))
    assert one.kind == "count"
    assert "6" in one.why
    assert "11" in one.why
    assert "Paper a" in one.why
    assert "Paper b" in one.why


def test_tolls_that_one_number_fits_do_not_contradict_each_other():
    at_least = statement("b", "kill", "at least 6 died", count=(6, None, "killed", "at least 6"))
    assert found(killed("a", 11), at_least) == ()


def test_about_twenty_is_not_against_twenty_one():
    about = statement("b", "kill", "about 20 died", count=(20, 20, "killed", "about 20"))
    about = type(about)(
        **{
            **{f: getattr(about, f) for f in about.__slots__},
            "count": type(about.count)(low=20, high=20, of="killed", approximate=True),
        }
    )
    assert found(killed("a", 21), about) == ()
    assert kinds(killed("a", 27), about) == ["count"]


def test_two_soldiers_are_not_against_thirty_residents():
    soldiers = statement("b", "kill", "two soldiers were killed", count=(2, 2, "killed", "two"), target="two soldiers")
    assert found(killed("a", 30), soldiers) == ()


def test_a_later_figure_of_one_speaker_in_one_document_is_a_correction():
    first = killed("a", 4, by=["the residents"])
    later = killed("a", 7, by=["the residents"], start=400)
    assert found(first, later) == ()
    assert kinds(first, killed("b", 7, by=["the residents"])) == ["count"]


def test_nobody_against_somebody_is_a_denial():
    nobody = statement(
        "b", "kill", "nobody died", count=(0, 0, "killed", "nobody"), polarity="denied", by=["the general"]
    )
    assert kinds(killed("a", 6), nobody) == ["denial"]


def test_nobody_killed_is_not_against_somebody_wounded():
    nobody = statement("b", "kill", "nobody died", count=(0, 0, "killed", "nobody"), polarity="denied")
    assert found(statement("a", "injure", "six were hurt", count=(6, 6, "injured", "six")), nobody) == ()


def test_a_party_that_is_said_to_have_attacked_and_not_to_have_attacked():
    did = statement("a", "attack", "soldiers stormed the works", actor=SOLDIERS)
    not_did = statement(
        "b", "attack", "the army stormed the works", actor=SOLDIERS, polarity="denied", by=["the secretary"]
    )
    (one,) = found(did, not_did)
    assert one.kind == "denial"
    assert "denies" in one.why


def test_who_denies_an_attack_denies_what_it_did_but_not_the_reverse():
    no_attack = statement("b", "attack", "the army stormed the works", actor=SOLDIERS, polarity="denied")
    killing = statement("a", "kill", "soldiers killed six people", actor=SOLDIERS)
    no_killing = statement("b", "kill", "the army killed six people", actor=SOLDIERS, polarity="denied")
    attack = statement("a", "attack", "soldiers stormed the works", actor=SOLDIERS)
    assert kinds(no_attack, killing) == ["denial"]
    assert found(no_killing, attack) == ()


def test_no_soldier_is_against_the_army():
    nobody = statement("b", "attack", "no soldier had entered", actor="no soldier", polarity="denied")
    assert kinds(nobody, statement("a", "attack", "soldiers stormed the works", actor=SOLDIERS)) == ["denial"]


def test_a_denial_of_another_party_s_deed_is_no_contradiction():
    not_tide = statement("b", "attack", "Red Tide fired", actor=TIDE, polarity="denied")
    assert found(not_tide, statement("a", "attack", "soldiers stormed the works", actor=SOLDIERS)) == ()


def test_a_denial_that_names_nothing_answers_its_own_document_only():
    deny = statement("a", "kill", "they deny it", polarity="denied", by=["the guards"])
    assert kinds(deny, killed("a", 6)) == ["denial"]
    assert found(deny, killed("b", 6)) == ()


def test_a_denial_of_responsibility_is_against_an_accusation_of_that_party():
    denies = statement("b", "deny_responsibility", "the army had no part in it", actor=SOLDIERS)
    accuses = statement("a", "accuse", "residents blame the army", actor="residents", target=SOLDIERS)
    other = statement("a", "accuse", "residents blame Red Tide", actor="residents", target=TIDE)
    assert kinds(denies, accuses) == ["denial"]
    assert found(denies, accuses)[0].why.startswith("Who is responsible: ")
    assert found(denies, other) == ()


def test_who_is_accused_of_a_deed_and_denies_the_deed_itself():
    accuses = statement("a", "accuse", "residents blame the army", actor="residents", target=SOLDIERS)
    denies = statement("b", "attack", "any unit had fired", actor="any unit of the army", polarity="denied")
    others = statement("b", "attack", "Red Tide fired", actor=TIDE, polarity="denied")
    assert kinds(denies, accuses) == ["denial"]
    assert found(others, accuses) == ()


def test_nobody_died_is_against_one_who_did_and_against_a_part_of_the_dead():
    nobody = statement("b", "kill", "nobody died", count=(0, 0, "killed", "nobody"), polarity="denied")
    one = statement("a", "kill", "a teacher was shot dead", target="a teacher")
    part = statement("a", "kill", "six of the victims were shot", count=(6, 6, "killed", "six"))
    assert kinds(nobody, one) == kinds(nobody, part) == ["denial"]


def test_what_a_force_denies_is_held_against_who_is_told_of_but_not_told_apart():
    denies = statement("b", "attack", "none of its planes had flown", actor="none of its planes", polarity="denied")
    did = statement("a", "attack", "two aircraft bombed the works", actor="two aircraft", target="the works")
    assert kinds(denies, did) == ["denial"]


def test_shots_into_the_air_are_against_shots_at_people_by_the_same():
    air = statement("a", "attack", "the guards fired only into the air", actor="the guards")
    hit = statement("b", "attack", "the guards fired on prisoners", actor="the guards", target="prisoners")
    tide = statement("b", "attack", "Red Tide fired on prisoners", actor=TIDE, target="prisoners")
    assert kinds(air, hit) == ["denial"]
    assert found(air, hit)[0].why.startswith("Whether shots were aimed at people")
    assert found(air, tide) == ()


def test_who_denies_that_it_was_meant_does_not_deny_that_it_was():
    denies = statement("b", "damage_property", "nobody lit the fire on purpose", polarity="denied")
    burned = statement("a", "damage_property", "several tents burned down", target="several tents")
    assert found(denies, burned) == ()


def test_none_of_its_staff_is_said_of_nobody_else():
    count = (0, 0, "injured", "none")
    staff = statement(
        "b", "injure", "none of its staff was hurt", count=count, polarity="denied", target="none of its staff"
    )
    assert found(staff, statement("a", "injure", "nine were hurt", count=(9, 9, "injured", "nine"))) == ()


def test_no_shot_was_fired_is_against_bullet_wounds():
    denies = statement("b", "attack", "no shot was fired", polarity="denied")
    shot = statement("a", "injure", "eleven have bullet wounds", count=(11, 11, "injured", "eleven"))
    beaten = statement("a", "injure", "eleven were beaten", count=(11, 11, "injured", "eleven"))
    assert kinds(denies, shot) == ["denial"]
    assert found(denies, beaten) == ()


def test_a_claim_is_against_an_accusation_of_another():
    claims = statement("a", "claim_responsibility", "Red Tide says it fired", actor=TIDE)
    accuses = statement("b", "accuse", "residents blame the army", actor="residents", target=SOLDIERS)
    same = statement("b", "accuse", "residents blame Red Tide", actor="residents", target=TIDE)
    assert kinds(claims, accuses) == ["actor"]
    assert found(claims, same) == ()


def test_an_army_and_a_militia_cannot_both_have_killed_the_same_people():
    by_army = statement("a", "kill", "soldiers killed the six", actor=SOLDIERS, target="six residents")
    by_tide = statement("b", "kill", "gunmen killed the six", actor=TIDE, target="six residents")
    assert kinds(by_army, by_tide) == ["actor"]


def test_two_sides_may_have_fought():
    army = statement("a", "attack", "soldiers fired at the strikers", actor="soldiers", target="strikers")
    strikers = statement("b", "attack", "strikers stoned the soldiers", actor="strikers", target="soldiers")
    assert found(army, strikers) == ()


def test_what_is_planned_or_demanded_contradicts_nothing():
    planned = killed("b", 900, modality="planned")
    assert found(killed("a", 6), planned) == ()


def test_two_days_of_one_attack():
    first = statement("a", "attack", "rockets hit the works", when="2017-10-22")
    second = statement("b", "attack", "rockets hit the works", when="2017-10-25")
    assert kinds(first, second, when="2017-10-22") == ["date"]
    assert found(first, second, when="2017-10-20/2017-10-30") == ()


def test_empty_land_against_a_place_where_people_live():
    works = statement("a", "attack", "rockets hit the works", place="the salt works")
    empty = statement("b", "attack", "rockets fell on empty ground", place="an uninhabited shore")
    assert kinds(works, empty) == ["place"]


def test_a_total_to_date_is_not_against_the_toll_of_one_day():
    month = statement(
        "b", "kill", "44 people lost their lives in August", count=(44, 44, "killed", "44"), when="2017-08"
    )
    assert found(killed("a", 6, when="2017-08-16"), month, when="2017-08-16") == ()


def test_above_the_limit_each_two_groups_and_values_give_one_pair_and_say_of_how_many():
    outlines = [outline(f"p{n}", outlet=f"Owner {n % 2}") for n in range(240)]
    context = weigh(outlines)
    statements = [killed(f"p{n}", 6 if n % 4 < 2 else 11) for n in range(240)]
    rows = found(*statements, context=context)
    assert len(rows) == 4
    assert all("14,400" in row.why for row in rows)


def test_where_even_the_groups_are_too_many_each_two_answers_give_one_pair():
    outlines = [outline(f"p{n}", outlet=f"Owner {n}") for n in range(240)]
    context = weigh(outlines)
    statements = [killed(f"p{n}", (6, 11, 31)[n % 3]) for n in range(240)]
    rows = found(*statements, context=context)
    assert len(rows) == 3
    assert all("6,400" in row.why for row in rows)
    assert rows == found(*reversed(statements), context=context)


def test_copies_are_listed_below_the_limit():
    assert len(found(killed("a", 6), killed("b", 6, start=9), killed("c", 11))) == 2


@given(st.permutations(range(5)))
def test_the_order_of_statements_does_not_matter(order):
    statements = [
        killed("a", 6),
        killed("b", 11),
        killed("c", 9),
        statement("a", "attack", "x", actor=SOLDIERS),
        statement("b", "attack", "x", actor=SOLDIERS, polarity="denied"),
    ]
    assert found(*(statements[n] for n in order)) == found(*statements)


@pytest.mark.parametrize(
    ("content", "verb"), [("nobody died", "says"), ("anybody had died", "denies"), ("General | 0", "says")]
)
def test_what_is_denied_is_not_denied_twice(content, verb):
    nobody = statement(
        "b", "kill", content, count=(0, 0, "killed", content.split()[0]), polarity="denied", by=["the general"]
    )
    (one,) = found(killed("a", 6), nobody)
    assert f"the general (in b) {verb} “{content}”" in one.why


def test_a_list_of_names_is_against_nobody_died_once():
    names = [
        statement(
            "a",
            "kill",
            f"{n} | Ada {n} | shot",
            count=(1, 1, "killed", f"Ada {n}"),
            target=words(f"Ada {n}", f"p{n}"),
            start=50 * n,
        )
        for n in range(9)
    ]
    nobody = statement("b", "kill", "nobody died", count=(0, 0, "killed", "nobody"), polarity="denied")
    assert kinds(*names, nobody) == ["denial"]
    assert found(*names, killed("c", 30)) == ()


def test_men_and_boys_are_everybody():
    men = statement(
        "a",
        "detain",
        "At least 38 men and boys were held",
        count=(38, None, "detained", "At least 38"),
        target="At least 38 men and boys",
    )
    other = statement(
        "b", "detain", "30 troublemakers were in custody", count=(30, 30, "detained", "30"), target="30 troublemakers"
    )
    assert kinds(men, other) == ["count"]


def test_bodies_seen_at_a_place_of_their_own_are_a_lower_bound():
    def bodies(where):
        given = {"count": (3, 3, "killed", "three"), "target": "three bodies", "place": placed(where)}
        return statement("b", "kill", f"three bodies at {where}", **given)

    def placed(where):
        at = len("three bodies at ")
        return Words(start=at, end=at + len(where), words=where, name=where)

    assert found(killed("a", 9), bodies("the salt pans")) == ()
    assert kinds(killed("a", 2), bodies("the salt pans")) == ["count"]
    assert kinds(killed("a", 9), bodies("the salt works")) == ["count"]  # the incident's own place
    assert kinds(killed("a", 9), bodies("a hospital")) == ["count"]


def test_no_shot_was_fired_is_against_the_attack():
    none = statement(
        "b", "attack", "No shot was fired by the army", count=(0, 0, "weapons", "No"), actor=SOLDIERS, polarity="denied"
    )
    assert kinds(none, statement("a", "attack", "soldiers fired", actor=SOLDIERS)) == ["denial"]


def test_how_many_were_moved():
    by = {"a": 412, "b": 380}
    moved = [statement(d, "transfer", f"{n} were moved", count=(n, n, "residents", str(n))) for d, n in by.items()]
    assert kinds(*moved) == ["count"]
    live = [statement(d, "report_figure", f"{n} live there", count=(n, n, "residents", str(n))) for d, n in by.items()]
    assert found(*live) == ()


def test_arrested_is_against_taken_hostage_where_it_is_the_same_number():
    held = statement("a", "detain", "36 rioters were arrested", count=(36, 36, "detained", "36"))
    taken = statement("b", "abduct", "36 brothers were taken hostage", count=(36, 36, "detained", "36"))
    others = statement("b", "abduct", "four were taken hostage", count=(4, 4, "detained", "four"))
    assert kinds(held, taken) == ["actor"]
    assert "actor" not in kinds(held, others)


def test_shots_at_nobody_named_are_not_against_a_killing():
    shots = statement("a", "attack", "firing shots", actor=TIDE)
    dead = statement("b", "kill", "soldiers shot the strikers", actor=SOLDIERS, target="the strikers")
    attack = statement("a", "attack", "gunmen carried out the attack", actor=TIDE)
    assert found(shots, dead) == ()
    assert kinds(attack, dead) == ["actor"]


def test_nobody_has_claimed_it_holds_until_somebody_does():
    nobody = statement("a", "claim_responsibility", "nobody claimed it", actor="nobody", polarity="denied")
    claim = statement("b", "claim_responsibility", "Red Tide claimed the attack", actor=TIDE)
    assert found(nobody, claim) == ()


def test_a_toll_in_the_attack_in_may_is_that_of_the_attack_and_a_toll_of_may_is_wider():
    attack = statement(
        "a", "kill", "six were killed in an attack in May", count=(6, 6, "killed", "six"), when="2018-05"
    )
    month = statement("a", "kill", "44 were killed in May", count=(44, 44, "killed", "44"), when="2018-05", start=99)
    day = killed("b", 8, when="2018-05-09")
    assert kinds(attack, day, when="2018-05-09") == ["count"]
    assert kinds(month, day, when="2018-05-09") == []


def test_deaths_without_violence_are_asked_after_in_a_sentence():
    some = statement("a", "die_other", "seven died of the siege", count=(7, 7, "killed", "seven"))
    none = statement("b", "die_other", "nobody died of the siege", count=(0, 0, "killed", "nobody"), polarity="denied")
    assert found(some, none)[0].why.startswith("Whether anybody died: ")


def test_who_holds_nobody_does_not_deny_that_somebody_was_released():
    nobody = statement("a", "detain", "it holds nobody", count=(0, 0, "detained", "nobody"), polarity="denied")
    released = statement("b", "release", "two were released", count=(2, 2, "detained", "two"))
    taken = statement("b", "abduct", "five were taken", count=(5, 5, "detained", "five"))
    assert found(nobody, released) == ()
    assert found(nobody, taken)[0].why.startswith("Whether anybody was held: ")


def test_nobody_wounded_is_asked_after_as_wounds_whatever_the_deed():
    nobody = statement("a", "injure", "nobody was hurt", count=(0, 0, "injured", "nobody"), polarity="denied")
    attack = statement("b", "attack", "rockets hurt nine people", count=(9, 9, "injured", "nine"))
    assert found(nobody, attack)[0].why.startswith("Whether anybody was injured: ")


_MANY = [
    *(killed("abc"[n % 3], n % 7 + 1, actor=(SOLDIERS, TIDE, None)[n % 5 % 3], start=200 * n) for n in range(12)),
    *(statement(d, "kill", "nobody was killed", count=(0, 0, "killed", "nobody"), start=3000) for d in "abc"),
    *(statement(d, "attack", f"attacked {d}", actor=a, start=4000) for d, a in (("a", SOLDIERS), ("b", TIDE))),
    statement("b", "attack", "the army attacked", actor=SOLDIERS, polarity="denied", start=5000),
    statement("c", "attack", "they denied it", polarity="denied", start=5000),
    statement("c", "accuse", "blamed the army", target=SOLDIERS, start=6000),
    statement("a", "deny_responsibility", "had no part in it", actor=SOLDIERS, start=6000),
    statement("a", "claim_responsibility", "claimed it", actor=TIDE, start=7000),
    statement("a", "attack", "attacked on the 8th", when="2011-04-08", place="an uninhabited area", start=8000),
    statement("b", "attack", "attacked on the 9th", when="2011-04-09", place="the camp", start=8000),
    *(statement(d, act, "36 men", count=(36, 36, k, "36"), target="36 men", start=9000)
      for d, act, k in (("a", "detain", "detained"), ("b", "abduct", "detained"))),
    statement("c", "detain", "36 were arrested", count=(36, 36, "detained", "36"), start=9500),
    statement("a", "disappear", "40 disappeared", count=(40, 40, "missing", "40"), start=9600),
    statement("c", "escape", "the 36 left voluntarily", actor="the 36", start=9700),
    statement("a", "attack", "soldiers fired first", actor=SOLDIERS, target="strikers", start=9800),
    statement("b", "attack", "gunmen fired first", actor=TIDE, target="strikers", start=9800),
    statement("c", "attack", "the army fired back", actor=SOLDIERS, start=9800),
    statement("b", "attack", "no shot was fired by the army", actor=SOLDIERS, polarity="denied", start=9850),
    statement("c", "attack", "soldiers fought with strikers", actor=SOLDIERS, target="strikers", start=9850),
    *(statement(d, "transfer", f"{n} moved", count=(n, n, "residents", f"{n}"), place=p, start=9870)
      for d, n, p in (("a", 4, "a hospital"), ("b", 162, "the island"), ("c", 99, None))),
    statement("c", "kill", "the deaths resulted from a quarrel", start=9900),
    statement("a", "accuse", "blamed the gunmen", target=TIDE, start=9950),
    statement("b", "accuse", "blamed the gunmen for not stopping it", target=TIDE, start=9950),
]  # fmt: skip


@given(st.sets(st.sampled_from(range(len(_MANY)))))
def test_many_assertions_are_compared_by_what_each_rule_reads_and_the_same_is_found(chosen):
    some = [_MANY[n] for n in sorted(chosen)]
    with patch("muster.weigh.disagreements.MOST_ASSERTIONS", 0):
        by_facet = found(*some)
    assert by_facet == found(*some)


def test_an_incident_of_thousands_of_answers_is_compared_in_time_that_grows_with_them():
    compared = []
    for n in (1000, 4000):
        outlines = [outline(f"p{k}", outlet=f"Owner {k}") for k in range(n)]
        statements = [killed(f"p{k}", k + 1, place=f"Ward {k}") for k in range(n)]
        context = weigh(outlines)
        with patch("muster.weigh.comparing.comparable", wraps=comparable) as asked:
            rows = found(*statements, context=context)
        compared.append(asked.call_count)
        assert len(rows) == ALL_PAIRS
    assert compared[1] == compared[0]
