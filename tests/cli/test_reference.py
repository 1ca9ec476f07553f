"""The reference pages say what the program does."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

_REFERENCE = Path(__file__).parent.parent.parent / "docs" / "reference"


@pytest.fixture
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_reference", _REFERENCE / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_those_that_the_program_gives(generate: ModuleType) -> None:
    """If this fails: python docs/reference/generate.py."""
    assert (_REFERENCE / "commands.md").read_text(encoding="utf-8") == generate.commands()
    assert (_REFERENCE / "settings.md").read_text(encoding="utf-8") == generate.settings()
