"""Whoever is in a case, judged it or managed its subject is kept from it, word for word as from nothing."""

import json
import random
import re

import pytest
from tests.integration.conflicts.desk import about, account, new_world, sees, staff, unit
from tests.worlds.building import day

from onrecord.apps.access.models import Bar
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import hidden_from
from onrecord.apps.access.services import set_person_record
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.cases.selectors import case_page, incident_page, references_like
from onrecord.apps.conflicts.owning import name_own_record
from onrecord.apps.conflicts.services import work_out
from onrecord.apps.linking.services import judge_identity
from onrecord.apps.people.selectors import person_page
from onrecord.apps.programmes import selectors as cohorts
from onrecord.apps.programmes import services as programmes
from onrecord.apps.programmes.shelves import Shelves
from onrecord.apps.work.selectors import unallocated
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR, actor_of
from onrecord.core.timekeeping.views import View


def now():
    return View(current_position())


def barred(name):
    return set(
        Bar.objects.filter(user__username=name, removed_at=None).values_list("lineage", flat=True)
    )


@pytest.fixture
def world(store):
    return new_world()


def refusal(viewer, reference):
    with pytest.raises(NotFoundError) as refused:
        case_page(viewer, now(), reference)
    return f"{refused.value} {refused.value.next_step}"


def test_the_subject_is_told_what_is_told_of_a_case_that_never_was(world):
    own, other = staff(world, "100", "200")
    case, others = about(world, own, "CO/1"), about(world, other, "CO/2")
    world.settle()
    account("ade", person_record=own)
    reference = public_reference("C", case)

    assert refusal(sees("ade"), reference) == refusal(sees("ade"), "C-00000-00000-0")
    assert references_like(sees("ade"), "CO/1") == []
    assert references_like(sees("ade"), "CO/2") != []
    assert case_page(sees("ade"), now(), public_reference("C", others)).reference
    page = person_page(sees("ade"), now(), "NSP:HR:100")
    assert (page.counts.cases, [f for f in page.facts if f.case_lineage]) == (0, [])
    assert barred("ade") == {case}


def test_no_case_shows_in_the_moment_before_bars_are_worked_out(world):
    (own,) = staff(world, "100")
    account("ade", person_record=own)
    case = about(world, own, "CO/1")
    world.settle()

    assert barred("ade") == set()
    assert case in hidden_from("ade")
    assert work_out(reason="a test").written == 1
    assert work_out(reason="a test").written == 0


def test_naming_somebodys_own_record_later_bars_them_from_then_on_and_unnaming_frees_them(world):
    own, other = staff(world, "100", "200")
    case = about(world, own, "CO/1")
    world.settle()
    user = account("ade", person_record=other)
    assert case_page(sees("ade"), now(), public_reference("C", case)).reference

    set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=own, reason="a mistake")
    assert refusal(sees("ade"), public_reference("C", case))
    set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=other, reason="it was right")
    assert case_page(sees("ade"), now(), public_reference("C", case)).reference
    assert Bar.objects.get(user=user).removed_at is not None


def test_a_second_account_of_the_same_human_is_the_same_person(world):
    (own,) = staff(world, "100")
    case = about(world, own, "CO/1")
    world.settle()
    account("ade", human="7", person_record=own)
    account("ade.2", human="7")

    assert refusal(sees("ade.2"), public_reference("C", case))


def test_a_record_judged_to_be_theirs_brings_its_cases_with_it(world):
    own, elsewhere = staff(world, "100", "100b")
    case = about(world, elsewhere, "CO/1")
    world.settle()
    account("ade", person_record=own)
    account("zed", Role.REVIEW_LEAD)
    assert case_page(sees("ade"), now(), public_reference("C", case)).reference

    judge_identity(actor=actor_of(sees("zed")), record_a=own, record_b=elsewhere, judgement="same",
                   reason="the same number")  # fmt: skip
    assert refusal(sees("ade"), public_reference("C", case))
    assert barred("ade") == {case}


def test_a_subject_moved_away_from_them_is_theirs_no_more(world):
    own, other = staff(world, "100", "200")
    case = world.case("NSP:PSD", "CO/1", "2018-02-01", case_type="complaint")
    said = world.add("allegation", "NSP:PSD", "2018-02-01", case_lineage=case, record_lineage=own)
    world.settle()
    account("ade", person_record=own)
    world.add("allegation", "NSP:PSD", "2018-03-01", lineage=said, change="later",
              case_lineage=case, record_lineage=other)  # fmt: skip
    work_out(reason="a test")

    assert barred("ade") == set()
    assert case not in hidden_from("ade")


def test_a_party_is_barred_through_the_compartment_and_nothing_says_that_they_are_one(world):
    own, other = staff(world, "100", "200")
    case = about(world, other, "CO/1")
    who = world.add("party_identity", "NSP:PSD", "2018-02-01", case_lineage=case, name="Given Fam",
                    workforce_record=own)  # fmt: skip
    world.add("party_role", "NSP:PSD", "2018-02-01", case_lineage=case, party=who, role="victim",
              pseudonym="V1")  # fmt: skip
    world.settle()
    account("ade", person_record=own)

    assert refusal(sees("ade"), public_reference("C", case))
    (bar,) = Bar.objects.filter(user__username="ade")
    assert (bar.cause, bar.thing_kind) == ("worked out", "case")


