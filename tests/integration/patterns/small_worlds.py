"""Small worlds of everything that rules read, drawn by chance: the same for one number."""

import random
from datetime import date, timedelta
from itertools import pairwise

from tests.worlds.building import World

from onrecord.core.patterns.rules import shipped_rules

FACTORS = sorted({f for rule in shipped_rules().values() for f in rule.counts.factors})
HOLDERS = ("NSP:PSD", "WMP:CRIME", "CVP:CAD")
FIRST = date(2008, 1, 1)


def a_world(number):
    """Write two people, one with two records, and everything that may be said of them; return their records."""
    chance, world = random.Random(number), World()  # noqa: S311 - small worlds, not secrets

    def on(least=0):
        return FIRST + timedelta(days=least + chance.randrange(3000))

    ada = [world.person("NSP:HR", f"{number}-1", "2005-01-01", family_name="Adair"),
           world.person("WMP:CRIME", f"{number}-2", "2005-01-01", family_name="Adair")]  # fmt: skip
    ben = [world.person("NSP:HR", f"{number}-3", "2005-01-01", family_name="Ben")]
    low, high = sorted(ada)
    world.add("identity_judgement", "NSP:DESK", "2020-01-01", record_a=low, record_b=high, judgement="same",
              method="by hand")  # fmt: skip
    cases = []
    for record in (*ada, *ada, *ben):
        spell = world.add("service_spell", "NSP:HR", "2005-01-01", record_lineage=record, employer="NSP",
                          happened_from=date(2005, 1, 1), is_service=True)  # fmt: skip
        if chance.random() < 0.3:
            world.add(
                "spell_end", "NSP:HR", str(on()), record_lineage=record, spell=spell, ended_on=on()
            )
        cases += [_case(world, chance, on, record) for _ in range(chance.randrange(4))]
        _about(world, chance, on, record)
    for one, other in pairwise(cases):
        if chance.random() < 0.25:
            low, high = sorted((one, other))
            world.add("incident_judgement", "NSP:DESK", "2020-01-01", case_a=low, case_b=high,
                      judgement=chance.choice(["same", "not_same"]), method="by hand")  # fmt: skip
    world.settle()
    return ada, ben


def _case(world, chance, on, record):
    holder, known = chance.choice(HOLDERS), on()
    happened = known - timedelta(days=chance.choice([0, 3, 400]))
    case = world.add("case_reported", holder, str(known), case_type="complaint")
    factors = ",".join(chance.sample(FACTORS, chance.choice([0, 1, 1, 2])))
    said = {"case_lineage": case, "record_lineage": record, "category": "words", "factors": factors,
            "occurred_on": chance.choice([happened, None])}  # fmt: skip
    allegation = world.add("allegation", holder, str(known), **said)
    if chance.random() < 0.2:
        world.add("allegation", holder, str(known + timedelta(days=50)), lineage=allegation, change="later",
                  **said | {"factors": chance.choice(FACTORS)})  # fmt: skip
    ended = known + timedelta(days=chance.randrange(20, 600))
    about = {"case_lineage": case, "record_lineage": record, "allegation": allegation}
    wording, ending = (
        chance.choice(["NFA", "LR"]),
        chance.choice(["unresolved", "unresolved", "proven"]),
    )
    if chance.random() < 0.7:
        end = world.add("disposition", holder, str(ended), finalised_on=ended, wording=wording,
                        disposition_class=ending, **about)  # fmt: skip
        if chance.random() < 0.3:
            world.add("disposition", holder, str(ended + timedelta(days=90)), lineage=end, change="later",
                      finalised_on=ended, wording="Mistaken identity", disposition_class="positively_disproved",
                      **about)  # fmt: skip
    if chance.random() < 0.4:
        world.add("withdrawal", holder, str(ended), case_lineage=case, withdrawn_on=ended,
                  allegation=chance.choice([allegation, None]))  # fmt: skip
    if chance.random() < 0.3:
        told = known + timedelta(days=chance.choice([5, 100]))
        world.add("notification", holder, str(told), case_lineage=case, notified_on=told, was_made=True,
                  from_organisation=holder.split(":")[0], to_organisation="NSP")  # fmt: skip
    if chance.random() < 0.2:
        world.add(
            "holding",
            "NSP:PSD",
            str(known + timedelta(days=9)),
            case_lineage=case,
            held_lineage=case,
        )
    if chance.random() < 0.3:
        world.add("reported_decision", holder, str(ended), case_lineage=case, record_lineage=record,
                  decided_on=ended, decision_type="no further action",
                  maker_post=chance.choice(["AA", "CI"]))  # fmt: skip
    return case


def _about(world, chance, on, record):
    if chance.random() < 0.7:
        granted = on()
        world.add("clearance", "NSP:HR", str(granted), record_lineage=record, granted_on=granted,
                  vetting_outcome="retain")  # fmt: skip
    if chance.random() < 0.5:
        posted = on()
        world.add("service_spell", "NSP:HR", str(posted), record_lineage=record, happened_from=posted,
                  is_service=False, post=chance.choice(["Firearms", "Traffic"]))  # fmt: skip
    if chance.random() < 0.5:
        began = on()
        spell = world.add("duty_status_spell", "NSP:HR", str(began), record_lineage=record, happened_from=began,
                          duty_status=chance.choice(["restricted", "normal"]))  # fmt: skip
        ended = began + timedelta(days=100)
        world.add(
            "spell_end", "NSP:HR", str(ended), record_lineage=record, spell=spell, ended_on=ended
        )
