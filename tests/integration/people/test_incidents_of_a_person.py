"""Cases judged to be about one incident are counted once, as cohorts count them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.worlds.building import REVIEWER, World, adair

from onrecord.apps.people.incidents import incidents_around
from onrecord.apps.people.selectors import person_page


def judged(world, one, other, judgement="same", on="2023-03-01"):
    low, high = sorted((one, other))
    world.add("incident_judgement", "NAT:CROSSWALK", on, case_a=low, case_b=high,
              judgement=judgement, method="by hand")  # fmt: skip


@pytest.mark.parametrize(("judgement", "incidents"), [("same", 1), ("not_same", 2)])
def test_only_cases_judged_the_same_are_one_incident_of_the_person(store, judgement, incidents):
    made = adair()
    judged(made["world"], made["complaint"], made["report"], judgement)

    counts = person_page(REVIEWER, made["world"].view(), "NSP:HR:4471").counts

    assert (counts.cases, counts.incidents) == (2, incidents)


def test_whoever_says_that_two_cases_are_two_is_believed_before_a_list(store):
    made = adair()
    judged(made["world"], made["complaint"], made["report"])
    judged(made["world"], made["complaint"], made["report"], "not_same", on="2022-03-01")

    assert person_page(REVIEWER, made["world"].view(), "NSP:HR:4471").counts.incidents == 2


def test_a_judgement_of_one_case_joins_every_case_of_its_incident(store):
    world = World()
    incident = world.add("incident", "CVP:CAD", "2020-02-20", incident_type="domestic")
    log = world.case("CVP:CAD", "L-1", "2020-02-20", incident=incident)
    second = world.case("CVP:CAD", "L-2", "2020-02-21", incident=incident)
    crime = world.case("WMP:CRIME", "CR-1", "2020-02-22")
    judged(world, second, crime)

    around = incidents_around(world.view(), [log, crime])

    assert around.of(log) == around.of(second) == around.of(crime) == min(incident, crime)
    assert [fact.lineage for fact in around.cases_of(around.of(log))] == [log, second, crime]
    assert around.joined_on(log, second) is None
    assert str(around.joined_on(log, crime)) == "2023-03-01"


def test_judgements_are_todays_and_cases_are_those_of_the_day(store):
    world = World()
    early, late = (
        world.case("CVP:CAD", key, known)
        for key, known in (("L-1", "2020-02-20"), ("L-2", "2021-02-20"))
    )
    judged(world, early, late)

    around = incidents_around(world.view("2020-12-31"), [early])

    assert around.of(early) == min(early, late)
    assert [fact.lineage for fact in around.cases_of(around.of(early))] == [early]


def test_more_cases_take_no_more_queries(store):
    world = World()
    cases = [world.case("CVP:CAD", f"L-{n}", "2020-02-20") for n in range(4)]
    for other in cases[1:]:
        judged(world, cases[0], other)
    lone = world.case("CVP:CAD", "L-9", "2020-02-20")
    view = world.view()
    incidents_around(view, [lone])  # opens the connection

    with CaptureQueriesContext(connection) as few:
        incidents_around(view, [lone])
    with CaptureQueriesContext(connection) as many:
        found = incidents_around(view, cases)

    assert len({found.of(case) for case in cases}) == 1
    assert len(many) == len(few)
