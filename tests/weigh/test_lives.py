"""Ages that births do not make, and lives after death, in one document."""

import pytest

from muster.records import Extraction, LocalEntity, Mention
from muster.weigh import check_document
from muster.weigh.finding import own_rank
from tests.weigh.made import document_id, reading, statement, words

ADA = words("Ada Quell", "e1", "Ada Quell")


def check(text, *statements, published_on="2018-03-20", language="en"):
    """What is found in a text whose every "Ada Quell" is e1 and every "Sami Derwazi" e2."""
    people = {"Ada Quell": "e1", "Sami Derwazi": "e2"}
    mentions = tuple(
        Mention(start=at, end=at + len(name), words=name, kind="person", entity=id_)
        for name, id_ in people.items()
        for at in range(len(text))
        if text.startswith(name, at)
    )
    found = Extraction(
        document_id=document_id("one"),
        statements=statements or (statement("one", "kill", text),),
        entities=tuple(LocalEntity(id=id_, kind="person", name=name, forms=(name,)) for name, id_ in people.items()),
        mentions=mentions,
    )
    return check_document(reading(text, published_on=published_on, language=language), found)


@pytest.mark.parametrize(
    ("text", "language", "why"),
    [
        ("Ada Quell, 34, was shot. Ada Quell was born in 1995.", "en", "“Ada Quell, 34” does not fit “born in 1995”"),
        ("The 34-year-old Ada Quell, who was born on 3 May 1995, was shot.", "en", "which makes 22 or 23 in 2018"),
        ("قتلت Ada Quell البالغة من العمر 34 عاما من مواليد 1999.", "ar", "which makes 18 or 19 in 2018"),
        ("Ada Quell، ۳۴ ساله، متولد ۱۳۷۴ کشته شد.", "fa", "which makes 21 to 23 in 2018"),
    ],
)
def test_an_age_that_the_birth_does_not_make(text, language, why):
    (one,) = check(text, language=language)
    assert (one.kind, one.b) == ("date", None)
    assert why in one.why


@pytest.mark.parametrize(
    "text",
    [
        "Ada Quell, 22, was shot. Ada Quell was born in 1995.",
        "Ada Quell, 22, was shot on 14 March 2017. Ada Quell was born in 1994.",  # 22 then, not when it was written
        "Ada Quell, 34, was shot; Sami Derwazi was born in 1995.",
        "Ada Quell, 34, was shot. The school was built in 1995.",
        "Ada Quell, 34 metres from the gate, was born in 1995.",
    ],
)
def test_an_age_that_fits_or_is_another_s(text):
    assert check(text) == ()


def test_without_a_year_to_hold_it_against_no_age_is_wrong():
    assert check("Ada Quell, 34, was shot. Ada Quell was born in 1995.", published_on=None) == ()


def dead(when="2017-03-14", **given):
    return statement("one", "kill", "Ada Quell was shot dead", target=ADA, when=when, **given)


@pytest.mark.parametrize(
    ("act", "role", "when", "wrong"),
    [
        ("interview_or_visit", "target", "2017-06-18", True),
        ("escape", "actor", "2017-03-15", True),
        ("escape", "actor", "2017-03-14", False),  # on the same day it may have been before
        ("interview_or_visit", "target", "2017-03-01", False),
        ("transfer", "target", "2017-06-18", False),  # her body may have been
        ("interview_or_visit", "target", "2017", False),
    ],
)
def test_alive_after_dead(act, role, when, wrong):
    later = statement("one", act, "what was told of her", when=when, start=100, **{role: ADA})
    found = check("Ada Quell was shot dead", dead(), later)
    assert bool(found) is wrong
    if wrong:
        assert "“Ada Quell was shot dead” (2017-03-14)" in found[0].why
        assert f"“what was told of her” ({when})" in found[0].why


def test_a_denied_or_planned_deed_brings_nobody_to_life():
    for given in ({"polarity": "denied"}, {"modality": "planned"}):
        later = statement("one", "release", "she was freed", when="2017-06-18", target=ADA, start=100, **given)
        assert check("Ada Quell was shot dead", dead(), later) == ()


def test_what_changes_most_comes_first():
    kill, attack, offer = (statement("one", act, "x") for act in ("kill", "attack", "offer"))
    ranks = [own_rank(what, kill) for what in ("alive", "weekday", "sum", "dateline", "age")]
    assert ranks == sorted(ranks, reverse=True)
    assert own_rank("weekday", kill) > own_rank("weekday", attack) > own_rank("weekday", offer)
