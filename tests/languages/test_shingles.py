from hypothesis import given
from hypothesis import strategies as st

from muster.languages.scripts import fold
from muster.languages.shingles import N_WORDS, digests, fold_words, shingles

SENTENCE = "Soldiers entered the salt works at dawn and held forty workers in the yard until the evening"


def runs(text: str) -> set[int]:
    return set(digests(shingles(text)).tolist())


def share(a: str, b: str) -> float:
    left, right = runs(a), runs(b)
    return len(left & right) / min(len(left), len(right))


def test_punctuation_case_and_spacing_do_not_count() -> None:
    assert shingles(SENTENCE) == shingles(
        "SOLDIERS  entered, the salt works\nat dawn — and held forty workers in the yard, until the evening."
    )


def test_arabic_letter_variants_and_vowel_signs_do_not_count() -> None:
    assert shingles("قتل ثلاثة في المدينة القديمة") == shingles("قُتِلَ ثلاثة في المدينه القديمـة")


def test_one_changed_word_spoils_no_more_than_its_own_shingles() -> None:
    other = SENTENCE.replace("forty", "fifty")
    assert len(runs(SENTENCE) - runs(other)) == N_WORDS


def test_an_excerpt_is_contained_in_its_source() -> None:
    assert share(SENTENCE, " ".join(SENTENCE.split()[4:12])) == 1.0


def test_the_digest_is_the_same_in_every_run() -> None:
    assert shingles("one two three four") == bytes.fromhex("2c80212e847dab30")


def test_no_words_give_no_shingles() -> None:
    assert shingles(" …!? ") == b""


@given(st.text())
def test_shingles_are_sorted_distinct_64_bit_numbers(text: str) -> None:
    found = digests(shingles(text)).tolist()
    assert found == sorted(set(found))
    assert all(0 <= digest < 2**64 for digest in found)


@given(st.lists(st.text("abcßœ½çéأىקд가한 ,-…’\u0301\u200c", max_size=12), max_size=40))
def test_there_is_one_digest_for_each_different_run_of_folded_words(parts: list[str]) -> None:
    text = " ".join(parts)
    words = fold_words(text)
    different = {tuple(words[n : n + N_WORDS]) for n in range(max(1, len(words) - N_WORDS + 1))} if words else set()
    assert len(digests(shingles(text))) == len(different)


@given(st.text())
def test_a_text_has_the_shingles_of_its_folded_form(text: str) -> None:
    assert shingles(text) == shingles(fold(text))


def test_a_long_text_has_the_runs_of_its_parts() -> None:
    words = [f"word{n % 701}x{n % 997}" for n in range(40_000)]
    whole = runs(" ".join(words))
    assert len(whole) == len({tuple(words[n : n + N_WORDS]) for n in range(len(words) - N_WORDS + 1)})
    assert runs(" ".join(words[20_000:20_100])) <= whole
