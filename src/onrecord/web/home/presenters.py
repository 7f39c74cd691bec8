"""What changed, as dated lines."""

from collections.abc import Sequence

from django.urls import reverse

from onrecord.apps.audit.selectors import Act
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import uk_moment

SHOWN = 8

LATEST: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Imports", "Nothing has been imported yet.", ("batch:import", "batch:undo")),
    ("Identity judgements", "Nobody has judged a link yet.", ("identity:judge",)),
    ("Cohorts", "No cohort has been run yet.", ("cohort:run", "cohort:define")),
)
"""Headings of the page: what is said when there is nothing, and the acts that belong there."""

_VERBS = {
    "batch:import": "Imported",
    "batch:undo": "Import undone:",
    "identity:judge": "Link judged",
    "cohort:run": "Cohort run:",
    "cohort:define": "Cohort defined:",
}


def act_lines(acts: Sequence[Act]) -> tuple[DatedLine, ...]:
    """Return one line an act. Whose link was judged is not said here: that needs a reason to look."""
    return tuple(_line(act) for act in acts)


def _line(act: Act) -> DatedLine:
    verb = _VERBS.get(act.action, readable(act.action.replace(":", " ")))
    if act.object_kind == "batch":
        href = reverse("imports:batch", args=[act.object_ref])
        return DatedLine(uk_moment(act.at), verb, f"By {act.actor}", href, act.object_ref)
    what = "" if act.object_kind == "person_record" else f" {act.object_ref}"
    return DatedLine(uk_moment(act.at), f"{verb}{what}", note=f"By {act.actor}")
