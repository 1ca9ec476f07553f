"""Web archives (WARC, ISO 28500): every page that a crawl fetched is a document of its own."""

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from muster.ingest.archives import Opened
from muster.ingest.incoming import Incoming, Place, refuse
from muster.ingest.kinds import HEAD_BYTES, PAGE, WARC, ZIP, kind_of
from muster.ingest.limits import IngestLimits
from muster.records import Reject

_CHUNK_BYTES = 1 << 16


def is_gzipped_warc(head: bytes) -> bool:
    """Whether gzip data begins as a WARC file does; unpacks a few bytes at most."""
    if not head.startswith(b"\x1f\x8b"):
        return False
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64).startswith(b"WARC/")
    except zlib.error:
        return False


class _SpentError(Exception):
    """A record or the archive unpacks to more than its limit."""


def open_warc(found: Opened, place: Place, limits: IngestLimits) -> Iterator[Incoming | Reject]:
    """The readable response and resource records with status 200, in the order of the archive.

    A document is named "archive.warc/URL".  Scripts, pictures, redirects and error pages are counted in
    one Reject, since a crawl has thousands of them.
    """
    n_left = n_bytes = 0
    names: set[str] = set()
    records = iter(ArchiveIterator(found.file))
    n_records = 0
    while True:
        try:
            with redirect_stderr(io.StringIO()):  # warcio writes warnings there
                record = next(records, None)
        except (
            ArchiveLoadFailed,
            ValueError,
            OSError,
            EOFError,
            zlib.error,
            AttributeError,
            KeyError,
            IndexError,
        ) as error:
            yield refuse(
                place, "broken_archive", f"Record {n_records + 1} cannot be read: {error}.", "Fetch the pages again."
            )
            break
        if record is None:
            break
        n_records += 1
        if n_records > limits.max_members:
            why = f"It has more than {limits.max_members} records; the rest was left out."
            yield refuse(place, "too_many_members", why, "Split the archive.")
            break
        if record.rec_type not in ("response", "resource"):
            continue
        made = _document(record, place, limits, limits.max_total_bytes - n_bytes, names)
        if made is None:
            n_left += 1
            continue
        yield made
        n_bytes += len(made.data) if isinstance(made, Incoming) else 0
        if isinstance(made, Reject) and made.code == "unpacks_too_large":
            break
    if n_left:
        why = f"{n_left} records are no documents: pictures, scripts, redirects, error pages."
        yield refuse(place, "records_left_out", why, "Nothing needs doing.")


def _document(
    record: ArcWarcRecord, place: Place, limits: IngestLimits, left: int, names: set[str]
) -> Incoming | Reject | None:
    uri = str(record.rec_headers.get_header("WARC-Target-URI") or "no-address").strip("<> ")
    inner = place.inside(uri[: limits.max_name - len(place.name) - 20])
    if record.rec_type == "response" and not (record.http_headers and record.http_headers.get_statuscode() == "200"):
        return None
    try:
        data = _bytes_of(record, min(limits.max_file_bytes, left))
    except _SpentError:
        code, what = ("unpacks_too_large", "archive") if left < limits.max_file_bytes else ("too_large", "page")
        return refuse(inner, code, f"The {what} unpacks to more than the limit.", "Split it, or raise the limit.")
    except (ArchiveLoadFailed, ValueError, OSError, EOFError, zlib.error) as error:
        return refuse(inner, "broken_member", f"It cannot be unpacked: {error}.", "Fetch the page again.")
    kind = kind_of(data[:HEAD_BYTES], uri.split("?")[0].split("#")[0])
    if not data or not kind.media_type or kind.media_type in (ZIP, WARC) or _is_code(record, kind.media_type):
        return None
    name = inner.name
    while name in names:
        name = f"{inner.name}#{len(names)}"
    names.add(name)
    return Incoming(name=name, path=place.path, container=place.name, data=data, media_type=kind.media_type)


def _is_code(record: ArcWarcRecord, media_type: str) -> bool:
    """Scripts and data are text to look at; only the server's own word tells."""
    stated = str(record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
    return media_type != PAGE and any(word in stated for word in ("javascript", "json", "css", "xml", "font"))


def _bytes_of(record: ArcWarcRecord, most: int) -> bytes:
    stream = record.content_stream()
    chunks: list[bytes] = []
    n = 0
    while chunk := stream.read(_CHUNK_BYTES):
        n += len(chunk)
        if n > most:
            raise _SpentError
        chunks.append(chunk)
    return b"".join(chunks)