def test_who_decided_in_it_earlier_and_who_managed_its_subject_then_are_barred(world):
    judge, manager, later, subject = staff(world, "100", "200", "300", "400")
    case = about(world, subject, "CO/1")
    world.add("reported_decision", "NSP:PSD", "2018-06-01", case_lineage=case, maker_record=judge,
              decision_type="finding", decided_on=day("2018-06-01"))  # fmt: skip
    unit(world, subject, line_manager=manager)
    unit(world, subject, line_manager=later, happened_from=day("2010-01-01"),
         happened_to=day("2011-01-01"))  # fmt: skip
    world.settle()
    for name, record in (("judge", judge), ("manager", manager), ("later", later)):
        account(name, person_record=record)

    reference = public_reference("C", case)
    assert refusal(sees("judge"), reference) == refusal(sees("manager"), reference)
    assert case_page(sees("later"), now(), reference).reference


def test_an_incident_goes_with_its_only_case_and_stays_with_another(world):
    own, other = staff(world, "100", "200")
    alone = world.add("incident", "NSP:PSD", "2018-02-01", incident_type="street")
    shared = world.add("incident", "NSP:PSD", "2018-02-01", incident_type="street")
    about(world, own, "CO/1", incident=alone)
    about(world, own, "CO/2", incident=shared)
    about(world, other, "CO/3", incident=shared)
    world.settle()
    account("ade", person_record=own)

    with pytest.raises(NotFoundError):
        incident_page(sees("ade"), now(), public_reference("I", alone))
    page = incident_page(sees("ade"), now(), public_reference("I", shared))
    assert len(page.cases) == 1


def test_a_task_about_the_case_is_not_there_for_its_subject(world):
    own, _ = staff(world, "100", "200")
    case = about(world, own, "CO/1")
    world.settle()
    account("ade", person_record=own)
    account("zed")
    raise_task(viewer=sees("zed"), new=NewTask(kind="task", title="Write", asked="please",
                                              case_lineage=case))  # fmt: skip

    assert len(list(unallocated(sees("zed")))) == 1
    assert len(list(unallocated(sees("ade")))) == 0


def test_a_task_about_somebody_is_not_theirs_to_see_whether_there_is_a_case_or_not(world):
    (own,) = staff(world, "100")
    world.settle()
    account("ade", person_record=own)
    account("zed")
    raise_task(viewer=sees("zed"), new=NewTask(kind="task", title="Ask vetting", asked="please",
                                              record_lineage=own))  # fmt: skip

    assert len(list(unallocated(sees("zed")))) == 1
    assert len(list(unallocated(sees("ade")))) == 0


COHORT = """
name: everything
version: 1
title: Every allegation
select: {allegations: [{categories: [Rudeness]}]}
dates: {date_basis: reported, from: 2000-01-01}
"""


def test_nobody_linked_to_a_subject_meets_their_own_case_anywhere_in_an_invented_world(
    world, tmp_path
):
    """Forty people, sixty cases, twelve accounts: people, cases, search and cohorts, read as each."""
    chance = random.Random(7)  # noqa: S311 - a seed that replays
    people = staff(world, *(f"{900 + n}" for n in range(40)))
    cases = {}
    for n in range(60):
        who = chance.choice(people)
        cases[about(world, who, f"CO/{n}")] = who
    world.settle()
    shelves = Shelves.of_home(tmp_path)
    account("lead", Role.REVIEW_LEAD)
    everything = programmes.run_cohort(viewer=sees("lead"), shelves=shelves, yaml=COHORT)
    tried = 0
    for n, own in enumerate(people[:12]):
        account(f"u{n}", person_record=own)
        viewer = sees(f"u{n}")
        mine = {case for case, who in cases.items() if who == own}
        tried += len(mine)
        assert barred(f"u{n}") == mine
        shown = person_page(viewer, now(), f"NSP:HR:{900 + n}")
        assert not mine & {fact.case_lineage for fact in shown.facts}
        counted = cohorts.result_by_hash(viewer, shelves, everything.hash)
        assert counted.counts.cases == 60 - len(mine)
        for case in cases:
            reference = public_reference("C", case)
            assert bool(references_like(viewer, reference)) is (case not in mine)
    assert tried > 10  # or nothing would have been tried


def test_the_ledger_is_told_how_many_and_not_whose(world):
    from django.db import connection

    (own,) = staff(world, "100")
    case = about(world, own, "CO/1")
    world.settle()
    account("ade", person_record=own)
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(e) from ledger.event e where action = 'conflict:work_out'")
        said = [row[0] if isinstance(row[0], str) else json.dumps(row[0]) for row in cursor]

    assert len(said) == 1
    assert not re.search(rf"{case}|{own}|\bade\b", said[0])


def test_the_own_record_is_named_by_its_key_and_a_key_of_nobody_is_refused(world):
    (own,) = staff(world, "100")
    case = about(world, own, "CO/1")
    world.settle()
    account("ade")
    with pytest.raises(NotFoundError):
        name_own_record(actor=LOCAL_OPERATOR, username="ade", key="NSP:HR:999", reason="a test")
    name_own_record(actor=LOCAL_OPERATOR, username="ade", key="NSP:HR:100", reason="a test")
    assert barred("ade") == {case}
