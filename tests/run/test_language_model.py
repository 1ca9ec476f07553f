"""A language model is asked only where a user has named it, has been told what is sent, and agrees."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from muster.errors import MusterError
from muster.extract.llm import MOST_ANSWER
from muster.run import language_model
from muster.run.build import build
from muster.run.language_model import asker, find_model, require_consent
from muster.settings import Settings
from muster.store.case import open_case
from muster.store.lookup import get_documents, get_extraction

LETTER = "A guard told the council that nine tents had gone up in smoke at Camp Mirsal on 6 March 2017.\n"
#: What a library named llm looks like to Muster; its model echoes what a guard told.
FAKE = """
import json, pathlib
class Model:
    api_base = "https://models.example/v1"
    def prompt(self, passage, system):
        pathlib.Path(__file__).with_name("sent.txt").open("a").write(passage + "\\n")
        if "FAIL" in json.loads(passage)["passage"]:
            raise OSError("no route to models.example")
        said = {"act": "damage_property", "content": "nine tents had gone up in smoke", "speaker": "A guard"}
        yield json.dumps([said])
def get_model(name):
    return {"echo": Model()}[name]
"""


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Put a library named llm in place; yields where its model notes what it was sent."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "llm.py").write_text(FAKE, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "llm", raising=False)
    yield folder / "sent.txt"
    sys.modules.pop("llm", None)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return folder


def test_off_unless_a_model_is_named() -> None:
    assert require_consent(Settings()) is None
    assert require_consent(Settings(llm_consent="yes")) is None


def test_without_the_library_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llm", None)
    with pytest.raises(MusterError) as refused:
        require_consent(Settings(llm_model="echo"))
    assert refused.value.code == "no_llm"
    assert "muster-record[llm]" in (refused.value.hint or "")


@pytest.mark.usefixtures("library")
def test_an_unknown_model_is_named() -> None:
    with pytest.raises(MusterError, match="'ohce'") as refused:
        find_model("ohce")
    assert refused.value.code == "no_such_llm"


@pytest.mark.usefixtures("library")
def test_what_is_not_known_to_be_local_needs_consent_and_says_what_leaves_and_where_to() -> None:
    with pytest.raises(MusterError) as refused:
        require_consent(Settings(llm_model="echo"))
    assert refused.value.code == "no_consent"
    said = require_consent(Settings(llm_model="echo", llm_consent="yes"))
    for each in (refused.value.message, said or ""):
        assert "echo" in each
        assert "models.example" in each
        assert "text of every English document" in each


def test_a_model_in_this_process_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    local = type("Gguf", (), {"__module__": "llm_gguf"})()
    monkeypatch.setattr(language_model, "find_model", lambda name: local)
    said = require_consent(Settings(llm_model="tiny"))
    assert said is not None
    assert "on this machine" in said


def test_a_server_on_this_machine_needs_consent_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it passes the text on is not to be seen from here."""
    served = type(
        "Chat", (), {"__module__": "llm.default_plugins.openai_models", "api_base": "http://127.0.0.1:8080"}
    )()
    monkeypatch.setattr(language_model, "find_model", lambda name: served)
    with pytest.raises(MusterError, match=r"127\.0\.0\.1"):
        require_consent(Settings(llm_model="served"))


def test_an_endless_answer_is_left_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        n_chunks = 0

        def prompt(self, passage: str, system: str) -> Iterator[str]:
            while True:
                self.n_chunks += 1
                yield "x" * 1000

    module: Any = ModuleType("llm")
    model = Endless()
    module.get_model = lambda name: model
    monkeypatch.setitem(sys.modules, "llm", module)
    assert len(asker("endless")("", "")) == MOST_ANSWER + 1
    assert model.n_chunks <= MOST_ANSWER // 1000 + 1


def test_nothing_is_read_or_sent_without_consent(library: Path, letters: Path, tmp_path: Path) -> None:
    with pytest.raises(MusterError):
        build(tmp_path / "case", [letters], Settings(workers=1, llm_model="echo"))
    assert not library.exists()
    assert not (tmp_path / "case").exists()


def test_a_build_keeps_what_the_model_proposes_beside_the_rules(library: Path, letters: Path, tmp_path: Path) -> None:
    settings = Settings(workers=1, llm_model="echo", llm_consent="yes")
    build(tmp_path / "case", [letters], settings)
    with open_case(tmp_path / "case") as case:
        (document,) = get_documents(case)
        extraction = get_extraction(case, document.id)
    by = {s.extractor for s in extraction.statements}
    assert "llm:echo" in by
    assert LETTER.strip() in library.read_text(encoding="utf-8")
    n_sent = len(library.read_text(encoding="utf-8").splitlines())
    build(tmp_path / "case", [letters], settings)
    assert len(library.read_text(encoding="utf-8").splitlines()) == n_sent  # it is not asked again


def test_a_model_that_fails_stops_the_build_and_it_goes_on_later(library: Path, letters: Path, tmp_path: Path) -> None:
    (letters / "other.txt").write_text("FAIL here, please, and say so.\n", encoding="utf-8")
    settings = Settings(workers=1, llm_model="echo", llm_consent="yes")
    with pytest.raises(MusterError, match="no route") as stopped:
        build(tmp_path / "case", [letters], settings)
    assert stopped.value.code == "llm_failed"
    summary = build(tmp_path / "case", [], Settings(workers=1))
    assert summary.totals.documents == 2
    assert not summary.rejects
