"""Builds a case: brings documents in, reads, extracts and outlines each, then weighs them together.

Each document's reading is written in one transaction, its statements and outline in another, and what
is drawn from all of them in a third.  So a build may be killed at any moment: the next one finds what
is done, and does the rest.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from muster.errors import MusterError
from muster.records import Acquisition, Disagreement, Document, Reading, Reject
from muster.run.children import Pool
from muster.run.progress import Progress, Silent
from muster.run.stages import Stages, Work, real_stages
from muster.run.tasks import Outlined, OutlineTask, ReadTask
from muster.run.wide import reconcile
from muster.run.wire import ChildOptions, Failure
from muster.settings import Settings
from muster.store import documents as stored
from muster.store.case import Case, one_transaction, open_case
from muster.store.codec import decode, encode
from muster.store.documents import Versions
from muster.store.lookup import get_document, get_extraction, get_reading, get_rejects, original_path
from muster.store.overview import Totals, count_all, look_first

_LOG_AT_ONCE = 100


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
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Summary:
    """Add documents to a case and bring everything drawn from them up to date.

    Without paths it finishes a build that was interrupted, and does what a new version of Muster does
    differently.  The result does not depend on the order of paths, on interruptions or on the number
    of workers.

    Raises:
        MusterError: "no_such_path"; "case_busy" and what else `open_case` raises; "no_children".
    """
    progress = progress or Silent()
    for path in paths:
        if not path.exists():
            raise MusterError("no_such_path", f"There is nothing at {path}.", "Look whether it is spelled so.", 2)
    with open_case(folder, build=True) as case:
        job = _Job(case=case, stages=stages or real_stages(settings), settings=settings, progress=progress)
        n_new, n_known = job.bring_in(paths, now)
        n_read, n_extracted = job.read_and_extract()
        progress.begin("weighing", None)
        reconcile(case, job.stages)
        return Summary(
            case=str(folder), n_new=n_new, n_known=n_known, n_read=n_read, n_extracted=n_extracted,
            totals=count_all(case), first=look_first(case), rejects=get_rejects(case),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    case: Case
    stages: Stages
    settings: Settings
    progress: Progress

    def bring_in(self, paths: Sequence[Path], now: Callable[[], datetime]) -> tuple[int, int]:
        """Keep and log what is at the paths; return how many documents are new and how many known."""
        with one_transaction(self.case):
            if paths:
                stored.begin_errand(self.case, json.dumps(sorted({str(path.absolute()) for path in paths})))
        n_new = 0
        seen: set[str] = set()
        for errand in stored.open_errands(self.case):
            there = [path for path in map(Path, json.loads(errand)) if path.exists()]
            n_new += self._run_errand(there, now, seen)
        with one_transaction(self.case):
            stored.end_errands(self.case)
        return n_new, len(seen) - n_new

    def _run_errand(self, paths: Sequence[Path], now: Callable[[], datetime], seen: set[str]) -> int:
        self.progress.begin("bringing in", None)
        n_new = 0
        arrivals = self._arrivals(paths, now)
        while batch := list(islice(arrivals, _LOG_AT_ONCE)):
            with one_transaction(self.case):
                for each in batch:
                    if isinstance(each, Reject):
                        stored.log_refusal(self.case, each)
                    else:
                        n_new += stored.log_acquisition(self.case, *each)
                        seen.add(each[0].id)
        return n_new

    def _arrivals(
        self, paths: Sequence[Path], now: Callable[[], datetime]
    ) -> Iterator[tuple[Document, Acquisition] | Reject]:
        """Keep the bytes of all that comes in; where it is, is logged afterwards."""
        for each in self.stages.gather(paths):
            self.progress.advance()
            if isinstance(each, Reject):
                yield each
                continue
            document = self.stages.keep(self.case.originals, each)
            yield document, Acquisition(
                document_id=document.id, name=each.name, path=each.path, container=each.container,
                acquired_at=now().astimezone(UTC).isoformat(timespec="seconds"),
                acquired_by=self.settings.acquired_by or None,
            )  # fmt: skip

    def read_and_extract(self) -> tuple[int, int]:
        """Read and extract what is yet to be; return how many documents of each were tried."""
        reading = self.stages.read.versions(self.settings.timeout_s, self.settings.read_memory_bytes)
        unread = stored.waiting_to_be_read(self.case, reading)
        with ExitStack() as stack:
            outliners = stack.enter_context(self._pool(self.stages.extract, self.settings.extract_memory_bytes))
            if unread:  # extractors take a second to load: they do so while others read
                outliners.start(len(unread))
                readers = stack.enter_context(self._pool(self.stages.read, self.settings.read_memory_bytes))
                self._read(unread, readers, reading)
            return len(unread), self._extract(outliners)

    def _pool(self, work: Work, memory_bytes: int) -> Pool[Document]:
        options = ChildOptions(
            work=work.name, options=work.options, memory_bytes=memory_bytes, timeout_s=self.settings.timeout_s
        )
        return Pool(options, self.settings.n_workers)

    def _read(self, ids: Sequence[str], readers: Pool[Document], versions: Versions) -> None:
        self.progress.begin("reading", len(ids))
        readers.start(len(ids))
        for document, result in readers.run(self._read_tasks(ids)):
            with one_transaction(self.case):
                if isinstance(result, Failure):
                    stored.refuse_reading(self.case, _reject(document, "read", result), versions)
                else:
                    stored.save_reading(self.case, decode(result, Reading), versions)
            self.progress.advance()

    def _read_tasks(self, ids: Iterable[str]) -> Iterator[tuple[Document, bytes]]:
        for id_ in ids:
            document = get_document(self.case, id_)
            original = original_path(self.case, document)
            yield document, encode(ReadTask(document=document, original=str(original)))

    def _extract(self, outliners: Pool[Document]) -> int:
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
                    stored.refuse_extraction(self.case, _reject(document, "extract", result), extract)
                else:
                    self._save(decode(result, Outlined), extract, outline)
            self.progress.advance()
        return sum(extracted for _, extracted in waiting)

    def _outline_tasks(self, waiting: Iterable[tuple[str, bool]]) -> Iterator[tuple[Document, bytes]]:
        for id_, to_extract in waiting:
            document = get_document(self.case, id_)
            extraction = None if to_extract else get_extraction(self.case, id_)
            task = OutlineTask(document=document, reading=get_reading(self.case, id_), extraction=extraction)
            yield document, encode(task)

    def _save(self, outlined: Outlined, extract: Versions, outline: Versions) -> None:
        if outlined.extraction is not None:
            stored.save_extraction(self.case, outlined.extraction, extract)
        stored.save_outline(self.case, outlined.outline, outlined.disagreements, outline)


def _reject(document: Document, stage: str, failure: Failure) -> Reject:
    return Reject(
        name=document.name, stage=stage, code=failure.code, message=failure.message, hint=failure.hint,
        document_id=document.id,
    )  # fmt: skip
