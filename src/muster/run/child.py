"""A child process that does one kind of work within limits: `python -P -m muster.run.child`.

It limits its own memory before anything is imported, and arms a kernel timer for each task, so that
it ends even where the build that started it was killed and native code hangs.
"""

import contextlib
import os
import re
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module

from muster.errors import MusterError
from muster.run.wire import DONE, FAILED, READY, ChildOptions, Failure, read_frame, write_frame
from muster.store.codec import decode, encode

_GRACE_S = 5.0
_MAX_FILE_BYTES = 64 << 20


def main() -> None:
    """Load the work, then do tasks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not run into the frames
    first = read_frame(tasks)
    if first is None:
        return
    setup = decode(first, ChildOptions)
    _limit(setup.memory_bytes)
    try:
        work = _load(setup)
    except Exception as error:  # noqa: BLE001  the edge: the build is told why the child cannot work
        write_frame(results, FAILED + encode(_failure(error)))
        return
    write_frame(results, READY)
    with contextlib.suppress(BrokenPipeError):
        while (task := read_frame(tasks)) is not None:
            signal.setitimer(signal.ITIMER_REAL, setup.timeout_s + _GRACE_S)
            answer = _answer(work, task)
            signal.setitimer(signal.ITIMER_REAL, 0)
            write_frame(results, answer)


def _limit(memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_FILE_BYTES, _MAX_FILE_BYTES))


def _load(setup: ChildOptions) -> Callable[[bytes], bytes]:
    module, _, name = setup.work.partition(":")
    work: Callable[[bytes], bytes] = getattr(import_module(module), name)(setup.options)
    return work


def _answer(work: Callable[[bytes], bytes], task: bytes) -> bytes:
    try:
        return DONE + work(task)
    except Exception as error:  # noqa: BLE001  the edge: it becomes a Reject
        return FAILED + encode(_failure(error))


def _failure(error: Exception) -> Failure:
    if isinstance(error, MusterError):
        return Failure(code=error.code, message=error.message, hint=error.hint)
    if isinstance(error, MemoryError):
        return Failure(
            code="out_of_memory",
            message="It needs more memory than one file is given.",
            hint="Raise MUSTER_READ_MEMORY_BYTES or MUSTER_EXTRACT_MEMORY_BYTES and build again.",
        )
    if isinstance(error, RecursionError):
        return Failure(code="too_deep", message="It is nested too deeply.", hint="Look at the original by hand.")
    words = re.sub(r"0x[0-9a-fA-F]+", "0x…", f"{type(error).__name__}: {error}")[:300]
    return Failure(
        code="failed",
        message=f"Muster failed on it: {words}.",
        hint="This is a fault of Muster: please report it, without the document if it is not public.",
    )


if __name__ == "__main__":
    main()
