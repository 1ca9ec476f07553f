import random
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.errors import MusterError
from muster.reconcile.lists import Linkage, ListedPerson, link_lists
from muster.reconcile.lists.blocking import propose
from muster.reconcile.lists.comparing import FIELDS, word_level
from muster.reconcile.lists.joining import Splitting, components
from muster.reconcile.lists.people import read_columns
from muster.records import Judgement, JudgementKind

# One name a line in the spellings that registrars give it, Latin and Arabic; all names of people are made up of them.
NAMES = [
    ("Nader", "Nadir", "نادر"),
    ("Wathib", "Watheb", "واثب"),
    ("Munir", "Mounir", "منير"),
    ("Karim", "Kareem", "كريم"),
    ("Salim", "Saleem", "سليم"),
    ("Jafar", "Jaafar", "جعفر"),
    ("Othman", "Uthman", "عثمان"),
    ("Yusef", "Youssef", "يوسف"),
    ("Samira", "Sameera", "سميرة"),
    ("Huda", "Houda", "هدى"),
    ("Zaynab", "Zeinab", "زينب"),
    ("Tariq", "Tarek", "طارق"),
    ("Bashir", "Basheer", "بشير"),
]
FAMILIES = [
    ("al-Hattar", "Hattar", "الحطار"),
    ("Qalam", "Ghalam", "قلم"),
    ("Marzuqi", "Marzouki", "المرزوقي"),
    ("Rawi", "al-Rawi", "الراوي"),
    ("Karbasdar", "Karbasder", "كرباسدار"),
    ("Banifar", "Baniefar", "بنيفر"),
    ("Habibpour", "Habibpur", "حبيبپور"),
    ("Sahlani", "Sehlani", "سهلاني"),
]


def person(id: str, name: str, **fields: str) -> ListedPerson:
    return ListedPerson(id=id, list_id=fields.pop("list_id", id[0]), name=name, **fields)


def judgement(kind: JudgementKind, *subjects: str, n: int = 0) -> Judgement:
    at = f"2026-01-01T00:00:{n:02}Z"
    return Judgement(id=f"j{n}", kind=kind, subjects=subjects, value="", reason="seen", decided_by="a", decided_at=at)


def home(linkage: Linkage) -> dict[str, int]:
    return {record: n for n, one in enumerate(linkage.persons) for record in one}


def together(linkage: Linkage, a: str, b: str) -> bool:
    return home(linkage)[a] == home(linkage)[b]


def made_lists(n_people: int, seed: int) -> tuple[list[ListedPerson], dict[str, int]]:
    """Three lists, the last in Arabic letters, with gaps and slips, and who each record is."""
    chance = random.Random(seed)
    records, truth = [], {}
    for n in range(n_people):
        own, father, family = chance.choice(NAMES), chance.choice(NAMES), chance.choice(FAMILIES)
        born, sex, place, day = (
            chance.randint(1940, 2000),
            chance.choice("mf"),
            f"Quarter {chance.randrange(30)}",
            chance.randint(1, 28),
        )
        for n_list in chance.sample(range(3), chance.randint(1, 3)):
            spelling = 2 if n_list == 2 else chance.randrange(2)
            record = ListedPerson(
                id=f"{n_list}-{n}",
                list_id=str(n_list),
                name=f"{own[spelling]} {family[spelling]}",
                father=father[spelling] if chance.random() < 0.8 else "",
                born=str(born + chance.choice((0, 0, 0, 1))) if chance.random() < 0.8 else "",
                sex=sex,
                place=place if chance.random() < 0.9 else f"Quarter {chance.randrange(30)}",
                date=f"2011-04-{day:02}" if chance.random() < 0.7 else "",
            )
            records.append(record)
            truth[record.id] = n
    return records, truth


SMALL = [
    person("a1", "Nader Qalam", father="Karim", born="1970", sex="m", place="Mirsal", date="2011-04-08"),
    person("a2", "Wathib al-Hattar", father="Salim", born="1981", sex="m", place="Mirsal", date="2011-04-08"),
    person("a3", "Munir al-Hattar", father="Salim", born="1984", sex="m", place="Mirsal", date="2011-04-08"),
    person("b1", "نادر قلم", father="كريم", born="1971", sex="m", date="2011-04"),
    person("b2", "واثب الحطار", father="سليم", born="1981", sex="m", date="2011-04-08"),
    person("b3", "Yusef Habibpour", father="Jafar", born="1990", sex="m", place="Mirsal", date="2011-04-08"),
]


