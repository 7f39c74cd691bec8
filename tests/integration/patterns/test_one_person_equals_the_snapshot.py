"""What the rules say of one person at intake is what they say over a snapshot, at the same position and day."""

from datetime import timedelta

import pytest
from tests.integration.patterns.small_worlds import FIRST, a_world
from tests.worlds.building import REVIEWER

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import sequence_pending
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.patterns.selectors import pattern_facts
from onrecord.apps.people.selectors import person_page
from onrecord.core.kernel.ids import public_reference
from onrecord.core.patterns.history import add_history
from onrecord.core.patterns.marks import marks_of
from onrecord.core.patterns.meeting import meeting_on
from onrecord.core.patterns.rules import shipped_rules
from onrecord.core.patterns.sources import kinds_of
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.timekeeping.views import View

DAYS = [FIRST + timedelta(days=days) for days in (300, 900, 1500, 2100, 2700, 4000)]
RULES = shipped_rules().values()
KINDS = frozenset().union(*(kinds_of(rule) for rule in RULES))


def over_the_snapshot(folder, on):
    """Return what everybody meets on a day, over the snapshot as known by then."""
    view = View(current_position(), on=on)
    with open_snapshot(folder).reading(
        view, kinds=KINDS | {"identity_judgement", "incident_judgement"}
    ) as record:
        add_history(record, KINDS)
        return {
            (met.person, rule.id, met.shared, met.episodes, met.reports, frozenset(row.thing for row in met.rows))
            for rule in RULES for met in meeting_on(marks_of(record.con, rule, only_enough=on.year % 2 == 0), rule, on)
        }  # fmt: skip


def at_intake(records, on, tmp_path):
    """Return what one person's page says on the same day."""
    page = person_page(
        REVIEWER, View(current_position(), on=on), public_reference("P", min(records))
    )
    return {
        (str(min(records)), fact.rule.id, fact.shared, fact.episodes, fact.reports,
         frozenset(str(row.thing) for row in fact.rows))
        for fact in pattern_facts(REVIEWER, page, home=tmp_path)
    }  # fmt: skip


@pytest.mark.parametrize("number", range(8))
def test_every_rule_says_the_same_on_every_day(store, tmp_path, number):
    people = a_world(number)
    sequence_pending()
    folder = tmp_path / "snapshots"
    take_snapshot(folder)
    for on in DAYS:
        found = set().union(*(at_intake(records, on, tmp_path) for records in people))
        assert found == over_the_snapshot(folder, on), on


def test_the_small_worlds_meet_nearly_every_rule(store, tmp_path):
    """Equal sets of nothing would show nothing."""
    for number in range(8):
        a_world(number)
    sequence_pending()
    take_snapshot(tmp_path / "snapshots")
    met = {rule for on in DAYS for _, rule, *_ in over_the_snapshot(tmp_path / "snapshots", on)}
    assert set(shipped_rules()) - met <= {"same-ending"}
