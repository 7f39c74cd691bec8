"""Told stories: a few people whose records are written, not drawn.

One has a record with the *shape* of the one that the published reports describe;
forces, names, dates, order and details are invented, and every date is moved by
an offset that the seed decides. The other was the victim in five domestic
incidents and is the subject of nothing.
"""

from dataclasses import dataclass, replace

import numpy as np

from onrecord.core.world import vocabularies as words
from onrecord.core.world.casebook import Casebook
from onrecord.core.world.scales import NORTHSHIRE, Scale
from onrecord.core.world.story_events import (
    CASES,
    CLEARANCES,
    DECISIONS,
    DUTY,
    HIGH_RISK_POSTING,
    JOINED,
    NOTICES,
    VICTIM_INCIDENTS,
    CaseEvent,
)
from onrecord.core.world.streams import NO_DAY, Columns, Numbers, Streams, day, later
from onrecord.core.world.workforce import RESERVED

_OFFSET_DAYS = 170
_ADAIR, _VICTIM, _MANAGER = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Cast:
    """Who the stories are about, and by how many days the seed moves their dates."""

    adair: int
    victim: int
    manager: int
    everybody: Numbers
    offset: int
    cases_in_review: int = 4
    people_in_review: int = 1

    @classmethod
    def chosen(cls, streams: Streams, people: Columns, employed: Columns) -> "Cast":
        """Take the reserved people and give them their names and service."""
        home = np.flatnonzero(employed["org"] == NORTHSHIRE.code)[:RESERVED]
        who = employed["person"][home]
        offset = int(streams.named("story").integers(-_OFFSET_DAYS, _OFFSET_DAYS + 1))
        cast = cls(int(who[_ADAIR]), int(who[_VICTIM]), int(who[_MANAGER]), np.sort(who), offset)
        employed["ended"][home] = NO_DAY
        employed["ending"][home] = None
        employed["person_type"][home] = "officer"
        employed["joined"][home] = day("2001-03-05")
        employed["joined"][home[_ADAIR]] = cast.on(JOINED)
        employed["collar"][home[_ADAIR]] = 4471
        _name(people, cast.adair, "Rowan", "Adair", "M")
        _name(people, cast.victim, "Imogen", "Thackwell", "F")
        _name(people, cast.manager, "Hugh", "Marlsett", "M")
        return cast

    def on(self, written: str) -> np.datetime64:
        """Return a story's date as this world has it."""
        return np.datetime64(later(day(written), self.offset), "D")

    def place(self, postings: Columns) -> None:
        """Give the person of the first story a first posting and the high-risk one."""
        kept = postings["person"] != self.adair
        for name in postings:
            postings[name] = postings[name][kept]
        _append_postings(postings, self)


def _name(people: Columns, person: int, given: str, family: str, sex: str) -> None:
    for column, value in (("given", given), ("family", family), ("middle", None), ("sex", sex)):
        people[column][person] = value
    people["family_later"][person] = None


def _append_postings(postings: Columns, cast: Cast) -> None:
    moved = cast.on(HIGH_RISK_POSTING)
    shared = {
        "person": cast.adair,
        "org": NORTHSHIRE.code,
        "rank": "Police Constable",
        "manager_hr_no": 0,
    }
    first = shared | {
        "number": 1,
        "post": "Response",
        "unit": "Response B",
        "authorisations": None,
        "began": cast.on(JOINED),
        "ended": moved,
    }
    second = shared | {
        "number": 2,
        "post": "Protection officer",
        "unit": "Protection Command",
        "authorisations": "firearms",
        "began": moved,
        "ended": NO_DAY,
    }
    for name, column in postings.items():
        values = [first.get(name), second.get(name)]
        more = np.array(values, dtype=column.dtype) if name != "hr_no" else np.zeros(2, dtype=int)
        postings[name] = np.concatenate([column, more])


def without_told(scale: Scale) -> Scale:
    """Return the sizes of what is drawn, so that drawn and told together make the scale's."""
    conduct = sum(e.case_type == "conduct_matter" and e.org == NORTHSHIRE.code for e in CASES)
    return replace(
        scale,
        people_in_conduct=scale.people_in_conduct - 1,
        people_with_several=scale.people_with_several - 1,
        subject_entries=scale.subject_entries - conduct,
        conduct_cases=scale.conduct_cases - conduct,
        conduct_allegations=scale.conduct_allegations - conduct,
    )


