"""Whom I let act for me, for whom I act, and what is over: given, taken back, given back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.delegating import Lending, end_delegation, give_delegation
from onrecord.apps.access.policies import may
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import own_delegations, past_delegations
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.permissions.table import permissions
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.delegating.forms import DelegationForm
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_date, uk_moment

if TYPE_CHECKING:
    from onrecord.apps.access.models import Delegation


@dataclass(frozen=True, slots=True)
class Shown:
    """One delegation as its giver or taker reads it.

    Attributes:
        who: the other of the two.
        acts: what each act that was lent is, in words; none where the whole duty was.
    """

    number: int
    who: str
    days: str
    is_now: bool
    duty: str
    acts: tuple[str, ...]
    reason: str


def listed(request: HttpRequest) -> HttpResponse:
    """Show what the viewer lent, what they were lent, and what is over."""
    viewer = viewer_of(request, page="delegations")
    given, taken = own_delegations(viewer, today())
    past = tuple(_past(each, viewer.name) for each in past_delegations(viewer, today()))
    return show(
        request, "delegating/list.jinja", may_give=may(viewer, "delegation:give"),
        given=[_shown(each, each.taker.display_name) for each in given],
        taken=[_shown(each, each.giver.display_name) for each in taken],
        past=DataTable("Over", columns("Who for whom", "Days", "Ended", "Why"), past),
    )  # fmt: skip


def new(request: HttpRequest) -> HttpResponse:
    """Let a colleague act for the viewer."""
    viewer = viewer_of(request, page="a delegation")
    form = DelegationForm(viewer, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        lending = Lending(
            given["taker"], frozenset(given["verbs"]), given["from_on"], given["until_on"]
        )
        try:
            give_delegation(viewer=viewer, lending=lending, reason=given["reason"])
        except (DataRejectedError, NotFoundError) as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("delegating:list"))
    return show(
        request, "delegating/new.jinja", form=form, duty=Role(viewer.role).label,
        status=422 if form.errors else 200,
    )  # fmt: skip


def end(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what one lent, or give back what one was lent."""
    end_delegation(viewer=viewer_of(request, page="delegations"), number=number)
    return HttpResponseRedirect(reverse("delegating:list"))


def _shown(each: "Delegation", who: str) -> Shown:
    return Shown(
        number=each.pk, who=who, days=_days(each), is_now=each.from_on <= today(),
        duty=Role(each.role).label,
        acts=tuple(permissions()[verb].meaning for verb in (each.verbs or "").split()
                   if verb in permissions()),
        reason=each.reason,
    )  # fmt: skip


def _past(each: "Delegation", me: str) -> Row:
    words = (
        f"{each.taker.display_name} for you"
        if each.giver.username == me
        else f"You for {each.giver.display_name}"
    )
    ended = uk_moment(each.ended_at) if each.ended_at else uk_date(each.until_on)
    return Row((Cell(words), Cell(_days(each)), short(ended), Cell(each.reason)))


def _days(each: "Delegation") -> str:
    first, last = uk_date(each.from_on), uk_date(each.until_on)
    return first if first == last else f"{first} to {last}"
