"""A small invented world, and what counter-corruption knows beside it."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from onrecord.cli.proving.people import make_accounts, viewer_of_role
from onrecord.core.kernel.ids import lineage_of, public_reference

_DAY = date(2015, 3, 2)
OFFICERS = 4
CASES = 8
WORD = "Quillfeather"
"""Stands in every sealed text, and in nothing that is not sealed."""


@dataclass(slots=True)
class Invented:
    """What was written, by what it is, for asking after it."""

    people: list[uuid.UUID] = field(default_factory=list)
    cases: list[uuid.UUID] = field(default_factory=list)
    incidents: list[uuid.UUID] = field(default_factory=list)
    sealed: dict[str, list[uuid.UUID]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    tasks: list[uuid.UUID] = field(default_factory=list)

    def references(self) -> list[str]:
        """Return every public reference somebody could type for any of it."""
        kinds = (("P", self.people), ("C", self.cases), ("I", [*self.incidents, *self.cases]))
        found = [public_reference(letter, one) for letter, many in kinds for one in many]
        for letter, many in self.sealed.items():
            found += [public_reference(letter, one) for one in many]
        return found


def write_open_world() -> Invented:
    """Write what everybody whose work it is may see: people, cases, circles, tasks."""
    made = Invented()
    make_accounts()
    with _writing() as write:
        for number in range(OFFICERS):
            made.people.append(_officer(write, number))
        for number in range(CASES):
            made.incidents.append(write("incident", "NSP:CAD", number, incident_type="domestic"))
            made.cases.append(_case(write, made, number))
        write("identity_judgement", "NSP:HR", 1, record_a=min(made.people[:2]),
              record_b=max(made.people[:2]), judgement="same", method="by hand")  # fmt: skip
    _refresh()
    _put_to_work(made)
    made.words = ["Officer2", "4470", "NSP:PSD:CO/1", "CO/3", "Rudeness", WORD, "nothing at all"]
    return made


def write_sealed_world(made: Invented) -> Invented:
    """Write what is sealed about the same people, put it behind seals, and work on it there."""
    sealed = Invented()
    with _writing() as write:
        low = _lower_than(made.people[2])
        record = write("person_record", "NSP:CCU", 1, lineage=low, family_name=WORD,
                       given_names="Ines", source_ref="CCU-1")  # fmt: skip
        write("identity_judgement", "NSP:CCU", 2, record_a=low, record_b=made.people[2],
              judgement="same", method="by hand")  # fmt: skip
        incident = write("incident", "NSP:CAD", 91, incident_type="covert")
        case = write("case_reported", "NSP:PSD", 92, incident=made.incidents[0], reference="CO/CCU/1",
                     case_type="conduct_matter", recorded_on=_DAY)  # fmt: skip
        _about(write, case, made.people[0], 93)
        write("incident_judgement", "NSP:PSD", 96, case_a=min(case, made.cases[3]),
              case_b=max(case, made.cases[3]), judgement="same", method="by hand")  # fmt: skip
        write("allegation", "NSP:CCU", 97, case_lineage=made.cases[1], record_lineage=made.people[1],
              category=f"{WORD} corruption")  # fmt: skip
        write("holding", "NSP:CCU", 98, held_lineage=made.cases[2])
        write("party_role", "NSP:PSD", 99, case_lineage=made.cases[4], record_lineage=record,
              role="witness")  # fmt: skip
        for number, person in enumerate(made.people):
            write("intelligence_report", "NSP:INT", 100 + number, record_lineage=person,
                  reference=f"IR/{number}", body=f"{WORD} seen with a subject of interest")  # fmt: skip
    _refresh()
    _work_on(case, sealed)
    _seal(case, incident, record)
    _look_behind(case, made)
    sealed.sealed = {"C": [case], "P": [record], "I": [incident, case], "T": sealed.tasks}
    return sealed


def _officer(write: Any, number: int) -> uuid.UUID:
    record: uuid.UUID = write(
        "person_record", "NSP:HR", number, source_ref=f"447{number}", family_name=f"Officer{number}",
        given_names="Invented", service_number=f"447{number}", person_type="officer",
    )  # fmt: skip
    write("service_spell", "NSP:HR", number, record_lineage=record, happened_from=_DAY,
          employer="NSP", person_type="officer", is_service=True, rank="Constable")  # fmt: skip
    clearance = write("clearance", "NSP:VETTING", number, record_lineage=record, vetting_level="RV",
                      vetting_outcome="retain", granted_on=date(2020, 7, 14))  # fmt: skip
    write("clearance_check", "NSP:VETTING", number, record_lineage=record, clearance=clearance,
          check_type="national", was_done=False, was_required=True, reaches="NSP:PSD")  # fmt: skip
    return record


def _case(write: Any, made: Invented, number: int) -> uuid.UUID:
    case: uuid.UUID = write(
        "case_reported", "NSP:PSD", number, source_ref=f"CO/{number}", reference=f"CO/{number}",
        incident=made.incidents[number - number % 2], case_type="complaint", recorded_on=_DAY,
    )  # fmt: skip
    _about(write, case, made.people[number % OFFICERS], number + 20, word="Rudeness")
    return case


def _about(write: Any, case: uuid.UUID, person: uuid.UUID, number: int, word: str = WORD) -> None:
    alleged = write("allegation", "NSP:PSD", number, case_lineage=case, record_lineage=person,
                    category=word, factors="domestic")  # fmt: skip
    write("party_role", "NSP:PSD", number, case_lineage=case, record_lineage=person, role="subject")
    write("disposition", "NSP:PSD", number, case_lineage=case, record_lineage=person,
          allegation=alleged, wording=f"{word} upheld", disposition_class="proven",
          finalised_on=_DAY)  # fmt: skip
    write("reported_decision", "NSP:PSD", number, case_lineage=case, record_lineage=person,
          decided_on=_DAY + timedelta(days=40))  # fmt: skip
    write("case_finalised", "NSP:PSD", number, case_lineage=case, finalised_on=_DAY)


def _lower_than(record: uuid.UUID) -> uuid.UUID:
    """Return a lineage that would be the least of its person, and so would name them."""
    return next(
        low
        for low in (lineage_of("NSP:CCU", "person_record", str(n)) for n in range(10_000))
        if low < record
    )


@contextmanager
def _writing() -> Iterator[Any]:
    """Write facts in one act, each under a lineage of its own holder, kind and number."""
    from onrecord.apps.audit.services import recording
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.core.ledger.actors import Actor, ActorKind

    prover = Actor("proving", ActorKind.SYSTEM)
    with recording(
        prover, "views:prove", object_kind="proof", object_ref="world", reason="proving",
        batch=uuid.uuid4(),
    ) as rec:  # fmt: skip

        def write(kind: str, holder: str, number: int, **values: Any) -> uuid.UUID:
            holder_id = ensure_holder(holder, organisation_name="Northshire Police").pk
            header: dict[str, Any] = {
                "lineage": lineage_of(holder, kind, str(number)),
                "known_on": _DAY,
            }
            return append_fact(rec, kind, {**header, "holder_id": holder_id, **values})

        yield write


def _refresh() -> None:
    from onrecord.apps.people.services import rebuild_projections

    rebuild_projections()


def _put_to_work(made: Invented) -> None:
    from onrecord.apps.access.circles import put_in_circle
    from onrecord.apps.access.selectors import user_named
    from onrecord.apps.work.services import NewTask, raise_task

    lead = viewer_of_role("review_lead")
    for case in (made.cases[0], made.cases[5]):
        asked = NewTask("action", "Whoever is free", "All of it.", case_lineage=case)
        made.tasks.append(raise_task(viewer=lead, new=asked).lineage)
    for role in (
        "reviewer",
        "investigator",
        "panel_member",
        "proceedings_officer",
        "victim_contact",
    ):
        user = user_named(role.replace("_", "."))
        for case in made.cases[:3]:
            put_in_circle(viewer=lead, user=user, thing_kind="case", lineage=case, part="support",
                          reason="proving")  # fmt: skip
        raise_task(viewer=lead, new=NewTask("task", "Read the file", "All of it.", owner=user,
                                            case_lineage=made.cases[0]))  # fmt: skip
    raise_task(viewer=lead, new=NewTask("question", "Nobody has this", "Yet."))
    _keep_papers(made.cases[0], "All of it.")


def _seal(case: uuid.UUID, incident: uuid.UUID, record: uuid.UUID) -> None:
    from onrecord.apps.access.selectors import INTELLIGENCE, user_named
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.apps.sealing import services
    from onrecord.core.kernel.clock import today

    owner = viewer_of_role("head_of_counter_corruption")
    wall = services.open_seal(
        viewer=owner, title=f"Operation {WORD}", reason="covert", handling_conditions="owner only",
        review_on=today() + timedelta(days=28),
    )  # fmt: skip
    for kind, lineage in (("case", case), ("incident", incident), ("person", record)):
        services.seal_thing(viewer=owner, number=wall.pk, thing_kind=kind, lineage=lineage)
    user = user_named("head.of.counter.corruption")
    services.appoint_owner(viewer=viewer_of_role("senior_officer"), number=INTELLIGENCE, user=user)
    for number, code in ((wall.pk, "NSP:CCU"), (INTELLIGENCE, "NSP:INT")):
        services.seal_holder(viewer=owner, number=number, holder_id=ensure_holder(code).pk)


def _work_on(case: uuid.UUID, sealed: Invented) -> None:
    """Put people into the circle of a case that is about to be sealed, and give them work on it."""
    from onrecord.apps.access.circles import put_in_circle
    from onrecord.apps.access.selectors import user_named
    from onrecord.apps.work.services import NewTask, raise_task

    lead = viewer_of_role("review_lead")
    asked = NewTask("action", "Whoever is free", WORD, case_lineage=case)
    sealed.tasks.append(raise_task(viewer=lead, new=asked).lineage)
    for role in ("reviewer", "investigator"):
        user = user_named(role)
        put_in_circle(viewer=lead, user=user, thing_kind="case", lineage=case, part="support",
                      reason="before it was sealed")  # fmt: skip
        for what in ("Read it", "Answer it"):
            raise_task(viewer=lead, new=NewTask("task", f"{what} {WORD}", WORD, owner=user,
                                                case_lineage=case))  # fmt: skip
    _keep_papers(case, WORD)


def _keep_papers(case: uuid.UUID, words: str) -> None:
    """Write what is kept with a case, mention people in it, and ask others to agree to an act on it."""
    from onrecord.apps.access.agreeing import ask_for_agreement
    from onrecord.apps.work import case_papers
    from onrecord.cli.proving.case_things import keep_document, seek_file
    from onrecord.core.kernel.clock import today

    lead, day = viewer_of_role("review_lead"), today() - timedelta(days=9)
    case_papers.add_case_note(
        viewer=lead, case=case, words=f"{words} Ask @investigator and @appropriate.authority."
    )
    entry = case_papers.NewEntry(words, words, words, words)
    case_papers.enter_decision(viewer=lead, case=case, new=entry)
    letter = case_papers.NewLetter("out", "An office", f"A file {words}", words, day, day)
    case_papers.enter_letter(viewer=lead, case=case, new=letter)
    keep_document(lead, case, f"Statement {words}")
    seek_file(lead, case, words)
    ask_for_agreement(
        viewer=lead, verb="export:take_large", object_kind="case",
        object_ref=public_reference("C", case), reason=words,
    )  # fmt: skip


def _look_behind(case: uuid.UUID, made: Invented) -> None:
    """Let the owner of the seals look at what is behind them, and at the people it is about."""
    from onrecord.apps.audit.selectors import current_position
    from onrecord.apps.cases.selectors import case_page
    from onrecord.apps.people.selectors import person_page
    from onrecord.core.timekeeping.views import View

    owner, view = viewer_of_role("head_of_counter_corruption"), View(current_position())
    case_page(owner, view, public_reference("C", case))
    for person in made.people[2:]:
        person_page(owner, view, public_reference("P", person))
