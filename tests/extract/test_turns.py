"""Labelled turns of talk: whose words stand behind a label, and what a label is not."""

from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from muster.extract.turns import labels
from muster.records import Extraction

Extract = Callable[..., Extraction]

_HOUSE = (
    "Mrs Edda Lim [Oru North]: Will the Minister say how many died in Tarmun?",
    "Hadrin Vey [Minister of Works]: Mr Speaker, Sir, on 9 March a riot broke out and 28 prisoners escaped.",
    "Two guards were injured by stones.",
    "Mr Speaker: Order, order.",
    "Mrs Edda Lim: The police killed two men in Oru. I appeal to the Minister to release the others.",
    "Hadrin Vey: I deny that anybody was beaten.",
)


def _told(found: Extraction, act: str) -> list[tuple[list[str], str | None]]:
    return [
        ([w.name for w in s.said_by], None if s.actor is None else s.actor.name)
        for s in found.statements
        if s.act == act
    ]


def test_all_paragraphs_of_a_turn_are_the_words_of_whom_its_label_names(extract: Extract) -> None:
    found = extract(*_HOUSE)
    assert [by for by, _ in _told(found, "escape")] == [["Hadrin Vey"]]
    assert [by for by, _ in _told(found, "injure")] == [["Hadrin Vey"]]
    assert [by for by, _ in _told(found, "kill")][-1] == ["Mrs Edda Lim"]


def test_whoever_is_addressed_first_does_nothing(extract: Extract) -> None:
    assert not [s for s in extract(*_HOUSE).statements if s.actor is not None and "Speaker" in s.actor.name]


def test_what_is_done_by_speaking_has_the_speaker_as_actor_and_nobody_who_says_so(extract: Extract) -> None:
    found = extract(*_HOUSE)
    assert _told(found, "appeal") == [([], "Mrs Edda Lim")]
    assert _told(found, "deny_responsibility") == [([], "Hadrin Vey")]
    assert _told(found, "ill_treat") == [(["Hadrin Vey"], None)]


def test_surnames_in_capitals_are_joined_to_full_names_and_the_presenter_is_the_programme_itself(
    extract: Extract,
) -> None:
    found = extract(
        "PRESENTER: Nine people were killed in Tarmun on Monday. Nurse Ilsa Tarvik is on the line.",
        "TARVIK: Soldiers shot my brother.",
        "PRESENTER: The army says it shot nobody.",
        "TARVIK (crying): They killed him.",
    )
    kills = [s for s in found.statements if s.act == "kill"]
    assert [w.name for w in kills[0].said_by] == []
    assert "Ilsa Tarvik" in kills[-1].said_by[0].name


def test_what_a_speaker_retells_stands_under_both(extract: Extract) -> None:
    found = extract(
        "Interviewer: Who was hurt?",
        "Jonas: A nurse told me that soldiers shot two men.",
        "Interviewer: Thank you, Jonas.",
    )
    shot = [s for s in found.statements if s.act in ("kill", "attack", "injure")]
    assert [w.name for w in shot[0].said_by] == ["Jonas", "A nurse"]


def test_a_label_is_no_claim(extract: Extract) -> None:
    found = extract(
        "Interviewer: How did you get out, Jonas?",
        "Jonas: On the 20th, with a friend. We cut the wire and burned the shed.",
        "Interviewer: And you, Jonas?",
        "Jonas: We walked.",
    )
    assert not _told(found, "claim_responsibility")


def test_a_form_is_no_talk() -> None:
    fields = "Name: Jonas Vey\nAge: 20\nName: Edda Lim\nAge: 31\n"
    assert labels(fields, [(0, len(fields))]) == []
    text = "VICTIM: Jonas Vey\nVILLAGE: Oru\nVICTIM: Edda Lim\nVILLAGE: Tarmun\n"
    assert labels(text, [(0, len(text))]) == []


def test_a_role_before_a_name_in_brackets_gives_the_name() -> None:
    text = "The Minister of Works (Mr Vey): We agree to it.\nMr Lim: Why now?\nMr Lim: Well, nobody asked us to.\n"
    found = labels(text, [(0, len(text))])
    assert [text[w.name_start : w.name_end] for w in found] == ["Mr Vey", "Mr Lim", "Mr Lim"]
    assert [text[w.said :].split()[0] for w in found] == ["We", "Why", "nobody"]


@given(st.text(alphabet="Aa:b .?\n[](1Q", max_size=200))
def test_labels_stand_in_order_within_the_text(text: str) -> None:
    found = labels(text, [(0, len(text))])
    for one in found:
        assert one.start <= one.name_start < one.name_end < one.end <= one.said <= len(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
