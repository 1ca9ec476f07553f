"""The work of child processes.  Each function here sets work up, and returns bytes -> bytes.

A stage's own modules are imported by the child that runs it: one that reads never loads a parser of
language, and one that extracts loads it only when there is something to extract.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from muster.errors import MusterError
from muster.ingest import Found, IngestLimits, Place
from muster.records import Disagreement, Document, Extraction, Outline, Reading, Reject, Statement
from muster.store.codec import decode, encode

#: The first byte of what `reader` is sent tells its two kinds of task apart.
ARRIVE, READ = b"A", b"R"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArriveTask:
    """Open a file and keep what it is or holds.  file and originals are paths, as the system spells them."""

    file: bytes
    place: Place
    originals: bytes
    limits: IngestLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A document that was kept, and where it was found; or what was refused instead."""

    document: Document | None
    place: Place
    reject: Reject | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTask:
    """Read a document; original is the path of its bytes, as the system spells it."""

    document: Document
    original: bytes


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


def reader(_: bytes) -> Callable[[bytes], Iterator[bytes]]:
    """Set up arriving and reading, which take no options.

    ARRIVE and an ArriveTask give an Arrived for each document; READ and a ReadTask give a Reading.
    """

    def work(task: bytes) -> Iterator[bytes]:
        if task[:1] == ARRIVE:
            yield from map(encode, arrive(decode(task[1:], ArriveTask)))
            return
        from muster.read import read

        wanted = decode(task[1:], ReadTask)
        yield encode(read(wanted.document, original_bytes(wanted.original)))

    return work


def arrive(task: ArriveTask) -> Iterator[Arrived]:
    """Keep what a file is or holds.

    Raises:
        MusterError: "cannot_keep": the disk is full, or may not be written.
    """
    from muster.ingest import keep, open_file

    found = Found(file=Path(os.fsdecode(task.file)), place=task.place)
    for each in open_file(found, task.limits):
        if isinstance(each, Reject):
            yield Arrived(document=None, place=task.place, reject=each)
            continue
        try:
            document = keep(Path(os.fsdecode(task.originals)), each)
        except OSError as error:
            hint = "Make room, or ask for the right to write, and run the same command again: nothing is lost."
            raise MusterError("cannot_keep", f"The case cannot take {each.name} in: {error.strerror}.", hint) from error
        yield Arrived(document=document, place=Place(name=each.name, path=each.path, container=each.container))


def outliner(options: bytes) -> Callable[[bytes], Iterator[bytes]]:
    """Set up extraction: an OutlineTask gives an Outlined.  options is an encoded ExtractOptions.

    The model is loaded here and now, so that no document pays for it out of its own time.

    Raises:
        MusterError: "no_model": the model that the options name is not installed; "no_gpu"; what
            `language_model.asker` raises.
    """
    _leave_out_command_line()
    from muster.extract import ExtractOptions, load_extractor
    from muster.extract.parse import model
    from muster.reconcile.outline import outline
    from muster.weigh import check_document

    wishes = decode(options, ExtractOptions)
    extractor = load_extractor(wishes)
    try:
        model(wishes.model)
    except ImportError as error:
        raise MusterError("no_model", f"{error}.", "Install it, or unset MUSTER_MODEL.") from error
    if wishes.llm:
        from muster.extract.llm import ModelExtractor
        from muster.run.language_model import asker

        extractor = ModelExtractor(extractor, wishes.llm, asker(wishes.llm), wishes.keep, wishes.model)

    def work(task: bytes) -> Iterator[bytes]:
        wanted = decode(task, OutlineTask)
        new = None
        if wanted.extraction is None:
            new = refuse_unfounded(wanted.reading, extractor.extract(wanted.reading))
        extraction = new or wanted.extraction
        assert extraction is not None
        yield encode(
            Outlined(
                extraction=new,
                outline=outline(wanted.document, wanted.reading, extraction),
                disagreements=check_document(wanted.reading, extraction),
            )
        )

    return work


def _leave_out_command_line() -> None:
    """Let spaCy load without its command line, which takes a third of the time and which a child has no use for."""
    for name in ("spacy.cli", "spacy.cli.info"):
        stub = ModuleType(name)
        vars(stub)["info"] = None  # what `spacy` imports of it
        sys.modules.setdefault(name, stub)


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


def original_bytes(original: bytes) -> bytes:
    """Return the bytes of an original.  Raises MusterError "missing_original"."""
    try:
        with open(original, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise MusterError(
            "missing_original", "Its bytes are no longer in the case.", "Add the file again, or restore the case."
        ) from None
