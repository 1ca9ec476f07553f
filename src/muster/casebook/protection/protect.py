"""The record without the names that are to be protected.

Every text of a record goes through one door, also those of fields that are added later.
Method: docs/method/protection.md.
"""

import hmac
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

from muster.casebook.protection.hider import WITHHELD, Hidden, Hider, Moved, Scope, make_scope, put_in
from muster.casebook.protection.ordering import in_order
from muster.casebook.protection.spellings import Names, linking_words, name_words, spellings
from muster.casebook.record import Record, Voice, voices
from muster.languages.names import is_title
from muster.languages.shingles import fold_words
from muster.reconcile.naming import has_own_word, name_key, plain_tokens
from muster.records import (
    Alias,
    Document,
    Entity,
    EntityKind,
    Incident,
    LocalEntityOutline,
    Outline,
    Person,
    Problem,
    Reading,
    Statement,
    Words,
)

#: Fields that hold words of the record itself, not of documents or people.
_CODES = frozenset(
    {"act", "acquired_at", "basis", "code", "edtf", "extractor", "kind", "language", "last_on", "last_state",
     "media_type", "modality", "of", "on", "polarity", "published_on", "reader", "stage", "state", "status", "when",
     "written_on"}
)  # fmt: skip
#: Lists without an order of their own: those that were sorted are sorted by what they then hold.
_SORTED = frozenset(
    {"also_at", "alone_statement_ids", "credits", "dates", "descriptions", "document_ids", "event_ids", "forms",
     "groups", "last_groups", "members", "origins", "participants", "reasons", "repeated_by", "repeats",
     "statement_ids", "victims", "why", "within", "words", "yearless"}
)  # fmt: skip
_ID = re.compile(r"\b[a-z]-[0-9a-f]{16}\b")
#: Words after which a name tells where or whose something is.
_DESCRIBING = frozenset({"of", "at", "in", "by", "from", "near", "for", "في", "من", "در", "از"})
_SENTENCES = re.compile(r"(?<=[.!?؟…])\s+|\n+")
#: Ids that are digests of names, or of whatever stands first in a list.
_KEYED = ("g-", "o-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A person, group or place whose name is not to leave the case.

    number tells it from others in what stands for it.  names are all that it went by when it was
    protected, the fullest first; typed are further spellings that somebody gave.  members are the
    (document id, LocalEntity id) that it then was.
    """

    number: int
    kind: EntityKind
    names: tuple[str, ...]
    typed: tuple[str, ...] = ()
    members: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """What stands for it."""
        return f"[protected {self.kind} {self.number}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What is protected in a case, and the secret that ids are keyed with, which never leaves the case."""

    protected: tuple[Protected, ...]
    secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is still told of somebody protected, for those who may know the name.

    words are the words that are hidden for it, and described what documents call it without a name, with
    its role, age and kin; sentences are those about it, as they stand in the protected record, each
    with the name of its document there, and the id in the case of the statement that it is, or "".
    """

    label: str
    name: str
    words: tuple[str, ...]
    described: tuple[str, ...]
    sentences: tuple[tuple[str, str, str], ...]


def protect(record: Record, protection: Protection) -> Record:
    """Return a record in which the protected names, and what they could be told by, do not stand.

    Names, parts of names and what sounds like them are replaced by labels that say nothing of them; the
    names of others that share a part are withheld whole.  Documents in which something was hidden have no sum
    and no size; ids that their words went into are replaced by keyed ones, the same in every record that is
    made with one secret; places in a text count what is left of it; lists are put in order by what they
    then say.  A record of which nothing is protected comes back as it is.
    """
    return _Protecting(record, protection).run() if protection.protected else record


def left_to_tell(record: Record, protection: Protection) -> tuple[Left, ...]:
    """Return what a protected record still says of those who are protected, by their numbers.

    record is the whole one.  No program can tell which description gives somebody away: a person reads these.
    """
    if not protection.protected:
        return ()
    work = _Protecting(record, protection)
    return tuple(work.left())


class _Protecting:
    """One record on its way; all look-ups are made of the record as it was."""

    def __init__(self, record: Record, protection: Protection) -> None:
        self.record, self.secret = record, protection.secret
        self.now = {each: _as_it_is_now(record, each) for each in protection.protected}
        self.hider = Hider(spellings(record, [names for names, _ in self.now.values()]))
        self.labels = self._labels()
        self.local = {
            member: self.labels[entity.id]
            for entity in record.entities
            if entity.id in self.labels
            for member in entity.members
        }
        self.voices = voices(record)

    def run(self) -> Record:
        record = self.record
        by_walking = {
            each.name: self._walk(getattr(record, each.name), self.everywhere)
            for each in fields(record)
            if each.name not in {"reading", "given_voices", "protected"}
        }
        own = {self._id(document.id): document.id for document in record.documents}
        return in_order(
            replace(
                record, **by_walking, reading=lambda id_: self._reading(own[id_]),
                given_voices={self._id(id_): self._voice(each) for id_, each in self.voices.items()},
                protected=tuple(each.label for each in sorted(self.now, key=lambda each: each.number)),
            )
        )  # fmt: skip

    # ---- who is hidden, and behind which label

    def _labels(self) -> dict[str, str]:
        """By entity id: of those who are protected, and of those whose names share a part with theirs."""
        labels: dict[str, str] = {}
        for protected in sorted(self.now, key=lambda each: each.number):
            for id_ in self.now[protected][1]:
                labels.setdefault(id_, protected.label)
        for entity in self.record.entities:
            own = (form for form in self._forms[entity.id] if form == entity.name or not _is_description(entity, form))
            if entity.id not in labels and any(self.hider.holds(form, entity.kind) for form in own):
                labels[entity.id] = f"{WITHHELD[:-1]} {self._keyed(entity.id)[:6]}]"
        return labels

    @cached_property
    def _forms(self) -> dict[str, set[str]]:
        """All names that entities go by, by entity id."""
        return forms_of_entities(self.record)

    @cached_property
    def _outlines(self) -> dict[str, Outline]:
        return {outline.document_id: outline for outline in self.record.outlines}

    @cached_property
    def _general(self) -> Scope:
        """Names that are told by their words in any document."""
        return make_scope((form, label) for form, label, single in self._whole_names() if not single)

    @cached_property
    def everywhere(self) -> Scope:
        """All names that are hidden, for what is said of the whole case."""
        return make_scope((form, label) for form, label, _ in self._whole_names())

    def _whole_names(self) -> Iterator[tuple[str, str, bool]]:
        """Names to be hidden as a whole, with their labels; single: one word that others may go by, too."""
        kinds = {entity.id: entity.kind for entity in self.record.entities}
        for id_, label in self.labels.items():
            for form in sorted(self._forms[id_]):
                if _is_telling(kinds[id_], form):
                    shared = len(name_words(form)) == 1 and not self.hider.holds(form, kinds[id_])
                    yield form, label, shared and label.startswith(WITHHELD[:-1])
        for protected, (names, _) in self.now.items():
            yield from ((form, protected.label, False) for form in names.names if _is_telling(names.kind, form))
            yield from ((form, protected.label, False) for form in names.typed)

    @cached_property
    def _scopes(self) -> dict[str, Scope]:
        found = {}
        for outline in self.record.outlines:
            known = [(each, self.local.get((outline.document_id, each.id))) for each in outline.entities]
            names = [
                (form, label)
                for each, label in known
                if label is not None
                for form in sorted(_with_words(each))
                if _is_telling(each.kind, form)
            ]
            found[outline.document_id] = make_scope(names, self._general) if names else self._general
        return found

    def _scope(self, document_id: str | None) -> Scope:
        return self._scopes.get(document_id or "", self.everywhere)

    # ---- documents and their readings

    @cached_property
    def _hidden(self) -> dict[str, tuple[Hidden, ...]]:
        """What is hidden in the reading of each document that would tell a name; those that would not are left out."""
        found = {}
        members = {document_id for document_id, _ in self.local}
        for document in self.record.documents:
            hidden: tuple[Hidden, ...] = ()
            beside = [document.name]
            if document.id in self._outlines:
                reading = self.record.reading(document.id)
                hidden = self.hider.find(reading.text, self._scope(document.id))
                beside += _beside_the_text(reading, self._outlines[document.id])
            if hidden or document.id in members or self.hider.find("\n\n".join(beside), self.everywhere):
                found[document.id] = hidden
        return found

    @cached_property
    def _moves(self) -> dict[str, Moved]:
        return {id_: Moved(hidden) for id_, hidden in self._hidden.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Names of documents; of two that are called the same once names are hidden, the second has a number."""
        names, used = {}, Counter[str]()
        for document in sorted(self.record.documents, key=lambda each: self._id(each.id)):
            name = self.hider.hide(document.name, self.everywhere)
            names[document.id] = name
            if name != document.name:
                used[name] += 1
                names[document.id] = name if used[name] == 1 else f"{name} ({used[name]})"
        return names

    def _document(self, document: Document) -> Document:
        name, id_ = self._names[document.id], self._id(document.id)
        if document.id not in self._hidden:
            return replace(document, name=name)
        return replace(document, id=id_, name=name, sha256="", n_bytes=0)

    def _reading(self, document_id: str) -> Reading:
        reading = self.record.reading(document_id)
        if document_id not in self._hidden:
            return reading
        moved, scope = self._moves[document_id], self._scope(document_id)
        plain: Reading = self._fields(replace(reading, text="", pieces=(), blocks=(), tables=(), cuts=()), scope)
        return replace(
            plain,
            text=put_in(reading.text, self._hidden[document_id]),
            pieces=tuple(
                replace(
                    each, start=moved.start(each.start), end=moved.end(each.end),
                    part=self.hider.hide(each.part, scope), source_start=0, source_end=0,
                )
                for each in reading.pieces
            ),
            blocks=tuple(
                replace(
                    each, start=moved.start(each.start), end=moved.end(each.end),
                    writer=each.writer and self.hider.hide(each.writer, scope),
                )
                for each in reading.blocks
            ),
        )  # fmt: skip

    def _outline(self, outline: Outline) -> Outline:
        id_ = outline.document_id
        entities = tuple(self._local_entity(id_, each) for each in outline.entities)
        rest: Outline = self._fields(replace(outline, entities=(), word_runs=b""), self._scope(id_))
        n_words = outline.n_words
        if id_ in self._hidden:
            n_words = len(fold_words(put_in(self.record.reading(id_).text, self._hidden[id_])))
        runs = b"" if id_ in self._hidden else outline.word_runs
        return replace(rest, name=self._names[id_], entities=entities, word_runs=runs, n_words=n_words)

    def _local_entity(self, document_id: str, each: LocalEntityOutline) -> LocalEntityOutline:
        label = self.local.get((document_id, each.id))
        if label is None:
            found: LocalEntityOutline = self._fields(each, self._scope(document_id))
            return found
        return replace(
            each, name=label, forms=(label,), role=None, age=None, kin=None, descriptions=(), why=(), n_mentions=1
        )

    # ---- statements

    def _statement(self, each: Statement) -> Statement:
        id_ = each.document_id
        scope = self._scope(id_)
        start, end = self._place(id_, each.start, each.end)
        content_start, content_end = self._place(id_, each.content_start, each.content_end)
        return replace(
            each, id=self._id(each.id), document_id=self._id(id_), start=start, end=end,
            content_start=content_start, content_end=content_end,
            quote=self._cut(id_, each.start, each.end, each.quote),
            content=self._cut(id_, each.content_start, each.content_end, each.content),
            said_by=tuple(self._words(id_, words) for words in each.said_by),
            cue=each.cue and self._words(id_, each.cue), actor=each.actor and self._words(id_, each.actor),
            target=each.target and self._words(id_, each.target), place=each.place and self._words(id_, each.place),
            when=each.when and self._spanned(id_, each.when), count=each.count and self._fields(each.count, scope),
        )  # fmt: skip

    def _words(self, document_id: str, words: Words) -> Words:
        label = self.local.get((document_id, words.entity)) if words.entity else None
        name = label or self.hider.hide(words.name, self._scope(document_id))
        found: Words = self._spanned(document_id, words)
        return replace(found, name=name)

    def _spanned(self, document_id: str, each: Any) -> Any:
        """What stands at a place of a text, or at none."""
        if each.start < 0 or each.end <= each.start:
            return replace(each, words=self.hider.hide(each.words, self._scope(document_id)))
        start, end = self._place(document_id, each.start, each.end)
        return replace(each, start=start, end=end, words=self._cut(document_id, each.start, each.end, each.words))

    def _place(self, document_id: str, start: int, end: int) -> tuple[int, int]:
        moved = self._moves.get(document_id)
        if moved is None:
            return start, end
        return moved.start(start), moved.end(end) if end > start else moved.start(end)

    def _cut(self, document_id: str, start: int, end: int, text: str) -> str:
        """What is left of a stretch of a reading; of a name that is cut by its ends, the whole label."""
        inside = [each for each in self._hidden.get(document_id, ()) if each.start < end and each.end > start]
        clipped = [Hidden(max(each.start - start, 0), min(each.end, end) - start, each.label) for each in inside]
        return put_in(text, clipped)

    def _voice(self, voice: Voice) -> Voice:
        name = self.labels.get(voice.speaker or "") or self.hider.hide(voice.origin, self.everywhere)
        return Voice(origin=name, speaker=voice.speaker and self._id(voice.speaker), group=self._id(voice.group))

    # ---- the one door

    def _walk(self, value: Any, scope: Scope, name: str = "") -> Any:
        """Return a value of a record with nothing in it that tells a name."""
        if isinstance(value, str):
            return self._text(value, scope, name)
        if isinstance(value, tuple):
            found = tuple(self._walk(each, scope, "" if isinstance(each, tuple) else name) for each in value)
            return tuple(sorted(found)) if name in _SORTED and value == tuple(sorted(value)) else found
        if not is_dataclass(value) or isinstance(value, type):
            return value
        own = self._OWN.get(type(value))
        return own(self, value) if own else self._fields(value, scope)

    def _fields(self, value: Any, scope: Scope) -> Any:
        changed = {each.name: self._walk(getattr(value, each.name), scope, each.name) for each in fields(value)}
        return replace(value, **changed)

    def _text(self, text: str, scope: Scope, name: str) -> str:
        if _ID.fullmatch(text):
            return self._id(text)
        hidden = text if name in _CODES else self.hider.hide(text, scope)
        return _ID.sub(lambda found: self._id(found[0]), hidden)

    def _entity(self, entity: Entity) -> Entity:
        found: Entity = self._fields(entity, self.everywhere)
        label = self.labels.get(entity.id)
        if label is None:
            return found
        ids = tuple(sorted({document_id for document_id, _ in found.members}))
        return replace(found, name=label, aliases=(Alias(form=label, document_ids=ids),), merges=())

    def _person(self, person: Person) -> Person:
        found: Person = self._fields(person, self.everywhere)
        return replace(found, name=self.labels.get(person.entity_id, found.name))

    def _incident(self, incident: Incident) -> Incident:
        found: Incident = self._fields(incident, self.everywhere)
        label = self.labels.get(incident.place_entity or "")
        return replace(found, place=label) if label and incident.place else found

    def _problem(self, problem: Problem) -> Problem:
        found: Problem = self._fields(problem, self._scope(problem.document_id))
        at = None if problem.at is None else self._place(problem.document_id, problem.at, problem.at)[0]
        return replace(found, at=at)

    _OWN: Mapping[type, Any] = {
        Document: _document, Outline: _outline, Statement: _statement, Entity: _entity, Person: _person,
        Incident: _incident, Problem: _problem,
    }  # fmt: skip

    # ---- ids

    def _keyed(self, id_: str) -> str:
        return hmac.new(self.secret, id_.encode(), sha256).hexdigest()[:16]

    def _id(self, id_: str) -> str:
        keyed = id_ in self._telling_ids or id_.startswith(_KEYED)
        return id_[:2] + self._keyed(id_) if keyed else id_

    @cached_property
    def _telling_ids(self) -> set[str]:
        """Ids that words of a document went into in which something is hidden."""
        record, affected = self.record, self._hidden.keys()
        ids = set(affected)
        ids |= {each.id for each in record.statements if each.document_id in affected}
        ids |= {event.id for each in record.outlines if each.document_id in affected for event in each.events}
        ids |= {each.id for each in record.entities if each.members[0][0] in affected}
        ids |= {each.id for each in record.incidents if not ids.isdisjoint((*each.event_ids, *each.statement_ids))}
        return ids

    # ---- what is left

    def left(self) -> Iterator[Left]:
        """What is left of each that is protected, by number."""
        locals_ = {(o.document_id, each.id): each for o in self.record.outlines for each in o.entities}
        members = {entity.id: entity.members for entity in self.record.entities}
        about = self._sentences()
        for protected, (names, ids) in sorted(self.now.items(), key=lambda each: each[0].number):
            own = [locals_[member] for id_ in ids for member in members[id_] if member in locals_]
            called = (text for each in own for text in (*each.descriptions, each.role, each.age, each.kin))
            described = {text for text in called if text and not self.hider.find(text, self.everywhere)}
            yield Left(
                label=protected.label, name=names.names[0], described=tuple(sorted(described)),
                words=tuple(sorted(spellings(self.record, [names]).every)), sentences=tuple(about[protected.label]),
            )  # fmt: skip

    def _sentences(self) -> dict[str, list[tuple[str, str, str]]]:
        """By label, the sentences about it: quotes of statements that name it or mean it, and others that name it."""
        found: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
        labels = [each.label for each in self.now]
        for whole in self.record.statements:
            made = self._statement(whole)
            named = (*made.said_by, made.actor, made.target, made.place)
            said = "\n".join((made.quote, *(words.name for words in named if words is not None)))
            for label in labels:
                if label in said:
                    found[label].setdefault(made.quote, (self._names[whole.document_id], whole.id))
        for document_id in self._hidden.keys() & self._outlines.keys():
            text = put_in(self.record.reading(document_id).text, self._hidden[document_id])
            for sentence in _SENTENCES.split(text):
                for label in labels:
                    if label in sentence:
                        found[label].setdefault(sentence.strip(), (self._names[document_id], ""))
        return defaultdict(list, {label: sorted((q, *where) for q, where in by.items()) for label, by in found.items()})


def forms_of_entities(record: Record) -> dict[str, set[str]]:
    """Return all names that each entity goes by, by entity id."""
    forms = {entity.id: {entity.name, *(alias.form for alias in entity.aliases)} for entity in record.entities}
    home = {member: entity.id for entity in record.entities for member in entity.members}
    for outline in record.outlines:
        for each in outline.entities:
            if (outline.document_id, each.id) in home:
                forms[home[outline.document_id, each.id]].update({each.name, *each.forms})
    return forms


def _as_it_is_now(record: Record, protected: Protected) -> tuple[Names, tuple[str, ...]]:
    """Return the names of somebody protected, and the entities that it is now.

    That is whoever has one of its members and one of its names, or its full name: documents that came in since
    may have joined it with others, and no name that was protected is ever forgotten.
    """
    members = set(protected.members)
    told = {tuple(name_words(name)) for name in protected.names}
    full = tuple(name_words(protected.names[0]))
    forms = forms_of_entities(record)
    found = []
    for entity in record.entities:
        own = {tuple(name_words(form)) for form in forms[entity.id]}
        same = bool(members.intersection(entity.members)) and bool(own & told)
        if same or (entity.kind == protected.kind and len(full) > 1 and full in own):
            found.append(entity.id)
    more = {form for id_ in found for form in forms[id_]} - set(protected.names)
    names = Names(kind=protected.kind, names=(*protected.names, *sorted(more)), typed=protected.typed)
    return names, tuple(found)


def _is_description(entity: Entity, form: str) -> bool:
    """Whether a form says where or whose a group or place is ("the army at ..."): it is hidden, and not who that is."""
    return entity.kind != "person" and not _DESCRIBING.isdisjoint(name_words(form))


def _with_words(entity: LocalEntityOutline) -> set[str]:
    """All names that an entity goes by in a document; of a person, each word of them as well."""
    forms = {entity.name, *entity.forms}
    words = {word for form in forms for word in name_words(form)} if entity.kind == "person" else set()
    return forms | {word for word in words if len(word) > 2 and word not in linking_words() and not is_title(word)}


def _is_telling(kind: EntityKind, form: str) -> bool:
    """Whether a name may be looked for as a whole: not "the Mission", which many are called."""
    words = [word for word in name_words(form) if word not in linking_words() and word not in {"the", "a", "an"}]
    key = name_key(kind, form)
    if kind == "person":
        return key is not None and bool(words)
    return len(words) > 1 or (bool(words) and key is not None and has_own_word(plain_tokens(key)))


def _beside_the_text(reading: Reading, outline: Outline) -> list[str]:
    """All that is known of a document beside its text, and what was cut from it."""
    told = [reading.title, reading.author, reading.outlet, reading.affiliation, reading.owner, reading.site]
    more = (outline.owner, *outline.credits, *(title for table in reading.tables for title in table.header))
    cut = (each.words for each in reading.cuts)
    return [each for each in (*told, *more, *cut, *(piece.part for piece in reading.pieces)) if each]


__all__ = ["Left", "Protected", "Protection", "forms_of_entities", "left_to_tell", "protect"]
