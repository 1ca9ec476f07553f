import re

from hypothesis import given
from hypothesis import strategies as st

from muster.publish.shown_text import lang, mixed, plain, short, short_end, source

ODD = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from("<>&'\"\u202e\u2066\u200f\u200c\x00\x85\ufeff\ud800"))
)


@given(ODD)
def test_shown_text_is_the_text_with_odd_characters_by_number(text: str) -> None:
    shown = str(source(text))
    numbered = re.compile('<span class="ctl">U\\+([0-9A-F]+)</span>')
    assert "<" not in numbered.sub("", shown)
    assert _unescaped(numbered.sub(lambda found: chr(int(found[1], 16)), shown)) == text


def _unescaped(text: str) -> str:
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&#34;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return text


def test_marks_and_joiners_that_arabic_and_persian_need_stay() -> None:
    assert str(source("می\u200cروند\u200f")) == "می\u200cروند\u200f"


@given(ODD)
def test_plain_text_keeps_its_length_and_can_be_written(text: str) -> None:
    assert len(plain(text)) == len(text)
    plain(text).encode("utf-8")


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_a_cut_text_is_a_part_of_the_text_and_says_that_it_is_cut(text: str, chars: int) -> None:
    whole = short(text, len(text))
    first, last = short(text, chars), short_end(text, chars)
    assert "\n" not in whole
    assert (first == whole) == (len(whole) <= chars) or first.endswith(" […]")
    assert whole.startswith(first.removesuffix(" […]"))
    assert whole.endswith(last.removeprefix("[…] "))


def test_a_language_that_is_no_code_is_left_out() -> None:
    assert lang("fa") == "fa"
    assert lang("pt-BR") == "pt-BR"
    assert lang("und") == ""
    assert lang('en" onload="x') == ""


def test_words_from_right_to_left_are_set_apart_in_a_sentence() -> None:
    assert mixed("Attack at سجن محجر, 27 April <2019>") == "Attack at <bdi>سجن محجر</bdi>, 27 April &lt;2019&gt;"
    assert mixed("Attack at the quay") == "Attack at the quay"
