"""`onrecord serve`: the site, the worker and the sequencer, until told to stop."""

import click

from onrecord.cli import session


@click.command()
@click.option("--port", default=8710, show_default=True, type=click.IntRange(1, 65535))
@click.option("--address", default="127.0.0.1", show_default=True, help="What to listen on.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def command(*, port: int, address: str, no_open: bool) -> None:
    """Serve this home's pages. Stop with Ctrl-C."""
    with session.store() as opened:
        from onrecord.project.supervisor import serve

        serve(opened.home, address=address, port=port, opens_browser=not no_open)
