"""Begin a letter, a note or a task from a template: chosen from the address, so that no script is needed."""

from dataclasses import dataclass

from django.http import HttpRequest

from onrecord.apps.access.selectors import user_named
from onrecord.apps.settings.texts import Filled, fill, templates_for
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.wording.dates import uk_date


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a form offers to begin from, and with what it begins.

    Attributes:
        offered: code and name of each template there is for this form.
        chosen: the code of the one that was chosen; empty if none was.
        case: the reference of the case it is about; empty if it is about none.
    """

    offered: list[tuple[str, str]]
    chosen: str
    case: str
    filled: Filled


def beginning(request: HttpRequest, viewer: Viewer, use: str, *, case: str) -> Beginning:
    """Return what a form begins from: the template named in the address, filled in, or nothing.

    Raises:
        NotFoundError: the address names a template that is not offered here.
    """
    offered = templates_for(use)
    chosen = request.GET.get("template", "") if request.method == "GET" else ""
    if not chosen:
        return Beginning(offered, "", case, Filled("", ""))
    return Beginning(offered, chosen, case, fill(use, chosen, _values(viewer, case)))


def _values(viewer: Viewer, case: str) -> dict[str, str]:
    team = user_named(viewer.name).team
    return {
        "case": case or "(no case)", "today": uk_date(today()), "account": viewer.name,
        "team": team.name if team else "(no team)",
    }  # fmt: skip
