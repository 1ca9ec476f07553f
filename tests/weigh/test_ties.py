"""Ties by name: author, outlet, owner, credit, family name, site."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.records import Judgement
from muster.weigh import find_ties, independence_groups
from muster.weigh.names import authors, body_of_office, family_names, name_words
from tests.weigh.made import document_id, entity, outline


def kinds(*outlines, entities=(), judgements=()):
    return {(tie.kind, tie.strong) for tie in find_ties(outlines, entities, judgements)}


def judgement(id_, kind, *subjects, at="2020-01-01T00:00:00Z"):
    return Judgement(
        id=id_, kind=kind, subjects=subjects, value="", reason="I asked them", decided_by="Ines", decided_at=at
    )


def test_one_author_in_two_outlets_is_a_dependence():
    assert kinds(
        outline("a", author="Ada Quell", outlet="Harbour Post"), outline("b", author="ada quell", outlet="Salt and Ink")
    ) == {("author", True)}


def test_an_owner_that_publishes_under_its_own_name_is_tied_to_what_it_owns():
    (tie,) = find_ties([outline("a", outlet="Pan Company"), outline("b", outlet="Pan News", owner="Pan Company")], ())
    assert (tie.kind, tie.strong) == ("owner", True)
    assert "Pan Company" in tie.why


def test_two_names_of_one_entity_are_one_outlet():
    known = entity("1", "group", "Coast Rights Watch", forms=("CRW",))
    assert kinds(outline("a", outlet="CRW"), outline("b", outlet="Coast Rights Watch"), entities=[known]) == {
        ("outlet", True)
    }


def test_a_form_that_two_entities_go_by_ties_nothing():
    two = [
        entity("1", "group", "Coast Rights Watch", forms=("CRW",)),
        entity("2", "group", "Crab Workers", forms=("CRW",)),
    ]
    assert kinds(outline("a", outlet="CRW"), outline("b", outlet="Coast Rights Watch"), entities=two) == set()


def test_the_initials_of_one_outlet_are_its_name():
    (tie,) = find_ties([outline("a", outlet="HLD"), outline("b", outlet="The Hazmar Ledger Daily")], ())
    assert (tie.kind, tie.strong) == ("outlet", True)
    assert "HLD" in tie.why


def test_initials_that_fit_two_outlets_are_nobodys():
    three = [
        outline("a", outlet="HLD"),
        outline("b", outlet="Hazmar Ledger Daily"),
        outline("c", outlet="Harbour Lights Desk"),
    ]
    assert kinds(*three) == set()


def test_who_credits_an_agency_by_its_initials_draws_on_it():
    agency = outline("a", outlet="Tidewater News Agency")
    (tie,) = find_ties([agency, outline("b", outlet="Harbour Post", credits=("TNA",))], ())
    assert (tie.kind, tie.strong, tie.source) == ("credit", True, agency.document_id)


def test_the_press_office_of_a_body_signs_for_it():
    (tie,) = find_ties(
        [outline("a", author="Press office of the Panworkers' Union"), outline("b", outlet="Panworkers' Union")], ()
    )
    assert (tie.kind, tie.strong) == ("affiliation", True)


@pytest.mark.parametrize("byline", ["Bo Reth of Osmira", "Press office of the residents", "Office", "Queen of Salt"])
def test_other_bylines_are_no_offices(byline):
    assert body_of_office(byline) is None


RETH = entity("reth", "person", "Bo Reth", "a", "b", "c")


def said_by_reth(name, **given):
    return outline(name, entities=[("reth", "person", "Bo Reth")], voice="reth", **given)


def test_unsigned_texts_that_carry_one_mans_words_alone_depend_on_each_other():
    (tie,) = find_ties([said_by_reth("a"), said_by_reth("b")], [RETH])
    assert (tie.kind, tie.strong) == ("speaker", True)
    assert "both in the words of Bo Reth" in tie.why


def test_newspapers_that_carry_one_mans_words_alone_are_a_caution():
    papers = [said_by_reth("a", outlet="Harbour Post"), said_by_reth("b", outlet="Salt Times"), said_by_reth("c")]
    ties = find_ties(papers, [RETH])
    assert {(tie.kind, tie.strong) for tie in ties} == {("speaker", False)}
    assert len(ties) == 2
    assert len(independence_groups(papers, ties)) == 3


def test_an_unsigned_text_in_the_words_of_a_body_belongs_to_what_that_body_publishes():
    union = entity("u", "group", "Panworkers' Union", "a")
    unsigned = outline("a", entities=[("u", "group", "Panworkers' Union")], voice="u")
    (tie,) = find_ties([unsigned, outline("b", outlet="Panworkers' Union")], [union])
    assert (tie.kind, tie.strong) == ("speaker", True)


def test_a_mail_host_that_spells_a_publisher_is_a_caution():
    (tie,) = find_ties(
        [outline("a.eml", site="panworkers-union.example"), outline("b", outlet="The Panworkers Union")], ()
    )
    assert (tie.kind, tie.strong) == ("site", False)
    assert "spells The Panworkers Union" in tie.why


@pytest.mark.parametrize("byline", ["Staff", "Our correspondent", "هيئة التحرير", "تحریریه"])
def test_a_byline_that_names_nobody_ties_nothing(byline):
    assert (
        kinds(outline("a", author=byline, outlet="Harbour Post"), outline("b", author=byline, outlet="Salt and Ink"))
        == set()
    )


def test_a_shared_family_name_is_a_caution_that_names_both():
    (tie,) = find_ties([outline("a", author="Massud Orvani"), outline("b", author="Anne Orvani (Sedley)")], ())
    assert (tie.kind, tie.strong) == ("family_name", False)
    assert "Massud Orvani" in tie.why
    assert "Anne Orvani (Sedley)" in tie.why
    assert independence_groups([outline("a"), outline("b")], [tie])[0].members != (document_id("a"), document_id("b"))


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("Anne Orvani (Sedley)", {"orvani", "sedley"}),
        ("Omar al-Tarmuni", {"tarmuni"}),
        ("عمر الطرموني", {"طرموني"}),
        ("Dr. Ada Quell Jr.", {"quell"}),
        ("R. Quell", {"quell"}),
        ("Press office of the residents", set()),
        ("Mina", set()),
    ],
)
def test_family_names(name, families):
    assert family_names(name) == families


def test_a_byline_of_two_is_two_authors():
    assert authors("Ada Quell and Bo Reth <bo@post.example>") == ("Ada Quell", "Bo Reth")


def test_a_mail_domain_is_a_caution_and_a_free_one_is_not():
    ours = [outline("a", author="Ada Quell <ada@panlist.example>"), outline("b", author="Bo Reth <bo@panlist.example>")]
    free = [outline("a", author="Ada Quell <ada@gmail.com>"), outline("b", author="Bo Reth <bo@gmail.com>")]
    assert kinds(*ours) == {("site", False)}
    assert kinds(*free) == set()


def test_a_document_that_credits_an_agency_depends_on_it():
    agency, paper = outline("agency", outlet="Tidewire"), outline("paper", outlet="Harbour Post", credits=("Tidewire",))
    (tie,) = find_ties([agency, paper], ())
    assert (tie.kind, tie.strong, tie.source) == ("credit", True, agency.document_id)


def test_two_papers_that_credit_an_absent_agency_depend_on_each_other():
    papers = [
        outline("a", outlet="Harbour Post", credits=("Tidewire",)),
        outline("b", outlet="Salt Times", credits=("Tidewire",)),
    ]
    assert kinds(*papers) == {("credit", True)}


def test_a_digest_of_two_agencies_does_not_make_them_one():
    documents = [
        outline("a", outlet="Tidewire"),
        outline("b", outlet="Coast Press"),
        outline("digest", credits=("Tidewire", "Coast Press")),
    ]
    ties = find_ties(documents, ())
    assert {tie.strong for tie in ties} == {False}
    assert len(independence_groups(documents, ties)) == 3


def test_a_wire_in_two_newspapers_does_not_make_the_newspapers_one():
    text = (
        "Nine women walked to the water tower on Sunday and sat down in the road until the lorries turned round at last"
    )
    documents = [
        outline("wire", text, outlet="Tidewire", author="Ada Quell", published_on="2017-03-01"),
        outline("post-wire", text, outlet="Harbour Post", author="Ada Quell", published_on="2017-03-02"),
        outline("times-wire", text, outlet="Salt Times", author="Ada Quell", published_on="2017-03-02"),
        outline("post-own", "The mayor opened a bridge", outlet="Harbour Post"),
        outline("times-own", "A ship came in with flour", outlet="Salt Times"),
    ]
    groups = {frozenset(group.members) for group in independence_groups(documents, find_ties(documents, ()))}
    assert groups == {
        frozenset(map(document_id, ("wire", "post-wire", "times-wire"))),
        frozenset({document_id("post-own")}),
        frozenset({document_id("times-own")}),
    }


def test_many_documents_of_one_outlet_are_tied_to_the_first_and_are_one_group():
    documents = [outline(f"{n}", outlet="Harbour Post", published_on=f"2017-03-{n + 1:02}") for n in range(30)]
    ties = find_ties(documents, ())
    assert len(ties) == 29
    assert len(independence_groups(documents, ties)) == 1


def test_a_person_can_tie_and_untie():
    a, b = (
        outline("a", author="Ada Quell", outlet="Harbour Post"),
        outline("b", author="Ada Quell", outlet="Salt Times"),
    )
    apart = outline("c")
    cut = judgement("j1", "cut_tie", a.document_id, b.document_id)
    joined = judgement("j2", "tie", a.document_id, apart.document_id, at="2020-01-02T00:00:00Z")
    ties = find_ties([a, b, apart], (), [cut, joined])
    assert [(tie.kind, {tie.a, tie.b}) for tie in ties] == [("origin", {a.document_id, apart.document_id})]
    assert "Ines" in ties[0].why


@given(st.text(alphabet="aZ9 ét(.@-'", max_size=12))
def test_a_plain_name_is_read_as_any_other(name: str) -> None:
    marked = f"{name}."  # a stop changes nothing of what is compared, but the name is no longer plain
    assert name_words(name) == name_words(marked) or "@" in name
