"""`onrecord users`: accounts, made by whoever runs the installation."""

import click

from onrecord.apps.access.roles import Role
from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table
from onrecord.cli.viewing import viewer_for
from onrecord.core.kernel.errors import UsageError

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
@json_option
def create(
    *,
    username: str,
    display_name: str,
    organisation_code: str,
    role: str,
    service: bool,
    as_json: bool,
) -> None:
    """Make the account USERNAME, with a first password that is shown this once.

    It is good for a day, and changed at the first sign-in. A service has none:
    `onrecord keys make` makes it a key.
    """
    with session.store():
        from onrecord.apps.access.services import create_user, new_first_password

        _refuse_guarded(role)
        password = None if service else new_first_password()
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
            is_first_password=not service,
        )
        made = {"username": user.username, "role": user.role, "active": user.is_active}
    if as_json:
        print_json(made | {"first_password": password})
    else:
        click.echo(f"Made the account {username} ({Role(role).label}).")
        _tell(password)


def _refuse_guarded(role: str) -> None:
    """Refuse a role that takes two people to give, once there is an administrator to ask for it."""
    from onrecord.apps.access.policies import takes_two_to_give
    from onrecord.apps.access.selectors import all_users

    if (
        takes_two_to_give(role)
        and all_users().filter(role=Role.ADMINISTRATOR, is_active=True).exists()
    ):
        raise UsageError(
            f"{Role(role).label} takes two people to give.",
            next_step="Make the account with another role; an administrator asks for this one at the"
            " pages, and a senior officer or appropriate authority agrees.",
        )


@command.command("let-in")
@click.argument("username")
@click.option("--proof", required=True, help="How they proved who they are; it is recorded.")
@click.option("--lost-factors", is_flag=True, help="Take second factors and recovery codes away.")
@json_option
def let_in(*, username: str, proof: str, lost_factors: bool, as_json: bool) -> None:
    """Give USERNAME, who cannot sign in, a new first password. It is shown this once.

    A role that reaches behind seals or to victims takes two people, at the pages.
    """
    with session.store():
        from onrecord.apps.administration.services import let_in_again

        viewer = viewer_for("users let-in", reason=proof, runs_installation=True)
        password = let_in_again(
            viewer=viewer, username=username, proof=proof, drops_factors=lost_factors
        )
    if as_json:
        print_json({"username": username, "first_password": password})
    else:
        _tell(password)


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


def _tell(password: str | None) -> None:
    if password is not None:
        click.echo(f"First password, for a day: {password}")
        click.echo("It is not shown again.", err=True)
