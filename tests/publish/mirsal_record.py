"""A record made by hand of six documents of the invented place, so that publishing is tested on its own."""

from muster.casebook.record import Record
from muster.languages.shingles import shingles
from muster.records import (
    Acquisition,
    Alias,
    Answer,
    Disagreement,
    Document,
    Entity,
    Incident,
    LedgerEntry,
    LocalEntityOutline,
    Outline,
    Person,
    Problem,
    Question,
    Reject,
    SourceSheet,
    Statement,
    Tie,
)
from muster.weigh import group_of, independence_groups, make_context, origin_groups, origin_of
from tests.publish.mirsal_pile import Pile, make_pile


def make_record() -> Record:
    """The record: six documents, two incidents, four scripts of opinion."""
    pile = make_pile()
    d, s = pile.doc, {key: statement.id for key, statement in pile.statements.items()}
    outlines = tuple(_outline(pile, document) for document in pile.documents)
    entities = _entities(pile)
    ties = (
        Tie(
            a=min(d(1), d(2)),
            b=max(d(1), d(2)),
            kind="copied",
            strong=True,
            source=d(1),
            share=0.96,
            why="96 % of the shorter text stands in the other, under another headline; D1 is a day older.",
        ),
        Tie(
            a=min(d(2), d(3)),
            b=max(d(2), d(3)),
            kind="family_name",
            strong=False,
            why="T. Talvari and N. Talvari share a family name.",
        ),
    )
    groups = independence_groups(outlines, ties)
    groups = (*groups, *origin_groups(tuple(pile.statements.values()), make_context(outlines, entities, groups, ties)))
    context = make_context(outlines, entities, groups, ties)
    by_id = {statement.id: statement for statement in pile.statements.values()}

    def answer(value: str, *keys: str, low: int | None = None, high: int | None = None, denied: bool = False) -> Answer:
        ids = tuple(s[key] for key in keys)
        return Answer(
            value=value,
            low=low,
            high=high,
            denied=denied,
            statement_ids=ids,
            origins=tuple(sorted({origin_of(by_id[i], context) for i in ids})),
            groups=tuple(sorted({group_of(by_id[i], context) for i in ids})),
        )

    raid = tuple(sorted(i for key, i in s.items() if key not in {"fire", "no-fire", "mothers"}))
    incidents = tuple(
        sorted(
            (
                Incident(
                    id="i-00000000000000a1",
                    name="Entry of security forces into Camp Mirsal",
                    kind="attack",
                    when="2017-03-14",
                    place="Camp Mirsal",
                    place_entity="e-camp",
                    event_ids=(),
                    statement_ids=raid,
                    reasons=("Same kind of act, same place, same day in 5 documents.",),
                    dates=((s["noh"], "2017-03-14"), (s["adel-fa"], "2017-03-14"), (s["yusef-fa"], "2017-03-14")),
                ),
                Incident(
                    id="i-00000000000000b2",
                    name="Fire in the northern sector",
                    kind="death",
                    when="2017-08~",
                    place="Camp Mirsal",
                    place_entity="e-camp",
                    event_ids=(),
                    statement_ids=tuple(sorted((s["fire"], s["no-fire"]))),
                ),
            ),
            key=lambda i: i.id,
        )
    )
    one, two = "i-00000000000000a1", "i-00000000000000b2"
    questions = (
        Question(
            incident_id=one,
            kind="when",
            status="agreed",
            answers=(
                answer("2017-03-14", "broke", "broke-copy", "eleven", "nafat", "noh"),
                answer("2017-03-17", "friday"),
            ),
        ),
        Question(
            incident_id=one,
            kind="where",
            status="agreed",
            answers=(answer("Camp Mirsal", "broke", "broke-copy", "eleven", "graves"), answer("معسكر مرسال", "nafat")),
        ),
        Question(
            incident_id=one,
            kind="who",
            status="single origin",
            answers=(
                answer("Dorakhsh's battalion", "eleven", "friday"),
                answer("Security forces", "broke", "broke-copy"),
            ),
        ),
        Question(
            incident_id=one,
            kind="killed",
            status="disputed",
            low=0,
            high=11,
            low_origin="Interior Secretariat",
            high_origin="N. Talvari",
            answers=(
                answer("0", "nobody", "nobody-copy", "nafat", low=0, high=0, denied=False),
                answer("6", "six", "six-copy", low=6, high=6),
                answer("9", "noh", "graves", low=9, high=9),
                answer("11", "eleven", low=11, high=11),
            ),
        ),
        Question(
            incident_id=one,
            kind="injured",
            status="disputed",
            low=2,
            high=None,
            low_origin="Dr Mahin Orvandi",
            high_origin="N. Talvari",
            answers=(
                answer("41", "treated", "treated-copy", low=41, high=41),
                answer("62", "records", low=62, high=62),
                answer("2 or more", "critical", "critical-copy", low=2),
                answer("120", "wounded", low=120, high=120),
            ),
        ),
        Question(
            incident_id=one,
            kind="detained",
            status="disputed",
            low=30,
            high=41,
            low_origin="Brigadier Qasim Dorakhsh",
            high_origin="N. Talvari",
            answers=(
                answer("30", "custody", "custody-copy", "thalathin", low=30, high=30),
                answer("41", "prison", low=41, high=41),
            ),
        ),
        Question(incident_id=one, kind="missing", status="open", answers=()),
        Question(incident_id=two, kind="when", status="agreed", answers=(answer("2017-08", "fire"),)),
        Question(
            incident_id=two,
            kind="killed",
            status="single origin",
            low=2,
            high=4,
            low_origin="Residents' Council of Mirsal",
            high_origin="Residents' Council of Mirsal",
            answers=(answer("2-4", "fire", low=2, high=4),),
        ),
    )
    pair = lambda a, b: dict(zip(("a", "b"), sorted((s[a], s[b])), strict=True))  # noqa: E731
    disagreements = (
        Disagreement(
            **pair("nobody", "eleven"),
            kind="denial",
            incident_id=one,
            rank=0.95,
            why="Interior Secretariat says that nobody was killed; N. Talvari says that 11 were.",
        ),
        Disagreement(
            **pair("six", "eleven"),
            kind="count",
            incident_id=one,
            rank=0.7,
            why="6 killed according to Dr Mahin Orvandi, 11 according to N. Talvari: the numbers do not overlap.",
        ),
        Disagreement(
            **pair("six", "graves"), kind="count", incident_id=one, rank=0.6, why="6 killed against 9 killed."
        ),
        Disagreement(
            **pair("fire", "no-fire"),
            kind="denial",
            incident_id=two,
            rank=0.5,
            why="Residents' Council of Mirsal speaks of a fire; Interior Secretariat says that it knows of none.",
        ),
        Disagreement(
            a=s["friday"],
            b=None,
            kind="weekday",
            incident_id=one,
            rank=0.4,
            why="14 March 2017 was a Tuesday; it was a Friday in 2014, and next is in 2025.",
        ),
    )
    return Record(
        case="Camp Mirsal, 2017 (invented)",
        documents=tuple(sorted(pile.documents, key=lambda x: x.name)),
        outlines=tuple(sorted(outlines, key=lambda o: o.document_id)),
        statements=tuple(sorted(pile.statements.values(), key=lambda x: x.id)),
        entities=entities,
        incidents=incidents,
        ties=ties,
        groups=groups,
        disagreements=disagreements,
        questions=questions,
        people=_people(s, by_id, context),
        sources=_sources(pile, s),
        problems=(
            Problem(
                document_id=d(3),
                kind="pasted_title",
                at=120,
                words="You may also like: Seven killed in ferry accident",
                why="The title of another page stands in the middle of a sentence; it was cut out.",
            ),
            Problem(
                document_id=d(5),
                kind="bidi_control",
                at=44,
                words="شورای \u202eساکنان",
                why="A character that reverses the order of what follows.",
            ),
        ),
        rejects=(
            Reject(
                name="scan-of-the-roll.pdf",
                stage="read",
                code="no_text",
                message="The PDF holds pictures and no text.",
                hint="Run text recognition over it and add the result.",
            ),
        ),
        acquisitions=tuple(
            Acquisition(
                document_id=x.id,
                name=x.name,
                path="/private/desk/" + x.name,
                container=None,
                acquired_at="2026-11-20T08:00:00+00:00",
                acquired_by="private-desk-user",
            )
            for x in pile.documents
        ),
        reading=pile.readings.__getitem__,
    )


