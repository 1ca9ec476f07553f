"""Who says that who did what to whom, where, when, to how many, in which words."""

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["person", "group", "place"]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "alleged", "possible", "ordered", "demanded", "offered", "threatened", "planned"]
Counted = Literal["killed", "injured", "detained", "missing", "residents", "weapons", "other"]
StatementStatus = Literal["proposed", "seconded", "accepted", "corrected", "rejected"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A span of a reading and what it stands for.

    start and end count code points of Reading.text from 0; end is exclusive; words is that text.
    name is the fullest name known in the document for what is meant ("he" -> "Faris Belhadri"), or the
    words themselves.  entity is the id of a LocalEntity of the same document, or None.
    """

    start: int
    end: int
    words: str
    name: str
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalEntity:
    """A person, group or place as one document speaks of it.

    id is unique in the document ("e1").  name is its fullest name there; forms are all names it goes
    by there (not pronouns or descriptions), sorted.  descriptions are noun phrases that stood for it.
    why holds a sentence for each form that was joined ("RTB stands in brackets after ...").
    role, age and kin keep apart two people of one name; each is as written or None.
    """

    id: str
    kind: EntityKind
    name: str
    forms: tuple[str, ...]
    descriptions: tuple[str, ...] = ()
    n_mentions: int = 1
    why: tuple[str, ...] = ()
    role: str | None = None
    age: str | None = None
    kin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names a person, group or place.  start and end as in Words."""

    start: int
    end: int
    words: str
    kind: EntityKind
    entity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date as EDTF, resolved against the document's own date, with the words it stands on.

    edtf: "2011-04-08", "2011-04", "2011-04-07/2011-04-08", "2011?", or "XXXX-07-29" where the
    document gives no year.  basis: "stated", "relative" (to the document's date), "inherited" (from
    the sentences around it).  weekday is 0 for Monday where the words name one, else None.
    start and end are -1 where no words stand for it.
    """

    edtf: str
    basis: Literal["stated", "relative", "inherited"]
    words: str = ""
    start: int = -1
    end: int = -1
    weekday: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many, as a range; high is None where the text gives no upper bound.

    of is what is counted.  cumulative: a total to date rather than the toll of this act alone.
    """

    low: int
    high: int | None
    of: Counted
    words: str = ""
    approximate: bool = False
    cumulative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One assertion, in somebody's words.

    quote is Reading.text[start:end], the sentence; content is text[content_start:content_end], what
    is said.  said_by is the attribution chain, outermost first; empty: the document's author says it.
    id is "s-" and 16 hex digits of a digest of the document, the spans and the act, so that the same
    text always gives the same id.  confidence is in 0..1: how likely it is right; confidence_in_full, with
    speaker, number and polarity (None: not known).  extractor is a name and a version.  status is what
    people made of it: seconded: one of the two reviewers that it needs accepted it; corrected: accepted
    with fields that a reviewer set.
    """

    id: str
    document_id: str
    start: int
    end: int
    quote: str
    content_start: int
    content_end: int
    content: str
    said_by: tuple[Words, ...]
    cue: Words | None
    act: str
    actor: Words | None
    target: Words | None
    place: Words | None
    when: When | None
    count: Count | None
    polarity: Polarity
    modality: Modality
    confidence: float
    extractor: str
    confidence_in_full: float | None = None
    status: StatementStatus = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that was extracted from one reading.  n_refused counts statements without a valid span."""

    document_id: str
    statements: tuple[Statement, ...]
    entities: tuple[LocalEntity, ...]
    mentions: tuple[Mention, ...]
    n_refused: int = 0
