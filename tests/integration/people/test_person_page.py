"""The person page: everything on record about somebody, and nothing known later."""

import pytest
from django.db import connection
from tests.worlds.building import REVIEWER, adair, day

from onrecord.apps.people.selectors import person_page, search_people
from onrecord.apps.people.services import rebuild_projections
from onrecord.core.conduct.reachability import Reach
from onrecord.core.kernel.errors import NotFoundError


@pytest.fixture
def people(store):
    return adair()


def test_a_judgement_joins_the_records_of_two_forces(people):
    page = person_page(REVIEWER, people["world"].view(), "NSP:HR:4471")

    assert page.counts.cases == 2
    assert page.counts.allegations == 2
    assert page.standing.name == "Rowan Adair"
    assert len(page.judgements) == 1
    assert page.judgements[0].known_on == day("2023-02-01")


def test_either_record_leads_to_the_same_person(people):
    view = people["world"].view()

    ours = person_page(REVIEWER, view, "NSP:HR:4471")
    theirs = person_page(REVIEWER, view, "WMP:CRIME:S-9")

    assert ours.reference == theirs.reference
    assert ours.payload_hash == theirs.payload_hash
    assert person_page(REVIEWER, view, ours.reference).payload_hash == ours.payload_hash


def test_nothing_known_after_the_day_is_on_the_page(people):
    page = person_page(REVIEWER, people["world"].view("2006-12-31"), "NSP:HR:4471")

    assert [fact.kind for fact in page.facts] == [
        "service_spell",
        "person_record",
        "allegation",
    ] or {fact.kind for fact in page.facts} == {"service_spell", "person_record", "allegation"}
    assert page.counts.cases == 1
    assert not page.decisions
    assert all(fact.known_on <= day("2006-12-31") for fact in page.facts)


def test_one_holder_sees_only_what_its_systems_held(people):
    from onrecord.apps.organisations.selectors import holder_ids

    view = people["world"].view().as_visible_to(holder_ids("NSP"))
    page = person_page(REVIEWER, view, "NSP:HR:4471")

    assert page.counts.cases == 1
    assert people["report"] not in page.case_facts


def test_a_check_that_was_required_and_not_run_puts_the_entry_within_reach(people):
    page = person_page(REVIEWER, people["world"].view(), "NSP:HR:4471")

    (decision,) = page.decisions
    by_case = {item.entry.lineage: item.reach for item in decision.reached}
    assert by_case == {
        people["complaint"]: Reach.NOT_ASSESSED,
        people["report"]: Reach.REQUIRED_CHECK_NOT_RUN,
    }


def test_the_page_takes_at_most_twenty_five_queries(people, django_assert_max_num_queries):
    view = people["world"].view()

    with django_assert_max_num_queries(25):
        person_page(REVIEWER, view, "NSP:HR:4471")


def test_every_look_is_recorded_with_whom_why_and_the_view(people):
    page = person_page(REVIEWER, people["world"].view(), "NSP:HR:4471")

    with connection.cursor() as cursor:
        cursor.execute(
            "select actor, object_ref, reason, view, payload_hash from ledger.consultation"
            " where action = 'person:read' order by consultation_id desc limit 1"
        )
        actor, reference, reason, view, payload = cursor.fetchone()
    assert (actor, reference, reason) == ("a.reviewer", page.reference, "review 2026/014")
    assert view == page.view.describe()
    assert bytes(payload) == page.payload_hash


def test_somebody_unknown_and_somebody_out_of_reach_are_told_the_same(people):
    from dataclasses import replace

    view = people["world"].view()
    with pytest.raises(NotFoundError) as unknown:
        person_page(REVIEWER, view, "NSP:HR:nobody")
    with pytest.raises(NotFoundError) as refused:
        person_page(replace(REVIEWER, role="administrator"), view, "NSP:HR:4471")

    assert str(unknown.value) == str(refused.value)


@pytest.mark.parametrize(
    "typed", ["Rowan Adair", "adair", "Adiar Rowan", "4471", "PC 4471", "rowan adiar"]
)
def test_search_forgives_spelling_and_order(people, typed):
    found = search_people(REVIEWER, typed)

    assert "Rowan Adair" in {hit.name for hit in found}


def test_projections_equal_their_rebuild(people):
    before = _projections()
    rebuild_projections()

    assert _projections() == before


def _projections():
    rows = {}
    with connection.cursor() as cursor:
        for table in ("person", "person_search", "case_search"):
            cursor.execute(f"select * from projection.{table} order by 1")
            rows[table] = cursor.fetchall()
    return rows
