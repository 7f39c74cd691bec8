"""Who may import, take back, and look at imports."""

from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.kernel.viewers import Viewer

_IMPORTERS = frozenset({"local_operator", "intake_officer", "review_lead", "administrator"})


def may_import(viewer: Viewer) -> bool:
    """Tell whether this viewer's duty includes bringing in and taking back batches."""
    return viewer.kind == "service" or viewer.role in _IMPORTERS


def may_look_at_imports(viewer: Viewer) -> bool:
    """Tell whether this viewer may see what was imported: counts and holes, no people."""
    return bool(viewer.name)


def may_see_sealed_batches(viewer: Viewer) -> bool:
    """Tell whether this viewer may see that sealed material was imported at all.

    Sealed material has no shadow: to everybody else a batch that brought some is not
    there, nor its counts. Until seals arrive (part 2) only whoever runs the
    installation, who has the files anyway, sees it.
    """
    return viewer.kind == "local_operator"


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
