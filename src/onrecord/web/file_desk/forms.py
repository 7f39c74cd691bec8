"""What is asked of somebody who seeks a file, or says what was done about one."""

from datetime import date
from typing import Any

from django import forms

from onrecord.apps.settings.listing import terms
from onrecord.apps.settings.vocabularies import SCHEDULES
from onrecord.apps.work.policies import LONGEST_TITLE, require_plain_title
from onrecord.core.kernel import clock
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.wording.dates import day_typed

_LONGEST, _LINE, _REFERENCE = 10_000, 120, 20


class DayField(forms.CharField):
    """A day to come, as people type it."""

    def clean(self, value: Any) -> date:
        """Return the day.

        Raises:
            ValidationError: it is not one, or has gone by.
        """
        day = day_typed(super().clean(value))
        if day is None:
            raise forms.ValidationError("Enter a day, such as 4 December 2026")
        if day < clock.today():
            raise forms.ValidationError("The day must be today or later")
        return day


class WordsForm(forms.Form):
    """Words that stay with the file."""

    words = forms.CharField(
        max_length=_LONGEST, widget=forms.Textarea,
        error_messages={"required": "Say it in a sentence"},
    )  # fmt: skip


class SeekForm(WordsForm):
    """A file that somebody needs, and what for."""

    about = forms.CharField(
        max_length=_REFERENCE,
        error_messages={"required": "Enter the reference of a case or a person"},
    )
    title = forms.CharField(
        max_length=LONGEST_TITLE, error_messages={"required": "Say what it is, naming nobody"}
    )

    def clean_title(self) -> str:
        """Refuse a title that gives somebody away."""
        title: str = self.cleaned_data["title"]
        try:
            require_plain_title(title)
        except DataRejectedError as problem:
            raise forms.ValidationError(f"{problem.message} {problem.next_step}") from None
        return title


class RequestForm(WordsForm):
    """Of whom a file is asked, and by when."""

    asked_of = forms.CharField(
        max_length=_LINE, error_messages={"required": "Say which office or store is asked"}
    )
    due_on = DayField(error_messages={"required": "Enter the day by which it is to come"})


class ChaseForm(WordsForm):
    """By when instead."""

    due_on = DayField(error_messages={"required": "Enter the day by which it is to come"})


class ScannedForm(WordsForm):
    """As which document it was scanned."""

    document = forms.CharField(
        max_length=_REFERENCE, error_messages={"required": "Enter the document's reference"}
    )


class DestroyedForm(WordsForm):
    """Under which schedule, and by whose word."""

    schedule = forms.CharField(
        max_length=_LINE, error_messages={"required": "Enter the retention schedule"}
    )
    confirmed_by = forms.CharField(
        max_length=_LINE, error_messages={"required": "Say who confirmed it: a post or an office"}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the schedules that the service has listed; ask for it in words while there is none."""
        super().__init__(*args, **kwargs)
        listed = [term.label for term in terms(SCHEDULES) if not term.is_retired]
        if listed:
            self.fields["schedule"] = forms.ChoiceField(
                choices=[("", "Choose a schedule"), *((label, label) for label in listed)],
                error_messages={"required": "Choose the retention schedule"},
            )
