"""Build the whole world in memory: people, work, cases, aftermath, stories, records."""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world import aftermath, review
from onrecord.core.world.casebook import Casebook
from onrecord.core.world.conduct import Conduct, dismiss, make_allegations, make_cases
from onrecord.core.world.conduct_plan import Entries, plan_entries
from onrecord.core.world.filling import Register, fill_conduct, fill_register
from onrecord.core.world.parties import fill_incidents, fill_victims
from onrecord.core.world.postings import make_postings
from onrecord.core.world.records import make_records
from onrecord.core.world.registers import Pools, Shape, draw_register, pools_of
from onrecord.core.world.scales import (
    CALDER_VALLEY,
    CASES_FROM,
    EASTHOLME,
    EXTRACTED_ON,
    NEIGHBOURS,
    NORTHSHIRE,
    WESTMARK,
    Scale,
    fitted,
)
from onrecord.core.world.stories import Cast, tell_stories, without_told
from onrecord.core.world.streams import Columns, Flags, Numbers, Streams, day, later, rows
from onrecord.core.world.workforce import births, make_employments, make_people

NO_PLAN = np.zeros(0, dtype=np.int64)
_LAST = later(EXTRACTED_ON, -20)

CONDUCT = Register("NSP", "PSD", "CM/{n:05d}/{yy:02d}")
COMPLAINTS = Register("NSP", "PSD", "CO/{n:05d}/{yy:02d}")
LEGACY = Register("NSP", "LEGACY", "{y}/{n:04d}")
CRIMES = {
    NORTHSHIRE.code: Register("NSP", "CRIME", "N/{n:05d}/{yy:02d}"),
    WESTMARK.code: Register("WMK", "CRIME", "WM{yy:02d}-{n:06d}", 2000),
    EASTHOLME.code: Register("EHP", "CRIME", "{n}-{y}", 41000),
    CALDER_VALLEY.code: Register("CVP", "CRIME", "CV{n:06d}/{yy:02d}", 700),
}
SMALL_CONDUCT = {
    WESTMARK.code: Register("WMK", "PSD", "WPS/{yy:02d}/{n:04d}"),
    EASTHOLME.code: Register("EHP", "PSD", "EH-C-{n:04d}-{y}"),
    CALDER_VALLEY.code: Register("CVP", "PSD", "{n}/{yy:02d}"),
}
INCIDENTS = {
    NORTHSHIRE.code: Register("NSP", "INCIDENTS", "{y}{n:07d}", 300),
    CALDER_VALLEY.code: Register("CVP", "INCIDENTS", "LOG{n:05d}-{yy:02d}"),
}

_COMPLAINTS = Shape(CASES_FROM, day("2026-03-31"), 150, 0.05, 0.12)
_LEGACY = Shape(day("1999-01-10"), day("2012-10-31"), 190, 0.03, 0.1)
_CRIMES = Shape(day("2003-02-01"), _LAST, 160, 0.75, 0.07, before_joining=0.12)
_OTHER_CRIMES = Shape(day("2004-02-01"), _LAST, 170, 0.8, 0.05, before_joining=0.1)
_SMALL_CONDUCT = Shape(day("2014-01-10"), day("2026-02-28"), 330, 0.2, 0.05)
_INCIDENTS = Shape(day("2008-01-10"), day("2026-03-01"), 12, 0.0, 0.04)


@dataclass(frozen=True, slots=True)
class Truth:
    """The world as it really is; extracts are made from it, with errors."""

    scale: Scale
    people: Columns
    employed: Columns
    postings: Columns
    records: Columns
    book: Casebook
    cast: Cast


def build(scale: Scale, seed: int) -> Truth:
    """Build a world of this scale from this seed."""
    streams = Streams(seed)
    scale = fitted(scale, streams)
    employed = make_employments(streams, scale)
    size = int(employed["person"].max()) + 1
    people = make_people(streams, size)
    people["born"] = births(streams, employed, size)
    book = Casebook()
    cast = Cast.chosen(streams, people, employed)
    own = pools_of(employed, NORTHSHIRE.code, size, cast.everybody)
    plan = review.plan_review(
        streams,
        scale,
        own.serving[_in_service_then(own)[own.serving]],
        cast.cases_in_review,
        cast.people_in_review,
    )
    _large_force(streams, scale, book, plan, own, people, employed)
    _small_forces(streams, scale, book, plan, own, employed, size, cast)
    postings = make_postings(streams, employed)
    cast.place(postings)
    _aftermath(streams, scale, book, own, employed, size, cast)
    tell_stories(book, cast, employed)
    records = make_records(streams, people, employed, book)
    return Truth(scale, people, employed, postings, records, book, cast)


def _large_force(
    streams: Streams,
    scale: Scale,
    book: Casebook,
    plan: review.ReviewPlan,
    own: Pools,
    people: Columns,
    employed: Columns,
) -> None:
    _conduct(streams, without_told(scale), book, plan, own, people, employed)
    registers = (
        (COMPLAINTS, review.COMPLAINT, "complaint", scale.complaints, _COMPLAINTS),
        (LEGACY, None, "legacy", scale.legacy_complaints, _LEGACY),
        (CRIMES[NORTHSHIRE.code], review.CRIME, "crime", scale.crimes, _CRIMES),
    )
    for register, planned_in, kind, size, shape in registers:
        planned = plan.person[plan.held_in(planned_in)] if planned_in else NO_PLAN
        rng = streams.named("register", register.org, kind)
        drawn = draw_register(rng, size, planned, own, shape)
        refs = fill_register(book, streams, register, drawn, kind)
        fill_victims(book, streams, register, refs[drawn["reviewed"]], own.serving)
    fill_incidents(book, streams, INCIDENTS["NSP"], own, scale.domestic_incidents, _INCIDENTS)


