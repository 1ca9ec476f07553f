"""Files on their way from a browser into a case: where they wait, and what they are called there.

Each upload has a folder of its own under SITE/site/uploads, with a name that tells nothing.  Files are
written there as they come, so that none is held in memory, and never under the name that was sent.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from muster.errors import MusterError
from muster.web.site import settings_of_site

_UNSAFE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_MOST_NAME_BYTES = 200
_MOST_PARTS = 30
_MOST_CHARS = 900
_SPARE_BYTES = 200 << 20


class Received(UploadedFile):  # type: ignore[type-arg]
    """A file that was received, and where it lies."""

    def __init__(self, path: Path, name: str, size: int) -> None:
        super().__init__(None, name, size=size)
        self.path = path

    def close(self) -> None:
        """Do nothing: it is closed."""


class Saving(FileUploadHandler):
    """Writes the files of a request into a folder, under their numbers."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._n = 0
        self._file: Any = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the next file."""
        super().new_file(*args, **kwargs)
        self._n += 1
        self._file = (self._folder / str(self._n)).open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write some bytes."""
        self._file.write(raw_data)

    def file_complete(self, file_size: int) -> Received:
        """Close the file."""
        self._file.close()
        return Received(self._folder / str(self._n), self.file_name or "", file_size)

    def upload_interrupted(self) -> None:
        """Close what was half received."""
        if self._file is not None:
            self._file.close()


def most_bytes() -> int:
    """Return how many bytes may come in at once."""
    return settings_of_site().max_total_bytes


def most_files() -> int:
    """Return how many files may come in at once."""
    return int(settings.DATA_UPLOAD_MAX_NUMBER_FILES)


def uploads() -> Path:
    """Return the folder of all uploads."""
    assert settings.SITE is not None
    folder = Path(settings.SITE) / "site" / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def waiting(key: str) -> Path:
    """Return the folder in which the files of an upload wait."""
    return uploads() / key / "files"


def receive(request: HttpRequest) -> str:
    """Make ready for the files of a request, whose body was not looked at yet; return the upload's key.

    Raises:
        MusterError: "too_large", "disk_full".
    """
    n_bytes = int(request.META.get("CONTENT_LENGTH") or 0)
    if n_bytes > most_bytes():
        raise MusterError(
            "too_large",
            _("These files have %(size)s together; at most %(most)s can be added at once. Nothing was added.")
            % {"size": filesizeformat(n_bytes), "most": filesizeformat(most_bytes())},
            _("Add them in parts."),
        )
    if n_bytes and shutil.disk_usage(uploads()).free < 2 * n_bytes + _SPARE_BYTES:
        raise MusterError(
            "disk_full", _("The server's disk has no room for these files. Nothing was added."),
            _("Tell whoever runs this server."),
        )  # fmt: skip
    key = secrets.token_hex(16)
    (uploads() / key / "incoming").mkdir(mode=0o700, parents=True)
    request.upload_handlers = [Saving(uploads() / key / "incoming")]
    return key


def arrange(key: str, received: Sequence[Received], names: Sequence[str]) -> None:
    """Give received files the names that they have in folders of their own; names has one for each, or is not used.

    What would lead out of the folder is left out of a name; of two files of one name, the second goes into
    a folder of its own.
    """
    home = waiting(key)
    home.mkdir(mode=0o700)
    named = names if len(names) == len(received) else [each.name or "" for each in received]
    taken: Counter[tuple[str, ...]] = Counter()
    for each, name in zip(received, named, strict=True):
        target = _free(home, safe_parts(name), taken)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        each.path.rename(target)


def safe_parts(name: str) -> tuple[str, ...]:
    """Return a name from a browser as parts that stay inside a folder, whatever it held."""
    parts = [_UNSAFE.sub("\ufffd", part) for part in name.replace("\\", "/").split("/")]
    kept = tuple(_short(part) for part in parts if part.strip() not in ("", ".", ".."))[-_MOST_PARTS:]
    if sum(map(len, kept)) > _MOST_CHARS:
        kept = kept[-1:]
    return kept or ("file",)


def _short(part: str) -> str:
    """Return a part of a name that a file system takes, with its ending."""
    if len(part.encode()) <= _MOST_NAME_BYTES:
        return part
    stem, dot, ending = part.rpartition(".")
    ending = dot + ending if stem and len(ending) <= 10 else ""
    room = _MOST_NAME_BYTES - len(ending.encode())
    return part.encode()[:room].decode(errors="ignore") + ending


def _free(home: Path, parts: tuple[str, ...], taken: "Counter[tuple[str, ...]]") -> Path:
    while True:
        taken[parts] += 1
        inner = parts if taken[parts] == 1 else (str(taken[parts]), *parts)
        target = home.joinpath(*inner)
        above = [home.joinpath(*inner[:n]) for n in range(1, len(inner))]
        if not target.exists() and not any(each.is_file() for each in above):
            return target


def remove(key: str) -> None:
    """Remove an upload's files, if they are there."""
    shutil.rmtree(uploads() / key, ignore_errors=True)


@contextmanager
def at_work(key: str) -> Iterator[bool]:
    """Be at work on an upload; yields False where somebody else is.

    The system ends it with the process, however that ends.
    """
    folder = uploads() / key
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def is_at_work(key: str) -> bool:
    """Tell whether somebody is at work on an upload."""
    with suppress(FileNotFoundError):
        descriptor = os.open(uploads() / key, os.O_RDONLY)
        try:
            return not _locked(descriptor)
        finally:
            os.close(descriptor)
    return False


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