def test_one_person_in_two_scripts_is_one() -> None:
    linkage = link_lists(SMALL)
    assert linkage.persons == (("a1", "b1"), ("a2", "b2"), ("a3",), ("b3",))


def test_brothers_are_two_and_said_to_be_kin() -> None:
    compared = link_lists(SMALL).explain("a3", "b2")
    assert compared.probability < 0.5
    assert compared.kin > compared.probability


def test_father_and_son_of_one_house_are_two() -> None:
    son = person("a1", "Nader Qalam", father="Karim", born="1985", sex="m", place="Mirsal", date="2011-04-08")
    father = person("b1", "Karim Qalam", father="Nader", born="1955", sex="m", place="Mirsal", date="2011-04-08")
    assert not together(link_lists([son, father]), "a1", "b1")


def test_reasons_are_in_words_and_say_how_much_they_weigh() -> None:
    why = link_lists(SMALL).explain("a1", "b1").why
    assert any(reason.startswith("the given names sound the same: ") for reason in why)
    assert any("the births are a year apart" in reason and "in one person as in two" in reason for reason in why)
    assert not any("place" in reason for reason in why), "b1 has no place"
    with pytest.raises(MusterError, match="no record"):
        link_lists(SMALL).explain("a1", "nobody")


def test_nobody_stands_in_a_list_twice_unless_it_is_said_that_it_repeats() -> None:
    twice = [
        *SMALL,
        person("a4", "Nadir Qalam", father="Karim", born="1970", sex="m", place="Mirsal", date="2011-04-08"),
    ]
    apart = link_lists(twice)
    assert not together(apart, "a1", "a4")
    assert together(link_lists(twice, repeating=["a"]), "a1", "a4")


def test_what_people_judged_is_obeyed_and_can_be_taken_back() -> None:
    before = link_lists(SMALL).persons
    apart = judgement("different", "a1", "b1", n=1)
    same = judgement("same", "a3", "b3", n=2)
    judged = link_lists(SMALL, [apart, same])
    assert not together(judged, "a1", "b1")
    assert together(judged, "a3", "b3")
    undone = [apart, same, judgement("undo", "j1", n=3), judgement("undo", "j2", n=4)]
    assert link_lists(SMALL, undone).persons == before


def test_a_judgement_that_parts_holds_against_a_chain_of_others() -> None:
    records = [person(f"{n_list}1", "Nader Qalam", father="Karim", born="1970") for n_list in "abc"]
    linkage = link_lists(records, [judgement("different", "a1", "c1")])
    assert not together(linkage, "a1", "c1")
    assert link_lists(records).persons == (("a1", "b1", "c1"),)


def test_the_share_of_judged_pairs_that_the_rules_propose_is_told() -> None:
    assert link_lists(SMALL).found_judged is None
    assert link_lists(SMALL, [judgement("same", "a1", "b1")]).found_judged == 1.0
    assert link_lists(SMALL, [judgement("same", "a1", "b1"), judgement("same", "a2", "b1", n=1)]).found_judged == 0.5


def test_two_records_of_one_id_are_refused() -> None:
    with pytest.raises(MusterError, match="Two records have the id"):
        link_lists([SMALL[0], SMALL[0]])


def test_no_records_and_one_record_are_lists_too() -> None:
    assert link_lists([]).persons == ()
    assert link_lists(SMALL[:1]).persons == (("a1",),)
    assert link_lists([person("a1", ""), person("b1", "")]).persons == (("a1",), ("b1",))


@settings(max_examples=8, deadline=None)
@given(st.permutations(made_lists(12, seed=3)[0]))
def test_the_order_of_records_does_not_matter(records: list[ListedPerson]) -> None:
    linkage = link_lists(records)
    again = link_lists(sorted(records, key=lambda r: r.id))
    assert linkage.persons == again.persons
    assert np.array_equal(linkage.probability, again.probability)


