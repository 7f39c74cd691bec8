"""Chicago and Philadelphia, invented, in one store: what a person reads of them, then and now."""

from datetime import date

import pytest

from integration.intake.importing import VIEWER, import_from
from integration.sources.reading import write_twin
from onrecord.core.sources.loading import find
from onrecord.core.timekeeping.views import View

TESTWELL, NUMBERED = "CPD:HR:1", "PPD:IAD:10000001"


@pytest.fixture
def home(store, tmp_path):
    """A home with both in it."""
    for name in ("chicago_asof_2016", "philadelphia"):
        bring_in(name, tmp_path)
    return tmp_path


def bring_in(name, home):
    return import_from(find(name).read_text("utf-8"), write_twin(name, home / "data"), home)


def known(person, day, held_by=None):
    from onrecord.apps.audit.selectors import current_position
    from onrecord.apps.people.known_then import known_then

    return known_then(
        VIEWER, View(current_position(), on=date.fromisoformat(day)), person, held_by=held_by
    )


def endings(person, day):
    page = known(person, day).page
    facts = [*page.facts, *(fact for facts in page.case_facts.values() for fact in facts)]
    return sorted({str(fact.values["wording"]) for fact in facts if fact.kind == "disposition"})


def test_the_allegations_of_a_person_are_counted_as_known_on_each_day(home):
    counted = {
        day: known(TESTWELL, day).page.counts.allegations
        for day in ("1990-01-04", "1990-01-05", "2003-07-09", "2015-12-31")
    }
    assert counted == {"1990-01-04": 0, "1990-01-05": 1, "2003-07-09": 2, "2015-12-31": 4}


def test_a_finding_appears_on_the_day_the_case_was_finalised_and_not_before(home):
    assert "SUSTAINED" not in endings(TESTWELL, "2007-08-08")
    assert "SUSTAINED" in endings(TESTWELL, "2007-08-09")


def test_an_undated_finding_appears_only_on_the_day_of_the_release(home):
    assert endings(NUMBERED, "2021-03-30") == []
    assert "Sustained Finding" in endings(NUMBERED, "2021-03-31")


def test_the_complaint_register_sees_its_cases_and_who_they_name_but_not_the_force_reports(home):
    seen = known(TESTWELL, "2015-12-31", held_by="CPD:COMPLAINTS")
    kinds = {fact.kind for fact in seen.visible}
    assert "allegation" in kinds
    assert "record" not in kinds
    assert "service_spell" not in kinds


@pytest.mark.parametrize(
    "name", ["chicago_asof_2016", "philadelphia", "chicago_raw_foia", "uk_met_complaints"]
)
def test_the_same_files_again_write_nothing(name, store, tmp_path):
    first = bring_in(name, tmp_path)
    again = bring_in(name, tmp_path)
    assert first.wrote
    assert not again.wrote
    assert all(one["read"] == one["unchanged"] + one["rejected"] for one in again.tables)


def test_the_shipped_cohort_selects_who_was_alleged_to_and_still_serves(home):
    from onrecord.apps.programmes import selectors, services
    from onrecord.apps.programmes.selectors import Shelves

    definition = selectors.definition_text(VIEWER, "sexual-or-domestic-2005-2015")
    result = services.run_cohort(
        viewer=VIEWER, shelves=Shelves.of_home(home), yaml=definition
    ).as_json()
    assert {name: result[name] for name in ("people", "cases", "allegations", "items")} == {
        "people": 2,
        "cases": 2,
        "allegations": 3,
        "items": 3,
    }
    reasons = {one["reason"]: (one["people"], one["cases"]) for one in result["excluded"]}
    assert reasons["not-completed"] == (2, 2)
    assert reasons["date-not-known"] == (2, 2)
