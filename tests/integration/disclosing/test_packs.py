"""A subject learns what was released after service, and nothing else; what they contest reaches the handlers."""

import pytest
from django.db import DatabaseError, connection, transaction
from tests.integration.conflicts.desk import about, account, new_world, sees, staff
from tests.stores import acting
from tests.worlds.building import day

from onrecord.apps.access.models import User
from onrecord.apps.access.policies import FreshSignInNeededError
from onrecord.apps.access.roles import Role
from onrecord.apps.access.selectors import hidden_from, viewer_for_user
from onrecord.apps.conflicts.deciding import Told, declare
from onrecord.apps.disclosing import selectors, services
from onrecord.apps.disclosing.models import Contest, Pack
from onrecord.apps.work.selectors import case_tasks, my_work
from onrecord.core.conflicts.ties import Tie
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import public_reference

SERVED = services.Served(day("2018-03-01"), "in_person", "PC T. Marlow")


@pytest.fixture
def made(store):
    """A case about two people, sub and dan, with a victim, a narrative and an ending of each."""
    world = new_world()
    own, other = staff(world, "100", "200")
    case = about(world, own, "CO/1", category="Complaint by a neighbour", reported_by="colleague")
    theirs = world.add("allegation", "NSP:PSD", "2018-02-01", case_lineage=case,
                       record_lineage=other, category="Oppressive conduct")  # fmt: skip
    world.add("disposition", "NSP:PSD", "2018-06-01", case_lineage=case, allegation=theirs,
              wording="Upheld", disposition_class="proven", victim_position="supports")  # fmt: skip
    world.add("party_role", "NSP:PSD", "2018-02-01", case_lineage=case, role="victim",
              pseudonym="V1")  # fmt: skip
    world.add("narrative", "NSP:PSD", "2018-02-01", case_lineage=case, section="summary",
              body="The neighbour said")  # fmt: skip
    world.settle()
    account("ada")
    account("ben")
    account("inv", Role.INVESTIGATOR)
    account("sub", Role.ANALYST, person_record=own)
    account("dan", Role.ANALYST, person_record=other)
    return {"world": world, "case": case, "reference": public_reference("C", case),
            "sub": User.objects.get(username="sub").pk, "person": public_reference("P", own)}  # fmt: skip


def served(made):
    return services.record_service(viewer=sees("ada"), reference=made["reference"],
                                   number=made["sub"], served=SERVED)  # fmt: skip


def offered(made):
    return selectors.releasable_to(sees("ada"), made["case"], User.objects.get(username="sub"))


def released(made, facts=None, **more):
    given = {"viewer": sees("ada"), "reference": made["reference"], "number": made["sub"],
             "reason": "reg 17 notice"} | more  # fmt: skip
    chosen = [one.fact_id for one in offered(made)] if facts is None else facts
    return services.release(facts=chosen, **given)


def test_what_is_offered_is_theirs_and_the_cases_and_never_a_victims_or_another_subjects(made):
    said = offered(made)
    text = str([(one.heading, one.said) for one in said])

    assert [one.kind for one in said] == ["case_reported", "allegation"]
    assert "Rudeness" in text
    for kept in ("Oppressive", "Upheld", "supports", "V1", "neighbour said", "colleague"):
        assert kept not in text


def test_nothing_is_released_before_service_or_without_choice_or_reasons(made):
    with pytest.raises(DataRejectedError, match="Service is not recorded"):
        released(made)
    served(made)
    with pytest.raises(DataRejectedError, match="Choose at least one"):
        released(made, [])
    with pytest.raises(DataRejectedError, match="Choose at least one"):
        released(made, [offered(made)[0].fact_id, 999_999])
    with pytest.raises(DataRejectedError, match="Nothing was written"):
        released(made, reason=" ")
    assert not Pack.objects.exists()


def test_service_is_stated_of_a_day_gone_by_and_of_a_subject(made):
    tomorrow = services.Served(type(today()).fromordinal(today().toordinal() + 1), "post", "X")
    with pytest.raises(DataRejectedError, match="yet to come"):
        services.record_service(viewer=sees("ada"), reference=made["reference"],
                                number=made["sub"], served=tomorrow)  # fmt: skip
    with pytest.raises(NotFoundError):
        services.record_service(viewer=sees("ada"), reference=made["reference"],
                                number=User.objects.get(username="ben").pk, served=SERVED)  # fmt: skip


