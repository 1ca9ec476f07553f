"""A PostgreSQL server of the tests' own: on a socket in a folder of its own, and gone with the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from muster.store.backup import back_up
from muster.store.case import open_case
from muster.store.database import postgresql as settings_for
from muster.store.restore import restore

# Safety at a power cut costs a test seconds and gives it nothing.
_CARELESS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=200",
    "dynamic_shared_memory_type=mmap",
)
# The server ends when the tests do, however they end: then nobody holds the other end of its input.
_UNTIL_INPUT_ENDS = 'folder=$1; shift; "$@" & read -r _; kill -QUIT $!; wait; rm -rf "$folder"'
_START_S = 60
_ROOM_BYTES = 4 << 30


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Start a server, and give the URL of an empty database."""
    memory = Path("/dev/shm")  # spares a slow disk thousands of small files
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_BYTES
    # its user may not look into pytest's folders
    folder = Path(tempfile.mkdtemp(prefix="muster-postgresql-", dir=memory if roomy else None))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner["user"], owner["group"])
    try:
        subprocess.run(
            [_program("initdb"), "-D", folder / "data", "-U", "muster", "-A", "trust", "-E", "UTF8", "--no-sync",
             "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd=folder, env=_ENVIRONMENT, **owner,
        )  # fmt: skip
        settings = [word for each in _CARELESS for word in ("-c", each)]
        command = [_program("postgres"), "-D", folder / "data", "-k", folder, *settings]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                ["sh", "-c", _UNTIL_INPUT_ENDS, "sh", folder, *command],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=folder, env=_ENVIRONMENT,
                start_new_session=True, **owner,  # a signal to the tests' group shall not keep it from cleaning up
            )  # fmt: skip
        try:
            _wait_for(folder, server)
            yield f"postgresql://muster@/postgres?host={folder}"
        finally:
            assert server.stdin
            server.stdin.close()
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Run a test on both databases: give the URL that a case is made with, "" for SQLite."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgresql"))


def _only_on(database: str) -> list[pytest.MarkDecorator]:
    """Return the marks of a module whose tests run on one database."""
    return [
        pytest.mark.usefixtures("database_url"),
        pytest.mark.parametrize("database_url", [database], indirect=True),
    ]


ON_SQLITE, ON_POSTGRESQL = _only_on("sqlite"), _only_on("postgresql")


@pytest.fixture(scope="session")
def accounts_tables(django_db_blocker: DjangoDbBlocker, database_url: str) -> Iterator[None]:
    """Keep accounts on the test's database, too."""
    usual = connections.settings
    if database_url:
        _run(database_url, "DROP SCHEMA IF EXISTS accounts_of_tests CASCADE", "CREATE SCHEMA accounts_of_tests")
        _use({**usual, "default": settings_for(database_url, "accounts_of_tests")})
    with django_db_blocker.unblock():
        call_command("migrate", verbosity=0, interactive=False)
    yield
    if database_url:
        _use({**connections.settings, "default": usual["default"]})


def _use(databases: dict[str, Any]) -> None:
    connections["default"].close()
    del connections["default"]
    connections.settings = databases


@pytest.fixture(scope="session")
def put_built_case(
    built_case: Path, database_url: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Callable[[Path], Path]:
    """Give a function that copies the invented place, built, to a folder, with its rows on the test's database."""
    if not database_url:
        return lambda folder: shutil.copytree(built_case, folder)
    file = tmp_path_factory.mktemp("backup") / "mirsal.backup"
    with django_db_blocker.unblock(), open_case(built_case) as case:
        back_up(case, file)

    def put(folder: Path) -> Path:
        restore(file, folder, database_url)
        return folder

    return put


@pytest.fixture(scope="session")
def put_built_site(
    put_built_case: Callable[[Path], Path],
    database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Callable[[Path], str]:
    """Give a function that puts two copies of the built case, "mirsal" and "other", into a folder.

    It returns the URL of the database that their rows are in.  On PostgreSQL that is a copy of one that was
    filled once, which takes a tenth of the time; `drop_built_site` drops it again.
    """
    slugs = ("mirsal", "other")
    if not database_url:
        return lambda folder: [put_built_case(folder / slug) for slug in slugs] and ""
    filled = tmp_path_factory.mktemp("filled")
    _run(database_url, "CREATE DATABASE filled")
    with django_db_blocker.unblock():
        file = filled / "mirsal.backup"
        with open_case(put_built_case(filled / "first"), database_url=database_url) as case:
            back_up(case, file)
        for slug in slugs:
            restore(file, filled / slug, _named(database_url, "filled"))

    numbers = count()

    def put(folder: Path) -> str:
        name = f"copied_{next(numbers)}"
        _run(database_url, f"CREATE DATABASE {name} TEMPLATE filled")
        for slug in slugs:
            shutil.copytree(filled / slug, folder / slug)
        return _named(database_url, name)

    return put


def drop_built_site(url: str) -> None:
    """Drop the database that `put_built_site` gave, if it gave one; cases in it must have been detached."""
    if url:
        name = url.partition("?")[0].rpartition("/")[2]
        _run(url.replace(f"/{name}?", "/postgres?"), f"DROP DATABASE {name} WITH (FORCE)")


def _named(url: str, database: str) -> str:
    return url.replace("/postgres?", f"/{database}?")


def _run(url: str, *commands: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        for command in commands:
            server.execute(command.encode())


_ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}


def _program(name: str) -> str:
    """Return where a program of the newest PostgreSQL is; Debian keeps them off the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda each: int(each.parts[4]))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        pytest.fail(f"The tests need PostgreSQL's {name}: apt-get install postgresql", pytrace=False)
    return found


def _owner() -> dict[str, Any]:
    """Return as whom the server runs, for subprocess: it refuses to run as root."""
    if os.getuid() != 0:
        return {}
    names = {each.pw_name for each in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait_for(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    import psycopg

    deadline = time.monotonic() + _START_S
    while True:
        try:
            psycopg.connect(f"postgresql://muster@/postgres?host={folder}").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL does not start:\n{(folder / 'log').read_text()}", pytrace=False)
            time.sleep(0.05)
        else:
            return
