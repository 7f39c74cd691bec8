"""What stands behind a seal is not there for anybody else, wherever they look; for its owner it is."""

import json

import pytest
from django.db import DatabaseError, connection, connections
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import World, adair, day

from onrecord.apps.access.roles import Role
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import forget_searches
from onrecord.apps.cases.bundles import disclose_case
from onrecord.apps.cases.selectors import case_page, incident_page, references_like
from onrecord.apps.facts.services import record_later_value
from onrecord.apps.people.selectors import person_page, search_people
from onrecord.apps.programmes import selectors as cohorts
from onrecord.apps.programmes import services as programmes
from onrecord.apps.programmes.shelves import Shelves
from onrecord.apps.sealing import selectors, services
from onrecord.apps.searching.selectors import search_words
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError, NotPermittedError
from onrecord.core.kernel.ids import public_reference
from onrecord.core.ledger.actors import actor_of

COHORT = """
name: everything
version: 1
title: Every allegation
select: {allegations: [{factors: [domestic]}, {categories: [Rudeness]}]}
dates: {date_basis: finalised, from: 2000-01-01}
"""


@pytest.fixture
def made(store):
    made = adair()
    account("rita", Role.REVIEW_LEAD)
    made["owner"] = owner()
    made["reader"] = sees("rita")
    made["seal"] = opened(made["owner"])
    return made


def put_behind(made, kind, lineage):
    return services.seal_thing(
        viewer=made["owner"], number=made["seal"].pk, thing_kind=kind, lineage=lineage
    )


def shown(viewer, made, reference="NSP:HR:4471"):
    return person_page(viewer, made["world"].view(), reference)


def test_a_sealed_case_is_gone_from_the_person_it_is_about_and_still_there_for_its_owner(made):
    before = shown(made["reader"], made)
    put_behind(made, "case", made["report"])
    after, behind = shown(made["reader"], made), shown(made["owner"], made)

    assert (before.counts.cases, after.counts.cases, behind.counts.cases) == (2, 1, 2)
    assert made["report"] not in {f.case_lineage for f in after.facts} | set(after.case_facts)
    assert made["report"] not in {
        reached.entry.lineage for decision in after.decisions for reached in decision.reached
    }
    assert made["report"] in behind.case_facts


def test_asking_for_a_sealed_case_is_answered_like_asking_for_one_that_never_was(made):
    put_behind(made, "case", made["report"])
    reference = public_reference("C", made["report"])
    answers = []
    for asked in (reference, "C-00000-00000-0"):
        with pytest.raises(NotFoundError) as refused:
            case_page(made["reader"], made["world"].view(), asked)
        answers.append(str(refused.value))
    with pytest.raises(NotFoundError):
        incident_page(made["reader"], made["world"].view(), "I" + reference[1:])

    assert answers[0] == answers[1]
    assert references_like(made["reader"], "CR/77") == []
    assert case_page(made["owner"], made["world"].view(), reference).reference == reference


def test_a_sealed_record_neither_names_nor_counts_nor_lends_its_reference(made):
    low, high = sorted((made["own"], made["crime"]))
    put_behind(made, "person", low)
    seen = "NSP:HR:4471" if high == made["own"] else "WMP:CRIME:S-9"
    page = shown(made["reader"], made, seen)
    hits = search_people(made["reader"], "Adair")

    assert page.reference == public_reference("P", high)
    assert [hit.reference for hit in hits] == [public_reference("P", high)]
    assert not page.judgements
    assert shown(made["owner"], made, seen).reference == public_reference("P", low)


def test_what_is_taken_out_from_behind_a_seal_is_as_it_was(made):
    before = shown(made["reader"], made)
    things = [put_behind(made, "person", made["own"]), put_behind(made, "case", made["report"])]
    for thing in things:
        services.unseal_thing(viewer=made["owner"], number=made["seal"].pk, thing_id=thing.pk)

    after = shown(made["reader"], made)
    assert after.reference == before.reference
    assert after.payload_hash == before.payload_hash


def test_lifting_a_seal_shows_everything_again_and_cannot_be_done_twice(made):
    put_behind(made, "case", made["report"])
    services.review_seal(
        viewer=made["owner"],
        number=made["seal"].pk,
        is_kept=False,
        reason="over",
        next_review_on=None,
    )

    assert shown(made["reader"], made).counts.cases == 2
    with pytest.raises(DataRejectedError):
        put_behind(made, "case", made["complaint"])


