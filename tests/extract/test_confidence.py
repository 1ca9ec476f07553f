"""Confidence: from a few signs that anyone can read, and worth what it promises."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.confidence import Example, ece, fit, own_sets, pairs, probabilities
from muster.extract import ExtractOptions, load_extractor
from muster.extract.confidence import BIAS, LEAST, Weights, kept, signs, weighed, weights
from muster.extract.patterns import PatternExtractor
from muster.extract.vocabulary import acts
from muster.records import Extraction, Statement
from tests.extract.conftest import made_reading
from tests.extract.pattern_gold import reading_of

Extract = Callable[..., Extraction]
SENTENCE = "Soldiers shot dead ten residents of Camp Mirsal on Tuesday, and an attack was feared."
TWICE = "Ten people died in the attack on the camp in which the police killed them by firing on the tents."


@pytest.fixture(scope="module")
def found(extract: Extract) -> tuple[Statement, ...]:
    return extract(SENTENCE, "The council said nine people had been wounded. They were taken to the fort.").statements


def test_what_a_sentence_says_is_surer_than_what_it_mentions_in_passing() -> None:
    in_passing = load_extractor(ExtractOptions(keep="wide")).extract(made_reading(TWICE)).statements
    sure = {s.content: s.confidence for s in in_passing}
    assert sure["firing on the tents"] < sure[TWICE.rstrip(".")]


def test_full_is_never_surer_than_right_by_much(found: tuple[Statement, ...]) -> None:
    for each in found:
        assert each.confidence_in_full is not None
        assert 0 < each.confidence_in_full < each.confidence + 0.1


def test_arabic_and_tables_are_weighed_by_the_same_file() -> None:
    reading = reading_of("قتل خمسة من سكان المخيم وأصيب عشرون آخرون فجر الجمعة.", "ar")
    raw = PatternExtractor("ar").extract(reading).statements
    sure = load_extractor().extract(reading).statements
    assert {s.id for s in sure} == {s.id for s in raw}
    assert {s.confidence for s in sure} != {s.confidence for s in raw}
    assert all(s.confidence_in_full is not None for s in sure)


def test_a_statement_that_shows_nothing_known_has_the_odds_of_any(found: tuple[Statement, ...]) -> None:
    alone = Weights(right={BIAS: 0.0}, in_full={BIAS: 3.0})
    reading = made_reading(SENTENCE)
    assert {s.confidence for s in weighed(reading, found, alone)} == {0.5}
    assert {s.confidence_in_full for s in weighed(reading, found, alone)} == {0.9526}


def test_each_setting_keeps_what_a_stricter_one_keeps() -> None:
    reading = made_reading(SENTENCE, TWICE)
    by = {keep: {s.id for s in load_extractor(ExtractOptions(keep=keep)).extract(reading).statements} for keep in LEAST}
    assert by["strict"] < by["balanced"] <= by["wide"]


def test_a_setting_keeps_from_its_least_confidence_on() -> None:
    three = [replace(_statement(0, 9, "kill"), confidence=sure) for sure in (0.9, 0.6, 0.2)]
    assert [len(kept(three, keep)) for keep in ("strict", "balanced", "wide")] == [1, 2, 3]


@given(order=st.permutations(range(4)))
def test_the_order_in_which_statements_were_found_changes_nothing(order: list[int]) -> None:
    reading = made_reading(SENTENCE)
    wide = _statement(0, 85, "kill")
    four = [wide, _statement(0, 40, "kill"), _statement(46, 85, "attack"), replace(wide, act="injure")]
    shown = signs(reading, four)
    assert signs(reading, [four[n] for n in order]) == [shown[n] for n in order]
    assert ["inside another" in each for each in shown] == [False, True, True, False]
    assert ["same act beside it" in each for each in shown] == [True, True, False, False]


def _statement(start: int, end: int, act: str) -> Statement:
    return Statement(
        id=f"s-{start}{end}{act}", document_id="d-0123456789abcdef", start=0, end=85, quote=SENTENCE,
        content_start=start, content_end=end, content=SENTENCE[start:end], said_by=(), cue=None, act=act, actor=None,
        target=None, place=None, when=None, count=None, polarity="affirmed", modality="asserted", confidence=0.7,
        extractor="rules/1",
    )  # fmt: skip


def test_ten_thousand_statements_in_one_sentence_are_weighed_at_once() -> None:
    many = [_statement(n % 80, n % 80 + 3, "kill") for n in range(10_000)]
    assert len(weighed(made_reading(SENTENCE), many)) == 10_000


def test_what_is_promised_is_kept_in_the_invented_place() -> None:
    """Fails where the rules have changed much and nobody has run `benchmarks/confidence.py fit`."""
    examples = [e for each in own_sets() for e in each.examples]
    for by, right in (
        (weights().right, np.array([float(e.right) for e in examples])),
        (weights().in_full, np.array([float(e.in_full) for e in examples])),
    ):
        promised = probabilities(by, examples)
        assert abs(promised.mean() - right.mean()) < 0.04
        assert ece(promised, right) < 0.1


def test_the_fit_finds_what_speaks_for_and_against() -> None:
    def example(n: int, sign: str, right: bool) -> Example:
        return Example(document=str(n), signs=(BIAS, sign), right=right, in_full=False)

    seen = [example(n, "good", n % 10 != 0) for n in range(100)] + [example(n, "bad", n % 2 == 0) for n in range(100)]
    by = fit(seen, lambda e: e.right)
    assert by["good"] > 0.5
    assert by["bad"] < -0.5
    promised = probabilities(by, [seen[0], seen[-1]])
    assert abs(promised[0] - 0.9) < 0.1
    assert abs(promised[1] - 0.5) < 0.1


def test_a_found_statement_is_right_where_act_and_words_match_one_of_the_truth() -> None:
    gold = [
        {"act": "kill", "content": "Soldiers shot dead ten residents"},
        {"act": "attack", "content": "Soldiers shot dead ten residents"},
    ]
    found = [_statement(0, 32, "kill"), _statement(0, 32, "kill"), _statement(46, 85, "attack")]
    assert list(pairs(gold, found).values()) == [0]


def test_sifting_keeps_the_order(found: tuple[Statement, ...]) -> None:
    half = [replace(s, confidence=n % 2) for n, s in enumerate(found)]
    assert kept(half, "strict") == tuple(half[1::2])


def test_every_content_and_speaker_of_the_blind_texts_stands_in_its_text() -> None:
    lines = (Path(__file__).parent / "gold_blind.jsonl").read_text(encoding="utf-8").splitlines()
    for row in map(json.loads, lines):
        for each in row["statements"]:
            assert each["content"] in row["text"]
            assert each.get("said_by", "") in row["text"]
            assert each["act"] in acts().codes
