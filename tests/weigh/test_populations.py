"""Whom a count counts."""

import pytest

from muster.records import Words
from muster.weigh.populations import Toll, comparable, disjoint, tolls
from tests.weigh.made import statement


def words_at(text, start):
    return Words(start=start, end=start + len(text), words=text, name=text)


def population(content, count, target=None, act="kill", **given):
    s = statement("one", act, content, count=count, target=target, **given)
    return tolls([s])[s.id].population


@pytest.mark.parametrize(
    ("content", "count", "target", "expected"),
    [
        ("Seven residents had been killed", (7, 7, "killed", "Seven"), "Seven residents", "everybody"),
        ("24 of them died", (24, 24, "killed", "24"), "24 of them", "everybody"),
        ("more than 30 had been wounded", (31, None, "injured", "more than 30"), "more than 30", "everybody"),
        ("500 others were wounded", (500, 500, "injured", "500"), "500 others", "everybody"),
        ("Two policemen died of their wounds", (2, 2, "killed", "Two"), "Two policemen", "forces"),
        ("55 members of the police were killed", (55, 55, "killed", "55"), "55 members of the police", "forces"),
        ("six women were killed", (6, 6, "killed", "six"), "six women", "women"),
        ("nine gunmen died in the exchange", (9, 9, "killed", "nine"), "nine gunmen", "fighters"),
        ("Three of the victims were burned", (3, 3, "killed", "Three"), "Three of the victims", "part"),
        ("Seventeen of the 34 died at the second gate", (17, 17, "killed", "Seventeen"), None, "part"),
        ("Another 21 people died at the quay", (21, 21, "killed", "21"), "Another 21 people", "part"),
        ("the other two were shot", (2, 2, "killed", "two"), "the other two", "part"),
        ("An eighth resident died in hospital", (1, 1, "killed", "An eighth"), "An eighth resident", "part"),
        ("five of whom were found in the pen", (5, 5, "killed", "five"), "five of whom", "part"),
        ("between 20 and 50 were killed or hurt", (20, 50, "killed", "between 20 and 50"), None, "mixed"),
        ("There were no casualties", (0, 0, "killed", "no"), "casualties", "everybody"),
        ("ستة جرحى من الجيش", (6, 6, "injured", "ستة"), "ستة جرحى من الجيش", "forces"),
        ("بين القتلى ست نساء", (6, 6, "killed", "ست"), "ست نساء", "part"),
        ("deaths in the clearing of two protest camps", (2, 2, "killed", "two"), None, "mixed"),
        ("Thirteen were wounded in fresh attacks", (13, 13, "injured", "Thirteen"), "Thirteen", "wider"),
        ("had planned for several thousand deaths", (2000, 9999, "killed", "several thousand"), None, "wider"),
        ("They shot his wife", (1, 1, "killed", "wife"), "his wife", "named"),
        ("three children and a woman died", (4, 4, "killed", "three + a"), "three children and a woman", "everybody"),
        (
            "six of them children, and 130 injured",
            (130, 130, "injured", "130"),
            "six of them children, and 130 injured",
            "everybody",
        ),
        ("none of its staff was killed", (0, 0, "killed", "none"), "none of its staff", "part"),
        ("A man was shot", (1, 1, "killed", "A"), "A man", "everybody"),
        ("Two of the eleven died on the road", (2, 2, "killed", "Two"), "Two of the eleven", "part"),
        ("seven of his men were hurt", (7, 7, "injured", "seven"), "seven of his men", "forces"),
        ("No report was made for 12 bodies", (12, 12, "killed", "12"), "12 bodies", "part"),
        ("the mission asked after 12 bodies", (12, 12, "killed", "12"), "12 bodies", "everybody"),
        ("۶۱ نفر مجروح شدند", (61, 61, "injured", "۶۱"), "۶۱ نفر", "everybody"),
    ],
)
def test_whom_a_count_counts(content, count, target, expected):
    assert population(content, count, target) == expected


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("They stoned the officers, injuring dozens of them.", "forces"),
        ("They stoned the officers and the residents, injuring dozens of them.", "everybody"),
        ("24 hours later dozens of them were hurt.", "everybody"),
    ],
)
def test_those_of_whom_dozens_are_counted_are_those_last_spoken_of(quote, expected):
    given = {"quote": quote, "count": (24, 99, "injured", "dozens"), "target": "dozens of them"}
    s = statement("one", "injure", "dozens of them", **given)
    assert tolls([s])[s.id].population == expected


def test_ten_of_them_in_the_same_sentence_are_a_part():
    quote = "They said 55 people were killed that day, ten of them in the capital."
    whole = statement("one", "kill", "55 people were killed that day", quote=quote, count=(55, 55, "killed", "55"))
    part = statement("one", "kill", "ten of them in the capital", quote=quote, count=(10, 10, "killed", "ten"))
    found = tolls([part, whole])
    assert (found[whole.id].population, found[part.id].population) == ("everybody", "part")


def test_a_bare_number_after_a_larger_one_is_a_part():
    whole = statement("one", "kill", "627 people were killed", count=(627, 627, "killed", "627"))
    part = statement("one", "kill", "six were beaten to death", count=(6, 6, "killed", "six"), start=40)
    assert tolls([whole, part])[part.id].population == "part"


