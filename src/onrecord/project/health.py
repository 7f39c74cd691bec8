"""For whatever watches the service: is it alive, and can it do its work?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from onrecord.project.migrating import is_up_to_date


@login_not_required
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that this process runs."""
    return JsonResponse({"status": "live"})


@login_not_required
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer whether the database answers and has the tables this version expects."""
    try:
        connection.ensure_connection()
        is_ready = is_up_to_date("default")
    except DatabaseError:
        is_ready = False
    return JsonResponse(
        {"status": "ready" if is_ready else "not ready"}, status=200 if is_ready else 503
    )
