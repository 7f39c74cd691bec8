"""Templates: listed, previewed, written, retired; every version stays to be looked at."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.administration import template_acts as acts
from onrecord.apps.administration import template_reads as reads
from onrecord.apps.settings.gaps import GAPS
from onrecord.apps.settings.texts import USES
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.administration import template_presenters as presenters
from onrecord.web.administration.asking import Given, asked, sent
from onrecord.web.administration.forms import ReasonForm
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of


class TemplateForm(ReasonForm):
    """What a template says."""

    field_order: tuple[str, ...] = ("use", "name", "title", "text", "reason")

    use = forms.ChoiceField(
        choices=[("", "Choose"), *USES.items()],
        error_messages={"required": "Choose what it is for"},
    )
    name = forms.CharField(
        max_length=acts.LONGEST_NAME, error_messages={"required": "Enter what it is called"}
    )
    title = forms.CharField(max_length=120, required=False)
    text = forms.CharField(
        max_length=acts.LONGEST_TEXT, widget=forms.Textarea,
        error_messages={"required": "Write the text"},
    )  # fmt: skip

    def __init__(self, *args: Any, use: str = "", needs_reason: bool = True, **kwargs: Any) -> None:
        """Ask for the use of a new template only; a preview needs no reason."""
        super().__init__(*args, **kwargs)
        self._use = use
        self.fields["reason"].required = needs_reason
        if use:
            del self.fields["use"]

    def clean(self) -> dict[str, Any]:
        """Say what is wrong with the text."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                acts.checked(self.written())
            except DataRejectedError as problem:
                raise ValidationError(f"{problem.message} {problem.next_step}".strip()) from problem
        return given

    def written(self) -> acts.Text:
        """Return the text as it was typed."""
        given = self.cleaned_data
        return acts.Text(self._use or given["use"], given["name"], given["title"], given["text"])


def templates(request: HttpRequest) -> HttpResponse:
    """List the templates there are."""
    viewer = viewer_of(request, page="templates")
    return show(
        request, "administration/templates.jinja",
        table=presenters.templates(reads.templates(viewer)), may_change=may(viewer, acts.CHANGE),
    )  # fmt: skip


def template(request: HttpRequest, code: str) -> HttpResponse:
    """Show one template as it would be filled in, as it is written, and everything it was."""
    viewer = viewer_of(request, page="template")
    found = reads.versions(viewer, code)
    return show(
        request, "administration/template.jinja", shown=found[0],
        about=presenters.about(found[0]), preview=presenters.preview(found[0].title, found[0].text),
        versions=presenters.versions(found), may_change=may(viewer, acts.CHANGE),
    )  # fmt: skip


def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version of a template as it was written."""
    viewer = viewer_of(request, page="version of a template")
    found = reads.version(viewer, code, number)
    is_now = reads.template(viewer, code).number == number
    return show(
        request, "administration/template_version.jinja", shown=found,
        about=presenters.about_version(found), is_now=is_now,
        may_change=may(viewer, acts.CHANGE) and not is_now,
    )  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """Write a new template."""
    viewer = viewer_of(request, page="new template")

    def do(text: acts.Text, reason: str) -> str:
        made = acts.make_template(viewer=viewer, text=text, reason=reason)
        return reverse("administration:template", args=[made.code])

    back = reverse("administration:templates")
    return _written(request, {}, do, heading="Write a template", back=back)


def change(request: HttpRequest, code: str) -> HttpResponse:
    """Write a further version, from what it says now or from an earlier version."""
    viewer = viewer_of(request, page="change a template")
    now = reads.template(viewer, code)
    asked_from = request.GET.get("version", "")
    number = int(asked_from) if asked_from.isdecimal() and asked_from.isascii() else now.number
    start = reads.version(viewer, code, number)
    back = reverse("administration:template", args=[code])

    def do(text: acts.Text, reason: str) -> str:
        acts.change_template(viewer=viewer, code=code, text=text, reason=reason)
        return back

    initial = {"name": start.name, "title": start.title, "text": start.text}
    return _written(
        request, initial, do, heading=f"Change a template: {now.name}", back=back, use=now.use
    )


def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a template no more."""
    return _one(request, code, acts.retire_template, "Retire")


def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Offer a retired template again."""
    return _one(request, code, acts.restore_template, "Offer again")


def _one(request: HttpRequest, code: str, act: Callable[..., object], name: str) -> HttpResponse:
    viewer = viewer_of(request, page=f"{name.lower()} a template")
    found = reads.template(viewer, code)
    back = reverse("administration:template", args=[code])

    def do(given: Given) -> str:
        act(viewer=viewer, code=code, reason=given["reason"])
        return back

    form = ReasonForm(sent(request))
    return asked(request, form, do, f"{name}: {found.name}", back, button=name)


def _written(
    request: HttpRequest, initial: dict[str, str], do: Callable[[acts.Text, str], str], *,
    heading: str, back: str, use: str = "",
) -> HttpResponse:  # fmt: skip
    """Show the form of a template, preview what was typed, or keep it and go where that leads."""
    is_preview = "preview" in request.POST
    form = TemplateForm(sent(request), initial=initial, use=use, needs_reason=not is_preview)
    shown = None
    if request.method == "POST" and form.is_valid():
        if is_preview:
            shown = presenters.preview(form.cleaned_data["title"], form.cleaned_data["text"])
        else:
            try:
                return HttpResponseRedirect(do(form.written(), form.cleaned_data["reason"]))
            except DataRejectedError as problem:
                form.add_error(None, f"{problem.message} {problem.next_step}".strip())
    return show(
        request, "administration/template_form.jinja", form=form, heading=heading, back=back,
        preview=shown, gaps=GAPS, use=use, status=422 if form.errors else 200,
    )  # fmt: skip
