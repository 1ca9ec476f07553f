"""What a database or file system says, as one sentence and what to try."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import DatabaseError

from muster.errors import MusterError

_ROOM = "Make room and run the same command again: nothing is lost."
_RIGHTS = "Ask for the right to write there, or copy the case to where you have it."
_RESTORE = "Restore it from a backup, or build a new case from {0}/originals."
_WAIT = "Wait until it is done, then run the command again."
_SERVER = "Look whether the server runs, and whether MUSTER_DATABASE_URL names it, its user and its database rightly."
_NO_WAY_IN = "The PostgreSQL database with the rows of {0} does not answer, or does not let us in."
_GONE = "The PostgreSQL server with the rows of {0} has gone away."
_COMPLAINTS = (
    ("disk is full", "disk_full", "The disk that holds {0} is full.", _ROOM),
    ("No space left", "disk_full", "The disk that holds {0} is full.", _ROOM),
    ("File too large", "disk_full", "{0} may not grow as large as it would have to.", _ROOM),
    ("quota", "disk_full", "The disk quota for {0} is used up.", _ROOM),
    ("readonly", "read_only", "{0} cannot be written to.", _RIGHTS),
    ("Read-only", "read_only", "{0} cannot be written to.", _RIGHTS),
    ("read-only", "read_only", "{0} cannot be written to.", _RIGHTS),
    ("Permission denied", "read_only", "{0} may not be opened or written to.", _RIGHTS),
    ("unable to open", "read_only", "The database in {0} cannot be opened.", _RIGHTS),
    ("locked", "case_busy", "Another program is writing to {0}.", _WAIT),
    ("lock timeout", "case_busy", "Another program is writing to {0}.", _WAIT),
    ("not a database", "damaged", "{0}/case.sqlite3 is not a database.", _RESTORE),
    ("malformed", "damaged", "{0}/case.sqlite3 is damaged.", _RESTORE),
    (
        "connection to server",
        "no_database",
        "The PostgreSQL database with the rows of {0} does not let us in.",
        _SERVER,
    ),
    ("connection failed", "no_database", "The PostgreSQL database with the rows of {0} does not let us in.", _SERVER),
    ("connection timeout", "no_database", "The PostgreSQL server with the rows of {0} does not answer.", _SERVER),
    ("failed to resolve", "no_database", "The PostgreSQL server with the rows of {0} is not found.", _SERVER),
    ("closed the connection", "no_database", "The PostgreSQL server with the rows of {0} is gone.", _SERVER),
    ("terminating connection", "no_database", "The PostgreSQL server with the rows of {0} is gone.", _SERVER),
    ("connection is lost", "no_database", "The PostgreSQL server with the rows of {0} is gone.", _SERVER),
    ("permission denied for", "no_database", "The user of PostgreSQL may not keep the rows of {0} there.", _SERVER),
)


@contextmanager
def database_errors(folder: Path) -> Iterator[None]:
    """Turn what a database or file system says of a case into one sentence and what to try."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever reads our output has had enough
    except (DatabaseError, OSError) as error:
        explained = _explained(folder, error)
        if explained is None:
            raise
        raise explained from error


def _explained(folder: Path, error: Exception) -> MusterError | None:
    at = getattr(error, "filename", None) or folder
    for words, code, message, hint in _COMPLAINTS:
        if words in str(error):
            return MusterError(code, message.format(at), hint.format(at))
    if isinstance(error, OSError):
        return MusterError("io_error", f"The system refused something at {at}: {error.strerror or error}.", "")
    return None
