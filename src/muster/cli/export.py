"""`muster export`: the record as files for other programs."""

from pathlib import Path
from typing import Literal

import click

from muster.settings import Settings


@click.command(epilog="Example:  muster export flood-road -o flood-road-export --format csv")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "output", required=True, type=click.Path(path_type=Path), help="The folder to write to.")
@click.option("--format", "kind", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True,
              help="JSON lines, or comma-separated tables.")  # fmt: skip
@click.option("--accepted-only", is_flag=True, help="Leave out the statements that nobody accepted yet.")
@click.option("--with-protected", is_flag=True, help="Leave the protected names in: a copy for yourself alone.")
@click.pass_obj
def command(
    settings: Settings,
    case: Path,
    output: Path,
    kind: Literal["jsonl", "csv"],
    accepted_only: bool,
    with_protected: bool,
) -> None:
    """Write CASE as JSON lines or tables.

    The same documents always give the same files, byte for byte.  Names that people protected are left out.
    """
    from muster.cli.terminal import for_terminal
    from muster.cli.wording import about_protected, unless_whole
    from muster.publish import export_csv, export_jsonl
    from muster.store.case import one_snapshot, open_case
    from muster.store.record import load_record

    with open_case(case, database_url=settings.database_url) as opened, one_snapshot(opened):
        unfinished = unless_whole(opened, str(case))
        if unfinished:
            click.echo(for_terminal(unfinished), err=True)
        record = load_record(opened, accepted_only=accepted_only, with_protected=with_protected)
        (export_jsonl if kind == "jsonl" else export_csv)(record, output)
        said = about_protected(opened, str(case), with_protected)
    click.echo(for_terminal(f"The export: {output}{said}"), err=True)
