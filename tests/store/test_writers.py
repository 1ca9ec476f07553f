"""Many judge at once: nothing is lost, and nobody hears of locks."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections

from muster.store import models
from muster.store.case import attach_case, detach_case, one_transaction, open_case
from muster.store.judging import all_judgements
from muster.store.lookup import get_statements
from muster.store.overview import is_whole

_ROOT = Path(__file__).parents[2]
_PROCESSES, _THREADS, _EACH = 4, 2, 6


@pytest.fixture
def writers(built: Path, database_url: str) -> Iterator["list[subprocess.Popen[str]]"]:
    """Processes of two threads each, which begin when they are told."""
    started = []
    for n in range(_PROCESSES):
        names = " ".join(str(n * _THREADS + thread) for thread in range(_THREADS))
        command = [sys.executable, "-m", "tests.store.writer", str(built), database_url, names, str(_EACH)]
        started.append(
            subprocess.Popen(
                command, cwd=_ROOT, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )
        )  # fmt: skip
    yield started
    for each in started:
        each.kill()
        each.communicate()


def test_eight_who_judge_at_once_lose_nothing(
    writers: "list[subprocess.Popen[str]]", built: Path, database_url: str
) -> None:
    for each in writers:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in writers:
        assert each.stdin
        each.stdin.write("\n")
        each.stdin.flush()
    done = [each.communicate() for each in writers]
    assert [(out, err) for out, err in done] == [(f"{_THREADS * _EACH}\n", "")] * _PROCESSES
    with open_case(built, database_url=database_url) as case:
        judgements = [each.judgement for each in reversed(all_judgements(case))]
        assert [each.sequence for each in judgements] == list(range(1, _PROCESSES * _THREADS * _EACH + 1))
        for name in range(_PROCESSES * _THREADS):
            own = [each.reason for each in judgements if each.decided_by == str(name)]
            assert own == [str(i) for i in range(_EACH)]
        # and what they decided last is what the record says
        last = {each.subjects[0]: each.kind for each in judgements}
        shown = {each.id for each in get_statements(case)}
        assert shown == {id_ for id_, kind in last.items() if kind == "accept"}
        assert is_whole(case)


def test_what_eight_threads_count_together_adds_up(built: Path, database_url: str) -> None:
    """Each reads the largest number and writes the next: two that read the same would be refused."""

    def count(_: int) -> None:
        case = attach_case(built, database_url)
        for _ in range(10):
            with one_transaction(case):
                rows = models.Errand.objects.using(case.alias)
                rows.create(paths=str(max((int(each.paths) for each in rows.all()), default=0) + 1))
        connections[case.alias].close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(count, range(8)))
    with open_case(built, database_url=database_url) as case:
        found = models.Errand.objects.using(case.alias).values_list("paths", flat=True)
        assert sorted(map(int, found)) == list(range(1, 81))
    detach_case(built)
