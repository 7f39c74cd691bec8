"""Read templates as they stand: for the forms that use them, and for those who keep them."""

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.apps.settings.gaps import filled
from onrecord.apps.settings.models import TextVersion
from onrecord.core.kernel.errors import NotFoundError

LETTER, NOTE, TASK = "letter", "note", "task"
USES: Mapping[str, str] = {LETTER: "Letters", NOTE: "Notes", TASK: "Tasks"}
"""What a template may be for."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with everything filled in, to go on writing from."""

    title: str
    text: str


def newest() -> list[TextVersion]:
    """Return every template as it stands, retired ones too, by name."""
    rows = TextVersion.objects.order_by("code", "-pk").distinct("code")
    return sorted(rows, key=lambda row: (row.name.casefold(), row.code))


def templates_for(use: str) -> list[tuple[str, str]]:
    """Return what a form offers: code and name of each template for this use."""
    return [(row.code, row.name) for row in newest() if row.use == use and not row.is_retired]


def fill(use: str, code: str, values: Mapping[str, str]) -> Filled:
    """Return a template with the gaps filled in.

    Raises:
        NotFoundError: there is none of that name for this use, or it is retired.
    """
    row = TextVersion.objects.filter(code=code).order_by("-pk").first()
    if row is None or row.use != use or row.is_retired:
        raise NotFoundError("There is no such template.", next_step="Choose another.")
    return Filled(filled(row.title, values), filled(row.text, values))
