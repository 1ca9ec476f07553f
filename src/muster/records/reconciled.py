"""What mentions and statements are judged to be, across documents."""

from dataclasses import dataclass

from muster.records.statements import EntityKind, When


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEvent:
    """What some statements of one document are about: one act kind, place and time.

    id is "v-" and 16 hex digits.  kind is an incident kind ("attack", "detention", ...).
    place and participants are LocalEntity ids.  killed and injured are (low, high) as stated, or None.
    victims are those persons to whom it was done.  also_at are other places that its acts are said to
    have been at.  yearless holds (statement id, date) of those statements whose date has no year: EDTF
    "XXXX-07-29", or "XXXX-WXX-2" for a Tuesday.
    """

    id: str
    document_id: str
    kind: str
    statement_ids: tuple[str, ...]
    when: When | None
    place: str | None
    participants: tuple[str, ...] = ()
    killed: tuple[int, int | None] | None = None
    injured: tuple[int, int | None] | None = None
    words: tuple[str, ...] = ()
    victims: tuple[str, ...] = ()
    also_at: tuple[str, ...] = ()
    yearless: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """All that the case-wide stages need of one document; small, stored, never recomputed.

    word_runs are the digests of the reading's runs of words, packed as `muster.languages.shingles` does;
    credits are names of outlets or agencies that the document says it draws on.  within holds pairs
    (inner, outer) of LocalEntity ids of places, the first of which the document's words put inside the
    second.  weekdays are those that its statements name, 0 for Monday.  voice is the LocalEntity id of the
    one whose words alone the document carries.  Dates and names are as in Reading.
    """

    document_id: str
    name: str
    title: str | None
    author: str | None
    outlet: str | None
    affiliation: str | None
    owner: str | None
    site: str | None
    published_on: str | None
    language: str
    n_words: int
    entities: tuple["LocalEntityOutline", ...]
    events: tuple[LocalEvent, ...]
    word_runs: bytes = b""
    credits: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    weekdays: tuple[int, ...] = ()
    voice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntityOutline:
    """A LocalEntity without what only a reader of the document needs."""

    id: str
    kind: EntityKind
    name: str
    forms: tuple[str, ...]
    role: str | None = None
    age: str | None = None
    kin: str | None = None
    descriptions: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    n_mentions: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """The date that a document without one is held to be from: EDTF, with a sentence that says why."""

    document_id: str
    on: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A form of a name, and the documents that use it (sorted ids)."""

    form: str
    document_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Why two forms are held to be one entity: a score in 0..1 and a sentence."""

    a: str
    b: str
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, group or place that local entities are judged to be.

    id is "e-" and 16 hex digits, made of its first member, so that it does not depend on the order of
    documents.  members are (document id, LocalEntity id), sorted.
    """

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[Alias, ...]
    members: tuple[tuple[str, str], ...]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What several statements are about.

    id is "i-" and 16 hex digits.  when is EDTF or None.  event_ids and statement_ids are sorted.
    dates maps a statement whose document gives no year to the date that the incident gives it.
    """

    id: str
    name: str
    kind: str
    when: str | None
    place: str | None
    place_entity: str | None
    event_ids: tuple[str, ...]
    statement_ids: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
