"""`muster serve`: read, judge and correct in a browser."""

import os
from pathlib import Path

import click

from muster.settings import Settings


@click.command(epilog="Example:  muster serve flood-road")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the browser.")
@click.pass_context
def command(context: click.Context, folder: Path, port: int, host: str, open_browser: bool) -> None:
    """Serve a case, or a folder of cases, to a browser.

    FOLDER is a case, or a folder with cases in it; where there is nothing, a
    case is made.  The first time, the address that is printed lets you make the
    account that owns it all; others come in by invitation.  Accounts are kept in
    FOLDER/site, apart from the cases.

    It listens on this machine only, unless you say --host.  For others to reach
    it, put one web server with TLS in front that sets X-Forwarded-For, and name
    its host in MUSTER_HOSTS.

    Ctrl-C ends it.  Work in the background that has begun goes on the next time.
    """
    settings: Settings = context.obj
    site = folder.absolute()
    os.environ["MUSTER_SITE"] = str(site)
    from muster.web.folder import is_new_site
    from muster.web.server import ready, serve

    if is_new_site(site):
        click.echo(f"{folder} is made a new case, without documents yet.")
    first = ready(site, settings.database_url)
    shown = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}"

    def on_ready() -> None:
        if first:
            click.echo(f"Muster serves {folder}. To make the first account, open\n\n  {shown}{first}\n")
        else:
            click.echo(f"Muster serves {folder} at {shown}/")
        click.echo("Ctrl-C ends it.")
        if open_browser:
            click.launch(shown + (first or "/"))

    serve(f"{host}:{port}", settings.n_workers, on_ready)
