"""Cases of one incident on record: found, judged, outvoted, undone; and counted as one by pages and cohorts."""

import uuid
from datetime import date

import pytest
from tests.integration.linkage.recorded import ADA
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import World

from onrecord.apps.access.roles import Role
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import sequence_pending
from onrecord.apps.audit.verifying import verify_record
from onrecord.apps.facts.reading import facts_by, facts_where
from onrecord.apps.linking.cases import (
    cases_to_judge,
    judge_cases,
    judged_with,
    link_cases,
    take_back_cases,
    two_cases_named,
)
from onrecord.apps.linking.modelling import undo_run
from onrecord.apps.people.incidents import incidents_around
from onrecord.apps.sealing.services import seal_thing
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import lineage_of, new_lineage, public_reference
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.timekeeping.views import View


@pytest.fixture
def made(store):
    account("ada", Role.REVIEW_LEAD)
    world = World()
    person = world.person(
        "NSP:HR", "1", "2010-01-01", given_names="Invented", family_name="Officer"
    )
    cases = {}
    for name, holder, sort, happened in (
        ("crime", "WMP:CRIME", "crime_report", "2015-03-02"),
        ("matter", "NSP:PSD", "conduct_matter", "2015-03-02"),
        ("log", "CVP:CAD", "crime_report", "2018-06-01"),
        ("later", "NSP:PSD", "conduct_matter", "2018-06-03"),
    ):
        case = world.add("case_reported", holder, "2019-01-01", case_type=sort, reference=name,
                         happened_from=date.fromisoformat(happened))  # fmt: skip
        world.add("allegation", holder, "2019-01-01", case_lineage=case, record_lineage=person,
                  category="words", occurred_on=date.fromisoformat(happened))  # fmt: skip
        world.add(
            "party_role",
            holder,
            "2019-01-01",
            case_lineage=case,
            record_lineage=person,
            role="subject",
        )
        cases[name] = case
    world.settle()
    return cases


@pytest.fixture
def run(made, tmp_path):
    def go(**more):
        sequence_pending()
        found = link_cases(actor=ADA, snapshots=tmp_path / "snapshots", reason="a test", **more)
        sequence_pending()
        return found

    return go


def are_one(one, other, tmp_path):
    """Tell whether pages take two cases for one incident; cohorts must say the same."""
    around = incidents_around(View(current_position()), [one, other])
    by_pages = around.of(one) == around.of(other)
    with open_snapshot(tmp_path / "snapshots").reading(
        kinds=("case_reported", "incident_judgement")
    ) as record:
        clusters = dict(
            record.con.execute("select member, cluster from incident_cluster").fetchall()
        )
    assert (clusters.get(one, one) == clusters.get(other, other)) is by_pages
    return by_pages


def pair(one, other):
    low, high = sorted((one, other))
    return public_reference(
        "J", lineage_of("ONRECORD:DESK", "incident_judgement", str(low), str(high))
    )


def test_the_sure_are_joined_and_the_rest_waits_for_a_person(made, run, tmp_path):
    found = run()
    assert (found.automatic, found.for_review, found.written) == (1, 1, 2)
    run()
    assert are_one(made["crime"], made["matter"], tmp_path)
    assert not are_one(made["log"], made["later"], tmp_path)
    (waiting,) = cases_to_judge(sees("ada"))
    assert {waiting.one.lineage, waiting.other.lineage} == {made["log"], made["later"]}
    assert "within three days (+2)" in waiting.own["reason"]
    assert run().written == 0


def test_a_person_settles_it_outvotes_and_is_undone(made, run, tmp_path):
    first = run()
    ada = sees("ada")
    (waiting,) = cases_to_judge(ada)
    judge_cases(viewer=ada, two=waiting, judgement="same", reason="One log number in both.")
    joined = two_cases_named(ada, pair(made["crime"], made["matter"]))
    judge_cases(viewer=ada, two=joined, judgement="not_same", reason="Another evening.")
    again = run()
    assert again.written == 0
    assert are_one(made["log"], made["later"], tmp_path)
    assert not are_one(made["crime"], made["matter"], tmp_path)
    assert cases_to_judge(ada) == []
    undo_run(actor=ADA, run=first.run, reason="Other weights.")
    run()
    assert are_one(made["log"], made["later"], tmp_path), (
        "what a person said stands without the run"
    )
    with pytest.raises(DataRejectedError, match="reason"):
        judge_cases(viewer=ada, two=joined, judgement="same", reason=" ")


def test_a_trial_writes_nothing(made, run):
    assert run(is_trial=True).written == 0
    assert cases_to_judge(sees("ada")) == []


def test_a_pair_of_which_one_case_is_sealed_is_not_there(made, run):
    run()
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["later"])
    assert cases_to_judge(sees("ada")) == []
    with pytest.raises(NotFoundError):
        two_cases_named(sees("ada"), pair(made["log"], made["later"]))
    with pytest.raises(NotFoundError):
        two_cases_named(sees("ada"), public_reference("J", uuid.UUID(int=7)))


def test_a_pair_that_is_found_no_more_leaves_the_desk(made, run):
    run()
    world = World()
    world.add("case_reported", "NSP:PSD", "2020-01-01", lineage=made["later"], change="later",
              case_type="conduct_matter", reference="later", happened_from=date(2017, 1, 1))  # fmt: skip
    (alleged,) = facts_by(View(current_position()), "allegation", "case_lineage", [made["later"]])
    world.add("allegation", "NSP:PSD", "2020-01-01", lineage=alleged.lineage, change="later",
              case_lineage=made["later"], record_lineage=alleged.record_lineage, category="words",
              occurred_on=date(2017, 1, 1))  # fmt: skip
    assert run().written == 1
    assert cases_to_judge(sees("ada")) == []
    assert run().written == 0


