"""Cases that may be records of one event: which wait for a person, and judging one pair."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.linking.events import (
    JUDGE,
    CaseAtDesk,
    EventAtDesk,
    event_named,
    events_to_judge,
    judge_event,
)
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.pagination.component import page_of
from onrecord.web.frame import show
from onrecord.web.identity.forms import KEYS, EventForm
from onrecord.web.identity.views import page_number
from onrecord.web.viewing import viewer_with_reason
from onrecord.web.wording.codes import CASE_TYPE, JUDGEMENT, readable, worded
from onrecord.web.wording.dates import short_date, uk_date

PAGE = 25


def listed(request: HttpRequest) -> HttpResponse:
    """Show the pairs of cases that a person is to judge."""
    viewer = viewer_with_reason(request, page="cases of one event")
    found = events_to_judge(viewer)
    record_consultation(viewer, JUDGE, object_kind="list", object_ref=f"{len(found)} events")
    return show(request, "identity/events.jinja", table=_list(found, page_number(request)))


def event(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two cases side by side, and record whether they are of one event."""
    viewer = viewer_with_reason(request, page="judge cases of one event")
    found = event_named(viewer, reference)
    form = EventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            judge_event(
                viewer=viewer, event=found, judgement=given["judgement"], reason=given["reason"]
            )
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}")
        else:
            following = next((e for e in events_to_judge(viewer)), None)
            where = (
                reverse("identity:event", args=[following.reference])
                if following else reverse("identity:events")
            )  # fmt: skip
            return HttpResponseRedirect(where)
    return show(
        request, "identity/event.jinja", event=found, table=_side_by_side(found), said=_said(found),
        form=form, keys=KEYS, status=422 if form.errors else 200,
    )  # fmt: skip


def _list(found: list[EventAtDesk], number: int) -> DataTable:
    page, pagination = page_of(
        found, number=number, size=PAGE, name="page", label="Cases of one event", query={}
    )
    rows = tuple(
        Row((
            Cell(each.reference, reverse("identity:event", args=[each.reference]), is_short=True),
            short(each.one.reference, note=each.one.organisation),
            short(each.other.reference, note=each.other.organisation),
            Cell(each.own["reason"] or ""), short(short_date(each.own.known_on)),
        ))
        for each in page
    )  # fmt: skip
    return DataTable(
        "Cases that may be of one event", columns("Pair", "One case", "The other", "Why", "Since"),
        rows, empty="No pair of cases waits for you.", pagination=pagination,
    )  # fmt: skip


def _side_by_side(found: EventAtDesk) -> DataTable:
    def row(name: str, one: str, other: str) -> Row:
        return Row((Cell(name), Cell(one or "Not known"), Cell(other or "Not known")))

    one, other = found.one, found.other
    return DataTable(
        "The two cases", columns("What", "One case", "The other"),
        (
            Row((Cell("Case"), _case(one), _case(other))),
            row("Held by", one.organisation, other.organisation),
            row("Sort of record", worded(CASE_TYPE, one.sort), worded(CASE_TYPE, other.sort)),
            row("It happened", uk_date(one.happened), uk_date(other.happened)),
            row("Reported", uk_date(one.reported), uk_date(other.reported)),
            row("Known since", uk_date(one.known_on), uk_date(other.known_on)),
        ),
    )  # fmt: skip


def _case(case: CaseAtDesk) -> Cell:
    return Cell(case.reference, reverse("cases:case", args=[case.reference]))


def _said(found: EventAtDesk) -> DataTable:
    rows = tuple(
        Row((
            Cell(worded(JUDGEMENT, fact["judgement"]).replace("person", "event")),
            Cell(readable(fact["method"] or "not recorded"), note=fact["judged_by"] or ""),
            Cell(fact["reason"] or "No reason is on record."), short(short_date(fact.known_on)),
        ))
        for fact in found.said
    )  # fmt: skip
    return DataTable("What was said so far", columns("Judgement", "By", "Why", "On"), rows)
