"""Nobody reads hundreds of pages a minute: whoever does is a script, and has to wait.

The rules about unusual looking tell an officer the next day; this slows a script down while
it runs. What was asked in vain counts too, so asking faster does not shorten the wait.
"""

from datetime import timedelta

from onrecord.apps.audit.selectors import looked_last_but
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.settings.declared import LOOKS_A_MINUTE
from onrecord.apps.settings.selectors import setting
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import TooFastError
from onrecord.core.kernel.viewers import Viewer

_A_MINUTE = timedelta(minutes=1)


def require_pace(viewer: Viewer, verb: str, *, object_kind: str, object_ref: str) -> None:
    """Refuse whoever has looked as often within the last minute as is set; the refusal is recorded.

    Raises:
        TooFastError: it is too soon.
    """
    earlier = looked_last_but(viewer.name, setting(LOOKS_A_MINUTE) - 1)
    if earlier is None or now() - earlier >= _A_MINUTE:
        return
    record_consultation(
        viewer.because(viewer.reason or "none given"), verb, object_kind=object_kind,
        object_ref=object_ref, was_refused=True,
    )  # fmt: skip
    seconds = max(1, int((earlier + _A_MINUTE - now()).total_seconds() + 0.999))
    raise TooFastError(
        "This account has asked for more in a minute than anybody reads.", seconds=seconds,
        next_step=f"Wait {seconds} seconds. Whoever needs a long list takes it out as one.",
    )  # fmt: skip
