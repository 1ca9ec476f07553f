import re
from typing import get_args

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from muster.extract.vocabulary import acts
from muster.reconcile.kinds import load_kinds
from muster.records import (
    Count,
    Counted,
    DisagreementKind,
    EntityKind,
    JudgementKind,
    Modality,
    Polarity,
    QuestionKind,
    Standard,
    State,
    Statement,
    StatementStatus,
    Status,
    TieKind,
    When,
    Words,
)
from muster.store.around import IncidentBrief
from muster.web.wording import KINDS, count_in_words, date_in_words, incident_in_words, number_range, percent

_CODES = {
    "act": acts().codes,
    "incident": tuple(load_kinds().labels),
    "polarity": get_args(Polarity),
    "modality": get_args(Modality),
    "counted": get_args(Counted),
    "status": get_args(StatementStatus),
    "question": get_args(QuestionKind),
    "answered": get_args(Status),
    "answered in full": get_args(Status),
    "disagreement": get_args(DisagreementKind),
    "tie": get_args(TieKind),
    "state": get_args(State),
    "standard": get_args(Standard),
    "judgement": get_args(JudgementKind),
    "entity": get_args(EntityKind),
}


@pytest.mark.parametrize("kind", _CODES)
def test_every_code_has_words(kind: str) -> None:
    assert set(KINDS[kind]) == set(_CODES[kind])


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [
        (3, 3, "3"),
        (3, 10, "3–10"),
        (11, None, "11 or more"),
        (0, 10, "up to 10"),
        (0, 0, "0"),
        (2000, 9999, "2,000–9,999"),
    ],
)
def test_a_range_is_shown_as_a_reader_takes_it_in(low: int, high: int | None, shown: str) -> None:
    assert number_range(low, high) == shown


def test_the_dead_of_an_illness_are_not_called_killed() -> None:
    assert count_in_words(Count(low=3, high=3, of="killed"), "die_other") == "3 dead"
    assert count_in_words(Count(low=3, high=3, of="killed", approximate=True), "kill") == "about 3 killed"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2017-03-04", "2017-03-04"),
        ("2017-03-04/2017-03-06", "2017-03-04 to 2017-03-06"),
        ("2017?", "2017 (uncertain)"),
        ("../2017", "until 2017"),
        ("2017/..", "from 2017"),
        ("XXXX-07-29", "07-29, year not given"),
        ("XXXX", "not known"),
    ],
)
def test_a_date_needs_no_knowledge_of_its_notation(edtf: str, words: str) -> None:
    shown = date_in_words(edtf)
    assert shown.replace('<span class="n" dir="ltr">', "").replace("</span>", "") == words


def test_a_date_that_is_markup_stays_text() -> None:
    assert "<b>" not in date_in_words("<b>2017</b>/<i>")


def test_what_is_not_certain_is_never_called_so() -> None:
    assert (percent(0.999), percent(1.0), percent(0.42)) == ("99%", "100%", "42%")


def test_words_of_a_document_are_never_markup() -> None:
    evil = '<img src=x onerror="alert(1)">'
    speaker = Words(start=0, end=5, words=evil, name=evil)
    statement = Statement(
        id="s-1", document_id="d-1", start=0, end=len(evil) + 4, quote=f"ab{evil}cd", content_start=2,
        content_end=2 + len(evil), content=evil, said_by=(speaker,), cue=None, act="kill", actor=speaker,
        target=speaker, place=speaker, when=When(edtf="2017-03-04", basis="stated", words=evil), count=None,
        polarity="denied",
        modality="alleged", confidence=0.9, extractor="x",
    )  # fmt: skip
    with override("en"):
        page = render_to_string("part/statement.html", {"statement": statement, "publisher": evil, "plain": True})
    assert "<img" not in page
    assert "<mark>&lt;img" in page
    assert "denied" in page
    assert "alleged" in page


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Attack, Salt Gate, 2017-03-14"), ("fa", "حمله، Salt Gate، 2017-03-14")]
)
def test_an_incident_is_called_by_kind_place_and_date_in_the_language_of_the_page(language: str, told: str) -> None:
    incident = IncidentBrief(
        id="i-1", name="Attack at Salt Gate, 14 March 2017", kind="attack", when="2017-03-14", place="Salt Gate",
        n_statements=1,
    )  # fmt: skip
    with override(language):
        assert re.sub("<[^>]*>", "", incident_in_words(incident)) == told
