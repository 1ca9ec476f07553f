import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.languages.numbers import find_counts, find_numbers, find_ordinals

ENGLISH = [
    ("Thirty-six people", 36, 36),
    ("two hundred and four soldiers", 204, 204),
    ("a dozen guards", 12, 12),
    ("a hundred men", 100, 100),
    ("five thousand three hundred and two", 5302, 5302),
    ("1.2 million people", 1_200_000, 1_200_000),
    ("3,500 residents", 3500, 3500),
    ("3.500 residents", 3500, 3500),
    ("٣٥٠٠ residents", 3500, 3500),
    ("۳۵۰۰ residents", 3500, 3500),
    ("3000+ people", 3000, None),
    ("at least 10 killed", 10, None),
    ("no fewer than 10", 10, None),
    ("more than 30 wounded", 31, None),
    ("over a dozen", 13, None),
    ("up to 12 dead", 0, 12),
    ("as many as twelve", 0, 12),
    ("fewer than 5", 0, 4),
    ("10 or 12 people", 10, 12),
    ("ten to twelve people", 10, 12),
    ("between 7 and 9 people", 7, 9),
    ("7-8 people", 7, 8),
    ("10–12 people", 10, 12),
    ("two to three thousand people", 2000, 3000),
    ("dozens of people", 24, 99),
    ("scores of wounded", 40, 199),
    ("hundreds", 200, 999),
    ("several hundred", 200, 999),
    ("thousands", 2000, 9999),
    ("tens of thousands", 20000, 99999),
    ("ten people at least", 10, None),
    ("21 or more", 21, None),
    ("nobody died", 0, 0),
    ("no one was hurt", 0, 0),
    ("not a single shot", 0, 0),
    ("one person", 1, 1),
]
ARABIC = [
    ("25 من السكان", 25, 25),
    ("ست نساء", 6, 6),
    ("أحد عشر رجلا", 11, 11),
    ("خمسة وثلاثين شخصا", 35, 35),
    ("مئة وخمسة وعشرون قتيلا", 125, 125),
    ("ثلاثة آلاف وأربعمئة مقيم", 3400, 3400),
    ("ألفان وثلاثمئة", 2300, 2300),
    ("قتيلان", 2, 2),
    ("وجريحين", 2, 2),
    ("عشرات الجرحى", 24, 99),
    ("مئات المعتقلين", 200, 999),
    ("آلاف النازحين", 2000, 9999),
    ("عشرات الآلاف", 20000, 99999),
    ("ما لا يقل عن خمسة", 5, None),
    ("خمسة قتلى على الأقل", 5, None),
    ("أكثر من 300 شخص", 301, None),
    ("بين عشرة واثني عشر شخصا", 10, 12),
    ("10 أو 12 شخصا", 10, 12),
    ("و14 جريحا", 14, 14),
    ("لا أحد", 0, 0),
    ("قتيل واحد", 1, 1),
]
PERSIAN = [
    ("۶۱ نفر", 61, 61),
    ("سی و شش نفر", 36, 36),
    ("بیست‌وپنج نفر", 25, 25),
    ("سه هزار و چهارصد ساکن", 3400, 3400),
    ("ده‌ها تن", 24, 99),
    ("صدها نفر", 200, 999),
    ("هزاران نفر", 2000, 9999),
    ("دست‌کم ۱۰ نفر", 10, None),
    ("دست کم ده نفر", 10, None),
    ("بیش از ۳۰۰ زخمی", 301, None),
    ("بین ۷ تا ۹ نفر", 7, 9),
    ("ده یا دوازده نفر", 10, 12),
    ("هیچ‌کس کشته نشد", 0, 0),
    ("نه نفر", 9, 9),
    ("یک نفر", 1, 1),
]
CASES = [(language, *case) for language, cases in (("en", ENGLISH), ("ar", ARABIC), ("fa", PERSIAN)) for case in cases]


