"""Ties: what makes two documents dependent on each other, with the evidence in words.

Method: docs/method/independence.md, sections 2 and 3.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from muster.reconcile.judged import in_force
from muster.records import Entity, Judgement, Outline, Tie, TieKind
from muster.weigh.copies import copied_ties, label, pair_of, publication_order
from muster.weigh.folding import fold
from muster.weigh.names import NameKeys, authors, body_of_office, family_names, hosts, name_words, publishers
from muster.weigh.sources import text_sources
from muster.weigh.spellings import rare_spellings
from muster.weigh.voices import is_signed, unsigned_voices, voices

_ROLES: Mapping[str, tuple[TieKind, str]] = {
    "author": ("author", "signed by"),
    "outlet": ("outlet", "published by"),
    "owner": ("owner", "owned by"),
    "affiliation": ("affiliation", "written for"),
    "speaker": ("speaker", "in the words of"),
}
_PRECEDENCE: tuple[TieKind, ...] = ("speaker", "affiliation", "owner", "outlet", "author")


#: A shorter host may spell two words of a name by chance.
_HOST_LETTERS = 8
#: Up to this many documents of one name are tied each to each.
_EACH_TO_EACH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A document as one that a name stands on: in which role, and as written."""

    outline: Outline
    kind: TieKind
    words: str


def find_ties(
    outlines: Sequence[Outline],
    entities: Sequence[Entity],
    judgements: Sequence[Judgement] = (),
    keys: NameKeys | None = None,
) -> tuple[Tie, ...]:
    """Find what ties documents to each other.

    Where more than a dozen documents share a name, each is tied to the first of them and not to every
    other, so that the number of ties grows with the documents and not with their pairs.

    Args:
        outlines: of all documents, in any order.
        entities: under whose names writers and publishers may go.
        judgements: "tie" and "cut_tie" name two document ids; undone ones do not count.
        keys: those of the entities and outlines, where they are known.

    Returns: ties sorted by a, b, kind; strong ones are dependences, the others cautions.
    """
    ordered = sorted(outlines, key=publication_order)
    cut, joined = _judged(judgements)
    keys = keys or NameKeys(entities, ordered)
    copied = copied_ties(ordered, cut)
    credited = tuple(_credit_ties(ordered, keys, cut))
    takers = text_sources(ordered, (*copied, *credited)).keys()
    by_id = {outline.document_id: outline for outline in ordered}
    home = {member: entity for entity in entities for member in entity.members}
    found = [
        *copied,
        *credited,
        *_name_ties(ordered, keys, unsigned_voices(ordered, home, takers), takers, cut),
        *_voice_ties(ordered, keys, voices(ordered, home)),
        *_family_name_ties(ordered, keys),
        *_site_ties(ordered),
        *_spelling_ties(by_id, entities, keys, {(tie.a, tie.b) for tie in copied}),
        *(_judged_tie(by_id[a], by_id[b], why) for (a, b), why in joined.items() if a in by_id and b in by_id),
    ]
    return tuple(sorted(set(found), key=lambda tie: (tie.a, tie.b, tie.kind, tie.why)))


def _judged(judgements: Sequence[Judgement]) -> tuple[set[tuple[str, str]], dict[tuple[str, str], str]]:
    """Pairs of document ids that people cut and joined; the later decision on a pair holds."""
    cut: set[tuple[str, str]] = set()
    joined: dict[tuple[str, str], str] = {}
    for judgement in in_force(judgements):
        if judgement.kind not in {"tie", "cut_tie"} or len(judgement.subjects) != 2:
            continue
        a, b = sorted(judgement.subjects)
        cut.discard((a, b))
        joined.pop((a, b), None)
        if judgement.kind == "tie":
            joined[a, b] = f"{judgement.decided_by} judged them to depend on each other: {judgement.reason}"
        else:
            cut.add((a, b))
    return cut, joined


def _tie(a: Outline, b: Outline, kind: TieKind, why: str, *, strong: bool, source: Outline | None = None) -> Tie:
    first, second = sorted((a, b), key=lambda o: o.document_id)
    return Tie(
        a=first.document_id,
        b=second.document_id,
        kind=kind,
        strong=strong,
        why=why,
        source=source.document_id if source else None,
    )


