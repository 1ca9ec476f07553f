"""`muster build`: add documents to a case and bring the record up to date."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from muster.settings import EXTRACTION, Settings

if TYPE_CHECKING:
    from muster.run.build import Summary

_EXIT_WITH_REJECTS = 3


@click.command(epilog="Example:  muster build flood-road letters/ wires.zip")
@click.argument("case", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--extraction", type=click.Choice(EXTRACTION), help="How sure a statement must be.  [default: MUSTER_EXTRACTION]"
)
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON.")
@click.pass_context
def command(context: click.Context, case: Path, paths: tuple[Path, ...], extraction: Any, as_json: bool) -> None:
    """Add files and folders to CASE and bring its record up to date.

    CASE is a folder; it is made if it does not exist.  The documents' bytes are
    kept there as received.  A document that is already in the case is not read
    again.  Without PATHS, an interrupted build is finished.

    What cannot be read is listed (muster show CASE rejects), and the exit code
    is then 3.

    Nothing leaves this machine, unless you have set MUSTER_LLM_MODEL: then it is
    said here, before anything is sent, what will be.
    """
    from muster.cli.progress import Bar
    from muster.cli.terminal import for_terminal
    from muster.run.build import build
    from muster.run.language_model import require_consent

    settings: Settings = context.obj
    if extraction:
        settings = replace(settings, extraction=extraction)
    said = require_consent(settings)
    if said:
        click.echo(for_terminal(said), err=True)
    with Bar(sys.stderr) as bar:
        summary = build(case, paths, settings, bar)
    _print(summary, as_json)
    if summary.rejects:
        context.exit(_EXIT_WITH_REJECTS)


def _print(summary: "Summary", as_json: bool) -> None:
    from muster.cli.terminal import for_terminal, json_text
    from muster.cli.wording import command as shown
    from muster.cli.wording import summary_lines

    if as_json:
        click.echo(json_text({"totals": summary.totals, "new": summary.n_new, "known": summary.n_known,
                              "first": summary.first}, summary.rejects))  # fmt: skip
        return
    lines = [f"{summary.case}: {summary.n_new:,} new, {summary.n_known:,} known before"]
    lines += summary_lines(summary.case, summary.totals, summary.first, len(summary.rejects))
    lines += ["", f"To read it:  {shown('report', summary.case, '-o report.html')}"]
    click.echo(for_terminal("\n".join(lines)))