_anyone = st.builds(
    ListedPerson,
    id=st.uuids().map(str),
    list_id=st.sampled_from("ab"),
    name=st.sampled_from(["Nader Qalam", "نادر قلم", "Nader", "", "Abd al-Rahman Rawi", "General", "Qalam, Nader"]),
    father=st.sampled_from(["", "Karim", "Karim Hasan"]),
    born=st.sampled_from(["", "1970", "1970-02-03", "XXXX", "nonsense"]),
    sex=st.sampled_from(["", "m", "f", "?"]),
    place=st.sampled_from(["", "Mirsal", "مرسال", "Quarter 3"]),
    date=st.sampled_from(["", "2011-04-08", "2011-04", "2011"]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_anyone, max_size=12, unique_by=lambda r: r.id))
def test_every_record_is_in_exactly_one_person_and_every_person_once_in_a_list(records: list[ListedPerson]) -> None:
    linkage = link_lists(records)
    assert sorted(record for one in linkage.persons for record in one) == sorted(r.id for r in records)
    list_of = {r.id: r.list_id for r in records}
    assert all(max(Counter(list_of[record] for record in one).values()) == 1 for one in linkage.persons)
    assert ((linkage.probability >= 0) & (linkage.probability <= 1)).all()


def test_made_lists_are_linked_and_the_probabilities_hold() -> None:
    records, truth = made_lists(1500, seed=1)
    linkage = link_lists(records)
    found = {pair for one in linkage.persons for pair in combinations(one, 2)}
    true = {(a, b) for a, b in combinations(sorted(truth), 2) if truth[a] == truth[b]}
    assert len(found & true) / len(found) > 0.93
    assert len(found & true) / len(true) > 0.9
    same = np.array([truth[linkage.ids[a]] == truth[linkage.ids[b]] for a, b in linkage.pairs.T])
    sure = linkage.probability > 0.95
    assert same[sure].mean() > 0.95
    unsure = (linkage.probability > 0.2) & (linkage.probability < 0.8)
    assert abs(same[unsure].mean() - linkage.probability[unsure].mean()) < 0.15


def test_blocks_too_large_are_left_out_and_counted_but_narrower_rules_find_their_pairs() -> None:
    crowd = [person(f"a{n}", "Nader Qalam", born=str(1900 + n), place=f"Quarter {n}") for n in range(80)]
    crowd += [person(f"b{n}", "Nader Qalam", born=str(1900 + n), place=f"Quarter {n}") for n in range(80)]
    columns = read_columns(crowd)
    pairs, blocks = propose(columns, np.zeros(len(columns.lists), dtype=bool))
    by_name = next(block for block in blocks if block.rule == ("given", "family"))
    assert (by_name.n_pairs, by_name.n_too_large, by_name.n_left_out) == (0, 1, 160)
    proposed = {tuple(sorted((columns.ids[a], columns.ids[b]))) for a, b in pairs.T}
    assert {(f"a{n}", f"b{n}") for n in range(80)} <= proposed


@pytest.mark.parametrize(
    ("a", "b", "least", "most"),
    [
        ("Nader", "nader", 4, 4),
        ("Nader", "نادر", 3, 4),
        ("Wathib", "Watheb", 2, 3),
        ("Karbasdar", "Karbasder", 1, 3),
        ("Hasan", "Husayn", 0, 0),
        ("Nader", "Salim", 0, 0),
    ],
)
def test_words_agree_by_how_they_sound(a: str, b: str, least: int, most: int) -> None:
    words = read_columns([person("a1", a), person("b1", b)]).words
    assert least <= word_level(words[0], words[-1]) <= most


def test_a_chain_of_resemblance_is_split_where_its_ends_are_two() -> None:
    alike = {(0, 1): 0.99, (1, 2): 0.6, (0, 2): 0.01}
    splitting = Splitting(alike, {0: -1, 1: -1, 2: -1}, set(), set())
    assert sorted(splitting.run(0.5)) == [[0, 1], [2]]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_components_are_what_pairs_lead_to(edges: list[tuple[int, int]]) -> None:
    label = components(np.array(edges, dtype=np.int32).reshape(-1, 2).T, 10)
    reached = {n: {n} for n in range(10)}
    for a, b in edges * 10:
        reached[a] = reached[b] = reached[a] | reached[b]
    for _ in range(10):
        reached = {n: set().union(*(reached[other] for other in reached[n])) for n in reached}
    assert label.tolist() == [min(reached[n]) for n in range(10)]


def test_the_common_shares_of_every_field_add_up() -> None:
    for field in FIELDS:
        for shares in (field.one, field.kin, field.strangers):
            assert len(shares) == len(field.levels)
            assert sum(shares) == pytest.approx(1.0)
