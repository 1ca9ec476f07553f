"""Whose words a statement counts for."""

from hypothesis import given
from hypothesis import strategies as st

from muster.records import LocalEntityOutline
from muster.weigh import group_of, lookups, make_context, origin_groups, origin_of
from tests.weigh.made import document_id, entity, outline, statement, weigh, words

SENTENCE = "Nine women walked to the water tower on Sunday and sat down in the road until the lorries turned round."
REST = " ".join(f"word{n}" for n in range(60))


def test_the_author_is_the_origin_of_what_nobody_else_is_said_to_say():
    context = weigh(
        [outline("a", author="Ada Quell", outlet="Harbour Post"), outline("b", outlet="Salt Times"), outline("c.txt")]
    )
    assert [origin_of(statement(d, "kill", "six died"), context) for d in ("a", "b", "c.txt")] == [
        "Ada Quell",
        "Salt Times",
        "c.txt",
    ]


def test_the_innermost_named_speaker_is_the_origin():
    hospital = entity("e1", "group", "Harbour Hospital", "a")
    context = weigh([outline("a", outlet="Harbour Post", entities=[("e1", "group", "Harbour Hospital")])], [hospital])
    said = statement("a", "kill", "six died", by=["the agency", words("the hospital", "e1"), "two officials"])
    assert origin_of(said, context) == "Harbour Hospital"


def test_one_speaker_in_two_newspapers_is_one_voice():
    matron = entity("e1", "person", "Mara Tull", "a", "b")
    outlines = [outline(d, outlet=d, entities=[("e1", "person", "Mara Tull")]) for d in ("a", "b")]
    context = weigh(outlines, [matron])
    one, other = (statement(d, "kill", "six died", by=[words("the matron", "e1")]) for d in ("a", "b"))
    assert group_of(one, context) == group_of(other, context)
    assert group_of(one, context) != group_of(statement("a", "kill", "six died"), context)


def test_unnamed_speakers_count_for_the_document_that_quotes_them():
    context = weigh([outline("a", outlet="Harbour Post")])
    assert group_of(statement("a", "kill", "six died", by=["two officials"]), context) == group_of(
        statement("a", "kill", "nine died"), context
    )


def test_whoever_publishes_a_document_counts_with_it_when_quoted_elsewhere():
    mission = entity("e1", "group", "Coast Mission", "b")
    outlines = [
        outline("a", outlet="Coast Mission"),
        outline("b", outlet="Post", entities=[("e1", "group", "Coast Mission")]),
    ]
    context = weigh(outlines, [mission])
    quoted = statement("b", "kill", "six died", by=[words("the mission", "e1")])
    assert group_of(quoted, context) == group_of(statement("a", "kill", "six died"), context)


def test_two_spokesmen_of_one_body_are_one_voice():
    union = entity("e1", "group", "Panworkers' Union", "a", "b")
    people = [entity("e2", "person", "Bo Reth", "a"), entity("e3", "person", "Ina Sorl", "b")]
    outlines = [
        outline(
            d,
            outlet=d,
            entities=[
                ("e1", "group", "Panworkers' Union"),
                LocalEntityOutline(
                    id=id_, kind="person", name=name, forms=(name,), role="spokesman for the Panworkers' Union"
                ),
            ],
        )
        for d, id_, name in (("a", "e2", "Bo Reth"), ("b", "e3", "Ina Sorl"))
    ]
    context = weigh(outlines, [union, *people])
    said = [
        statement("a", "kill", "six", by=[words("Reth", "e2")]),
        statement("b", "kill", "six", by=[words("Sorl", "e3")]),
    ]
    assert len({group_of(s, context) for s in said}) == 1


def test_an_unsigned_text_counts_for_the_one_whose_words_it_carries():
    reth = entity("e1", "person", "Bo Reth", "a", "b")
    named = [("e1", "person", "Bo Reth")]
    context = weigh(
        [outline("a", entities=named, voice="e1"), outline("b", outlet="Harbour Post", entities=named)], [reth]
    )
    quoted = statement("b", "kill", "six died", by=[words("Reth", "e1")])
    assert group_of(quoted, context) == group_of(statement("a", "kill", "six died"), context)
    assert group_of(quoted, context) != group_of(statement("b", "kill", "six died"), context)


def test_a_passage_taken_over_counts_for_the_text_it_was_taken_from():
    source = outline("source", SENTENCE * 2, outlet="Tidewire", published_on="2017-03-01")
    taker = outline("taker", f"{SENTENCE} {REST}", outlet="Salt Times", published_on="2017-03-02", n_words=80)
    context = weigh([source, taker])
    assert document_id("source") in context.sources[document_id("taker")]
    assert group_of(statement("taker", "demonstrate", SENTENCE), context) == context.groups[document_id("source")]
    assert group_of(statement("taker", "kill", REST[:80]), context) == context.groups[document_id("taker")]


