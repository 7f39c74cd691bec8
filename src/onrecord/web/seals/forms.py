"""What is asked of somebody who keeps a seal, or asks its owner."""

from datetime import date
from typing import Any

from django import forms

from onrecord.apps.access.selectors import colleagues
from onrecord.core.kernel import clock
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import day_typed

LONGEST = 10_000


class DayToCome(forms.CharField):
    """A day after today, as people type it."""

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is not one, or is not to come.
        """
        text = super().clean(value)
        if not text:
            return None
        day = day_typed(text)
        if day is None or day <= clock.today():
            raise forms.ValidationError("Enter a day to come, such as 4 December 2026")
        return day


def words(missing: str, *, required: bool = True) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        max_length=LONGEST, required=required, widget=forms.Textarea,
        error_messages={"required": missing},
    )  # fmt: skip


class SealForm(forms.Form):
    """Any form of this slice knows who fills it in."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Take who fills it in."""
        super().__init__(*args, **kwargs)
        self.viewer = viewer


class OpenForm(SealForm):
    """A new seal."""

    title = forms.CharField(max_length=200, error_messages={"required": "Enter what to call it"})
    reason = words("Say why it is sealed")
    handling_conditions = words("Say how it is to be handled")
    review_on = DayToCome(error_messages={"required": "Enter the day of the first review"})


class ThingForm(SealForm):
    """What goes behind a seal."""

    reference = forms.CharField(
        max_length=20, error_messages={"required": "Enter a reference, such as C-4T7QX-2M9KB-H"}
    )


class MemberForm(SealForm):
    """Who is let behind a seal."""

    to = forms.ChoiceField(error_messages={"required": "Choose a colleague"})

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the viewer's colleagues."""
        super().__init__(viewer, *args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        people = [
            (user.username, f"{user.display_name} ({user.username})") for user in colleagues(viewer)
        ]
        field.choices = [("", "Choose"), *people]


class ReviewForm(SealForm):
    """Whether a seal is still needed."""

    outcome = forms.ChoiceField(
        choices=[
            ("kept", "Keep it until a further day"),
            ("lifted", "Lift it: everything behind it is seen again"),
        ],
        error_messages={"required": "Choose whether the seal is kept"},
    )
    next_review_on = DayToCome(required=False)
    reason = words("Say why")

    def clean(self) -> dict[str, Any]:
        """Ask for a day of review where the seal is kept."""
        given: dict[str, Any] = super().clean() or {}
        if (
            given.get("outcome") == "kept"
            and not given.get("next_review_on")
            and "next_review_on" not in self.errors
        ):
            self.add_error("next_review_on", "Enter the day of the next review")
        return given


class DevelopForm(SealForm):
    """What can be said openly."""

    person = forms.CharField(
        max_length=20,
        error_messages={"required": "Enter whom it is about, such as P-4T7QX-2M9KB-H"},
    )
    case_type = forms.ChoiceField(error_messages={"required": "Choose what it becomes"})
    category = forms.CharField(
        max_length=200, error_messages={"required": "Say what the person is said to have done"}
    )
    reason = words("Say why it can be put to somebody now")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds of case there are."""
        super().__init__(viewer, *args, **kwargs)
        field = self.fields["case_type"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        types = sorted(KINDS["case_reported"].column("case_type").choices or ())
        field.choices = [("", "Choose"), *((code, readable(code)) for code in types)]


class AskForm(SealForm):
    """A question for counter-corruption."""

    reference = forms.CharField(
        max_length=20, error_messages={"required": "Enter a reference, such as P-4T7QX-2M9KB-H"}
    )
    words = words("Say what you ask")


class WordsForm(SealForm):
    """A few sentences that are kept."""

    words = words("Say it in a sentence")
