"""The worker lets the rules about looking speak, and forgets what was searched for."""

from django.db import connections
from procrastinate.contrib.django import app
from tests.integration.sealing.desk import account, sees
from tests.integration.work.test_worker import worked_off
from tests.worlds.building import adair

from onrecord.apps.access.roles import Role
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import forget_searches
from onrecord.apps.looking.models import LookAlert
from onrecord.apps.looking.tasks import check_every_hour, forget_every_night
from onrecord.apps.people.selectors import person_page, search_people
from onrecord.core.timekeeping.views import View


def test_a_job_of_the_worker_tells_an_officer_of_somebody_looking_at_themself(store):
    made = adair()
    account("rowan", Role.REVIEW_LEAD, person_record=made["own"])
    person_page(sees("rowan"), View(current_position()), "NSP:HR:4471")
    check_every_hour.defer(timestamp=0)
    worked_off()

    assert "own-record" in set(LookAlert.objects.values_list("rule", flat=True))


def test_a_job_of_the_worker_forgets_what_was_typed_a_month_ago(store):
    adair()
    account("rita", Role.REVIEW_LEAD)
    search_people(sees("rita"), "Adair")
    with connections["migrations"].cursor() as cursor:
        cursor.execute("update ledger.searched set at = at - interval '32 days'")
    forget_every_night.defer(timestamp=0)
    worked_off()

    assert forget_searches() == 0
    with connections["migrations"].cursor() as cursor:
        cursor.execute("select count(*) from ledger.searched")
        assert cursor.fetchone()[0] == 0


def test_both_come_round_by_themselves():
    crons = {t.task.name: t.cron for t in app.periodic_registry.periodic_tasks.values()}
    assert crons[check_every_hour.name] == "7 * * * *"
    assert crons[forget_every_night.name] == "23 3 * * *"
