"""Some documents about one person of any name, to hold what is told with one name against another."""

from hashlib import sha256

from muster.casebook import Record
from muster.languages.shingles import fold_words, shingles
from muster.records import (
    Acquisition,
    Alias,
    Answer,
    Block,
    Disagreement,
    Document,
    Entity,
    Group,
    Incident,
    LedgerEntry,
    LocalEntityOutline,
    Merge,
    Outline,
    Person,
    Piece,
    Problem,
    Question,
    Reading,
    Reject,
    SourceSheet,
    Statement,
    Tie,
    Words,
)

KIN, OTHER = "Qudsiya", "Agneta Thorsvik"


def make_pile(first: str, family: str) -> Record:
    """Return the record: four documents, of which three name the person and one also a sister."""
    return _Pile(first, family).record()


def _digest(prefix: str, *parts: object) -> str:
    return prefix + sha256("|".join(map(str, parts)).encode()).hexdigest()[:16]


class _Pile:
    def __init__(self, first: str, family: str) -> None:
        self.full, self.family, self.kin = f"{first} {family}", family, f"{KIN} {family}"
        self.texts = {
            f"letter of {self.full}.txt": f"{self.full} was taken on Tuesday. {family}'s house was burnt.\n"
            f"They took {first.upper()} {family.upper()} at dawn, and {self.kin} saw it.",
            "second.txt": f"A friend wrote to {first.lower()}.{family.lower()}@post.example about the raid.\n"
            f"Guards deny that they took {family}. {OTHER} saw nobody.",
            "third.txt": f"{self.kin} has fled. {family.upper()} IS DEAD, say neighbours.",
            "fourth.txt": "Five men were taken on Tuesday. Nobody knows where they are.",
        }
        self.ids = {name: _digest("d-", text) for name, text in self.texts.items()}

    def record(self) -> Record:
        outlines = tuple(sorted((self._outline(name) for name in self.texts), key=lambda each: each.document_id))
        said = self._statements()
        statements = tuple(sorted(said, key=lambda each: each.id))
        me, kin = self._entity(self.full, "e1", {self.full, self.family}), self._entity(self.kin, "e2", {self.kin})
        day = "2017-03-14"
        incident = Incident(
            id=_digest("i-", *(each.id for each in statements)), name=f"Detention of {self.full}, 14 March 2017",
            kind="detention", when=day, place=None, place_entity=None, event_ids=(),
            statement_ids=tuple(each.id for each in statements), reasons=(f"both name {self.full}",),
        )  # fmt: skip
        first, second = sorted((self.ids["second.txt"], self.ids["third.txt"]))
        groups = tuple(
            sorted((Group(id=_digest("g-", id_), members=(id_,), why=()) for id_ in self.ids.values()),
                   key=lambda each: each.id)
        )  # fmt: skip
        answers = tuple(
            Answer(value=value, low=None, high=None, denied=False, statement_ids=(said[0].id,), groups=("g-1",),
                   origins=(origin,))
            for value, origin in sorted([(self.full, OTHER), (OTHER, self.full)])
        )  # fmt: skip
        entry = LedgerEntry(
            statement_id=said[0].id, state="detained", on=day, place=None, origin=self.full, group="g-1"
        )
        return Record(
            case=f"The case of {self.family}",
            documents=tuple(self._document(name) for name in sorted(self.texts)),
            outlines=outlines, statements=statements,
            entities=tuple(sorted((me, kin, self._entity(OTHER, "e3", {OTHER})), key=lambda each: each.id)),
            incidents=(incident,),
            ties=(Tie(a=first, b=second, kind="family_name", strong=False, why=f"both are called {self.family}"),),
            groups=groups,
            disagreements=(
                Disagreement(a=said[0].id, b=None, kind="denial", why=f"“{self.full}” is taken, and not taken.",
                             incident_id=incident.id),
            ),
            questions=(Question(incident_id=incident.id, kind="who", status="disputed", answers=answers),),
            people=tuple(
                sorted(
                    (
                        Person(entity_id=each.id, name=each.name, entries=(entry,), last_state="detained", last_on=day,
                               last_groups=("g-1",), accounted_for=True)
                        for each in (me, kin)
                    ),
                    key=lambda each: (each.name, each.entity_id),
                )
            ),
            sources=tuple(
                sorted(
                    (
                        SourceSheet(id=_digest("o-", name), name=name, owner=None, document_ids=(), n_statements=1,
                                    repeats=tuple(sorted((self.full, OTHER))), repeated_by=(),
                                    alone_statement_ids=(), n_contradicted=0)
                        for name in (self.full, OTHER, "Coastal Voice")
                    ),
                    key=lambda each: (each.name, each.id),
                )
            ),
            problems=(Problem(document_id=self.ids["second.txt"], kind="mixed_script", why="two scripts in one word",
                              words=self.family, at=self.texts["second.txt"].index(self.family + ".")),),
            rejects=(Reject(name=f"{self.full.replace(' ', '_')}.zip", stage="ingest", code="too_large",
                            message="The file is too large.", hint="", path=f"/home/{self.family.lower()}/x.zip"),),
            acquisitions=(
                Acquisition(document_id=self.ids["third.txt"], name="third.txt", path="/x/third.txt", container=None,
                            acquired_at="2026-01-01T00:00:00Z", acquired_by=None),
            ),
            reading=self._reading,
        )  # fmt: skip

    def _document(self, name: str) -> Document:
        data = self.texts[name].encode()
        return Document(
            id=self.ids[name], sha256=sha256(data).hexdigest(), name=name, media_type="text/plain", n_bytes=len(data)
        )

    def _reading(self, id_: str) -> Reading:
        name = next(each for each, own in self.ids.items() if own == id_)
        text = self.texts[name]
        return Reading(
            document_id=id_, text=text, title=None, author=self._author(name), outlet=None, published_on="2017-03-15",
            language="en", blocks=(Block(kind="paragraph", start=0, end=len(text)),),
            pieces=(Piece(start=0, end=len(text), part="", source_start=0, source_end=len(text)),), reader="plain/1",
        )  # fmt: skip

    def _author(self, name: str) -> str | None:
        return self.full if name == "second.txt" else None

    def _outline(self, name: str) -> Outline:
        text = self.texts[name]
        local = tuple(
            LocalEntityOutline(id=id_, kind="person", name=whole, forms=tuple(sorted(forms)), descriptions=described)
            for id_, whole, forms, described in (
                ("e1", self.full, {self.full, self.family}, ("his friend",)),
                ("e2", self.kin, {self.kin}, ("the sister",)),
                ("e3", OTHER, {OTHER}, ()),
            )
            if whole in text or (id_ == "e1" and self.family in text and self.kin not in text)
        )
        return Outline(
            document_id=self.ids[name], name=name, title=None, author=self._author(name), outlet=None, affiliation=None,
            owner=None, site=None, published_on="2017-03-15", language="en", n_words=len(fold_words(text)),
            entities=local, events=(), word_runs=shingles(text),
        )  # fmt: skip

    def _entity(self, name: str, local: str, forms: set[str]) -> Entity:
        outlines = [self._outline(each) for each in self.texts]
        members = tuple(sorted((o.document_id, local) for o in outlines if local in {e.id for e in o.entities}))
        ids = tuple(sorted({id_ for id_, _ in members}))
        return Entity(
            id=_digest("e-", *members[0]), kind="person", name=name, members=members,
            aliases=tuple(Alias(form=form, document_ids=ids) for form in sorted(forms)),
            merges=(Merge(a=name, b=sorted(forms)[0], score=1.0, why=f"“{name}” is written out"),),
        )  # fmt: skip

    def _statements(self) -> list[Statement]:
        made = []
        for name, text in self.texts.items():
            known = {each.id: each for each in self._outline(name).entities}
            at = 0
            for sentence in text.replace("\n", " ").split(". "):
                start = text.replace("\n", " ").index(sentence, at)
                at = start + len(sentence)
                made.append(self._statement(name, start, at, known))
        return made

    def _statement(self, name: str, start: int, end: int, known: dict[str, LocalEntityOutline]) -> Statement:
        quote = self.texts[name][start:end]
        target = None
        for id_, each in known.items():
            for form in each.forms:
                if form in quote:
                    at = start + quote.index(form)
                    target = Words(start=at, end=at + len(form), words=form, name=each.name, entity=id_)
        return Statement(
            id=_digest("s-", self.ids[name], start, end), document_id=self.ids[name], start=start, end=end, quote=quote,
            content_start=start, content_end=end, content=quote, said_by=(), cue=None, act="detain", actor=None,
            target=target, place=None, when=None, count=None, polarity="affirmed", modality="asserted",
            confidence=0.9, extractor="rules/1",
        )  # fmt: skip
