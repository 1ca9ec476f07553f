"""What a stage's results were made with: a digest of the code, data and libraries that made them.

A number that somebody must remember to raise is forgotten once; a digest never is.  Its price is that
a changed comment makes documents be read again.
"""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from muster.store.codec import digest

_CODE = Path(__file__).parent.parent


@cache
def code_digest(parts: tuple[str, ...], distributions: tuple[str, ...]) -> str:
    """Digest the files of parts of Muster ("languages", "read") and the versions of libraries."""
    found = (path for part in parts for path in sorted((_CODE / part).rglob("*")))
    files = [path for path in found if path.is_file() and "__pycache__" not in path.parts]
    marks = [f"{path.relative_to(_CODE)} {digest(path.read_bytes())}" for path in files]
    return digest(*marks, *_versions(distributions))


def _versions(distributions: Iterable[str]) -> list[str]:
    found = []
    for name in distributions:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} absent")
    return found
