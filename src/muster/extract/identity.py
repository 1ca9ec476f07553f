"""Ids of statements: digests of what they stand on, so that the same text always gives the same id."""

from hashlib import blake2b


def statement_id(
    document_id: str, start: int, end: int, content_start: int, content_end: int, act: str, extra: str = ""
) -> str:
    """Return "s-" and 16 hex digits (BLAKE2b, 64 bits).

    extra tells apart two statements of one act over one content: "12 | 30" of a toll table, the two
    victims of one clause.  Positions count code points of Reading.text.
    """
    parts = (document_id, start, end, content_start, content_end, act, extra)
    key = "\x1f".join(str(part) for part in parts)
    return "s-" + blake2b(key.encode("utf-8"), digest_size=8).hexdigest()
