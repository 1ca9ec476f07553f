"""Cues put into what they report, cues of official prose, and headlines: who says the marked word."""

import pytest

from muster.extract.attribution import chain
from muster.extract.attributions import attributions
from tests.extract.test_attribution import parsed


def said_by(text: str, word: str, *, headline: bool = False) -> list[str]:
    """The head words of those under whose words a word stands, outermost first."""
    doc = parsed(text)
    marked = next(t for t in doc if t.text == word)
    around = chain(attributions(doc, headline=headline), marked.i)
    return [doc[a.speaker].text for a in around if a.speaker is not None]


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("He was held in a pit, during which time, he submitted, he was kicked by soldiers.", "kicked", ["he"]),
        ("He was held in a pit, during which time, he submitted, he was kicked by soldiers.", "held", []),
        ("Around 20 people are reported dead, the agency said, but nobody has finished the count.", "dead", ["agency"]),
        ("Guns were pointed at women, it said, and live rounds were fired at men.", "fired", ["it"]),
        ("All eight were held for theft, the jail said; 61 people had been injured.", "injured", ["jail"]),
        ("They left his body hanging, two of his cellmates say; the warden denies it.", "left", ["two"]),
        ("Of eleven, eight had wounds, an administrator said on condition of anonymity; the rest fell.", "fell",
         ["administrator"]),
        ("Relatives met men who, they claim, are being held by the group.", "held", ["they"]),
        ("Relatives met men who, they claim, are being held by the group.", "met", []),
        ("Ten died, officials said, while the army denied that anyone was hurt.", "hurt", ["army"]),
        ("Two died overnight, she added, bringing the toll to 21.", "toll", ["she"]),
    ],
)  # fmt: skip
def test_a_cue_between_commas_reports_what_stands_on_both_sides(text: str, word: str, speakers: list[str]) -> None:
    assert said_by(text, word) == speakers


@pytest.mark.parametrize(
    ("text", "word", "speakers"),
    [
        ("They conceded that two aircraft had struck a group, but submitted that twelve had been killed.", "killed",
         ["They"]),
        ("The police have attributed all the deaths to a quarrel.", "deaths", ["police"]),
        ("The students' federation talks of four dead.", "dead", ["federation"]),
        ("According to the envoy, ten were killed, six were wounded and two are still missing.", "missing", ["envoy"]),
        ("Survivors told us that soldiers came on Monday, took the men aside and shot them.", "shot", ["Survivors"]),
        ("An officer gave the nuns his word that everybody would be freed.", "freed", ["officer"]),
        ("One of the women spoke of being moved eleven times, and of being kept on a chain.", "kept", ["One"]),
        ("The ministry raised the number of dead to eleven.", "dead", ["ministry"]),
        ("A reporter saw at least 140 bodies at the mosque.", "bodies", ["reporter"]),
        ("Witnesses quoted by a local website said that the aircraft dropped four bombs.", "dropped",
         ["website", "Witnesses"]),
        ("The mission takes the view that the men were shot.", "shot", ["mission"]),
    ],
)  # fmt: skip
def test_official_prose_is_attributed(text: str, word: str, speakers: list[str]) -> None:
    assert said_by(text, word) == speakers


def test_each_half_of_a_headline_has_its_own_speaker() -> None:
    title = "Warplanes kill 26 in mountain village, doctor says; military denies air strike"
    assert said_by(title, "kill", headline=True) == ["doctor"]
    assert said_by(title, "strike", headline=True) == ["military"]


def test_whose_phrases_do_not_speak() -> None:
    text = "The boys, whose hardened faces told that they had been beaten, sat down."
    assert "faces" not in said_by(text, "beaten")
