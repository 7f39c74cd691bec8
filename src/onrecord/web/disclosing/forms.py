"""What is asked of somebody who records service, releases, takes back or contests."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from onrecord.apps.disclosing.selectors import HOW
from onrecord.web.wording.dates import day_typed

LONGEST = 10_000


class DayGone(forms.CharField):
    """A day, as people type it."""

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is not one.
        """
        text = super().clean(value)
        day = day_typed(text) if text else None
        if text and day is None:
            raise forms.ValidationError("Enter a day, such as 4 November 2026")
        return day


def words(missing: str) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        max_length=LONGEST, widget=forms.Textarea, error_messages={"required": missing}
    )


class ServiceForm(forms.Form):
    """When and how somebody was served, and by whom."""

    served_on = DayGone(error_messages={"required": "Enter the day on which it was served"})
    how = forms.ChoiceField(choices=HOW, error_messages={"required": "Choose how it was served"})
    served_by = forms.CharField(max_length=200, error_messages={"required": "Enter who served it"})


class ReleaseForm(forms.Form):
    """Which facts are released, and why."""

    facts = forms.MultipleChoiceField(
        error_messages={
            "required": "Choose at least one fact",
            "invalid_choice": "Choose from the facts that are listed",
        }
    )
    reason = words("Say why these are released")

    def __init__(self, offered: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Offer the facts that may be released."""
        super().__init__(*args, **kwargs)
        field = self.fields["facts"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - declared above
        field.choices = list(offered)


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = words("Say why")


class ContestForm(forms.Form):
    """What is not so."""

    words = words("Say what is not so, and why")
