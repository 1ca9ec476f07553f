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
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from muster.errors import MusterError
from muster.run.wire import DONE, FAILED, PART, READY, ChildOptions, Failure, read_frame, write_frame
from muster.store.codec import decode, encode

_GRACE_S = 5.0
Work = Callable[[bytes], Iterable[bytes]]


def main() -> None:
    """Load the work, then do tasks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not run into the frames
    first = read_frame(tasks)
    if first is None:
        return
    setup = decode(first, ChildOptions)
    _limit(setup)
    try:
        work = _load(setup)
    except Exception as error:  # noqa: BLE001  the edge: the build is told why the child cannot work
        write_frame(results, FAILED + encode(_failure(error)))
        return
    write_frame(results, READY)
    with contextlib.suppress(BrokenPipeError):
        while (task := read_frame(tasks)) is not None:
            signal.setitimer(signal.ITIMER_REAL, setup.timeout_s + _GRACE_S)
            for answer in _answers(work, task):
                signal.setitimer(signal.ITIMER_REAL, setup.timeout_s + _GRACE_S)
                write_frame(results, answer)
            signal.setitimer(signal.ITIMER_REAL, 0)


def _limit(setup: ChildOptions) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (setup.memory_bytes, setup.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (setup.max_write_bytes, setup.max_write_bytes))


def _load(setup: ChildOptions) -> Work:
    module, _, name = setup.work.partition(":")
    work: Work = getattr(import_module(module), name)(setup.options)
    return work


def _answers(work: Work, task: bytes) -> Iterator[bytes]:
    try:
        for part in work(task):
            yield PART + part
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  the edge: it becomes a Reject
        yield FAILED + encode(_failure(error))
    else:
        yield DONE


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
