from hypothesis import given
from hypothesis import strategies as st

from muster.languages.shingles import N_WORDS, shingles

SENTENCE = "Soldiers entered the salt works at dawn and held forty workers in the yard until the evening"


def share(a: str, b: str) -> float:
    left, right = set(shingles(a)), set(shingles(b))
    return len(left & right) / min(len(left), len(right))


def test_punctuation_case_and_spacing_do_not_count() -> None:
    assert shingles(SENTENCE) == shingles(
        "SOLDIERS  entered, the salt works\nat dawn — and held forty workers in the yard, until the evening."
    )


def test_arabic_letter_variants_and_vowel_signs_do_not_count() -> None:
    assert shingles("قتل ثلاثة في المدينة القديمة") == shingles("قُتِلَ ثلاثة في المدينه القديمـة")


def test_one_changed_word_spoils_no_more_than_its_own_shingles() -> None:
    other = SENTENCE.replace("forty", "fifty")
    assert len(set(shingles(SENTENCE)) - set(shingles(other))) == N_WORDS


def test_an_excerpt_is_contained_in_its_source() -> None:
    assert share(SENTENCE, " ".join(SENTENCE.split()[4:12])) == 1.0


def test_the_digest_is_the_same_in_every_run() -> None:
    assert shingles("one two three four") == (1836196124012518098,)


def test_no_words_give_no_shingles() -> None:
    assert shingles(" …!? ") == ()


@given(st.text())
def test_shingles_are_sorted_distinct_64_bit_numbers(text: str) -> None:
    found = shingles(text)
    assert list(found) == sorted(set(found))
    assert all(0 <= digest < 2**64 for digest in found)
