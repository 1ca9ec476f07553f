"""`muster check`: is everything where the record says it is?"""

import sys
from pathlib import Path

import click

from muster.errors import MusterError
from muster.settings import Settings

_EXIT_FAILED = 4


@click.command(epilog="Example:  muster check flood-road")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help='Print {"ok", "data", "rejects"} as JSON.')
@click.pass_context
def command(context: click.Context, case: Path, as_json: bool) -> None:
    """Check CASE: the hash of every original, the place of every quote.

    The documents are also read again, and what comes out must be what the case
    holds.  If anything is wrong it is named, and the exit code is 4.
    """
    from muster.cli.progress import Bar
    from muster.cli.terminal import for_terminal, json_text, one_line
    from muster.cli.wording import count
    from muster.run.check import check

    settings: Settings = context.obj
    try:
        with Bar(sys.stderr) as bar:
            found = check(case, settings, bar)
    except MusterError as error:
        if error.code == "damaged":  # what cannot be read does not pass
            error.exit_code = _EXIT_FAILED
        raise
    if as_json:
        click.echo(json_text(found, (), ok=not found.faults))
    else:
        for fault in found.faults:
            click.echo(one_line(f"{fault.name}: {fault.why}"))
        click.echo(for_terminal(
            f"{count(found.n_originals, 'original')}, {count(found.n_statements, 'statement')} and "
            f"{count(found.n_readings, 'reading')} checked: "
            + (f"{count(len(found.faults), 'fault')}." if found.faults else "all is where the record says.")
        ))  # fmt: skip
    if found.faults:
        context.exit(_EXIT_FAILED)
