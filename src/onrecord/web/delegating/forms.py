"""What is asked of somebody who lets a colleague act for them."""

from datetime import date
from typing import Any

from django import forms

from onrecord.apps.access.delegating import lendable
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import colleagues
from onrecord.core.kernel import clock
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.permissions.table import permissions
from onrecord.web.wording.dates import day_typed

ALL, SOME = "all", "some"


class DayField(forms.CharField):
    """A day from today on, as people type it."""

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is not one, or has gone by.
        """
        text = super().clean(value)
        day = day_typed(text)
        if day is None:
            raise forms.ValidationError("Enter a day, such as 4 December 2026")
        if day < clock.today():
            raise forms.ValidationError("The day must be today or later")
        return day


class DelegationForm(forms.Form):
    """To whom, what, from when to when, and why."""

    taker = forms.ChoiceField(error_messages={"required": "Choose who is to act for you"})
    from_on = DayField(error_messages={"required": "Enter the first day"})
    until_on = DayField(error_messages={"required": "Enter the last day"})
    extent = forms.ChoiceField(
        choices=[(ALL, "Everything my duty allows"), (SOME, "Only the acts ticked below")],
        initial=ALL, error_messages={"required": "Choose how much they may do for you"},
    )  # fmt: skip
    verbs = forms.MultipleChoiceField(required=False)
    reason = forms.CharField(
        max_length=2000, widget=forms.Textarea, error_messages={"required": "Say why"}
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the viewer's colleagues, and the acts of their own duty."""
        super().__init__(*args, **kwargs)
        people = colleagues(viewer).exclude(human=viewer.human).exclude(role=Role.ADMINISTRATOR)
        self.fields["taker"] = forms.ChoiceField(
            choices=[("", "Choose a colleague"),
                     *((user.username, f"{user.display_name} ({user.username})") for user in people)],
            error_messages={"required": "Choose who is to act for you"},
        )  # fmt: skip
        self.fields["verbs"] = forms.MultipleChoiceField(
            choices=[(verb, permissions()[verb].meaning) for verb in lendable(viewer.role)],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        """Refuse some acts without any named; without `some`, what was ticked does not count."""
        given = super().clean() or {}
        if given.get("extent") == SOME and not given.get("verbs"):
            self.add_error("verbs", "Tick at least one act, or choose everything")
        if given.get("extent") == ALL:
            given["verbs"] = []
        return given
