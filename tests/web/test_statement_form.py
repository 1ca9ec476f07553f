"""The form for a statement by hand: the words must stand in the document, and nothing typed is lost."""

import pytest

from muster.records import Reading
from muster.web.statement_form import StatementForm, places_of

_TEXT = "Two people died.\nThe mayor said that  two people died. 🔥 Two people died."


def _form(**typed: str) -> StatementForm:
    reading = Reading(
        document_id="d-1", text=_TEXT, title=None, author=None, outlet=None, published_on=None, language="en",
        blocks=(), reader="text/1",
    )  # fmt: skip
    return StatementForm(typed, reading)


def test_words_that_were_marked_are_filled_in_without_the_space_around_them() -> None:
    form = _form(start="16", end="26")
    assert form.get("words") == "The mayor"
    assert form.start == 17


def test_places_count_code_points() -> None:
    assert [place for place, _before, _after in places_of(_TEXT, "Two people died.")] == [0, 57]
    assert _TEXT[57 : 57 + 16] == "Two people died."


def test_white_space_is_taken_for_any_other() -> None:
    assert _form(words="died.\tThe mayor", act="kill").check()
    assert _form(words="that  two", act="kill").check()


def test_words_that_stand_there_once_need_no_place() -> None:
    form = _form(words="The mayor said", act="accuse", said_by="The Post\n\n The mayor ", low="2", of="killed")
    assert form.check()
    assert form.fields() == {
        "start": 17, "end": 31, "act": "accuse", "said_by": ["The Post", "The mayor"], "polarity": "affirmed",
        "modality": "asserted", "count": {"low": 2, "high": None, "of": "killed"},
    }  # fmt: skip


def test_of_words_that_stand_there_twice_the_place_must_be_chosen() -> None:
    form = _form(words="Two people died.", act="kill")
    assert not form.check()
    assert set(form.problems) == {"start"}
    chosen = _form(words="Two people died.", act="kill", start="57")
    assert chosen.check()
    assert chosen.fields()["start"] == 57


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"act": "kill"}, {"words"}),
        ({"words": "Three people died", "act": "kill"}, {"words"}),
        ({"words": "The mayor"}, {"act"}),
        ({"words": "The mayor", "act": "kill", "date": "last week"}, {"date"}),
        ({"words": "The mayor", "act": "kill", "low": "ten"}, {"count"}),
        ({"words": "The mayor", "act": "kill", "low": "10", "high": "9"}, {"count"}),
        ({"words": "The mayor", "act": "kill", "high": "9"}, {"count"}),
        ({"words": "The mayor", "act": "kill", "low": "²"}, {"count"}),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(typed: dict[str, str], wrong: set[str]) -> None:
    form = _form(**typed)
    assert not form.check()
    assert set(form.problems) == wrong
    assert all(form.get(field) == value for field, value in typed.items())
