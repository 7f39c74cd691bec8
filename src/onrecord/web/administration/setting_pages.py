"""What may be administered, and the settings: listed, looked at, changed with a reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.administration import setting_acts, setting_reads
from onrecord.apps.administration.setting_reads import Standing
from onrecord.apps.settings.policies import require_possible
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.administration import setting_presenters as presenters
from onrecord.web.administration.asking import Given, asked, sent
from onrecord.web.administration.forms import ReasonForm
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of

_PLACES = (
    ("Users", "administration:users", "account:list", "Who has an account, for which duty."),
    ("Teams", "administration:teams", "account:list", "Whose work can be a team's."),
    ("Settings", "administration:settings", "setting:read", "How long, how many, from when on."),
    (
        "Lists of choices",
        "administration:vocabularies",
        "vocabulary:read",
        "What forms offer: kinds of task, note and letter.",
    ),
    (
        "Templates",
        "administration:templates",
        "template:read",
        "Texts to begin a letter, a note or a task from.",
    ),
)


class SettingForm(ReasonForm):
    """Another value for a setting."""

    field_order: tuple[str, ...] = ("value", "reason")

    def __init__(self, standing: Standing, *args: Any, **kwargs: Any) -> None:
        """Ask for what this setting takes."""
        super().__init__(*args, **kwargs)
        setting = standing.setting
        if setting.options:
            self.fields["value"] = forms.ChoiceField(
                choices=setting.options, label=setting.title,
                error_messages={"required": "Choose one"},
            )  # fmt: skip
        else:
            self.fields["value"] = forms.CharField(
                max_length=9, label=f"{setting.title} ({setting.unit})",
                help_text=f"A whole number from {setting.lowest:,} to {setting.highest:,}.",
                error_messages={"required": f"Enter a number of {setting.unit}"},
            )  # fmt: skip
        self._setting = setting
        self.order_fields(self.field_order)

    def clean_value(self) -> str:
        """Say with the field itself what is wrong with its value."""
        try:
            return require_possible(self._setting, self.cleaned_data["value"])
        except DataRejectedError as problem:
            raise ValidationError(problem.message) from problem


def start(request: HttpRequest) -> HttpResponse:
    """List what the viewer may see of administration."""
    viewer = viewer_of(request, page="administration")
    places = [
        (name, reverse(route), what) for name, route, verb, what in _PLACES if may(viewer, verb)
    ]
    return show(request, "administration/start.jinja", places=places)


def settings(request: HttpRequest) -> HttpResponse:
    """List every setting, what holds, and who set it."""
    viewer = viewer_of(request, page="settings")
    table = presenters.settings(setting_reads.standings(viewer))
    return show(request, "administration/settings.jinja", table=table)


def setting(request: HttpRequest, key: str) -> HttpResponse:
    """Show one setting with everything it was."""
    viewer = viewer_of(request, page="setting")
    found = setting_reads.standing(viewer, key)
    return show(
        request, "administration/setting.jinja", shown=found.setting,
        about=presenters.about(found),
        changes=presenters.changes(found.setting, setting_reads.changes_of_setting(viewer, key)),
        may_change=may(viewer, setting_acts.CHANGE) and not found.operator,
        operator=found.operator, was_asked="asked" in request.GET,
    )  # fmt: skip


def change(request: HttpRequest, key: str) -> HttpResponse:
    """Set a setting, alone or with somebody else's agreement."""
    viewer = viewer_of(request, page="change a setting")
    found = setting_reads.standing(viewer, key)
    back = reverse("administration:setting", args=[key])

    def do(given: Given) -> str:
        is_done = setting_acts.change_setting(
            viewer=viewer, key=key, value=given["value"], reason=given["reason"]
        )
        return back if is_done else f"{back}?asked=yes"

    form = SettingForm(found, sent(request), initial={"value": found.kept})
    return asked(
        request, form, do, f"Change a setting: {found.setting.title}", back, button="Save",
        said=found.setting.meaning, warns=presenters.warning(found.setting),
    )  # fmt: skip
