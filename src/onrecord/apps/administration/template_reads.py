"""Templates as those see them who keep them: how each stands, and every version of it."""

from onrecord.apps.access.policies import require
from onrecord.apps.settings.models import TextVersion
from onrecord.apps.settings.texts import newest
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.viewers import Viewer

READ = "template:read"


def templates(viewer: Viewer) -> list[TextVersion]:
    """Return every template as it stands, those that forms offer first."""
    require(viewer, READ)
    return sorted(newest(), key=lambda row: row.is_retired)


def template(viewer: Viewer, code: str) -> TextVersion:
    """Return one template as it stands.

    Raises:
        NotFoundError: there is none of that name.
    """
    return versions(viewer, code)[0]


def versions(viewer: Viewer, code: str) -> list[TextVersion]:
    """Return everything that happened to a template, newest first.

    Raises:
        NotFoundError: there is none of that name.
    """
    require(viewer, READ)
    found = list(TextVersion.objects.filter(code=code).order_by("-pk"))
    if not found:
        raise NotFoundError("There is no such template.", next_step="Choose one from the list.")
    return found


def version(viewer: Viewer, code: str, number: int) -> TextVersion:
    """Return one version of a template, as it was written.

    Raises:
        NotFoundError: there is no such template or version.
    """
    found = next((row for row in reversed(versions(viewer, code)) if row.number == number), None)
    if found is None:
        raise NotFoundError("There is no such version.", next_step="Choose one from the list.")
    return found
