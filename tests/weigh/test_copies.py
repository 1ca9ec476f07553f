"""Copied passages: found, directed, and not mistaken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.weigh import find_ties, independence_groups
from tests.weigh.made import document_id, outline

WIRE = (
    "OSMIRA - Six residents of the salt works were killed when soldiers entered before dawn on Tuesday, the hospital "
    "in the harbour town said. The matron counted forty-one wounded, most of them hit in the legs. A secretary of the "
    "interior said that nobody had been hurt and that the battalion had not fired. Residents showed reporters a wall "
    "with eleven holes in it and a hut whose roof had burned. The mission asked for entry and was told to come back "
    "after the feast. It was the third time since the winter that soldiers had come through the eastern fence."
)
OTHER = (
    "Nine women walked to the water tower on Sunday and sat down in the road until the lorries turned round. They had "
    "been promised flour in March and again in May. The foreman of the pans said that he could not feed them and that "
    "the company had written to the ministry twice. A boy who sells tea counted sixty drivers in the queue at noon."
)


def copied(*outlines):
    return [tie for tie in find_ties(outlines, ()) if tie.kind == "copied"]


def test_a_reprint_under_another_headline_is_tied_to_the_earlier_text():
    first = outline("wire", WIRE, published_on="2017-03-14")
    reprint = outline("paper", "Dawn raid " + WIRE.replace("Six residents", "Six people"), published_on="2017-03-15")
    (tie,) = copied(reprint, first)
    assert (tie.strong, tie.source) == (True, first.document_id)
    assert tie.share > 0.9
    assert "2017-03-14" in tie.why


def test_an_excerpt_of_sixty_words_is_found():
    excerpt = outline("excerpt", " ".join(WIRE.split()[10:70]), published_on="2017-04-01")
    (tie,) = copied(outline("wire", WIRE, published_on="2017-03-14"), excerpt)
    assert tie.source == document_id("wire")
    assert tie.share == 1.0


def test_a_spliced_text_is_tied_to_both_its_sources_and_belongs_to_the_main_one():
    sources = [outline("wire", WIRE, published_on="2017-03-14"), outline("other", OTHER, published_on="2017-03-14")]
    splice = outline("splice", WIRE + " " + " ".join(OTHER.split()[:50]), published_on="2017-03-20")
    documents = [*sources, splice]
    ties = copied(*documents)
    assert {(tie.source, tie.strong) for tie in ties} == {(s.document_id, True) for s in sources}
    groups = {member: group.id for group in independence_groups(documents, ties) for member in group.members}
    assert groups[splice.document_id] == groups[sources[0].document_id] != groups[sources[1].document_id]


def test_two_reports_of_one_event_in_their_own_words_are_not_copies():
    rewritten = (
        "Soldiers came through the eastern fence of the salt works on Tuesday. The hospital spoke of six dead and 41 "
        "wounded; the interior secretary denies any. Holes in a wall were shown to the press, and one hut had burned."
    )
    assert copied(outline("wire", WIRE), outline("own", rewritten)) == []


def test_the_furniture_of_an_outlet_is_no_copy():
    footer = " Subscribe to the Harbour Post today and read every story before breakfast for less than a loaf of bread."
    texts = [" ".join(f"{word}{n}" for word in OTHER.split()[:40]) for n in range(4)]
    posts = [outline(f"post{n}", text + footer, outlet="Harbour Post") for n, text in enumerate(texts)]
    assert copied(*posts) == []


def test_forty_reprints_give_forty_ties_and_one_group():
    papers = [outline(f"paper{n}", f"Headline {n} {WIRE}", published_on="2017-03-15") for n in range(40)]
    documents = [outline("wire", WIRE, published_on="2017-03-14"), *papers]
    ties = copied(*documents)
    assert len(ties) == 40
    assert {tie.source for tie in ties} == {document_id("wire")}
    assert len(independence_groups(documents, ties)) == 1


def test_who_credits_an_agency_is_the_one_that_copied_whatever_the_dates_say():
    agency = outline("agency", WIRE, outlet="Tidewire", published_on="2017-03-15")
    paper = outline("paper", WIRE, outlet="Harbour Post", published_on="2017-03-14", credits=("Tidewire",))
    (tie,) = copied(agency, paper)
    assert tie.source == agency.document_id
    assert "credits Tidewire" in tie.why


@pytest.mark.parametrize(
    ("one", "other", "earlier"),
    [
        ("XXXX-03-15", "2017-03-16", "one"),
        ("XXXX-03-17", "2017-03-16", "other"),
        ("XXXX-12-31", "2018-01-01", "one"),
        ("XXXX-03-15", "XXXX-03-16", "one"),
        ("2017-03", "2017-04-02", "one"),
    ],
)
def test_a_date_without_a_year_is_taken_nearest_to_the_other(one, other, earlier):
    documents = outline("one", WIRE, published_on=one), outline("other", WIRE, published_on=other)
    (tie,) = copied(*documents)
    assert tie.source == document_id(earlier)


def test_where_nothing_tells_which_came_first_no_source_is_named():
    (tie,) = copied(outline("a", WIRE), outline("b", WIRE))
    assert tie.source is None
    assert tie.strong


def test_a_passage_in_an_own_report_is_a_caution():
    wire = outline("wire", f"{WIRE} {' '.join(f'wire{n}' for n in range(80))}", published_on="2017-03-14")
    own = outline("own", f"{' '.join(f'own{n}' for n in range(200))} {' '.join(WIRE.split()[:40])}")
    (tie,) = copied(wire, own)
    assert not tie.strong
    assert tie.share < 0.3
    assert "about 40 words" in tie.why
    assert len(independence_groups([wire, own], [tie])) == 2


@pytest.mark.parametrize("text", ["", "Two words", WIRE])
def test_a_single_document_has_no_ties(text):
    assert find_ties([outline("one", text)], ()) == ()


@given(st.permutations(range(6)))
def test_the_order_of_documents_does_not_matter(order):
    documents = [
        outline("wire", WIRE, published_on="2017-03-14", outlet="Tidewire"),
        outline("reprint", "A headline " + WIRE, published_on="2017-03-15", outlet="Harbour Post"),
        outline("excerpt", " ".join(WIRE.split()[10:60]), outlet="Harbour Post"),
        outline("other", OTHER, author="Ada Quell"),
        outline("more", OTHER.replace("Nine", "Ten"), author="Ada Quell", outlet="Tidewire"),
        outline("splice", WIRE[:300] + OTHER, author="Bo Quell"),
    ]
    shuffled = [documents[n] for n in order]
    ties = find_ties(documents, ())
    assert find_ties(shuffled, ()) == ties
    assert independence_groups(shuffled, ties) == independence_groups(documents, ties)
