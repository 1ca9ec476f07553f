"""What a judgement changes at once in a large case, before the case as a whole is reconciled again.

The incidents that hold the judged statements, and the people that their documents name, are put right by
plain rules: events stay where they were, but for those that a judgement joins or parts; what is asked of
them is answered anew.  It shows within a second at any size.  Reconciling then follows in a process of its
own, and leaves the record that building from documents and judgements gives; where the two differ, that
counts.

Method: docs/method/judging.md, section 5.
"""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from muster.reconcile.judged import held_in as held
from muster.reconcile.judged import set_apart, sound
from muster.records import Dated, Entity, Incident, Judgement, Outline
from muster.run.judgeable import Judged
from muster.run.stages import Stages, WideStages, real_stages
from muster.run.wide import reconcile, weigh_one
from muster.settings import read_settings
from muster.store import meanwhile as stored
from muster.store import wide
from muster.store.case import Case, open_case
from muster.store.codec import decode
from muster.store.judging import document_judgements
from muster.store.locking import try_hold
from muster.store.lookup import get_document, get_extraction, get_reading, settled_dates

#: A case that took more seconds of computing to reconcile is not reconciled while somebody waits.
PATIENCE_S = 1.0
#: People whom more documents name are left to the reconciling.
_MOST_DOCUMENTS = 200


def is_large(case: Case) -> bool:
    """Tell whether reconciling a case takes longer than anybody should wait."""
    return wide.seconds_to_reconcile(case) > PATIENCE_S


def show_meanwhile(case: Case, run: WideStages, checked: Sequence[Judged], documents: Iterable[str]) -> None:
    """Put right what judgements touch.  The caller has written them, and holds the transaction."""
    wide.unreconcile(case)
    ids = sorted(documents)
    told = _Meanwhile(case, run, {id_: _outline(case, run, id_) for id_ in ids}, ids)
    told.stay({each.subject for one in checked for each in one.about if each.subject.startswith("s-")})
    for one in checked:
        if one.kind in ("same", "different"):
            told.obey(one)
    told.write()
    for one in checked:
        if one.kind == "same" and not _of_events(one):
            _join_entities(case, run, one)


def _join_entities(case: Case, run: WideStages, checked: Judged) -> None:
    """Make one entity of those that a judgement names; incidents name it as before until all is reconciled."""
    found = {id_: each for subject in checked.subjects for id_, each in stored.meant_entities(case, subject).items()}
    if len(found) < 2:
        return
    joined = run.joined(sorted(found.values(), key=lambda each: each.id))
    stored.join_entities(case, joined, found)
    if joined.kind != "person" or len({document for document, _ in joined.members}) > _MOST_DOCUMENTS:
        return
    naming = wide.get_mentionings(case, joined.members)
    ids = sorted({id_ for some in naming.values() for id_ in some})
    statements = wide.get_statements_by_id(case, ids, settled_dates(case))
    context = _context(case, run, [joined], {each.document_id for each in statements.values()}, {})
    if context is None:
        return
    wide.put_people(case, [(run.person(joined, [statements[id_] for id_ in ids], context), "")])


def _context(
    case: Case, run: WideStages, entities: Sequence[Entity], documents: Iterable[str], known: Mapping[str, Outline]
) -> Any:
    """What weighing the statements of some documents takes, of which some outlines are known; None before the first."""
    kept = wide.get_artefact(case, "context")
    if kept is None:
        return None
    context = decode(kept[1], run.context_type)
    wanted = set(documents)
    wanted |= {source for id_ in wanted for source in context.sources.get(id_, ())}
    return run.recall_context(context, {**stored.outlines_by_id(case, wanted - known.keys()), **known}, entities)


def _of_events(checked: Judged) -> bool:
    return all(each[:2] in {"i-", "v-", "s-"} for each in checked.subjects)


def _outline(case: Case, run: WideStages, document_id: str) -> Outline:
    """The outline of a document as it is judged now, with the date that others give it."""
    settled = settled_dates(case, document_id).get(document_id)
    if settled is None:
        return wide.get_outline(case, document_id)
    extraction = sound(get_extraction(case, document_id))
    dated = Dated(document_id=document_id, on=settled[1], why="")
    apart = set_apart(document_judgements(case, document_id))
    return run.outline_dated(get_document(case, document_id), get_reading(case, document_id), extraction, dated, apart)


