"""Lists of choices: those of the service's own changed with a reason, fixed ones shown with theirs."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.administration import vocabulary_acts as acts
from onrecord.apps.administration import vocabulary_reads as reads
from onrecord.web.administration import vocabulary_presenters as presenters
from onrecord.web.administration.asking import Given, asked, sent
from onrecord.web.administration.forms import ReasonForm
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of

_USED = "What used it still shows it. Nothing is ever deleted."


class TermForm(ReasonForm):
    """A choice of a list."""

    field_order: tuple[str, ...] = ("label", "meaning", "reason")

    label = forms.CharField(max_length=60, error_messages={"required": "Enter what it is called"})
    meaning = forms.CharField(max_length=120, required=False)


def vocabularies(request: HttpRequest) -> HttpResponse:
    """List every list of choices, the service's own and the fixed."""
    viewer = viewer_of(request, page="lists of choices")
    return show(
        request, "administration/vocabularies.jinja", own=presenters.own(reads.own_lists(viewer)),
        fixed=presenters.fixed(reads.fixed_lists(viewer)),
    )  # fmt: skip


def vocabulary(request: HttpRequest, key: str) -> HttpResponse:
    """Show one list with everything that was changed in it; a fixed one with why it is fixed."""
    viewer = viewer_of(request, page="list of choices")
    fixed = reads.fixed_list(viewer, key)
    if fixed is not None:
        return show(
            request, "administration/vocabulary_fixed.jinja", shown=fixed,
            about=presenters.about_fixed(fixed),
        )  # fmt: skip
    found = reads.own_list(viewer, key)
    may_change = may(viewer, acts.CHANGE)
    return show(
        request, "administration/vocabulary.jinja", shown=found.vocabulary,
        choices=presenters.choices(found, may_change=may_change),
        changes=presenters.changes(reads.changes_of_list(viewer, key)), may_change=may_change,
    )  # fmt: skip


def add(request: HttpRequest, key: str) -> HttpResponse:
    """Add a choice."""
    viewer = viewer_of(request, page="add a choice")
    found = reads.own_list(viewer, key).vocabulary

    def do(given: Given) -> None:
        acts.add_term(viewer=viewer, key=key, **given)

    return _asked(
        request,
        key,
        TermForm(sent(request)),
        do,
        heading=f"Add a choice: {found.title}",
        button="Add it",
    )


def rename(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Call a choice something else."""
    viewer = viewer_of(request, page="rename a choice")
    term = reads.term_of(viewer, key, code)

    def do(given: Given) -> None:
        acts.rename_term(viewer=viewer, key=key, code=code, **given)

    form = TermForm(sent(request), initial={"label": term.label, "meaning": term.meaning})
    return _asked(
        request, key, form, do, heading=f"Rename a choice: {term.label}", button="Rename it",
        said="It is called so wherever it was used as well. What it was called stays in the list of changes.",
    )  # fmt: skip


def retire(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Offer a choice no more."""
    return _one(request, key, code, acts.retire_term, "Retire", said=_USED)


def restore(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """Offer a retired choice again."""
    return _one(request, key, code, acts.restore_term, "Offer again")


def _one(
    request: HttpRequest, key: str, code: str, act: Callable[..., object], name: str, **more: object
) -> HttpResponse:
    viewer = viewer_of(request, page=f"{name.lower()} a choice")
    term = reads.term_of(viewer, key, code)

    def do(given: Given) -> None:
        act(viewer=viewer, key=key, code=code, reason=given["reason"])

    form = ReasonForm(sent(request))
    return _asked(request, key, form, do, heading=f"{name}: {term.label}", button=name, **more)


def _asked(
    request: HttpRequest, key: str, form: forms.Form, do: Callable[[Given], None], *, heading: str,
    button: str, **more: Any,
) -> HttpResponse:  # fmt: skip
    back = reverse("administration:vocabulary", args=[key])

    def done(given: Given) -> str:
        do(given)
        return back

    return asked(request, form, done, heading, back, button=button, **more)
