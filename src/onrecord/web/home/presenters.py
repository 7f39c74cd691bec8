"""What changed, as dated lines."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from django.urls import reverse

from onrecord.apps.audit.selectors import Act
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import uk_date, uk_moment

SHOWN = 8


class BatchSeen(Protocol):
    """What a line needs of a batch."""

    reference: str
    title: str
    extract_date: date
    actor: str
    imported_at: datetime
    undone_at: datetime | None


LATEST: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("Identity judgements", "Nobody has judged a link yet.", ("identity:judge",)),
    ("Cohorts", "No cohort has been run yet.", ("cohort:run", "cohort:define")),
)
"""Headings of the page: what is said when there is nothing, and the acts that belong there."""

_VERBS = {
    "identity:judge": "Link judged",
    "cohort:run": "Cohort run:",
    "cohort:define": "Cohort defined:",
}


def act_lines(acts: Sequence[Act]) -> tuple[DatedLine, ...]:
    """Return one line an act. Whose link was judged is not said here: that needs a reason to look."""
    return tuple(_line(act) for act in acts)


def batch_lines(batches: Sequence[BatchSeen]) -> tuple[DatedLine, ...]:
    """Return one line a batch that this viewer may know of, taken back or not."""
    return tuple(
        DatedLine(
            uk_moment(batch.imported_at),
            "Taken back:" if batch.undone_at else "Imported:",
            f"Extract of {uk_date(batch.extract_date)}, by {batch.actor}",
            reverse("imports:batch", args=[batch.reference]),
            batch.title,
        )
        for batch in batches
    )


def _line(act: Act) -> DatedLine:
    verb = _VERBS.get(act.action, readable(act.action.replace(":", " ")))
    what = "" if act.object_kind == "person_record" else f" {act.object_ref}"
    return DatedLine(uk_moment(act.at), f"{verb}{what}", note=f"By {act.actor}")
