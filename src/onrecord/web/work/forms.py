"""What is asked of somebody who raises a task, or decides about one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from onrecord.apps.access.selectors import all_teams, colleagues
from onrecord.apps.settings.listing import offered
from onrecord.apps.settings.vocabularies import TASK_KINDS
from onrecord.apps.work.policies import LONGEST_TITLE, require_plain_title
from onrecord.core.kernel import clock
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.wording.dates import day_typed

LONGEST = 10_000
NOBODY = ("", "Nobody yet")


class DayField(forms.CharField):
    """A day to come, as people type it."""

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is not one, or has gone by.
        """
        text = super().clean(value)
        if not text:
            return None
        day = day_typed(text)
        if day is None:
            raise forms.ValidationError("Enter a day, such as 4 December 2026")
        if day < clock.today():
            raise forms.ValidationError("The day must be today or later")
        return day


class PastDayField(forms.CharField):
    """A day that has come, as people type it."""

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: it is not one, or is still to come.
        """
        text = super().clean(value)
        day = day_typed(text)
        if day is None:
            raise forms.ValidationError("Enter a day, such as 4 November 2026")
        if day > clock.today():
            raise forms.ValidationError("The day must be today or earlier")
        return day


def words(missing: str) -> forms.CharField:
    """Return a field for free words; `missing` is said when it is left empty."""
    return forms.CharField(
        max_length=LONGEST, widget=forms.Textarea, error_messages={"required": missing}
    )


def _people(viewer: Viewer) -> list[tuple[str, str]]:
    return [
        (user.username, f"{user.display_name} ({user.username})") for user in colleagues(viewer)
    ]


def plain(text: str) -> str:
    """Return words for a list, unless they give somebody away.

    Raises:
        ValidationError: they do.
    """
    try:
        require_plain_title(text)
    except DataRejectedError as problem:
        raise forms.ValidationError(f"{problem.message} {problem.next_step}") from None
    return text


class RaiseForm(forms.Form):
    """A new question, action or task."""

    kind = forms.ChoiceField(error_messages={"required": "Choose what it is"})
    title = forms.CharField(
        max_length=LONGEST_TITLE, error_messages={"required": "Enter a title that names nobody"}
    )
    asked = words("Say what is asked, and why")
    case = forms.CharField(required=False, max_length=20)
    owner = forms.ChoiceField(required=False)
    team = forms.ChoiceField(required=False)
    due_on = DayField(required=False)
    escalate_to = forms.ChoiceField(required=False)

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the kinds, the viewer's colleagues and the teams there are."""
        super().__init__(*args, **kwargs)
        people = _people(viewer)
        teams = [(team.code, team.name) for team in all_teams() if team.is_open]
        self._offer("kind", offered(TASK_KINDS))
        self._offer("owner", [NOBODY, *people])
        self._offer("escalate_to", [("", "Nobody"), *people])
        self._offer("team", [("", "That of the owner, or none"), *teams])

    def clean_title(self) -> str:
        """Refuse a title that gives somebody away."""
        return plain(self.cleaned_data["title"])

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = list(choices)


class WordsForm(forms.Form):
    """Words that stay with the task."""

    reason = words("Say it in a sentence")

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Take whoever decides; here nothing depends on who it is."""
        super().__init__(*args, **kwargs)
        del viewer


class PersonForm(WordsForm):
    """To whom, and why."""

    to = forms.ChoiceField(error_messages={"required": "Choose a colleague"})

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        """Offer the viewer's colleagues."""
        super().__init__(viewer, *args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "Choose"), *_people(viewer)]


class DueForm(WordsForm):
    """By when instead, and why."""

    due_on = DayField(error_messages={"required": "Enter the new day"})


class ReviewForm(WordsForm):
    """Whether a result is enough, and why."""

    is_enough = forms.ChoiceField(
        choices=[
            ("yes", "It is enough: the task is finished with"),
            ("no", "It is not: refer it back to its owner"),
        ],
        error_messages={"required": "Choose whether the result is enough"},
    )
