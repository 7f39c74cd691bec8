"""For whatever watches the service: is it alive, and can it do its work?

The answers name states, never contents: anybody who reaches the port may ask.
"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from onrecord.apps.audit.selectors import log_state
from onrecord.project.examination import is_sequenced
from onrecord.project.migrating import is_up_to_date

_UNAVAILABLE = 503


@login_not_required
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that this process runs."""
    return JsonResponse({"status": "live"})


@login_not_required
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether the database answers, has the tables of this version and is sequenced."""
    states = {"database": "ok", "tables": "ok", "sequencer": "ok"}
    try:
        connection.ensure_connection()
        if not is_up_to_date("default"):
            states["tables"] = "out of date"
        elif not is_sequenced(log_state()):
            states["sequencer"] = "behind"
    except DatabaseError:
        states["database"] = "unreachable"
    is_ready = all(state == "ok" for state in states.values())
    told = {"status": "ready" if is_ready else "not ready", **states}
    return JsonResponse(told, status=200 if is_ready else _UNAVAILABLE)
