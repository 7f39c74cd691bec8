"""`onrecord logout`: end the sign-in of this terminal."""

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json
from onrecord.cli.signed_in import forget_token, token_kept


@click.command()
@json_option
def command(*, as_json: bool) -> None:
    """End the sign-in that `onrecord login` began."""
    token = token_kept()
    if token:
        with session.store():
            from onrecord.apps.signing_in.terminal import sign_out

            sign_out(token)
        forget_token()
    if as_json:
        print_json({"signed_out": bool(token)})
        return
    click.echo("Signed out." if token else "Nobody was signed in.")
