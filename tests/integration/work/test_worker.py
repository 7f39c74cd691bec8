"""The worker sends e-mail by itself, and leaves alone what no mailer was named for."""

from procrastinate.contrib.django import app
from tests.integration.work import mailer
from tests.integration.work.desk import account, asked, somebody
from tests.stores import acting

from onrecord.apps.access.models import User
from onrecord.apps.work.models import Mail
from onrecord.apps.work.tasks import send_due_notices


def worked_off():
    """Do every job that waits, as the worker process does."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        working.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def test_a_job_of_the_worker_sends_what_is_due(store, settings):
    lead = somebody("a.lead", "review_lead")
    somebody("b.worker")
    with acting():
        User.objects.filter(username="b.worker").update(email="b.worker@nsp.example")
    asked(lead, owner=account("b.worker"))
    with mailer.running() as server:
        send_due_notices.defer(timestamp=0)
        settings.MAILER_URL = ""
        worked_off()
        assert not Mail.objects.exists()
        send_due_notices.defer(timestamp=1)
        settings.MAILER_URL = server.url
        worked_off()
    assert len(server.taken) == 1
    assert Mail.objects.get().state == "sent"


def test_it_is_done_every_five_minutes():
    (periodic,) = [
        task for task in app.periodic_registry.periodic_tasks.values()
        if task.task.name == send_due_notices.name
    ]  # fmt: skip
    assert periodic.cron == "*/5 * * * *"
