"""Walks files and folders, and opens archives, one document at a time."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.ingest.archives import Opened, open_zip
from muster.ingest.incoming import Incoming, Place, is_litter, refuse, refuse_type, shown_name
from muster.ingest.kinds import HEAD_BYTES, WARC, ZIP, kind_of, kind_of_package
from muster.ingest.limits import IngestLimits
from muster.ingest.webarchive import is_gzipped_warc, open_warc
from muster.records import Reject


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that was found, and what it is called."""

    file: Path
    place: Place


def gather(paths: Sequence[Path], limits: IngestLimits) -> Iterator[Incoming | Reject]:
    """Everything at the paths: files, folders in code-point order of their names, members of archives.

    A file under a folder is named relative to it, a member "archive.zip/inner/name.txt".  Archives are
    no documents themselves.  One document's bytes are held at a time.  Symbolic links inside a folder
    are followed to files of that folder only.  What is refused comes as a Reject in its place.

    Method: docs/method/ingest.md.
    """
    n = 0
    for each in _everything(paths, limits):
        n += isinstance(each, Incoming)
        if n > limits.max_files:
            yield too_many(each.name, each.path or "", limits)
            return
        yield each


def too_many(name: str, path: str, limits: IngestLimits) -> Reject:
    """The refusal of the first document beyond limits.max_files, and of all that come after it."""
    place = Place(name=name, path=path)
    return refuse(place, "too_many_files", f"More than {limits.max_files} documents come in.", "Add them in parts.")


def _everything(paths: Sequence[Path], limits: IngestLimits) -> Iterator[Incoming | Reject]:
    for each in walk(paths):
        yield from [each] if isinstance(each, Reject) else open_file(each, limits)


def walk(paths: Sequence[Path]) -> Iterator[Found | Reject]:
    """The files at the paths, in the order of `gather`; only names are looked at."""
    for root in paths:
        if root.is_dir():
            for path, place, fault in _walk(root):
                yield fault or Found(file=path, place=place)
        else:
            yield Found(file=root, place=Place(name=shown_name(root.name), path=shown_name(str(root))))


def _walk(root: Path) -> Iterator[tuple[Path, Place, Reject | None]]:
    """The files under a folder in order; a link or folder that is not entered comes with its refusal."""
    home = root.resolve()
    waiting = [root]
    while waiting:
        path = waiting.pop()
        name = shown_name(path.relative_to(root).as_posix())
        place = Place(name=name, path=shown_name(str(path)))
        if path.is_dir() and (path == root or not path.is_symlink()):
            try:
                waiting += sorted(path.iterdir(), key=lambda p: p.name, reverse=True)
            except OSError as error:
                yield path, place, refuse(place, "unreadable_file", f"{error.strerror}.", "Check who may read it.")
        elif path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(home)):
            why = "It is a link that leads out of the folder, to a folder, or nowhere."
            yield path, place, refuse(place, "symlink", why, "Add what it leads to by its own path.")
        elif not is_litter(name):
            yield path, place, None


def open_file(found: Found, limits: IngestLimits) -> Iterator[Incoming | Reject]:
    """The document that a file is, or the documents that it holds.

    This is where hostile bytes are first looked at: it is meant to run in a process that can be ended.
    """
    path, place = found.file, found.place
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield refuse(place, "not_a_file", "It is a device, a pipe or a socket.", "Copy its content into a file.")
            return
        with path.open("rb") as file:
            yield from _contents(Opened(file=file, n_bytes=status.st_size, depth=0), place, limits)
    except OSError as error:
        yield refuse(
            place, "unreadable_file", f"{error.strerror or error}.", "Check that it is there and who may read it."
        )


def _contents(found: Opened, place: Place, limits: IngestLimits) -> Iterator[Incoming | Reject]:
    """The document that an open file is, or the documents that it holds."""
    file = found.file
    if found.n_bytes == 0:
        yield refuse(place, "empty", "It holds no bytes.", "Ask its sender for it again.")
        return
    if len(place.name) > limits.max_name:
        short = Place(name=place.name[:200] + "…", path=place.path[:1000])
        yield refuse(
            short, "name_too_long", f"Its name has over {limits.max_name} characters.", "Give it a shorter one."
        )
        return
    head = file.read(HEAD_BYTES)
    file.seek(0)
    try:
        kind = kind_of(head, place.name)
        if is_gzipped_warc(head):
            kind = kind_of(b"WARC/", place.name)
        if kind.media_type == ZIP:
            kind = kind_of_package(file)
            file.seek(0)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        yield refuse(place, "broken_archive", f"It cannot be opened: {error}.", "Ask its sender for it again.")
        return
    if not kind.media_type:
        yield refuse_type(place, kind.what)
    elif kind.media_type in (ZIP, WARC):
        yield from _archive(found, kind.media_type, place, limits)
    elif found.n_bytes > limits.max_file_bytes:
        why = f"It has {found.n_bytes} bytes; the limit is {limits.max_file_bytes}."
        yield refuse(place, "too_large", why, "Split it, or raise the limit.")
    else:
        yield Incoming(
            name=place.name, path=place.path, container=place.container, data=file.read(), media_type=kind.media_type
        )


def _archive(found: Opened, media_type: str, place: Place, limits: IngestLimits) -> Iterator[Incoming | Reject]:
    if found.depth >= limits.max_depth:
        why = f"Archives lie in it more than {limits.max_depth} deep."
        yield refuse(place, "too_deep", why, "Unpack it and add what it holds.")
        return
    if found.n_bytes > limits.max_archive_bytes:
        yield refuse(place, "too_large", "The archive is larger than the limit.", "Unpack it and add what it holds.")
        return
    if media_type == WARC:
        yield from open_warc(found, place, limits)
        return
    for member, inner in open_zip(found, place, limits):
        if isinstance(member, Reject):
            yield member
        else:
            yield from _contents(member, inner, limits)
