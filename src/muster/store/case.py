"""Opening a case: a folder with originals/, whose rows lie in case.sqlite3 or in PostgreSQL.

Each case is a database connection of its own, so that nothing done in one can reach another.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import RLock
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

import muster.store.orm  # noqa: F401  models need Django ready
from muster.errors import MusterError
from muster.store import database
from muster.store.complaints import database_errors

_MIGRATIONS = Path(__file__).parent / "migrations"
_WAIT = "Wait until it is done, then run the command again."
_KEEP_OPEN_S = 60
_KEY = "hashtextextended(current_schema() || %s, 0)"
_numbers = count()
_lock = RLock()
_attached: "dict[Path, tuple[Case, object]]" = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An open case.  alias is the name of its connection in Django."""

    folder: Path
    alias: str

    @property
    def originals(self) -> Path:
        """The folder that holds the documents' bytes."""
        return self.folder / "originals"

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.folder.name


# ---- opening


@contextmanager
def open_case(folder: Path, *, build: bool = False, database_url: str = "") -> Iterator[Case]:
    """Open a case, and close its connection at the end.

    With build, a folder that does not exist or is empty becomes a case: one of PostgreSQL where there
    is a database_url, else one of SQLite; and no other process may build it meanwhile.  Tables of an
    older version are brought up to date where they can be.

    Raises:
        MusterError: "no_case", "not_a_case", "newer_case", "old_case", "case_busy"; of a case in
            PostgreSQL "no_database_url", "no_database", "no_driver", "wrong_setting"; and what
            `database_errors` makes of the database's complaints.
    """
    folder = folder.absolute()
    with database_errors(folder), ExitStack() as stack:
        database.check_folder(folder, build)
        if build:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (folder / "originals").mkdir(mode=0o700, exist_ok=True)
            stack.enter_context(_build_lock(folder))
        case = _connect(folder, database_url)
        stack.callback(_disconnect, case)
        if build:
            _lock_schema(case)
        yield case


@contextmanager
def fill_case(folder: Path, database_url: str, tables_of: str) -> Iterator[Case]:
    """Make a case at a folder that does not exist, with the tables that there were after a migration.

    At the end they are brought up to date.  After an error no rows are left; the caller removes the folder.

    Raises:
        MusterError: as `open_case` with build.
    """
    folder = folder.absolute()
    with database_errors(folder):
        (folder / "originals").mkdir(mode=0o700, parents=True)
        case = _connect(folder, database_url, tables_of=tables_of)
        try:
            yield case
            _migrate(case)
        except BaseException:
            if is_postgresql(case):
                drop_schema(case)
            raise
        finally:
            _disconnect(case)


def attach_case(folder: Path, database_url: str = "") -> Case:
    """Open a case for as long as the process runs, or return it as it was opened before.

    For servers: every thread gets a connection of its own, which is closed after a minute without a
    request.  Another case that was put in its place is noticed and opened instead.

    Raises:
        MusterError: as `open_case` without build.
    """
    folder = folder.absolute()
    case, known = _attached.get(folder, (None, None))
    found = database.identity(folder)
    if case is not None and known == found:
        return case
    with _lock, database_errors(folder):
        case, known = _attached.get(folder, (None, None))
        if case is None or known != found:
            detach_case(folder)
            database.check_folder(folder, build=False)
            case = _connect(folder, database_url, keep_open_s=_KEEP_OPEN_S)
            _attached[folder] = (case, database.identity(folder))
        return case


def detach_case(folder: Path) -> None:
    """Close a case that was attached; nothing happens if it was not.

    Connections of other threads are closed when those threads end.
    """
    with _lock:
        case, _ = _attached.pop(folder.absolute(), (None, None))
        if case is not None:
            _disconnect(case)


def _connect(folder: Path, database_url: str, *, keep_open_s: int = 0, tables_of: str = "") -> Case:
    case = Case(folder=folder, alias=f"case-{next(_numbers)}")  # a process may have one case open twice
    schema = database.schema_of(folder)
    new = schema is None and bool(database_url) and not database.is_case(folder)
    if new:
        schema = database.new_schema(folder)
    if schema is None:
        settings = database.sqlite(folder)
    elif database_url:
        settings = database.postgresql(database_url, schema) | {"CONN_HEALTH_CHECKS": bool(keep_open_s)}
    else:
        raise MusterError(
            "no_database_url", f"The rows of the case at {folder} lie in a PostgreSQL database.",
            "Say which: MUSTER_DATABASE_URL=postgresql://USER:PASSWORD@HOST/NAME",
        )  # fmt: skip
    _set_databases(case.alias, settings | {"CONN_MAX_AGE": keep_open_s})
    try:
        if schema is not None:
            _find_schema(case, schema, new)
        _migrate(case, tables_of)
        if new:
            database.keep_schema(folder, schema or "")
    except BaseException:
        if new:
            drop_schema(case)
        _disconnect(case)
        raise
    return case


