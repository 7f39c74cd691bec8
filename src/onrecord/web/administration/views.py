"""Accounts and teams: listed, made, changed, closed; each change with its reason."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.access.roles import Role
from onrecord.apps.access.services import FIRST_PASSWORD_LASTS
from onrecord.apps.administration import selectors, services
from onrecord.web.administration import presenters
from onrecord.web.administration.asking import Given, asked, sent
from onrecord.web.administration.forms import (
    LetInForm,
    NewTeamForm,
    ReasonForm,
    RecordForm,
    RoleForm,
    TeamForm,
    UserForm,
)
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of

_ASKED = "?asked=yes"


def users(request: HttpRequest) -> HttpResponse:
    """List the accounts there are."""
    viewer = viewer_of(request, page="users")
    words = request.GET.get("words", "").strip()
    found = list(selectors.accounts(viewer, words=words))
    return show(
        request, "administration/users.jinja", table=presenters.users(found, words), words=words,
        may_add=may(viewer, "account:create"),
    )  # fmt: skip


def user(request: HttpRequest, username: str) -> HttpResponse:
    """Show one account, and what was changed about it."""
    viewer = viewer_of(request, page="user")
    found = selectors.account(viewer, username)
    return show(
        request, "administration/user.jinja", shown=found, about=presenters.about(found),
        changes=presenters.changes(selectors.changes_of(viewer, username)),
        may_change=may(viewer, "account:change") and username != viewer.name,
        is_own=username == viewer.name, was_asked="asked" in request.GET,
    )  # fmt: skip


def teams(request: HttpRequest) -> HttpResponse:
    """List the teams, who leads them and who is in them."""
    viewer = viewer_of(request, page="teams")
    return show(
        request, "administration/teams.jinja", table=presenters.teams(selectors.teams(viewer)),
        may_add=may(viewer, "team:change"),
    )  # fmt: skip


def new_user(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    viewer = viewer_of(request, page="new user")
    form = UserForm(sent(request))

    def do(given: Given) -> HttpResponse:
        new = services.NewAccount(
            username=given["username"], display_name=given["display_name"],
            role=Role(given["role"]), human=given["human"], email=given["email"],
            team=given["team"],
        )  # fmt: skip
        password = services.add_account(viewer=viewer, new=new, reason=given["reason"])
        return _told_once(request, new.username, password)

    return asked(request, form, do, "Add a user", reverse("administration:users"))


def new_team(request: HttpRequest) -> HttpResponse:
    """Make a team."""
    viewer = viewer_of(request, page="new team")

    def do(given: Given) -> str:
        services.add_team(
            viewer=viewer, code=given["code"], name=given["name"], reason=given["reason"]
        )
        return reverse("administration:teams")

    form = NewTeamForm(sent(request))
    return asked(request, form, do, "Add a team", reverse("administration:teams"))


def role(request: HttpRequest, username: str) -> HttpResponse:
    """Give an account another role, alone or with somebody else's agreement."""
    viewer = viewer_of(request, page="user's role")
    found = selectors.account(viewer, username)
    back = reverse("administration:user", args=[username])

    def do(given: Given) -> str:
        is_done = services.give_role(
            viewer=viewer, username=username, role=Role(given["role"]), reason=given["reason"]
        )
        return back if is_done else back + _ASKED

    form = RoleForm(sent(request), initial={"role": found.role})
    return asked(request, form, do, f"Role of {username}", back)


def team(request: HttpRequest, username: str) -> HttpResponse:
    """Set an account's team, and where its notices go."""
    viewer = viewer_of(request, page="user's team")
    found = selectors.account(viewer, username)
    back = reverse("administration:user", args=[username])

    def do(given: Given) -> str:
        services.change_account(
            viewer=viewer, username=username, team=given["team"], leads_team=given["leads_team"],
            email=given["email"], reason=given["reason"],
        )  # fmt: skip
        return back

    now = {
        "team": found.team.code if found.team else "", "email": found.email,
        "leads_team": found.leads_team,
    }  # fmt: skip
    form = TeamForm(sent(request), initial=now)
    return asked(request, form, do, f"Team and e-mail of {username}", back)


def record(request: HttpRequest, username: str) -> HttpResponse:
    """Say which record in the workforce data is the account-holder's own."""
    viewer = viewer_of(request, page="user's own record")
    selectors.account(viewer, username)
    back = reverse("administration:user", args=[username])

    def do(given: Given) -> str:
        services.tie_record(
            viewer=viewer, username=username, key=given["record"], reason=given["reason"]
        )
        return back

    return asked(request, RecordForm(sent(request)), do, f"Own record of {username}", back)


def let_in(request: HttpRequest, username: str) -> HttpResponse:
    """Give somebody who cannot sign in a new first password, and show it this once."""
    viewer = viewer_of(request, page="let in again")
    selectors.account(viewer, username)
    back = reverse("administration:user", args=[username])

    def do(given: Given) -> HttpResponse | str:
        password = services.let_in_again(
            viewer=viewer, username=username, proof=given["proof"],
            drops_factors=given["drops_factors"],
        )  # fmt: skip
        return back + _ASKED if password is None else _told_once(request, username, password)

    return asked(request, LetInForm(sent(request)), do, f"Let {username} in again", back)


def _told_once(request: HttpRequest, username: str, password: str) -> HttpResponse:
    return show(
        request, "administration/first_password.jinja", username=username, password=password,
        hours=int(FIRST_PASSWORD_LASTS.total_seconds() // 3600),
    )  # fmt: skip


def close(request: HttpRequest, username: str) -> HttpResponse:
    """Close an account."""
    viewer = viewer_of(request, page="close a user")
    selectors.account(viewer, username)
    back = reverse("administration:user", args=[username])

    def do(given: Given) -> str:
        services.close(viewer=viewer, username=username, reason=given["reason"])
        return back

    return asked(request, ReasonForm(sent(request)), do, f"Close {username}", back)


def reopen(request: HttpRequest, username: str) -> HttpResponse:
    """Open a closed account again."""
    viewer = viewer_of(request, page="reopen a user")
    selectors.account(viewer, username)
    back = reverse("administration:user", args=[username])

    def do(given: Given) -> str:
        is_done = services.reopen(viewer=viewer, username=username, reason=given["reason"])
        return back if is_done else back + _ASKED

    return asked(request, ReasonForm(sent(request)), do, f"Open {username} again", back)