def test_only_what_was_released_is_there_for_the_subject_and_for_nobody_else(made):
    served(made)
    chosen = offered(made)[1]
    pack = released(made, [chosen.fact_id])

    (mine,) = selectors.my_packs(sees("sub"))
    assert [(line.kind, line.fact_id) for line in mine.lines.all()] == [
        ("allegation", chosen.fact_id)
    ]
    assert made["case"] in hidden_from("sub")
    for other in ("dan", "ben", "ada"):
        assert selectors.my_packs(sees(other)) == []
        with pytest.raises(NotFoundError):
            selectors.my_pack(sees(other), pack.reference)


def test_a_pack_says_for_good_what_it_said_when_it_was_released(made):
    served(made)
    pack = released(made)
    before = [line.said for line in selectors.my_pack(sees("sub"), pack.reference).lines.all()]
    made["world"].add("allegation", "NSP:PSD", "2018-09-01", case_lineage=made["case"],
                      record_lineage=None, category="Later")  # fmt: skip
    after = [line.said for line in selectors.my_pack(sees("sub"), pack.reference).lines.all()]
    assert after == before


def test_a_contest_is_kept_and_asked_of_who_released_it_and_the_subject_sees_no_task(made):
    served(made)
    pack = released(made)
    services.contest(viewer=sees("sub"), reference=pack.reference, number=2,
                     words="I was on leave that day")  # fmt: skip

    (task,) = my_work(sees("ada"))
    assert (task.kind, task.title) == ("question", "A released fact is contested")
    assert [each.reference for each in case_tasks(sees("ben"), made["case"])] == [task.reference]
    page = selectors.case_disclosure(sees("ada"), made["reference"])
    (line,) = [one for one in page.packs[0].lines.all() if one.contests.all()]
    assert (line.number, line.contests.all()[0].task) == (2, task.reference)
    assert list(my_work(sees("sub"))) == []


def test_a_contest_of_nothing_is_refused_alike(made):
    served(made)
    pack = released(made)
    refusals = []
    for who, reference, number in (("dan", pack.reference, 1), ("sub", "K-00000-00000-0", 1),
                                   ("sub", pack.reference, 99)):  # fmt: skip
        with pytest.raises(NotFoundError) as refused:
            services.contest(viewer=sees(who), reference=reference, number=number, words="no")
        refusals.append(f"{refused.value} {refused.value.next_step}")
    assert len(set(refusals)) == 1
    assert not Contest.objects.exists()


def test_a_pack_taken_back_is_read_and_contested_no_more_and_stays_on_record(made):
    served(made)
    pack = released(made)
    services.contest(viewer=sees("sub"), reference=pack.reference, number=1, words="not so")
    services.withdraw(viewer=sees("ada"), reference=made["reference"], pack=pack.reference,
                      reason="the wrong day")  # fmt: skip

    with pytest.raises(NotFoundError):
        selectors.my_pack(sees("sub"), pack.reference)
    with pytest.raises(NotFoundError):
        services.contest(viewer=sees("sub"), reference=pack.reference, number=1, words="again")
    with pytest.raises(DataRejectedError, match="taken back before"):
        services.withdraw(viewer=sees("ada"), reference=made["reference"], pack=pack.reference,
                          reason="again")  # fmt: skip
    (shown,) = selectors.my_packs(sees("sub"))
    assert shown.withdrawn.reason == "the wrong day"
    assert Contest.objects.count() == 1


def test_whoever_releases_is_permitted_fresh_and_tied_to_nobody(made):
    served(made)
    with pytest.raises(NotPermittedError):
        released(made, [1], viewer=sees("inv"))
    stale = viewer_for_user(User.objects.get(username="ada"), reason="r", page="t", is_fresh=False)
    with pytest.raises(FreshSignInNeededError):
        released(made, [1], viewer=stale)
    declare(viewer=sees("ben"), told=Told(made["person"], Tie.SOCIAL, "a friend"))
    with pytest.raises(NotPermittedError, match="tied to this case"):
        released(made, [offered(made)[0].fact_id], viewer=sees("ben"))


def test_a_subject_who_is_an_authority_releases_nothing_to_themselves(made):
    account("sub.2", human="sub")
    served(made)
    with pytest.raises(NotFoundError):
        released(made, [1], viewer=sees("sub.2"))


def test_what_was_released_served_and_contested_cannot_be_changed(made):
    served(made)
    pack = released(made)
    services.contest(viewer=sees("sub"), reference=pack.reference, number=1, words="not so")
    for table in ("servicerecorded", "pack", "packline", "contest"):
        with (
            pytest.raises(DatabaseError),
            acting(),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"delete from public.disclosing_{table}")
