"""The one protocol behind which all extractors sit, and the one that ships."""

from dataclasses import dataclass, replace
from typing import Protocol

from muster.extract.confidence import Keep, kept, weighed
from muster.records import Extraction, LocalEntity, Mention, Reading, Statement, Words

VERSION = "rules/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOptions:
    """model: name of an installed spaCy package for English; None takes the largest known one.

    keep: how sure a statement must be to be kept (docs/method/confidence.md).  llm: the name of a language model
    that whoever runs the extractor is to put beside it (`muster.extract.llm.ModelExtractor`), or None.  gpu: whether
    the English model is to work on the GPU.
    """

    model: str | None = None
    keep: Keep = "balanced"
    llm: str | None = None
    gpu: bool = False


class Extractor(Protocol):
    """Whatever turns a reading into statements: rules, a trained model, an LLM."""

    version: str

    def extract(self, reading: Reading) -> Extraction:
        """All statements of one reading, every quote at its offsets."""
        ...


class RuleExtractor:
    """English over a parse, Arabic and Persian by patterns, tables by their headers."""

    version = VERSION

    def __init__(self, options: ExtractOptions) -> None:
        self._options = options

    def extract(self, reading: Reading) -> Extraction:
        """All statements of one reading; whoever runs it refuses what is not at its offsets."""
        found = self.find(reading)
        return replace(found, statements=kept(weighed(reading, found.statements), self._options.keep))

    def find(self, reading: Reading) -> Extraction:
        """All statements, each with its rule's own certainty, before they are weighed and sifted."""
        parts = [self._prose(reading)]
        if reading.tables:
            from muster.extract.tables import extract_tables

            statements, entities = extract_tables(reading, self.version)
            parts.append(
                Extraction(document_id=reading.document_id, statements=statements, entities=entities, mentions=())
            )
        return joined(reading.document_id, parts)

    def _prose(self, reading: Reading) -> Extraction:
        if reading.language in ("ar", "fa"):
            from muster.extract.patterns import PatternExtractor

            return PatternExtractor(reading.language).extract(reading)
        if reading.language in ("en", "und"):
            from muster.extract.english import extract_english

            return extract_english(reading, self.version, self._options.model)
        return Extraction(document_id=reading.document_id, statements=(), entities=(), mentions=())


def load_extractor(options: ExtractOptions | None = None) -> Extractor:
    """The extractor that ships; its English model is loaded with the first English reading.

    Raises:
        MusterError: "no_gpu".
    """
    options = options or ExtractOptions()
    if options.gpu:
        from muster.extract.parse import use_gpu

        use_gpu()
    return RuleExtractor(options)


def joined(document_id: str, parts: list[Extraction]) -> Extraction:
    """Several extractions of one reading as one; local entity ids of later parts are made distinct."""
    statements: list[Statement] = []
    entities: list[LocalEntity] = []
    mentions: list[Mention] = []
    for n, part in enumerate(parts):
        prefix = "" if n == 0 else f"p{n}"
        statements += [_renamed(s, prefix) for s in part.statements]
        entities += [replace(e, id=prefix + e.id) for e in part.entities]
        mentions += [replace(m, entity=prefix + m.entity) for m in part.mentions]
    return Extraction(
        document_id=document_id,
        statements=tuple(sorted(statements, key=lambda s: (s.start, s.content_start, s.content_end, s.act, s.id))),
        entities=tuple(entities),
        mentions=tuple(mentions),
        n_refused=sum(p.n_refused for p in parts),
    )


def _renamed(statement: Statement, prefix: str) -> Statement:
    if not prefix:
        return statement

    def moved(words: Words | None) -> Words | None:
        return words if words is None or words.entity is None else replace(words, entity=prefix + words.entity)

    said_by = tuple(w if w.entity is None else replace(w, entity=prefix + w.entity) for w in statement.said_by)
    return replace(
        statement,
        said_by=said_by,
        actor=moved(statement.actor),
        target=moved(statement.target),
        place=moved(statement.place),
    )
