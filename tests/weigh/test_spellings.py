"""Rare spellings: two documents that alone write a name in one way."""

import pytest

from muster.records import Alias, Entity
from muster.weigh import find_ties
from muster.weigh.spellings import rare_spellings
from tests.weigh.made import document_id, outline


def spelled(**forms: str) -> Entity:
    """One man, as written in each document."""
    aliases = {form: tuple(sorted(document_id(d) for d in forms if forms[d] == form)) for form in forms.values()}
    return Entity(
        id="e-1",
        kind="person",
        name="Ghiyath al-Tarmuni",
        aliases=tuple(Alias(form=form, document_ids=ids) for form, ids in sorted(aliases.items())),
        members=tuple(sorted((document_id(d), "e1") for d in forms)),
    )


USUAL = {"a": "Ghiyath al-Tarmuni", "b": "al-Tarmuni", "c": "Tarmuni"}


def test_two_documents_that_alone_write_a_name_in_one_way_are_a_caution() -> None:
    man = spelled(**USUAL, d="Giyath Tarmouni", e="Tarmouni")
    outlines = [outline(name, outlet=f"Paper {name}") for name in "abcde"]
    (tie,) = find_ties(outlines, [man])
    assert (tie.kind, tie.strong) == ("spelling", False)
    assert {tie.a, tie.b} == {document_id("d"), document_id("e")}
    assert "alone write “tarmouni”" in tie.why
    assert "3 others write “tarmuni”" in tie.why


def test_copies_and_documents_of_one_outlet_need_no_such_caution() -> None:
    man = spelled(**USUAL, d="Tarmouni", e="Tarmouni")
    text = " ".join(f"word{n}" for n in range(40))
    copies = [outline(name, text, outlet=f"Paper {name}") for name in "de"]
    assert {tie.kind for tie in find_ties(copies, [man])} == {"copied"}
    one_outlet = [outline(name, outlet="Harbour Post") for name in "de"]
    assert {tie.kind for tie in find_ties(one_outlet, [man])} == {"outlet"}


@pytest.mark.parametrize(
    "others",
    [
        {"d": "Tarmouni"},
        {"d": "Tarmouni", "e": "Tarmouni", "f": "Tarmouni"},
        {"d": "Tarmunia", "e": "Tarmunia"},
        {"d": "Tarkuni", "e": "Tarkuni"},
        {"d": "طرموني", "e": "طرموني"},
    ],
    ids=["one alone", "three", "an ending", "another name", "another script"],
)
def test_what_is_no_shared_rare_spelling(others: dict[str, str]) -> None:
    assert list(rare_spellings([spelled(**USUAL, **others)])) == []


def test_a_rare_spelling_beside_two_usual_ones_is_not_rare() -> None:
    assert list(rare_spellings([spelled(a="Tarmuni", b="Tarmuni", d="Tarmouni", e="Tarmouni")])) == []
