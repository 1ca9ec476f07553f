"""Entities: persons, groups and places that the local entities of many documents are judged to be.

The state of a run holds every comparison that was made, so that a new document costs its own
comparisons only.  Whatever is new touches some components (names linked by likeness or by a document
that uses both); only those are clustered again, and the result is that of a run from scratch.

Method: docs/method/names.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from itertools import combinations

from muster.reconcile.clusters import Cluster, Component, cluster
from muster.reconcile.judged import standing
from muster.reconcile.likeness import Hooks, Index, Likeness, all_likenesses, hooks_of, short_forms
from muster.reconcile.naming import NameKey, name_key
from muster.reconcile.profiles import Member, Profile, entity_id, place_words, profiles_of
from muster.records import Alias, Entity, EntityKind, Judgement, LocalEntityOutline, Merge, Outline

#: Descriptions ("the camp") are names of an entity for its own document only, unless they say so much.
MIN_DESCRIPTION_WORDS = 3

_KINDS: tuple[EntityKind, ...] = ("group", "person", "place")
_Same = tuple[frozenset[Profile], str]
_Different = tuple[frozenset[Profile], frozenset[Profile]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A name key, what it is found by, the short forms of its forms, and one form as written, for reasons."""

    key: NameKey
    hooks: Hooks
    shorts: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileRow:
    """A profile and the local entities that have it, sorted."""

    profile: Profile
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityState:
    """Entities, sorted by id, and what the next run needs to add documents.

    documents maps a document id to a digest of its entities; judged is one of the judgements that
    stood.  component maps a key to the least key of its component, homes an entity to the same.
    """

    entities: tuple[Entity, ...] = ()
    documents: dict[str, str] = field(default_factory=dict)
    judged: str = ""
    keys: dict[str, KeyRow] = field(default_factory=dict)
    likenesses: tuple[Likeness, ...] = ()
    profiles: tuple[ProfileRow, ...] = ()
    component: dict[str, str] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)


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
        self.locals = {(outline.document_id, local.id): local for outline in outlines for local in outline.entities}
        self.previous = previous
        self.stand = stand
        self.keys = dict(previous.keys)
        self.members: dict[Profile, list[Member]] = {row.profile: list(row.members) for row in previous.profiles}
        self.touched: set[str] = set()
        self.changed: set[str] = set()
        self._take_in(
            sorted((o for o in outlines if o.document_id not in previous.documents), key=lambda o: o.document_id)
        )
        self.same, self.different = self._judged()
        self.likenesses = self._compare()
        self.component = self._components()

    def _take_in(self, outlines: Iterable[Outline]) -> None:
        pinned = frozenset(_pin(subject) for judgement in self.stand for subject in judgement.subjects)
        for outline in outlines:
            words = place_words(outline.entities)
            for profile, local_id, forms in profiles_of(outline, pinned):
                self.members.setdefault(profile, []).append((outline.document_id, local_id))
                self.touched.update(profile.keys)
                for key, form in forms:
                    self._add_form(key, form, short_forms(key, form, words))

    def _add_form(self, key: NameKey, form: str, shorts: tuple[str, ...]) -> None:
        row = self.keys.get(key.id)
        if row is None:
            self.changed.add(key.id)
            self.keys[key.id] = KeyRow(key=key, hooks=hooks_of(key, shorts), shorts=shorts, form=form)
            return
        if not set(shorts) <= set(row.shorts):
            self.changed.add(key.id)
            shorts = tuple(sorted({*shorts, *row.shorts}))
            row = replace(row, hooks=hooks_of(key, shorts), shorts=shorts)
        self.keys[key.id] = row if _readable(row.form) <= _readable(form) else replace(row, form=form)

    def _compare(self) -> dict[tuple[str, str, bool], Likeness]:
        """All likenesses: those known, and those of keys that are new or have new short forms."""
        known = {(like.a, like.b, like.short): like for like in self.previous.likenesses}
        if not self.changed:
            return known
        wanted = Index()
        for key_id in self.changed:
            wanted.add(key_id, self.keys[key_id].hooks)
        index = wanted
        if len(self.changed) < len(self.keys):
            index = Index()
            for key_id, row in self.keys.items():
                index.add(key_id, row.hooks if key_id in self.changed else wanted.wanting(row.hooks))
        keys = {key_id: row.key for key_id, row in self.keys.items()}
        for like in all_likenesses(keys, index, self.changed):
            known[like.a, like.b, like.short] = like
        return known

    def _components(self) -> dict[str, str]:
        """The least key of each key's component, where nothing old was touched as it was before."""
        parent = dict(self.previous.component)

        def root(key: str) -> str:
            while parent.setdefault(key, key) != key:
                parent[key] = parent[parent[key]]
                key = parent[key]
            return key

        def join(keys: Iterable[str]) -> None:
            roots = sorted({root(key) for key in keys})
            for other in roots[1:]:
                parent[other] = roots[0]
                self.touched.update((roots[0], other))

        for profile in self.members:
            if not self.touched.isdisjoint(profile.keys):
                join(profile.keys)
        for a, b, _ in self.likenesses:
            if a in self.changed or b in self.changed:
                self.touched.add(a)
                join((a, b))
        for profiles, _ in self.same:
            join(key for profile in profiles for key in profile.keys)
        labels = {key: root(key) for key in list(parent)}
        self.touched = {labels[key] for key in self.touched}
        return labels

    def _subject(self, subject: str) -> frozenset[Profile]:
        """The profiles that one subject of a judgement means; a name means all that bear it."""
        pin = _pin(subject)
        named = {(key.kind, key.tokens) for kind in _KINDS if (key := name_key(kind, subject))}
        keys = {key_id for key_id, row in self.keys.items() if (row.key.kind, row.key.tokens) in named}
        return frozenset(p for p in self.members if p.pin == pin or not keys.isdisjoint(p.keys))

    def _judged(self) -> tuple[list[_Same], list[_Different]]:
        same: list[_Same] = []
        different: list[_Different] = []
        for judgement in self.stand:
            subjects = [self._subject(subject) for subject in judgement.subjects]
            if judgement.kind == "same":
                same.append((frozenset().union(*subjects), f"judged the same: {judgement.reason}"))
            else:
                different.extend(combinations(subjects, 2))
        return same, different

    def finish(self, digests: dict[str, str], judged: str) -> EntityState:
        """Cluster what was touched, and keep the entities of everything else."""
        kept = [e for e in self.previous.entities if self.component[self.previous.homes[e.id]] not in self.touched]
        homes = {entity.id: self.component[self.previous.homes[entity.id]] for entity in kept}
        for label, component in self._touched_components().items():
            for found in cluster(component):
                entity = self._entity(found, component)
                kept.append(entity)
                homes[entity.id] = label
        rows = [ProfileRow(profile=profile, members=tuple(sorted(m))) for profile, m in self.members.items()]
        return EntityState(
            entities=tuple(sorted(kept, key=lambda entity: entity.id)),
            documents=digests,
            judged=judged,
            keys=self.keys,
            likenesses=tuple(self.likenesses.values()),
            profiles=tuple(rows),
            component=self.component,
            homes=homes,
        )

    def _touched_components(self) -> dict[str, Component]:
        members: dict[str, dict[Profile, list[Member]]] = defaultdict(dict)
        for profile, rows in self.members.items():
            label = self.component[profile.keys[0]]
            if label in self.touched:
                members[label][profile] = sorted(rows)
        likenesses: dict[str, list[Likeness]] = defaultdict(list)
        for like in self.likenesses.values():
            if self.component[like.a] in self.touched:
                likenesses[self.component[like.a]].append(like)
        keys = {key_id: row.key for key_id, row in self.keys.items()}
        return {
            label: Component(
                members=rows, keys=keys, likenesses=likenesses[label],
                same=[(p & rows.keys(), why) for p, why in self.same if len(p & rows.keys()) > 1],
                different=[(a, b) for a, b in self.different if a & rows.keys() and b & rows.keys()],
            )
            for label, rows in members.items()
        }  # fmt: skip

    def _entity(self, found: Cluster, component: Component) -> Entity:
        members = sorted(member for profile in found.profiles for member in component.members[profile])
        locals_ = [(document_id, self.locals[document_id, local_id]) for document_id, local_id in members]
        aliases = _aliases(locals_)
        return Entity(
            id=entity_id(members[0]),
            kind=found.kind(),
            name=_best_name(locals_, aliases),
            aliases=tuple(Alias(form=form, document_ids=tuple(sorted(ids))) for form, ids in sorted(aliases.items())),
            members=tuple(members),
            merges=tuple(sorted({*self._merges(found), *_local_merges(locals_)}, key=lambda m: (m.a, m.b, m.why))),
        )

    def _merges(self, found: Cluster) -> Iterable[Merge]:
        for a, b, score, why in found.reasons:
            first, second = sorted((self.keys[a].form, self.keys[b].form))
            yield Merge(a=first, b=second, score=score, why=why)


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
