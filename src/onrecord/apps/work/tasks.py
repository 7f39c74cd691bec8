"""What the worker does by itself: e-mails that say how many things wait."""

from django.conf import settings
from django.db import close_old_connections
from procrastinate.contrib.django import app

from onrecord.apps.work.mailing import send_notices
from onrecord.core.ledger.actors import Actor, ActorKind


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="work-send-due-notices")
def send_due_notices(timestamp: int) -> None:
    """Send what is due, every five minutes; nothing, where no mailer is named."""
    del timestamp
    if not settings.MAILER_URL:
        return
    try:
        send_notices(actor=Actor("worker", ActorKind.SYSTEM))
    finally:
        close_old_connections()
