"""What holds for every command."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from muster.cli import COMMANDS
from muster.cli import muster as group
from tests.cli.conftest import Ran

Muster = Callable[..., Ran]


def command(name: str):  # type: ignore[no-untyped-def]
    found = group.get_command(None, name)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_explained(name: str) -> None:
    import click

    assert command(name).help
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_one_example(name: str) -> None:
    assert re.fullmatch(rf"Example:  muster {name} .+", command(name).epilog or "")


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_80_columns(muster: Muster, name: str) -> None:
    ran = muster(*([name] if name else []), "--help")
    assert ran.code == 0
    assert max(len(line) for line in ran.out.splitlines()) <= 80


def test_no_arguments_show_the_help(muster: Muster) -> None:
    ran = muster()
    assert "muster build CASE PATH..." in ran.out + ran.err


def test_an_unknown_command_is_wrong_usage(muster: Muster) -> None:
    ran = muster("biuld")
    assert ran.code == 2
    assert "biuld" in ran.err


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['muster', '--help']; from muster.cli import main; main()"
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait()
    assert err == b""


def test_a_command_loads_no_more_than_it_needs() -> None:
    """Start-up time: --help needs neither Django nor spaCy nor rich, and show no spaCy."""
    code = (
        "import sys; sys.argv = ['muster', {}]\n"
        "from muster.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({{'django', 'spacy', 'rich', 'trafilatura', 'numpy'}} & set(sys.modules)), file=sys.stderr)"
    )
    loaded = [
        subprocess.run([sys.executable, "-c", code.format(args)], capture_output=True, text=True, check=True).stderr
        for args in ("'--version'", "'show', 'none'")
    ]
    assert loaded[0] == "[]\n"
    assert loaded[1].endswith("['django']\n")
