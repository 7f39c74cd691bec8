"""Attempts to see, on a day, what became known after it: through known dates and changes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection

from integration.facts.desk import TESTER, Desk, allegation, day, fresh, said, texts
from onrecord.apps.facts.reading import (
    facts_by,
    facts_of_cases,
    facts_of_records,
    first_known,
    winners_sql,
)
from onrecord.apps.facts.services import put_mistake_right, record_entered_in_error
from onrecord.core.kernel.kinds import KINDS


def test_a_value_learnt_later_is_not_shown_before(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 5, change="later"))
    assert [texts(desk.view(on), one) for on in (0, 1, 4, 5)] == [
        [], ["rudeness"], ["rudeness"], ["assault"],
    ]  # fmt: skip


def test_the_day_itself_is_seen_by_a_screen_and_not_by_a_replay(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 3))
    assert texts(desk.view(3), one) == ["rudeness"]
    assert texts(desk.view(3, includes_day=False), one) == []


def test_an_allegation_moved_to_another_officer_is_no_longer_the_first_ones_and_was_then(store):
    desk, one, before, after = Desk(), fresh(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, record_lineage=before))
    desk.write(allegation(one, "assault", 4, change="later", record_lineage=after))
    assert facts_of_records(desk.view(5), [before]) == []
    assert facts_of_records(desk.view(3), [after]) == []
    assert [f.lineage for f in facts_of_records(desk.view(3), [before])] == [one]
    assert [f.lineage for f in facts_of_records(desk.view(5), [after])] == [one]


def test_an_allegation_whose_subject_is_named_later_has_no_subject_before(store):
    desk, one, subject = Desk(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1))
    desk.write(allegation(one, "assault", 4, change="later", record_lineage=subject))
    assert facts_of_records(desk.view(3), [subject]) == []
    assert [f.record_lineage for f in facts_by(desk.view(3), "allegation", "lineage", [one])] == [
        None
    ]


def test_an_allegation_moved_to_another_case_is_not_in_that_case_before(store):
    desk, one, before, after = Desk(), fresh(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, case_lineage=before))
    desk.write(allegation(one, "assault", 4, change="later", case_lineage=after))
    assert facts_of_cases(desk.view(3), [after]) == []
    assert facts_of_cases(desk.view(5), [before]) == []


def test_asking_for_both_officers_does_not_show_one_allegation_twice(store):
    desk, one, before, after = Desk(), fresh(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, record_lineage=before))
    desk.write(allegation(one, "assault", 4, change="later", record_lineage=after))
    assert len(facts_of_records(desk.view(5), [before, after])) == 1


def test_what_is_gone_later_was_there_until_then(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1))
    desk.write(allegation(one, "assault", 4, change="later", gone=True))
    assert [texts(desk.view(on), one) for on in (3, 4)] == [["assault"], []]


def test_what_came_back_later_is_still_gone_between(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1))
    desk.write(allegation(one, "assault", 3, change="later", gone=True))
    desk.write(allegation(one, "assault again", 5, change="later"))
    assert [texts(desk.view(on), one) for on in (2, 4, 5)] == [["assault"], [], ["assault again"]]


def test_a_mistake_put_right_does_not_bring_forward_a_later_value(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 5, change="later"))
    desk.write(allegation(one, "incivility", 1, change="mistake"))
    assert [texts(desk.view(on), one) for on in (4, 5)] == [["incivility"], ["assault"]]


def test_a_mistake_in_a_later_value_changes_no_earlier_day(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 5, change="later"))
    desk.write(allegation(one, "harassment", 5, change="mistake"))
    assert [texts(desk.view(on), one) for on in (4, 5)] == [["rudeness"], ["harassment"]]


def test_a_mistake_cannot_bring_its_own_known_date(store):
    """It would act as a later value, and leave the mistake standing in every earlier view."""
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 3))
    for elsewhere in (1, 5):
        with pytest.raises(IntegrityError, match="keeps the known date"):
            desk.write(allegation(one, "assault", elsewhere, change="mistake"))


def test_a_mistake_must_correct_something(store):
    with pytest.raises(IntegrityError, match="keeps the known date"):
        Desk().write(allegation(fresh(), "assault", 1, change="mistake"))


def test_a_known_date_put_right_by_taking_the_version_back_empties_the_earlier_days(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1))
    desk.write(
        allegation(one, "assault", 1, change="mistake", gone=True),
        allegation(one, "assault", 5, change="first"),
    )
    assert [texts(desk.view(on), one) for on in (1, 4, 5)] == [[], [], ["assault"]]


def test_a_thing_entered_in_error_is_shown_on_no_day_whatever_was_learnt_of_it_when(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 3, change="later"))
    desk.write(allegation(one, "assault", 4, change="later", gone=True))
    desk.write(allegation(one, "assault again", 5, change="later"))
    before = desk.view().position
    record_entered_in_error(actor=TESTER, kind="allegation", lineage=one, reason="wrong force")
    assert [texts(desk.view(on), one) for on in (None, 1, 2, 3, 4, 5, 6)] == [[]] * 7
    assert texts(desk.view(3, position=before), one) == ["assault"]


def test_a_mistake_put_right_by_hand_leaves_an_earlier_value_as_it_was(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 3, change="later"))
    put_mistake_right(actor=TESTER, kind="allegation", lineage=one,
                      values={"category": "harassment"}, reason="misread")  # fmt: skip
    assert [texts(desk.view(on), one) for on in (2, 3)] == [["rudeness"], ["harassment"]]


def test_putting_one_thing_right_keeps_all_that_was_right(store):
    desk, one, case = Desk(), fresh(), fresh()
    desk.write(allegation(one, "rudeness", 1, case_lineage=case, happened_from=date(2019, 1, 1),
                          happened_basis="stated", source_ref="A/1", factors="domestic,alcohol"))  # fmt: skip
    before = facts_by(desk.view(), "allegation", "lineage", [one])[0]
    put_mistake_right(actor=TESTER, kind="allegation", lineage=one,
                      values={"category": "assault"}, reason="misread")  # fmt: skip
    after = facts_by(desk.view(), "allegation", "lineage", [one])[0]
    assert after.happened_basis == before.happened_basis == "stated"
    told = [[v for v in said(fact) if v != fact.change][:-1] for fact in (before, after)]
    assert told[0] == told[1]
    assert after["factors"] == before["factors"]


def test_a_later_first_of_the_same_thing_changes_no_earlier_day(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1))
    desk.write(allegation(one, "assault", 5))
    assert [texts(desk.view(on), one) for on in (4, 5)] == [["rudeness"], ["assault"]]


def test_an_earlier_first_written_later_is_shown_only_until_the_known_later_one(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 4))
    position = desk.view().position
    desk.write(allegation(one, "found in a drawer", 1))
    assert [texts(desk.view(on), one) for on in (2, 4)] == [["found in a drawer"], ["rudeness"]]
    assert texts(desk.view(2, position=position), one) == []


def test_what_happened_long_before_is_not_known_before_it_was_known(store):
    desk, one = Desk(), fresh()
    desk.write(
        allegation(one, "assault", 5, happened_from=date(1999, 1, 1), occurred_on=date(1999, 1, 1))
    )
    assert texts(desk.view(4), one) == []


def test_a_day_on_which_it_happened_that_nobody_knows_makes_nothing_known_earlier(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 5, happened_basis="not_known"))
    assert texts(desk.view(4), one) == []
    assert texts(desk.view(5), one) == ["assault"]


@pytest.mark.parametrize("basis", [("derived", "category-at-receipt"), ("extract", None)])
def test_the_basis_of_a_known_date_opens_no_earlier_day(store, basis):
    desk, one = Desk(), fresh()
    name, rule = basis
    desk.write(allegation(one, "assault", 5, known_basis=name, known_rule=rule))
    assert texts(desk.view(4), one) == []
    (shown,) = facts_by(desk.view(5), "allegation", "lineage", [one])
    assert (shown.known_basis, shown.known_rule) == basis


def test_a_finding_does_not_show_in_the_complaint_it_ended(store):
    desk, one, case = Desk(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, case_lineage=case))
    desk.write(("disposition", {"lineage": fresh(), "known": 5, "case_lineage": case,
                                "allegation": one, "disposition_class": "proven"}))  # fmt: skip
    desk.write(("case_finalised", {"lineage": fresh(), "known": 5, "case_lineage": case}))
    assert [f.kind for f in facts_of_cases(desk.view(4), [case])] == ["allegation"]


def test_when_a_thing_was_first_known_is_not_told_on_a_day_before_it_was(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 5))
    assert first_known(desk.view(4), "allegation", [one]) == {}
    assert first_known(desk.view(5, includes_day=False), "allegation", [one]) == {}
    assert first_known(desk.view(5), "allegation", [one]) == {one: day(5)}


def test_a_thing_that_was_never_on_record_was_never_first_known(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1))
    desk.write(allegation(one, "assault", 1, change="mistake", gone=True))
    assert first_known(desk.view(), "allegation", [one]) == {}


def test_the_time_zone_and_date_style_of_a_session_move_no_day(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 5))
    shown = [texts(desk.view(on), one) for on in (4, 5)]
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with connection.cursor() as cursor:
            cursor.execute("set timezone to %s", [zone])
            cursor.execute("set datestyle to 'SQL, DMY'")
        assert [texts(desk.view(on), one) for on in (4, 5)] == shown == [[], ["assault"]]
        assert facts_by(desk.view(), "allegation", "lineage", [one])[0].known_on == day(5)


@pytest.mark.parametrize("poison", ["infinity", "-infinity", "10000-01-01", "0044-03-15 BC"])
def test_a_date_outside_every_calendar_page_is_refused_not_shown_for_ever(store, poison):
    from onrecord.apps.audit.services import recording

    desk = Desk()
    with (
        pytest.raises(IntegrityError),
        recording(TESTER, "import:run", object_kind="x", object_ref="x", reason="test") as rec,
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into facts.allegation (event_id, lineage, change, known_on, known_basis,"
            " holder_id, salt, leaf) values (%s, %s, 'first', %s::date, 'stated', %s, %s, %s)",
            [rec.event_id, fresh(), poison, desk.holders[0], b"s" * 16, b"l" * 32],
        )


def test_whose_thing_it_is_is_asked_of_the_winner_and_not_of_the_candidate(store):
    desk = Desk()
    condition = "record_lineage = any(%(lineages)s)"
    sql = winners_sql(KINDS["allegation"], desk.view(), condition)
    assert sql.index("not w.gone") < sql.rindex(f"w.{condition}")


def test_a_column_that_is_not_in_the_register_never_becomes_sql(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 5))
    with pytest.raises(KeyError):
        facts_by(desk.view(1), "allegation", "lineage is not null or f.lineage", [one])


def test_two_records_differing_only_in_later_facts_are_told_apart_by_no_word(store):
    """The numbers of rows do differ: they are this installation's, and no screen shows them."""
    desk, one, other, subject = Desk(), fresh(), fresh(), fresh()
    alone = desk.write(allegation(one, "assault", 1, record_lineage=subject))
    told = [said(f) for f in facts_of_records(desk.view(3), [subject])]
    desk.undo(alone)
    desk.write(
        allegation(other, "known later", 5, record_lineage=subject),
        allegation(one, "assault", 1, record_lineage=subject),
    )
    assert [said(f) for f in facts_of_records(desk.view(3), [subject])] == told
