"""Locks of a case that callers wait for, in whatever process or thread they are.

A database's own waiting gives up after a while; these wait as long as it takes.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from django.db import connections

import muster.store.orm  # noqa: F401  Django must be ready
from muster.store.case import Case

#: "writing" is held for a transaction; "reconciling" while the case-wide stages are at work.  Who takes
#: both takes "reconciling" first.
#: "settling": by the one process that reconciles while nobody waits.
Lock = Literal["writing", "reconciling", "settling"]
_KEY = "hashtextextended(current_schema() || ' ' || %s, 0)"


@contextmanager
def hold(case: Case, lock: Lock) -> Iterator[None]:
    """Hold a lock of a case, waiting for whoever has it.  The same thread must not take it twice."""
    connection = connections[case.alias]
    if connection.vendor == "sqlite":
        with (case.folder / f"{lock}.lock").open("a", encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({_KEY})", [lock])
        try:
            yield
        finally:
            cursor.execute(f"SELECT pg_advisory_unlock({_KEY})", [lock])


@contextmanager
def try_hold(case: Case, lock: Lock) -> Iterator[bool]:
    """Hold a lock of a case if nobody has it; tell whether it is held."""
    connection = connections[case.alias]
    if connection.vendor == "sqlite":
        with (case.folder / f"{lock}.lock").open("a", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})", [lock])
        (mine,) = cursor.fetchone()
        try:
            yield bool(mine)
        finally:
            if mine:
                cursor.execute(f"SELECT pg_advisory_unlock({_KEY})", [lock])
