"""Copied passages: found, directed, and not mistaken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.languages.shingles import digests
from muster.weigh import find_ties, independence_groups
from muster.weigh.copies import copied_ties, pair_of
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


def test_what_others_took_over_is_no_furniture_of_the_outlet():
    wires = [
        outline(f"wire{n}", f"{' '.join(f'w{n}x{k}' for k in range(60))} {WIRE}", outlet="Tidewire") for n in range(3)
    ]
    taker = outline("taker", f"{WIRE} {' '.join(f'own{k}' for k in range(60))}", outlet="Salt Times")
    assert any(taker.document_id in (tie.a, tie.b) for tie in copied(*wires, taker))


def test_two_texts_that_are_as_good_as_one_and_the_same_third_count_once():
    undated = [outline(f"long{n}", f"headline{n} {WIRE}") for n in range(2)]
    dated = outline("wire", WIRE, outlet="Tidewire", published_on="2017-03-14")
    documents = [*undated, dated]
    assert len(independence_groups(documents, find_ties(documents, ()))) == 1


def test_an_excerpt_with_words_changed_here_and_there_is_found():
    words = WIRE.split()[10:70]
    words[5::14] = ["another"] * len(words[5::14])
    (tie,) = copied(outline("wire", WIRE), outline("excerpt", " ".join(words)))
    assert tie.strong
    assert 0.3 < tie.share < 0.9


def test_a_statement_that_a_dozen_texts_quote_is_still_found_in_the_next():
    quoted = " ".join(WIRE.split()[:50])
    day = "2017-03-{:02}".format
    texts = [f"{' '.join(f'own{n}x{k}' for k in range(200))} {quoted}" for n in range(12)]
    ties = copied(*(outline(f"text{n}", text, published_on=day(n + 1)) for n, text in enumerate(texts)))
    assert {tie.strong for tie in ties} == {False}
    assert {document_id(f"text{n}") for n in range(12)} == {end for tie in ties for end in (tie.a, tie.b)}


def test_the_disclaimer_under_the_mails_of_one_host_is_no_copy():
    disclaimer = " ".join(OTHER.split()[:40])
    mails = [
        outline(f"m{n}", " ".join(f"m{n}x{k}" for k in range(60)) + " " + disclaimer, site="x.example")
        for n in range(4)
    ]
    assert copied(*mails) == []


def test_a_person_who_cut_a_tie_is_heard():
    first, second = outline("a", WIRE), outline("b", "Dawn raid " + WIRE)
    assert copied_ties([first, second], {pair_of(first, second)}) == ()


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=5), min_size=1, max_size=8), st.integers(0, 3))
def test_what_is_called_a_copy_is_contained_and_what_repeats_a_text_is_called_one(parts, seed):
    passages = [" ".join(f"p{p}s{seed}w{k}" for k in range(30)) for p in range(6)]
    documents = [outline(f"t{n}", " ".join(passages[p] for p in some)) for n, some in enumerate(parts)]
    runs = {o.document_id: set(digests(o.word_runs).tolist()) for o in documents}
    ties = copied(*documents)
    for tie in ties:
        a, b = runs[tie.a], runs[tie.b]
        assert tie.share == pytest.approx(len(a & b) / min(len(a), len(b)), abs=1e-4)
        assert tie.strong == (tie.share >= 0.3)
    tied = {end for tie in ties if tie.strong for end in (tie.a, tie.b)}
    for one in documents:
        for other in documents:
            if one is not other and runs[one.document_id] == runs[other.document_id]:
                assert one.document_id in tied


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