@dataclass(slots=True)
class _Meanwhile:
    """Events of the incidents that are touched.  groups holds sets of event ids, each one incident."""

    case: Case
    run: WideStages
    outlines: dict[str, Outline]
    documents: Sequence[str]
    groups: list[set[str]] = field(default_factory=list)
    before: dict[str, Incident] = field(default_factory=dict)
    event_of: dict[str, str] = field(default_factory=dict)

    def stay(self, about: Set[str]) -> None:
        """Leave every event where most of its statements were, and new ones alone."""
        placed = stored.places_of(self.case, self.documents, about)
        self.before = stored.incidents_by_id(self.case, {incident for incident, _ in placed.values() if incident})
        theirs = {event for incident in self.before.values() for event in incident.event_ids}
        others = stored.event_documents(self.case, theirs)
        homes: dict[str, set[str]] = defaultdict(set)
        for incident in self.before.values():
            homes[incident.id] |= {e for e in incident.event_ids if others.get(e) not in self.outlines}
        for outline in self.outlines.values():
            for event in outline.events:
                was = Counter(i for id_ in event.statement_ids if (i := placed.get(id_, (None, None))[0]))
                home = min(was, key=lambda incident: (-was[incident], incident), default=event.id)
                homes[home].add(event.id)
        self.groups = [events for events in homes.values() if events]
        missing = {document for document in others.values() if document not in self.outlines}
        self.outlines |= stored.outlines_by_id(self.case, missing)
        self.event_of = {s: event.id for o in self.outlines.values() for event in o.events for s in event.statement_ids}

    def obey(self, checked: Judged) -> None:
        """Join or part the incidents that a judgement names."""
        was = held(checked.value)
        sides = [
            {event for id_ in was.get(subject, (subject,)) if (event := self.event_of.get(id_))}
            for subject in checked.subjects
        ]
        if checked.kind == "same":
            joined = [group for group in self.groups if any(not group.isdisjoint(side) for side in sides)]
            self.groups = [group for group in self.groups if group not in joined] + [set().union(*joined)]
            return
        least = min(sides, key=len)
        for group in list(self.groups):
            if any(not group.isdisjoint(side) for side in sides if side is not least) and group & least:
                parted = group & least
                group -= parted
                self.groups.append(parted)

    def write(self) -> None:
        """Keep the incidents that are now, and what is asked of them."""
        entities = stored.entities_of(self.case, self.outlines)
        made = {each.id: each for group in self.groups if group for each in self._incidents(group, entities)}
        wide.drop_incidents(self.case, self.before.keys() - made.keys())
        wide.place_in_incidents(self.case, list(made.values()), list(self.outlines.values()))
        context = _context(self.case, self.run, entities, self.outlines, self.outlines)
        if context is None:
            return
        settled = settled_dates(self.case)
        ids = [id_ for each in made.values() for id_ in each.statement_ids]
        statements = wide.get_statements_by_id(self.case, ids, settled)
        wide.put_incidents(self.case, [weigh_one(self.run, each, statements, context, "") for each in made.values()])
        self._people(entities, settled)

    def _incidents(self, events: Set[str], entities: Sequence[Entity]) -> Sequence[Incident]:
        outlines = [
            replace(each, events=kept)
            for each in self.outlines.values()
            if (kept := tuple(event for event in each.events if event.id in events))
        ]
        glue = Judgement(
            id="", kind="same", subjects=tuple(sorted(events)), value="", reason="", decided_by="", decided_at=""
        )
        made, _ = self.run.reconcile_incidents(outlines, entities, (glue,) if len(events) > 1 else (), b"")
        known = (each.reasons for each in self.before.values() if not events.isdisjoint(each.event_ids))
        reasons = tuple(sorted({reason for some in known for reason in some}))
        return [replace(each, reasons=reasons) for each in made]

    def _people(self, entities: Sequence[Entity], settled: Mapping[str, tuple[str, str]]) -> None:
        own = set(self.documents)
        people = [
            each
            for each in entities
            if each.kind == "person"
            and not own.isdisjoint(document for document, _ in each.members)
            and len({document for document, _ in each.members}) <= _MOST_DOCUMENTS
        ]
        naming = wide.get_mentionings(self.case, (member for each in people for member in each.members))
        statements = wide.get_statements_by_id(self.case, (id_ for ids in naming.values() for id_ in ids), settled)
        documents = {each.document_id for each in statements.values()}
        known = _context(self.case, self.run, entities, documents, self.outlines)
        made = []
        for each in people:
            own_ids = sorted({id_ for member in each.members for id_ in naming[member]})
            made.append((self.run.person(each, [statements[id_] for id_ in own_ids], known), ""))
        wide.put_people(self.case, made)


# ---- afterwards


def can_wait(case: Case, checked: Sequence[Judged]) -> bool:
    """Tell whether plain rules can follow judgements, so that the reconciling may come after."""
    return not any(_needs_all(case, one) for one in checked)


def _needs_all(case: Case, checked: Judged) -> bool:
    """What was joined or parted before a judgement that is taken back, and who is who apart, all must tell."""
    if not checked.kinds & {"same", "different"} or (checked.kind != "undo" and _of_events(checked)):
        return False
    if checked.kind != "different":
        return checked.kind == "undo"
    meant = [stored.meant_entities(case, subject).keys() for subject in checked.subjects]
    return any(one & other for one, other in combinations(meant, 2)) or not all(meant)


def reconcile_soon(case: Case) -> None:
    """Have the case reconciled in a process of its own, which others do not wait for.

    A process that is at it already looks once more before it ends, and no other is started.
    """
    with try_hold(case, "settling") as idle:
        if not idle:
            return
    command = [sys.executable, "-m", "muster.run.meanwhile", str(case.folder)]
    subprocess.Popen(  # its end is nobody's concern: what it leaves undone, the next judgement or build does
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def reconcile_until_done(folder: Path, stages: Stages | None = None) -> None:
    """Reconcile a case until nothing is left to do, unless another process is at it."""
    settings = read_settings(os.environ)
    stages = stages or real_stages(settings)
    with open_case(folder, database_url=settings.database_url) as case:
        again = True
        while again:
            with try_hold(case, "settling") as mine:
                if not mine:
                    return
                while reconcile(case, stages):
                    pass
            again = not wide.is_reconciled(case, stages.wide_code)


def main() -> None:
    """Reconcile the case at the path given, at leisure."""
    os.nice(10)
    with suppress(KeyboardInterrupt):
        reconcile_until_done(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
