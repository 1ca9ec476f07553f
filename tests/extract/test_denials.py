"""Claims and denials of responsibility, and the deed that is denied beside them."""

from collections.abc import Callable

import pytest

from muster.records import Extraction

Extract = Callable[..., Extraction]


def _acts(found: Extraction) -> set[tuple[str, tuple[str, ...], str]]:
    return {(s.act, tuple(w.name for w in s.said_by), s.polarity) for s in found.statements}


@pytest.mark.parametrize(
    ("text", "act", "speaker"),
    [
        ("The army denied allegations of torture.", "ill_treat", "army"),
        ("The army denied that any unit had fired on the town.", "attack", "army"),
        ("The council denied that anybody had been beaten.", "ill_treat", "council"),
        ("Belqara denied that its troops were involved.", "attack", "Belqara"),
        ("Colonel Vey denied having given any such order.", "attack", "Colonel Vey"),
        ("The command said that none of its planes had flown over the gorge.", "attack", "The command"),
        ("The governor said his men had not set foot in the delta.", "attack", "The governor"),
        ("The police chief said that his officers had used nothing deadlier than water.", "attack", "The police chief"),
        ("The army has said that it did not fire on the camp.", "attack", "army"),
        ("The army denied the attack.", "attack", "army"),
        ("The government denied the killings.", "kill", "government"),
        ("The ministry rejects categorically the allegations of ill-treatment.", "ill_treat", "The ministry"),
        ("The police of Narmul denied that officers had entered the centre.", "attack", "The police of Narmul"),
        ("The company insists that its staff never fired a shot.", "attack", "The company"),
    ],
)
def test_who_denies_a_deed_denies_responsibility_and_the_deed(
    extract: Extract, text: str, act: str, speaker: str
) -> None:
    found = _acts(extract(text))
    assert ("deny_responsibility", (), "affirmed") in found
    assert any(a == act and polarity == "denied" for a, by, polarity in found if by), found
    assert any(by == (speaker,) or speaker in by[-1] for a, by, _ in found if a == act)


@pytest.mark.parametrize(
    "text",
    [
        "The colonel said on television that we had attacked the horses.",
        "The army maintains that its men fought until their ammunition was spent.",
        "The Embassy recalls that Red Dawn was banned in 2009, that it was behind the murder of Judge Maron.",
        "The police denied that the rebels had shot ten people.",
        "The general denied that anybody had died.",
        "The witness said that his father had not slept.",
    ],
)
def test_what_is_said_of_others_is_no_claim_and_no_denial(extract: Extract, text: str) -> None:
    found = extract(text).statements
    assert not [s for s in found if s.act in ("claim_responsibility", "deny_responsibility")]


@pytest.mark.parametrize(
    "text",
    ["The Tarvik Front says it carried out the rocket attack.", "Vey said his men had shelled the camp.",
     '"We shelled the camp," Vey said.'],
)  # fmt: skip
def test_who_says_that_his_own_did_it_claims_it(extract: Extract, text: str) -> None:
    assert [s for s in extract(text).statements if s.act == "claim_responsibility"]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry denies reports that soldiers shot ten men.",
        "The army rejected claims that its guards had shot ten men.",
    ],
)
def test_a_claim_that_is_rejected_is_denied(extract: Extract, text: str) -> None:
    (shot,) = [s for s in extract(text).statements if s.act == "kill"]
    assert (shot.polarity, shot.modality) == ("denied", "asserted")
