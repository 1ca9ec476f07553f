"""A pool of child processes, each with a memory limit and a wall-clock limit for every task.

The standard pools cannot do it: multiprocessing.Pool loses a task whose process dies, and
ProcessPoolExecutor gives up altogether; neither can end one task that hangs.
"""

import os
import selectors
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType
from typing import BinaryIO, Generic, TypeVar, cast

from muster.errors import MusterError
from muster.run.wire import DONE, FAILED, HEAD_BYTES, MOST_BYTES, PART, READY, ChildOptions, Failure, write_frame
from muster.store.codec import decode, encode

K = TypeVar("K")
_START_S = 300.0
_CHUNK_BYTES = 1 << 20
#: One thread each: the children themselves are what runs side by side, and thread stacks eat address space.
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


_Task = tuple[K, bytes, int]  # key, payload, how many children it has crashed


def _next(waiting: Iterator[tuple[K, bytes]]) -> "_Task[K] | None":
    found = next(waiting, None)
    return None if found is None else (*found, 0)


@dataclass(slots=True, eq=False)
class _Child(Generic[K]):
    process: "subprocess.Popen[bytes]"
    deadline: float
    ready: bool = False
    task: _Task[K] | None = None
    received: bytearray = field(default_factory=bytearray)

    @property
    def stdin(self) -> BinaryIO:
        return cast(BinaryIO, self.process.stdin)

    @property
    def stdout(self) -> BinaryIO:
        return cast(BinaryIO, self.process.stdout)

    def frame(self) -> bytes | None:
        """Take one whole frame out of what has been received, or None."""
        if len(self.received) < HEAD_BYTES:
            return None
        n_bytes = int.from_bytes(self.received[:HEAD_BYTES], "big")
        if n_bytes > MOST_BYTES:
            raise ValueError("frame too large")
        if len(self.received) < HEAD_BYTES + n_bytes:
            return None
        payload = bytes(self.received[HEAD_BYTES : HEAD_BYTES + n_bytes])
        del self.received[: HEAD_BYTES + n_bytes]
        return payload