def _judged_tie(a: Outline, b: Outline, why: str) -> Tie:
    return _tie(a, b, "origin", why, strong=True)


def _credit_ties(outlines: Sequence[Outline], keys: NameKeys, cut: Set[tuple[str, str]]) -> Iterator[Tie]:
    """Documents that say they draw on another outlet, or on one and the same agency.

    One credited agency is a dependence.  Several are a digest: it belongs to none of them, and must
    not make one group of agencies that are independent of each other.
    """
    publishes: dict[str, Outline] = {}
    for outline in outlines:
        publishes.setdefault(keys.key(outline.outlet or ""), outline)
    first_to_credit: dict[str, Outline] = {}
    for outline in outlines:
        credits = {keys.key(name): name for name in sorted(outline.credits, reverse=True)}
        credits.pop(keys.key(outline.outlet or ""), None)
        credits.pop("", None)
        for key, name in sorted(credits.items()):
            other = publishes.get(key) or first_to_credit.setdefault(key, outline)
            if other is outline or pair_of(outline, other) in cut:
                continue
            if key in publishes:
                why = f"{label(outline)} credits {name}, which published {other.name}."
                yield _tie(outline, other, "credit", why, strong=len(credits) == 1, source=other)
            else:
                why = f"{label(outline)} and {label(other)} both credit {name}."
                yield _tie(outline, other, "credit", why, strong=len(credits) == 1 and len(other.credits) == 1)


def _name_ties(
    outlines: Sequence[Outline],
    keys: NameKeys,
    unsigned: Mapping[str, Entity],
    takers: Set[str],
    cut: Set[tuple[str, str]],
) -> Iterator[Tie]:
    """Documents that one name stands behind; unsigned ones belong to the only one whose words they carry."""
    classes: dict[str, dict[str, _Member]] = defaultdict(dict)
    for outline in outlines:
        if voice := unsigned.get(outline.document_id):
            classes[voice.id][outline.document_id] = _Member(outline=outline, kind="speaker", words=voice.name)
        for kind, words in _names_on(outline):
            key = keys.key(words)
            if key:
                classes[key].setdefault(outline.document_id, _Member(outline=outline, kind=kind, words=words))
    for _, members in sorted(classes.items()):
        yield from _class_ties(tuple(members.values()), takers, cut)


def _names_on(outline: Outline) -> Iterator[tuple[TieKind, str]]:
    """Who stands behind a document, the most telling role first."""
    if outline.outlet:
        yield "outlet", outline.outlet
    for author in authors(outline.author):
        yield "author", author
        if body := body_of_office(author):
            yield "affiliation", body
    if outline.affiliation:
        yield "affiliation", outline.affiliation
    if outline.owner:
        yield "owner", outline.owner


def _class_ties(members: Sequence[_Member], takers: Set[str], cut: Set[tuple[str, str]]) -> Iterator[Tie]:
    """Tie the documents that one name stands on: a few each to each, many to the first with a text of its own."""
    ids = {member.outline.document_id for member in members}
    released = {_later(pair, members) for pair in cut if set(pair) <= ids}
    rest = [member for member in members if member.outline.document_id not in released]
    hub = next((m for m in rest if m.outline.document_id not in takers), rest[0])
    pairs = combinations(rest, 2) if len(rest) <= _EACH_TO_EACH else ((hub, m) for m in rest if m is not hub)
    for one, other in pairs:
        yield _tie(one.outline, other.outline, _shared_kind(one, other), _shared(one, other), strong=True)


def _later(pair: tuple[str, str], members: Sequence[_Member]) -> str:
    return [m.outline.document_id for m in members if m.outline.document_id in pair][-1]


def _shared_kind(a: _Member, b: _Member) -> TieKind:
    return next(kind for kind in _PRECEDENCE if kind in {a.kind, b.kind})


def _shared(a: _Member, b: _Member) -> str:
    verb_a, verb_b = _ROLES[a.kind][1], _ROLES[b.kind][1]
    if a.kind == b.kind:
        why = f"{a.outline.name} and {b.outline.name} are both {verb_a} {b.words}"
        why += f" (also written {a.words})" if fold(a.words) != fold(b.words) else ""
    else:
        why = f"{a.outline.name} is {verb_a} {a.words}, and {b.outline.name} is {verb_b} {b.words}"
    return why + "."


