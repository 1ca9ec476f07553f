"""What the README, the tutorial and the how-to pages show can be done, and leads somewhere."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from muster.cli import muster
from tests.story.story import EXAMPLES

ROOT = EXAMPLES.parent
PAGES = [
    ROOT / "README.md",
    EXAMPLES / "README.md",
    *sorted((ROOT / "docs" / "tutorial").glob("*.md")),
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path):
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_and_options_exist(page: Path):
    for line in re.findall(r"^(?:\$ )?(?:MUSTER_\w+=\S+ )?muster (.*)$", page.read_text(encoding="utf-8"), re.M):
        verb, *rest = re.split("[#|>]", line)[0].split()
        told = CliRunner().invoke(muster, [verb, "--help"])
        assert told.exit_code == 0, line
        for option in (word for word in rest if word.startswith("-")):
            assert option in told.output, line
        if verb == "show" and len(rest) > 1 and rest[1].islower():
            assert rest[1] in told.output, line
