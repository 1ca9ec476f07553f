"""Sources: what each published, what it alone said, whom it repeats, how often it is contradicted.

Method: docs/method/counting.md, section 6.  Never a verdict.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from muster.records import Disagreement, Incident, Judgement, Outline, SourceSheet, Statement, Tie
from muster.weigh import Context, group_of
from muster.weigh.folding import fold
from muster.weigh.names import authors

_FACTUAL = frozenset({"asserted", "alleged", "possible"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How a statement stands in its incident: the independent group that it counts for, and what others say.

    alone: no other group speaks of its act (and number, where it has one); contradicted: it cannot hold
    together with what another group says.
    """

    group: str
    alone: bool
    contradicted: bool


@dataclass(slots=True)
class _Source:
    name: str
    owners: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    statements: list[Statement] = field(default_factory=list)
    repeats: set[str] = field(default_factory=set)
    repeated_by: set[str] = field(default_factory=set)


def source_sheets(
    outlines: Sequence[Outline],
    statements: Sequence[Statement],
    ties: Sequence[Tie],
    disagreements: Sequence[Disagreement],
    context: Context,
    incidents: Sequence[Incident] = (),
) -> tuple[SourceSheet, ...]:
    """Draw up a sheet for each outlet; for a document without one, for its author, else for itself.

    repeats and repeated_by are names of sources, by copied text and credits.  alone_statement_ids are
    factual statements about an incident of whose act (and number, where it has one) no other
    independent group speaks; they are left out unless incidents are given.  n_contradicted counts its
    statements that stand in a disagreement with a statement of another independent group.

    Returns: sorted by name, then id.
    """
    names = {outline.document_id: source_name(outline) for outline in outlines}
    sources: dict[str, _Source] = {}
    for outline in sorted(outlines, key=lambda o: o.document_id):
        source = sources.setdefault(fold(names[outline.document_id]), _Source(name=names[outline.document_id]))
        source.name = min(source.name, names[outline.document_id])
        source.documents.add(outline.document_id)
        source.owners.update({outline.owner} - {None, ""})  # type: ignore[arg-type]
    for statement in statements:
        sources[fold(names[statement.document_id])].statements.append(statement)
    for tie in ties:
        _repeats(tie, names, sources)
    alone, contradicted = _alone(statements, incidents, context), _contradicted(statements, disagreements, context)
    sheets = (_sheet(key, source, alone, contradicted) for key, source in sources.items())
    return tuple(sorted(sheets, key=lambda sheet: (sheet.name, sheet.id)))


def marks(
    incident: Incident, statements: Sequence[Statement], disagreements: Sequence[Disagreement], context: Context
) -> dict[str, Mark]:
    """Say how each statement of an incident stands in it, by statement id.

    statements and disagreements are those of this incident.  Source sheets count the same.
    """
    alone, contradicted = _alone(statements, (incident,), context), _contradicted(statements, disagreements, context)
    return {
        each.id: Mark(group=group_of(each, context), alone=each.id in alone, contradicted=each.id in contradicted)
        for each in statements
    }


def source_name(outline: Outline) -> str:
    """Who publishes a document: its outlet, else its author, else its own name."""
    return name_of_source(outline.outlet, outline.author, outline.name)


def name_of_source(outlet: str | None, author: str | None, name: str) -> str:
    """Who publishes a document: its outlet, else its author, else its own name."""
    return outlet or ", ".join(authors(author)) or name


def owned(outlines: Sequence[Outline], judgements: Sequence[Judgement]) -> list[Outline]:
    """Return outlines with the owners that people named; a judgement is about all documents of a source.

    judgements: those in force; of two about one source the later counts.
    """
    owners = {fold(j.subjects[0]): str(json.loads(j.value)) for j in judgements if j.kind == "owner"}
    if not owners:
        return list(outlines)
    found = ((each, owners.get(fold(source_name(each)))) for each in outlines)
    return [each if owner is None else replace(each, owner=owner) for each, owner in found]


def _repeats(tie: Tie, names: Mapping[str, str], sources: Mapping[str, _Source]) -> None:
    if tie.kind not in {"copied", "credit"} or not tie.source:
        return
    taker = tie.b if tie.source == tie.a else tie.a
    from_, to = sources[fold(names[tie.source])], sources[fold(names[taker])]
    if from_ is not to:
        to.repeats.add(from_.name)
        from_.repeated_by.add(to.name)


def _alone(statements: Iterable[Statement], incidents: Sequence[Incident], context: Context) -> set[str]:
    """Statements that stand alone in their incident."""
    home = {id_: incident.id for incident in incidents for id_ in incident.statement_ids}
    groups: dict[tuple[object, ...], set[str]] = defaultdict(set)
    mine: dict[str, tuple[object, ...]] = {}
    for statement in statements:
        if statement.id in home and statement.modality in _FACTUAL:
            count = statement.count
            said = (statement.act, statement.polarity, (count.of, count.low, count.high) if count else None)
            mine[statement.id] = (home[statement.id], *said)
            groups[mine[statement.id]].add(group_of(statement, context))
    return {id_ for id_, said in mine.items() if len(groups[said]) == 1}


def _contradicted(statements: Iterable[Statement], disagreements: Iterable[Disagreement], context: Context) -> set[str]:
    group = {statement.id: group_of(statement, context) for statement in statements}
    pairs = [(d.a, d.b) for d in disagreements if d.b and d.a in group and d.b in group]
    return {id_ for a, b in pairs if group[a] != group[b] for id_ in (a, b)}


def _sheet(key: str, source: _Source, alone: set[str], contradicted: set[str]) -> SourceSheet:
    ids = sorted(statement.id for statement in source.statements)
    return SourceSheet(
        id="o-" + blake2b(key.encode(), digest_size=8).hexdigest(),
        name=source.name,
        owner=", ".join(sorted(source.owners)) or None,
        document_ids=tuple(sorted(source.documents)),
        n_statements=len(ids),
        repeats=tuple(sorted(source.repeats)),
        repeated_by=tuple(sorted(source.repeated_by)),
        alone_statement_ids=tuple(id_ for id_ in ids if id_ in alone),
        n_contradicted=sum(id_ in contradicted for id_ in ids),
    )
