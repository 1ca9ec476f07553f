"""Builds a case: brings documents in, reads, extracts and outlines each, then weighs them together.

Each document's reading is written in one transaction, its statements and outline in another, and what
is drawn from all of them in a third.  So a build may be killed at any moment: the next one finds what
is done, and does the rest.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from shlex import quote

from muster.errors import MusterError
from muster.ingest import Found, Place, too_many, walk
from muster.records import Acquisition, Disagreement, Document, Reading, Reject
from muster.run.children import Pool
from muster.run.judge import rejudge
from muster.run.language_model import require_consent
from muster.run.progress import Progress, Silent
from muster.run.stages import Stages, Work, real_stages
from muster.run.tasks import ARRIVE, READ, Arrived, ArriveTask, Outlined, OutlineTask, ReadTask
from muster.run.wide import look_ahead, reconcile
from muster.run.wire import ChildOptions, Failure
from muster.settings import Settings
from muster.store import documents as stored
from muster.store.case import Case, one_transaction, open_case
from muster.store.codec import decode, encode
from muster.store.database import is_case
from muster.store.documents import Versions
from muster.store.judging import document_judgements
from muster.store.lookup import get_document, get_extracted, get_reading, get_rejects, original_path
from muster.store.overview import Totals, count_all, look_first
from muster.store.search import refresh

_LOG_AT_ONCE = 100
Subject = Document | Place  # what a child that reads is busy with
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A document whose bytes are kept, and where it was found."""

    document: Document
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a build did and what the case now holds.

    n_new and n_known count the documents among the paths of this build; n_read and n_extracted those
    that it read and extracted from.  first are the disagreements to look at first.
    """

    case: str
    n_new: int
    n_known: int
    n_read: int
    n_extracted: int
    totals: Totals
    first: tuple[Disagreement, ...]
    rejects: tuple[Reject, ...]


def build(
    folder: Path,
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress | None = None,
    *,
    stages: Stages | None = None,
    now: Clock = lambda: datetime.now(UTC),
) -> Summary:
    """Add documents to a case and bring everything drawn from them up to date.

    Without paths it finishes a build that was interrupted, and does what a new version of Muster does
    differently.  The result does not depend on the order of paths, on interruptions or on the number
    of workers.

    Raises:
        MusterError: "no_such_path", "path_in_case", "no_case"; "case_busy" and what else `open_case`
            raises; "no_children"; with a language model, what `require_consent` raises, and "llm_failed".
    """
    progress = progress or Silent()
    _check_paths(folder, paths)
    require_consent(settings)
    with open_case(folder, build=True, database_url=settings.database_url) as case:
        job = _Job(case=case, stages=stages or real_stages(settings), settings=settings, progress=progress)
        with job.readers() as readers, job.outliners() as outliners:
            if paths:  # there is likely something new, and a model takes a second to load
                readers.start(1)
                outliners.start(1)
            n_new, n_known = job.bring_in(paths, readers, now)
            n_read = job.read(readers, outliners)
            readers.end()
            ahead = look_ahead(case, job.stages) if n_read else None
            n_extracted = job.extract(outliners)
        progress.begin("weighing", None)
        reconcile(case, job.stages, ahead)
        refresh(case)
        return Summary(
            case=str(folder), n_new=n_new, n_known=n_known, n_read=n_read, n_extracted=n_extracted,
            totals=count_all(case), first=look_first(case), rejects=get_rejects(case),
        )  # fmt: skip


def _check_paths(folder: Path, paths: Sequence[Path]) -> None:
    if not paths and not is_case(folder):
        hint = f"Name the documents too: muster build {quote(str(folder))} PATH..."
        raise MusterError("no_case", f"There is no case at {folder} whose build could be finished.", hint, 2)
    for path in paths:
        if not path.exists():
            hint = "Look at how it is spelled, and at the folder you are in."
            raise MusterError("no_such_path", f"There is nothing at {path}.", hint, 2)
        if _is_within(path, folder):
            raise MusterError("path_in_case", f"{path} lies in the case itself.", "Name files outside of it.", 2)


def _is_within(path: Path, folder: Path) -> bool:
    """Tell whether a path lies in a case.  What was sent by browser to a server of one case only waits there."""
    path, folder = path.resolve(), folder.resolve()
    return path.is_relative_to(folder) and not path.is_relative_to(folder / "site" / "uploads")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    case: Case
    stages: Stages
    settings: Settings
    progress: Progress

    def readers(self) -> Pool[Subject]:
        """Children that open files, keep what they hold, and read documents."""
        return Pool(
            ChildOptions(
                work=self.stages.read.name,
                options=self.stages.read.options,
                memory_bytes=self.settings.read_memory_bytes,
                timeout_s=self.settings.timeout_s,
                max_write_bytes=2 * self.settings.max_file_bytes,
            ),
            self.settings.n_workers,
        )

    def outliners(self) -> Pool[Document]:
        """Children that extract and outline."""
        return Pool(
            ChildOptions(
                work=self.stages.extract.name,
                options=self.stages.extract.options,
                memory_bytes=self.settings.extract_memory_bytes,
                timeout_s=self.settings.timeout_s,
            ),
            self.settings.n_workers,
        )

    def bring_in(self, paths: Sequence[Path], readers: Pool[Subject], now: Clock) -> tuple[int, int]:
        """Keep and log what is at the paths; return how many documents are new and how many known."""
        with one_transaction(self.case):
            if paths:
                stored.begin_errand(self.case, json.dumps(sorted({str(path.absolute()) for path in paths})))
        errands = [map(Path, json.loads(errand)) for errand in stored.open_errands(self.case)]
        wanted = sorted({path for errand in errands for path in errand if path.exists()})
        new: set[str] = set()
        seen: set[str] = set()
        self.progress.begin("bringing in", None)
        arrivals = self._arrivals(wanted, readers)
        while batch := list(islice(arrivals, _LOG_AT_ONCE)):
            at = now().astimezone(UTC).isoformat(timespec="seconds")
            with one_transaction(self.case):
                for each in batch:
                    if isinstance(each, Reject):
                        stored.log_refusal(self.case, each)
                    elif self._log(each, at):
                        new.add(each.document.id)
                    seen.update([each.document.id] if isinstance(each, Kept) else [])
        with one_transaction(self.case):
            stored.end_errands(self.case)
        return len(new), len(seen - new)

    def _log(self, kept: Kept, at: str) -> bool:
        place = kept.place
        return stored.log_acquisition(self.case, kept.document, Acquisition(
            document_id=kept.document.id, name=place.name, path=place.path, container=place.container,
            acquired_at=at, acquired_by=self.settings.acquired_by or None,
        ))  # fmt: skip

    def _arrivals(self, paths: Sequence[Path], readers: Pool[Subject]) -> Iterator[Kept | Reject]:
        """Have the files at the paths opened and their bytes kept; where they are, is logged afterwards."""
        found = list(walk(paths))
        if any(_is_within(self.case.folder, path) for path in paths):  # a case among its documents is none of them
            own = self.case.folder
            found = [each for each in found if isinstance(each, Reject) or not _is_within(each.file, own)]
        yield from (each for each in found if isinstance(each, Reject))
        files = [each for each in found if isinstance(each, Found)]
        if len(files) > self.stages.limits.max_files:
            first = files[self.stages.limits.max_files].place
            yield too_many(first.name, first.path, self.stages.limits)
            del files[self.stages.limits.max_files :]
        readers.start(len(files))
        for place, result in readers.run(self._arrive_tasks(files)):
            assert isinstance(place, Place)
            if isinstance(result, Failure):
                yield self._refused(place, result)
                continue
            arrived = decode(result, Arrived)
            self.progress.advance()
            if arrived.reject is not None:
                yield arrived.reject
            elif arrived.document is not None:
                yield Kept(document=arrived.document, place=arrived.place)

    def _arrive_tasks(self, files: Iterable[Found]) -> Iterator[tuple[Subject, bytes]]:
        originals = os.fsencode(self.case.originals)
        again = stored.has_refusals(self.case)
        for each in files:
            if again:  # what is refused this time is what counts
                stored.forget_refusals(self.case, each.place.name, each.place.path)
            task = ArriveTask(
                file=os.fsencode(each.file), place=each.place, originals=originals, limits=self.stages.limits
            )
            yield each.place, ARRIVE + encode(task)

    def _refused(self, place: Place, failure: Failure) -> Reject:
        if failure.code == "cannot_keep":
            raise MusterError("disk_full", failure.message, failure.hint)
        return Reject(
            name=place.name, stage="ingest", code=failure.code, message=failure.message, hint=failure.hint,
            path=place.path,
        )  # fmt: skip

    def read(self, readers: Pool[Subject], outliners: Pool[Document]) -> int:
        """Read what is yet to be; return how many documents were tried."""
        versions = self.stages.read.versions(self.settings.timeout_s, self.settings.read_memory_bytes)
        ids = stored.waiting_to_be_read(self.case, versions)
        self.progress.begin("reading", len(ids))
        outliners.start(len(ids))  # they take a second to load, and do so while others read
        readers.start(len(ids))
        for document, result in readers.run(self._read_tasks(ids)):
            assert isinstance(document, Document)
            with one_transaction(self.case):
                if isinstance(result, Failure):
                    stored.refuse_reading(self.case, _reject(document, "read", result), versions)
                else:
                    stored.save_reading(self.case, decode(result, Reading), versions)
            self.progress.advance()
        return len(ids)

    def _read_tasks(self, ids: Iterable[str]) -> Iterator[tuple[Subject, bytes]]:
        for id_ in ids:
            document = get_document(self.case, id_)
            original = os.fsencode(original_path(self.case, document))
            yield document, READ + encode(ReadTask(document=document, original=original))

    def extract(self, outliners: Pool[Document]) -> int:
        """Extract and outline what is yet to be; return how many documents were extracted from."""
        limits = (self.settings.timeout_s, self.settings.extract_memory_bytes)
        extract = self.stages.extract.versions(*limits)
        code = Work(name="", options=encode(extract.made), code=self.stages.outline_code)
        outline = code.versions(*limits)
        waiting = stored.waiting_to_be_outlined(self.case, extract, outline)
        self.progress.begin("extracting", len(waiting))
        outliners.start(len(waiting))
        for document, result in outliners.run(self._outline_tasks(waiting)):
            with one_transaction(self.case):
                if isinstance(result, Failure):
                    if result.code == "llm_failed":  # it will be asked again: the rules' part is not kept alone
                        raise MusterError(result.code, result.message, result.hint)
                    stored.refuse_extraction(self.case, _reject(document, "extract", result), extract)
                else:
                    self._save(decode(result, Outlined), extract, outline)
            self.progress.advance()
        return sum(extracted for _, extracted in waiting)

    def _outline_tasks(self, waiting: Iterable[tuple[str, bool]]) -> Iterator[tuple[Document, bytes]]:
        for id_, to_extract in waiting:
            document = get_document(self.case, id_)
            extraction = None if to_extract else get_extracted(self.case, id_)
            task = OutlineTask(document=document, reading=get_reading(self.case, id_), extraction=extraction)
            yield document, encode(task)

    def _save(self, outlined: Outlined, extract: Versions, outline: Versions) -> None:
        if outlined.extraction is not None:
            stored.save_extraction(self.case, outlined.extraction, extract)
        stored.save_outline(self.case, outlined.outline, outlined.disagreements, outline)
        document_id = outlined.outline.document_id
        if document_judgements(self.case, document_id):  # asked now: somebody may judge while children are at work
            rejudge(self.case, self.stages.wide(), document_id)


def _reject(document: Document, stage: str, failure: Failure) -> Reject:
    return Reject(
        name=document.name, stage=stage, code=failure.code, message=failure.message, hint=failure.hint,
        document_id=document.id,
    )  # fmt: skip