def test_whoever_is_let_behind_sees_and_whoever_is_taken_away_does_not(made):
    account("cora", Role.COUNTER_CORRUPTION)
    put_behind(made, "case", made["report"])
    number = made["seal"].pk
    assert shown(sees("cora"), made).counts.cases == 1

    from onrecord.apps.access.models import User

    member = services.let_behind(
        viewer=made["owner"], number=number, user=User.objects.get(username="cora")
    )
    assert shown(sees("cora"), made).counts.cases == 2
    assert [wall.pk for wall in selectors.seals(sees("cora"))] == [number]

    services.take_from_behind(viewer=made["owner"], number=number, member_id=member.pk)
    assert shown(sees("cora"), made).counts.cases == 1
    with pytest.raises(NotFoundError):
        selectors.seal(sees("cora"), number)


def test_a_bundle_of_a_case_holds_nothing_of_what_is_sealed_in_it(made):
    world, other = made["world"], made["crime"]
    world.add("party_role", "NSP:PSD", "2006-09-01", case_lineage=made["complaint"],
              record_lineage=other, role="witness")  # fmt: skip
    account("ava", Role.APPROPRIATE_AUTHORITY)
    put_behind(made, "person", other)
    reference = public_reference("C", made["complaint"])

    bundle = json.dumps(disclose_case(sees("ava"), world.view(), reference))

    assert str(other) not in bundle
    assert str(made["rude"]) in bundle


def test_nobody_corrects_what_is_not_there_for_them(made):
    put_behind(made, "case", made["report"])
    with pytest.raises(NotFoundError):
        record_later_value(
            actor=actor_of(made["reader"]), kind="allegation", lineage=made["assault"],
            values={"category": "Other"}, known_on=day("2024-01-01"), reason="a test",
        )  # fmt: skip


def test_a_cohort_frozen_before_the_seal_is_shown_without_it_and_under_its_old_name(made, tmp_path):
    shelves = Shelves.of_home(tmp_path)
    for case in (made["complaint"], made["report"]):
        made["world"].add("case_finalised", "NSP:PSD", "2014-01-01", case_lineage=case,
                          finalised_on=day("2014-01-01"))  # fmt: skip
    ran = programmes.run_cohort(viewer=made["reader"], shelves=shelves, yaml=COHORT)
    put_behind(made, "case", made["report"])
    again = cohorts.result_by_hash(made["reader"], shelves, ran.hash)
    (listed,) = cohorts.results(made["reader"], shelves)
    fresh = programmes.run_cohort(viewer=made["reader"], shelves=shelves, yaml=COHORT)

    assert (ran.counts.cases, again.counts.cases, fresh.counts.cases) == (2, 1, 1)
    assert again.hash == listed.hash == ran.hash
    assert listed.counts["cases"] == 1
    with pytest.raises(NotFoundError):
        cohorts.explain(made["reader"], shelves, ran, public_reference("C", made["report"]))


def test_a_whole_source_system_can_stand_behind_a_wall(made):
    from tests.stores import acting

    from onrecord.apps.access.models import WallHolder
    from onrecord.apps.organisations.services import ensure_holder

    with acting():
        WallHolder.objects.create(
            wall=made["seal"], holder_id=ensure_holder("WMP:CRIME").pk, added_by="a test"
        )
    page = shown(made["reader"], made)

    assert page.counts.cases == 1
    assert "WMP:CRIME" not in {page.holders[fact.holder_id].code for fact in page.facts}
    assert references_like(made["reader"], "CR/77") == []
    assert search_people(made["reader"], "WMP:CRIME:S-9") == []


def test_only_the_owner_changes_a_seal_and_only_counter_corruption_opens_one(made):
    account("cora", Role.COUNTER_CORRUPTION)
    with pytest.raises(NotPermittedError):
        opened(made["reader"])
    with pytest.raises(NotFoundError):
        services.seal_thing(
            viewer=sees("cora"), number=made["seal"].pk, thing_kind="case", lineage=made["report"]
        )
    with pytest.raises(DataRejectedError):
        opened(made["owner"], handling_conditions=" ")
    with pytest.raises(DataRejectedError):
        opened(made["owner"], review_on=day("2020-01-01"))


def test_intelligence_is_read_by_those_behind_its_wall_alone(made):
    from onrecord.apps.access.models import User
    from onrecord.apps.access.selectors import INTELLIGENCE

    made["world"].add("intelligence_report", "NSP:INT", "2019-05-05", record_lineage=made["own"],
                      reference="IR/1", body="seen with the subject of an inquiry",
                      handling_code="C")  # fmt: skip
    view, own = made["world"].view(), [made["own"]]
    assert selectors.intelligence_about(made["owner"], view, records=own) == []
    account("sid", Role.SENIOR_OFFICER)
    services.appoint_owner(
        viewer=sees("sid"), number=INTELLIGENCE, user=User.objects.get(username="hana")
    )

    (report,) = selectors.intelligence_about(made["owner"], view, records=own)
    assert (report.reference, report.handling_code) == ("IR/1", "C")
    assert selectors.intelligence_about(made["reader"], view, records=own) == []
    early = World.view("2019-05-04")
    assert selectors.intelligence_about(made["owner"], early, records=own) == []


