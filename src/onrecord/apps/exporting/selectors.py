"""Read what was taken out."""

from onrecord.apps.access.policies import require
from onrecord.apps.exporting.models import Export
from onrecord.core.kernel.viewers import Viewer


def my_exports(viewer: Viewer) -> list[Export]:
    """Return what this account took out, newest first."""
    require(viewer, "export:take")
    return list(Export.objects.filter(by__username=viewer.name)[:200])