def _outline(pile: Pile, document: Document) -> Outline:
    reading = pile.readings[document.id]
    local = tuple(
        LocalEntityOutline(id=id_, kind=kind, name=name, forms=(name, *forms), descriptions=described)  # type: ignore[arg-type]
        for id_, kind, name, forms, described, numbers in LOCAL
        if int(document.name[:2]) in numbers
    )
    return Outline(
        document_id=document.id,
        name=document.name,
        title=reading.title,
        author=reading.author,
        outlet=reading.outlet,
        affiliation=None,
        owner=None,
        site=None,
        published_on=reading.published_on,
        language=reading.language,
        n_words=len(reading.text.split()),
        entities=local,
        events=(),
        word_runs=shingles(reading.text),
    )


LOCAL = (
    ("e1", "person", "Dr Mahin Orvandi", ("Orvandi",), ("the head of the hospital",), {1, 2}),
    ("e2", "group", "Interior Secretariat", ("the Secretariat", "الأمانة الداخلية"), (), {1, 2, 4, 6}),
    ("e3", "person", "Brigadier Qasim Dorakhsh", ("Dorakhsh",), ("the commander",), {1, 2, 3}),
    ("e5", "person", "سامر بلحضري", ("Samer Belhadri",), (), {4}),
    ("e6", "person", "نسرین تالوری", ("Nasrin Talvari",), (), {5}),
    ("e7", "group", "Residents' Council of Mirsal", ("the Council", "شورای ساکنان"), (), {5, 6}),
    ("e8", "person", "Adel Hamruni", ("عادل حمرونی",), (), {3, 5}),
    ("e9", "person", "Yusef Talvari", ("یوسف تالوری", "Yousef al-Talwari"), ("the commander",), {3, 5}),
    ("e0", "place", "Camp Mirsal", ("the former saltworks", "معسكر مرسال"), (), {1, 2, 3, 4, 6}),
)


