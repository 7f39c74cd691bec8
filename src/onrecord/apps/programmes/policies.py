"""Who may define, run and read cohorts.

A cohort lists people, by identifiers: the table of permissions says whose duty that is.
"""

from onrecord.apps.access.policies import may
from onrecord.core.kernel.errors import NotPermittedError
from onrecord.core.kernel.viewers import Viewer


def may_see_cohorts(viewer: Viewer) -> bool:
    """Tell whether this viewer may read definitions and results."""
    return may(viewer, "cohort:read")


def may_run_cohorts(viewer: Viewer) -> bool:
    """Tell whether this viewer may save a definition and run it."""
    return may(viewer, "cohort:run")


def require(permitted: bool) -> None:  # noqa: FBT001 - reads as a sentence: require(may_…)
    """Refuse what a policy does not permit.

    Raises:
        NotPermittedError: the policy said no.
    """
    if not permitted:
        raise NotPermittedError(
            "This account may not work with cohorts.",
            next_step="Ask whoever runs the installation which account may.",
        )