def _voice_ties(outlines: Sequence[Outline], keys: NameKeys, voices: Mapping[str, Entity]) -> Iterator[Tie]:
    """Caution: documents of different publishers that carry the words of one and the same alone."""
    first_with: dict[str, Outline] = {}
    for outline in outlines:
        voice = voices.get(outline.document_id)
        if not voice or voice.id in {keys.key(name) for _, name in _names_on(outline)}:
            continue
        other = first_with.setdefault(voice.id, outline)
        if other is not outline and (is_signed(outline) or is_signed(other)) and other.outlet != outline.outlet:
            first, second = sorted((outline, other), key=lambda o: o.document_id)
            why = f"{label(first)} and {label(second)} rest on the words of {voice.name} alone."
            yield _tie(outline, other, "speaker", why, strong=False)


def _family_name_ties(outlines: Sequence[Outline], keys: NameKeys) -> Iterator[Tie]:
    """Caution: different people of one family name may be relatives, or one person."""
    bearers: dict[str, list[tuple[str, str, Outline]]] = defaultdict(list)
    for outline in outlines:
        for author in authors(outline.author):
            for family in family_names(author):
                bearers[family].append((keys.key(author), author, outline))
    for family, found in sorted(bearers.items()):
        for key, author, outline in found:
            other = next((f for f in found if f[0] != key and f[2] is not outline), None)
            if other:
                first, second = sorted(((author, outline), (other[1], other[2])), key=lambda pair: pair[1].document_id)
                why = (
                    f"{first[0]}, who signs {first[1].name}, and {second[0]}, who signs {second[1].name}, "
                    f"share the family name {family.title()}: they may be relatives, or one person."
                )
                yield _tie(outline, other[2], "family_name", why, strong=False)


def _spelling_ties(
    by_id: Mapping[str, Outline], entities: Sequence[Entity], keys: NameKeys, copied: Set[tuple[str, str]]
) -> Iterator[Tie]:
    """Caution: a spelling that two documents of different outlets alone use; those that share text need none."""
    for rare in rare_spellings(entities):
        if rare.documents in copied or not set(rare.documents) <= by_id.keys():
            continue
        a, b = (by_id[id_] for id_ in rare.documents)
        if not a.outlet or keys.key(a.outlet) != keys.key(b.outlet or ""):
            why = f"{label(a)} and {label(b)} alone write “{rare.word}” in the name of {rare.name}"
            yield _tie(a, b, "spelling", f"{why}; {rare.n_usual} others write “{rare.usual}”.", strong=False)


def _site_ties(outlines: Sequence[Outline]) -> Iterator[Tie]:
    """Caution: different outlets on one web site or mail domain, or on one that spells the other's name."""
    first_on: dict[str, Outline] = {}
    spelled = _spelled(outlines)
    for outline in outlines:
        for host in sorted(hosts(outline.site, outline.author, outline.affiliation)):
            name, namesake = spelled.get(max(host.split("."), key=len).replace("-", ""), ("", outline))
            if namesake is not outline and name_words(name) not in map(name_words, publishers(outline)):
                why = f"{label(outline)} comes from {host}, which spells {name}, who stands behind {label(namesake)}."
                yield _tie(outline, namesake, "site", why, strong=False)
            other = first_on.setdefault(host, outline)
            if other is not outline and (not outline.outlet or fold(other.outlet or "") != fold(outline.outlet)):
                first, second = sorted((outline, other), key=lambda o: o.document_id)
                why = f"{label(first)} and {label(second)} come from one site or mail domain, {host}."
                yield _tie(outline, other, "site", why, strong=False)


def _spelled(outlines: Sequence[Outline]) -> dict[str, tuple[str, Outline]]:
    """How a host may spell a publisher's name: two or more of its words in a row, written as one."""
    found: dict[str, tuple[str, Outline]] = {}
    for outline in outlines:
        for name in (outline.outlet, outline.affiliation, outline.owner):
            words = name_words(name or "").split()
            for start, end in combinations(range(len(words) + 1), 2):
                letters = "".join(words[start:end])
                if end - start >= 2 and len(letters) >= _HOST_LETTERS:
                    found.setdefault(letters, (name or "", outline))
    return found
