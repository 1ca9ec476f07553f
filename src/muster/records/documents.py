"""What came in, and the clean text that was read from it."""

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "caption", "table_row", "quoted", "byline", "signature"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Bytes exactly as received.

    id is "d-" and the first 16 hex digits of sha256.  name is the path as given, relative to the
    folder or archive that was added, "/" between its parts; where the same bytes came in under
    several names it is the first of them in code-point order, so that order of arrival does not show.
    """

    id: str
    sha256: str
    name: str
    media_type: str
    n_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquisition:
    """One time that a document came in.  acquired_at is an aware UTC instant in ISO 8601."""

    document_id: str
    name: str
    path: str
    container: str | None
    acquired_at: str
    acquired_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """Something refused, with its reason and what to do.

    stage is "ingest", "read", "extract", ...; code is a stable word such as "too_large" or "timeout".
    document_id is None where the bytes were not kept; path is then as in Acquisition, so that two
    files of one name in two folders stay two.
    """

    name: str
    stage: str
    code: str
    message: str
    hint: str
    document_id: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Where a run of the reading's text comes from.

    start and end count Unicode code points of Reading.text from 0; end is exclusive.  part names a
    part of the document ("" for its only text, "page 3", "sheet Roll", "text/plain 1");
    source_start and source_end count code points in that part's decoded text.  Where both runs have
    one length they agree character by character (any white space may show as a space), else the run
    as a whole stands for the other (white space collapsed, an entity decoded).
    """

    start: int
    end: int
    part: str
    source_start: int
    source_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the reading that is one title, paragraph, list item, table row, ...

    writer and written_on are set where somebody other than the document's author wrote it: the
    quoted message of an e-mail.  written_on is an EDTF date.
    """

    kind: BlockKind
    start: int
    end: int
    writer: str | None = None
    written_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table: a span of Reading.text, which may be empty."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose rows are part of the reading.  header holds the column titles ("" where none)."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Text of the document that was left out of the reading, and why (boilerplate, navigation, ...)."""

    part: str
    source_start: int
    source_end: int
    words: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something a reader of the record must know about one document.

    kind: "pasted_title", "replaced_character", "bidi_control", "mixed_script", "no_text", ...
    at is where in Reading.text it shows, or None; words are the words concerned.
    """

    document_id: str
    kind: str
    why: str
    words: str
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document's clean text.

    published_on is an EDTF date, or None.  language is an ISO 639-1 code or "und".  blocks are in
    order and do not overlap; they cover all text that may hold statements.  pieces cover all of
    text except separators that the reader put between blocks and cells.  reader is the format module and its
    version, "html/1".
    """

    document_id: str
    text: str
    title: str | None
    author: str | None
    outlet: str | None
    published_on: str | None
    language: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    pieces: tuple[Piece, ...] = ()
    cuts: tuple[Cut, ...] = ()
    problems: tuple[Problem, ...] = ()
    affiliation: str | None = None
    owner: str | None = None
    site: str | None = None
    reader: str