def tell_stories(book: Casebook, cast: Cast, employed: Columns) -> None:
    """Write the told stories into the casebook."""
    for event in CASES:
        _tell_case(book, cast, event)
    for number, told in enumerate(VICTIM_INCIDENTS, start=1):
        _tell_victim(book, cast, number, told)
    _tell_notices(book, cast)
    _tell_status(book, cast)
    manager = employed["hr_no"][employed["person"] == cast.manager][0]
    _tell_decisions(book, cast, str(manager))


def _tell_notices(book: Casebook, cast: Cast) -> None:
    for notice in NOTICES:
        book.tell(
            "notices",
            from_org=notice.org,
            from_system=notice.system,
            ref=notice.ref,
            to_org=NORTHSHIRE.code,
            was_made=notice.on is not None,
            notified=cast.on(notice.on) if notice.on else NO_DAY,
            channel=notice.channel,
        )


def _tell_status(book: Casebook, cast: Cast) -> None:
    """Write duty status and clearances."""
    for spell in DUTY:
        began = cast.on(spell.began)
        book.tell(
            "duty",
            person=cast.adair,
            ref=spell.ref,
            status=spell.status,
            ground=spell.ground,
            terms=spell.terms,
            authorised_by=spell.authorised_by,
            began=began,
            ended=cast.on(spell.ended) if spell.ended else NO_DAY,
            next_review=later(began, 28),
        )
    for clearance in CLEARANCES:
        granted = cast.on(clearance.granted)
        book.tell(
            "clearances",
            person=cast.adair,
            level="RV",
            granted=granted,
            expires=later(granted, 3652),
            decided_by="Vetting officer",
            checks=clearance.checks,
        )


def _tell_decisions(book: Casebook, cast: Cast, manager_hr_no: str) -> None:
    for decision in DECISIONS:
        book.tell(
            "decisions",
            org=decision.org,
            system=decision.system,
            ref=decision.ref,
            decision_type=decision.decision_type,
            decision=decision.decision,
            decided=cast.on(decision.on),
            maker_post=decision.maker_post,
            maker_hr_no=manager_hr_no if decision.by_line_manager else None,
        )


def _tell_case(book: Casebook, cast: Cast, event: CaseEvent) -> None:
    """Write one case of the first story: the case, its allegation or role, its victim."""
    reported = cast.on(event.reported)
    finalised = cast.on(event.finalised) if event.finalised else NO_DAY
    where = {"org": event.org, "system": event.system, "ref": event.ref}
    book.tell(
        "cases",
        **where,
        case_type=event.case_type,
        category=event.category,
        occurred=cast.on(event.occurred or event.reported),
        reported=reported,
        recorded=reported,
        finalised=finalised,
        result=event.wording,
        reported_by=event.reported_by,
        narrative=event.narrative,
        same_as_system=event.same_as[0] if event.same_as else None,
        same_as_ref=event.same_as[1] if event.same_as else None,
    )
    if event.alleges:
        book.tell(
            "allegations",
            **where,
            person=cast.adair,
            category=event.category,
            wording=event.wording,
            era=_era(event, finalised),
            victim_position=event.victim_position,
            withdrawn_on=cast.on(event.withdrawn) if event.withdrawn else NO_DAY,
            maker_post=event.maker_post,
        )
    else:
        book.tell("roles", **where, person=cast.adair, role="subject")
    if event.victim:
        name, born, relationship = event.victim
        book.tell(
            "roles",
            **where,
            number=2,
            role="victim",
            name=name,
            birth_year=born,
            sex="F",
            relationship=relationship,
        )


def _era(event: CaseEvent, finalised: np.datetime64) -> str | None:
    if event.finalised is None:
        return None
    by_type = {"crime_report": words.crime_era, "conduct_matter": words.conduct_era}
    return str(by_type.get(event.case_type, words.complaint_era)(np.array([finalised]))[0])


def _tell_victim(book: Casebook, cast: Cast, number: int, told: tuple[str, str, str]) -> None:
    org, written, category = told
    on = cast.on(written)
    ref = f"{'20' if org == NORTHSHIRE.code else 'LOG'}V{number:05d}"
    where = {"org": org, "system": "INCIDENTS", "ref": ref}
    book.tell(
        "cases",
        **where,
        case_type="domestic_incident",
        category=category,
        occurred=on,
        reported=on,
        recorded=on,
        finalised=later(on, 3),
        result="Advice given",
        reported_by="third party",
    )
    book.tell("roles", **where, person=cast.victim, role="victim")
