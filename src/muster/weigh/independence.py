"""Independence: which documents and speakers count as one voice.

Method: docs/method/independence.md, section 4.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np

from muster.languages.shingles import Digests, digests, shingles
from muster.records import Entity, Group, Outline, Statement, Tie
from muster.weigh.copies import publication_order
from muster.weigh.names import NameKeys, authors, publishers
from muster.weigh.sources import passage_sources, text_sources
from muster.weigh.voices import bodies_of, unsigned_voices

#: A sentence with this share of its shingles in another text was taken from there.
_TAKEN = 0.4
_TAKEN_SHINGLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What weighing a statement takes beyond the statement itself; made by `make_context`.

    entities maps (document id, local entity id) to the entity; groups a document id to its
    independence group; speakers an entity id to the group that its words count for; sources a
    document id to those documents that passages of it were taken from, directly or through another.
    written is a memory of `group_of`, by statement id.
    """

    outlines: Mapping[str, Outline]
    entities: Mapping[tuple[str, str], Entity]
    groups: Mapping[str, str]
    speakers: Mapping[str, str]
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict, compare=False, repr=False)


def independence_groups(outlines: Sequence[Outline], ties: Sequence[Tie]) -> tuple[Group, ...]:
    """Put every document into exactly one group.

    Strong ties join, directly or in a chain, with one exception: a document that took its text from
    another belongs to its source alone.  Its author, outlet and owner do not join it to anything, or
    a wire printed by two newspapers would make one of them.

    Returns: groups sorted by id; members are document ids, sorted; why holds the ties' sentences.
    """
    leader = {outline.document_id: outline.document_id for outline in outlines}
    sources = text_sources(outlines, ties)
    joining = [tie for tie in ties if tie.strong and tie.a in leader and tie.b in leader and _joins(tie, sources)]
    for tie in joining:
        a, b = sorted((_leader(leader, tie.a), _leader(leader, tie.b)))
        leader[b] = a
    members, why = defaultdict(list), defaultdict(set)
    for document_id in sorted(leader):
        members[_leader(leader, document_id)].append(document_id)
    for tie in joining:
        why[_leader(leader, tie.a)].add(tie.why)
    groups = (
        Group(id=group_id(first), members=tuple(ids), why=tuple(sorted(why[first]))) for first, ids in members.items()
    )
    return tuple(sorted(groups, key=lambda group: group.id))


def _joins(tie: Tie, sources: Mapping[str, str]) -> bool:
    if tie.kind in {"copied", "credit"}:
        return sources.get(tie.a) == tie.b or sources.get(tie.b) == tie.a
    return tie.kind == "origin" or not {tie.a, tie.b} & sources.keys()


def _leader(leader: dict[str, str], document_id: str) -> str:
    while leader[document_id] != document_id:
        leader[document_id] = leader[leader[document_id]]
        document_id = leader[document_id]
    return document_id


def group_id(first_member: str) -> str:
    """The id of a group by its first member: a document id, an entity id or a name."""
    return "g-" + blake2b(first_member.encode(), digest_size=8).hexdigest()


def make_context(
    outlines: Sequence[Outline],
    entities: Sequence[Entity],
    groups: Sequence[Group],
    ties: Sequence[Tie] = (),
    keys: NameKeys | None = None,
) -> Context:
    """Gather what `origin_of`, `group_of` and `disagreements` look up.

    Pass the ties, so that a passage copied into an otherwise independent document counts for the
    document it was taken from.  keys are those of the entities and outlines, where they are known.
    """
    keys = keys or NameKeys(entities, outlines)
    by_id = {outline.document_id: outline for outline in outlines}
    home = {member: entity for entity in entities for member in entity.members}
    group_of_document = {member: group.id for group in groups for member in group.members}
    sources = passage_sources(by_id, ties)
    return Context(
        outlines=by_id,
        entities=home,
        groups=group_of_document,
        speakers=_speakers(outlines, entities, home, group_of_document, text_sources(outlines, ties), keys),
        sources={taker: tuple(sorted(_reached(taker, sources))) for taker in sources},
        within=_within(outlines, home),
    )


def keep_context(context: Context) -> Context:
    """Return what of a context cannot be looked up elsewhere."""
    return replace(context, outlines={}, entities={}, written={})


def recall_context(kept: Context, outlines: Mapping[str, Outline], entities: Iterable[Entity]) -> Context:
    """Return the context for weighing statements of some documents, of what `keep_context` kept.

    outlines must hold those documents and their kept.sources.  What is new since then counts for itself.
    """
    home = {member: entity for entity in entities for member in entity.members if member[0] in outlines}
    groups = {**{id_: group_id(id_) for id_ in outlines if id_ not in kept.groups}, **kept.groups}
    return replace(kept, outlines=outlines, entities=home, groups=groups, written={})


def _within(outlines: Iterable[Outline], home: Mapping[tuple[str, str], Entity]) -> dict[str, frozenset[str]]:
    """By place entity, every place that some document puts it inside of, directly or in a chain."""
    outer: dict[str, set[str]] = defaultdict(set)
    for outline in outlines:
        for inner, around in outline.within:
            a, b = home.get((outline.document_id, inner)), home.get((outline.document_id, around))
            if a and b and a.id != b.id:
                outer[a.id].add(b.id)
    return {place: frozenset(_reached(place, outer)) for place in outer}


def _reached(start: str, edges: Mapping[str, Set[str]]) -> set[str]:
    """All that is reached from somewhere, directly or in a chain, without the start itself."""
    reached: set[str] = set()
    todo = [start]
    while todo:
        new = edges.get(todo.pop(), set()) - reached
        reached |= new
        todo += sorted(new)
    return reached - {start}


