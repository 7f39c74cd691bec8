"""A subject never learns: a world with a case about them and one without answer them alike.

Every account is one whose own record is complained of in one of the two worlds. Whatever they
follow, type or search for comes out the same in both, whichever role the account has.
"""

from contextlib import contextmanager

from django.test.utils import override_settings
from tests.integration.conflicts.desk import account, sees
from tests.worlds.building import World, day

from onrecord.apps.access.circles import put_in_circle
from onrecord.apps.access.models import User
from onrecord.apps.access.roles import Role
from onrecord.apps.access.services import set_person_record
from onrecord.apps.cases.selectors import references_like
from onrecord.apps.conflicts.services import work_out
from onrecord.apps.disclosing import services as disclosing
from onrecord.apps.work.services import NewTask, raise_task
from onrecord.cli.proving.quiet import quietly
from onrecord.cli.proving.visiting import addresses, visit
from onrecord.cli.proving.world import write_open_world
from onrecord.cli.session import Store, using
from onrecord.core.kernel.ids import lineage_of, public_reference
from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.copies import copied, django_at
from onrecord.project.home import Home

WORD = "Sorrelford"
LIMIT = 360
CHOSEN = ("review_lead", "investigator", "appropriate_authority")
"""The roles that reach furthest, or by a circle; with `roles()` it is every one, in some minutes."""
CASE = lineage_of("NSP:PSD", "case_reported", "CO/OWN")
INCIDENT = lineage_of("NSP:CAD", "incident", "OWN")


@contextmanager
def other_world(opened):
    with copied(opened.admin, f"{opened.admin.dbname}_about_them") as admin:
        other = Store(opened.home, admin)
        with django_at(other.home, other.admin), using(other):
            yield


def everybodys_own_record():
    """Write one record more, and let it be that of whoever holds an account of any role."""
    world = World()
    own = world.person(
        "NSP:HR", "4490", "2014-01-01", family_name="Officer90", service_number="4490"
    )
    world.settle()
    for role in CHOSEN:
        user = User.objects.get(username=role.replace("_", "."))
        set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=own, reason="a test")
    account("handler", Role.APPROPRIATE_AUTHORITY)
    return own


def write_about_them(own):
    """Write a case about that record, and work on it as its handlers do."""
    world = World()
    world.add("incident", "NSP:CAD", "2018-02-01", lineage=INCIDENT, incident_type=WORD)
    world.case("NSP:PSD", "CO/OWN", "2018-02-01", case_type="complaint", incident=INCIDENT,
               category=WORD, reported_on=day("2018-02-01"))  # fmt: skip
    said = world.add("allegation", "NSP:PSD", "2018-02-01", case_lineage=CASE, record_lineage=own,
                     category=WORD)  # fmt: skip
    for kind, values in (
        ("party_role", {"record_lineage": own, "role": "subject"}),
        ("party_role", {"role": "victim", "pseudonym": WORD}),
        ("disposition", {"record_lineage": own, "allegation": said, "wording": WORD}),
        ("reported_decision", {"record_lineage": own, "decision": WORD}),
        ("narrative", {"record_lineage": own, "section": "summary", "body": WORD}),
    ):
        world.add(kind, "NSP:PSD", "2018-03-01", case_lineage=CASE, **values)
    world.settle()
    work_out(reason="a test")
    handler = User.objects.get(username="handler")
    put_in_circle(viewer=sees("handler"), user=handler, thing_kind="case", lineage=CASE,
                  part="authority", reason="a test")  # fmt: skip
    raise_task(viewer=sees("handler"), new=NewTask("question", "Whoever is free", WORD,
                                                   case_lineage=CASE))  # fmt: skip
    raise_task(viewer=sees("handler"), new=NewTask("question", "Ask vetting", WORD,
                                                   record_lineage=own))  # fmt: skip
    disclosing.record_service(
        viewer=sees("handler"), reference=public_reference("C", CASE),
        number=User.objects.get(username="investigator").pk,
        served=disclosing.Served(day("2018-04-01"), "post", WORD),
    )  # fmt: skip


def answers(invented, chosen):
    typed = [*invented.references()[:4], public_reference("C", CASE), public_reference("I", CASE),
             public_reference("I", INCIDENT), "C-00000-00000-0"]  # fmt: skip
    values = {"str": typed, "int": ["1", "2"], "uuid": [str(CASE)]}
    seeds = [
        "/people/NSP:HR:4490",
        *(each for each in addresses(values) if any(one in each for one in typed[4:])),
    ]
    with override_settings(ALLOWED_HOSTS=["*"]):
        return {
            (role, asked): answer
            for role in chosen
            for asked, answer in visit(
                role, seeds=seeds, words=["4490", "CO/OWN", WORD, "NSP:PSD:CO/OWN"], limit=LIMIT
            ).items()
            if "/account/" not in asked  # one's own sign-ins: secrets drawn anew at every look
        }


def test_a_subject_meets_the_same_world_with_and_without_a_case_about_them(
    store, settings, tmp_path
):
    settings.HOME = Home(tmp_path / "home").prepare()
    chosen = CHOSEN
    invented = write_open_world()
    own = everybodys_own_record()
    with other_world(store), quietly():
        write_about_them(own)
        assert references_like(sees("handler"), "CO/OWN")  # there is something to hide
        with_case = answers(invented, chosen)
    with quietly():
        without = answers(invented, chosen)

    differing = [
        f"{role}: {asked}: {without.get((role, asked))} / {with_case.get((role, asked))}"[:700]
        for role, asked in sorted(without.keys() | with_case.keys())
        if getattr(without.get((role, asked)), "told", None)
        != getattr(with_case.get((role, asked)), "told", None)
    ]
    assert differing == []
    assert not [
        key for key, answer in with_case.items() if WORD in answer.body and WORD not in key[1]
    ]
    assert sum(answer.status == 200 for answer in with_case.values()) > 60
    assert sum(answer.status == 404 for answer in with_case.values()) > 60
