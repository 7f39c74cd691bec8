"""Build the whole world in memory: people, work, cases, aftermath, stories, records."""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world import aftermath, review
from onrecord.core.world.casebook import Casebook
from onrecord.core.world.conduct import Conduct, dismiss, make_allegations, make_cases
from onrecord.core.world.conduct_plan import Entries, plan_entries
from onrecord.core.world.crossings import cross_refer
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
from onrecord.core.world.streams import (
    Columns,
    Flags,
    Numbers,
    Shares,
    Streams,
    Texts,
    day,
    later,
    rows,
)
from onrecord.core.world.workforce import births, make_employments, make_people

NO_PLAN = np.zeros(0, dtype=np.int64)
_BLACK_WEIGHT, _ASIAN_WEIGHT = 2.1, 1.75
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


@dataclass(frozen=True, slots=True)
class _Work:
    """What the parts of a world under way share."""

    scale: Scale
    streams: Streams
    people: Columns
    employed: Columns
    book: Casebook
    cast: Cast
    own: Pools
    plan: review.ReviewPlan

    @property
    def size(self) -> int:
        return len(self.people["person"])


def build(scale: Scale, seed: int) -> Truth:
    """Build a world of this scale from this seed."""
    work = _begin(scale, Streams(seed))
    _large_force(work)
    _small_forces(work)
    cross_refer(work.book, work.streams)
    postings = make_postings(work.streams, work.employed)
    work.cast.place(postings)
    _aftermath(work)
    tell_stories(work.book, work.cast, work.employed)
    records = make_records(work.streams, work.people, work.employed, work.book)
    return Truth(work.scale, work.people, work.employed, postings, records, work.book, work.cast)


def _begin(scale: Scale, streams: Streams) -> _Work:
    """Draw the people, keep some for stories, and plan the review among the rest."""
    scale = fitted(scale, streams)
    employed = make_employments(streams, scale)
    size = int(employed["person"].max()) + 1
    people = make_people(streams, size)
    people["born"] = births(streams, employed, size)
    cast = Cast.chosen(streams, people, employed)
    own = pools_of(employed, NORTHSHIRE.code, size, cast.everybody)
    able = own.serving[_in_service_then(own)[own.serving]]
    told = (cast.cases_in_review, cast.people_in_review)
    plan = review.plan_review(streams, scale, able, told, _weights(people["heritage"][able]))
    return _Work(scale, streams, people, employed, Casebook(), cast, own, plan)


def _large_force(work: _Work) -> None:
    _conduct(work)
    scale = work.scale
    registers = (
        (COMPLAINTS, review.COMPLAINT, "complaint", scale.complaints, _COMPLAINTS),
        (LEGACY, None, "legacy", scale.legacy_complaints, _LEGACY),
        (CRIMES[NORTHSHIRE.code], review.CRIME, "crime", scale.crimes, _CRIMES),
    )
    for register, planned_in, kind, size, shape in registers:
        planned = work.plan.people_in(planned_in) if planned_in else NO_PLAN
        _register(work, (register, kind), max(size, len(planned)), planned, shape)
    fill_incidents(
        work.book, work.streams, INCIDENTS["NSP"], work.own, (scale.domestic_incidents, _INCIDENTS)
    )


def _register(
    work: _Work, where: tuple[Register, str], size: int, planned: Numbers, shape: Shape
) -> None:
    """Draw and write one register that names the large force's people."""
    register, kind = where
    rng = work.streams.named("register", register.org, kind)
    drawn = draw_register(rng, size, planned, work.own, shape)
    refs = fill_register(work.book, work.streams, register, drawn, kind)
    fill_victims(work.book, work.streams, register, refs[drawn["reviewed"]], work.own.serving)


