"""What the worker does by itself: the rules about looking, and forgetting what was searched for."""

from datetime import timedelta

from django.db import close_old_connections
from procrastinate.contrib.django import app

from onrecord.apps.audit.services import forget_searches
from onrecord.apps.looking.services import check_looks
from onrecord.core.kernel.clock import now

_BACK = timedelta(days=2)
"""Two days, though it is asked every hour: a rule may need the day before to speak."""


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="looking-check-every-hour")
def check_every_hour(timestamp: int) -> None:
    """Let every rule about unusual looking speak, so that an officer hears within the hour."""
    del timestamp
    try:
        check_looks(now() - _BACK)
    finally:
        close_old_connections()


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="looking-forget-searches")
def forget_every_night(timestamp: int) -> None:
    """Forget what was typed to search more than a month ago."""
    del timestamp
    try:
        forget_searches()
    finally:
        close_old_connections()
