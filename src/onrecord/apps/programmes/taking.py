"""Take the result of a cohort out as a file: one person up to a size, two above it."""

from onrecord.apps.access.models import TwoPersonAsk
from onrecord.apps.exporting.files import FORMATS
from onrecord.apps.exporting.services import Taken, ask_to_hand_over, hand_over
from onrecord.apps.programmes.selectors import result_by_hash
from onrecord.apps.programmes.shelves import Shelves
from onrecord.core.cohorts.results import CohortResult, items_in
from onrecord.core.cohorts.spreadsheets import written
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer

WHAT = "cohort"
_OF = 12
"""How many letters of a result's hash say which it is."""


def take_cohort(*, viewer: Viewer, shelves: Shelves, result_hash: str, file_format: str) -> Taken:
    """Hand over what is in scope (CSV), or everything with its reasons (XLSX), as the viewer sees it.

    Raises:
        TooLargeError: it has more rows than one person may take, and nobody else has agreed.
        NotFoundError: there is no such result or form.
        NotPermittedError: it is not this account's work.
    """
    if file_format not in FORMATS:
        raise NotFoundError("There is no such export.")
    found = result_by_hash(viewer, shelves, result_hash)
    return hand_over_cohort(viewer=viewer, found=found, file_format=file_format)


def hand_over_cohort(*, viewer: Viewer, found: CohortResult, file_format: str) -> Taken:
    """Hand over a result that was just found; raises as `take_cohort`."""
    label = f"{found.definition.name}-v{found.definition.version}-{found.hash[:_OF]}.{file_format}"
    rows = items_in(found).num_rows if file_format == "csv" else found.items.num_rows
    file = Taken(label, FORMATS[file_format], written(found, file_format), rows)
    return hand_over(
        viewer=viewer, what=WHAT, of=found.hash[:_OF], file_format=file_format,
        reason=viewer.reason or "none given", file=file,
    )  # fmt: skip


def ask_for_cohort(*, viewer: Viewer, shelves: Shelves, result_hash: str) -> TwoPersonAsk:
    """Ask somebody else to agree that a large result leaves.

    Raises:
        NotFoundError: there is no such result.
    """
    found = result_by_hash(viewer, shelves, result_hash)
    return ask_to_hand_over(
        viewer=viewer, what=WHAT, of=found.hash[:_OF], reason=viewer.reason or "none given"
    )
