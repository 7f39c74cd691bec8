"""Acts that take more than one person: what waits for my answer, and what I asked for."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.agreeing import answer_ask
from onrecord.apps.access.asking import OwnAsk, ask_waiting, asks_waiting_for, own_asks
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.permissions.table import permissions
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_moment
from onrecord.web.work.forms import WordsForm

_TAGS = {
    "waiting": Tag("Waiting", "yellow"), "agreed": Tag("Agreed", "green"),
    "refused": Tag("Refused", "red"), "used": Tag("Done", "grey"),
    "run out": Tag("Ran out", "grey"),
}  # fmt: skip


class AnswerForm(WordsForm):
    """Yes or no, with reasons."""

    field_order = ("agrees", "reason")

    agrees = forms.ChoiceField(
        choices=[("yes", "Yes, I agree"), ("no", "No, I do not agree")],
        error_messages={"required": "Choose whether you agree"},
    )


def agreements(request: HttpRequest) -> HttpResponse:
    """Show what waits for the viewer's answer, and how what they asked for stands."""
    viewer = viewer_of(request, page="agreements")
    waiting = DataTable(
        caption="Waiting for your answer, the oldest first",
        columns=columns("What", "Asked by", "Runs out"),
        rows=tuple(
            Row((
                Cell(meaning(ask.verb), href=reverse("work:ask", args=[ask.pk]),
                     note=f"Asked {uk_moment(ask.asked_at)}"),
                Cell(ask.asked_by.display_name), short(uk_moment(ask.expires_at)),
            ))
            for ask in asks_waiting_for(viewer)
        ),
        empty="Nothing waits for your answer.",
    )  # fmt: skip
    mine = DataTable(
        caption="What you asked others to agree to, newest first",
        columns=columns("What", "How it stands", "Answers"),
        rows=tuple(map(_mine, own_asks(viewer))),
        empty="You have asked nobody to agree to anything.",
    )
    return show(request, "work/agreements.jinja", waiting=waiting, mine=mine)


def ask(request: HttpRequest, number: int) -> HttpResponse:
    """Show one ask with its reasons, and take the viewer's answer."""
    viewer = viewer_of(request, page="agreement")
    found = ask_waiting(viewer, number)
    form = AnswerForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        try:
            answer_ask(
                viewer=viewer, ask_id=found.pk, agrees=given["agrees"] == "yes",
                reason=given["reason"].strip(),
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("work:agreements"))
    return show(
        request, "work/ask.jinja", ask=found, form=form, what=meaning(found.verb),
        asked=uk_moment(found.asked_at), until=uk_moment(found.expires_at),
        status=422 if form.errors else 200,
    )  # fmt: skip


def meaning(verb: str) -> str:
    """Return what an act is, in the words of the table of permissions."""
    return permissions()[verb].meaning


def _mine(own: OwnAsk) -> Row:
    answers = "; ".join(
        f"{answer.by.display_name}: {'yes' if answer.agrees else 'no'}, {answer.reason}"
        for answer in own.answers
    )
    return Row((
        Cell(meaning(own.ask.verb), note=f"Asked {uk_moment(own.ask.asked_at)}"),
        Cell("", tag=_TAGS[own.state], note=f"until {uk_moment(own.ask.expires_at)}"),
        Cell(answers or "None yet"),
    ))  # fmt: skip
