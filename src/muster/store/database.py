"""Where the rows of a case lie: in the file case.sqlite3 of its folder, or in a PostgreSQL schema of its own.

Which schema, the file case.postgresql of the folder says; what database it is in, MUSTER_DATABASE_URL.
On both, writers wait for each other instead of failing half-way, and what was committed survives a kill.
"""

import os
import re
import secrets
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path
from shlex import quote
from typing import Any

from muster.errors import MusterError

#: Longer than a queue of writers at a large case: nobody shall be told of locks.
_WAIT_S = 300
_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32768;"
_SQLITE = "case.sqlite3"
_POINTER = "case.postgresql"
_MOST_SLUG = 40
_SCHEMA = re.compile(r"[a-z][a-z0-9_]{0,62}")
_URL_HINT = "It is written postgresql://USER:PASSWORD@HOST:PORT/NAME; special characters as %XX."


def is_case(folder: Path) -> bool:
    """Tell whether a folder is a case, on either database."""
    return (folder / _SQLITE).is_file() or (folder / _POINTER).is_file()


def check_folder(folder: Path, build: bool) -> None:
    """Refuse a folder that is no case, or with build one that cannot become one.

    Raises:
        MusterError: "no_case", "not_a_case".
    """
    if (folder / _POINTER).is_file():
        return
    database = folder / _SQLITE
    if database.is_file():
        if _is_anothers(database):
            raise MusterError("not_a_case", f"{database} was not made by Muster.", "Nothing in it was changed.")
        return
    if folder.exists() and not folder.is_dir():
        raise MusterError("not_a_case", f"{folder} is a file, not a case.", "The case comes first, and is a folder.")
    if folder.is_dir() and {each.name for each in folder.iterdir()} - {"originals", "lock", "site"}:
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


def identity(folder: Path) -> tuple[int, int] | None:
    """Return what tells a case from another one put in its place; None where there is none."""
    for name in (_POINTER, _SQLITE):
        try:
            found = (folder / name).stat()
        except OSError:
            continue
        return (found.st_dev, found.st_ino)
    return None


# ---- SQLite


def sqlite(folder: Path) -> dict[str, Any]:
    """Return Django's settings of a case's own file."""
    name: str | Path = folder / _SQLITE
    options: dict[str, object] = {"timeout": _WAIT_S, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS}
    if not os.access(folder, os.W_OK):
        # A write-ahead log needs a file beside the database; a case on read-only media is read without.
        name, options = f"{(folder / _SQLITE).as_uri()}?mode=ro&immutable=1", {"uri": True}
    return _django("django.db.backends.sqlite3", str(name), options)


# ---- PostgreSQL


def schema_of(folder: Path) -> str | None:
    """Return the schema that holds the rows of a case; None where that is a file of its own.

    Raises:
        MusterError: "damaged": case.postgresql names no schema.
    """
    try:
        text = (folder / _POINTER).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    if not _SCHEMA.fullmatch(text):
        raise MusterError("damaged", f"{folder / _POINTER} names no schema.", "Restore the case from a backup.")
    return text


def new_schema(folder: Path) -> str:
    """Return a name, which nobody has, for the schema of a new case."""
    plain = unicodedata.normalize("NFKD", folder.name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:_MOST_SLUG]
    return "_".join(part for part in ("case", slug, secrets.token_hex(4)) if part)


def keep_schema(folder: Path, schema: str) -> None:
    """Write down where the rows of a case are, once they are there."""
    part = folder / f".{_POINTER}.part"
    with part.open("w", encoding="ascii") as file:
        file.write(schema + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / _POINTER)


def postgresql(url: str, schema: str) -> dict[str, Any]:
    """Return Django's settings of a schema in the database at a URL.

    Raises:
        MusterError: "wrong_setting": the URL is none of PostgreSQL; "no_driver".
    """
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        hint = "To install it: pip install 'muster-record[postgresql]'"
        raise MusterError("no_driver", "PostgreSQL's driver is not installed.", hint) from error
    try:
        options = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else {}
    except ProgrammingError:
        options = {}  # what it complains of may be the password
    name = str(options.pop("dbname", ""))
    if not name:
        raise MusterError("wrong_setting", "MUSTER_DATABASE_URL names no database of PostgreSQL.", _URL_HINT, 2)
    options["options"] = f"{options.get('options', '')} -c search_path={schema} -c lock_timeout={_WAIT_S}s".strip()
    options.setdefault("application_name", "muster")
    options.setdefault("connect_timeout", 10)
    return _django("muster.store.postgresql", name, options)


def _django(engine: str, name: str, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "ENGINE": engine, "NAME": name, "OPTIONS": options, "AUTOCOMMIT": True,
        "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None,
        "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
        "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
    }  # fmt: skip
