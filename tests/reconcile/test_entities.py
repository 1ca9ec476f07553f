"""Names that documents use, and whom they are judged to mean."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.reconcile.entities import EntityState, reconcile_entities
from muster.records import Entity, Judgement, LocalEntityOutline, Outline
from tests.reconcile.made import judged, named, outlined


def who(*outlines: Outline, judgements: tuple[Judgement, ...] = ()) -> list[set[str]]:
    """The entities of a case as sets of the forms that documents use."""
    found = reconcile_entities(outlines, judgements).entities
    return [{alias.form for alias in entity.aliases} for entity in found]


def together(*forms: LocalEntityOutline) -> bool:
    """Whether local entities, each of a document of its own, are one entity."""
    return len(who(*(outlined(str(i), form) for i, form in enumerate(forms)))) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Giyath al-Tarmuni", "Ghiyath Tarmuni"),
        ("Nasrin Talvari", "نسرین تلواری"),
        ("Adel Hamruni", "Adil Hamrouni"),
        ("Dr Mahin Orvandi", "Mahin Orvandi"),
        ("Tarmuni, Giyath", "Giyath Tarmuni"),
    ],
)
def test_spellings_of_one_name_are_one_person(a: str, b: str) -> None:
    assert together(named("person", a), named("person", b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hassan Derwazi", "Hossein Derwazi"),
        ("Salman bin Karim", "Karim bin Salman"),
        ("Adel Hamruni", "Zohra Hamruni"),
    ],
)
def test_two_names_are_two_people(a: str, b: str) -> None:
    assert not together(named("person", a), named("person", b))


def test_a_lone_surname_is_the_only_person_who_bears_it() -> None:
    assert together(named("person", "Faris Belhadri"), named("person", "Belhadri"))


def test_a_lone_surname_of_two_people_is_neither() -> None:
    found = who(
        outlined("a", named("person", "Faris Belhadri")),
        outlined("b", named("person", "Halima Belhadri")),
        outlined("c", named("person", "Belhadri")),
        outlined("d", named("person", "Belhadri")),
    )
    assert sorted(map(len, found)) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"age": "24"}, {"age": "61"}),
        ({"age": "born 1993"}, {"age": "61"}),
        ({"role": "fisherman"}, {"role": "retired teacher"}),
        ({"role": "Brigadier"}, {"role": "prisoner"}),
        ({"kin": "son of Yunus"}, {"kin": "son of Karim"}),
    ],
)
def test_two_people_of_one_name_are_kept_apart(one: dict[str, str], other: dict[str, str]) -> None:
    found = who(
        outlined("a", named("person", "Yusef Karmandi", **one), published_on="2017-06-19"),
        outlined("b", named("person", "Yusef Karmandi", **other), published_on="2017-12-08"),
    )
    assert len(found) == 2


def test_the_same_age_told_in_two_years_is_one_person() -> None:
    found = who(
        outlined("a", named("person", "Yusef Karmandi", age="24"), published_on="2017-06-19"),
        outlined("b", named("person", "Yusef Karmandi", age="born 1993")),
    )
    assert len(found) == 1


def test_of_two_namesakes_a_document_means_the_one_with_whom_it_agrees() -> None:
    fisherman = outlined("a", named("person", "Yusef Karmandi", age="born 1993", role="fisherman"))
    teacher = outlined("b", named("person", "Yusef Karmandi", age="born 1956", role="teacher"))
    grave = outlined("c", named("person", "Yusef Karmandi", role="the teacher"))
    bare = outlined("d", named("person", "Yusef Karmandi"))
    members = [
        {document for document, _ in e.members} for e in reconcile_entities([fisherman, teacher, grave, bare]).entities
    ]
    assert sorted(map(sorted, members)) == [["d-a"], ["d-b", "d-c"], ["d-d"]]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ministry of Interior", "the interior ministry"),
        ("Norway's interior ministry", "the Norwegian Ministry of the Interior"),
        ("Red Tide Brigades", "The Red Tide Brigades"),
        ("Red Tide Organisation", "the Red Tide"),
        ("United Nations", "the UN"),
        ("UN refugee agency", "UNHCR"),
        ("Norwegian government", "Oslo government"),
        ("وزارة الدفاع", "Ministry of Defence"),
    ],
)
def test_groups_go_by_many_names(a: str, b: str) -> None:
    assert together(named("group", a), named("group", b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Norway's interior ministry", "Sweden's interior ministry"),
        ("Red Tide Brigades", "Red Tide Council"),
        ("Ninth Brigade", "Seventh Brigade"),
        ("Ward 7 Committee", "Ward 8 Committee"),
        ("Brotherhood of Sailors", "Brotherhood"),
    ],
)
def test_groups_of_like_names_are_kept_apart(a: str, b: str) -> None:
    assert not together(named("group", a), named("group", b))


def test_a_ministry_without_its_country_is_of_the_country_that_its_document_is_about() -> None:
    found = who(
        outlined("a", named("group", "interior ministry"), named("place", "Norway", n_mentions=4)),
        outlined("b", named("group", "Norway's interior ministry")),
        outlined("c", named("group", "Sweden's interior ministry")),
    )
    assert {"interior ministry", "Norway's interior ministry"} in found
    assert {"Sweden's interior ministry"} in found


def test_letters_stand_for_the_only_name_with_those_initials() -> None:
    assert together(named("group", "OMH"), named("group", "Observer Mission to Hazmar"))


def test_a_name_without_the_place_of_its_document_is_the_same_group_elsewhere() -> None:
    found = who(
        outlined("a", named("group", "Mirsal Residents' Council"), named("place", "Camp Mirsal")),
        outlined("b", named("group", "the Residents' Council")),
    )
    assert {"Mirsal Residents' Council", "the Residents' Council"} in found


def test_a_document_that_takes_letters_for_another_group_does_not_join_the_two() -> None:
    found = who(
        outlined("a", named("group", "Red Tide Brigades", "NCD")),
        outlined("b", named("group", "National Council of Dockers", "NCD")),
        outlined("c", named("group", "National Council of Dockers")),
    )
    assert len(found) == 2


def test_a_renamed_camp_is_one_in_every_document() -> None:
    found = who(
        outlined(
            "a", named("place", "New Dawn Village", "Camp Mirsal", why=("“New Dawn Village (formerly Camp Mirsal)”",))
        ),
        outlined("b", named("place", "Camp Mirsal")),
        outlined("c", named("place", "the Mirsal camp")),
        outlined("d", named("place", "New Dawn Village")),
        outlined("e", named("place", "معسكر مرسال")),
    )
    assert len(found) == 1


def test_a_bare_name_is_the_camp_where_only_a_camp_bears_it() -> None:
    assert together(named("place", "Camp Mirsal"), named("place", "Mirsal"))
    assert not together(named("place", "Mirsal hospital"), named("place", "Mirsal"))


def test_two_sorts_of_place_with_one_name_are_two_places() -> None:
    found = who(
        outlined("a", named("place", "Camp Bandlik")),
        outlined("b", named("place", "Bandlik prison")),
        outlined("c", named("place", "Bandlik")),
    )
    assert {"Camp Bandlik"} in found or {"Camp Bandlik", "Bandlik"} in found
    assert {"Bandlik prison"} in found


def test_one_bad_link_does_not_chain() -> None:
    """A document that takes two towns for one does not make them one: others speak of both."""
    pile = [outlined(str(i), named("place", "Narmul"), named("place", "Osmira")) for i in range(4)]
    found = who(*pile, outlined("bad", named("place", "Narmul", "Osmira")))
    assert len(found) == 2


def test_a_name_that_one_document_takes_for_a_group_is_the_person_that_others_take_it_for() -> None:
    pile = [outlined(str(i), named("person", "Bahram Sefidlan")) for i in range(3)]
    entities = reconcile_entities([*pile, outlined("x", named("group", "Bahram Sefidlan"))]).entities
    assert [entity.kind for entity in entities] == ["person"]


def test_what_goes_by_letters_is_a_group() -> None:
    outlines = [outlined("a", named("person", "Red Tide", "RTB")), outlined("b", named("group", "RTB"))]
    assert [entity.kind for entity in reconcile_entities(outlines).entities] == ["group"]
    (place,) = reconcile_entities([outlined("a", named("place", "Osmira", "OSMIRA"))]).entities
    assert place.kind == "place"


def test_a_country_is_not_its_government() -> None:
    assert not together(named("place", "Norway"), named("group", "Norway"))


def test_every_join_across_documents_says_why() -> None:
    outlines = [
        outlined(
            "a", named("person", "Giyath Tarmuni", "Tarmuni", why=("“Tarmuni” is the surname of “Giyath Tarmuni”",))
        ),
        outlined("b", named("person", "Ghiyath Tarmouni")),
        outlined("c", named("person", "غیاث طرمونی")),
    ]
    (entity,) = reconcile_entities(outlines).entities
    whys = {merge.why for merge in entity.merges}
    assert "“Tarmuni” is the surname of “Giyath Tarmuni”" in whys
    assert "two spellings of one name" in whys
    assert all(0 < merge.score <= 1 and merge.why for merge in entity.merges)


def test_aliases_say_which_documents_use_them() -> None:
    outlines = [
        outlined("a", named("person", "Faris Belhadri")),
        outlined("b", named("person", "Faris Belhadri", "Belhadri")),
    ]
    (entity,) = reconcile_entities(outlines).entities
    assert {alias.form: alias.document_ids for alias in entity.aliases} == {
        "Belhadri": ("d-b",),
        "Faris Belhadri": ("d-a", "d-b"),
    }
    assert entity.name == "Faris Belhadri"


def test_descriptions_that_say_little_are_no_names() -> None:
    spoken = named("group", "Red Tide Brigades", descriptions=("the group", "the militia of Giyath Tarmuni"))
    (forms,) = who(outlined("a", spoken))
    assert forms == {"Red Tide Brigades", "the militia of Giyath Tarmuni"}


class TestJudgements:
    apart = (outlined("a", named("person", "Adel Hamruni")), outlined("b", named("person", "Abu Zohra")))
    alike = (outlined("a", named("person", "Adel Hamruni")), outlined("b", named("person", "Adil Hamrouni")))

    def test_what_a_person_holds_to_be_one_is_one(self) -> None:
        assert len(who(*self.apart)) == 2
        assert len(who(*self.apart, judgements=(judged("same", "Adel Hamruni", "Abu Zohra"),))) == 1

    def test_what_a_person_holds_to_be_two_is_two(self) -> None:
        assert len(who(*self.alike)) == 1
        assert len(who(*self.alike, judgements=(judged("different", "d-a/e0", "d-b/e0"),))) == 2

    def test_an_entity_is_named_by_the_id_it_had(self) -> None:
        first, second = reconcile_entities(self.apart).entities
        judgement = judged("same", first.id, second.id)
        assert len(who(*self.apart, outlined("0", named("person", "Abu Zohra")), judgements=(judgement,))) == 1

    def test_the_reason_is_kept(self) -> None:
        (entity,) = reconcile_entities(
            self.apart, [judged("same", "Adel Hamruni", "Abu Zohra", reason="his son says so")]
        ).entities
        assert any("his son says so" in merge.why for merge in entity.merges)

    def test_an_undone_judgement_does_not_count(self) -> None:
        undo = judged("undo", "j1", id="j2", at="2020-01-02T00:00:00Z")
        assert len(who(*self.apart, judgements=(judged("same", "Adel Hamruni", "Abu Zohra"), undo))) == 2

    def test_the_last_of_two_judgements_counts(self) -> None:
        later = judged("different", "Adel Hamruni", "Abu Zohra", id="j2", at="2020-01-02T00:00:00Z")
        assert len(who(*self.apart, judgements=(judged("same", "Adel Hamruni", "Abu Zohra"), later))) == 2


_FORMS: list[tuple[str, list[str]]] = [
    ("person", ["Adel Hamruni", "Adil Hamrouni", "Zohra Hamruni", "Hamruni", "Sami Derwazi", "سامي درويزي", "Derwazi"]),
    ("group", ["Red Tide Brigades", "RTB", "interior ministry", "Norway's interior ministry", "Residents' Council",
               "Mirsal Residents' Council", "Adel Hamruni"]),
    ("place", ["Camp Mirsal", "Mirsal", "New Dawn Village", "Narmul", "Narmul prison", "Norway", "Oslo"]),
]  # fmt: skip


@st.composite
def _local(draw: st.DrawFn) -> LocalEntityOutline:
    kind, forms = draw(st.sampled_from(_FORMS))
    chosen = draw(st.lists(st.sampled_from(forms), min_size=1, max_size=2, unique=True))
    age = draw(st.sampled_from([None, None, "34", "born 1956"])) if kind == "person" else None
    return named(kind, *chosen, age=age)  # type: ignore[arg-type]


_pile = st.lists(st.lists(_local(), min_size=1, max_size=4), min_size=1, max_size=7).map(
    lambda rows: [outlined(f"{i:02d}", *row, published_on="2018-01-01") for i, row in enumerate(rows)]
)


def _plain(entities: tuple[Entity, ...]) -> list[Entity]:
    return sorted(entities, key=lambda entity: entity.id)


@settings(max_examples=60, deadline=None)
@given(pile=_pile, seed=st.randoms(use_true_random=False))
def test_the_order_of_documents_is_nothing(pile: list[Outline], seed: object) -> None:
    shuffled = list(pile)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    assert reconcile_entities(shuffled).entities == reconcile_entities(pile).entities


@settings(max_examples=60, deadline=None)
@given(pile=_pile, cut=st.integers(0, 7), again=st.integers(0, 7))
def test_adding_documents_one_after_another_gives_what_all_at_once_give(
    pile: list[Outline], cut: int, again: int
) -> None:
    judgements = [
        judged("different", "Adel Hamruni", "Zohra Hamruni"),
        judged("same", "Narmul", "New Dawn Village", id="j2"),
    ]
    state: EntityState | None = None
    for end in sorted({min(cut, len(pile)), min(again, len(pile)), len(pile)}):
        state = reconcile_entities(pile[len(pile) - end :], judgements, state)
        state = msgspec.msgpack.decode(msgspec.msgpack.encode(state), type=EntityState)
    assert state is not None
    assert state.entities == reconcile_entities(pile, judgements).entities


@settings(max_examples=40, deadline=None)
@given(pile=_pile)
def test_every_local_entity_is_in_exactly_one_entity(pile: list[Outline]) -> None:
    members = [member for entity in reconcile_entities(pile).entities for member in entity.members]
    assert sorted(members) == sorted((o.document_id, local.id) for o in pile for local in o.entities)


def test_a_name_of_two_namesakes_is_given_to_one_of_them_once() -> None:
    first = named("person", "Adel Hamruni", age="34", id="p1")
    second = named("person", "Adel Hamruni", age="born 1956", id="p2")
    either = named("person", "Adel Hamruni", "Adil Hamrouni", id="p3")
    entities = reconcile_entities([outlined("a", first, second, either, published_on="2018-01-01")]).entities
    assert sorted(local_id for e in entities for _, local_id in e.members) == ["p1", "p2", "p3"]


def test_a_document_that_was_taken_out_leaves_nothing_behind() -> None:
    both = [outlined("a", named("person", "Adel Hamruni")), outlined("b", named("person", "Adil Hamrouni"))]
    state = reconcile_entities(both)
    assert reconcile_entities(both[:1], (), state).entities == reconcile_entities(both[:1]).entities


def test_a_document_that_was_read_anew_is_taken_in_anew() -> None:
    before = [outlined("a", named("person", "Adel Hamruni")), outlined("b", named("person", "Sami Derwazi"))]
    after = [before[0], outlined("b", named("person", "Adil Hamrouni"))]
    assert reconcile_entities(after, (), reconcile_entities(before)).entities == reconcile_entities(after).entities


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("Mardom Fadaiyan", "People's Fedayeen Organisation of Norway"),
        ("Harbour Guards Corps", "Free Harbour Guard Corps"),
        ("Qasim", "Qasim News Agency"),
        ("Ansar al-Hurriya", "Supporters of Freedom"),
    ],
)
def test_a_group_is_known_by_a_translation_and_by_part_of_its_name(short: str, long: str) -> None:
    assert together(named("group", short), named("group", long))


def test_part_of_two_names_is_neither() -> None:
    pile = [
        outlined("a", named("group", "National Council of Resistance")),
        outlined("b", named("group", "National Council for Harbours")),
        outlined("c", named("group", "National Council")),
    ]
    assert len(reconcile_entities(pile).entities) == 3
