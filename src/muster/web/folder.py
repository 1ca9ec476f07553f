"""What the server keeps in the folder that it serves, before Django is ready."""

import os
import secrets
from pathlib import Path

from muster.errors import MusterError
from muster.store.database import is_case

_SCHEMA = "accounts.postgresql"


def is_new_site(site: Path) -> bool:
    """Tell whether a folder is not there or empty, so that a case can be made of it.

    Raises:
        MusterError: "not_a_case": it holds other things and no case.
    """
    if not site.exists():
        return True
    within = list(site.iterdir())
    if within and not (site / "site").is_dir() and not is_case(site) and not any(map(is_case, within)):
        raise MusterError(
            "not_a_case", f"{site} is no case and holds none.",
            "Name a case, a folder of cases, or a new folder. To make a case: muster build NEW-CASE PATH...",
        )  # fmt: skip
    return not within


def prepare(site: Path, database_url: str) -> None:
    """Make the folder for what the server keeps, and the key that signs sessions, if they are not there.

    With a database URL, a new site keeps its accounts in a PostgreSQL schema of their own.
    """
    kept = site / "site"
    for folder in (kept, kept / "uploads", kept / "cache"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if database_url and not (kept / "accounts.sqlite3").exists():
        _write_once(kept / _SCHEMA, f"muster_accounts_{secrets.token_hex(4)}")
    _write_once(kept / "secret", secrets.token_urlsafe(50))


def accounts_schema(site: Path) -> str | None:
    """Return the schema that holds the accounts of a site; None where they are in a file."""
    file = site / "site" / _SCHEMA
    return file.read_text(encoding="ascii") if file.exists() else None


def _write_once(path: Path, text: str) -> None:
    if not path.exists():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(text)
