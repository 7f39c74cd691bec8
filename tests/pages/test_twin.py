"""Twin pages: whatever becomes known after the day, the page of the day is the same to the letter."""

import re

import pytest
from tests.pages.reading import reference_of
from tests.worlds.building import World, day
from tests.worlds.screens import rowan

from onrecord.core.kernel.ids import lineage_of, public_reference

DAY = "2012-12-31"


@pytest.fixture
def officer(store):
    return rowan()


def page(reviewer, address, **query):
    """Return a page without the token that differs from one request to the next."""
    text = reviewer.get(address, {"on": DAY, **query}).content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def later(officer):
    """Write, about the same person and cases, something of every kind that became known later."""
    world, own, report = World(), officer["own"], officer["report"]
    other = next(
        world.person("WMP:CRIME", key, "2015-05-05", family_name="Later", given_names="Known")
        for key in map(str, range(99))
        if lineage_of("WMP:CRIME", "person_record", key) > own
    )
    world.add("identity_judgement", "NSP:HR", "2016-01-01", record_a=own, record_b=other,
              judgement="same", method="by hand")  # fmt: skip
    case = world.case("WMP:CRIME", "CR/15/9", "2015-05-05", case_type="crime_report")
    for record in (own, other):
        world.add("allegation", "WMP:CRIME", "2015-05-05", case_lineage=case, record_lineage=record,
                  category="Something later", happened_from=day("2010-01-01"))  # fmt: skip
    world.add("disposition", "NSP:PSD", "2015-06-01", case_lineage=officer["complaints"][0], record_lineage=own,
              wording="Re-opened", disposition_class="proven")  # fmt: skip
    world.add(
        "withdrawal", "WMP:CRIME", "2015-06-01", case_lineage=report, victim_position="retracted"
    )
    world.add(
        "case_finalised",
        "NSP:PSD",
        "2015-06-01",
        case_lineage=officer["complaints"][0],
        result="Later",
    )
    world.add("service_spell", "NSP:HR", "2015-01-01", record_lineage=own, is_service=False,
              happened_from=day("2012-01-01"), rank="Sergeant", unit="Later unit", employer="NSP")  # fmt: skip
    world.add("duty_status_spell", "NSP:HR", "2015-01-01", record_lineage=own, duty_status="suspended",
              happened_from=day("2012-01-01"))  # fmt: skip
    world.add("clearance", "NSP:VETTING", "2015-01-01", record_lineage=own, granted_on=day("2012-01-01"),
              vetting_outcome="withdraw")  # fmt: skip
    world.add(
        "record", "NSP:HR", "2015-01-01", record_lineage=own, record_type="settlement", amount=1
    )
    world.add("notification", "WMP:CRIME", "2015-01-01", case_lineage=report, record_lineage=own,
              from_organisation="WMP", to_organisation="NSP", was_made=False)  # fmt: skip
    world.add("referral", "WMP:CRIME", "2015-01-01", case_lineage=report, referred_to="IOPC")
    world.add("reported_decision", "WMP:CRIME", "2015-01-01", case_lineage=report, record_lineage=own,
              decision="Later", decided_on=day("2012-01-01"))  # fmt: skip
    world.add("document", "WMP:CRIME", "2015-01-01", case_lineage=report, reference="LATER")
    world.add(
        "party_role",
        "WMP:CRIME",
        "2015-01-01",
        case_lineage=report,
        role="victim",
        pseudonym="Later",
    )
    world.settle()


@pytest.mark.parametrize("to", ["anyone", "NSP", "WMP:CRIME"])
def test_the_page_of_a_person(reviewer, officer, to):
    address = f"/people/{reference_of(officer['own'])}"
    before = page(reviewer, address, to=to)
    later(officer)

    assert page(reviewer, address, to=to) == before
    assert reviewer.get(address).content.decode() != before


def test_the_pages_of_its_cases(reviewer, officer):
    addresses = [
        f"/cases/{public_reference('C', lineage)}"
        for lineage in (officer["report"], *officer["complaints"])
    ]
    before = [page(reviewer, address) for address in addresses]
    later(officer)

    assert [page(reviewer, address) for address in addresses] == before


def test_the_same_with_the_names_hidden(reviewer, officer, monkeypatch):
    monkeypatch.setenv("ONRECORD_HIDE_NAMES", "1")
    address = f"/people/{reference_of(officer['own'])}"
    before = page(reviewer, address)
    later(officer)

    assert page(reviewer, address) == before
