"""An invented officer with something of everything, for looking at pages."""

from datetime import date, timedelta
from typing import Any

from tests.worlds.building import World, day

NAMES = {
    "NSP": "Northshire Police",
    "WMP": "Westmark Police",
    "EHP": "Eastholme Police",
    "CVP": "Calder Valley Police",
}
SYSTEMS = {
    "NSP:HR": "conduct and HR",
    "NSP:PSD": "complaints system",
    "NSP:VETTING": "vetting",
    "NSP:CRIME": "crime system",
    "WMP:CRIME": "crime system",
    "EHP:CRIME": "crime system",
    "CVP:CAD": "incident log",
}


def named_holders() -> None:
    """Give holders the names that people know them by."""
    from onrecord.apps.organisations.services import ensure_holder

    for code, system in SYSTEMS.items():
        ensure_holder(code, organisation_name=NAMES[code.split(":")[0]], name=system)


def rowan(*, complaints: int = 3) -> dict[str, Any]:
    """Write the officer of the picture: seven systems, four forces, two renewals of vetting."""
    named_holders()
    world = World()
    own = world.person("NSP:HR", "4471", "2004-12-20", given_names="Rowan", family_name="Adair",
                       service_number="4471", person_type="officer")  # fmt: skip
    others = [
        world.person(holder, key, known, given_names="Rowan", family_name=name)
        for holder, key, known, name in (
            ("NSP:CRIME", "N-31", "2003-09-10", "Adair"),
            ("WMP:CRIME", "S-9", "2012-10-20", "Adair"),
            ("EHP:CRIME", "E-512", "2019-03-05", "Adaire"),
            ("CVP:CAD", "C-77", "2007-05-20", "Adair"),
        )
    ]
    _service(world, own)
    cases = _cases(world, own, others, complaints)
    _vetting(world, own, day("2004-11-02"), "grant", ["WMP:CRIME"])
    clearance = _vetting(world, own, day("2020-07-14"), "renew", ["WMP:CRIME", "EHP:CRIME"])
    for other in others:
        world.add("identity_judgement", "NSP:HR", "2023-02-01", record_a=min(own, other),
                  record_b=max(own, other), judgement="same", method="by hand", judged_by="j.desk")  # fmt: skip
    world.settle()
    return {"world": world, "own": own, "clearance": clearance, **cases}


def _service(world: World, own: Any) -> None:
    first = world.add("service_spell", "NSP:HR", "2004-12-20", record_lineage=own, happened_from=day("2004-12-20"),
                      employer="NSP", person_type="officer", is_service=True, rank="PC")  # fmt: skip
    del first
    posting = world.add("service_spell", "NSP:HR", "2012-09-01", record_lineage=own, happened_from=day("2012-09-01"),
                        employer="NSP", rank="PC", unit="Public protection", is_service=False)  # fmt: skip
    world.add("spell_end", "NSP:HR", "2021-02-01", record_lineage=own, spell=posting,
              ended_on=day("2021-02-01"), spell_ending="ended")  # fmt: skip
    world.add("duty_status_spell", "NSP:HR", "2004-12-20", record_lineage=own, happened_from=day("2004-12-20"),
              duty_status="normal")  # fmt: skip
    world.add("duty_status_spell", "NSP:HR", "2023-01-16", record_lineage=own, happened_from=day("2023-01-16"),
              duty_status="suspended", ground="Arrest", authorised_by="Assistant chief constable")  # fmt: skip
    world.add("record", "NSP:HR", "2009-06-01", record_lineage=own, happened_from=day("2009-06-01"),
              record_type="award", category="Commendation")  # fmt: skip


