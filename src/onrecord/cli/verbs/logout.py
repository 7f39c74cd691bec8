"""`onrecord logout`: end the sign-in of this terminal."""

import click

from onrecord.cli import session
from onrecord.cli.signed_in import forget_token, token_kept


@click.command()
def command() -> None:
    """End the sign-in that `onrecord login` began."""
    token = token_kept()
    if token:
        with session.store():
            from onrecord.apps.signing_in.terminal import sign_out

            sign_out(token)
        forget_token()
    click.echo("Signed out." if token else "Nobody was signed in.")
