"""Whether a case is whole: brought in, read, extracted and weighed."""

import pytest

from muster.store import models
from muster.store.case import Case
from muster.store.overview import is_whole


def test_a_built_case_is_whole_and_a_new_one_is_not(whole: Case, case: Case) -> None:
    assert is_whole(whole)
    assert not is_whole(case)


@pytest.mark.parametrize("left", ["read_with", "extracted_with", "outlined_with"])
def test_a_case_with_a_document_yet_to_be_worked_on_is_not_whole(whole: Case, left: str) -> None:
    models.Document.objects.using(whole.alias).update(**{left: ""})
    assert not is_whole(whole)


def test_a_case_that_was_not_weighed_with_what_it_holds_is_not_whole(whole: Case) -> None:
    models.Outline.objects.using(whole.alias).update(digest="another")
    assert not is_whole(whole)