def test_a_sentence_that_was_copied_twice_over_counts_for_the_first_of_the_chain():
    wire = outline("wire", f"{REST} {SENTENCE}", outlet="Tidewire", published_on="2017-03-01")
    own = " ".join(f"own{n}" for n in range(60))
    paper = outline("paper", f"{own} {REST} {SENTENCE}", outlet="Post", published_on="2017-03-02")
    excerpt = outline("excerpt", f"{own} {SENTENCE}", outlet="Salt Times", published_on="2017-03-03")
    context = weigh([wire, paper, excerpt])
    said = [statement(name, "demonstrate", SENTENCE) for name in ("wire", "paper", "excerpt")]
    assert {group_of(s, context) for s in said} == {context.groups[wire.document_id]}


PARAGRAPHS = tuple(" ".join(f"paragraph{n}word{k}" for k in range(40)) for n in range(5))
RETH = entity("reth", "person", "Bo Reth", *"abcd", *(f"copy{n}" for n in range(4)))
REPORTS = [
    ("a", PARAGRAPHS[0] + " " + PARAGRAPHS[1], {"outlet": "Tidewire", "published_on": "2017-03-01"}),
    ("b", PARAGRAPHS[2], {"author": "Ada Quell", "outlet": "Harbour Post", "published_on": "2017-03-02"}),
    ("c", PARAGRAPHS[3] + " " + PARAGRAPHS[1], {"author": "Ina Sorl", "published_on": "2017-03-03"}),
    ("d", PARAGRAPHS[4], {"voice": "reth"}),
]


def told_by(name, text, **given):
    """A document that tells of each of its paragraphs twice: in its own name, and as what Bo Reth says."""
    made = outline(name, text, entities=[("reth", "person", "Bo Reth")], **given)
    own = [statement(name, "kill", paragraph) for paragraph in PARAGRAPHS if paragraph[:60] in text]
    return made, [*own, *(statement(name, "kill", s.content, by=[words("Reth", "reth")]) for s in own)]


def support(documents):
    """By paragraph, how many independent groups tell of it."""
    context = weigh([made for made, _ in documents], [RETH])
    said = [s for _, statements in documents for s in statements]
    return {p: len({group_of(s, context) for s in said if s.content == p}) for p in PARAGRAPHS}


copies = st.tuples(
    st.integers(0, len(REPORTS) - 1),
    st.sampled_from([(0, None), (0, 50), (0, 35), (30, None)]),
    st.sampled_from([None, "Paper", "Harbour Post", "Tidewire"]),
    st.sampled_from([None, "Ada Quell", "Piet Marn"]),
    st.sampled_from([None, "2017-03-04", "2017-12-01"]),
    st.sampled_from([None, "reth"]),
)


@given(st.lists(copies, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_a_copy_never_adds_support(made_of, random):
    reports = [told_by(name, text, **given) for name, text, given in REPORTS]
    reprints = []
    for n, (of, (start, end), outlet, author, day, voice) in enumerate(made_of):
        text = " ".join(REPORTS[of][1].split()[start:end])
        reprints.append(
            told_by(f"copy{n}", f"headline{n} {text}", outlet=outlet, author=author, published_on=day, voice=voice)
        )
    before = support(reports)
    documents = [*reports, *reprints]
    random.shuffle(documents)
    after = support(documents)
    assert all(after[paragraph] <= before[paragraph] for paragraph in PARAGRAPHS)


@given(st.integers(0, 4))
def test_reprints_change_no_number_of_groups(n_copies):
    wire = outline("wire", SENTENCE + REST, outlet="Tidewire", published_on="2017-03-01")
    copies = [
        outline(f"copy{n}", f"Headline {n} {SENTENCE} {REST}", outlet=f"Paper {n}", published_on="2017-03-02")
        for n in range(n_copies)
    ]
    context = weigh([wire, *copies])
    said = [statement(o.name, "demonstrate", SENTENCE) for o in (wire, *copies)]
    assert len({group_of(s, context) for s in said}) == 1


def test_what_weighing_looks_up_changes_when_a_quoted_body_publishes():
    mission = entity("e1", "group", "Coast Mission", "b")
    b = outline("b", outlet="Post", entities=[("e1", "group", "Coast Mission")])
    before, after = weigh([b], [mission]), weigh([b, outline("a", outlet="Coast Mission")], [mission])
    assert lookups(before)[document_id("b")] != lookups(after)[document_id("b")]
    assert (
        lookups(before)[document_id("b")]
        == lookups(weigh([b, outline("c", outlet="Other")], [mission]))[document_id("b")]
    )


def test_the_groups_of_speakers_are_explained():
    matron = entity("e1", "person", "Mara Tull", "a")
    context = weigh([outline("a", entities=[("e1", "person", "Mara Tull")])], [matron])
    said = statement("a", "kill", "six died", by=[words("the matron", "e1")])
    (group,) = origin_groups([said], context)
    assert (group.id, group.members) == (group_of(said, context), ("Mara Tull",))


def test_places_lie_in_places_through_a_chain():
    places = [entity(f"e{n}", "place", name, "a") for n, name in enumerate(("the ward", "the camp", "the province"))]
    local = [(f"e{n}", "place", p.name) for n, p in enumerate(places)]
    context = make_context([outline("a", entities=local, within=(("e0", "e1"), ("e1", "e2")))], places, [])
    assert context.within["e-e0"] == {"e-e1", "e-e2"}
