"""A child is limited in time and memory, and what it does to itself costs one task."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from muster.errors import MusterError
from muster.run.children import Pool
from muster.run.wire import ChildOptions, Failure


def echo(options: bytes) -> Callable[[bytes], Iterator[bytes]]:
    """Work for the tests below: it does as it is told."""

    def work(task: bytes) -> Iterator[bytes]:
        match task.split():
            case [b"sleep"]:
                time.sleep(600)
            case [b"grow"]:
                yield bytes(bytearray(4 << 30))
            case [b"die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case [b"die-once", marker]:
                if not Path(marker.decode()).exists():
                    Path(marker.decode()).touch()
                    os.kill(os.getpid(), signal.SIGKILL)
            case [b"print"]:
                print("noise " * 1000, flush=True)
                os.write(1, b"more noise")
            case [b"fail"]:
                raise ValueError(f"no good: {object()}")
            case [b"deep"]:
                yield from work(task)
            case [b"refuse"]:
                raise MusterError("unfit", "It is unfit.", "Mend it.")
            case [b"pid"]:
                yield str(os.getpid()).encode()
                return
            case [b"large"]:
                yield b"x" * 20_000_000
                return
            case [b"slowly"]:
                for n in range(5):
                    time.sleep(0.4)
                    yield b"%d" % n
                return
            case [b"nothing"]:
                return
            case [b"some-then-hang"]:
                yield b"some"
                time.sleep(600)
        yield options + task

    return work


def does_not_load(options: bytes) -> Callable[[bytes], Iterator[bytes]]:
    raise MusterError("no_model", "There is no such model.", "Install it.")


def dies_loading(options: bytes) -> Callable[[bytes], Iterator[bytes]]:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def options(work: str = "echo", timeout_s: float = 30) -> ChildOptions:
    return ChildOptions(work=f"tests.run.test_children:{work}", options=b"<", memory_bytes=1 << 30, timeout_s=timeout_s)


def run(tasks: list[bytes], n: int = 2, timeout_s: float = 30) -> dict[int, bytes | Failure]:
    with Pool[int](options(timeout_s=timeout_s), n) as pool:
        return dict(pool.run(enumerate(tasks)))


def test_every_task_has_its_result() -> None:
    assert run([b"%d" % n for n in range(50)]) == {n: b"<%d" % n for n in range(50)}


def test_no_tasks_start_no_child() -> None:
    assert run([]) == {}


@pytest.mark.parametrize(
    ("task", "code"),
    [(b"grow", "out_of_memory"), (b"die", "crashed"), (b"fail", "failed"), (b"refuse", "unfit"), (b"deep", "too_deep")],
)
def test_a_task_that_goes_wrong_costs_only_itself(task: bytes, code: str) -> None:
    results = run([b"before", task, b"after", b"last"])
    failure = results.pop(1)
    assert isinstance(failure, Failure)
    assert failure.code == code
    assert results == {0: b"<before", 2: b"<after", 3: b"<last"}


def test_a_task_that_hangs_is_ended_while_others_go_on() -> None:
    results = run([b"sleep", b"a", b"b", b"sleep", b"c"], timeout_s=1)
    failed = {key: result.code for key, result in results.items() if isinstance(result, Failure)}
    assert failed == {0: "timeout", 3: "timeout"}
    assert results[4] == b"<c"


def test_a_child_that_died_by_accident_gets_a_second_try(tmp_path: Path) -> None:
    task = b"die-once " + str(tmp_path / "marker").encode()
    assert run([task]) == {0: b"<" + task}


def test_what_a_library_prints_does_not_mix_with_results() -> None:
    assert run([b"print", b"next"], n=1) == {0: b"<print", 1: b"<next"}


def test_a_large_result_comes_whole() -> None:
    assert run([b"large", b"next"], n=1) == {0: b"x" * 20_000_000, 1: b"<next"}


def test_a_task_may_give_results_one_by_one_each_in_its_own_time() -> None:
    with Pool[int](options(timeout_s=1), 1) as pool:
        assert list(pool.run([(0, b"slowly"), (1, b"nothing"), (2, b"x")])) == [
            *((0, b"%d" % n) for n in range(5)),
            (2, b"<x"),
        ]


def test_what_a_task_gave_before_it_hung_is_kept() -> None:
    with Pool[int](options(timeout_s=1), 1) as pool:
        some, failure = (result for _, result in pool.run([(0, b"some-then-hang")]))
    assert some == b"some"
    assert isinstance(failure, Failure)
    assert failure.code == "timeout"


def test_a_message_holds_no_memory_address() -> None:
    failure = run([b"fail"])[0]
    assert isinstance(failure, Failure)
    assert failure.message == "Muster failed on it: ValueError: no good: <object object at 0x…>."


def test_no_more_than_one_task_is_taken_before_a_child_is_free() -> None:
    taken = 0

    def tasks() -> Iterator[tuple[int, bytes]]:
        nonlocal taken
        for key in range(100):
            taken += 1
            yield key, b"x"

    with Pool[int](options(), 2) as pool:
        for n_done, _ in enumerate(pool.run(tasks()), start=1):
            assert taken <= n_done + 3


@pytest.mark.parametrize(
    ("work", "words"), [("does_not_load", "no such model"), ("dies_loading", "loading"), ("nowhere", "nowhere")]
)
def test_children_that_cannot_work_stop_the_build_with_the_reason(work: str, words: str) -> None:
    with Pool[int](options(work), 2) as pool, pytest.raises(MusterError, match=words) as caught:
        list(pool.run([(0, b"x")]))
    assert caught.value.code == "no_children"


def test_no_child_is_left_when_a_build_gives_up_halfway() -> None:
    with Pool[int](options(), 2) as pool:
        pids = {int(result) for _, result in pool.run((key, b"pid") for key in range(20)) if isinstance(result, bytes)}
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_an_idle_child_ends_when_its_build_is_killed() -> None:
    """The kernel closes the pipe, and the child reads to its end."""
    import sys

    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "muster.run.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdin
    assert child.stdout
    from muster.run.wire import read_frame, write_frame
    from muster.store.codec import encode

    write_frame(child.stdin, encode(options()))
    assert read_frame(child.stdout) == b"R"
    child.stdin.close()
    assert child.wait(timeout=30) == 0
    child.stdout.close()
