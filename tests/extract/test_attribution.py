"""Who says what: chains of attribution.  All names are invented; the gold sentences are in chains.jsonl."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from muster.extract.attribution import Attribution, chain
from muster.extract.attributions import attributions, document_attributions
from muster.extract.parse import Doc, Token, model
from muster.extract.spans import attributed
from muster.records import Statement
from tests.extract.test_english import Extract

GOLD = [json.loads(line) for line in Path(__file__).with_name("chains.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def parsed(text: str) -> Doc:
    """One parsed block."""
    return model()(text)


def speakers(gold: dict[str, Any]) -> list[Token]:
    """The head words of those under whose words the marked word of a gold sentence stands, outermost first."""
    docs = [parsed(text) for text in gold["text"]]
    found = document_attributions(docs, [gold["heading"]] * len(docs))
    doc = docs[gold["block"]]
    marked = next(t for t in doc if t.idx <= gold["at"] < t.idx + len(t.text))
    around = [a for a in chain(found[gold["block"]], marked.i) if a.speaker is not None]
    return [docs[gold["block"] - a.back][a.speaker] for a in around]


def names(token: Token, phrase: str) -> bool:
    """Whether a head word stands within a phrase of its text."""
    text, at = token.doc.text, -1
    while (at := text.find(phrase, at + 1)) >= 0:
        if at <= token.idx < at + len(phrase):
            return True
    return False


def is_right(gold: dict[str, Any]) -> bool:
    """Whether the whole chain is as the gold sentence has it."""
    got = speakers(gold)
    return len(got) == len(gold["chain"]) and all(names(t, p) for t, p in zip(got, gold["chain"], strict=True))


def heard(text: str, *, headline: bool = False) -> list[tuple[str | None, str, str]]:
    """Speaker, cue and class of each attribution of a block."""
    doc = parsed(text)
    found = attributions(doc, headline=headline)
    return [(None if a.speaker is None else doc[a.speaker].text, doc[a.cue].text, a.kind) for a in found]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The ministry says that four people died; the hospital speaks of seven.", "hospital"),
        ("Soldiers shot people. The hospital says four, the council nine.", "council"),
    ],
)
def test_who_gives_another_number_is_reported_by_nobody(extract: Extract, text: str, speaker: str) -> None:
    last = max((s for s in extract(text).statements if s.count), key=lambda s: s.content_start)
    assert [words.name for words in last.said_by] == [f"the {speaker}"]


def test_the_gold_chains_are_what_they_claim_to_be() -> None:
    assert len(GOLD) >= 200
    assert sum(len(g["chain"]) > 1 for g in GOLD) >= 200
    for gold in GOLD:
        assert gold["text"][gold["block"]][gold["at"] :].startswith(gold["of"])
        assert all(any(phrase in text for text in gold["text"]) for phrase in gold["chain"])


@pytest.mark.parametrize(("half", "floor"), [("dev", 0.94), ("test", 0.88)])
def test_whole_chains_are_right_as_often_as_measured(half: str, floor: float) -> None:
    gold = [g for g in GOLD if g["half"] == half]
    wrong = [g["id"] for g in gold if not is_right(g)]
    assert 1 - len(wrong) / len(gold) >= floor, wrong


@pytest.mark.parametrize("half", ["dev", "test"])
def test_nested_chains_are_right_as_often_as_measured(half: str) -> None:
    gold = [g for g in GOLD if g["half"] == half and len(g["chain"]) > 1]
    assert sum(map(is_right, gold)) / len(gold) >= 0.87


def test_a_cue_with_an_object_behind_it_does_not_take_the_clause_before_it() -> None:
    doc = parsed("The government says that not one person died, the hospital says four.")
    died = next(t.i for t in doc if t.text == "died")
    assert [doc[a.speaker].text for a in chain(attributions(doc), died) if a.speaker is not None] == ["government"]


def test_a_clause_hung_on_the_interview_goes_back_to_the_verb() -> None:
    text = "Laleh Sabzvand told the Tebrask Wire in an interview on Monday that soldiers had shot ten people."
    doc = parsed(text)
    shot = next(t.i for t in doc if t.text == "shot")
    assert [doc[a.speaker].text for a in chain(attributions(doc), shot) if a.speaker is not None] == ["Sabzvand"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The council claims that ten people died.", "allege"),
        ("The ministry denies that ten people died.", "deny"),
        ("The colonel ordered his men to burn the village.", "order"),
        ("The colonel threatened to burn the village.", "threaten"),
        ("The union accused the army of killing three miners.", "accuse"),
        ("The mayor is sceptical that ten people died.", "doubt"),
        ("The ministry's denial that ten people died was repeated.", "deny"),
        ("Dr Orvandi said that ten people had died.", "say"),
    ],
)
def test_the_cue_tells_how_firmly_it_is_said(text: str, kind: str) -> None:
    assert kind in {k for _, _, k in heard(text)}


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “people's court” sat in the old school.",
        "Soldiers of the “Iron Brigade” crossed the ford.",
        "They call it the “school of silence”.",
    ],
)
def test_scare_quotes_are_no_speech(text: str) -> None:
    assert not [a for a in attributions(parsed(text)) if a.quoted]


def test_labels_before_a_colon_are_no_speakers() -> None:
    assert heard("WARNING: the bridge at the ford is closed.") == []
    assert heard("SABZVAND: the bridge at the ford is closed.") == [("SABZVAND", ":", "say")]


def test_a_quotation_keeps_its_speaker_in_the_next_paragraph_and_no_longer() -> None:
    docs = [
        parsed("“They came at four,” said Laleh Sabzvand. “Nobody helped us."),
        parsed("“They burned the granary.”"),
        parsed("The council met on Monday."),
    ]
    found = document_attributions(docs, [False] * 3)
    assert [a.back for a in found[1]] == [1]
    assert found[2] == []


def test_nobody_speaks_twice_for_one_cue() -> None:
    for gold in GOLD:
        for found in document_attributions([parsed(t) for t in gold["text"]], [gold["heading"]] * len(gold["text"])):
            here = [a.cue for a in found if not a.back]
            assert len(here) == len(set(here))


def test_every_attribution_points_into_its_block() -> None:
    for gold in GOLD:
        for text in gold["text"]:
            doc = parsed(text)
            for a in attributions(doc, headline=gold["heading"]):
                assert isinstance(a, Attribution)
                assert a.tokens
                assert max(a.tokens) < len(doc)
                assert a.cue not in a.tokens or a.quoted
                assert a.cue < a.cue_end <= len(doc)


def test_spans_are_the_words_of_the_text() -> None:
    text = "“They came at four,” Dr Orvandi said, “and they burned the granary.”"
    (found,) = attributed([parsed(text)], [False])
    assert [text[s.start : s.end] for s in found.source] == ["Dr Orvandi"]
    assert [text[s.start : s.end] for s in found.cue] == ["said"]
    assert [text[s.start : s.end].strip("“”,. ") for s in found.content] == [
        "They came at four",
        "and they burned the granary",
    ]


def test_only_the_wide_setting_takes_attitudes_for_words() -> None:
    doc = parsed("The mayor criticised the plan and is worried about the harvest.")
    assert attributed([doc], [False]) == []
    wide = attributed([doc], [False], wide=True)
    assert [doc.text[s.start : s.end] for a in wide for s in a.content] == ["the plan", "the harvest"]


def test_statements_carry_the_whole_chain(extract: Extract) -> None:
    found = extract("“They came at four,” said Laleh Sabzvand.", "“A guard told me that soldiers had killed two men.”")
    killed = [s for s in found.statements if s.act == "kill"]
    assert [words(s) for s in killed] == [["laleh sabzvand", "a guard"]]


def words(statement: Statement) -> list[str]:
    """The names of those who say a statement, in lower case."""
    return [w.name.casefold() for w in statement.said_by]