def _conduct(work: _Work) -> None:
    """Draw the large force's conduct matters, and dismiss those who were dismissed."""
    own, streams, scale = work.own, work.streams, without_told(work.scale)
    others = np.concatenate([own.serving, own.gone])
    others = others[_in_service_then(own)[others]]
    weights = _weights(work.people["heritage"][others])
    entries = plan_entries(streams, scale, work.plan, others, weights)
    lead, gone = entries.person[entries.leads], ~np.isnat(own.left)
    all_left = _all(entries, gone[entries.person])
    cases = make_cases(streams, entries, own.joined[lead], own.left[lead], all_left)
    conduct = Conduct(cases, make_allegations(streams, scale, entries, cases))
    row = np.full(work.size, -1)
    here = np.flatnonzero(work.employed["org"] == NORTHSHIRE.code)
    row[work.employed["person"][here]] = here
    dismiss(streams, scale, conduct, row, work.employed)
    refs = fill_conduct(work.book, streams, CONDUCT, conduct)
    fill_victims(work.book, streams, CONDUCT, refs[cases["reviewed"]], own.serving)


def _in_service_then(own: Pools) -> Flags:
    """Tell who served for part of the years that the conduct matters cover."""
    stayed = np.isnat(own.left) | (own.left > later(CASES_FROM, 120))
    return np.asarray(stayed & (own.joined < day("2024-06-01")), dtype=bool)


def _weights(heritage: Texts) -> Shares:
    """Return how likely each person is to be in conduct records, fitted to CAS-3.

    Larger than the published ratios, because nobody can be drawn twice.
    """
    weights = np.ones(len(heritage))
    weights[heritage == "black"] = _BLACK_WEIGHT
    weights[(heritage == "south_asian") | (heritage == "chinese")] = _ASIAN_WEIGHT
    return weights


def _all(entries: Entries, flags: Flags) -> Flags:
    """Tell for each case whether every one of its subjects has the flag."""
    result = np.ones(int(entries.case.max()) + 1, dtype=bool)
    np.logical_and.at(result, entries.case, flags)
    return result


def _small_forces(work: _Work) -> None:
    """Draw the neighbours' registers; their crime systems also name the large force's people."""
    abroad, scale = work.plan.people_in(review.OTHER_FORCE), work.scale
    for at, force in enumerate(NEIGHBOURS):
        pools = pools_of(work.employed, force.code, work.size, work.cast.everybody)
        rng = work.streams.named("register", force.code, "conduct")
        drawn = draw_register(rng, scale.neighbour_cases, NO_PLAN, pools, _SMALL_CONDUCT)
        fill_register(work.book, work.streams, SMALL_CONDUCT[force.code], drawn, "conduct")
        planned = abroad[at :: len(NEIGHBOURS)]
        many = max(scale.crimes_in_each_neighbour, len(planned))
        _register(work, (CRIMES[force.code], "crime"), many, planned, _OTHER_CRIMES)
        if force.code in INCIDENTS:
            quarter = (scale.domestic_incidents // 4, _INCIDENTS)
            fill_incidents(work.book, work.streams, INCIDENTS[force.code], pools, quarter)


def _aftermath(work: _Work) -> None:
    """Draw what followed the cases drawn so far; told stories bring their own."""
    book, streams, scale = work.book, work.streams, work.scale
    cases, first = _with_first_subject(book)
    crimes = np.flatnonzero(cases["system"] == "CRIME")
    told = rows(cases, crimes) | {"person": first[crimes]}
    aftermath.fill_notices(book, streams, told, aftermath.employers(work.employed, work.size))
    conduct = (cases["org"] == "NSP") & (cases["case_type"] == "conduct_matter")
    serious = np.flatnonzero(conduct & (cases["narrative"] != None))  # noqa: E711 - by element
    chosen = rows(cases, serious)
    makers = work.employed["hr_no"][np.isin(work.employed["person"], work.own.serving[:200])]
    aftermath.fill_decisions(book, streams, chosen, makers)
    aftermath.fill_duty(book, streams, chosen, first[serious])
    aftermath.fill_referrals(book, streams, chosen)
    others = ~np.isin(work.employed["person"], work.cast.everybody)
    aftermath.fill_vetting(book, streams, scale, rows(work.employed, others))
    aftermath.fill_intelligence(book, streams, scale.intelligence_reports, work.own.serving)
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
