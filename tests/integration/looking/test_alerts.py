"""Looks on the ledger become alerts for a responsible officer, and for nobody else."""

from datetime import timedelta

import pytest
from tests.integration.sealing.desk import account, opened, sees
from tests.stores import acting
from tests.worlds.building import adair
from tests.worlds.commands import answered

from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.cases.selectors import case_page
from onrecord.apps.looking import selectors, services
from onrecord.apps.looking.models import LookAlert
from onrecord.apps.people.selectors import person_page
from onrecord.apps.sealing.services import seal_thing
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.timekeeping.views import View


@pytest.fixture
def made(store):
    """An officer with an account, who works in review; a senior officer; a head of counter-corruption."""
    made = adair()
    account("rowan", Role.REVIEW_LEAD, person_record=made["own"])
    account("sid", Role.SENIOR_OFFICER)
    account("hana", Role.HEAD_OF_COUNTER_CORRUPTION)
    made["person"] = public_reference("P", min(made["own"], made["crime"]))
    return made


def look(name, made):
    return person_page(sees(name), View(current_position()), made["person"])


def check():
    return services.check_looks(now() - timedelta(days=1))


def test_looking_at_oneself_reaches_an_officer_with_an_explanation(made):
    look("rowan", made)
    assert check() >= 1
    own = next(alert for alert in selectors.alerts(sees("sid")) if alert.rule == "own-record")

    assert own.account.username == "rowan"
    assert own.about == made["person"]
    assert own.unless
    assert [one.action for one in selectors.looks_behind(sees("sid"), own)] == ["person:read"]


def test_the_same_looks_are_told_once(made, capsys):
    look("rowan", made)
    first = check()
    assert first >= 1
    assert check() == 0
    assert answered(capsys, "looks", "check")[1] == {"alerts": 0}
    assert LookAlert.objects.count() == first


@pytest.mark.parametrize(("days", "again"), [(6, 0), (8, 1)])
def test_what_an_officer_was_told_of_is_not_said_again_while_the_rule_is_quiet(made, days, again):
    with acting():
        LookAlert.objects.create(
            rule="own-record", version=1, account=User.objects.get(username="rowan"),
            organisation_code="NSP", about=made["person"], looked_at=now() - timedelta(days=days),
            sentence="It was told.", unless="Nothing.",
        )  # fmt: skip
    look("rowan", made)
    check()
    assert LookAlert.objects.filter(rule="own-record").count() == 1 + again


def test_nobody_is_told_of_themselves_by_any_account_of_theirs(made):
    with acting():
        User.objects.filter(username="sid").update(person_record=made["own"], human="7")
    account("sid.2", Role.SENIOR_OFFICER, human="7")
    look("sid", made)
    assert check() >= 1
    mine = [alert for alert in selectors.alerts(sees("hana")) if alert.account.username == "sid"]
    assert mine
    for name in ("sid", "sid.2"):
        assert mine[0].pk not in {alert.pk for alert in selectors.alerts(sees(name))}
        with pytest.raises(NotFoundError):
            selectors.alert(sees(name), mine[0].pk)
        with pytest.raises(NotFoundError):
            services.answer_alert(
                viewer=sees(name), number=mine[0].pk, outcome="explained", words="it was me"
            )


def test_an_answer_is_kept_and_says_why(made):
    look("rowan", made)
    check()
    alert = selectors.alerts(sees("sid"))[0]
    with pytest.raises(DataRejectedError):
        services.answer_alert(viewer=sees("sid"), number=alert.pk, outcome="explained", words=" ")
    waiting = selectors.alerts_waiting(sees("sid"))
    services.answer_alert(viewer=sees("sid"), number=alert.pk, outcome="explained", words="asked")
    assert selectors.alerts_waiting(sees("sid")) == waiting - 1
    with pytest.raises(NotPermittedError):
        selectors.alerts(sees("rowan"))


def test_who_looked_keeps_back_the_looks_of_those_behind_a_seal(made):
    owner = sees("hana")
    wall = opened(owner)
    seal_thing(viewer=owner, number=wall.pk, thing_kind="case", lineage=made["report"])
    look("rowan", made)
    look("hana", made)

    told = selectors.who_looked(sees("sid"), made["person"])
    assert {one.account for one in told if one.action == "person:read"} == {"rowan"}
    known = selectors.who_looked(sees("hana"), made["person"])
    assert {one.account for one in known if one.action == "person:read"} == {"rowan", "hana"}
    check()
    assert "hana" not in {alert.account.username for alert in selectors.alerts(sees("sid"))}


def test_a_refused_look_at_what_is_sealed_tells_no_more_than_one_at_nothing(made):
    owner = sees("hana")
    wall = opened(owner)
    seal_thing(viewer=owner, number=wall.pk, thing_kind="case", lineage=made["report"])
    for reference in (public_reference("C", made["report"]), "C-00000-00000-0"):
        with pytest.raises(NotFoundError):
            case_page(sees("rowan"), View(current_position()), reference)
    check()
    sealed = public_reference("C", made["report"])
    assert sealed not in {alert.about for alert in selectors.alerts(sees("sid"))}
    with pytest.raises(NotFoundError):
        selectors.who_looked(sees("sid"), sealed)
