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
Lock = Literal["writing", "reconciling"]
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
