"""People of an invented force who give each other work."""

import uuid

from tests.stores import acting

from onrecord.apps.access.models import Bar, Team, User, Wall, WallMember, WallThing
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import user_named, viewer_for_user
from onrecord.apps.access.services import create_user
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.core.ledger.actors import LOCAL_OPERATOR

CASE = uuid.UUID(int=77 << 78)


def team(code="desk"):
    with acting():
        return Team.objects.get_or_create(code=code, defaults={"name": code.capitalize()})[0]


def somebody(name, role="investigator", *, of="desk", human="", leads=False, organisation="NSP"):
    """Make an account, and return its viewer."""
    user = create_user(
        actor=LOCAL_OPERATOR, reason="a test", username=name, display_name=name.upper(),
        organisation_code=organisation, role=Role(role), password=None, human=human,
        team=team(of) if of else None,
    )  # fmt: skip
    if leads:
        with acting():
            User.objects.filter(pk=user.pk).update(leads_team=True)
    return viewer(name)


def viewer(name):
    return viewer_for_user(account(name), reason="review 2026/014", page="a test")


def account(name):
    return User.objects.select_related("team").get(username=user_named(name).username)


def asked(by, **changed):
    """Raise a task with what is usual."""
    usual = {"kind": "question", "title": "Ask for the file", "asked": "We need it to decide."}
    return raise_task(viewer=by, new=NewTask(**usual | changed))


def wall_around(lineage, *members):
    """Seal a case, with these accounts behind the wall."""
    with acting():
        wall = Wall.objects.create(kind="seal", title="Sealed", reason="a test")
        WallThing.objects.create(wall=wall, thing_kind="case", lineage=lineage, added_by="a-test")
        for name in members:
            WallMember.objects.create(wall=wall, user=account(name), added_by="a-test")
    return wall


def bar(name, lineage):
    with acting():
        Bar.objects.create(user=account(name), thing_kind="case", lineage=lineage, cause="a test")