def _entities(pile: Pile) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            id=f"e-{number:016x}",
            kind=kind,
            name=name,  # type: ignore[arg-type]
            aliases=tuple(Alias(form=form, document_ids=(pile.doc(min(numbers)),)) for form in sorted((name, *forms))),
            members=tuple(sorted((pile.doc(n), id_) for n in numbers)),
        )
        for number, (id_, kind, name, forms, _, numbers) in enumerate(LOCAL)
    )


def _people(s: dict[str, str], by_id: dict[str, Statement], context: object) -> tuple[Person, ...]:
    def entry(key: str, state: str, on: str | None, place: str | None) -> LedgerEntry:
        statement = by_id[s[key]]
        return LedgerEntry(
            statement_id=s[key],
            state=state,
            on=on,
            place=place,  # type: ignore[arg-type]
            origin=origin_of(statement, context),
            group=group_of(statement, context),
        )  # type: ignore[arg-type]

    dead = (entry("adel", "dead", "2017-03-14", "Camp Mirsal"), entry("adel-fa", "dead", "2017-03-14", None))
    gone = (entry("yusef", "missing", "2017-03-14", "Camp Mirsal"),)
    return (
        Person(
            entity_id=f"e-{6:016x}",
            name="Adel Hamruni",
            entries=dead,
            last_state="dead",
            last_on="2017-03-14",
            last_groups=tuple(sorted({e.group for e in dead})),
            accounted_for=True,
        ),
        Person(
            entity_id=f"e-{0:016x}",
            name="Dr Mahin Orvandi",
            entries=(),
            last_state=None,
            last_on=None,
            last_groups=(),
            accounted_for=True,
        ),
        Person(
            entity_id=f"e-{7:016x}",
            name="Yusef Talvari",
            entries=gone,
            last_state="missing",
            last_on="2017-03-14",
            last_groups=(gone[0].group,),
            accounted_for=False,
        ),
    )


def _sources(pile: Pile, s: dict[str, str]) -> tuple[SourceSheet, ...]:
    rows = (
        ("Harbour Courier", None, (2,), 7, ("o-wire",), (), (), 3),
        ("Observer Mission to Hazmar", None, (6,), 4, (), (), ("records",), 1),
        ("Skerrick Wire", "Skerrick Holdings", (1,), 7, (), ("o-courier",), ("treated",), 3),
        ("Voice of Mirsal", "Residents' Council of Mirsal", (3,), 6, (), (), ("wounded", "mothers"), 4),
        ("الأمانة الداخلية", "Government of Hazmar", (4,), 3, (), (), (), 2),
    )
    ids = {"Skerrick Wire": "o-wire", "Harbour Courier": "o-courier"}
    return tuple(
        SourceSheet(
            id=ids.get(name, f"o-{n}"),
            name=name,
            owner=owner,
            document_ids=tuple(pile.doc(x) for x in docs),
            n_statements=count,
            repeats=repeats,
            repeated_by=by,
            n_contradicted=against,
            alone_statement_ids=tuple(s[key] for key in alone),
        )
        for n, (name, owner, docs, count, repeats, by, alone, against) in enumerate(rows)
    )
