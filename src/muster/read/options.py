"""Limits of reading, and the error that says why a document could not be read."""

from dataclasses import dataclass

from muster.errors import MusterError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How much of one document is read.  Whatever is larger is refused, never silently shortened.

    max_characters counts code points of all decoded parts together; max_unpacked_bytes what a .docx or
    .xlsx may unpack to, and max_ratio its unpacked over its packed size; max_depth how deep elements and
    e-mail parts may nest; max_removed the characters that are listed one by one when they are left out.
    """

    max_characters: int = 20_000_000
    max_blocks: int = 200_000
    max_lines: int = 1_000_000
    max_cells: int = 2_000_000
    max_pages: int = 5_000
    max_depth: int = 200
    max_tags: int = 1_000_000
    max_unpacked_bytes: int = 256 * 1024 * 1024
    max_ratio: int = 200
    max_removed: int = 2_000


class Unreadable(MusterError):  # noqa: N818 - the name that the stages agreed on
    """A document that cannot be read; it stays archived, and is listed with this reason."""


DEFAULTS = ReadOptions()
