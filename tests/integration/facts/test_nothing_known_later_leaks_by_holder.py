"""Attempts to see through one holder's eyes what only another held, or what it held later."""

from integration.facts.desk import Desk, allegation, fresh, holding, texts
from onrecord.apps.facts.reading import facts_by, facts_of_records

OWN, ELSEWHERE = (0,), (2,)


def test_a_holder_sees_nothing_that_it_did_not_hold(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1, by=2))
    assert texts(desk.view(held=OWN), one) == []
    assert texts(desk.view(held=ELSEWHERE), one) == ["assault"]


def test_nobody_sees_nothing_at_all(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1), holding(one, 2, by=1))
    assert texts(desk.view(held=()), one) == []


def test_what_a_holder_was_told_later_it_did_not_hold_before(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1, by=2))
    desk.write(holding(one, 4, by=0))
    assert [texts(desk.view(on, held=OWN), one) for on in (3, 4)] == [[], ["assault"]]
    assert texts(desk.view(4, held=OWN, includes_day=False), one) == []


def test_a_holder_told_of_a_first_value_does_not_see_the_next_one(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1, by=2))
    desk.write(holding(one, 2, by=0))
    desk.write(allegation(one, "assault", 4, by=2, change="later"))
    assert texts(desk.view(5, held=OWN), one) == ["rudeness"]


def test_a_holder_told_again_sees_the_next_value_from_then_on(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1, by=2))
    desk.write(holding(one, 2, by=0))
    desk.write(allegation(one, "assault", 4, by=2, change="later"))
    desk.write(holding(one, 6, by=0))
    assert [texts(desk.view(on, held=OWN), one) for on in (5, 6)] == [["rudeness"], ["assault"]]


def test_a_holder_not_told_that_it_is_gone_still_has_it(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "rudeness", 1, by=2), holding(one, 2, by=0))
    desk.write(allegation(one, "rudeness", 4, by=2, change="later", gone=True))
    assert texts(desk.view(5, held=OWN), one) == ["rudeness"]
    assert texts(desk.view(5), one) == []


def test_a_holding_entered_in_error_is_no_holding_from_then_on(store):
    desk, one, told = Desk(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, by=2), holding(one, 2, by=0, lineage=told))
    position = desk.view().position
    desk.write(holding(one, 2, by=0, lineage=told, change="mistake", gone=True))
    assert texts(desk.view(5, held=OWN), one) == []
    assert texts(desk.view(5, held=OWN, position=position), one) == ["assault"]


def test_a_holding_that_came_in_an_undone_batch_is_no_holding(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1, by=2))
    told = desk.write(holding(one, 2, by=0))
    desk.undo(told)
    assert texts(desk.view(5, held=OWN), one) == []
    assert texts(desk.view(5, held=OWN, position=told.position), one) == ["assault"]


def test_a_holding_recorded_later_does_not_open_what_was_recorded_before(store):
    desk, one = Desk(), fresh()
    written = desk.write(allegation(one, "assault", 1, by=2))
    desk.write(holding(one, 2, by=0))
    assert texts(desk.view(5, held=OWN, position=written.position), one) == []


def test_a_holding_of_one_thing_opens_no_other(store):
    desk, one, other, subject = Desk(), fresh(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, by=2, record_lineage=subject),
               allegation(other, "theft", 1, by=2, record_lineage=subject),
               holding(one, 2, by=0))  # fmt: skip
    shown = facts_of_records(desk.view(5, held=OWN), [subject])
    assert [fact["category"] for fact in shown] == ["assault"]


def test_holding_a_case_is_not_holding_what_is_in_it(store):
    desk, one, case = Desk(), fresh(), fresh()
    desk.write(("case_reported", {"lineage": case, "known": 1, "by": 2}),
               allegation(one, "assault", 1, by=2, case_lineage=case), holding(case, 2, by=0))  # fmt: skip
    assert texts(desk.view(5, held=OWN), one) == []


def test_one_holder_does_not_see_what_another_was_told(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "assault", 1, by=2), holding(one, 2, by=1))
    assert texts(desk.view(5, held=OWN), one) == []
    assert facts_by(desk.view(5, held=OWN), "holding", "held_lineage", [one]) == []


def test_a_holding_of_a_holding_opens_nothing(store):
    desk, one, told = Desk(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, by=2), holding(one, 2, by=1, lineage=told),
               holding(told, 3, by=0))  # fmt: skip
    assert texts(desk.view(5, held=OWN), one) == []


def test_a_holder_sees_its_own_version_where_another_has_a_later_one(store):
    desk, one = Desk(), fresh()
    desk.write(allegation(one, "as we wrote it", 1, by=0))
    desk.write(allegation(one, "as they wrote it", 4, by=2, change="later"))
    assert texts(desk.view(5, held=OWN), one) == ["as we wrote it"]
    assert texts(desk.view(5), one) == ["as they wrote it"]


def test_a_move_to_another_officer_that_a_holder_never_heard_of_has_not_happened_to_it(store):
    desk, one, before, after = Desk(), fresh(), fresh(), fresh()
    desk.write(allegation(one, "assault", 1, by=0, record_lineage=before))
    desk.write(allegation(one, "assault", 4, by=2, change="later", record_lineage=after))
    assert facts_of_records(desk.view(5, held=OWN), [after]) == []
    assert len(facts_of_records(desk.view(5, held=OWN), [before])) == 1
