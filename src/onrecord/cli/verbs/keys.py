"""`onrecord keys`: keys with which services act, for named verbs and a time."""

from datetime import timedelta

import click

from onrecord.cli import session
from onrecord.cli.output import json_option, print_json, print_table
from onrecord.cli.session import reason_option
from onrecord.cli.viewing import viewer_for


@click.group()
def command() -> None:
    """Make, list and revoke the keys of service accounts."""


@command.command("make")
@click.argument("username")
@click.option("--name", required=True, help="What the key is for.")
@click.option("--for", "verbs", multiple=True, required=True, help="A verb, such as case:read.")
@click.option("--days", type=int, default=90, show_default=True, help="How long it lasts.")
@reason_option
@json_option
def make(
    *, username: str, name: str, verbs: tuple[str, ...], days: int, reason: str, as_json: bool
) -> None:
    """Make a key for the service account USERNAME. It is shown this once."""
    with session.store():
        from onrecord.apps.access.selectors import user_named
        from onrecord.apps.signing_in.services import make_key

        viewer = viewer_for("keys make", reason=reason, runs_installation=True)
        key = make_key(
            viewer=viewer, user=user_named(username), name=name, verbs=verbs,
            lasts=timedelta(days=days),
        )  # fmt: skip
    if as_json:
        print_json({"key": key, "days": days, "verbs": sorted(verbs)})
    else:
        click.echo(key)
        click.echo("Keep it where the service finds it; nobody can read it again.", err=True)


@command.command("list")
@json_option
def list_(*, as_json: bool) -> None:
    """List the keys in force: by number, without the keys themselves."""
    with session.store():
        from onrecord.apps.signing_in.selectors import keys

        viewer = viewer_for("keys list", reason="list of keys", runs_installation=True)
        rows = [
            (str(key.pk), key.user.username, key.name, f"…{key.ending}", ", ".join(key.verbs),
             key.expires_at.date().isoformat())
            for key in keys(viewer)
        ]  # fmt: skip
    heads = ["number", "account", "name", "ends in", "for", "until"]
    if as_json:
        print_json({"keys": [dict(zip(heads, row, strict=True)) for row in rows]})
    else:
        print_table(heads, rows)


@command.command("revoke")
@click.argument("number", type=int)
@reason_option
@json_option
def revoke(*, number: int, reason: str, as_json: bool) -> None:
    """Revoke the key NUMBER: its next request is refused."""
    with session.store():
        from onrecord.apps.signing_in.services import revoke_key

        viewer = viewer_for("keys revoke", reason=reason, runs_installation=True)
        revoke_key(viewer=viewer, key_id=number)
    if as_json:
        print_json({"revoked": number})
    else:
        click.echo("Revoked.")
