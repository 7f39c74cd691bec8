"""What is asked of somebody who records something of a victim, asks who they are, or compares two."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from onrecord.core.conduct.distinct import Answer
from onrecord.core.conduct.victims import CHANNELS, EntryKind
from onrecord.core.kernel import clock
from onrecord.web.wording.dates import day_typed

_LONGEST = 10_000
_WORDS = "words-"
ANSWERS = {
    Answer.SAME: "The same person",
    Answer.DIFFERENT: "Different people",
    Answer.CANNOT_TELL: "Cannot tell",
}
"""What is said of two who were compared."""


class PastDayField(forms.CharField):
    """A day that has come, as people type it."""

    def clean(self, value: Any) -> date:
        """Return the day.

        Raises:
            ValidationError: it is not one, or is still to come.
        """
        day = day_typed(super().clean(value))
        if day is None:
            raise forms.ValidationError("Enter a day, such as 4 November 2026")
        if day > clock.today():
            raise forms.ValidationError("The day must be today or earlier")
        return day


class EntryForm(forms.Form):
    """One dated statement of a kind; which answers it offers is the kind's to say."""

    def __init__(self, kind: EntryKind, *args: Any, **kwargs: Any) -> None:
        """Offer what may be said in an entry of `kind`."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        offered = (
            ("what", kind.whats, "Choose what it is about"),
            ("state", kind.states, "Choose how it stands"),
            ("channel", CHANNELS if kind.has_channel else {}, "Choose how"),
        )
        for name, choices, missing in offered:
            if choices:
                self.fields[name] = _choice(choices, missing)
        self.fields["on_day"] = PastDayField(error_messages={"required": "Enter the day"})
        for label in kind.words:
            self.fields[_WORDS + label] = forms.CharField(
                required=False, max_length=_LONGEST, widget=forms.Textarea
            )

    @property
    def choices(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields with answers to choose from, each with its legend."""
        legends = {"what": "What it is about", "state": "How it stands", "channel": "How"}
        return [(self[name], legend) for name, legend in legends.items() if name in self.fields]

    @property
    def free(self) -> list[tuple[forms.BoundField, str]]:
        """Return the fields for free words, each with its label."""
        return [(self[_WORDS + code], label) for code, label in self.kind.words.items()]

    @property
    def words(self) -> Mapping[str, str]:
        """Return what was written freely, by code."""
        return {code: self.cleaned_data.get(_WORDS + code, "") for code in self.kind.words}


class ReasonForm(forms.Form):
    """Why somebody is to be told who a party is."""

    reason = forms.CharField(
        max_length=500, error_messages={"required": "Say why you need to know who this is"}
    )


class OtherForm(ReasonForm):
    """With whom a party is to be compared, and why."""

    other = forms.ChoiceField(error_messages={"required": "Choose whom to compare with"})

    def __init__(self, others: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Offer the other parties of the viewer's cases."""
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Choose"), *others]


class AnswerForm(forms.Form):
    """What the comparison came to, and on what it rests."""

    answer = forms.ChoiceField(
        choices=[(code.value, words) for code, words in ANSWERS.items()],
        error_messages={"required": "Choose what you found"},
    )
    reasons = forms.CharField(
        max_length=_LONGEST, widget=forms.Textarea,
        error_messages={"required": "Say on what the answer rests"},
    )  # fmt: skip


def _choice(choices: Mapping[str, str], missing: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=list(choices.items()),
        error_messages={"required": missing, "invalid_choice": missing},
    )