def _cases(world: World, own: Any, others: list[Any], complaints: int) -> dict[str, Any]:
    before, west, east, valley = others
    made = [_complaint(world, own, number) for number in range(complaints)]
    _report(
        world,
        "NSP:CRIME",
        "CR/03/881",
        "2003-09-10",
        before,
        "Harassment",
        "Undetected, no suspect charged",
    )
    report = _report(world, "WMP:CRIME", "CR/12/77", "2012-10-20", west, "Harassment of a former partner",
                     "Victim does not support prosecution")  # fmt: skip
    last = _report(world, "EHP:CRIME", "19/0042", "2019-03-05", east, "Controlling behaviour", "No further action",
                   ended="2020-04-09")  # fmt: skip
    incident = world.add("incident", "CVP:CAD", "2020-02-20", incident_type="domestic", happened_from=day("2020-02-19"),
                         place="B2", factors="alcohol,domestic", source_ref="LOG-5")  # fmt: skip
    log = world.case(
        "CVP:CAD", "LOG-5", "2020-02-20", case_type="domestic_incident", incident=incident
    )
    world.add(
        "party_role",
        "CVP:CAD",
        "2020-02-20",
        case_lineage=log,
        record_lineage=valley,
        role="subject",
    )
    world.add(
        "party_role", "CVP:CAD", "2020-02-20", case_lineage=log, role="victim", pseudonym="Victim 1"
    )
    world.add("reported_decision", "EHP:CRIME", "2020-04-09", case_lineage=last, record_lineage=east,
              decision_type="crime_outcome", decision="No further action", decided_on=day("2020-04-09"),
              decided_by_organisation="EHP", maker_post="Detective inspector")  # fmt: skip
    world.add("notification", "EHP:CRIME", "2020-04-09", case_lineage=last, record_lineage=east,
              from_organisation="EHP", to_organisation="NSP", was_made=True, notified_on=day("2020-04-09"),
              channel="telephone")  # fmt: skip
    world.add("referral", "NSP:PSD", "2023-01-20", case_lineage=made[0] if made else report, referred_to="IOPC",
              criterion="serious_corruption", mode="independent", referred_on=day("2023-01-20"))  # fmt: skip
    world.add("document", "NSP:PSD", "2006-08-01", case_lineage=made[0] if made else report,
              document_type="complaint_form", reference="D/1", pages=4, whereabouts="located")  # fmt: skip
    world.add("narrative", "WMP:CRIME", "2012-10-20", case_lineage=report, section="summary",
              body="Invented words about an invented report.")  # fmt: skip
    return {"complaints": made, "report": report, "last": last, "incident": incident, "log": log}


def _complaint(world: World, own: Any, number: int) -> Any:
    on = date(2006, 8, 1) + timedelta(days=number * 70)
    text = on.isoformat()
    case = world.case(
        "NSP:PSD", f"CO/{number}/{on:%y}", text, case_type="complaint", reported_on=on
    )
    rude = world.add("allegation", "NSP:PSD", text, case_lineage=case, record_lineage=own,
                     happened_from=on - timedelta(days=3), category="Rude or overbearing words")  # fmt: skip
    world.add("disposition", "NSP:PSD", (on + timedelta(days=90)).isoformat(), case_lineage=case, record_lineage=own,
              allegation=rude, wording="Local resolution" if number % 3 else "Substantiated",
              disposition_class="unresolved" if number % 3 else "proven")  # fmt: skip
    return case


def _report(  # noqa: PLR0917 (a row of a table)
    world: World, holder: str, key: str, known: str, record: Any, what: str, how: str,
            ended: str | None = None) -> Any:  # fmt: skip
    case = world.case(holder, key, known, case_type="crime_report", reported_on=day(known))
    alleged = world.add("allegation", holder, known, case_lineage=case, record_lineage=record, category=what,
                        factors="domestic", happened_from=day(known) - timedelta(days=2))  # fmt: skip
    over = ended or (day(known) + timedelta(days=120)).isoformat()
    world.add("disposition", holder, over, case_lineage=case, record_lineage=record, allegation=alleged, wording=how,
              disposition_class="unresolved", victim_position="reported_does_not_support")  # fmt: skip
    world.add("case_finalised", holder, over, case_lineage=case, finalised_on=day(over), result=how)
    return case


def _vetting(world: World, own: Any, on: date, outcome: str, missed: list[str]) -> Any:
    text = on.isoformat()
    clearance = world.add("clearance", "NSP:VETTING", text, record_lineage=own, vetting_level="RV",
                          vetting_outcome=outcome, granted_on=on, decided_by="Force vetting manager")  # fmt: skip
    for reaches in ("NSP:PSD", "NSP:CRIME"):
        world.add("clearance_check", "NSP:VETTING", text, record_lineage=own, clearance=clearance,
                  check_type=f"search_of_{reaches}", was_done=True, was_required=True, reaches=reaches)  # fmt: skip
    for reaches in missed:
        world.add("clearance_check", "NSP:VETTING", text, record_lineage=own, clearance=clearance,
                  check_type=f"search_of_{reaches}", was_done=False, was_required=True, reaches=reaches)  # fmt: skip
    return clearance