def _speakers(
    outlines: Sequence[Outline],
    entities: Sequence[Entity],
    home: Mapping[tuple[str, str], Entity],
    groups: Mapping[str, str],
    takers: Container[str],
    keys: NameKeys,
) -> dict[str, str]:
    """The group that each person's or group's words count for.

    Whoever writes, publishes or owns documents counts with them; a spokesman counts with the body
    that his role names; anybody else stands alone.
    """
    voices = unsigned_voices(outlines, home, takers)
    behind = _voices_of_documents(outlines, keys, groups, voices)
    bodies = bodies_of(outlines, home)
    found = {}
    for entity in entities:
        voice, seen = entity.id, {entity.id}
        while voice not in behind and (body := bodies.get(voice)) and body not in seen:
            voice = body
            seen.add(body)
        found[entity.id] = behind.get(voice) or group_id(voice)
    return found


def _voices_of_documents(
    outlines: Iterable[Outline], keys: NameKeys, groups: Mapping[str, str], voices: Mapping[str, Entity]
) -> dict[str, str]:
    """By name key of an author, outlet, owner or sole voice, the group that most of its documents are in."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for outline in outlines:
        for name in {*authors(outline.author), *publishers(outline)}:
            found[keys.key(name)][groups[outline.document_id]] += 1
        if voice := voices.get(outline.document_id):
            found[voice.id][groups[outline.document_id]] += 1
    return {key: max(sorted(n_documents), key=n_documents.__getitem__) for key, n_documents in found.items()}


def lookups(context: Context) -> dict[str, tuple[str, ...]]:
    """By document id, all that weighing its statements may look up beyond its own outline, sorted.

    What is kept of an incident or a person is still good while these are the same for each of its
    documents.
    """
    known: dict[str, list[str]] = {document_id: [] for document_id in context.outlines}
    stands_for: dict[str, str] = {}
    for (document_id, local), entity in context.entities.items():
        words = stands_for.get(entity.id)
        if words is None:
            around = sorted(context.within.get(entity.id, ()))
            words = " ".join((entity.id, entity.name, context.speakers.get(entity.id, ""), *around))
            stands_for[entity.id] = words
        known[document_id].append(f"{local} {words}")
    for document_id, group in context.groups.items():
        known[document_id].append(group)
        known[document_id] += [f"{source} {context.groups[source]}" for source in context.sources.get(document_id, ())]
    return {document_id: tuple(sorted(words)) for document_id, words in known.items()}


def speaker_of(statement: Statement, context: Context) -> Entity | None:
    """The innermost speaker who is a known person or group; None where the document itself speaks."""
    for words in reversed(statement.said_by):
        if words.entity and (entity := context.entities.get((statement.document_id, words.entity))):
            return entity
    return None


def origin_of(statement: Statement, context: Context) -> str:
    """The name of whoever a statement ultimately comes from.

    The innermost speaker who has a name, else the author, else the outlet, else the document.  Those
    who are only described ("two officials") have no name that could be held against another document.
    """
    entity = speaker_of(statement, context)
    if entity:
        return entity.name
    outline = context.outlines[statement.document_id]
    signed = authors(outline.author)
    return ", ".join(signed) if signed else outline.outlet or outline.name


def group_of(statement: Statement, context: Context) -> str:
    """The independence group that a statement counts for: two of one group are one voice.

    A statement credited to a named speaker counts for that speaker, whichever documents carry it; any
    other for its document, or for the document that its sentence was copied from.
    """
    entity = speaker_of(statement, context)
    if entity:
        return context.speakers.get(entity.id) or group_id(entity.id)
    if statement.id not in context.written:
        context.written[statement.id] = _written_in(statement, context)
    return context.groups[context.written[statement.id]]


def _written_in(statement: Statement, context: Context) -> str:
    """The document that first had the sentence, among those that the statement's document drew on.

    Of a sentence that one copied from another who had copied it, that is the first of the chain.
    """
    own = context.sources.get(statement.document_id)
    if not own:
        return statement.document_id
    quote = digests(shingles(statement.quote))
    if len(quote) < _TAKEN_SHINGLES:
        return statement.document_id
    texts = ((digests(context.outlines[source].word_runs), source) for source in own)
    shares = {source: _n_common(quote, text) / len(quote) for text, source in texts}
    have = {statement.document_id: 1.0} | {source: share for source, share in shares.items() if share >= _TAKEN}
    first = [each for each in have if have.keys().isdisjoint(context.sources.get(each, ()))]
    ranked = sorted(first or have, key=lambda each: (-have[each], publication_order(context.outlines[each])))
    return ranked[0]


def _n_common(some: Digests, text: Digests) -> int:
    """How many of some shingles stand in a text; both ascending and distinct."""
    if not len(text):
        return 0
    places = text.searchsorted(some)
    return int(np.count_nonzero(text.take(places, mode="clip") == some))


def origin_groups(statements: Sequence[Statement], context: Context) -> tuple[Group, ...]:
    """The groups of speakers who stand behind no document, which `independence_groups` cannot know.

    With those groups they make every id that `group_of` returns explicable.  Members are names.
    """
    names, documents = defaultdict(set), set(context.groups.values())
    for statement in statements:
        entity = speaker_of(statement, context)
        group = group_of(statement, context)
        if entity and group not in documents:
            names[group].add(entity.name)
    why = "A named speaker counts as one voice, however many documents carry the words."
    return tuple(Group(id=group, members=tuple(sorted(names[group])), why=(why,)) for group in sorted(names))
