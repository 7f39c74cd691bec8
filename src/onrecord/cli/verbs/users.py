"""`onrecord users`: accounts, made by whoever runs the installation."""

import sys

import click
from click.termui import prompt

from onrecord.apps.access.roles import Role
from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table

_ROLES = [role.value for role in Role if role is not Role.LOCAL_OPERATOR]


@click.group()
def command() -> None:
    """Make and list the accounts that may sign in."""


@command.command("create")
@click.argument("username")
@click.option("--name", "display_name", required=True, help="The name that pages show.")
@click.option("--organisation", "organisation_code", required=True, help="Code, as in its facts.")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--service", is_flag=True, help="For a system: it may take no human-only decision.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input, unasked."
)
@json_option
def create(
    *,
    username: str,
    display_name: str,
    organisation_code: str,
    role: str,
    service: bool,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Make the account USERNAME; the password is asked for and never shown.

    A service has none: `onrecord keys make` makes it a key.
    """
    password = None if service else _password(from_stdin=password_stdin)
    with session.store():
        from onrecord.apps.access.services import create_user

        acting = session.acting_as(runs_installation=True)
        user = create_user(
            actor=acting.actor,
            reason=acting.reason or "an account was asked for",
            username=username,
            display_name=display_name,
            organisation_code=organisation_code,
            role=Role(role),
            password=password,
            is_service_account=service,
        )
        made = {"username": user.username, "role": user.role, "active": user.is_active}
    if as_json:
        print_json(made)
    else:
        click.echo(f"Made the account {username} ({Role(role).label}).")


@command.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the accounts."""
    with session.store():
        from onrecord.apps.access.selectors import all_users

        rows = [
            (user.username, user.organisation_code, user.role, user.is_active)
            for user in all_users()
        ]
    names = ("username", "organisation", "role", "active")
    if as_json:
        print_json({"users": [dict(zip(names, row, strict=True)) for row in rows]})
    else:
        print_table(names, rows)


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    asked: str = prompt("Password", hide_input=True, confirmation_prompt=True)
    return asked
