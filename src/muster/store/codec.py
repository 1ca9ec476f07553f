"""Records as bytes and back: the one module that knows the encoding (MessagePack, by msgspec).

Records are written as maps by field name, so that a field that is added with a default reads old
blobs.  Decoding is typed: bytes that do not fit the record are refused, never guessed at, which is
why child processes that handled hostile files may answer in it.
"""

from collections.abc import Hashable
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeVar, cast

import msgspec

from muster.errors import MusterError

T = TypeVar("T")
_encoder = msgspec.msgpack.Encoder()


@lru_cache(maxsize=64)
def _decoder(kind: Hashable) -> "msgspec.msgpack.Decoder[Any]":
    return msgspec.msgpack.Decoder(cast(Any, kind))


def encode(record: object) -> bytes:
    """Return a record, or a tuple of records, as bytes; equal records give equal bytes."""
    return _encoder.encode(record)


def decode(blob: bytes | memoryview, kind: type[T]) -> T:
    """Return the record of a type that `encode` wrote.

    Raises:
        MusterError: "damaged_blob": the bytes are not such a record.
    """
    try:
        return cast(T, _decoder(cast(Hashable, kind)).decode(blob))
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise MusterError(
            "damaged_blob", f"The case holds a {getattr(kind, '__name__', kind)} that cannot be read back: {error}.",
            "Restore the case from a copy, or build it anew from its originals.",
        ) from error  # fmt: skip


def digest(*parts: bytes | str) -> str:
    """Return 32 hex digits of BLAKE2b over parts; every part's length is hashed with it."""
    state = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def to_json(value: object, *, indent: bool = False) -> str:
    """Return plain data or records as JSON text."""
    blob = msgspec.json.encode(value)
    return (msgspec.json.format(blob, indent=2) if indent else blob).decode("utf-8")


def from_json(text: str, kind: type[T]) -> T:
    """Return the record or plain data of a type that JSON text holds.

    Raises:
        ValueError: it is not JSON, or not of that type; the message says where.
    """
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise ValueError(str(error)) from error