def test_a_bare_number_of_another_speaker_is_an_answer():
    whole = statement("one", "kill", "627 people were killed", count=(627, 627, "killed", "627"))
    other = statement("one", "kill", "six died", count=(6, 6, "killed", "six"), start=40, by=["the police"])
    assert tolls([whole, other])[other.id].population == "everybody"


def test_six_other_bodies_after_thirty_four_are_a_part_and_five_hundred_others_hurt_are_not():
    dead = statement("one", "kill", "34 people were killed", count=(34, 34, "killed", "34"))
    more = statement("one", "kill", "six other bodies were missing", count=(6, 6, "killed", "six"), start=60, by=["he"])
    hurt = statement("one", "injure", "500 others were hurt", count=(500, 500, "injured", "500"), start=99)
    found = tolls([dead, more, hurt])
    assert [found[s.id].population for s in (dead, more, hurt)] == ["everybody", "part", "everybody"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("only one person died", "everybody"),
        ("one was struck and the other stabbed", "part"),
        ("one of them died", "part"),
    ],
)
def test_one(content, expected):
    assert population(content, (1, 1, "killed", "one")) == expected


def test_nobody_is_never_a_part():
    whole = statement(
        "one", "kill", "ten were killed", quote="ten were killed; nobody died", count=(10, None, "killed", "ten")
    )
    none = statement(
        "one", "kill", "nobody died", quote="ten were killed; nobody died", count=(0, 0, "killed", "nobody")
    )
    assert tolls([whole, none])[none.id].population == "everybody"


def test_what_somebody_saw_is_a_lower_bound():
    s = statement("one", "kill", "the reporter saw 28 bodies", count=(28, 28, "killed", "28"))
    toll = tolls([s])[s.id]
    assert (toll.high, toll.seen) == (None, True)


@pytest.mark.parametrize(
    ("low", "high", "figures"),
    [(10, None, (10, 10)), (0, 10, (10, 10)), (24, 99, (24, 24)), (7, 7, (7, 7)), (20, 50, (20, 50)), (0, 0, (0, 0))],
)
def test_the_numbers_that_somebody_really_gave(low, high, figures):
    assert Toll(of="killed", low=low, high=high, population="everybody").figures() == figures


def test_soldiers_and_residents_are_not_compared():
    soldiers = Toll(of="killed", low=2, high=2, population="forces")
    residents = Toll(of="killed", low=34, high=34, population="everybody")
    assert disjoint(soldiers, residents)
    assert not comparable(soldiers, residents)


def test_how_some_of_the_dead_died_is_a_part_whoever_says_so():
    whole = statement("one", "kill", "34 people were killed", count=(34, 34, "killed", "34"))
    part = statement("one", "kill", "three victims were crushed", count=(3, 3, "killed", "three"), start=900, by=["x"])
    assert tolls([whole, part])[part.id].population == "part"
    assert tolls([part])[part.id].population == "everybody"


def test_a_total_of_the_country_is_not_against_that_of_a_square():
    country = statement("a", "kill", "525 were killed across the country", count=(525, 525, "killed", "525"))
    square = statement(
        "b", "kill", "377 died at Salt Square", count=(377, 377, "killed", "377"), place=words_at("Salt Square", 12)
    )
    bare = statement("b", "kill", "149 died", count=(149, 149, "killed", "149"))
    found = tolls([country, square, bare])
    assert not comparable(found[country.id], found[square.id])
    assert comparable(found[country.id], found[bare.id])
    assert comparable(found[square.id], found[bare.id])


def rows(*given):
    """The populations of the dead in rows of one table: (cells, number, what else is given)."""
    made = [
        statement("one", "kill", cells, start=40 * at, count=(n, n, "killed", str(n)), **more)
        for at, (cells, n, more) in enumerate(given)
    ]
    found = tolls(made)
    return [found[each.id].population for each in made]


def test_rows_of_a_table_are_parts_of_its_total():
    assert rows(("Block C | 11", 11, {}), ("Block D | 2", 2, {}), ("Total | 13", 13, {})) == [
        "part",
        "part",
        "everybody",
    ]


def test_the_only_row_of_a_table_is_the_whole():
    assert rows(("Block C | 11", 11, {})) == ["everybody"]


def test_rows_that_say_what_different_voices_say_are_answers_of_their_own():
    assert rows(
        ("Hospital | 11", 11, {"by": ["Hospital"]}), ("Directorate | 2", 2, {"by": ["Directorate"]})
    ) == ["everybody", "everybody"]  # fmt: skip


def test_a_bare_number_goes_on_about_those_counted_before():
    quote = "Three soldiers were killed and 16 wounded."
    dead = statement("one", "kill", "Three soldiers were killed", quote=quote, count=(3, 3, "killed", "Three"))
    hurt = statement("one", "injure", "16 wounded", quote=quote, count=(16, 16, "injured", "16"))
    assert tolls([dead, hurt])[hurt.id].population == "forces"


def test_of_two_places_in_one_sentence_the_smaller_number_is_a_part():
    quote = "377 died at Salt Square and 21 at Quay Bridge."
    square, bridge = words_at("Salt Square", 12), words_at("Quay Bridge", 34)
    more = statement(
        "a", "kill", "377 died at Salt Square", quote=quote, count=(377, 377, "killed", "377"), place=square
    )
    less = statement("a", "kill", "21 at Quay Bridge", quote=quote, count=(21, 21, "killed", "21"), place=bridge)
    found = tolls([more, less])
    assert (found[more.id].population, found[less.id].population) == ("everybody", "part")
