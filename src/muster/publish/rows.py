"""The exchange format: which fields of the record leave the machine, and in which order.

Every row is written out key by key.  What is not named here is not exported, whatever is added to
the records later.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from muster.casebook.record import Record, voices
from muster.languages.edtf import parse_edtf
from muster.records import Count, Incident, Question, Statement, Tie, When, Words

Value: TypeAlias = str | int | float | Sequence[str] | Mapping[str, int | str | None] | None
Row: TypeAlias = dict[str, Value]
#: Acts that are the incident, not something said or done about it later.
_OF_THE_INCIDENT = {
    "attack", "kill", "injure", "die_other", "damage_property", "abduct", "disappear", "detain", "ill_treat",
}  # fmt: skip


def document_rows(record: Record) -> Iterator[Row]:
    """One row for each document, by name.  A document that could not be read has no title, date, ...

    published is what the document says; dated what it is held to be of where others of the case tell (EDTF).
    One that names somebody protected has no sum: whoever knows the rest of its words could try names.
    """
    names = {document.id: document.name for document in record.documents}
    outlines = {outline.document_id: outline for outline in record.outlines}
    sources, depends = copied_from(record.ties, names), depends_on(record.ties, names)
    dated = {p.document_id: p.words for p in record.problems if p.kind == "dated_by_others"}
    for document in sorted(record.documents, key=lambda d: (d.name, d.id)):
        outline = outlines.get(document.id)
        yield {
            "doc": document.name,
            "sha256": document.sha256 or None,
            "title": outline.title if outline else None,
            "author": outline.author if outline else None,
            "outlet": outline.outlet if outline else None,
            "published": outline.published_on if outline else None,
            "dated": dated.get(document.id) or None,
            "language": outline.language if outline else None,
            "copy_of": names.get(sources.get(document.id, "")),
            "depends_on": sorted(names[other] for other in depends.get(document.id, ())),
        }


def copied_from(ties: Sequence[Tie], names: Mapping[str, str]) -> dict[str, str]:
    """Document id to the id of the one it copies: the fullest copy, the first name where two are as full.

    A short passage in common (a weak tie), or a copy whose direction nothing tells, is none.
    """
    best: dict[str, tuple[float, str, str]] = {}
    for tie in ties:
        if tie.kind != "copied" or not tie.strong or tie.source not in (tie.a, tie.b):
            continue
        copy = tie.b if tie.source == tie.a else tie.a
        found = (-(tie.share or 0.0), names.get(tie.source, ""), tie.source)
        best[copy] = min(best.get(copy, found), found)
    return {copy: source for copy, (_, _, source) in best.items()}


def depends_on(ties: Sequence[Tie], names: Mapping[str, str]) -> dict[str, set[str]]:
    """Document id to the ids of all it has a strong tie with."""
    out: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.strong and tie.a in names and tie.b in names:
            out[tie.a].add(tie.b)
            out[tie.b].add(tie.a)
    return out


def ordered_statements(record: Record) -> list[Statement]:
    """Statements by name of document, place in it, and id."""
    names = {document.id: document.name for document in record.documents}
    return sorted(
        record.statements,
        key=lambda s: (names.get(s.document_id, ""), s.document_id, s.start, s.content_start, s.id),
    )


def statement_rows(record: Record) -> Iterator[Row]:
    """One row for each statement, by name of document and place in it."""
    heard = voices(record)
    names = {document.id: document.name for document in record.documents}
    incident_of = {s: incident.id for incident in reversed(record.incidents) for s in incident.statement_ids}
    dates = dates_given(record.incidents)
    for statement in ordered_statements(record):
        yield _statement_row(statement, heard[statement.id].origin, names, incident_of.get(statement.id), dates)


def _statement_row(
    statement: Statement, origin: str, names: Mapping[str, str], incident: str | None, dates: Mapping[str, str]
) -> Row:
    date, basis = date_of(statement, dates)
    return {
        "id": statement.id,
        "doc": names[statement.document_id],
        "start": statement.start,
        "end": statement.end,
        "quote": statement.quote,
        "said_by": [words.name for words in statement.said_by],
        "origin": origin,
        "cue": statement.cue.words if statement.cue else None,
        "content": statement.content,
        "act": statement.act,
        "actor": _name(statement.actor),
        "target": _name(statement.target),
        "place": _name(statement.place),
        "date": date,
        "date_basis": basis,
        "count": _count(statement.count),
        "polarity": statement.polarity,
        "modality": statement.modality,
        "incident": incident,
        "confidence": round(statement.confidence, 4),
        "confidence_in_full": statement.confidence_in_full,
        "extractor": statement.extractor,
        "status": statement.status,
    }


def dates_given(incidents: Sequence[Incident]) -> dict[str, str]:
    """Statement id to the date that its incident gives it, where it has none of its own: EDTF, a month wide at most."""
    given: dict[str, str] = {}
    for incident in reversed(incidents):
        days = parse_edtf(incident.when) if incident.when else None
        if incident.when and days is not None and (days.last - days.first).days <= 31:
            given |= dict.fromkeys(incident.statement_ids, incident.when)
        given |= dict(incident.dates)
    return given


def date_of(statement: Statement, given: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The statement's date as EDTF, and what it rests on.

    "stated", "relative" and "inherited" are as in `muster.records.When`; "incident": the text gives no
    date, none with a year, or no nearer one than its neighbours' ("in August"), and what it tells of is dated by the
    others who tell of it.
    """
    if statement.when is not None and not statement.when.edtf.startswith("XXXX"):
        nearer = _within(given.get(statement.id), statement.when)
        return (nearer, "incident") if nearer else (statement.when.edtf, statement.when.basis)
    yearless = statement.when is not None and statement.when.edtf.startswith("XXXX-")
    date = given.get(statement.id)
    if not (yearless or statement.act in _OF_THE_INCIDENT or (date and _is_weekday_of(statement.when, date))):
        date = None
    return date, "incident" if date else None


