"""Show who works on a case or about a person; let somebody in, put somebody out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.conflicts import circling
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.web.circles.forms import LetInForm, ReasonForm
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_moment


def circle(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who works on a case or about a person, since when, and why."""
    viewer = viewer_of(request, page="circle")
    found = circling.circle_seen(viewer, reference)
    may_change = may(viewer, "circle:change")
    return show(
        request, "circles/circle.jinja", circle=found, may_change=may_change,
        members=_members(found, may_change=may_change), past=_past(found),
    )  # fmt: skip


def let_in(request: HttpRequest, reference: str) -> HttpResponse:
    """Let somebody work on it, once their ties were looked at."""
    viewer = viewer_of(request, page="let into a circle")
    found = circling.circle_seen(viewer, reference)
    form = LetInForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            circling.let_in(
                viewer=viewer, reference=found.reference, account=given["who"],
                part=given["part"], reason=given["reason"],
            )  # fmt: skip
        except (DataRejectedError, NotFoundError) as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("circles:circle", args=[found.reference]))
    return show(
        request, "circles/let_in.jinja", form=form, circle=found,
        status=422 if form.errors else 200,
    )  # fmt: skip


def put_out(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """End somebody's part, and say why."""
    viewer = viewer_of(request, page="put out of a circle")
    member = circling.member_of(viewer, reference, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        circling.put_out(
            viewer=viewer, reference=reference, number=number, reason=form.cleaned_data["reason"]
        )
        return HttpResponseRedirect(reverse("circles:circle", args=[reference.upper()]))
    return show(
        request, "circles/put_out.jinja", form=form, reference=reference.upper(),
        name=member.user.display_name, part=_part(member.part),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _members(found: circling.Circle, *, may_change: bool) -> DataTable:
    return DataTable(
        "Who works on it now",
        columns("Who", "Part", "Since", "Let in by", "Why", *(["Change"] if may_change else [])),
        tuple(
            Row((
                Cell(member.user.display_name, note=member.user.username),
                Cell(_part(member.part)),
                short(uk_moment(member.added_at)),
                Cell(member.added_by),
                Cell(member.reason),
                *([Cell(f"Put out {member.user.display_name}", href=reverse(
                    "circles:put-out", args=[found.reference, member.pk]))] if may_change else []),
            ))
            for member in found.members
        ),
        empty="Nobody works on it yet.",
    )  # fmt: skip


def _past(found: circling.Circle) -> DataTable:
    return DataTable(
        "Who no longer does",
        columns("Who", "Part", "From", "Until", "Ended by"),
        tuple(
            Row((
                Cell(member.user.display_name, note=member.user.username),
                Cell(_part(member.part)),
                short(uk_moment(member.added_at)),
                short(uk_moment(member.ended_at) if member.ended_at else ""),
                Cell(member.ended_by),
            ))
            for member in found.past
        ),
    )  # fmt: skip


def _part(part: str) -> str:
    return part.replace("_", " ").capitalize()