def test_somebody_who_looks_at_what_is_sealed_alerts_the_owner_and_nobody_else(made):
    put_behind(made, "case", made["report"])
    with pytest.raises(NotFoundError):
        case_page(made["reader"], made["world"].view(), public_reference("C", made["report"]))
    shown(made["reader"], made)
    shown(made["owner"], made)

    found = selectors.alerts(made["owner"], made["seal"])
    assert [(alert.actor, alert.action, alert.was_refused) for alert in found] == [
        ("rita", "person:read", False), ("rita", "case:read", True),
    ]  # fmt: skip
    services.deal_with_alert(
        viewer=made["owner"], number=made["seal"].pk, consultation=found[0].number, words="expected"
    )
    assert selectors.alerts(made["owner"], made["seal"])[0].seen == "expected"


def test_a_question_goes_to_the_owner_of_the_seal_and_looks_the_same_to_who_asks(made):
    account("hugo", Role.HEAD_OF_COUNTER_CORRUPTION)
    put_behind(made, "case", made["report"])
    asked = [
        services.ask_owner(viewer=made["reader"], thing_kind="case", lineage=lineage, words="safe?")
        for lineage in (made["report"], made["complaint"])
    ]

    assert [q.pk for q in selectors.questions_for(made["owner"])] == [asked[1].pk, asked[0].pk]
    assert [q.pk for q in selectors.questions_for(sees("hugo"))] == [asked[1].pk]
    services.answer_question(viewer=made["owner"], question=asked[0], words="Nothing to add.")
    seen = selectors.questions_of(made["reader"])
    assert [[a.words for a in q.answers.all()] for q in seen] == [[], ["Nothing to add."]]


def test_an_allegation_made_out_of_intelligence_says_nothing_of_it(made):
    report = made["world"].add("intelligence_report", "NSP:INT", "2019-05-05",
                               record_lineage=made["own"], body="covert product")  # fmt: skip
    said = services.OpenAllegation(made["own"], "conduct_matter", "Inappropriate association")
    done = services.develop(
        viewer=made["owner"],
        number=made["seal"].pk,
        report=report,
        said=said,
        reason="threshold met",
    )

    page = shown(made["reader"], made)
    assert page.counts.cases == 3
    facts = [fact for fact in page.facts if fact.case_lineage == done.case_lineage]
    assert [fact["category"] for fact in facts] == ["Inappropriate association"]
    assert str(report) not in repr(page)
    assert current_position() > 0


def searches_told(made, viewer=None):
    found = selectors.alerts(viewer or made["owner"], made["seal"])
    return [alert.reference for alert in found if alert.action == "person:search"]


@pytest.mark.parametrize("typed", ["Adair", "adaire", "PC 4471", "4471", "NSP:HR:4471"])
def test_a_search_that_reaches_somebody_sealed_alerts_the_owner_though_it_found_nothing(
    made, typed
):
    search_people(made["reader"], "Nobody Like That")
    put_behind(made, "person", made["own"])
    search_people(made["reader"], typed)
    search_people(made["owner"], typed)

    (told,) = searches_told(made)
    assert told.endswith("found")


def test_a_search_for_words_of_a_sealed_case_alerts_its_owner(made):
    made["world"].add(
        "narrative", "WMP:CRIME", "2012-10-02", case_lineage=made["report"],
        record_lineage=made["crime"], section="summary", body="a lantern by the boathouse",
    )  # fmt: skip
    put_behind(made, "case", made["report"])
    assert not search_words(made["reader"], "lantern boathouse", made["world"].view()).hits
    search_words(made["reader"], "kettle", made["world"].view())

    assert searches_told(made) == ["0 places found"]


def test_the_words_are_nowhere_to_be_read_and_are_forgotten_after_a_month(made):
    put_behind(made, "person", made["own"])
    search_people(made["reader"], "Adair")
    for alias in ("default", "reader", "compartment"):
        with pytest.raises(DatabaseError), connections[alias].cursor() as cursor:
            cursor.execute("select words from ledger.searched")
    other = account("olga", Role.HEAD_OF_COUNTER_CORRUPTION)
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from public.searches_touching(%s, %s)", [other.username, made["seal"].pk]
        )
        assert cursor.fetchall() == []

    assert forget_searches() == 0
    with connections["migrations"].cursor() as cursor:
        cursor.execute("update ledger.searched set at = at - interval '32 days'")
    assert searches_told(made) == []
    assert forget_searches() == 1
