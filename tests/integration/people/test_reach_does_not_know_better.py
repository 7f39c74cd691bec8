"""What was near to a decision on its day, not what hindsight puts near to it."""

from onrecord.apps.people.selectors import person_page
from onrecord.core.kernel.ids import public_reference
from worlds.building import REVIEWER, World, day


def _world(*, named_on):
    world = World()
    officer = world.person("NSP:HR", "1", "2004-01-01", family_name="Invented")
    case = world.case("WMP:CRIME", "CR/1", "2006-01-01", case_type="crime_report")
    accusation = world.add(
        "allegation", "WMP:CRIME", "2006-01-01", case_lineage=case, category="theft"
    )
    world.add("allegation", "WMP:CRIME", named_on, lineage=accusation, change="later",
              case_lineage=case, category="theft", record_lineage=officer)  # fmt: skip
    world.add(
        "clearance",
        "NSP:VETTING",
        "2010-06-01",
        record_lineage=officer,
        granted_on=day("2010-06-01"),
    )
    world.settle()
    page = person_page(REVIEWER, world.view(), public_reference("P", officer))
    return page.decisions[0].reached


def test_a_case_in_which_somebody_was_named_only_later_was_near_to_no_earlier_decision(store):
    assert _world(named_on="2015-01-01") == []


def test_a_case_in_which_somebody_was_named_by_then_was(store):
    assert len(_world(named_on="2008-01-01")) == 1
