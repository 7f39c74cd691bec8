"""The reported review comes out as it was asked for, and everything else stays out of it."""

import pytest

from onrecord.core.world.building import build
from onrecord.core.world.extracts import connect
from onrecord.core.world.oracle import count_review
from onrecord.core.world.scales import FORCE, SMALL, fitted
from onrecord.core.world.streams import Streams


@pytest.fixture(scope="module")
def truth():
    """The ground truth of the small world as tables."""
    with connect(build(SMALL, 1)) as database:
        yield database


def test_the_large_world_of_the_default_seed_has_the_published_review():
    with connect(build(FORCE, 1)) as database:
        found = count_review(database)

    assert (found.cases, found.people) == (1633, 1071)


@pytest.mark.parametrize("seed", [2, 3, 4, 5, 6, 7, 8, 9])
def test_a_review_of_another_seed_is_within_five_in_a_hundred(seed):
    sizes = fitted(FORCE, Streams(seed))

    assert abs(sizes.review_cases / FORCE.review_cases - 1) <= 0.05
    assert abs(sizes.review_people / FORCE.review_people - 1) <= 0.05


@pytest.mark.parametrize("seed", [3, 11, 12])
def test_the_oracle_counts_what_the_seed_asked_for(seed):
    with connect(build(SMALL, seed)) as database:
        found = count_review(database)
    sizes = fitted(SMALL, Streams(seed))

    assert (found.cases, found.people) == (sizes.review_cases, sizes.review_people)


def test_without_one_of_its_cases_the_review_counts_one_fewer(truth):
    before = count_review(truth)
    truth.execute("begin")
    truth.execute(
        "delete from cases where ref = (select a.ref from allegations a "
        "join cases c using (org, system, ref) join employed e using (person) "
        "where e.org = 'NSP' and e.ended is null and a.category = 'Sexual assault' "
        "and c.finalised between date '2016-04-01' and date '2026-03-31' order by 1 limit 1)"
    )
    after = count_review(truth)
    truth.execute("rollback")

    assert after.cases == before.cases - 1


def test_somebody_who_leaves_takes_their_cases_out_of_the_review(truth):
    before = count_review(truth)
    truth.execute("begin")
    truth.execute("update employed set ended = date '2026-06-30' where org = 'NSP' and person = 0")
    after = count_review(truth)
    truth.execute("rollback")

    assert after.people == before.people - 1


def test_the_officer_who_was_the_victim_is_the_subject_of_nothing(truth):
    roles = truth.execute("select role, count(*) from roles where person = 1 group by 1").fetchall()
    alleged = truth.execute("select count(*) from allegations where person = 1").fetchone()

    assert roles == [("victim", 5)]
    assert alleged == (0,)


def test_some_incidents_are_mutual_with_two_people_in_two_roles_each():
    with connect(build(FORCE, 1)) as database:
        mutual = database.execute(
            "select count(*) from (select org, ref from roles where system = 'INCIDENTS' "
            "and role = 'subject' group by 1, 2 having count(distinct person) = 2)"
        ).fetchone()

    assert mutual[0] > 0


def test_the_told_story_lies_in_four_forces_and_before_service(truth):
    forces = truth.execute(
        "select count(distinct org) from (select org, person from allegations "
        "union all select org, person from roles) where person = 0"
    ).fetchone()
    before = truth.execute(
        "select count(*) from allegations a join cases c using (org, system, ref) "
        "join employed e using (person) where person = 0 and c.reported < e.joined"
    ).fetchone()

    assert forces == (4,)
    assert before == (1,)


def test_each_world_moves_the_story_to_other_dates():
    def reported(seed):
        with connect(build(SMALL, seed)) as database:
            return database.execute(
                "select reported from cases where ref = 'LM/2005/17'"
            ).fetchone()

    assert len({reported(seed) for seed in (1, 2, 3)}) == 3


def test_every_era_of_endings_is_there(truth):
    eras = {row[0] for row in truth.execute("select distinct era from allegations").fetchall()}

    assert {"complaints-2008", "complaints-2012", "complaints-2020", "conduct-2012", "conduct-2020",
            "crime-outcomes-2013", "clear-up-pre-2013"} <= eras  # fmt: skip


def test_some_decisions_name_their_maker_and_some_name_none(truth):
    named = truth.execute(
        "select count(maker_hr_no) > 0, count(*) filter (maker_hr_no is null and maker_post is null) > 0 "
        "from decisions"
    ).fetchone()

    assert named == (True, True)
