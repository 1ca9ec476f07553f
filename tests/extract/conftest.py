"""Readings made of a text, for extraction."""

from collections.abc import Callable

import pytest

from muster.extract import load_extractor
from muster.records import Block, Extraction, Reading


def made_reading(*paragraphs: str, published_on: str | None = "2017-03-15", title: str | None = None) -> Reading:
    """A reading of paragraphs, with a title as its first block."""
    blocks, text = [], ""
    for n, words in enumerate(((title,) if title else ()) + paragraphs):
        text += "\n\n" if text else ""
        kind = "title" if title and n == 0 else "paragraph"
        blocks.append(Block(kind=kind, start=len(text), end=len(text) + len(words)))
        text += words
    return Reading(
        document_id="d-0123456789abcdef", text=text, title=title, author=None, outlet=None, published_on=published_on,
        language="en", blocks=tuple(blocks), reader="test/1",
    )  # fmt: skip


@pytest.fixture(scope="session")
def extract() -> Callable[..., Extraction]:
    """Extract from paragraphs, as made_reading takes them."""
    extractor = load_extractor()

    def run(*paragraphs: str, **of_reading: str | None) -> Extraction:
        return extractor.extract(made_reading(*paragraphs, **of_reading))

    return run
