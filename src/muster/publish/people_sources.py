"""People with their ledgers; sources with whom they repeat; documents with what stands for each."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from muster.publish.index import Index
from muster.publish.options import ReportOptions
from muster.publish.wording import TIES, date_in_words
from muster.records import Document, LedgerEntry, Outline, Person, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a ledger."""

    on: str | None
    entry: LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSheet:
    """One person; aliases are the other forms of the name."""

    person: Person
    last_on: str | None
    aliases: tuple[str, ...]
    entries: tuple[Entry, ...]
    n_entries_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """Documents that count as one, with the reasons; member_ids are document ids, by label."""

    member_ids: tuple[str, ...]
    origins: tuple[str, ...]
    why: tuple[str, ...]
    n_why_more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A weak tie: shown, and not counted as dependence."""

    tie: Tie
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSheet:
    """One document as listed; received is the day of its first acquisition."""

    document: Document
    label: str
    outline: Outline | None
    published: str | None
    n_statements: int
    n_received: int
    received: str | None


def person_sheets(index: Index, options: ReportOptions) -> Iterator[PersonSheet]:
    """People with something said of them, those not accounted for first, else by name."""
    aliases = {entity.id: entity.aliases for entity in index.record.entities}
    people = [person for person in index.record.people if person.entries]
    for person in sorted(people, key=lambda p: (p.accounted_for, p.name, p.entity_id))[: options.n_people]:
        shown = person.entries[: options.n_ledger]
        yield PersonSheet(
            person=person,
            last_on=date_in_words(person.last_on) if person.last_on else None,
            aliases=tuple(sorted({a.form for a in aliases.get(person.entity_id, ())} - {person.name})),
            entries=tuple(Entry(on=date_in_words(e.on) if e.on else None, entry=e) for e in shown),
            n_entries_more=len(person.entries) - len(shown),
        )


def dependences(index: Index, options: ReportOptions) -> list[Dependence]:
    """Groups of more than one document, the largest first."""
    out = []
    for group in index.record.groups:
        documents = [m for m in group.members if m in index.documents]
        if len(documents) < 2:
            continue
        out.append(
            Dependence(
                member_ids=tuple(sorted(documents, key=lambda d: int(index.labels[d][1:]))),
                origins=tuple(m for m in group.members if m not in index.documents),
                why=group.why[: options.n_ledger],
                n_why_more=max(0, len(group.why) - options.n_ledger),
            )
        )
    return sorted(out, key=lambda d: (-len(d.member_ids), int(index.labels[d.member_ids[0]][1:])))


def cautions(index: Index) -> list[Caution]:
    """Weak ties, by kind and documents."""
    weak = [t for t in index.record.ties if not t.strong and {t.a, t.b} <= index.documents.keys()]
    weak.sort(key=lambda t: (t.kind, int(index.labels[t.a][1:]), int(index.labels[t.b][1:]), t.why))
    return [Caution(tie=tie, kind=TIES[tie.kind]) for tie in weak]


def document_sheets(index: Index, options: ReportOptions) -> Iterator[DocumentSheet]:
    """Documents by name."""
    n_statements = Counter(statement.document_id for statement in index.record.statements)
    received: dict[str, list[str]] = defaultdict(list)
    for acquisition in index.record.acquisitions:
        received[acquisition.document_id].append(acquisition.acquired_at[:10])
    for document in list(index.documents.values())[: options.n_documents]:
        outline = index.outlines.get(document.id)
        yield DocumentSheet(
            document=document,
            label=index.labels[document.id],
            outline=outline,
            published=date_in_words(outline.published_on) if outline and outline.published_on else None,
            n_statements=n_statements[document.id],
            n_received=len(received[document.id]),
            received=min(received[document.id], default=None),
        )
