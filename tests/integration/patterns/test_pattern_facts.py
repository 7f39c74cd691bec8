"""Pattern facts on a person's page: of subjects alone, as known on the day, with no shadow of what is sealed."""

import json

import pytest
from tests.integration.sealing.desk import account, opened, owner, sees
from tests.worlds.building import REVIEWER, World, day

from onrecord.apps.access.roles import Role
from onrecord.apps.audit.services import sequence_pending
from onrecord.apps.organisations.models import Holder
from onrecord.apps.patterns.keeping import keep_prices, kept_prices
from onrecord.apps.patterns.selectors import pattern_facts
from onrecord.apps.people.selectors import person_page
from onrecord.apps.sealing.services import seal_thing
from onrecord.core.kernel.ids import new_lineage
from onrecord.core.patterns.rules import shipped_rules


@pytest.fixture
def made(store):
    """Return an officer with three reports in two forces, each a year apart, the last still open."""
    account("ada", Role.REVIEW_LEAD)
    world = World()
    own = world.person("NSP:HR", "1", "2010-01-01", given_names="Invented", family_name="Officer")
    world.add("service_spell", "NSP:HR", "2010-01-01", record_lineage=own, employer="NSP",
              happened_from=day("2010-01-01"), is_service=True)  # fmt: skip
    made = {"world": world, "own": own}
    for number, (holder, known) in enumerate(
        (("NSP:PSD", "2012-03-01"), ("WMP:CRIME", "2013-05-01"), ("NSP:PSD", "2015-06-01")), 1
    ):
        case = world.case(holder, f"R/{number}", known, case_type="complaint")
        alleged = world.add("allegation", holder, known, case_lineage=case, record_lineage=own,
                            category="Unwanted contact", factors="sexual", occurred_on=day(known))  # fmt: skip
        made |= {f"case {number}": case, f"allegation {number}": alleged}
    world.add("disposition", "NSP:PSD", "2012-09-01", case_lineage=made["case 1"], record_lineage=own,
              allegation=made["allegation 1"], wording="Local resolution", disposition_class="unresolved",
              finalised_on=day("2012-09-01"))  # fmt: skip
    world.settle()
    return made


def met(made, tmp_path, on="2021-06-01", viewer=REVIEWER, **limits):
    page = person_page(viewer, made["world"].view(on, **limits), "NSP:HR:1")
    return {fact.rule.id: fact for fact in pattern_facts(viewer, page, home=tmp_path)}


def test_it_says_what_the_record_raises_with_its_rows(made, tmp_path):
    found = met(made, tmp_path)
    assert set(found) == {"same-type", "across-organisations", "after-no-case", "not-told"}
    same = found["same-type"]
    assert (same.episodes, same.reports, same.organisations) == (3, 3, ("NSP Police", "WMP Police"))
    assert [row.endings for row in same.rows] == [(("Local resolution", "unresolved"),), (), ()]
    assert all(row.begins for row in same.rows)
    assert (same.met_by, same.level) == (None, None)


def test_on_an_earlier_day_it_is_what_was_known_by_then(made, tmp_path):
    assert met(made, tmp_path, "2013-04-30") == {}
    assert set(met(made, tmp_path, "2013-05-01")) == {
        "same-type",
        "across-organisations",
        "after-no-case",
    }
    assert set(met(made, tmp_path, "2013-05-31")) == {
        "same-type", "across-organisations", "after-no-case", "not-told"
    }  # fmt: skip


def test_one_holder_alone_sees_less(made, tmp_path):
    """What joining up is worth: by its own files the force has a pattern of two, two years later."""
    own = {h.pk for h in made["world"].view().__class__ and _holders("NSP")}
    assert met(made, tmp_path, "2014-01-01", held_by=frozenset(own)) == {}
    assert set(met(made, tmp_path, "2016-01-01", held_by=frozenset(own))) == {
        "same-type",
        "after-no-case",
    }


def _holders(organisation):
    return Holder.objects.filter(organisation__code=organisation)


def test_what_is_disproved_is_gone_and_what_a_later_day_learns_changes_no_earlier_one(
    made, tmp_path
):
    before = met(made, tmp_path, "2016-01-01")
    made["world"].add("disposition", "NSP:PSD", "2017-01-01", case_lineage=made["case 1"],
                      record_lineage=made["own"], allegation=made["allegation 1"], wording="Mistaken identity",
                      disposition_class="positively_disproved", finalised_on=day("2017-01-01"))  # fmt: skip
    made["world"].settle()
    assert met(made, tmp_path, "2016-01-01") == before
    assert met(made, tmp_path)["same-type"].episodes == 2
    assert "after-no-case" not in met(made, tmp_path)


