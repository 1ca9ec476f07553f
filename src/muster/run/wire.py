"""What a build and its child processes say to each other: length-prefixed frames of typed MessagePack.

No pickle: a child has parsed hostile files, and what it answers is decoded as a record of a known type.
"""

from dataclasses import dataclass
from typing import BinaryIO

#: A frame is its length in 8 bytes, the highest first, and as many bytes.
HEAD_BYTES = 8
#: The largest answer that a child may give.
MOST_BYTES = 1 << 30

READY, PART, DONE, FAILED = b"R", b"P", b"D", b"F"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOptions:
    """How a child is set up.

    work is "module:function"; the function takes options (bytes, which only it understands) and returns
    the function that turns a task into results, all of them bytes.  memory_bytes limits the address
    space, max_write_bytes a file that it writes, timeout_s the time until the first or next result.
    """

    work: str
    options: bytes
    memory_bytes: int
    timeout_s: float
    max_write_bytes: int = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a task has no result.  code, message and hint as in Reject."""

    code: str
    message: str
    hint: str


def write_frame(file: BinaryIO, payload: bytes) -> None:
    """Write one frame.  Raises BrokenPipeError where the other end is gone."""
    file.write(len(payload).to_bytes(HEAD_BYTES, "big"))
    file.write(payload)
    file.flush()


def read_frame(file: BinaryIO) -> bytes | None:
    """Read one frame, waiting for it; None at the end."""
    head = file.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES:
        return None
    payload = file.read(int.from_bytes(head, "big"))
    return payload if len(payload) == int.from_bytes(head, "big") else None
