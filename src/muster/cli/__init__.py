"""The command line: one module per command, and what is true of all of them.

Exit codes: 0 done, 1 refused with a reason, 2 wrong usage, 3 done with rejects, 4 a check failed, 130
interrupted.
"""

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from muster import __version__
from muster.errors import MusterError

COMMANDS = ("build", "show", "report", "export", "serve", "check", "backup", "restore")


class _Group(click.Group):
    """Imports a command's module when it is called, so that each command starts as fast as it can."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"muster.cli.{cmd_name}").command
        return command


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, prog_name="muster")
@click.pass_context
def muster(context: click.Context) -> None:
    """Conflicting documents in, one record that can be checked out.

    Muster reads a pile of documents and records who says that who did what to
    whom, when, where and to how many, with the exact words; what holds up and
    what does not; and who is unaccounted for.  It says what is said, never who
    is right, and by itself sends nothing off this machine.

    \b
    To begin:
      muster build CASE PATH...
      muster show CASE
      muster report CASE -o report.html
    """
    from muster.settings import read_settings

    context.obj = read_settings(os.environ)


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    try:
        code = muster.main(prog_name="muster", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except MusterError as error:
        _tell(error)
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was done is kept: the same command goes on from there.", err=True)
        code = 130
    except BrokenPipeError:  # the reader of our output (head, less) has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _tell(error: MusterError) -> None:
    from muster.cli.terminal import for_terminal, json_text

    if "--json" in sys.argv[1:]:
        said = {"code": error.code, "message": error.message, "hint": error.hint}
        click.echo(json_text(None, (), ok=False, error=said))
    click.echo(for_terminal(f"muster: {error.message}"), err=True)
    if error.hint:
        click.echo(for_terminal(error.hint), err=True)
