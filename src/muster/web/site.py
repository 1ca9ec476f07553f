"""The folder that is served: which cases it holds, and what the server keeps beside them."""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from django.utils.text import slugify

from muster.errors import MusterError
from muster.settings import Settings, read_settings

#: A folder is a case when one of these is in it.
_MARKS = ("case.sqlite3", "case.postgresql")


@lru_cache(maxsize=1)
def settings_of_site() -> Settings:
    """Return the settings that the server was started with."""
    return read_settings(os.environ)


def is_case(folder: Path) -> bool:
    """Tell whether a folder is a case."""
    return any((folder / mark).is_file() for mark in _MARKS)


def case_folders(site: Path) -> dict[str, Path]:
    """Return the cases of a site, the site itself or those in it, by the word that stands in addresses."""
    if is_case(site):
        return {_slug(site): site}
    found: dict[str, Path] = {}
    for each in sorted(site.iterdir()):
        if each.is_dir() and is_case(each):
            slug = _slug(each)
            found[slug if slug not in found else f"{slug}-{len(found)}"] = each
    return found


def new_case_folder(site: Path, name: str) -> Path:
    """Return where a new case of a name goes.

    Raises:
        MusterError: "one_case": the site is itself a case; "wrong_name"; "name_taken".
    """
    if is_case(site):
        raise MusterError("one_case", "This server serves one case.", "To have several: muster serve FOLDER-OF-CASES")
    slug = slugify(name, allow_unicode=True)[:60]
    if not slug or slug == "site":
        raise MusterError("wrong_name", "A case needs a name with letters or digits in it.", "Choose another name.")
    if (site / slug).exists():
        raise MusterError("name_taken", "There is something of that name already.", "Choose another name.")
    return site / slug


def prepare(site: Path) -> None:
    """Make the folder for what the server keeps, and the key that signs sessions, if they are not there."""
    kept = site / "site"
    for folder in (kept, kept / "uploads", kept / "cache"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    secret = kept / "secret"
    if not secret.exists():
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))


def _slug(folder: Path) -> str:
    return slugify(folder.name, allow_unicode=True) or "case"
