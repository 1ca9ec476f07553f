"""The folder that is served: which cases it holds, and what the server keeps beside them."""

import os
from functools import lru_cache
from pathlib import Path

from django.utils.text import slugify

from muster.errors import MusterError
from muster.settings import Settings, read_settings
from muster.store.database import is_case


@lru_cache(maxsize=1)
def settings_of_site() -> Settings:
    """Return the settings that the server was started with."""
    return read_settings(os.environ)


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


def _slug(folder: Path) -> str:
    return slugify(folder.name, allow_unicode=True) or "case"
