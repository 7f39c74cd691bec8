"""What I was told: mentions, what was given to me, what was escalated to me."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.work.notices import notices_for, tick_off
from onrecord.core.kernel.ids import public_reference
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_moment

SHOWN = 50
_SAID = {
    "mention": "You are mentioned in", "given": "Given to you:", "escalated": "Escalated to you:",
}  # fmt: skip


class NoticeSeen(Protocol):
    """What the page needs of a notice."""

    pk: Any
    kind: str
    by: str
    at: datetime
    task: Any
    case_lineage: Any


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the template writes.

    Attributes:
        numbers: which notices the page shows, and so which the button ticks off.
        left: how many more there are.
    """

    lines: tuple[DatedLine, ...]
    numbers: str
    left: int


def notices(request: HttpRequest) -> HttpResponse:
    """Show what the viewer was told, newest first, and tick off what they have seen."""
    viewer = viewer_of(request, page="notices")
    if request.method == "POST":
        given = request.POST.get("numbers", "").split(",")
        tick_off(viewer=viewer, numbers=[int(n) for n in given[:SHOWN] if _is_number(n)])
        return HttpResponseRedirect(reverse("work:notices"))
    found = notices_for(viewer)
    first = list(found[:SHOWN])
    told = Told(
        lines=tuple(map(_line, first)),
        numbers=",".join(str(notice.pk) for notice in first),
        left=found.count() - len(first),
    )
    return show(request, "work/notices.jinja", page=told)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19  # noqa: PLR2004 - fits a key


def _line(notice: NoticeSeen) -> DatedLine:
    if notice.task is not None:
        href, said = reverse("work:task", args=[notice.task.reference]), notice.task.title
    else:
        case = public_reference("C", notice.case_lineage)
        href, said = reverse("work:case-notes", args=[case]), f"a note on case {case}"
    return DatedLine(uk_moment(notice.at), _SAID[notice.kind], f"By {notice.by}", href, said)
