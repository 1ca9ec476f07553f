import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.languages.names import NAME_THRESHOLD, compare, name_parts, similarity, skeleton
from muster.languages.sounds import bulk, closeness, most_bits, outline, weight

# All invented, in the spellings that newspapers, lists and registrars give such names.
SAME = [
    ("Nader Qalam", "نادر قلم"),
    ("Nadir Ghalam", "Nader Qalam"),
    ("Wathib al-Hattar", "Watheb Hattar"),
    ("Wathib al-Hattar", "واثب الحطار"),
    ("Gholam-Hossein Karbasdar", "غلامحسین کرباسدار"),
    ("Abdelfattah Marzuqi", "Abd al-Fattah al-Marzouki"),
    ("Abdulrahman al-Rawi", "عبد الرحمن الراوي"),
    ("Abolhassan Banifar", "ابوالحسن بنی‌فر"),
    ("Salah al-Din Ahmadi", "Salaheddine Ahmady"),
    ("Karim Basri", "General Karim al-Basri"),
    ("Nuri Basri", "Nouri Kamil al-Basri"),
    ("Qalam, Nader", "Nader Qalam"),
    ("Jafar Othman", "جعفر عثمان"),
    ("Mohammad-Reza Sahlani", "محمدرضا سهلانی"),
    ("Мохаммад Салари", "Mohammad Salari"),
    ("Yusef Habibpour", "یوسف حبیب‌پور"),
]
OTHER = [
    ("Salman bin Muhammad", "Muhammad bin Salman"),
    ("Hassan Ali Kazemi", "Ali Hassan Kazemi"),
    ("Ali Hassan Rawi", "Ali Hussein Rawi"),
    ("حسن راوي", "حسين راوي"),
    ("Hamid Qalam", "Hamed Qalam"),
    ("Karim Salem", "Karim Salim"),
    ("Nader Qalam", "Qader Qalam"),
    ("Mina Salari", "Amina Salari"),
    ("Ali", "Ali Rahmani"),
    ("Reza Amini", "Reza Amiri"),
    ("Khalid Rawi", "Khalil Rawi"),
    ("Nader Qalam", "Nader Basri"),
]
NAMES = st.sampled_from(sorted({name for pair in SAME + OTHER for name in pair}))


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name_are_one(a: str, b: str) -> None:
    assert similarity(a, b) >= NAME_THRESHOLD


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_two_names_are_two(a: str, b: str) -> None:
    assert similarity(a, b) < NAME_THRESHOLD


@given(NAMES, NAMES)
def test_comparing_is_symmetric_and_within_bounds(a: str, b: str) -> None:
    assert similarity(a, b) == similarity(b, a)
    assert 0.0 <= similarity(a, b) <= 1.0


@given(NAMES)
def test_a_name_is_itself(name: str) -> None:
    assert similarity(name, name) == pytest.approx(1.0)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared(a: str, b: str) -> None:
    score, why = compare(a, b)
    assert 0.0 <= score <= 1.0
    assert why.endswith(".")


def test_a_reason_names_what_agrees_and_what_does_not() -> None:
    _, why = compare("Nuri Basri", "Nouri Kamil al-Basri")
    assert "nouri = nuri" in why
    assert "unmatched: kamil" in why


def test_parts_are_what_tells_a_name_apart() -> None:
    assert name_parts("General Sheikh Nader bin Karim al-Qalam") == ("nader", "karim", "qalam")
    assert name_parts("The General") == name_parts("the general")


def test_skeletons_are_alike_across_scripts() -> None:
    assert skeleton("Nader Qalam") == skeleton("نادر قلم")
    assert skeleton("Wathib al-Hattar") == skeleton("واثب الحطار")


SOUNDS = st.text("ACDGJSTWYbdfghjklmnpqrstwxyz", min_size=1, max_size=7)


@given(SOUNDS, SOUNDS, st.booleans(), st.sampled_from([0.6, 0.78, 0.9]))
def test_what_is_told_apart_without_aligning_is_apart(a: str, b: str, arabic: bool, worst: float) -> None:
    alike = closeness(a, b, arabic)
    assert closeness(a, b, arabic, worst) == (alike if alike >= worst else 0.0)
    if alike >= worst:
        (bits_a, far_a), (bits_b, far_b) = outline(a), outline(b)
        most = most_bits(max(weight(a, arabic), weight(b, arabic)), worst)
        assert (bits_a & far_b).bit_count() <= most
        assert (bits_b & far_a).bit_count() <= most
        assert abs(bulk(a) - bulk(b)) <= (1.0 - worst) * max(weight(a, arabic), weight(b, arabic)) + 1e-9


def test_a_word_written_as_two_is_found_in_a_name_of_many_words() -> None:
    assert similarity("Nader Karim Abd al-Fattah Qalam", "Nader Karim Abdelfattah Qalam") >= NAME_THRESHOLD
    assert similarity("Ali Reza Qalam", "Alireza Qalam") >= NAME_THRESHOLD