def test_two_cases_judged_one_incident_count_once(made, tmp_path):
    low, high = sorted((made["case 1"], made["case 2"]))
    made["world"].add("incident_judgement", "NSP:DESK", "2020-01-01", case_a=low, case_b=high, judgement="same",
                      method="by hand")  # fmt: skip
    made["world"].settle()
    same = met(made, tmp_path)["same-type"]
    assert (same.episodes, same.reports) == (2, 3)
    assert [row.begins for row in same.rows] == [True, False, True]


def test_an_officer_who_was_harmed_in_five_incidents_raises_nothing(store, tmp_path):
    account("ada", Role.REVIEW_LEAD)
    world = World()
    own = world.person("NSP:HR", "1", "2010-01-01", family_name="Varley")
    for number in range(5):
        case = world.case("NSP:PSD", f"DI/{number}", f"201{number}-02-01", case_type="domestic_incident",
                          factors="domestic")  # fmt: skip
        party = new_lineage()
        world.add("party_identity", "NSP:PSD", f"201{number}-02-01", lineage=party, case_lineage=case,
                  name="Isolde Varley", workforce_record=own)  # fmt: skip
        world.add("party_role", "NSP:PSD", f"201{number}-02-01", case_lineage=case, party=party, role="victim",
                  pseudonym=f"Victim {number}")  # fmt: skip
        world.add(
            "party_role",
            "NSP:PSD",
            f"201{number}-02-01",
            case_lineage=case,
            record_lineage=own,
            role="witness",
        )
    world.settle()
    assert met({"world": world}, tmp_path) == {}


def test_a_sealed_case_leaves_no_shadow(made, tmp_path):
    """With the case sealed every fact is as if it had never come; to whoever owns the seal it is there."""
    head = owner()
    wall = opened(head)
    seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made["case 2"])
    seen = met(made, tmp_path, viewer=sees("ada"))
    assert set(seen) == {"same-type", "after-no-case"}
    assert seen["same-type"].reports == 2
    assert "WMP" not in repr(seen)
    assert "across-organisations" in met(made, tmp_path, viewer=head)


def test_what_a_rule_costs_is_kept_and_stands_beside_a_prompt(made, tmp_path):
    sequence_pending()
    kept = keep_prices(tmp_path / "snapshots", tmp_path, as_of=day("2021-01-01"))
    assert kept == kept_prices(tmp_path)
    found = met(made, tmp_path)["same-type"]
    assert found.met_by[1] == 1
    assert found.level is None, "of one person nothing is told"
    assert kept["same-type"].levels[1].prompted == 1
    file = tmp_path / "patterns" / "prices.json"
    said = json.loads(file.read_text())
    said["same-type"]["hash"] = "another rule"
    file.write_text(json.dumps(said))
    assert met(made, tmp_path)["same-type"].met_by is None, (
        "figures of another rule are not this one's"
    )


def test_sealed_things_are_in_no_price(made, tmp_path):
    head = owner()
    wall = opened(head)
    for number in (2, 3):
        seal_thing(viewer=head, number=wall.pk, thing_kind="case", lineage=made[f"case {number}"])
    sequence_pending()
    kept = keep_prices(tmp_path / "snapshots", tmp_path, as_of=day("2021-01-01"))
    assert kept["same-type"].meeting == () or kept["same-type"].meeting[-1][1] == 0


def test_whoever_may_not_read_patterns_is_told_none(made, tmp_path):
    from onrecord.core.permissions.table import permissions

    page = person_page(REVIEWER, made["world"].view(), "NSP:HR:1")
    account("olga", Role.VICTIM_CONTACT)
    assert pattern_facts(sees("olga"), page, home=tmp_path) == ()
    assert permissions()["pattern:read"].reaches["review_lead"].value == "all"


def test_nothing_on_the_desk_of_links_leads_to_a_rule():
    from tests.integration.linkage.test_desk import reachable_types

    from onrecord.apps.linking.pairs import PairAtDesk

    named = {each.__name__ for each in reachable_types(PairAtDesk) if isinstance(each, type)}
    assert not named & {"PatternFact", "Rule", "Met", "Price"}


def test_every_sentence_gives_no_score(made, tmp_path):
    from onrecord.web.people.patterns import patterns_shown

    sequence_pending()
    keep_prices(tmp_path / "snapshots", tmp_path, as_of=day("2021-01-01"))
    for shown in patterns_shown(list(met(made, tmp_path).values())):
        told = " ".join((shown.summary, *shown.sentences)).lower()
        assert not {"score", "likely", "likelihood", "probability", "risk"} & set(
            told.replace(",", " ").split()
        )
        assert "1 in " not in told
    assert set(shipped_rules())
