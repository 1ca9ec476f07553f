"""Entities: persons, groups and places that the local entities of many documents are judged to be.

The state of a run holds every comparison that was made, so that a new document costs its own
comparisons only.  Whatever is new touches some components (names linked by likeness or by a document
that uses both); only those are clustered again, and the result is that of a run from scratch.

Method: docs/method/entities.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import combinations

from muster.reconcile.clusters import Cluster, Component, cluster
from muster.reconcile.judged import standing
from muster.reconcile.likeness import Hooks, Likeness, find_likenesses, hooks_of, short_forms
from muster.reconcile.naming import NameKey, name_key, parse_key
from muster.reconcile.profiles import Member, Profile, entity_id, place_words, profiles_of
from muster.records import Alias, Entity, EntityKind, Judgement, LocalEntityOutline, Merge, Outline

#: Descriptions ("the camp") are names of an entity for its own document only, unless they say so much.
MIN_DESCRIPTION_WORDS = 3

_KINDS: tuple[EntityKind, ...] = ("group", "person", "place")
_Same = tuple[frozenset[Profile], str]
_Different = tuple[frozenset[Profile], frozenset[Profile]]
_Signature = tuple[EntityKind, tuple[int, ...], tuple[str, ...], int | None, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A name key by its id, what it is found by, its short forms, and one form as written, for reasons."""

    id: str
    hooks: Hooks
    shorts: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A profile (kind, numbers of its keys, roles, born, kin, pin) and the local entities that have it, sorted."""

    signature: _Signature
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityState:
    """Entities, sorted by id, and what the next run needs to add documents.

    documents maps a document id to a digest of its entities; judged is one of the judgements that
    stood.  Keys and profiles go by their number, which is that of their coming.  likenesses are
    (key, key, score, 0 alike or 1 short or 2 across).  component holds for each key the number of one key of
    its component, homes the same for each entity.
    """

    entities: tuple[Entity, ...] = ()
    documents: dict[str, str] = field(default_factory=dict)
    judged: str = ""
    keys: tuple[KeyRow, ...] = ()
    likenesses: tuple[tuple[int, int, float, int], ...] = ()
    profiles: tuple[ProfileRow, ...] = ()
    component: tuple[int, ...] = ()
    homes: tuple[int, ...] = ()


def reconcile_entities(
    outlines: Sequence[Outline], judgements: Sequence[Judgement] = (), previous: EntityState | None = None
) -> EntityState:
    """Judge which local entities of a case are one person, group or place.

    outlines are those of all documents, in any order, each document once.  Judgements "same" and
    "different" are obeyed; their subjects are entity ids, "document id/local id", or names.  previous
    is the state of an earlier run: where all its documents are still there unchanged and the
    judgements are the same, only what is new is compared.  The entities do not depend on it.
    """
    digests = {outline.document_id: _digest(outline) for outline in outlines}
    stand = standing(judgements, ("same", "different"))
    judged = _hash(*(f"{j.kind}\x1f{j.subjects}\x1f{j.reason}" for j in stand))
    if previous is None or previous.judged != judged or not previous.documents.items() <= digests.items():
        previous = EntityState(judged=judged)
    run = _Run(outlines, stand, previous)
    return run.finish(digests, judged)


class _Run:
    """What is known of a case while its new documents are taken in."""

    def __init__(self, outlines: Sequence[Outline], stand: Sequence[Judgement], previous: EntityState) -> None:
        self.outlines = {outline.document_id: outline for outline in outlines}
        self.locals: dict[str, dict[str, LocalEntityOutline]] = {}
        self.previous = previous
        self.keys = list(previous.keys)
        self.number = {row.id: n for n, row in enumerate(previous.keys)}
        self.profiles = {row.signature: row.members for row in previous.profiles}
        self.parent = list(previous.component)
        self.touched: set[int] = set()
        self.changed: set[int] = set()
        new = sorted(self.outlines.keys() - previous.documents.keys())
        self._take_in([self.outlines[document_id] for document_id in new], stand)
        self.same, self.different = self._judged(stand)
        self.likenesses = self._compare()
        self._connect()

    def _take_in(self, outlines: Iterable[Outline], stand: Sequence[Judgement]) -> None:
        pinned = frozenset(_pin(subject) for judgement in stand for subject in judgement.subjects)
        fresh: dict[_Signature, list[Member]] = defaultdict(list)
        for outline in outlines:
            words = place_words(outline.entities)
            found = list(profiles_of(outline, pinned))
            for key, form in (pair for _, _, forms in found for pair in forms):
                self._add_form(key, form, short_forms(key, form, words))
            for profile, local_id, _ in found:
                numbers = tuple(self.number[key] for key in profile.keys)
                signature = (profile.kind, numbers, profile.roles, profile.born, profile.kin, profile.pin)
                fresh[signature].append((outline.document_id, local_id))
                self.touched.update(numbers)
        for signature, members in fresh.items():
            self.profiles[signature] = tuple(sorted((*self.profiles.get(signature, ()), *members)))

    def _add_form(self, key: NameKey, form: str, shorts: tuple[str, ...]) -> None:
        n = self.number.setdefault(key.id, len(self.keys))
        if n == len(self.keys):
            self.changed.add(n)
            self.parent.append(n)
            self.keys.append(KeyRow(id=key.id, hooks=hooks_of(key, shorts), shorts=shorts, form=form))
            return
        row = self.keys[n]
        if not set(shorts) <= set(row.shorts):
            self.changed.add(n)
            shorts = tuple(sorted({*shorts, *row.shorts}))
            row = replace(row, hooks=hooks_of(key, shorts), shorts=shorts)
        self.keys[n] = row if _readable(row.form) <= _readable(form) else replace(row, form=form)

    def _compare(self) -> list[tuple[int, int, float, int]]:
        """All likenesses: those known, and anew those of keys that are new or have new short forms."""
        known = self.previous.likenesses
        if not self.changed:
            return list(known)
        kept = [row for row in known if row[0] not in self.changed and row[1] not in self.changed]
        found = find_likenesses([row.id for row in self.keys], [row.hooks for row in self.keys], self.changed)
        return kept + [(a, b, like.score, 1 if like.short else 2 if like.across else 0) for a, b, like in found]

    def _root(self, key: int) -> int:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def _join(self, keys: Iterable[int]) -> None:
        roots = sorted({self._root(key) for key in keys})
        for other in roots[1:]:
            self.parent[other] = roots[0]
            self.touched.update((roots[0], other))

    def _connect(self) -> None:
        """Join components by what is new; whatever they hold is touched."""
        for signature in self.profiles:
            if not self.touched.isdisjoint(signature[1]):
                self._join(signature[1])
        for a, b, _, _ in self.likenesses:
            if a in self.changed or b in self.changed:
                self.touched.add(a)
                self._join((a, b))
        for profiles, _ in self.same:
            self._join(self.number[key] for profile in profiles for key in profile.keys)
        self.touched = {self._root(key) for key in self.touched}

    def _profile(self, signature: _Signature) -> Profile:
        kind, keys, roles, born, kin, pin = signature
        ids = tuple(sorted(self.keys[n].id for n in keys))
        return Profile(kind=kind, keys=ids, roles=roles, born=born, kin=kin, pin=pin)

    def _subject(self, subject: str) -> frozenset[Profile]:
        """The profiles that one subject of a judgement means; a name means all that bear it."""
        pin = _pin(subject)
        named = {(key.kind, key.tokens) for kind in _KINDS if (key := name_key(kind, subject))}
        keys = {n for n, row in enumerate(self.keys) if ((key := parse_key(row.id)).kind, key.tokens) in named}
        return frozenset(self._profile(s) for s in self.profiles if s[5] == pin or not keys.isdisjoint(s[1]))

    def _judged(self, stand: Sequence[Judgement]) -> tuple[list[_Same], list[_Different]]:
        same: list[_Same] = []
        different: list[_Different] = []
        for judgement in stand:
            subjects = [self._subject(subject) for subject in judgement.subjects]
            if judgement.kind == "same":
                same.append((frozenset().union(*subjects), f"judged the same: {judgement.reason}"))
            else:
                different.extend(combinations(subjects, 2))
        return same, different

    def finish(self, digests: dict[str, str], judged: str) -> EntityState:
        """Cluster what was touched, and keep the entities of everything else."""
        old = zip(self.previous.entities, map(self._root, self.previous.homes), strict=True)
        kept = [(entity, home) for entity, home in old if home not in self.touched]
        for home, component in self._touched_components().items():
            kept.extend((self._entity(found, component), home) for found in cluster(component))
        kept.sort(key=lambda row: row[0].id)
        return EntityState(
            entities=tuple(entity for entity, _ in kept),
            documents=digests,
            judged=judged,
            keys=tuple(self.keys),
            likenesses=tuple(self.likenesses),
            profiles=tuple(ProfileRow(signature=signature, members=m) for signature, m in self.profiles.items()),
            component=tuple(self.parent),
            homes=tuple(home for _, home in kept),
        )

    def _touched_components(self) -> dict[int, Component]:
        members: dict[int, dict[Profile, Sequence[Member]]] = defaultdict(dict)
        for signature, rows in self.profiles.items():
            home = self._root(signature[1][0])
            if home in self.touched:
                members[home][self._profile(signature)] = rows
        likenesses: dict[int, list[Likeness]] = defaultdict(list)
        for a, b, score, sort in self.likenesses:
            home = self._root(a)
            if home in self.touched:
                like = Likeness(a=self.keys[a].id, b=self.keys[b].id, score=score, short=sort == 1, across=sort == 2)
                likenesses[home].append(like)
        return {home: self._component(rows, likenesses[home]) for home, rows in members.items()}

    def _component(self, rows: Mapping[Profile, Sequence[Member]], likenesses: Sequence[Likeness]) -> Component:
        return Component(
            members=rows,
            keys={key: parse_key(key) for profile in rows for key in profile.keys},
            likenesses=likenesses,
            same=[(p & rows.keys(), why) for p, why in self.same if len(p & rows.keys()) > 1],
            different=[(a, b) for a, b in self.different if a & rows.keys() and b & rows.keys()],
        )

    def _entity(self, found: Cluster, component: Component) -> Entity:
        members = sorted(member for profile in found.profiles for member in component.members[profile])
        locals_ = [(document_id, self._local(document_id, local_id)) for document_id, local_id in members]
        aliases = _aliases(locals_)
        return Entity(
            id=entity_id(members[0]),
            kind=found.kind(),
            name=_best_name(locals_, aliases),
            aliases=tuple(Alias(form=form, document_ids=tuple(sorted(ids))) for form, ids in sorted(aliases.items())),
            members=tuple(members),
            merges=tuple(sorted({*self._merges(found), *_local_merges(locals_)}, key=lambda m: (m.a, m.b, m.why))),
        )

    def _local(self, document_id: str, local_id: str) -> LocalEntityOutline:
        if document_id not in self.locals:
            self.locals[document_id] = {local.id: local for local in self.outlines[document_id].entities}
        return self.locals[document_id][local_id]

    def _merges(self, found: Cluster) -> Iterable[Merge]:
        for a, b, score, why in found.reasons:
            first, second = sorted((self.keys[self.number[a]].form, self.keys[self.number[b]].form))
            yield Merge(a=first, b=second, score=score, why=why)


def joined(entities: Sequence[Entity]) -> Entity:
    """Return one entity of several that people judged the same, named and typed as the one of most members.

    It is what `reconcile_entities` makes of them where nothing else follows from the judgement.
    """
    first, *others = sorted(entities, key=lambda each: (-len(each.members), each.id))
    members = tuple(sorted(member for each in entities for member in each.members))
    aliases: dict[str, set[str]] = defaultdict(set)
    for alias in (alias for each in entities for alias in each.aliases):
        aliases[alias.form].update(alias.document_ids)
    why = (
        Merge(a=min(first.name, o.name), b=max(first.name, o.name), score=1.0, why="judged the same") for o in others
    )
    return replace(
        first,
        id=entity_id(members[0]),
        members=members,
        aliases=tuple(Alias(form=form, document_ids=tuple(sorted(ids))) for form, ids in sorted(aliases.items())),
        merges=tuple(sorted({*why, *(m for each in entities for m in each.merges)}, key=lambda m: (m.a, m.b, m.why))),
    )


_Locals = Sequence[tuple[str, LocalEntityOutline]]


def _aliases(locals_: _Locals) -> dict[str, set[str]]:
    """Every form, and every description that says enough to be one, with the documents that use it."""
    aliases: dict[str, set[str]] = defaultdict(set)
    for document_id, local in locals_:
        for form in (local.name, *local.forms, *filter(_says_enough, local.descriptions)):
            aliases[form].add(document_id)
    return aliases


def _says_enough(description: str) -> bool:
    words = description.split()
    return len(words) >= MIN_DESCRIPTION_WORDS or any(word[:1].isupper() for word in words[1:])


def _best_name(locals_: _Locals, aliases: Mapping[str, set[str]]) -> str:
    """The full name that most documents use; letters and lone surnames only where there is nothing else."""
    names = {local.name for _, local in locals_}

    def rank(name: str) -> tuple[bool, int, int, str]:
        short = " " not in name.strip() and any(" " in other for other in names)
        return short, -len(aliases[name]), -len(name), name

    return min(names, key=rank)


def _local_merges(locals_: _Locals) -> Iterable[Merge]:
    """The joins that documents themselves make: several names that one document uses for one thing."""
    for _, local in locals_:
        for form in local.forms:
            if form.casefold() != local.name.casefold():
                a, b = sorted((local.name, form))
                said = [why for why in local.why if form in why]
                yield Merge(a=a, b=b, score=0.9, why=said[0] if said else "one document uses both names for one")


def _readable(form: str) -> tuple[bool, bool, int, str]:
    """The order in which forms of one key are preferred for showing: as written in running text."""
    return form.isupper(), form.islower(), len(form), form


def _pin(subject: str) -> str:
    """The entity id of the member that "document id/local id" means; anything else stands for itself."""
    document_id, slash, local_id = subject.partition("/")
    return entity_id((document_id, local_id)) if slash and document_id.startswith("d-") else subject


def _digest(outline: Outline) -> str:
    parts = [outline.published_on or ""]
    for e in outline.entities:
        parts += (e.id, e.kind, e.name, *e.forms, "\x1e", *e.descriptions, e.role or "", e.age or "", e.kin or "")
        parts += (str(e.n_mentions), *e.why)
    return _hash(*parts)


def _hash(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
