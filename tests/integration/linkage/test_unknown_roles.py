"""Roles that nobody knows: settled by a person; whoever was not the subject goes into the compartment."""

from datetime import timedelta

import pytest
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import World

from onrecord.apps.access.roles import Role
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.verifying import verify_record
from onrecord.apps.cases.selectors import case_page
from onrecord.apps.facts.reading import facts_by
from onrecord.apps.linking.roles import role_named, settle_role, unknown_roles
from onrecord.apps.people.selectors import person_page
from onrecord.apps.sealing.services import seal_thing
from onrecord.apps.victims.compartment import read_identity
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.timekeeping.views import View


@pytest.fixture
def made(store):
    account("ada", Role.REVIEW_LEAD)
    world = World()
    officer = world.person("NSP:HR", "1", "2010-01-01", given_names="Isolde", family_name="Varley")
    case = world.case("NSP:PSD", "DI/1", "2019-01-01", case_type="domestic_incident")
    role = world.add("party_role", "NSP:PSD", "2019-01-01", case_lineage=case, record_lineage=officer,
                     role="unknown")  # fmt: skip
    other = world.add("party_role", "NSP:PSD", "2019-02-01", case_lineage=case, role="unknown",
                      pseudonym="Party 2")  # fmt: skip
    world.settle()
    return {"officer": officer, "case": case, "role": role, "other": other}


def settled(made, role, name="role"):
    ada = sees("ada")
    unknown = role_named(ada, public_reference("R", made[name]))
    settle_role(viewer=ada, unknown=unknown, role=role, reason="Page 4 of the report.")


def now(made, view=None):
    (fact,) = facts_by(view or View(current_position()), "party_role", "lineage", [made["role"]])
    return fact


def test_each_is_found_by_its_own_reference_whatever_was_settled_before(made):
    ada = sees("ada")
    assert [each.name for each in unknown_roles(ada)] == ["Isolde Varley", "Party 2"]
    before = role_named(ada, public_reference("R", made["other"]))
    settled(made, "subject")
    assert unknown_roles(ada) == [before]
    with pytest.raises(NotFoundError):
        role_named(ada, public_reference("R", made["role"]))


def test_a_subject_is_counted_from_today_and_not_before(made):
    settled(made, "subject")
    assert now(made)["role"] == "subject"
    assert person_page(sees("ada"), World().view(), "NSP:HR:1").counts.cases == 1
    then = View(current_position(), on=today() - timedelta(days=1))
    assert (now(made, then)["role"], now(made, then).record_lineage) == ("unknown", made["officer"])


@pytest.mark.parametrize("role", ["victim", "witness", "reporter", "other"])
def test_whoever_was_anything_else_goes_into_the_compartment_under_every_date(made, role):
    settled(made, role)
    fact = now(made)
    assert (fact["role"], fact.record_lineage) == (role, None)
    assert read_identity(View(current_position()), fact["party"]).name == "Isolde Varley"
    then = now(made, View(current_position(), on=today() - timedelta(days=1)))
    assert (then["role"], then.record_lineage) == ("unknown", None)
    assert then["pseudonym"][1:] == fact["pseudonym"][1:], "one person, called by what is known"
    assert then["pseudonym"][0] == "U"
    for on in (None, today() - timedelta(days=1)):
        view = View(current_position(), on=on)
        told = repr(case_page(sees("ada"), view, public_reference("C", made["case"])))
        assert "Varley" not in told
        assert str(made["officer"]) not in told
        page = person_page(sees("ada"), view, "NSP:HR:1")
        assert str(made["case"]) not in repr(page)
    assert verify_record().findings == []


def test_a_party_with_no_record_is_settled_as_it_is(made):
    settled(made, "victim", "other")
    (fact,) = facts_by(View(current_position()), "party_role", "lineage", [made["other"]])
    assert (fact["role"], fact["pseudonym"], fact["party"]) == ("victim", "Party 2", None)


def test_what_came_today_is_settled_today(made):
    world = World()
    made["role"] = world.add("party_role", "NSP:PSD", str(today()), case_lineage=made["case"],
                             record_lineage=made["officer"], role="unknown")  # fmt: skip
    world.settle()
    settled(made, "victim")
    assert (now(made)["role"], now(made).record_lineage) == ("victim", None)


def test_it_takes_a_role_and_a_reason_and_somebody_who_may(made):
    ada = sees("ada")
    unknown = role_named(ada, public_reference("R", made["role"]))
    with pytest.raises(DataRejectedError, match="reason"):
        settle_role(viewer=ada, unknown=unknown, role="victim", reason=" ")
    for role in ("unknown", "bystander"):
        with pytest.raises(DataRejectedError, match="Nobody can be that"):
            settle_role(viewer=ada, unknown=unknown, role=role, reason="Page 4.")
    account("olga", Role.OVERSIGHT)
    with pytest.raises(NotPermittedError):
        settle_role(viewer=sees("olga"), unknown=unknown, role="victim", reason="Page 4.")
    assert now(made)["role"] == "unknown"


def test_nothing_of_a_sealed_case_is_there_to_settle(made):
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["case"])
    assert unknown_roles(sees("ada")) == []
    with pytest.raises(NotFoundError):
        role_named(sees("ada"), public_reference("R", made["role"]))
