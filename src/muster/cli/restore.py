"""`muster restore`: a case from a backup."""

from pathlib import Path

import click

from muster.settings import Settings


@click.command(epilog="Example:  muster restore flood-road.backup flood-road-again")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("case", type=click.Path(path_type=Path))
@click.pass_obj
def command(settings: Settings, file: Path, case: Path) -> None:
    """Make CASE, a new folder, from the backup in FILE.

    It is the same case, on the database that is set now: SQLite, or with
    MUSTER_DATABASE_URL PostgreSQL.  If anything in FILE is damaged, nothing is
    made.  Nobody has access to it on a server until its owner is named there.
    """
    from muster.cli.terminal import for_terminal
    from muster.cli.wording import command as shown
    from muster.store.restore import restore

    manifest = restore(file, case, settings.database_url)
    said = f"The case: {case}, as it was in the backup of {manifest.case}"
    click.echo(for_terminal(f"{said}\nTo check it:  {shown('check', str(case))}"), err=True)
