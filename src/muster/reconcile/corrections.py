"""Statements as people write them: fields that a reviewer sets, and statements that he adds."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b

from muster.extract.identity import statement_id
from muster.languages.shingles import fold_words
from muster.reconcile.naming import has_group_word, name_key
from muster.records import (
    CorrectedCount,
    CorrectedFields,
    Count,
    EntityKind,
    Extraction,
    LocalEntity,
    Reading,
    Statement,
    When,
    Words,
)

#: Who extracted a statement that a person added.
BY_HAND = "a reviewer"


class Correcting:
    """One document, whose statements are corrected.  entities: those that corrections brought in, by id."""

    def __init__(self, reading: Reading, extraction: Extraction) -> None:
        self.reading = reading
        self.extraction = extraction
        self.entities: dict[str, LocalEntity] = {}

    def added(self, judgement_id: str, fields: CorrectedFields) -> Statement:
        """Return the statement that a judgement adds.  start and end must be among its fields."""
        start, end = fields["start"], fields["end"]
        act = fields.get("act", "other")
        quote = self.reading.text[start:end]
        bare = Statement(
            id=statement_id(self.reading.document_id, start, end, start, end, act, judgement_id),
            document_id=self.reading.document_id, start=start, end=end, quote=quote, content_start=start,
            content_end=end, content=quote, said_by=(), cue=None, act=act, actor=None, target=None, place=None,
            when=None, count=None, polarity="affirmed", modality="asserted", confidence=1.0, extractor=BY_HAND,
            confidence_in_full=1.0,
        )  # fmt: skip
        return self.corrected(bare, fields)

    def corrected(self, statement: Statement, fields: CorrectedFields) -> Statement:
        """Return a statement with the fields that a person set; the others stay as they were."""
        if "start" in fields and "end" in fields:
            statement = self._at(statement, fields["start"], fields["end"])
        return replace(
            statement,
            act=fields.get("act", statement.act),
            polarity=fields.get("polarity", statement.polarity),
            modality=fields.get("modality", statement.modality),
            when=_when(fields["date"]) if "date" in fields else statement.when,
            count=_count(fields["count"]) if "count" in fields else statement.count,
            said_by=tuple(self._speakers(statement, fields["said_by"])) if "said_by" in fields else statement.said_by,
            actor=self._party(statement, statement.actor, fields["actor"]) if "actor" in fields else statement.actor,
            target=(
                self._party(statement, statement.target, fields["target"]) if "target" in fields else statement.target
            ),
            place=(
                self._words(statement, statement.place, fields["place"], "place")
                if "place" in fields
                else statement.place
            ),
        )

    def _at(self, statement: Statement, start: int, end: int) -> Statement:
        quote = self.reading.text[start:end]
        if (start, end) == (statement.start, statement.end):
            return statement
        return replace(
            statement, start=start, end=end, quote=quote, content_start=start, content_end=end, content=quote
        )

    def _speakers(self, statement: Statement, names: list[str]) -> Iterator[Words]:
        before = {words.name: words for words in statement.said_by}
        for name in names:
            if words := self._party(statement, before.get(name), name):
                yield words

    def _party(self, statement: Statement, before: Words | None, name: str | None) -> Words | None:
        """Whoever acts, suffers or speaks; what sort of thing it is, is told by what it was held to be, or its name."""
        kinds = {e.id: e.kind for e in self.extraction.entities}
        kind = kinds.get(before.entity or "") if before else None
        if kind is None:
            key = name_key("group", name or "")
            kind = "group" if key is not None and has_group_word(key) else "person"
        return self._words(statement, before, name, kind)

    def _words(self, statement: Statement, before: Words | None, name: str | None, kind: EntityKind) -> Words | None:
        """The name that a person gave, where it stands in the sentence; without words where it does not."""
        if not name:
            return None
        if before is not None and name in (before.name, before.words):
            return before if before.entity else replace(before, name=name, entity=self._entity(name, kind))
        at = self.reading.text.find(name, statement.start, statement.end)
        start, end = (at, at + len(name)) if at >= 0 else (statement.start, statement.start)
        return Words(
            start=start, end=end, words=self.reading.text[start:end], name=name, entity=self._entity(name, kind)
        )

    def _entity(self, name: str, kind: EntityKind) -> str | None:
        """What a name stands for in this document: one of its entities, or a new one; a description stands for none."""
        folded = fold_words(name)
        bearers = [e for e in self.extraction.entities if folded in map(fold_words, (e.name, *e.forms))]
        if bearers:
            return min(bearers, key=lambda e: (e.kind != kind, (e.kind == "place") != (kind == "place"), e.id)).id
        if not folded or name[:1].islower():
            return None
        id_ = "j" + blake2b(f"{kind} {' '.join(folded)}".encode(), digest_size=8).hexdigest()
        self.entities.setdefault(id_, LocalEntity(id=id_, kind=kind, name=name, forms=(name,)))
        return id_


def _when(date: str | None) -> When | None:
    return When(edtf=date, basis="stated") if date else None


def _count(count: CorrectedCount | None) -> Count | None:
    return Count(low=count["low"], high=count["high"], of=count["of"]) if count else None
