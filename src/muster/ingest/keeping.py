"""Keeps originals: bytes exactly as received, under their SHA-256."""

import hashlib
import os
import tempfile
from pathlib import Path

from muster.ingest.incoming import Incoming
from muster.ingest.kinds import EXTENSIONS
from muster.records import Document


def keep(originals: Path, incoming: Incoming) -> Document:
    """Writes the bytes to originals/ab/<sha256><.ext> and returns their Document.

    Atomic and idempotent: written to a temporary file in the same folder, synced, then renamed, so that
    a file under its final name is always whole.  Bytes that are kept already are not written again,
    unless what is there has another size.

    Raises:
        OSError: the disk is full or may not be written.
    """
    digest = hashlib.sha256(incoming.data).hexdigest()
    folder = originals / digest[:2]
    target = folder / (digest + EXTENSIONS.get(incoming.media_type, ".bin"))
    there = min(folder.glob(digest + "*"), default=target)
    if not (there.is_file() and there.stat().st_size == len(incoming.data)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(there, incoming.data)
    return Document(
        id=f"d-{digest[:16]}",
        sha256=digest,
        name=incoming.name,
        media_type=incoming.media_type,
        n_bytes=len(incoming.data),
    )


def _write(target: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=".arriving-", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """The rename itself must survive a power cut; some systems cannot sync folders."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
