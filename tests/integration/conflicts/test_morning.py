"""The morning tells of people left and watched, and of overrides about to end, to who may know."""

from datetime import timedelta

import pytest
from tests.integration.conflicts.desk import about, account, new_world, sees, staff
from tests.stores import acting

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.conflicts.models import CovertChoice, Override
from onrecord.apps.conflicts.morning_lines import conflict_lines
from onrecord.core.kernel.clock import now, today
from onrecord.core.kernel.ids import public_reference


@pytest.fixture
def case(store):
    world = new_world()
    (subject,) = staff(world, "100")
    case = about(world, subject, "CO/1")
    world.settle()
    account("ada")
    account("inv", Role.INVESTIGATOR)
    account("sub", person_record=subject)
    return case


def told(name):
    return {
        line.heading: [item.reference for item in line.items]
        for line in conflict_lines(sees(name), today())
        if line.count
    }


def test_what_is_about_to_end_is_told_and_only_the_last_choice_counts(case):
    ada = User.objects.get(username="ada")
    with acting():
        for hours in (1, 24 * 9):
            Override.objects.create(user=ada, case_lineage=case, ask_id=1, reason="r", covers="",
                                    by=ada, until_at=now() + timedelta(hours=hours))  # fmt: skip
        for choice, until in (("leave_and_monitor", now() + timedelta(hours=9)), ("block", None)):
            CovertChoice.objects.create(user=User.objects.get(username="inv"), case_lineage=case,
                                        choice=choice, reason="r", by=ada, until_at=until)  # fmt: skip
    assert told("ada") == {"Overrides that end soon": [public_reference("C", case)]}

    with acting():
        CovertChoice.objects.create(user=ada, case_lineage=case, choice="leave_and_monitor",
                                    reason="r", by=ada, until_at=now() + timedelta(hours=9))  # fmt: skip
    assert "Left and monitored: to look at today" in told("ada")
    assert told("sub") == {}
    assert told("inv") == {}
