"""The work of child processes.  Each function here sets work up, and returns bytes -> bytes.

A stage's own modules are imported by the child that runs it: one that reads never loads a parser of
language, and one that extracts loads it only when there is something to extract.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from muster.errors import MusterError
from muster.records import Disagreement, Document, Extraction, Outline, Reading, Statement
from muster.store.codec import decode, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTask:
    """Read a document; original is the path of its bytes."""

    document: Document
    original: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineTask:
    """Extract from a reading, unless that is done, and outline it."""

    document: Document
    reading: Reading
    extraction: Extraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlined:
    """What came of an OutlineTask.  extraction is None where the task brought its own."""

    extraction: Extraction | None
    outline: Outline
    disagreements: tuple[Disagreement, ...]


def reader(options: bytes) -> Callable[[bytes], bytes]:
    """Set up reading: a ReadTask gives a Reading.  options is an encoded ReadOptions."""
    from muster.read import ReadOptions, read

    limits = decode(options, ReadOptions)

    def work(task: bytes) -> bytes:
        wanted = decode(task, ReadTask)
        return encode(read(wanted.document, original_bytes(wanted.original), limits))

    return work


def outliner(options: bytes) -> Callable[[bytes], bytes]:
    """Set up extraction: an OutlineTask gives an Outlined.  options is an encoded ExtractOptions.

    The model is loaded here and now, so that no document pays for it out of its own time.

    Raises:
        MusterError: "no_model": the model that the options name is not installed.
    """
    from muster.extract import ExtractOptions, load_extractor
    from muster.extract.parse import model
    from muster.reconcile import outline
    from muster.weigh import check_document

    wishes = decode(options, ExtractOptions)
    try:
        model(wishes.model)
    except ImportError as error:
        raise MusterError("no_model", f"{error}.", "Install it, or unset MUSTER_MODEL.") from error
    extractor = load_extractor(wishes)

    def work(task: bytes) -> bytes:
        wanted = decode(task, OutlineTask)
        new = None
        if wanted.extraction is None:
            new = refuse_unfounded(wanted.reading, extractor.extract(wanted.reading))
        extraction = new or wanted.extraction
        assert extraction is not None
        return encode(
            Outlined(
                extraction=new,
                outline=outline(wanted.document, wanted.reading, extraction),
                disagreements=check_document(wanted.reading, extraction),
            )
        )

    return work


def refuse_unfounded(reading: Reading, extraction: Extraction) -> Extraction:
    """Leave out, and count, the statements whose words are not where they say, or whose id is taken.

    Whatever extracts, rules or a model: no span, no statement.
    """
    founded: dict[str, Statement] = {}
    for each in extraction.statements:
        if each.id not in founded and each.document_id == reading.document_id and is_founded(reading.text, each):
            founded[each.id] = each
    n_refused = extraction.n_refused + len(extraction.statements) - len(founded)
    return replace(extraction, statements=tuple(founded.values()), n_refused=n_refused)


def is_founded(text: str, statement: Statement) -> bool:
    """Tell whether a statement's quote, content and names are the words at their offsets in a text."""
    spans = [(statement.start, statement.end, statement.quote)]
    spans.append((statement.content_start, statement.content_end, statement.content))
    words = (*statement.said_by, statement.cue, statement.actor, statement.target, statement.place)
    spans += [(each.start, each.end, each.words) for each in words if each is not None]
    return bool(statement.quote.strip()) and all(
        0 <= start <= end and text[start:end] == what for start, end, what in spans
    )


def original_bytes(original: str) -> bytes:
    """Return the bytes of an original.  Raises MusterError "missing_original"."""
    try:
        with open(original, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise MusterError(
            "missing_original", "Its bytes are no longer in the case.", "Add the file again, or restore the case."
        ) from None
