"""Who may import, take back, and look at imports."""

from onrecord.apps.access.policies import may
from onrecord.apps.access.selectors import INTELLIGENCE, is_behind
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.kernel.viewers import Viewer


def may_import(viewer: Viewer) -> bool:
    """Tell whether this viewer's duty includes bringing in and taking back batches."""
    return may(viewer, "batch:import")


def may_look_at_imports(viewer: Viewer) -> bool:
    """Tell whether this viewer may see what was imported: counts and holes, no people."""
    return may(viewer, "batch:read")


def may_see_sealed_batches(viewer: Viewer) -> bool:
    """Tell whether this viewer may see that sealed material was imported at all.

    Sealed material has no shadow: to everybody else a batch that brought some is not
    there, nor its counts. Whoever runs the installation has the files anyway.
    """
    return viewer.kind == "local_operator" or is_behind(viewer.eyes, INTELLIGENCE)


def require(allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence: require(may_import(viewer))
    """Refuse unless `allowed`.

    Raises:
        NotPermittedError: it is not this account's to do.
    """
    if not allowed:
        raise NotPermittedError(
            "This account may not import.",
            next_step="Ask somebody whose duty it is, or an administrator.",
        )