class Pool(Generic[K]):
    """Up to n children that do one kind of work.  A context manager: at the end all are gone."""

    def __init__(self, options: ChildOptions, n: int) -> None:
        self._options = options
        self._n = n
        self._children: list[_Child[K]] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> "Pool[K]":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.end()
        self._selector.close()

    def end(self) -> None:
        """End all children; others are started if there is more to do."""
        for child in list(self._children):
            self._end(child)

    def start(self, n: int) -> None:
        """Start children ahead of need, up to n in all: loading takes them a while."""
        while len(self._children) < min(n, self._n):
            self._spawn()

    def run(self, tasks: Iterable[tuple[K, bytes]]) -> Iterator[tuple[K, bytes | Failure]]:
        """Yield the results and the failure of every task, by its key, in the order they come in.

        No more than one task is taken from tasks before a child is free for it, so that memory stays
        bounded.  A task that takes too long until its next result fails with "timeout"; one whose child dies twice,
        with "crashed" (its first results may then come twice).

        Raises:
            MusterError: "no_children": children do not get as far as being ready.
        """
        waiting = iter(tasks)
        ahead = _next(waiting)
        again: list[_Task[K]] = []
        while ahead or again or any(each.task for each in self._children):
            for child in self._free(bool(ahead or again)):
                if again:
                    self._give(child, again.pop())
                elif ahead:
                    self._give(child, ahead)
                    ahead = _next(waiting)
            yield from self._collect(again)

    def _free(self, wanted: bool) -> list[_Child[K]]:
        """Return the idle children; start one more where none is idle or on its way, and one is wanted."""
        idle = [each for each in self._children if each.ready and each.task is None]
        coming = any(not each.ready for each in self._children)
        if wanted and not idle and not coming and len(self._children) < self._n:
            self._spawn()
        return idle

    def _spawn(self) -> None:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "muster.run.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | _ONE_THREAD,
            process_group=0,  # Ctrl-C is for the build alone, which then ends its children
        )
        child: _Child[K] = _Child(process=process, deadline=monotonic() + _START_S)
        self._children.append(child)
        self._selector.register(child.stdout, selectors.EVENT_READ, child)
        with suppress(BrokenPipeError):
            write_frame(child.stdin, encode(self._options))

    def _give(self, child: _Child[K], task: _Task[K]) -> None:
        child.task = task
        child.deadline = monotonic() + self._options.timeout_s
        with suppress(BrokenPipeError):  # a child that is gone shows at the other pipe
            write_frame(child.stdin, task[1])

    def _collect(self, again: list[_Task[K]]) -> Iterator[tuple[K, bytes | Failure]]:
        """Wait until something happens, and yield what came of it."""
        busy = [each for each in self._children if each.task or not each.ready]
        wait = max(0.0, min((each.deadline for each in busy), default=0.0) - monotonic())
        for key, _ in self._selector.select(wait):
            yield from self._receive(key.data, again)
        for child in [each for each in self._children if each.deadline < monotonic()]:
            if child.task:
                yield child.task[0], self._timeout()
                self._end(child)
            elif not child.ready:
                raise _no_children("They are not ready in time.")

    def _receive(self, child: _Child[K], again: list[_Task[K]]) -> Iterator[tuple[K, bytes | Failure]]:
        data = os.read(child.stdout.fileno(), _CHUNK_BYTES)
        child.received += data
        try:
            while (frame := child.frame()) is not None:
                yield from self._take(child, frame)
        except ValueError:
            data = b""
        if not data and child in self._children:
            yield from self._lost(child, again)

    def _take(self, child: _Child[K], frame: bytes) -> Iterator[tuple[K, bytes | Failure]]:
        if not child.ready:
            if frame != READY:
                failure = decode(frame[1:], Failure)
                raise _no_children(failure.message, failure.hint)
            child.ready = True
        elif child.task and frame[:1] == PART:
            child.deadline = monotonic() + self._options.timeout_s
            yield child.task[0], frame[1:]
        elif child.task:
            key, child.task = child.task[0], None
            if frame[:1] != DONE:
                yield key, self._failure(child, frame)

    def _failure(self, child: _Child[K], frame: bytes) -> Failure:
        failure = decode(frame[1:], Failure) if frame[:1] == FAILED else self._crash()
        if failure.code == "out_of_memory":
            self._end(child)  # what it could not allocate may have left it half done
        return failure

    def _lost(self, child: _Child[K], again: list[_Task[K]]) -> Iterator[tuple[K, bytes | Failure]]:
        self._end(child)
        if not child.ready:
            raise _no_children("One ended while it was loading.")
        if child.task is None:
            return
        key, payload, n_crashes = child.task
        if n_crashes == 0:
            again.append((key, payload, 1))
        else:
            yield key, self._crash()

    def _end(self, child: _Child[K]) -> None:
        self._children.remove(child)
        self._selector.unregister(child.stdout)
        child.process.kill()
        child.process.wait()
        child.stdout.close()
        with suppress(BrokenPipeError):
            child.stdin.close()

    def _timeout(self) -> Failure:
        return Failure(
            code="timeout",
            message=f"It took longer than {self._options.timeout_s:g} s.",
            hint="Raise MUSTER_TIMEOUT_S and build again, or look at the original by hand.",
        )

    def _crash(self) -> Failure:
        return Failure(
            code="crashed",
            message="The process that worked on it died, twice.",
            hint="Look at the original by hand, on a machine that you can spare.",
        )


def _no_children(why: str, hint: str = "") -> MusterError:
    return MusterError(
        "no_children", f"The processes that read documents do not start. {why}",
        hint or "Look whether there is memory left, and whether the MUSTER_*_MEMORY_BYTES settings allow enough.",
    )  # fmt: skip