def test_nothing_is_said_of_a_pair_once_one_of_it_is_sealed(made, run):
    run()
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["matter"])
    assert run().written == 0


def harmed(case, holder, name, born):
    """Write who was harmed in a case: a name in the compartment, a part outside it."""
    party, world = new_lineage(), World()
    world.add("party_identity", holder, "2019-01-01", lineage=party, case_lineage=case, name=name,
              birth_year=born)  # fmt: skip
    world.add("party_role", holder, "2019-01-01", case_lineage=case, party=party, role="victim",
              pseudonym="V 1")  # fmt: skip


@pytest.mark.parametrize(
    ("who", "automatic", "for_review"),
    [(("Perdita Vane", 1980), 1, 1), (("Ottoline Quarrendon", 1951), 0, 1)],
)
def test_the_word_of_the_compartment_counts_and_no_name_comes_out(
    made, run, who, automatic, for_review
):
    for case, holder in (("crime", "WMP:CRIME"), ("log", "CVP:CAD")):
        harmed(made[case], holder, "Perdita Vane", 1980)
    for case in ("matter", "later"):
        harmed(made[case], "NSP:PSD", *who)
    found = run()
    assert (found.automatic, found.for_review) == (automatic, for_review)
    said = [
        fact["reason"]
        for fact in facts_where(
            View(current_position()), "incident_judgement", "lineage is not null"
        )
    ]
    assert all("whoever was harmed or reported is" in reason for reason in said)
    assert "Vane" not in str(said)
    assert "1980" not in str(said)


def test_of_what_a_source_said_the_weights_say_nothing(made, run):
    low, high = sorted((made["crime"], made["matter"]))
    World().add("incident_judgement", "NSP:PSD", "2019-02-01", case_a=low, case_b=high,
                judgement="same", method="source cross-reference")  # fmt: skip
    assert run().written == 1
    assert [one.own["method"] for one in cases_to_judge(sees("ada"))] == ["model incidents-2"]


def test_once_a_person_parts_two_the_third_is_no_longer_in_doubt(made, run, tmp_path):
    world = World()
    (alleged,) = facts_by(View(current_position()), "allegation", "case_lineage", [made["matter"]])
    third = world.case("WMP:PSD", "T-1", "2019-01-01", case_type="complaint")
    world.add("allegation", "WMP:PSD", "2019-01-01", case_lineage=third, category="words",
              record_lineage=alleged.record_lineage, occurred_on=date(2015, 3, 2))  # fmt: skip
    assert run().automatic == 0
    ada = sees("ada")
    apart = two_cases_named(ada, pair(made["crime"], third))
    judge_cases(viewer=ada, two=apart, judgement="not_same", reason="Another street.")
    assert run().automatic == 1
    run()
    assert are_one(made["crime"], made["matter"], tmp_path)
    assert not are_one(made["crime"], third, tmp_path)


def stands(case):
    view = View(current_position())
    return [
        (fact["judgement"], fact["method"], fact["reason"])
        for end in ("case_a", "case_b") for fact in facts_by(view, "incident_judgement", end, [case])
    ]  # fmt: skip


def test_a_judgement_is_taken_back_and_what_was_said_before_stands_exactly(made, run, tmp_path):
    run()
    ada, before = sees("ada"), stands(made["crime"])
    two = two_cases_named(ada, pair(made["crime"], made["matter"]))
    with pytest.raises(DataRejectedError, match="No person"):
        take_back_cases(viewer=ada, two=two, reason="Wrong.")
    judge_cases(viewer=ada, two=two, judgement="not_same", reason="Another evening.")
    again = two_cases_named(ada, pair(made["crime"], made["matter"]))
    with pytest.raises(DataRejectedError, match="reason"):
        take_back_cases(viewer=ada, two=again, reason=" ")
    take_back_cases(viewer=ada, two=again, reason="It was that evening.")
    assert stands(made["crime"]) == before
    assert run().written == 0
    assert are_one(made["crime"], made["matter"], tmp_path)
    assert verify_record().findings == []


def test_whoever_may_not_judge_takes_nothing_back(made, run):
    run()
    ada = sees("ada")
    two = two_cases_named(ada, pair(made["crime"], made["matter"]))
    judge_cases(viewer=ada, two=two, judgement="not_same", reason="Another evening.")
    account("olga", Role.OVERSIGHT)
    with pytest.raises(NotPermittedError):
        take_back_cases(viewer=sees("olga"), two=two, reason="Wrong.")
    with pytest.raises(NotPermittedError):
        cases_to_judge(sees("olga"))


def test_of_one_case_it_is_told_why_it_counts_with_others_and_nothing_of_what_is_walled(made, run):
    run()
    ada = sees("ada")
    (two,) = judged_with(ada, public_reference("C", made["matter"]))
    assert two.own["judgement"] == "same"
    assert "the same day (+9)" in two.own["reason"]
    assert not two.is_by_hand
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["crime"])
    assert judged_with(ada, public_reference("C", made["matter"])) == []
    with pytest.raises(NotFoundError):
        judged_with(ada, public_reference("C", made["crime"]))
