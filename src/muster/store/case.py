"""Opening a case: a folder with case.sqlite3 and originals/.

Every connection writes ahead (WAL) with synchronous=FULL and begins its transactions IMMEDIATE: what
was committed survives a kill and a power cut, and two writers wait for each other instead of failing
half-way.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from shlex import quote

from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

import muster.store.orm  # noqa: F401  models need Django ready
from muster.errors import MusterError

_MIGRATIONS = Path(__file__).parent / "migrations"
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;"
_WAIT_S = 30
_numbers = count()


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


@contextmanager
def open_case(folder: Path, *, build: bool = False) -> Iterator[Case]:
    """Open a case, and close its connection at the end.

    With build, a folder that does not exist or is empty becomes a case, and no other process may
    build it meanwhile.  Tables of an older version are brought up to date where they can be.

    Raises:
        MusterError: "no_case", "not_a_case", "newer_case", "old_case", "case_busy", and what
            `database_errors` makes of the database's complaints.
    """
    folder = folder.absolute()
    alias = f"case-{next(_numbers)}"  # a process may have one case open twice
    case = Case(folder=folder, alias=alias)
    with database_errors(folder), ExitStack() as stack:
        _check_folder(folder, build)
        if build:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            case.originals.mkdir(mode=0o700, exist_ok=True)
            stack.enter_context(_build_lock(folder))
        connections.settings[alias] = _database(folder)
        try:
            _migrate(case)
            yield case
        finally:
            connections[alias].close()
            del connections[alias], connections.settings[alias]


def _check_folder(folder: Path, build: bool) -> None:
    database = folder / "case.sqlite3"
    if database.is_file():
        if _is_anothers(database):
            raise MusterError("not_a_case", f"{database} was not made by Muster.", "Nothing in it was changed.")
        return
    if folder.exists() and not folder.is_dir():
        raise MusterError("not_a_case", f"{folder} is a file, not a case.", "The case comes first, and is a folder.")
    if folder.is_dir() and {each.name for each in folder.iterdir()} - {"originals", "lock"}:
        raise MusterError(
            "not_a_case", f"{folder} holds other files, and is not a case.",
            f"If these are documents, name a new folder for the case: muster build NEW-CASE {quote(str(folder))}",
        )  # fmt: skip
    if not build:
        hint = f"To make one: muster build {quote(str(folder))} PATH..."
        raise MusterError("no_case", f"There is no case at {folder}.", hint)


def _is_anothers(database: Path) -> bool:
    """Tell whether a database has tables and none of ours.  What cannot be looked at is for Django to complain of."""
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        return False
    # Django's own table comes first, and a kill may leave it alone
    return bool(tables - {"django_migrations", "sqlite_sequence"}) and not any(
        table.startswith("store_") for table in tables
    )


def _database(folder: Path) -> dict[str, object]:
    name: str | Path = folder / "case.sqlite3"
    options: dict[str, object] = {"timeout": _WAIT_S, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS}
    if not os.access(folder, os.W_OK):
        # A write-ahead log needs a file beside the database; a case on read-only media is read without.
        name, options = f"{(folder / 'case.sqlite3').as_uri()}?mode=ro&immutable=1", {"uri": True}
    return {
        "ENGINE": "django.db.backends.sqlite3", "NAME": str(name), "OPTIONS": options, "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None,
        "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
    }  # fmt: skip


def _migrate(case: Case) -> None:
    """Bring the tables up to date.  Looks at the names of migrations only, which is quick."""
    known = {each.stem for each in _MIGRATIONS.glob("0*.py")}
    connection = connections[case.alias]
    applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "store"}
    if applied - known:
        raise MusterError(
            "newer_case", f"The case at {case.folder} was made by a newer version of Muster.",
            "Install that version or a later one; nothing was changed.",
        )  # fmt: skip
    if applied == known:
        return
    if not os.access(case.folder, os.W_OK):
        raise MusterError(
            "old_case", f"The case at {case.folder} was made by an older version and cannot be written to.",
            "Copy it to where you may write, and open the copy.",
        )  # fmt: skip
    executor = MigrationExecutor(connection)
    executor.migrate([("store", max(known))])


@contextmanager
def one_transaction(case: Case) -> Iterator[None]:
    """All that is written inside is there for good at the end, or nothing of it is."""
    with transaction.atomic(using=case.alias, durable=True):
        yield


@contextmanager
def _build_lock(folder: Path) -> Iterator[None]:
    """Hold a case's build lock; the system lets go of it when the process ends, however it ends."""
    with (folder / "lock").open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise MusterError("case_busy", f"Another build is at work on {folder}.", _WAIT) from None
        yield


@contextmanager
def database_errors(folder: Path) -> Iterator[None]:
    """Turn what a database or file system says into one sentence and what to try."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads our output has had enough
    except (DatabaseError, OSError) as error:
        explained = _explained(folder, error)
        if explained is None:
            raise
        raise explained from error


_ROOM = "Make room and run the same command again: nothing is lost."
_RIGHTS = "Ask for the right to write there, or copy the case to where you have it."
_RESTORE = "Restore it from a copy, or build a new case from {0}/originals."
_WAIT = "Wait until it is done, then run the command again."
_COMPLAINTS = (
    ("disk is full", "disk_full", "The disk that holds {0} is full.", _ROOM),
    ("No space left", "disk_full", "The disk that holds {0} is full.", _ROOM),
    ("File too large", "disk_full", "{0} may not grow as large as it would have to.", _ROOM),
    ("quota", "disk_full", "The disk quota for {0} is used up.", _ROOM),
    ("readonly", "read_only", "{0} cannot be written to.", _RIGHTS),
    ("Read-only", "read_only", "{0} cannot be written to.", _RIGHTS),
    ("Permission denied", "read_only", "{0} may not be opened or written to.", _RIGHTS),
    ("unable to open", "read_only", "The database in {0} cannot be opened.", _RIGHTS),
    ("locked", "case_busy", "Another program is writing to {0}.", _WAIT),
    ("not a database", "damaged", "{0}/case.sqlite3 is not a database.", _RESTORE),
    ("malformed", "damaged", "{0}/case.sqlite3 is damaged.", _RESTORE),
)


def _explained(folder: Path, error: Exception) -> MusterError | None:
    at = getattr(error, "filename", None) or folder
    for words, code, message, hint in _COMPLAINTS:
        if words in str(error):
            return MusterError(code, message.format(at), hint.format(at))
    if isinstance(error, OSError):
        return MusterError("io_error", f"The system refused something at {at}: {error.strerror or error}.", "")
    return None