def _conduct(
    streams: Streams,
    scale: Scale,
    book: Casebook,
    plan: review.ReviewPlan,
    own: Pools,
    people: Columns,
    employed: Columns,
) -> None:
    """Draw the large force's conduct matters, and dismiss those who were dismissed."""
    able = _in_service_then(own)
    others = np.concatenate([own.serving, own.gone])
    others = others[able[others]]
    entries = plan_entries(streams, scale, plan, others, _weights(people["heritage"][others]))
    lead = entries.person[entries.leads]
    gone = ~np.isnat(own.left)
    cases = make_cases(
        streams, entries, own.joined[lead], own.left[lead], _all(entries, gone[entries.person])
    )
    conduct = Conduct(cases, make_allegations(streams, scale, entries, cases))
    row = np.full(len(people["person"]), -1)
    here = np.flatnonzero(employed["org"] == NORTHSHIRE.code)
    row[employed["person"][here]] = here
    dismiss(streams, scale, conduct, row, employed)
    refs = fill_conduct(book, streams, CONDUCT, conduct)
    fill_victims(book, streams, CONDUCT, refs[cases["reviewed"]], own.serving)


def _in_service_then(own: Pools) -> Flags:
    """Tell who served for part of the years that the conduct matters cover."""
    stayed = np.isnat(own.left) | (own.left > later(CASES_FROM, 120))
    return np.asarray(stayed & (own.joined < day("2024-06-01")), dtype=bool)


def _weights(heritage: np.ndarray) -> np.ndarray:
    """Return how likely each person is to be in conduct records, as published (CAS-3)."""
    weights = np.ones(len(heritage))
    weights[heritage == "black"] = 1.81
    weights[(heritage == "south_asian") | (heritage == "chinese")] = 1.55
    return weights


def _all(entries: Entries, flags: Flags) -> Flags:
    """Tell for each case whether every one of its subjects has the flag."""
    result = np.ones(int(entries.case.max()) + 1, dtype=bool)
    np.logical_and.at(result, entries.case, flags)
    return result


def _small_forces(
    streams: Streams,
    scale: Scale,
    book: Casebook,
    plan: review.ReviewPlan,
    own: Pools,
    employed: Columns,
    size: int,
    cast: Cast,
) -> None:
    """Draw the neighbours' registers; their crime systems also name the large force's people."""
    abroad = plan.person[plan.held_in(review.OTHER_FORCE)]
    for at, force in enumerate(NEIGHBOURS):
        pools = pools_of(employed, force.code, size, cast.everybody)
        register = SMALL_CONDUCT[force.code]
        rng = streams.named("register", force.code, "conduct")
        drawn = draw_register(rng, scale.neighbour_cases, NO_PLAN, pools, _SMALL_CONDUCT)
        fill_register(book, streams, register, drawn, "conduct")
        rng = streams.named("register", force.code, "crime")
        planned = abroad[at :: len(NEIGHBOURS)]
        many = max(scale.crimes_in_each_neighbour, len(planned))
        drawn = draw_register(rng, many, planned, own, _OTHER_CRIMES)
        refs = fill_register(book, streams, CRIMES[force.code], drawn, "crime")
        fill_victims(book, streams, CRIMES[force.code], refs[drawn["reviewed"]], pools.serving)
        if force.code in INCIDENTS:
            quarter = scale.domestic_incidents // 4
            fill_incidents(book, streams, INCIDENTS[force.code], pools, quarter, _INCIDENTS)


def _aftermath(
    streams: Streams,
    scale: Scale,
    book: Casebook,
    own: Pools,
    employed: Columns,
    size: int,
    cast: Cast,
) -> None:
    cases, first = _with_first_subject(book)
    crimes = np.isin(cases["system"].astype(str), ["CRIME"])
    crime = {name: column[crimes] for name, column in cases.items()}
    told = {name: crime[name] for name in ("org", "system", "ref", "recorded")}
    aftermath.fill_notices(
        book, streams, told | {"person": first[crimes]}, aftermath.employers(employed, size)
    )
    conduct = (cases["org"] == "NSP") & (cases["case_type"] == "conduct_matter")
    serious = conduct & (cases["narrative"] != None)  # noqa: E711
    chosen = {name: column[serious] for name, column in cases.items()}
    makers = employed["hr_no"][np.isin(employed["person"], own.serving[:200])]
    aftermath.fill_decisions(book, streams, chosen, makers)
    aftermath.fill_duty_and_referrals(book, streams, chosen, first[serious])
    told = np.isin(employed["person"], cast.everybody)
    aftermath.fill_vetting(book, streams, scale, rows(employed, ~told))
    aftermath.fill_intelligence(book, streams, scale.intelligence_reports, own.serving)
    aftermath.fill_documents(book, streams, scale.documents, chosen)


def _with_first_subject(book: Casebook) -> tuple[Columns, Numbers]:
    """Return all drawn cases, and the first subject of each (or -1)."""
    cases, alleged = book.gathered("cases"), book.gathered("allegations")
    first: dict[tuple[str, str, str], int] = {}
    keys = zip(alleged["org"], alleged["system"], alleged["ref"], strict=True)
    for key, person in zip(keys, alleged["person"].tolist(), strict=True):
        first.setdefault(key, person)
    order = zip(cases["org"], cases["system"], cases["ref"], strict=True)
    return cases, np.array([first.get(key, -1) for key in order])
