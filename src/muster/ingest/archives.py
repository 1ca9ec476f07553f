"""Zip archives from strangers: every name, size and ratio is checked before and while it is unpacked."""

import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from muster.ingest.incoming import Place, is_litter, refuse
from muster.ingest.limits import IngestLimits
from muster.records import Reject

_CHUNK_BYTES = 1 << 16
_IN_MEMORY_BYTES = 4 << 20
_DOS, _NTFS = 0, 10


@dataclass(slots=True)
class Budget:
    """How many bytes and members the outermost archive may still unpack to."""

    n_bytes: int
    n_members: int


@dataclass(slots=True)
class Opened:
    """An open file, its size, and how many archives it lies in; budget is that of the outermost archive."""

    file: IO[bytes]
    n_bytes: int
    depth: int
    budget: Budget | None = field(default=None)


class _SpentError(Exception):
    """The archive's budget is spent."""


def open_zip(found: Opened, place: Place, limits: IngestLimits) -> Iterator[tuple[Opened | Reject, Place]]:
    """The members of a zip archive in code-point order of their names, each open or refused.

    A member is unpacked to a temporary file, which is gone when the next one is asked for.
    """
    budget = found.budget or Budget(limits.max_total_bytes, limits.max_members)
    try:
        with zipfile.ZipFile(found.file) as archive:
            members = archive.infolist()
            if len(members) > budget.n_members:
                why = f"It has {len(members)} members; the limit is {limits.max_members}."
                yield refuse(place, "too_many_members", why, "Unpack it and add what matters."), place
                return
            if not members:
                yield refuse(place, "empty", "The archive holds nothing.", "Ask its sender for it again."), place
                return
            budget.n_members -= len(members)
            yield from _members(archive, members, found.depth, budget, place, limits)
    except _SpentError:
        why = f"It unpacks to more than {limits.max_total_bytes} bytes; the rest was left out."
        yield refuse(place, "unpacks_too_large", why, "Unpack it and add what matters."), place
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        yield refuse(place, "broken_archive", f"It cannot be opened: {error}.", "Ask its sender for it again."), place


def _members(
    archive: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    depth: int,
    budget: Budget,
    place: Place,
    limits: IngestLimits,
) -> Iterator[tuple[Opened | Reject, Place]]:
    seen: set[str] = set()
    for member in sorted(members, key=lambda m: m.filename):
        inner = place.inside(member.orig_filename)
        if member.is_dir() or is_litter(inner.name):
            continue
        fault = _fault(member, inner, limits)
        if fault is None and member.filename in seen:
            why = "Another member has the same name; only the first was taken."
            fault = refuse(inner, "duplicate_name", why, "Unpack it by hand and compare the two.")
        seen.add(member.filename)
        if fault:
            yield fault, inner
            continue
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY_BYTES) as spool:
            broken = _unpack(archive, member, spool, budget, inner)
            if broken:
                yield broken, inner
            else:
                n_bytes = spool.tell()
                spool.seek(0)
                yield Opened(file=spool, n_bytes=n_bytes, depth=depth + 1, budget=budget), inner


def _fault(member: zipfile.ZipInfo, place: Place, limits: IngestLimits) -> Reject | None:
    """Why a member is refused by what the archive says of it, or None."""
    mode = member.external_attr >> 16
    if _leads_out(member.orig_filename):
        why = "Its name leads out of the archive or holds characters no name may hold."
        return refuse(place, "unsafe_name", why, "Unpack it by hand if it is wanted.")
    if member.create_system not in (_DOS, _NTFS) and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return refuse(place, "symlink", "The member is a link or a device.", "Add what it leads to.")
    if member.flag_bits & 0x1:
        return refuse(place, "encrypted", "The member is locked with a password.", "Unpack it with the password.")
    if member.file_size > limits.max_file_bytes:
        why = f"It unpacks to {member.file_size} bytes; the limit is {limits.max_file_bytes}."
        return refuse(place, "too_large", why, "Split it, or raise the limit.")
    ratio = member.file_size / max(1, member.compress_size)
    if member.file_size > limits.ratio_from_bytes and ratio > limits.max_ratio:
        why = f"It unpacks to {ratio:.0f} times its size, as bombs do."
        return refuse(place, "suspicious_ratio", why, "Unpack it by hand if it is wanted.")
    return None


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in parts or "\x00" in name or "\\" in name or name[1:2] == ":"


def _unpack(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, spool: IO[bytes], budget: Budget, place: Place
) -> Reject | None:
    """Writes a member into the spool; the refusal where its data is broken.

    Raises:
        _SpentError: the archive's budget is spent.
    """
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                budget.n_bytes -= len(chunk)
                if budget.n_bytes < 0:
                    raise _SpentError
                spool.write(chunk)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as error:
        return refuse(place, "broken_member", f"It cannot be unpacked: {error}.", "Ask its sender for it again.")
    return None
