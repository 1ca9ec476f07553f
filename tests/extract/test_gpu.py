"""Asking for a GPU where there is none."""

import pytest
import spacy

from muster.errors import MusterError
from muster.extract import ExtractOptions, load_extractor


def test_a_gpu_that_is_not_there_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spacy, "prefer_gpu", lambda: False)
    with pytest.raises(MusterError) as told:
        load_extractor(ExtractOptions(gpu=True))
    assert told.value.code == "no_gpu"
    assert "MUSTER_GPU" in told.value.message


def test_no_gpu_is_looked_for_unless_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_for() -> bool:
        raise AssertionError

    monkeypatch.setattr(spacy, "prefer_gpu", looked_for)
    load_extractor()
