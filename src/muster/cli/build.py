"""`muster build`: add documents to a case and bring the record up to date."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster.settings import Settings

if TYPE_CHECKING:
    from muster.run.build import Summary

_EXIT_WITH_REJECTS = 3


@click.command(epilog="Example:  muster build flood-road letters/ wires.zip")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def command(context: click.Context, case: Path, paths: tuple[Path, ...], as_json: bool) -> None:
    """Add files and folders to CASE and bring its record up to date.

    CASE is a folder; it is made if it does not exist.  The documents' bytes are
    kept there as received.  A document that is already in the case is not read
    again.  Without PATHS, an interrupted build is finished.

    What cannot be read is listed (muster show CASE rejects), and the exit code
    is then 3.
    """
    from muster.cli.progress import Bar
    from muster.run.build import build

    settings: Settings = context.obj
    with Bar(sys.stderr) as bar:
        summary = build(case, paths, settings, bar)
    _print(summary, as_json)
    if summary.rejects:
        context.exit(_EXIT_WITH_REJECTS)


def _print(summary: "Summary", as_json: bool) -> None:
    from muster.cli.terminal import for_terminal, json_text
    from muster.cli.wording import summary_lines

    if as_json:
        click.echo(json_text({"totals": summary.totals, "new": summary.n_new, "known": summary.n_known,
                              "first": summary.first}, summary.rejects))  # fmt: skip
        return
    lines = [f"{summary.case}: {summary.n_new:,} new, {summary.n_known:,} known before"]
    lines += summary_lines(summary.case, summary.totals, summary.first, len(summary.rejects))
    lines += ["", f"To read it:  muster report {summary.case} -o report.html"]
    click.echo(for_terminal("\n".join(lines)))
