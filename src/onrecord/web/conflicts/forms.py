"""What is asked of somebody who declares, decides or lets somebody work."""

from datetime import date
from typing import Any

from django import forms

from onrecord.apps.access.circles import PARTS
from onrecord.apps.access.selectors import colleagues
from onrecord.apps.conflicts.selectors import COVERT_CHOICES
from onrecord.core.conflicts.ties import Tie
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import day_typed

LONGEST = 10_000
TIES = {
    Tie.RELATIVE: "A relative, by blood or marriage",
    Tie.PARTNER: "A partner, now or in the past",
    Tie.SOCIAL: "A friend or acquaintance, or any other tie outside work",
}
OUTCOMES = [
    ("may_work", "They may work on it"),
    ("may_work_with_conditions", "They may work on it, with safeguards"),
    ("may_not_work", "They may not work on it: it is no longer there for them"),
]


class Day(forms.CharField):
    """A day, as people type it; empty where it is not known."""

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is not one.
        """
        text = super().clean(value)
        if not text:
            return None
        day = day_typed(text)
        if day is None:
            raise forms.ValidationError("Enter a day, such as 4 December 2026")
        return day


def words(missing: str, *, required: bool = True) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        max_length=LONGEST, required=required, widget=forms.Textarea,
        error_messages={"required": missing},
    )  # fmt: skip


def reference(missing: str) -> forms.CharField:
    """Return a field for a public reference."""
    return forms.CharField(max_length=20, error_messages={"required": missing})


class ConflictForm(forms.Form):
    """Any form of this slice knows who fills it in."""

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Take who fills it in, and offer their colleagues where a form asks for one."""
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        field = self.fields.get("who")
        if isinstance(field, forms.ChoiceField):
            people = [
                (str(user.pk), f"{user.display_name} ({user.username})")
                for user in colleagues(viewer)
            ]
            field.choices = [("", "Choose"), *people]


class DeclareForm(ConflictForm):
    """A tie to somebody on record."""

    person = reference("Enter whom you are tied to, such as P-4T7QX-2M9KB-H")
    tie = forms.ChoiceField(
        choices=[(tie.value, said) for tie, said in TIES.items()],
        error_messages={"required": "Choose how you are tied"},
    )
    from_on = Day(required=False)
    until_on = Day(required=False)
    words = words("Say in a sentence what the tie is")


class ReasonForm(ConflictForm):
    """A few sentences that are kept."""

    reason = words("Say why")


class StepAwayForm(ConflictForm):
    """A case that somebody steps away from."""

    case = reference("Enter the case, such as C-4T7QX-2M9KB-H")
    reason = words("Say why")


class DecideForm(ConflictForm):
    """A decision on a conflict."""

    outcome = forms.ChoiceField(
        choices=OUTCOMES, error_messages={"required": "Choose whether they may work on it"}
    )
    reason = words("Say why")
    mitigations = words("Say what safeguards there are", required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for safeguards where the decision rests on them."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("outcome") == "may_work_with_conditions" and not given.get("mitigations"):
            self.add_error("mitigations", "Say what safeguards there are")
        return given


class OverrideForm(ConflictForm):
    """An override for a time."""

    until = Day(error_messages={"required": "Enter the last day of it"})
    reason = words("Say why it cannot be done otherwise")


class LetWorkForm(ConflictForm):
    """Somebody who is to work on a case."""

    who = forms.ChoiceField(error_messages={"required": "Choose a colleague"})
    part = forms.ChoiceField(
        choices=[("", "Choose"), *((part, readable(part)) for part in PARTS)],
        error_messages={"required": "Choose their part"},
    )
    reason = words("Say why")


class OutsideForm(ConflictForm):
    """Who decides instead."""

    organisation = forms.CharField(
        max_length=200, error_messages={"required": "Enter which force or body"}
    )
    decider = forms.CharField(
        max_length=200, error_messages={"required": "Enter who decides there"}
    )
    reason = words("Say why it cannot be decided here")


class CovertForm(ConflictForm):
    """Why a case is known to its circle only."""

    review_on = Day(error_messages={"required": "Enter the day on which this is looked at again"})
    reason = words("Say why")


class ChooseForm(ConflictForm):
    """How somebody who is barred is kept from a case."""

    choice = forms.ChoiceField(
        choices=COVERT_CHOICES, error_messages={"required": "Choose how they are kept from it"}
    )
    reason = words("Say why")


class AnswerForm(ConflictForm):
    """An answer to an ask."""

    agrees = forms.ChoiceField(
        choices=[("yes", "I agree"), ("no", "I do not agree: it ends here")],
        error_messages={"required": "Choose whether you agree"},
    )
    reason = words("Say why")
