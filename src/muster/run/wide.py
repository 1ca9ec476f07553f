"""The case-wide stages: from the outlines of all documents to entities, incidents and people.

What an incident's or a person's sheet was made with is kept beside it as a digest, so that adding a
document makes anew only what it touches.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from typing import Any

from muster.reconcile.judged import set_apart
from muster.records import Dated, Entity, Incident, Outline, Statement, Tie
from muster.run.stages import Stages, WideStages
from muster.store import wide as stored
from muster.store.case import Case, one_transaction
from muster.store.codec import decode, digest, encode
from muster.store.judging import document_judgements
from muster.store.listed import put_sources
from muster.store.locking import hold
from muster.store.lookup import get_document, get_extraction, get_reading, settled_dates
from muster.store.wide import batches

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What the case held a while ago, read while there was nothing else to do; what is no longer so is read again.

    Whatever was used is let go of: there is much of it.
    """

    outlines: dict[str, stored.Marked] = field(default_factory=dict)
    settled: dict[str, stored.Marked] = field(default_factory=dict)
    kept: dict[str, tuple[bytes, Any]] = field(default_factory=dict)


def look_ahead(case: Case, stages: Stages) -> Ahead:
    """Read most of what `reconcile` will need: for while children load and work."""
    with _no_collection():
        run = stages.wide()
        found = Ahead(
            outlines=stored.get_outlines(case),
            settled=stored.get_settled(case),
            kept={
                name: (kept[1], decode(kept[1], kind))
                for name, kind in (("entity_state", run.state_type), ("dating", run.dating_type))
                if (kept := stored.get_artefact(case, name)) is not None and kept[0] == stages.wide_code
            },
        )
        gc.freeze()  # nor need all this be searched while children are at work
        return found


def reconcile(case: Case, stages: Stages, ahead: Ahead | None = None) -> bool:
    """Bring all that is drawn from several documents up to date; return whether anything had to be done.

    Everything is worked out first and then written in one transaction, so that readers of the case
    never see half of it and are not kept waiting.  Callers wait for each other.  ahead is what `look_ahead`
    read, on which nothing depends but the time that it takes.
    """
    with hold(case, "reconciling"):
        inputs = stored.wide_inputs(case)
        made_with = digest(stages.wide_code, inputs)
        done = stored.get_artefact(case, "case")
        if done is not None and done[0] == made_with:
            return False
        with _no_collection():
            job = _Reconciling(case=case, code=stages.wide_code, run=stages.wide(), ahead=ahead or Ahead())
            job.to_the_end(made_with, inputs)
        return True


