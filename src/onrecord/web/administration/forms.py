"""What an administrator is asked."""

from typing import Any

from django import forms

from onrecord.apps.access.selectors import all_teams
from onrecord.apps.administration.policies import roles_to_give, takes_two_to_give


def _words() -> forms.CharField:
    return forms.CharField(
        max_length=2000, widget=forms.Textarea, error_messages={"required": "Say why"}
    )


def _roles(*, guarded: bool) -> list[tuple[str, str]]:
    return [
        ("", "Choose a role"),
        *(
            (role.value, role.label + (" (takes two people)" if takes_two_to_give(role) else ""))
            for role in roles_to_give()
            if guarded or not takes_two_to_give(role)
        ),
    ]


def _teams() -> list[tuple[str, str]]:
    return [("", "No team"), *((team.code, team.name) for team in all_teams() if team.is_open)]


class ReasonForm(forms.Form):
    """Why something is done; whether it can be done is the service's to say."""

    field_order: tuple[str, ...] = ("reason",)

    reason = _words()


class RoleForm(ReasonForm):
    """Another role for an account."""

    field_order: tuple[str, ...] = ("role", "reason")

    role = forms.ChoiceField(error_messages={"required": "Choose a role"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every role."""
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            choices=_roles(guarded=True), error_messages={"required": "Choose a role"}
        )


class RecordForm(ReasonForm):
    """Which record is the account-holder's own."""

    field_order: tuple[str, ...] = ("record", "reason")

    record = forms.CharField(required=False, max_length=120, strip=True)


class TeamForm(ReasonForm):
    """An account's team, and where its notices go."""

    field_order: tuple[str, ...] = ("team", "leads_team", "email", "reason")

    team = forms.ChoiceField(required=False)
    leads_team = forms.BooleanField(required=False)
    email = forms.EmailField(
        required=False, error_messages={"invalid": "Enter an e-mail address, or leave it empty"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the teams there are."""
        super().__init__(*args, **kwargs)
        self.fields["team"] = forms.ChoiceField(choices=_teams(), required=False)


class UserForm(TeamForm):
    """A new account."""

    field_order: tuple[str, ...] = (
        "username",
        "display_name",
        "human",
        "role",
        "team",
        "leads_team",
        "email",
        "reason",
    )

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._@-]{1,149}$",
        error_messages={
            "required": "Enter a user name",
            "invalid": "Use small letters, digits and . _ @ - only",
        },
    )
    display_name = forms.CharField(
        max_length=200, error_messages={"required": "Enter the name that pages show"}
    )
    human = forms.CharField(
        max_length=150,
        error_messages={"required": "Enter the staff number of whoever will use the account"},
    )
    role = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the roles that one person may give."""
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(
            choices=_roles(guarded=False), error_messages={"required": "Choose a role"}
        )


class LetInForm(forms.Form):
    """How somebody who cannot sign in proved who they are, and what they have lost."""

    drops_factors = forms.BooleanField(required=False)
    proof = forms.CharField(
        max_length=2000, widget=forms.Textarea,
        error_messages={"required": "Say how they proved who they are"},
    )  # fmt: skip


class NewTeamForm(ReasonForm):
    """A new team."""

    field_order: tuple[str, ...] = ("code", "name", "reason")

    code = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=64,
        error_messages={
            "required": "Enter a short code",
            "invalid": "Use small letters, digits and hyphens, such as review-north",
        },
    )
    name = forms.CharField(max_length=200, error_messages={"required": "Enter a name"})
