"""Clusters of profiles: joined from the surest evidence to the least, with a guard at every step.

A chain of likenesses is not enough: before two clusters are joined they are held against each other
as a whole, so that one bad link (a wrong abbreviation, two towns taken for one) joins nothing more.

Method: docs/method/entities.md, section 5.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from muster.reconcile.likeness import Likeness, say_why
from muster.reconcile.naming import NameKey, has_group_word
from muster.reconcile.profiles import Member, Profile, people_agree, people_differ
from muster.records import EntityKind

#: A bare place name goes to the place that so many times as many documents speak of as of any other.
NEARLY_ALL = 4
#: A name is of the kind that at least so many times as many documents take it for.
MOST = 2


@dataclass(slots=True, eq=False)
class Cluster:
    """Profiles held to be one entity.

    n_documents counts, for each key, the documents that use it.  reasons say why keys were joined:
    (key, key, score, sentence).  traits are profiles that may part people: one for each role, age and kin.
    """

    profiles: list[Profile]
    documents: set[str]
    n_documents: Counter[str]
    traits: set[Profile]
    n_of_kind: Counter[EntityKind]
    reasons: list[tuple[str, str, float, str]] = field(default_factory=list)

    def kind(self) -> EntityKind:
        """What most documents take it for; of two as often, a person before a group before a place."""
        order: tuple[EntityKind, ...] = ("person", "group", "place")
        return min(order, key=lambda kind: -self.n_of_kind[kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """All that may belong together: profiles and their members, keys, likenesses, and what people decided.

    same and different hold pairs of sets of profiles.
    """

    members: Mapping[Profile, Sequence[Member]]
    keys: Mapping[str, NameKey]
    likenesses: Sequence[Likeness]
    same: Sequence[tuple[frozenset[Profile], str]] = ()
    different: Sequence[tuple[frozenset[Profile], frozenset[Profile]]] = ()


def cluster(component: Component) -> list[Cluster]:
    """Part a component into clusters, each one entity; the result depends on no order of input."""
    return _Joining(component).run()


class _Joining:
    def __init__(self, component: Component) -> None:
        self.component = component
        self.home: dict[Profile, Cluster] = {}
        self.by_key: dict[str, list[Profile]] = defaultdict(list)
        for profile, members in component.members.items():
            documents = {document_id for document_id, _ in members}
            n_documents = Counter(dict.fromkeys(profile.keys, len(documents)))
            kinds = Counter({profile.kind: len(documents)})
            self.home[profile] = Cluster([profile], documents, n_documents, _traits(profile), kinds)
            for key in profile.keys:
                self.by_key[key].append(profile)
        for profiles in self.by_key.values():
            if len(profiles) > 1:
                profiles.sort(key=self._rank)
        self.linked = {frozenset((like.a, like.b)) for like in component.likenesses}
        self.spelt_out: dict[str, dict[str, Likeness]] = defaultdict(dict)
        for like in component.likenesses:
            if like.short:
                self.spelt_out[like.a][like.b] = like

    def run(self) -> list[Cluster]:
        self._obey()
        self._join_one_key()
        self._join_alike()
        self._join_short()
        self._join_across()
        return sorted(set(self.home.values()), key=lambda c: min(self._members(c)))

    def _say(self, like: Likeness) -> str:
        return say_why(like, self.component.keys[like.a], self.component.keys[like.b])

    def _members(self, cluster: Cluster) -> list[Member]:
        return [member for profile in cluster.profiles for member in self.component.members[profile]]

    def _obey(self) -> None:
        """Join what people said is the same, whatever else speaks against it."""
        for profiles, why in self.component.same:
            first, *others = sorted(profiles, key=self._rank)
            for other in others:
                if self.home[first] is not self.home[other]:
                    self._merge(self.home[first], self.home[other], (first.keys[0], other.keys[0], 1.0, why))

    def _join_one_key(self) -> None:
        """Join profiles that share a name, the name that most documents use first; a lone surname joins none."""
        order = sorted(self.by_key, key=lambda key: (-self._weight(key), key))
        for key in order:
            if not self._is_short_person(key):
                self._join_all([self.home[p] for p in self.by_key[key]], key, key, None)

    def _join_alike(self) -> None:
        alike = [like for like in self.component.likenesses if not like.short and not like.across]
        for like in sorted(alike, key=lambda like: (-like.score, like.a, like.b)):
            for one in self._clusters(like.a):
                self._join_all([one, *self._clusters(like.b)], like.a, like.b, like)

    def _join_short(self) -> None:
        """Give a short form to the one name that it may stand for; where there are two, to none."""
        for key in sorted(self.spelt_out):
            longs = self._commonest({self.home[p] for name in self.spelt_out[key] for p in self.by_key[name]}, key)
            shorts = [c for c in self._clusters(key) if c not in longs]
            if len(longs) != 1:
                continue
            held = set(next(iter(longs)).n_documents)
            like = self.spelt_out[key][min(held & self.spelt_out[key].keys())]
            for short in shorts:
                self._join_all([longs.pop(), short] if longs else [short], like.b, key, like)
                longs = {self.home[self.by_key[like.b][0]]}

    def _commonest(self, longs: set[Cluster], key: str) -> set[Cluster]:
        """Of several places that a bare name may mean, the one that nearly all documents mean; else all."""
        if len(longs) < 2 or self.component.keys[key].kind != "place":
            return longs
        first, second = sorted((len(cluster.documents) for cluster in longs), reverse=True)[:2]
        return {c for c in longs if len(c.documents) == first} if first >= NEARLY_ALL * second else longs

    def _join_across(self) -> None:
        """Give a name that few documents take for another kind of thing to what most take it for."""
        for like in sorted((x for x in self.component.likenesses if x.across), key=lambda x: (x.a, x.b)):
            for first, second in product(self._clusters(like.a), self._clusters(like.b)):
                one, other = self.home[first.profiles[0]], self.home[second.profiles[0]]  # as joined so far
                sizes = sorted((len(one.documents), len(other.documents)))
                sure = sizes[1] >= MOST * sizes[0] or self._kind_is_plain(like)
                if one is not other and sure and not self._judged_apart(one, other):
                    self._merge(one, other, (like.a, like.b, like.score, self._say(like)))

    def _kind_is_plain(self, like: Likeness) -> bool:
        """Say whether the words tell what it is: those of a group, or a name and surname that are no group's."""
        a, b = self.component.keys[like.a], self.component.keys[like.b]
        if "group" in (a.kind, b.kind) and has_group_word(a) and has_group_word(b):
            return True
        return {a.kind, b.kind} == {"person", "group"} and not has_group_word(a) and not has_group_word(b)

    def _join_all(self, clusters: Iterable[Cluster], a: str, b: str, like: Likeness | None) -> None:
        """Join each cluster to the one before it that nothing parts it from; where that is not one, to none."""
        kept: list[Cluster] = []
        for candidate in dict.fromkeys(self.home[c.profiles[0]] for c in clusters):  # as joined so far
            fitting = [target for target in kept if self._may_join(target, candidate, a, b)]
            target = self._choose(fitting, candidate)
            if target is not None:
                why = (a, b, like.score, self._say(like)) if like else None
                kept[kept.index(target)] = self._merge(target, candidate, why)
            elif not fitting:
                kept.append(candidate)

    def _choose(self, fitting: list[Cluster], candidate: Cluster) -> Cluster | None:
        """Of several namesakes, the one that a person has something in common with, or nearly all documents mean."""
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        alike = [c for c in fitting if any(people_agree(x, y) for x in c.traits for y in candidate.traits)]
        if alike:
            return alike[0] if len(alike) == 1 else None
        first, second = sorted(fitting, key=lambda c: -len(c.documents))[:2]
        return first if len(first.documents) >= NEARLY_ALL * len(second.documents) else None

    def _may_join(self, one: Cluster, other: Cluster, a: str, b: str) -> bool:
        if one is other or self._judged_apart(one, other) or self._differ(one, other):
            return False
        if self._stolen_acronym(one, other, a) or self._stolen_acronym(one, other, b):
            return False
        heavy_one, heavy_other = self._heaviest(one), self._heaviest(other)
        if heavy_one == heavy_other or frozenset((heavy_one, heavy_other)) in self.linked:
            return True
        joint = min(self._support(one, a, b), self._support(other, a, b))
        return len(one.documents & other.documents) <= joint

    def _judged_apart(self, one: Cluster, other: Cluster) -> bool:
        for left, right in self.component.different:
            for x, y in ((one, other), (other, one)):
                if not left.isdisjoint(x.profiles) and not right.isdisjoint(y.profiles):
                    return True
        return False

    def _differ(self, one: Cluster, other: Cluster) -> bool:
        """Say whether anything parts two clusters whatever their names: roles, country, type, number."""
        if one.kind() != other.kind():
            return True
        if one.kind() == "person":
            return any(people_differ(x, y) for x in one.traits for y in other.traits)
        left, right = self._qualifiers(one), self._qualifiers(other)
        if left and right and not left & right:
            return True
        numbers = [
            {token for key in c.n_documents for token in self._tokens(key) if token.isdigit()} for c in (one, other)
        ]
        return bool(numbers[0] and numbers[1] and not numbers[0] & numbers[1])

    def _qualifiers(self, cluster: Cluster) -> set[str]:
        return {q for key in cluster.n_documents if (q := self.component.keys[key].qualifier)}

    def _tokens(self, key: str) -> tuple[str, ...]:
        return self.component.keys[key].tokens

    def _stolen_acronym(self, one: Cluster, other: Cluster, key: str) -> bool:
        """Say whether letters are the initials of one cluster's name and stand for another name in the other."""
        if not self.component.keys[key].acronym:
            return False
        owners = self.spelt_out.get(key, {})
        fits = [not owners.keys().isdisjoint(cluster.n_documents) for cluster in (one, other)]
        spelt = [any(not self.component.keys[k].acronym for k in cluster.n_documents) for cluster in (one, other)]
        return fits[0] != fits[1] and all(spelt)

    def _support(self, cluster: Cluster, a: str, b: str) -> int:
        return max(cluster.n_documents.get(a, 0), cluster.n_documents.get(b, 0))

    def _heaviest(self, cluster: Cluster) -> str:
        """The name that most documents use for a cluster; letters or a lone surname only where it has no other."""
        full = (k for k in cluster.n_documents if not self._is_short_person(k) and not self.component.keys[k].acronym)
        names = list(full) or list(cluster.n_documents)
        return min(names, key=lambda key: (-cluster.n_documents[key], key))

    def _is_short_person(self, key: str) -> bool:
        return self.component.keys[key].kind == "person" and len(self._tokens(key)) == 1

    def _weight(self, key: str) -> int:
        return sum(len(self.component.members[profile]) for profile in self.by_key[key])

    def _rank(self, profile: Profile) -> tuple[int, int, str, str]:
        """Profiles that tell most of a person first, so that those that tell nothing find all namesakes there."""
        members = self.component.members[profile]
        told = len(profile.roles) + 2 * (profile.born is not None) + 2 * bool(profile.kin)
        return -told, -len(members), min(members)[0], repr(profile)

    def _clusters(self, key: str) -> list[Cluster]:
        return list(dict.fromkeys(self.home[p] for p in self.by_key.get(key, ())))

    def _merge(self, one: Cluster, other: Cluster, why: tuple[str, str, float, str] | None) -> Cluster:
        """Take the smaller cluster into the larger."""
        if len(one.profiles) < len(other.profiles):
            one, other = other, one
        one.profiles.extend(other.profiles)
        one.documents |= other.documents
        one.traits |= other.traits
        one.n_of_kind.update(other.n_of_kind)
        one.n_documents.update(other.n_documents)
        one.reasons.extend(other.reasons)
        if why:
            one.reasons.append(why)
        for profile in other.profiles:
            self.home[profile] = one
        return one


def _traits(profile: Profile) -> set[Profile]:
    """The profile without its names, where it says something that may part two people."""
    if not (profile.roles or profile.born is not None or profile.kin):
        return set()
    return {replace(profile, keys=(), pin="")}