@contextmanager
def _no_collection() -> Iterator[None]:
    """Switch off the search for reference cycles: among millions of records it takes most of the time, for nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reconciling:
    case: Case
    code: str
    run: WideStages
    ahead: Ahead

    def to_the_end(self, made_with: str, inputs: str) -> None:
        began = process_time()
        with_marks = stored.get_outlines(self.case, self.ahead.outlines)
        self.ahead.outlines.clear()
        marks = {id_: mark for id_, (_, mark) in with_marks.items()}
        outlines = [outline for outline, _ in with_marks.values()]
        del with_marks  # what is no longer needed is let go at once: there is much of it
        judgements = stored.get_judgements(self.case)
        previous = self._kept("entity_state", self.run.state_type)
        had_previous = previous is not None
        state = self.run.reconcile_entities(outlines, judgements, previous)
        del previous
        entities: Sequence[Entity] = state.entities
        dating = self.run.date_documents(outlines, entities, self._kept("dating", self.run.dating_type))
        settled = self._settle(dating.dated, marks)
        began = began if had_previous else process_time()  # the next time these cost next to nothing
        outlines = [settled[each.document_id][2] if each.document_id in settled else each for each in outlines]
        marks = {id_: mark + (settled[id_][1] if id_ in settled else "") for id_, mark in marks.items()}
        outlines = self.run.owned(outlines, judgements)
        keys = self.run.name_keys(entities, outlines)
        ties = self.run.find_ties(outlines, entities, judgements, keys)
        groups = self.run.independence_groups(outlines, ties)
        kept = self._kept("weighings", bytes) or b""
        incidents, weighed = self.run.reconcile_incidents(outlines, entities, judgements, kept)
        context = self.run.make_context(outlines, entities, groups, ties, keys)
        near = _neighbourhoods(marks, self.run.lookups(context), ties)
        took = process_time() - began
        with hold(self.case, "writing"), one_transaction(self.case):
            stored.replace_settled(self.case, settled)
            digests = stored.replace_entities(self.case, entities)
            stored.replace_ties(self.case, ties)
            stored.replace_groups(self.case, groups)
            self._weigh(incidents, outlines, context, near)
            self._people(entities, digests, context, near)
            self._place_statements(outlines, context, near)
            put_sources(self.case, self.run.source_sheets(outlines, ties, context))
            stored.put_artefact(self.case, "entity_state", self.code, encode(state))
            stored.put_artefact(self.case, "dating", self.code, encode(dating))
            stored.put_artefact(self.case, "weighings", self.code, encode(weighed))
            stored.put_artefact(self.case, "context", self.code, encode(self.run.keep_context(context)))
            stored.put_artefact(self.case, "seconds", "", f"{took:.2f}".encode())
            stored.put_artefact(self.case, "case", made_with, inputs.encode())

    def _settle(self, dated: Iterable[Dated], marks: Mapping[str, str]) -> dict[str, tuple[Dated, str, Outline]]:
        """Settle the dates of documents that give none in full; their outlines are made anew where the date is new."""
        before = stored.get_settled(self.case, self.ahead.settled)
        self.ahead.settled.clear()
        settled = {}
        for each in dated:
            id_ = each.document_id
            made_with = digest(self.code, marks[id_], each.on, each.why)
            if id_ in before and before[id_][1] == made_with:
                outline = before[id_][0]
            else:
                parts = (get_document(self.case, id_), get_reading(self.case, id_), get_extraction(self.case, id_))
                apart = set_apart(document_judgements(self.case, id_))
                outline = self.run.outline_dated(*parts, each, apart)
            settled[id_] = (each, made_with, outline)
        return settled

    def _kept(self, name: str, kind: type[Any]) -> Any:
        """Return the state that a stage left for its next run, if the code that left it is this."""
        kept = stored.get_artefact(self.case, name)
        if kept is None or kept[0] != self.code:
            return None
        blob, state = self.ahead.kept.pop(name, (b"", None))
        return state if blob == kept[1] else decode(kept[1], kind)

    def _weigh(
        self, incidents: Sequence[Incident], outlines: Sequence[Outline], context: Any, near: Mapping[str, str]
    ) -> None:
        documents = {event.id: outline.document_id for outline in outlines for event in outline.events}
        before = stored.weighed_incidents(self.case)
        stored.drop_incidents(self.case, before.keys() - {each.id for each in incidents})
        marks = {
            each.id: self._mark(encode(each), (documents[id_] for id_ in each.event_ids), near) for each in incidents
        }
        changed = [each for each in incidents if before.get(each.id) != marks[each.id]]
        stored.place_in_incidents(self.case, changed, outlines)
        settled = settled_dates(self.case)
        for some in batches(changed, _AT_ONCE):
            ids = (id_ for each in some for id_ in each.statement_ids)
            statements = stored.get_statements_by_id(self.case, ids, settled)
            stored.put_incidents(
                self.case, [weigh_one(self.run, each, statements, context, marks[each.id]) for each in some]
            )

    def _people(
        self, entities: Sequence[Entity], digests: Mapping[str, str], context: Any, near: Mapping[str, str]
    ) -> None:
        people = [each for each in entities if each.kind == "person"]
        before = stored.people_made(self.case)
        stored.drop_people(self.case, before.keys() - {each.id for each in people})
        marks = {each.id: self._mark(digests[each.id], (id_ for id_, _ in each.members), near) for each in people}
        changed = [each for each in people if before.get(each.id) != marks[each.id]]
        settled = settled_dates(self.case)
        for some in batches(changed, _AT_ONCE):
            naming = stored.get_mentionings(self.case, (member for each in some for member in each.members))
            ids = (id_ for found in naming.values() for id_ in found)
            statements = stored.get_statements_by_id(self.case, ids, settled)
            made = []
            for each in some:
                own = sorted({id_ for member in each.members for id_ in naming[member]})
                made.append((self.run.person(each, [statements[id_] for id_ in own], context), marks[each.id]))
            stored.put_people(self.case, made)

    def _place_statements(self, outlines: Sequence[Outline], context: Any, near: Mapping[str, str]) -> None:
        """Keep whom statements come from, and when their documents were written, where that may have changed."""
        before = stored.placed_documents(self.case)
        changed = [each for each in outlines if before.get(each.document_id) != near[each.document_id]]
        for each in changed:
            statements = get_extraction(self.case, each.document_id).statements
            origins = {statement.id: self.run.origin_of(statement, context) for statement in statements}
            stored.place_statements(self.case, each, origins, near[each.document_id])

    def _mark(self, blob: bytes | str, documents: Iterable[str], near: Mapping[str, str]) -> str:
        """Digest all that a sheet is made with."""
        return digest(self.code, blob, *(near[id_] for id_ in sorted(set(documents))))


def weigh_one(
    run: WideStages, incident: Incident, statements: Mapping[str, Statement], context: Any, made_with: str
) -> stored.Weighed:
    """Ask what is asked of an incident; statements that were taken out meanwhile are left out."""
    own = [statements[id_] for id_ in incident.statement_ids if id_ in statements]
    held = run.asserted(incident, own, context)
    found = run.disagreements(incident, own, context, held)
    asked = run.questions(incident, own, context, found, held)
    marks = run.marks(incident, own, found, context)
    return stored.Weighed(incident=incident, made_with=made_with, disagreements=found, questions=asked, marks=marks)


def _neighbourhoods(
    outlines: Mapping[str, str], lookups: Mapping[str, Sequence[str]], ties: Sequence[Tie]
) -> dict[str, str]:
    """Digest, for each document, all that weighing one of its statements may depend on.

    That is its outline and statements, those of the documents that it shares text with, and what
    `muster.weigh.lookups` names.
    """
    parts = {id_: [mark, *lookups.get(id_, ())] for id_, mark in outlines.items()}
    for tie in ties:
        if tie.kind == "copied":
            parts[tie.a].append(outlines[tie.b])
            parts[tie.b].append(outlines[tie.a])
    return {id_: digest(encode(each)) for id_, each in parts.items()}