def _is_weekday_of(when: When | None, date: str) -> bool:
    """Whether a day is the weekday that a statement names."""
    days = parse_edtf(date)
    return bool(when and days and days.first == days.last and days.first.weekday() == when.weekday)


def _within(date: str | None, when: When) -> str | None:
    """The incident's date where it lies within a wider one that the statement only inherits."""
    told, narrow = parse_edtf(when.edtf), parse_edtf(date) if date else None
    if when.basis != "inherited" or told is None or narrow is None:
        return None
    inside = told.first <= narrow.first and narrow.last <= told.last
    return date if inside and narrow.last - narrow.first < told.last - told.first else None


def _name(words: Words | None) -> str | None:
    return words.name if words else None


def _count(count: Count | None) -> dict[str, int | str | None] | None:
    return {"low": count.low, "high": count.high, "of": count.of} if count else None


def incident_rows(record: Record) -> Iterator[Row]:
    """One row for each incident, by date, name and id; the undated last."""
    numbers = {(question.incident_id, question.kind): _range(question) for question in record.questions}
    for incident in sorted(record.incidents, key=incident_order):
        yield {
            "id": incident.id,
            "name": incident.name,
            "kind": incident.kind,
            "date": incident.when,
            "place": incident.place,
            "killed": numbers.get((incident.id, "killed")),
            "injured": numbers.get((incident.id, "injured")),
            "statements": sorted(incident.statement_ids),
        }


def incident_order(incident: Incident) -> tuple[bool, str, str, str]:
    """Sort key: by date, name and id; the undated last."""
    return (incident.when is None, incident.when or "", incident.name, incident.id)


def _range(question: Question) -> dict[str, int | str | None] | None:
    return None if question.low is None else {"low": question.low, "high": question.high}


def entity_rows(record: Record) -> Iterator[Row]:
    """One row for each entity, by type, name and id.

    Aliases are its names other than the first, and descriptions that stand for it ("the council's
    spokesman").  A description that stands for two entities of the case names neither.
    """
    descriptions = _descriptions(record)
    owners = Counter(text.casefold() for found in descriptions.values() for text in found)
    for entity in sorted(record.entities, key=lambda e: (e.kind, e.name, e.id)):
        own = {text for text in descriptions[entity.id] if owners[text.casefold()] == 1}
        yield {
            "id": entity.id,
            "type": entity.kind,
            "name": entity.name,
            "aliases": sorted(({alias.form for alias in entity.aliases} | own) - {entity.name}),
        }


def _descriptions(record: Record) -> dict[str, set[str]]:
    local = {(o.document_id, e.id): e.descriptions for o in record.outlines for e in o.entities}
    return {
        entity.id: {text for member in entity.members for text in local.get(member, ())} for entity in record.entities
    }


def disagreement_rows(record: Record) -> Iterator[Row]:
    """One row for each disagreement, by its statements."""
    for found in sorted(record.disagreements, key=lambda d: (d.a, d.b or "", d.kind, d.why)):
        yield {"a": found.a, "b": found.b, "kind": found.kind, "why": found.why}


TABLES: dict[str, Callable[[Record], Iterator[Row]]] = {
    "documents": document_rows,
    "statements": statement_rows,
    "incidents": incident_rows,
    "entities": entity_rows,
    "disagreements": disagreement_rows,
}
