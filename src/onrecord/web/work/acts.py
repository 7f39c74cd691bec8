"""What can be done with a task: each act has a form of its own, and is decided by a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.selectors import user_named
from onrecord.apps.work import services
from onrecord.apps.work.selectors import task_named
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.work.forms import DueForm, PersonForm, ReviewForm, WordsForm

type Do = Callable[[Viewer, str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to be done with a task.

    Attributes:
        verb: what the table of permissions calls it.
        heading: what its page, its link and its button say.
        words: what the field for words is called.
        states: in which states of the task it is offered.
    """

    verb: str
    heading: str
    words: str
    states: frozenset[str]
    form: type[WordsForm]
    do: Do


_OPEN = frozenset({"open"})
_ANY = frozenset({"open", "resulted", "reviewed", "withdrawn"})


def _allocate(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    to = user_named(given["to"])
    services.allocate(viewer=viewer, reference=reference, to=to, reason=given["reason"])


def _hand_over(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    to = user_named(given["to"])
    services.hand_over(viewer=viewer, reference=reference, to=to, reason=given["reason"])


def _escalate(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    to = user_named(given["to"])
    services.escalate(viewer=viewer, reference=reference, to=to, reason=given["reason"])


def _due(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    services.change_due(
        viewer=viewer, reference=reference, due_on=given["due_on"], reason=given["reason"]
    )


def _result(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    services.result(viewer=viewer, reference=reference, words=given["reason"])


def _review(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    services.review(
        viewer=viewer, reference=reference, is_enough=given["is_enough"] == "yes",
        reason=given["reason"],
    )  # fmt: skip


def _note(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    services.add_note(viewer=viewer, reference=reference, words=given["reason"])


def _withdraw(viewer: Viewer, reference: str, given: dict[str, Any]) -> None:
    services.withdraw(viewer=viewer, reference=reference, reason=given["reason"])


ACTS = {
    "result": Act("task:result", "Give the result", "What came of it", _OPEN, WordsForm, _result),
    "review": Act(
        "task:review", "Review the result", "Why", frozenset({"resulted"}), ReviewForm, _review
    ),
    "note": Act("task:note", "Add a note", "Note", _ANY, WordsForm, _note),
    "allocate": Act("task:allocate", "Allocate", "Why", _OPEN, PersonForm, _allocate),
    "hand-over": Act("task:hand_over", "Hand over", "Why", _OPEN, PersonForm, _hand_over),
    "due": Act("task:change_due", "Change the day", "Why", _OPEN, DueForm, _due),
    "escalate": Act("task:escalate", "Escalate", "Why it is stuck", _OPEN, PersonForm, _escalate),
    "withdraw": Act("task:withdraw", "Withdraw", "Why", _OPEN, WordsForm, _withdraw),
}


def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """Ask what an act needs, and do it."""
    chosen = ACTS[name]
    viewer = viewer_of(request, page=f"task: {name}")
    task = task_named(viewer, reference, verb=chosen.verb)
    form = chosen.form(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(viewer, task.reference, form.cleaned_data)
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("work:task", args=[task.reference]))
    return show(
        request, "work/act.jinja", act=chosen, task=task, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip
