"""`muster report`: one self-contained file to read, print and pass on."""

from pathlib import Path

import click

from muster.settings import Settings


@click.command(epilog="Example:  muster report flood-road -o report.html")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("-o", "output", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--accepted-only", is_flag=True, help="Leave out the statements that nobody accepted yet.")
@click.option("--with-protected", is_flag=True, help="Leave the protected names in: a copy for yourself alone.")
@click.pass_obj
def command(settings: Settings, case: Path, output: Path, accepted_only: bool, with_protected: bool) -> None:
    """Write CASE as one HTML file that is readable offline and in print.

    Names that people protected are left out.
    """
    from muster.cli.terminal import for_terminal
    from muster.cli.wording import about_protected, unless_whole
    from muster.publish import report_html
    from muster.publish.atomic import write_all
    from muster.store.case import one_snapshot, open_case
    from muster.store.record import load_record

    with open_case(case, database_url=settings.database_url) as opened, one_snapshot(opened):
        unfinished = unless_whole(opened, str(case))
        if unfinished:
            click.echo(for_terminal(unfinished), err=True)
        page = report_html(load_record(opened, accepted_only=accepted_only, with_protected=with_protected))
        said = about_protected(opened, str(case), with_protected)
    write_all(output.parent, {output.name: [page.encode("utf-8")]})
    click.echo(for_terminal(f"The report: {output}{said}"), err=True)
