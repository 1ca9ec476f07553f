"""A case as one file, from which it can be restored on either database.

The file is a ZIP archive: tables/NAME.jsonl, a line of column names and then a row a line; originals/ as in
the case; and manifest.json, with the SHA-256 of each of them.  The same case gives the same bytes.
"""

import os
import re
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.db.models import Model

import muster.store.orm  # noqa: F401  models need Django ready
from muster import __version__
from muster.errors import MusterError
from muster.records import Document
from muster.store.case import Case, known_migrations, one_snapshot
from muster.store.codec import from_json, to_json
from muster.store.lookup import get_documents, original_path

_FORMAT = 1
_MANIFEST = "manifest.json"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_CHUNK_BYTES = 1 << 20
_MOST_MANIFEST_BYTES = 1 << 30
TABLE = re.compile(r"tables/([a-z]+)\.jsonl")
ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/\1[0-9a-f]{62}(\.[a-z0-9]{1,8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file in a backup."""

    name: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds.

    migration is the last that the case had.  n_rows counts rows by table.  faulty are the names of documents
    whose originals were missing or changed when the backup was made; a changed one is in it as it was.
    """

    format: int
    muster: str
    case: str
    migration: str
    n_rows: dict[str, int]
    parts: tuple[Part, ...]
    faulty: tuple[str, ...]


def back_up(case: Case, file: Path) -> Manifest:
    """Write a case to a file, as it is at one moment; others may go on writing to the case.

    The file is read back before it gets its name.

    Raises:
        MusterError: "file_exists", "cannot_write".
    """
    if file.exists():
        raise MusterError("file_exists", f"{file} exists already.", "A backup overwrites nothing: name another file.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=".backup-", dir=file.parent)
        try:
            with os.fdopen(descriptor, "w+b") as out:
                manifest = _write(case, out)
                out.flush()
                os.fsync(out.fileno())
            with open_backup(Path(name)):
                pass
            Path(name).replace(file)
        finally:
            with suppress(FileNotFoundError):
                Path(name).unlink()
    except OSError as error:
        raise MusterError(
            "cannot_write", f"{file} cannot be written: {error.strerror or error}.",
            "Name another place: one with room, where you may write.",
        ) from error  # fmt: skip
    return manifest


def _write(case: Case, out: Any) -> Manifest:
    parts: list[Part] = []
    n_rows: dict[str, int] = {}
    with ZipFile(out, "w") as archive:
        with one_snapshot(case):
            for model in apps.get_app_config("store").get_models(include_auto_created=True):
                rows = _Rows(model, case)
                parts.append(_add(archive, f"tables/{model._meta.model_name}.jsonl", rows))
                n_rows[str(model._meta.model_name)] = rows.n
            documents = list(get_documents(case))
        faulty = []
        for document in documents:
            part = _add_original(archive, case, document)
            parts += [part] if part else []
            if part is None or part.sha256 != document.sha256:
                faulty.append(document.name)
        manifest = Manifest(
            format=_FORMAT, muster=__version__, case=case.name, migration=max(known_migrations()),
            n_rows=n_rows, parts=tuple(parts), faulty=tuple(faulty),
        )  # fmt: skip
        _add(archive, _MANIFEST, [to_json(manifest, indent=True).encode()])
    return manifest


class _Rows:
    """The lines of a table; n counts its rows as they are read."""

    def __init__(self, model: type[Model], case: Case) -> None:
        self.columns = [each.attname for each in model._meta.concrete_fields]
        self.rows = model._base_manager.using(case.alias).order_by("pk").values_list(*self.columns)
        self.n = 0

    def __iter__(self) -> Iterator[bytes]:
        yield _line(self.columns)
        for row in self.rows.iterator():
            self.n += 1
            yield _line(row)


def _line(row: object) -> bytes:
    return to_json(row).encode() + b"\n"


def _add_original(archive: ZipFile, case: Case, document: Document) -> Part | None:
    path = original_path(case, document)
    try:
        with path.open("rb") as file:
            name = f"originals/{document.sha256[:2]}/{path.name}"
            return _add(archive, name, iter(lambda: file.read(_CHUNK_BYTES), b""))
    except FileNotFoundError:
        return None


def _add(archive: ZipFile, name: str, chunks: Iterable[bytes]) -> Part:
    info = ZipInfo(name, _NO_DATE)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    mark, n_bytes = sha256(), 0
    with archive.open(info, "w", force_zip64=True) as out:
        for chunk in chunks:
            out.write(chunk)
            mark.update(chunk)
            n_bytes += len(chunk)
    return Part(name=name, n_bytes=n_bytes, sha256=mark.hexdigest())


# ---- reading one


@contextmanager
def open_backup(file: Path) -> Iterator[tuple[ZipFile, Manifest]]:
    """Open a backup of which every byte is as it was written.

    Raises:
        MusterError: "not_a_backup", "damaged_backup", "newer_case", "cannot_read".
    """
    try:
        stream = file.open("rb")
    except OSError as error:
        hint = "Look at how it is spelled, and at the folder you are in."
        raise MusterError("cannot_read", f"{file} cannot be read: {error.strerror}.", hint) from error
    with stream:
        if stream.read(4) != b"PK\x03\x04":
            raise MusterError("not_a_backup", f"{file} is not a backup of a case.", "muster backup makes them.")
        with as_damaged(file):
            archive = ZipFile(stream)
            manifest = _manifest(archive)
            if manifest.format == _FORMAT:
                _verify(archive, manifest)
        if manifest.format != _FORMAT or manifest.migration not in known_migrations():
            raise MusterError(
                "newer_case", f"{file} was made by another version of Muster, {manifest.muster}.",
                "Install that version or a later one; nothing was changed.",
            )  # fmt: skip
        yield archive, manifest


def _manifest(archive: ZipFile) -> Manifest:
    if archive.getinfo(_MANIFEST).file_size > _MOST_MANIFEST_BYTES:
        raise ValueError("the manifest is too long")
    return from_json(archive.read(_MANIFEST).decode(), Manifest)


def _verify(archive: ZipFile, manifest: Manifest) -> None:
    """Read everything.  Raises ValueError where something is not as the manifest says."""
    names = sorted(archive.namelist())
    if names != sorted([_MANIFEST, *(each.name for each in manifest.parts)]):
        raise ValueError("the parts are not those of the manifest")
    for part in manifest.parts:
        if not (TABLE.fullmatch(part.name) or ORIGINAL.fullmatch(part.name)):
            raise ValueError(f"{part.name} is no part of a backup")
        mark, left = sha256(), part.n_bytes
        for chunk in chunks(archive, part):
            mark.update(chunk)
            left -= len(chunk)
        if left or mark.hexdigest() != part.sha256:
            raise ValueError(f"{part.name} is not what was written")


def chunks(archive: ZipFile, part: Part) -> Iterator[bytes]:
    """Yield what a part holds, and no more than one chunk beyond what it should."""
    left = part.n_bytes
    with archive.open(part.name) as file:
        while left >= 0 and (chunk := file.read(_CHUNK_BYTES)):
            yield chunk
            left -= len(chunk)


@contextmanager
def as_damaged(file: Path) -> Iterator[None]:
    """Turn what goes wrong with a damaged backup into one sentence."""
    try:
        yield
    except (
        BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, RuntimeError, ValueError, ValidationError,
        IntegrityError, DataError,
    ) as error:  # fmt: skip
        why = str(error).strip().split("\n")[0] or type(error).__name__
        raise MusterError("damaged_backup", f"{file} is damaged: {why}.", "Use another copy of it.") from error
