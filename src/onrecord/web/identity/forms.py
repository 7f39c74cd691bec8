"""What is asked of somebody who judges, contests, or asks who somebody is."""

from typing import Any

from django import forms

from onrecord.core.kernel import clock
from onrecord.web.wording.dates import day_typed

_LONGEST, _LINE = 10_000, 200
OTHER = "other"
JUDGEMENTS = (
    ("same", "One person (s)"),
    ("not_same", "Not one person (d)"),
    ("undecided", "More must be known first (m)"),
)
KEYS = {"same": "s", "not_same": "d", "undecided": "m"}
BECAUSE = (
    ("all agrees", "All that is known of both agrees"),
    ("a name was changed or misspelt", "A name was changed or misspelt; the rest agrees"),
    ("what cannot change differs", "What cannot change differs, and both are sure"),
    ("two people of one name", "Two people of one name"),
    ("too little is known", "Too little is known of one of them"),
    (OTHER, "Something else, as written below"),
)


class WhyForm(forms.Form):
    """Why, in somebody's own words."""

    reason = forms.CharField(
        max_length=_LONGEST, widget=forms.Textarea, error_messages={"required": "Say why"}
    )


class JudgeForm(forms.Form):
    """What two records are, and why."""

    judgement = forms.ChoiceField(
        choices=JUDGEMENTS, error_messages={"required": "Choose what they are"}
    )
    because = forms.ChoiceField(choices=BECAUSE, error_messages={"required": "Choose why"})
    words = forms.CharField(max_length=_LONGEST, widget=forms.Textarea, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for words where none of the reasons fits."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("because") == OTHER and not given.get("words", "").strip():
            self.add_error("words", "Say why")
        return given

    @property
    def reason(self) -> str:
        """Return the reason as it is kept."""
        chosen: str = self.cleaned_data["because"]
        words: str = self.cleaned_data["words"].strip()
        if chosen == OTHER:
            return words
        said = chosen[0].upper() + chosen[1:] + "."
        return f"{said} {words}".strip()


class AskForm(forms.Form):
    """What is known of somebody. All of it may be left out, but not all at once."""

    family = forms.CharField(max_length=_LINE, required=False)
    given = forms.CharField(max_length=_LINE, required=False)
    middle = forms.CharField(max_length=_LINE, required=False)
    born = forms.CharField(max_length=40, required=False)
    number = forms.CharField(max_length=40, required=False)
    warrant = forms.CharField(max_length=40, required=False)

    def clean_born(self) -> Any:
        """Return the day of birth, a year of birth, or nothing.

        Raises:
            ValidationError: it is none of them.
        """
        typed: str = self.cleaned_data["born"].strip()
        if not typed:
            return None
        if len(typed) == 4 and typed.isascii() and typed.isdecimal():  # noqa: PLR2004 - a year has four figures
            return int(typed)
        day = day_typed(typed)
        if day is None or day > clock.today():
            raise forms.ValidationError("Enter a day, such as 14 July 1980, or a year")
        return day


class RoleForm(WhyForm):
    """What somebody was in a case."""

    role = forms.ChoiceField(
        choices=(
            ("subject", "The subject: the case is about what they did"),
            ("victim", "A victim"),
            ("witness", "A witness"),
            ("reporter", "Whoever reported it"),
            ("other", "Something else"),
        ),
        error_messages={"required": "Choose what they were"},
    )


class CasesForm(WhyForm):
    """What two cases are."""

    judgement = forms.ChoiceField(
        choices=(
            ("same", "One incident (s)"), ("not_same", "Not one incident (d)"),
            ("undecided", "More must be known first (m)"),
        ),
        error_messages={"required": "Choose what they are"},
    )  # fmt: skip


class JoinForm(WhyForm):
    """Whose two references are one person."""

    one = forms.CharField(max_length=40, error_messages={"required": "Give a reference"})
    other = forms.CharField(max_length=40, error_messages={"required": "Give a reference"})
