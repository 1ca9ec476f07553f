"""Checks a case: its originals, its quotes, and that its readings can be made again."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from muster.records import Document, Reading
from muster.run.children import Pool
from muster.run.progress import Progress, Silent
from muster.run.stages import Stages, real_stages
from muster.run.tasks import READ, ReadTask, is_founded
from muster.run.wire import ChildOptions, Failure
from muster.settings import Settings
from muster.store.case import Case, open_case
from muster.store.codec import decode, encode
from muster.store.documents import changed_outlines, read_by
from muster.store.lookup import get_documents, get_reading, get_statements, original_path

_CHUNK_BYTES = 1 << 20
_CHANGED = "What was made of it is not what a build wrote: a statement was changed, added or taken out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that is not as it was.

    code: "original_missing", "original_changed", "quote", "statements", "reading".
    """

    document_id: str
    name: str
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was checked, and what is wrong, by document name."""

    n_originals: int
    n_statements: int
    n_readings: int
    faults: tuple[Fault, ...]


def check(
    folder: Path, settings: Settings, progress: Progress | None = None, *, stages: Stages | None = None
) -> Checked:
    """Check that every original has its hash, every quote is at its offsets, and readings can be made again.

    A reading that another version of Muster made is not made again: `muster build` does that.

    Raises:
        MusterError: what `open_case` raises; "no_children".
    """
    progress = progress or Silent()
    with open_case(folder, database_url=settings.database_url) as case:
        documents = list(get_documents(case))
        faults: list[Fault] = []
        progress.begin("originals", len(documents))
        for document in documents:
            faults += _check_original(case, document)
            progress.advance()
        n_statements, of_quotes = _check_quotes(case, documents)
        faults += of_quotes
        changed = set(changed_outlines(case))
        faults += [_fault(each, "statements", _CHANGED) for each in documents if each.id in changed]
        n_readings, of_readings = _check_readings(case, documents, settings, stages or real_stages(settings), progress)
        faults += of_readings
    faults.sort(key=lambda each: (each.name, each.document_id, each.code, each.why))
    return Checked(n_originals=len(documents), n_statements=n_statements, n_readings=n_readings, faults=tuple(faults))


def _check_original(case: Case, document: Document) -> Iterator[Fault]:
    state = sha256()
    try:
        with original_path(case, document).open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                state.update(chunk)
    except OSError as error:
        yield _fault(document, "original_missing", f"Its bytes cannot be read: {error.strerror}.")
        return
    if state.hexdigest() != document.sha256:
        yield _fault(document, "original_changed", "Its bytes are not those that came in.")


def _check_quotes(case: Case, documents: list[Document]) -> tuple[int, list[Fault]]:
    n, faults = 0, []
    for document in documents:
        text = None
        for statement in get_statements(case, document_id=document.id):
            if text is None:
                text = get_reading(case, document.id).text
            n += 1
            if not is_founded(text, statement):
                why = f"Statement {statement.id}: its words are not at {statement.start}–{statement.end}."
                faults.append(_fault(document, "quote", why))
    return n, faults


def _check_readings(
    case: Case, documents: list[Document], settings: Settings, stages: Stages, progress: Progress
) -> tuple[int, list[Fault]]:
    made = stages.read.versions().made
    current = read_by(case, made)
    again = [each for each in documents if each.id in current]
    progress.begin("readings", len(again))
    options = ChildOptions(
        work=stages.read.name,
        options=stages.read.options,
        memory_bytes=settings.read_memory_bytes,
        timeout_s=settings.timeout_s,
    )
    tasks = (
        (each, READ + encode(ReadTask(document=each, original=os.fsencode(original_path(case, each)))))
        for each in again
    )
    faults = []
    with Pool[Document](options, settings.n_workers) as pool:
        pool.start(len(again))
        for document, result in pool.run(tasks):
            progress.advance()
            if isinstance(result, Failure):
                faults.append(_fault(document, "reading", f"It cannot be read again: {result.message}"))
            elif decode(result, Reading) != get_reading(case, document.id):
                faults.append(_fault(document, "reading", "Reading it again gives another text than the case holds."))
    return len(again), faults


def _fault(document: Document, code: str, why: str) -> Fault:
    return Fault(document_id=document.id, name=document.name, code=code, why=why)