def _disconnect(case: Case) -> None:
    connections[case.alias].close()
    del connections[case.alias]
    _set_databases(case.alias, None)


def _set_databases(alias: str, settings: dict[str, Any] | None) -> None:
    """Add or take out a database.  The dict is a new one, since other threads may be looking through the old."""
    with _lock:
        others = {name: each for name, each in connections.settings.items() if name != alias}
        connections.settings = others if settings is None else others | {alias: settings}


def is_postgresql(case: Case) -> bool:
    """Tell whether the rows of a case lie in PostgreSQL."""
    return connections[case.alias].vendor == "postgresql"


def _find_schema(case: Case, schema: str, new: bool) -> None:
    if new:
        (encoding,) = _asked(case, "SHOW server_encoding")
        if encoding != "UTF8":
            hint = "Make one: createdb --encoding=UTF8 --template=template0 NAME"
            raise MusterError("wrong_database", f"The database of MUSTER_DATABASE_URL is {encoding}, not UTF8.", hint)
        with connections[case.alias].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema}")
    elif _asked(case, "SELECT 1 FROM pg_namespace WHERE nspname = %s", schema) is None:
        raise MusterError(
            "wrong_database", f"The database of MUSTER_DATABASE_URL does not hold {schema}, the case at {case.folder}.",
            "Name the database that it was made in, or restore the case from a backup.",
        )  # fmt: skip


def drop_schema(case: Case) -> None:
    """Drop all rows of a case in PostgreSQL, as far as the server can be reached."""
    with suppress(DatabaseError), connections[case.alias].cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        if schema is not None:
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")


def _asked(case: Case, sql: str, *values: str) -> Any:
    with connections[case.alias].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def known_migrations() -> set[str]:
    """Return the names of the migrations that this version of Muster has."""
    return {each.stem for each in _MIGRATIONS.glob("0*.py")}


def _migrate(case: Case, tables_of: str = "") -> None:
    """Bring the tables up to date, or to a migration.  Looks at names of migrations only, which is quick."""
    known = {each for each in known_migrations() if each <= (tables_of or each)}
    if _applied(case, known) == known:
        return
    if not os.access(case.folder, os.W_OK):
        raise MusterError(
            "old_case", f"The case at {case.folder} was made by an older version and cannot be written to.",
            "Copy it to where you may write, and open the copy.",
        )  # fmt: skip
    with _one_at_a_time(case.folder):
        if _applied(case, known) != known:
            MigrationExecutor(connections[case.alias]).migrate([("store", max(known))])


def _applied(case: Case, known: set[str]) -> set[str]:
    applied = MigrationRecorder(connections[case.alias]).applied_migrations()
    names = {name for app, name in applied if app == "store"}
    if names - known:
        raise MusterError(
            "newer_case", f"The case at {case.folder} was made by a newer version of Muster.",
            "Install that version or a later one; nothing was changed.",
        )  # fmt: skip
    return names


# ---- one after the other


@contextmanager
def one_transaction(case: Case) -> Iterator[None]:
    """All that is written inside is there for good at the end, or nothing of it is.

    One writer is at work in a case at a time, and others wait: what is read inside is what the one
    before left.
    """
    with transaction.atomic(using=case.alias, durable=True):
        if is_postgresql(case):  # SQLite's transactions begin IMMEDIATE, which is the same
            _asked(case, f"SELECT pg_advisory_xact_lock({_KEY})", "writing")
        yield


@contextmanager
def one_snapshot(case: Case) -> Iterator[None]:
    """All that is read inside is as it was at one moment; others may write meanwhile, and nothing waits."""
    connection: Any = connections[case.alias]
    connection.ensure_connection()
    usual = getattr(connection, "transaction_mode", None)
    connection.transaction_mode = "DEFERRED"  # SQLite's: takes no lock
    try:
        with transaction.atomic(using=case.alias, durable=True):
            if is_postgresql(case):
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    finally:
        connection.transaction_mode = usual


@contextmanager
def _build_lock(folder: Path) -> Iterator[None]:
    """Hold a case's build lock; the system lets go of it when the process ends, however it ends."""
    with (folder / "lock").open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(folder) from None
        yield


def _lock_schema(case: Case) -> None:
    """Hold the build lock in PostgreSQL too, until the connection ends: file locks may not reach other machines."""
    if is_postgresql(case) and not _asked(case, f"SELECT pg_try_advisory_lock({_KEY})", "building")[0]:
        raise _busy(case.folder)


def _busy(folder: Path) -> MusterError:
    return MusterError("case_busy", f"Another build is at work on {folder}.", _WAIT)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait until no other process changes the tables of a case."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
