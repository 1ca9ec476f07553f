"""How much is taken in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLimits:
    """Limits of bringing documents in; whatever passes one is refused with its reason.

    max_file_bytes holds for a file that is a document and for a member of an archive; max_total_bytes
    for all that one archive unpacks to, archives inside it included; max_ratio is a member's unpacked
    over its packed size, for members over ratio_from_bytes.  max_depth 1 allows an archive but none in it.
    """

    max_file_bytes: int = 100 * 1024 * 1024
    max_archive_bytes: int = 4 * 1024 * 1024 * 1024
    max_total_bytes: int = 512 * 1024 * 1024
    max_files: int = 100_000
    max_members: int = 10_000
    max_depth: int = 3
    max_ratio: int = 200
    ratio_from_bytes: int = 1024 * 1024
    max_name: int = 1_000
