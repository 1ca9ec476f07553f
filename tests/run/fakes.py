"""Small stages with which the engine is tested: quick, and as badly behaved as a document asks them to be.

A document is lines.  "SPEAKER: words" is a statement; a line of capitals makes the reader hang, crash,
grow or fail.
"""

import hashlib
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from muster.errors import MusterError
from muster.ingest import IngestLimits, Place
from muster.reconcile.decisions import decide
from muster.reconcile.entities import joined
from muster.reconcile.judged import judged, sound
from muster.records import (
    Acquisition,
    Alias,
    Block,
    Dated,
    Disagreement,
    Document,
    Entity,
    Extraction,
    Group,
    Incident,
    Judgement,
    LocalEntity,
    LocalEntityOutline,
    LocalEvent,
    Outline,
    Person,
    Question,
    Reading,
    Reject,
    Statement,
    Words,
)
from muster.run.stages import Stages, WideStages, Work
from muster.run.tasks import (
    ARRIVE,
    Arrived,
    ArriveTask,
    Outlined,
    OutlineTask,
    ReadTask,
    original_bytes,
    refuse_unfounded,
)
from muster.run.wide import reconcile
from muster.store import documents as stored
from muster.store.case import Case, one_transaction
from muster.store.codec import decode, encode


def short(prefix: str, *parts: object) -> str:
    return prefix + hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def arrive(task: ArriveTask) -> Iterator[Arrived]:
    """A .no file is refused, a .box holds its lines, any other is a document."""
    path, place = Path(os.fsdecode(task.file)), task.place
    if path.suffix == ".no":
        reject = Reject(
            name=place.name, stage="ingest", code="unwanted", message="It is .no.", hint="Rename.", path=place.path
        )
        yield Arrived(document=None, place=place, reject=reject)
    elif path.suffix == ".box":
        for line in path.read_text(encoding="utf-8").splitlines():
            misbehave(line)
            inner = replace(place, name=f"{place.name}/{line}", container=place.name)
            yield Arrived(document=keep(task, f"Member\n{line}: as the box says\n".encode(), inner), place=inner)
    else:
        yield Arrived(document=keep(task, path.read_bytes(), place), place=place)


def keep(task: ArriveTask, data: bytes, place: Place) -> Document:
    mark = hashlib.sha256(data).hexdigest()
    target = Path(os.fsdecode(task.originals)) / mark[:2] / mark
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    media_type = "text/" + Path(place.name).suffix.removeprefix(".")
    return Document(id="d-" + mark[:16], sha256=mark, name=place.name, media_type=media_type, n_bytes=len(data))


def reader(_: bytes) -> Callable[[bytes], Iterator[bytes]]:
    def work(task: bytes) -> Iterator[bytes]:
        if task[:1] == ARRIVE:
            yield from map(encode, arrive(decode(task[1:], ArriveTask)))
            return
        wanted = decode(task[1:], ReadTask)
        text = original_bytes(wanted.original).decode("utf-8")
        misbehave(text)
        log("read", wanted.document)
        yield encode(read_text(wanted.document, text))

    return work


def read_text(document: Document, text: str) -> Reading:
    blocks = (Block(kind="paragraph", start=0, end=len(text)),)
    return Reading(
        document_id=document.id, text=text, title=text.split("\n")[0], author=None, outlet=document.name,
        published_on=None, language="en", blocks=blocks, reader="fake/1",
    )  # fmt: skip


def misbehave(text: str) -> None:
    if "HANG" in text:
        time.sleep(600)
    if "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "GROW" in text:
        bytearray(8 << 30)
    if "FAIL" in text:
        raise ValueError("failed as asked")
    if "REFUSE" in text:
        raise MusterError("unlikeable", "It is not liked.", "Write another.")


def log(what: str, document: Document) -> None:
    """Note in a file what a child did, so that a test can count it."""
    if where := os.environ.get("FAKE_LOG"):
        with open(where, "a", encoding="utf-8") as file:
            file.write(f"{what} {document.name}\n")


