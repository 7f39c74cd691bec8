"""Later values, mistakes put right, things entered in error."""

import pytest
from tests.worlds.building import adair, day

from onrecord.apps.facts import services
from onrecord.apps.facts.reading import facts_by
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.ids import new_lineage
from onrecord.core.ledger.actors import Actor

HAND = Actor("h.clerk")


@pytest.fixture
def people(store):
    return adair()


def _category(people, on=None, view=None):
    found = facts_by(view or people["world"].view(on), "allegation", "lineage", [people["rude"]])
    return found[0]["category"] if found else None


def test_a_later_value_leaves_earlier_days_as_they_were(people):
    services.record_later_value(
        actor=HAND, kind="allegation", lineage=people["rude"], values={"category": "Assault"},
        known_on=day("2007-03-01"), reason="re-categorised",
    )  # fmt: skip

    assert _category(people, "2007-02-28") == "Rudeness"
    assert _category(people, "2007-03-01") == "Assault"


def test_a_mistake_put_right_changes_every_day_but_not_what_was_recorded_before(people):
    before = people["world"].view("2007-01-01")
    services.put_mistake_right(
        actor=HAND,
        kind="allegation",
        lineage=people["rude"],
        values={"category": "Incivility"},
        reason="mis-keyed",
    )

    assert _category(people, "2007-01-01") == "Incivility"
    assert _category(people, view=before) == "Rudeness"


def test_what_was_entered_in_error_is_on_no_day(people):
    services.record_entered_in_error(
        actor=HAND, kind="allegation", lineage=people["rude"], reason="another officer"
    )

    assert _category(people) is None
    assert _category(people, "2006-09-01") is None


def test_a_later_value_cannot_be_known_before_the_value_it_follows(people):
    with pytest.raises(DataRejectedError):
        services.record_later_value(
            actor=HAND, kind="allegation", lineage=people["rude"], values={"category": "Assault"},
            known_on=day("2006-07-31"), reason="re-categorised",
        )  # fmt: skip


def test_nothing_can_be_changed_that_is_not_on_record(people):
    with pytest.raises(NotFoundError):
        services.put_mistake_right(
            actor=HAND,
            kind="allegation",
            lineage=new_lineage(),
            values={"category": "x"},
            reason="why",
        )
