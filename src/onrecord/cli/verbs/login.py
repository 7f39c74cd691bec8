"""`onrecord login`: act in commands as oneself, not as whoever runs the installation."""

import sys

import click
from click.termui import prompt

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json
from onrecord.cli.signed_in import keep_token


@click.command()
@click.argument("username")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password, then a code, from standard input."
)
@json_option
def command(*, username: str, password_stdin: bool, as_json: bool) -> None:
    """Sign in as USERNAME; commands of this home then act as that account for ten hours.

    Asks for the password and, where the account has a second factor, for a code.
    """
    with session.store():
        from onrecord.apps.signing_in.terminal import sign_in

        def asked(words: str, *, is_hidden: bool) -> str:
            if password_stdin:
                return sys.stdin.readline().rstrip("\n")
            return str(prompt(words, hide_input=is_hidden))

        token = sign_in(
            username,
            password=asked("Password", is_hidden=True),
            ask_code=lambda: asked("Code from your app, or a recovery code", is_hidden=False),
        )
        keep_token(token)
    if as_json:
        print_json({"signed_in": username})
        return
    click.echo(f"Signed in as {username}. `onrecord logout` ends it.")
