"""What people died of, where their own sentence says so among violence.  All names are invented."""

from collections.abc import Callable

import pytest

from muster.records import Extraction

Extract = Callable[..., Extraction]

PEACEFUL = (
    "Two people had died, he conceded, both of heart attacks.",
    "The governor claims that two persons died, and of natural causes.",
    "Six of them died when they attempted to cross the highway and were knocked down.",
    "The register shows 78 deaths linked to hunger and measles since 1 January.",
    "There is one deceased, the cook Amal Dar, who fell from the fourth floor.",
    "A man of forty died in the block after guards had ignored requests for a doctor.",
    "The death of Amal Dar is now described as “an accident involving a bed sheet”.",
    "14 people died when the boat sank.",
)
VIOLENT = (
    "At least 12 people died in the strike, and the well was lost.",
    "Ten people died on the way to the hospital.",
    "Three died of gunshot wounds.",
    "Nine people died after the roof was hit by a rocket and fell.",
)


@pytest.mark.parametrize("text", PEACEFUL)
def test_who_died_of_something_else_was_not_killed(extract: Extract, text: str) -> None:
    acts = [s.act for s in extract("Soldiers shot at the crowd. " + text).statements]
    assert "die_other" in acts
    assert "kill" not in acts


@pytest.mark.parametrize("text", VIOLENT)
def test_who_died_among_violence_was_killed_where_nothing_else_is_said(extract: Extract, text: str) -> None:
    acts = [s.act for s in extract("Soldiers shot at the crowd. " + text).statements]
    assert "kill" in acts
    assert "die_other" not in acts
