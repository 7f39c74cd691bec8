"""What a review lead is asked when defining a cohort."""

from datetime import date
from typing import Any

from django import forms

from onrecord.core.kernel import clock
from onrecord.core.kernel.fact_columns import CODES
from onrecord.web.wording.codes import CASE_TYPE, DISPOSITION_CLASS, PERSON_TYPE, worded
from onrecord.web.wording.dates import day_typed

NOT_YET = "The day must be today or earlier"
NOT_A_DAY = "Enter a day, such as 1 April 2016"


def _choices(column: str, words: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, worded(words, code)) for code in CODES[column]]


class DayField(forms.CharField):
    """A day as people type it."""

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
            raise forms.ValidationError(NOT_A_DAY)
        return day


class ListField(forms.CharField):
    """Several words or phrases, one a line or separated by commas."""

    def clean(self, value: Any) -> list[str]:
        """Return each of them once."""
        text = super().clean(value) or ""
        parts = (part.strip() for part in text.replace("\n", ",").split(","))
        return list(dict.fromkeys(part for part in parts if part))


class RunForm(forms.Form):
    """On which day's knowledge a definition is run."""

    on = DayField(required=False)

    def clean_on(self) -> date | None:
        """Refuse a day that has not come."""
        on: date | None = self.cleaned_data["on"]
        if on and on > clock.today():
            raise forms.ValidationError(NOT_YET)
        return on


class CohortForm(forms.Form):
    """A definition, question by question; `as_definition` is what it comes to."""

    name = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=100,
        error_messages={
            "required": "Enter a short name",
            "invalid": "Use small letters, digits and hyphens, such as domestic-2016",
        },
    )
    version = forms.IntegerField(
        min_value=1,
        initial=1,
        error_messages={"required": "Enter a version", "invalid": "Enter a whole number"},
    )
    title = forms.CharField(
        max_length=200, error_messages={"required": "Enter a title that says what is in it"}
    )
    description = forms.CharField(required=False, max_length=2000)
    factors = ListField(required=False, max_length=500)
    category_contains = ListField(required=False, max_length=500)
    case_types_without = forms.MultipleChoiceField(
        choices=_choices("case_type", CASE_TYPE), required=False
    )
    date_basis = forms.ChoiceField(
        choices=[
            ("occurred", "When it happened"),
            ("reported", "When it was reported"),
            ("recorded", "When it was recorded"),
            ("finalised", "When it was finalised"),
        ],
        error_messages={"required": "Choose which date counts"},
    )
    date_from = DayField(required=False)
    date_to = DayField(required=False)
    completed_only = forms.BooleanField(required=False)
    classes = forms.MultipleChoiceField(
        choices=_choices("disposition_class", DISPOSITION_CLASS), required=False
    )
    person_types = forms.MultipleChoiceField(
        choices=_choices("person_type", PERSON_TYPE), required=False
    )
    serving_on = DayField(required=False)
    organisations = ListField(required=False, max_length=500)
    not_dismissed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """Insist that something is asked for, and that the period runs forwards."""
        given = super().clean() or {}
        if not (
            given.get("factors")
            or given.get("category_contains")
            or given.get("case_types_without")
        ):
            self.add_error(
                "factors", "Say what must be alleged, or which cases count without an allegation"
            )
        first, last = given.get("date_from"), given.get("date_to")
        if first and last and last < first:
            self.add_error("date_to", "The last day must not be before the first")
        if given.get("organisations") and not given.get("serving_on"):
            self.add_error("serving_on", "Enter the day on which they must have been serving there")
        return given

    def as_definition(self) -> dict[str, Any]:
        """Return the definition that the answers come to, as its YAML says it."""
        given = self.cleaned_data
        definition: dict[str, Any] = {name: given[name] for name in ("name", "version", "title")}
        if given["description"]:
            definition["description"] = given["description"]
        definition["select"] = self._select()
        definition["dates"] = self._dates()
        if given["completed_only"]:
            definition["completed_only"] = True
        if given["classes"]:
            definition["dispositions"] = {"classes": given["classes"]}
        if given["person_types"]:
            definition["person_types"] = given["person_types"]
        if given["serving_on"]:
            definition["serving_on"] = {"date": given["serving_on"].isoformat()}
            if given["organisations"]:
                definition["serving_on"]["organisations"] = given["organisations"]
        if given["not_dismissed"]:
            definition["not_dismissed"] = {}
        return definition

    def _select(self) -> dict[str, Any]:
        given = self.cleaned_data
        asked = [{name: given[name]} for name in ("factors", "category_contains") if given[name]]
        select: dict[str, Any] = {"allegations": asked} if asked else {}
        if given["case_types_without"]:
            select["cases_without_allegation"] = [{"case_types": given["case_types_without"]}]
        return select

    def _dates(self) -> dict[str, Any]:
        given = self.cleaned_data
        dates = {"date_basis": given["date_basis"]}
        if given["date_from"]:
            dates["from"] = given["date_from"].isoformat()
        if given["date_to"]:
            dates["to"] = given["date_to"].isoformat()
        return dates
