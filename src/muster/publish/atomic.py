"""Writing a set of files so that a reader never sees half of one."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from muster.errors import MusterError


def write_all(directory: Path, files: Mapping[str, Iterable[bytes]]) -> None:
    """Write files (name to its chunks) into directory, which is made where it is missing.

    Each is written beside its place first and put there only when all are complete and on disk: an
    error while the contents are made leaves an earlier export as it was.

    Raises:
        MusterError: code "cannot_write", when the directory or a file cannot be written.
    """
    parts = {directory / f".{name}.part": directory / name for name in files}
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for part, chunks in zip(parts, files.values(), strict=True):
            _write(part, chunks)
        for part, place in parts.items():
            part.replace(place)
    except OSError as error:
        raise MusterError(
            "cannot_write",
            f"{_named(directory, files)} cannot be written: {error.strerror or error}.",
            "Name another place: not one that is something else already, on a disk with room, where you may write.",
        ) from error
    finally:
        for part in parts:
            with suppress(OSError):
                part.unlink()


def _named(directory: Path, files: Mapping[str, Iterable[bytes]]) -> Path:
    """The place as the user named it: the file where there is one, and no name that is only used meanwhile."""
    return directory / next(iter(files)) if len(files) == 1 else directory


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
