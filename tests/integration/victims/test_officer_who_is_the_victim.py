"""An officer who is harmed, or reports, is protected as anybody is: no conduct lane, no search."""

import pytest
from tests.integration.victims.desk import NAME, Harm
from tests.worlds.building import REVIEWER

from onrecord.apps.cases.selectors import case_page
from onrecord.apps.people.selectors import person_page, search_people
from onrecord.apps.victims.selectors import identity_of
from onrecord.core.kernel.ids import public_reference

INCIDENTS = 5


@pytest.fixture
def harmed(store):
    """Return an officer with a record, who is the victim in five domestic incidents."""
    harm = Harm(people=0)
    own = harm.world.person(
        "NSP:HR", "5120", "2010-01-01", given_names="Isolde", family_name="Varley"
    )
    cases, parties = [], []
    for place in range(INCIDENTS):
        case = harm.world.case(
            "NSP:PSD", f"DI/{place}", "2020-01-01", case_type="domestic_incident"
        )
        cases.append(case)
        parties.append(harm.party(place, case=case, workforce_record=own))
    harm.world.settle()
    return harm, cases, parties


def test_their_conduct_lane_is_empty_and_their_page_names_none_of_the_cases(harmed):
    harm, cases, parties = harmed
    page = person_page(REVIEWER, harm.world.view(), "NSP:HR:5120")
    assert (page.counts.cases, page.counts.allegations) == (0, 0)
    assert not page.case_facts
    told = repr(page)
    for lineage in (*cases, *parties):
        assert str(lineage) not in told
    for case in cases:
        assert public_reference("C", case) not in told


def test_search_by_their_name_leads_to_no_case_and_their_name_as_victim_to_nobody(harmed):
    _, cases, _ = harmed
    told = repr(search_people(REVIEWER, "Varley"))
    assert "Varley" in told
    for case in cases:
        assert str(case) not in told
        assert public_reference("C", case) not in told
    assert NAME.split()[1] not in repr(search_people(REVIEWER, NAME))


def test_the_case_page_says_a_pseudonym_and_neither_name_nor_record(harmed):
    harm, cases, _ = harmed
    page = case_page(REVIEWER, harm.world.view(), public_reference("C", cases[0]))
    told = repr(page)
    assert "Victim 1" in told
    assert NAME not in told
    assert "Varley" not in told
    assert not page.subjects


def test_the_contact_officer_is_told_who_they_are(harmed):
    harm, cases, parties = harmed
    harm.admit("vc.officer", case=cases[0])
    found = identity_of(harm.officer, public_reference("C", cases[0]), parties[0])
    assert found.identity.name == f"{NAME} 0"


def test_a_part_in_a_case_that_names_their_record_is_not_on_their_page(store):
    """Some sources name the officer's record beside the part; only a subject's part is shown."""
    harm = Harm(people=0)
    own = harm.world.person("NSP:HR", "5121", "2010-01-01", family_name="Varley")
    cases = []
    for place, role in enumerate(("victim", "reporter", "witness", "other", "unknown", "subject")):
        case = harm.world.case("NSP:PSD", f"DI/9{place}", "2020-01-01")
        harm.world.add("party_role", "NSP:PSD", "2020-01-01", case_lineage=case,
                       record_lineage=own, role=role)  # fmt: skip
        cases.append(case)
    harm.world.settle()
    page = person_page(REVIEWER, harm.world.view(), "NSP:HR:5121")
    told = repr(page)
    assert [str(case) in told for case in cases] == [False] * 5 + [True]
    assert [fact["role"] for fact in page.of_kind("party_role")] == ["subject"]
    assert page.counts.cases == 1
