import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.languages import scripts
from muster.languages.language import identify
from muster.languages.scripts import flatten, fold, hidden_characters, mixed_script_words, script_of


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("كربلاء", "کربلاء"),
        ("أحمد", "احمد"),
        ("مُحَمَّد", "محمد"),
        ("عـــلي", "علی"),
        ("فاطمة", "فاطمه"),
        ("۱۲۳", "١٢٣"),
        ("می‌گوید", "میگوید"),
        ("Café", "CAFE"),
        ("Łódź", "lodz"),
        ("“quoted” – so", '"quoted" - so'),
    ],
)
def test_spellings_that_readers_mix_are_found_alike(a: str, b: str) -> None:
    assert fold(a) == fold(b)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_flattening_keeps_every_position(text: str) -> None:
    assert len(flatten(text)) == len(text)


def test_scripts_are_told_apart() -> None:
    assert script_of("نادر قلم") == "arabic"
    assert script_of("Nader") == "latin"
    assert script_of("Надер") == "cyrillic"
    assert script_of("12 :") == "none"


def test_what_does_not_show_is_found_where_it_stands() -> None:
    found = hidden_characters("abc\u202edef\u200b می\u200cگوید")
    assert [(h.at, h.kind) for h in found] == [(3, "bidi"), (7, "invisible")]


def test_look_alike_letters_are_found() -> None:
    assert mixed_script_words("pаypal paypal") == ("pаypal",)  # a Cyrillic a


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The guards closed the gate in the morning and nobody came.", "en"),
        ("أغلق الحراس البوابة في الصباح ولم يأت أحد إلى المخيم.", "ar"),
        ("نگهبانان صبح دروازه را بستند و هیچ‌کس به اردوگاه نیامد.", "fa"),
        ("Les gardes ont fermé la porte et personne n'est venu.", "fr"),
        ("Охранники закрыли ворота утром, и никто не пришёл.", "ru"),
        ("محافظوں نے صبح دروازہ بند کر دیا اور کوئی نہیں آیا۔", "ur"),
        ("12 34 56", "und"),
        ("", "und"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert identify(text) == language


@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    code = identify(text)
    assert code == "und" or len(code) == 2


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_is_folded_by_the_short_way_as_by_the_long_one(text: str) -> None:
    assert scripts.fold(text) == scripts._fold_any(text)
