"""The knowledge files of this stage: well formed, and without contradictions."""

import tomllib
from importlib.resources import files

import pytest

from muster.reconcile.kinds import load_kinds
from muster.reconcile.naming import name_key
from muster.reconcile.places import load_place_types, places_size, split_place


@pytest.mark.parametrize(
    "name", ["group_words.toml", "kinds.toml", "organisations.toml", "person_words.toml", "place_types.toml"]
)
def test_every_file_says_where_its_facts_come_from(name: str) -> None:
    text = (files("muster.reconcile") / name).read_text(encoding="utf-8")
    assert text.startswith("#")
    assert tomllib.loads(text)


def test_every_act_is_of_one_kind_only() -> None:
    vocabulary = tomllib.loads((files("muster.extract") / "acts.toml").read_text(encoding="utf-8"))
    acts = {act for act, row in vocabulary.items() if isinstance(row, dict) and "definition" in row}
    kinds = load_kinds()
    placed = [*kinds.kind_of, *kinds.speech, *kinds.figures]
    assert sorted(placed) == sorted(set(placed))
    assert set(placed) == acts - {"obstruct"}  # which only leads to the three kinds of denial


def test_kinds_that_may_be_one_incident_are_kinds() -> None:
    kinds = load_kinds()
    assert {kind for pair in kinds.compatible for kind in pair} <= set(kinds.labels)
    assert kinds.may_be_one("attack", "death")
    assert not kinds.may_be_one("attack", "agreement")


def test_no_name_of_an_organisation_stands_for_two() -> None:
    data = tomllib.loads((files("muster.reconcile") / "organisations.toml").read_text(encoding="utf-8"))
    for name, forms in data.items():
        for form in forms:
            key = name_key("group", form)
            assert key is not None
            assert key.tokens == (f"@{name}",), form


def test_a_type_word_is_of_one_type() -> None:
    data = tomllib.loads((files("muster.reconcile") / "place_types.toml").read_text(encoding="utf-8"))
    words = [word for row in data.values() for word in row["words"]]
    assert len(words) == len(set(words))
    assert {kind.name for kind in load_place_types().values()} == set(data)


def test_a_place_name_is_parted_into_type_and_rest() -> None:
    assert [
        (kind.name if kind else None, rest) for kind, rest in map(split_place, ("Camp Mirsal", "Mirsal camp", "Mirsal"))
    ] == [
        ("camp", ("mirsal",)),
        ("camp", ("mirsal",)),
        (None, ("mirsal",)),
    ]
    assert split_place("Camp Mirsal hospital")[0] == load_place_types()["hospital",]


def test_sizes_of_places() -> None:
    assert [
        places_size([name]) for name in ("the gate tower", "Camp Mirsal", "Narmul", "Hazmar province", "Norway")
    ] == [0, 1, 2, 3, 4]
    assert places_size(["New Dawn", "Camp Mirsal"]) == 1
