"""`muster backup`: a case as one file."""

from pathlib import Path

import click

from muster.settings import Settings

_EXIT_FAULTY = 4


@click.command(epilog="Example:  muster backup flood-road flood-road.backup")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def command(context: click.Context, case: Path, file: Path) -> None:
    """Write all of CASE to one FILE, as it is at this moment.

    A server or a build may be at work on the case meanwhile.  The file is read
    back before it gets its name.  Accounts and who is a member of the case are
    not in it: they belong to the server.  It is not encrypted.

    If originals are missing or not as they came in, they are named, and the exit
    code is 4; the backup holds all that there is.
    """
    from muster.cli.terminal import for_terminal, one_line
    from muster.cli.wording import count
    from muster.store.backup import back_up
    from muster.store.case import open_case

    settings: Settings = context.obj
    with open_case(case, database_url=settings.database_url) as opened:
        manifest = back_up(opened, file)
    for name in manifest.faulty:
        click.echo(one_line(f"{name}: the original is missing, or not as it came in."))
    held = ", ".join(count(manifest.n_rows[table], table) for table in ("document", "statement", "judgement"))
    click.echo(for_terminal(f"The backup: {file} ({held})"), err=True)
    if manifest.faulty:
        context.exit(_EXIT_FAULTY)