def outliner(_: bytes) -> Callable[[bytes], Iterator[bytes]]:
    def work(task: bytes) -> Iterator[bytes]:
        wanted = decode(task, OutlineTask)
        new = None
        if wanted.extraction is None:
            if "STALL" in wanted.reading.text:
                time.sleep(600)
            log("extract", wanted.document)
            new = refuse_unfounded(wanted.reading, extract(wanted.reading))
        extraction = new or wanted.extraction
        assert extraction is not None
        yield encode(Outlined(extraction=new, outline=outline(wanted.document, extraction), disagreements=()))

    return work


def extract(reading: Reading) -> Extraction:
    statements, entities = [], {}
    at = 0
    for line in reading.text.split("\n"):
        speaker, colon, said = line.partition(": ")
        start, end = at, at + len(line)
        at = end + 1
        if not colon or not said:
            continue
        entities[speaker] = LocalEntity(id="e-" + speaker, kind="person", name=speaker, forms=(speaker,))
        words = Words(start=start, end=start + len(speaker), words=speaker, name=speaker, entity="e-" + speaker)
        quote = "not what it says" if "LIE" in said else line
        statements.append(
            Statement(
                id=short("s-", reading.document_id, start), document_id=reading.document_id, start=start, end=end,
                quote=quote, content_start=end - len(said), content_end=end, content=said, said_by=(words,), cue=None,
                act="accuse", actor=None, target=None, place=None, when=None, count=None, polarity="affirmed",
                modality="asserted", confidence=1.0, extractor="fake/1",
            )
        )  # fmt: skip
    return Extraction(
        document_id=reading.document_id, statements=tuple(statements), entities=tuple(entities.values()), mentions=()
    )