@pytest.mark.parametrize(("language", "text", "low", "high"), CASES)
def test_a_quantity_is_a_range(language: str, text: str, low: int, high: int | None) -> None:
    (count,) = find_counts(text, language)
    assert (count.low, count.high) == (low, high)


@pytest.mark.parametrize("text", ["some 120 lives", "about 120 lives", "nearly 120", "an estimated 120", "roughly 120"])
def test_about_a_number_is_the_number_marked_approximate(text: str) -> None:
    (count,) = find_counts(text, "en")
    assert (count.low, count.high, count.approximate) == (120, 120, True)
    assert text.startswith(count.words)


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "aged 34", "age"),
        ("en", "a 34-year-old", "age"),
        ("en", "Nader Qalam, 34, said", "age"),
        ("en", "12.7mm rounds", "distance"),
        ("en", "25 km away", "distance"),
        ("en", "6 percent", "percent"),
        ("en", "$500 million", "money"),
        ("en", "at 5 pm", "time"),
        ("en", "two days later", "time"),
        ("en", "in 2003", "year"),
        ("en", "the 2003 invasion", "year"),
        ("en", "8 April", "date"),
        ("en", "page 12", "other"),
        ("en", "Resolution 1929", "other"),
        ("en", "three times", "other"),
        ("en", "M16 rifles", "other"),
        ("en", "3. The guards", "other"),
        ("ar", "25 كيلومترا", "distance"),
        ("ar", "عام 2011", "date"),
        ("fa", "۳۴ ساله", "age"),
        ("fa", "۲۳ مهر", "date"),
    ],
)
def test_what_counts_nothing_is_told_apart(language: str, text: str, kind: str) -> None:
    assert [span.kind for span in find_numbers(text, language)][:1] == [kind]
    assert not [span for span in find_counts(text, language) if span.words.strip(".") in text[:5]]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the one who spoke"),
        ("en", "no longer"),
        ("en", "a man and an apple"),
        ("ar", "لست متأكدا"),
        ("ar", "مقتل مدنيين"),
        ("fa", "یک مقام گفت"),
        ("fa", "نه او و نه من"),
    ],
)
def test_words_that_only_look_like_numbers_are_left(language: str, text: str) -> None:
    assert find_counts(text, language) == ()


def test_two_thousand_people_are_no_year() -> None:
    (count,) = find_counts("2000 people fled", "en")
    assert count.low == 2000


def test_ordinals_are_found_apart() -> None:
    assert [o.low for o in find_ordinals("the eighth and the 34th", "en")] == [8, 34]
    assert find_counts("the eighth", "en") == ()


@given(st.integers(min_value=0, max_value=9_999_999), st.sampled_from(["en", "ar", "fa"]))
def test_digits_of_every_script_are_read_back(n: int, language: str) -> None:
    zero = {"en": "0", "ar": "٠", "fa": "۰"}[language]
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(n))
    assert [span.low for span in find_numbers(f"{text} :", language)] == [n]


@given(st.integers(min_value=1, max_value=999_999))
def test_english_number_words_are_read_back(n: int) -> None:
    assert [(span.low, span.high) for span in find_counts(f"{spelled(n)} rockets", "en")] == [(n, n)]


@given(st.text(max_size=80), st.sampled_from(["en", "ar", "fa"]))
def test_spans_are_in_order_and_where_they_say(text: str, language: str) -> None:
    spans = find_numbers(text, language)
    assert all(text[span.start : span.end] == span.words for span in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert all(span.high is None or span.low <= span.high for span in spans)


SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(n: int) -> str:
    """The English words for 1 to 999,999."""
    if n >= 1000:
        rest = f" {spelled(n % 1000)}" if n % 1000 else ""
        return f"{spelled(n // 1000)} thousand{rest}"
    if n >= 100:
        rest = f" and {spelled(n % 100)}" if n % 100 else ""
        return f"{SMALL[n // 100]} hundred{rest}"
    if n >= 20:
        return TENS[n // 10 - 2] + (f"-{SMALL[n % 10]}" if n % 10 else "")
    return SMALL[n]
