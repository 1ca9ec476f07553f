"""Whose words a document carries: a communiqué without a writer, and a text that says "we"."""

import pytest

from muster.reconcile.voice import voice_of
from muster.records import Extraction, LocalEntity, Statement, Words

SPOKESMAN = LocalEntity(id="e1", kind="person", name="Bo Reth", forms=("Bo Reth",))
UNION = LocalEntity(id="e2", kind="group", name="Panworkers' Union", forms=("Panworkers' Union",))
PORT = LocalEntity(id="e3", kind="place", name="Osmira", forms=("Osmira",))


def words(name: str, entity: str | None) -> Words:
    return Words(start=0, end=len(name), words=name, name=name, entity=entity)


def told(act: str = "kill", by: tuple[Words, ...] = (), actor: Words | None = None) -> Statement:
    return Statement(
        id=f"s-{act}",
        document_id="d-one",
        start=0,
        end=1,
        quote="x",
        content_start=0,
        content_end=1,
        content="x",
        said_by=by,
        cue=None,
        act=act,
        actor=actor,
        target=None,
        place=None,
        when=None,
        count=None,
        polarity="affirmed",
        modality="asserted",
        confidence=1.0,
        extractor="made",
    )


def voice(*statements: Statement, text: str = "The pans were closed.") -> str | None:
    entities = (SPOKESMAN, UNION, PORT)
    return voice_of(text, Extraction(document_id="d-one", statements=statements, entities=entities, mentions=()))


RETH, UNION_WORDS = words("Reth", "e1"), words("the union", "e2")
SAID = told(by=(RETH,))


def test_a_text_in_which_one_alone_is_let_speak_carries_his_words() -> None:
    assert voice(SAID, SAID, told()) == "e1"


def test_the_outermost_speaker_is_whose_words_a_text_gives() -> None:
    assert voice(told(by=(RETH, UNION_WORDS)), SAID) == "e1"


@pytest.mark.parametrize(
    "others",
    [
        (told(by=(UNION_WORDS,)),),
        (told(by=(words("two drivers", None),)),),
        (told("accuse", actor=UNION_WORDS),),
        (told(), told(), told()),
    ],
    ids=["another", "somebody unnamed", "another who accuses", "mostly nobody's words"],
)
def test_a_text_that_carries_more_than_his_words_is_not_his(others: tuple[Statement, ...]) -> None:
    assert voice(SAID, SAID, *others) is None


def test_one_sentence_of_somebody_does_not_make_a_text_his() -> None:
    assert voice(SAID) is None


def test_a_place_has_no_voice() -> None:
    assert voice(*[told(by=(words("Osmira", "e3"),))] * 2) is None


DEMANDS = told("appeal", actor=UNION_WORDS)


def test_who_alone_demands_in_a_text_that_says_we_is_its_voice() -> None:
    assert voice(told(), told(), SAID, DEMANDS, text="We ask again that the gate be opened.") == "e2"


@pytest.mark.parametrize("text", ["The US asked.", "“We will not go,” a driver said.", "They asked again."])
def test_without_we_outside_quotation_marks_one_demand_tells_nothing(text: str) -> None:
    assert voice(told(), told(), SAID, DEMANDS, text=text) is None
