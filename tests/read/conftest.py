import hashlib
from collections.abc import Callable

import pytest

from muster.read import ReadOptions, read
from muster.read.reader import sources
from muster.records import Document, Reading

Read = Callable[..., Reading]


def document_of(data: bytes, media_type: str, name: str = "a.bin") -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return Document(id=f"d-{digest[:16]}", sha256=digest, name=name, media_type=media_type, n_bytes=len(data))


def check_reading(reading: Reading, parts: dict[str, str]) -> None:
    """The laws that every reading keeps: pieces lead back, blocks are in order, cells lie in rows."""
    at = 0
    for piece in reading.pieces:
        assert at <= piece.start < piece.end <= len(reading.text)
        at = piece.end
        shown = reading.text[piece.start : piece.end]
        origin = parts[piece.part][piece.source_start : piece.source_end]
        assert origin
        if len(shown) == len(origin):
            assert all(a == b or (a == " " and b.isspace()) for a, b in zip(shown, origin, strict=True)), (
                shown,
                origin,
            )
    covered = {i for piece in reading.pieces for i in range(piece.start, piece.end)}
    assert all(i in covered or c in " |\n" for i, c in enumerate(reading.text))
    at = 0
    for block in reading.blocks:
        assert at <= block.start < block.end <= len(reading.text)
        assert reading.text[at : block.start].strip() == ""
        at = block.end
    assert at == len(reading.text)
    for cut in reading.cuts:
        assert 0 <= cut.source_start < cut.source_end <= len(parts[cut.part])
    spans = {(block.start, block.end) for block in reading.blocks}
    for table in reading.tables:
        for cells in table.rows:
            assert any(a <= cells[0].start and cells[-1].end <= b for a, b in spans)


@pytest.fixture
def read_bytes() -> Read:
    """Reads bytes of a media type, checking the laws of readings on the way."""

    def reader(data: bytes | str, media_type: str = "text/plain", options: ReadOptions | None = None) -> Reading:
        raw = data.encode() if isinstance(data, str) else data
        document = document_of(raw, media_type)
        made = read(document, raw, options or ReadOptions())
        assert made == read(document, raw, options or ReadOptions())
        check_reading(made, sources(document, raw, options or ReadOptions()))
        return made

    return reader
