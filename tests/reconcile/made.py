"""Small records for the tests of this folder, with the invented place's names or names of their own."""

from muster.records import (
    Block,
    Count,
    Counted,
    Document,
    EntityKind,
    Extraction,
    Judgement,
    JudgementKind,
    LocalEntity,
    LocalEntityOutline,
    LocalEvent,
    Mention,
    Modality,
    Outline,
    Reading,
    Statement,
    When,
    Words,
)


def named(
    kind: EntityKind,
    *forms: str,
    id: str = "e1",
    age: str | None = None,
    role: str | None = None,
    kin: str | None = None,
    n_mentions: int = 1,
    why: tuple[str, ...] = (),
    descriptions: tuple[str, ...] = (),
) -> LocalEntityOutline:
    return LocalEntityOutline(
        id=id,
        kind=kind,
        name=forms[0],
        forms=tuple(sorted(forms)),
        age=age,
        role=role,
        kin=kin,
        n_mentions=n_mentions,
        why=why,
        descriptions=descriptions,
    )


def outlined(
    name: str,
    *entities: LocalEntityOutline,
    events: tuple[LocalEvent, ...] = (),
    published_on: str | None = None,
    within: tuple[tuple[str, str], ...] = (),
) -> Outline:
    numbered = tuple(
        LocalEntityOutline(
            id=f"e{i}" if entity.id == "e1" else entity.id,
            kind=entity.kind,
            name=entity.name,
            forms=entity.forms,
            role=entity.role,
            age=entity.age,
            kin=entity.kin,
            descriptions=entity.descriptions,
            why=entity.why,
            n_mentions=entity.n_mentions,
        )
        for i, entity in enumerate(entities)
    )
    return Outline(
        document_id=f"d-{name}",
        name=f"{name}.txt",
        title=None,
        author=None,
        outlet=None,
        affiliation=None,
        owner=None,
        site=None,
        published_on=published_on,
        language="en",
        n_words=100,
        entities=numbered,
        events=events,
        word_runs=b"",
        within=within,
    )


def happened(
    name: str,
    n: int = 0,
    *,
    when: str | When | None = None,
    place: str | None = None,
    kind: str = "attack",
    killed: int | None = None,
    words: tuple[str, ...] = (),
    victims: tuple[str, ...] = (),
    yearless: tuple[tuple[str, str], ...] = (),
) -> LocalEvent:
    numbers = (f"{killed} killed",) if killed is not None else ()
    return LocalEvent(
        id=f"v-{name}{n}",
        document_id=f"d-{name}",
        kind=kind,
        statement_ids=(f"s-{name}{n}",),
        when=When(edtf=when, basis="stated") if isinstance(when, str) else when,
        place=place,
        victims=victims,
        killed=(killed, killed) if killed is not None else None,
        words=tuple(sorted((*words, *numbers))),
        yearless=yearless,
    )


def judged(
    kind: JudgementKind,
    *subjects: str,
    id: str = "j1",
    at: str = "2020-01-01T00:00:00Z",
    reason: str = "seen",
    value: str = "",
    by: str = "a reader",
    sequence: int = 0,
) -> Judgement:
    return Judgement(
        id=id, kind=kind, subjects=subjects, value=value, reason=reason, decided_by=by, decided_at=at, sequence=sequence
    )


class Story:
    """A document told sentence by sentence; a new paragraph begins with each call of `paragraph`."""

    def __init__(self, name: str = "story", published_on: str | None = "2018-06-20") -> None:
        self.name, self.published_on, self.text = name, published_on, ""
        self.blocks: list[Block] = []
        self.statements: list[Statement] = []
        self.entities: dict[str, LocalEntity] = {}
        self.mentions: list[Mention] = []

    def place(self, name: str, n_mentions: int = 1) -> None:
        self.entity("place", name, n_mentions)

    def entity(self, kind: EntityKind, name: str, n_mentions: int = 1) -> None:
        self.entities[name] = LocalEntity(
            id=f"e{len(self.entities)}", kind=kind, name=name, forms=(name,), n_mentions=n_mentions
        )

    def paragraph(self) -> None:
        self.text += "\n\n" if self.text else ""
        self.blocks.append(Block(kind="paragraph", start=len(self.text), end=len(self.text)))

    def say(
        self,
        quote: str,
        act: str,
        *,
        when: When | str | None = None,
        place: str | None = None,
        count: tuple[int, Counted] | None = None,
        modality: Modality = "asserted",
        same: bool = False,
        content: str | None = None,
    ) -> str:
        """Add a sentence with one statement, or with same another statement of the last sentence."""
        if not self.blocks:
            self.paragraph()
        if same:
            last = self.statements[-1]
            start, end, quote = last.start, last.end, last.quote
        else:
            start = len(self.text)
            self.text += quote + " "
            end = start + len(quote)
        content_start = start + quote.index(content) if content else start
        spoken = content or quote
        at = None
        if place:
            here = max(0, self.text.find(place, start))
            at = Words(start=here, end=here + len(place), words=place, name=place, entity=self.entities[place].id)
            self.mentions.append(
                Mention(start=here, end=here + len(place), words=place, kind="place", entity=at.entity or "")
            )
        self.statements.append(
            Statement(
                id=f"s-{self.name}-{len(self.statements)}",
                document_id=f"d-{self.name}",
                start=start,
                end=end,
                quote=quote,
                content_start=content_start,
                content_end=content_start + len(spoken),
                content=spoken,
                said_by=(),
                cue=None,
                act=act,
                actor=None,
                target=None,
                place=at,
                when=When(edtf=when, basis="stated") if isinstance(when, str) else when,
                count=Count(low=count[0], high=count[0], of=count[1]) if count else None,
                polarity="affirmed",
                modality=modality,
                confidence=1.0,
                extractor="test/1",
            )
        )
        self.blocks[-1] = Block(kind=self.blocks[-1].kind, start=self.blocks[-1].start, end=len(self.text))
        return self.statements[-1].id

    def document(self) -> Document:
        return Document(
            id=f"d-{self.name}", sha256="0" * 64, name=f"{self.name}.txt", media_type="text/plain", n_bytes=1
        )

    def reading(self) -> Reading:
        return Reading(
            document_id=f"d-{self.name}",
            text=self.text,
            title=None,
            author=None,
            outlet=None,
            published_on=self.published_on,
            language="en",
            blocks=tuple(self.blocks),
            reader="test/1",
        )

    def extraction(self) -> Extraction:
        return Extraction(
            document_id=f"d-{self.name}",
            statements=tuple(self.statements),
            entities=tuple(self.entities.values()),
            mentions=tuple(self.mentions),
        )