def outline(document: Document, extraction: Extraction) -> Outline:
    extraction = sound(extraction)
    ids = tuple(each.id for each in extraction.statements)
    events = [
        LocalEvent(id=short("v-", each.id), document_id=document.id, kind="attack", statement_ids=(each.id,), when=None,
                   place=None, words=(each.content,))
        for each in extraction.statements
    ]  # fmt: skip
    return Outline(
        document_id=document.id, name=document.name, title=None, author=None, outlet=None, affiliation=None, owner=None,
        site=None, published_on=None, language="en", n_words=len(ids),
        entities=tuple(
            LocalEntityOutline(id=each.id, kind=each.kind, name=each.name, forms=each.forms)
            for each in extraction.entities
        ),
        events=tuple(events), word_runs=b"",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    entities: tuple[Entity, ...]


@dataclass(frozen=True, kw_only=True)
class FakeDating:
    dated: tuple[Dated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeContext:
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Calls:
    """How often the case-wide stages were called, and on what."""

    weighed: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    previous: list[bool] = field(default_factory=list)


def entities_of(outlines: Sequence[Outline]) -> tuple[Entity, ...]:
    members: dict[str, list[tuple[str, str]]] = {}
    for each in outlines:
        for entity in each.entities:
            members.setdefault(entity.name, []).append((each.document_id, entity.id))
    return tuple(
        Entity(
            id=short("e-", name), kind="person", name=name, members=tuple(sorted(found)),
            aliases=(Alias(form=name, document_ids=tuple(sorted({document for document, _ in found}))),),
        )
        for name, found in sorted(members.items())
    )  # fmt: skip


def incidents_of(outlines: Sequence[Outline], judgements: Sequence[Judgement] = ()) -> tuple[Incident, ...]:
    """What is said in the same words is about the same, and what is judged so."""
    events = {event.id: event for each in outlines for event in each.events}
    decisions = decide(judgements, events.values())
    found: dict[str, list[LocalEvent]] = {}
    for event in events.values():
        alone = bool(decisions.apart.get(event.id))
        found.setdefault(event.id if alone else event.words[0], []).append(event)
    for ids, _ in decisions.together:
        joined = [words for words, held in found.items() if any(event.id in ids for event in held)]
        found[min(joined)] = [event for words in joined for event in found.pop(words)]
    return tuple(
        Incident(
            id=short("i-", min(event.id for event in held)), name=words, kind="attack", when=None, place=None,
            place_entity=None, event_ids=tuple(sorted(event.id for event in held)),
            statement_ids=tuple(sorted(id_ for event in held for id_ in event.statement_ids)),
        )
        for words, held in sorted(found.items())
    )  # fmt: skip


def unreachable() -> Outline:
    raise AssertionError("nothing is dated here")


def wide(calls: Calls) -> WideStages:
    def reconcile_entities(outlines: Sequence[Outline], judgements: object, previous: State | None) -> State:
        calls.previous.append(previous is not None)
        return State(entities=entities_of(outlines))

    def disagreements(incident: Incident, statements: Sequence[Statement], *_: object) -> tuple[Disagreement, ...]:
        calls.weighed.append(incident.name)
        ids = [each.id for each in statements]
        return tuple(
            Disagreement(a=a, b=b, kind="actor", why=f"Two say so of {incident.name}.", incident_id=incident.id)
            for a, b in pairwise(ids)
        )

    def person(entity: Entity, statements: Sequence[Statement], _: object) -> Person:
        calls.people.append(entity.name)
        return Person(
            entity_id=entity.id, name=f"{entity.name} ({len(statements)})", entries=(), last_state=None, last_on=None,
            last_groups=(), accounted_for=False,
        )  # fmt: skip

    return WideStages(
        state_type=State,
        dating_type=FakeDating,
        context_type=FakeContext,
        reconcile_entities=reconcile_entities,
        joined=joined,
        date_documents=lambda *_: FakeDating(),
        judged=judged,
        outline=lambda document, reading, extraction, apart: outline(document, extraction),
        outline_dated=lambda *_: NotImplemented,  # date_documents dates none
        check_document=lambda *_: (),
        owned=lambda outlines, _: list(outlines),
        name_keys=lambda *_: None,
        find_ties=lambda *_: (),
        independence_groups=lambda outlines, _: tuple(
            Group(id=short("g-", each.document_id), members=(each.document_id,), why=()) for each in outlines
        ),
        reconcile_incidents=lambda outlines, _, judgements, kept: (incidents_of(outlines, judgements), b""),
        make_context=lambda *_: FakeContext(),
        lookups=lambda _: {},
        keep_context=lambda context: context,
        recall_context=lambda kept, *_: kept,
        origin_of=lambda statement, _: statement.said_by[0].name if statement.said_by else statement.document_id,
        asserted=lambda *_: None,
        disagreements=disagreements,
        questions=lambda incident, *_: (Question(incident_id=incident.id, kind="who", status="open", answers=()),),
        person=person,
    )


def fake_stages(calls: Calls | None = None, **changed: object) -> Stages:
    stages = {
        "limits": IngestLimits(),
        "read": Work(name="tests.run.fakes:reader", options=b"", code="reader 1"),
        "extract": Work(name="tests.run.fakes:outliner", options=b"", code="extractor 1"),
        "outline_code": "outline 1",
        "wide_code": "wide 1",
        "wide": lambda: wide(calls or Calls()),
    }
    return Stages(**(stages | changed))  # type: ignore[arg-type]


def fill(case: Case, texts: dict[str, str]) -> None:
    """Bring documents into a case as a build would, by their names, in this process and so in no time."""
    stages, run = fake_stages(), wide(Calls())
    read, extracted = stages.read.versions(30.0, 1 << 30), stages.extract.versions(30.0, 3 << 30)
    for name, text in texts.items():
        mark = hashlib.sha256(text.encode()).hexdigest()
        document = Document(id="d-" + mark[:16], sha256=mark, name=name, media_type="text/txt", n_bytes=len(text))
        reading = read_text(document, text)
        extraction = extract(reading)
        how = Acquisition(
            document_id=document.id, name=name, path=name, container=None, acquired_at="2020-01-01T00:00:00+00:00",
            acquired_by=None,
        )  # fmt: skip
        with one_transaction(case):
            stored.log_acquisition(case, document, how)
            stored.save_reading(case, reading, read)
            stored.save_extraction(case, extraction, extracted)
            stored.save_outline(case, run.outline(document, reading, extraction, frozenset()), (), extracted)
    reconcile(case, stages)
