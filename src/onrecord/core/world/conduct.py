"""The large force's conduct matters: cases, allegations and how they ended."""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world import vocabularies as words
from onrecord.core.world.conduct_plan import Entries
from onrecord.core.world.scales import (
    CASES_FROM,
    CASES_TO,
    EXTRACTED_ON,
    SURE_WINDOW,
    WINDOW,
    Scale,
)
from onrecord.core.world.streams import (
    NO_DAY,
    Columns,
    Days,
    Flags,
    Numbers,
    Streams,
    Texts,
    chance,
    day,
    days_between,
    later,
    pick,
    where,
)

_LONG_SHARE = 0.215
_CASE_TO_ANSWER = {"all": 0.33, "sexual": 0.29, "equality": 0.20}
_LEAVER_REVIEWED_SHARE = 0.3
_OPEN_REVIEWED_SHARE = 0.012
_EARLY_REVIEWED_SHARE = 0.008
_EARLY_ENDS = day("2016-02-28")
_DISMISSED_WITH_SEVERAL = 13


@dataclass(frozen=True, slots=True)
class Conduct:
    """Conduct matters in truth: one row per case, one per allegation."""

    cases: Columns
    allegations: Columns


def durations(rng: np.random.Generator, size: int) -> Numbers:
    """Draw how many days cases take: about 400 on average, a fifth over two years."""
    short = rng.gamma(2.4, 118, size)
    long = 731 + rng.gamma(1.4, 130, size)
    return (
        np.where(chance(rng, _LONG_SHARE, size), long, np.minimum(short, 729)).astype(np.int64) + 3
    )


def make_cases(
    streams: Streams, entries: Entries, joined: Days, left: Days, all_left: Flags
) -> Columns:
    """Draw each case's dates and whether it is sexual or domestic.

    `joined` and `left` are those of each case's first subject; `all_left` says of
    which cases every subject has left the force.
    """
    rng = streams.named("conduct-cases")
    review = entries.review[entries.leads]
    size = len(review)
    first = np.maximum(CASES_FROM, later(joined, 45))
    last = np.where(np.isnat(left), CASES_TO, np.minimum(CASES_TO, left))
    recorded = days_between(rng, first, np.maximum(first, last), size)
    finalised = later(recorded, durations(rng, size))
    finalised = np.where(finalised > later(EXTRACTED_ON, -3), NO_DAY, finalised)
    reviewed, recorded, finalised = _reviewed(rng, (recorded, finalised, first), review, all_left)
    occurred = later(recorded, -np.minimum(rng.exponential(90, size), 3000))
    return {
        "case": np.arange(size),
        "reviewed": reviewed,
        "review": review,
        "occurred": np.maximum(occurred, later(joined, 5)),
        "reported": later(recorded, -rng.integers(0, 6, size)),
        "recorded": recorded,
        "finalised": finalised,
        "reported_by": pick(rng, _SOURCES, size),
    }


_SOURCES = {
    "colleague": 0.45,
    "line manager": 0.2,
    "victim": 0.12,
    "third party": 0.08,
    "crime report": 0.08,
    "anonymous": 0.07,
}


def _reviewed(
    rng: np.random.Generator, dates: tuple[Days, Days, Days], review: Numbers, all_left: Flags
) -> tuple[Flags, Days, Days]:
    """Settle which cases are sexual or domestic, with dates that keep to the plan."""
    recorded, finalised, first = dates
    size = len(review)
    planned = review >= 0
    lower = np.maximum(SURE_WINDOW[0], later(recorded, 20))
    sure = (finalised >= SURE_WINDOW[0]) & (finalised <= SURE_WINDOW[1])
    moved = days_between(rng, lower, SURE_WINDOW[1], size)
    finalised = np.where(planned & ~sure, moved, finalised)
    by_leaver = ~planned & all_left & chance(rng, _LEAVER_REVIEWED_SHARE, size)
    still_open = ~planned & ~all_left & chance(rng, _OPEN_REVIEWED_SHARE, size)
    early = ~planned & ~all_left & ~still_open & chance(rng, _EARLY_REVIEWED_SHARE, size)
    early &= first < day("2016-01-01")
    recorded = np.where(early, np.maximum(first, CASES_FROM), recorded)
    finalised = np.where(
        early, days_between(rng, later(recorded, 10), _EARLY_ENDS, size), finalised
    )
    early &= finalised < WINDOW[0]
    recorded = np.where(still_open, np.maximum(recorded, day("2023-10-01")), recorded)
    finalised = np.where(still_open, NO_DAY, finalised)
    return planned | by_leaver | still_open | early, recorded, finalised


def make_allegations(streams: Streams, scale: Scale, entries: Entries, cases: Columns) -> Columns:
    """Draw one or more allegations for each subject entry, with types and endings."""
    rng = streams.named("conduct-allegations")
    extra = scale.conduct_allegations - len(entries.person)
    entry = np.concatenate(
        [np.arange(len(entries.person)), rng.integers(0, len(entries.person), extra)]
    )
    is_first = np.arange(len(entry)) < len(entries.person)
    order = np.lexsort((~is_first, entries.person[entry], entries.case[entry]))
    entry, is_first = entry[order], is_first[order]
    case = entries.case[entry]
    size = len(case)
    reviewed = cases["reviewed"][case] & (is_first | chance(rng, 0.5, size))
    category = where(
        reviewed, pick(rng, words.REVIEWED_TYPES, size), pick(rng, words.OTHER_CONDUCT_TYPES, size)
    )
    starts = np.r_[True, case[1:] != case[:-1]]
    number = np.arange(size) - np.maximum.accumulate(np.where(starts, np.arange(size), 0)) + 1
    table = {
        "case": case,
        "number": number,
        "person": entries.person[entry],
        "reviewed": reviewed,
        "category": category,
        "occurred": cases["occurred"][case],
        "finalised": cases["finalised"][case],
    }
    return table | _endings(rng, table)


def _endings(rng: np.random.Generator, table: Columns) -> Columns:
    """Draw how each allegation ended, at the published rates of case to answer."""
    size = len(table["case"])
    answered = _case_to_answer(rng, table["category"])
    done = ~np.isnat(table["finalised"])
    era = words.conduct_era(table["finalised"])
    none = where(
        era == words.CONDUCT_2012,
        pick(rng, words.NO_CASE[words.CONDUCT_2012], size),
        pick(rng, words.NO_CASE[words.CONDUCT_2020], size),
    )
    gross = chance(rng, 0.3, size)
    wording = where(
        answered,
        where(gross, "Case to answer - gross misconduct", "Case to answer - misconduct"),
        none,
    )
    proved = answered & chance(rng, 0.72, size)
    result = where(
        proved,
        where(gross, "Proven at hearing", "Proven at meeting"),
        where(answered, pick(rng, _NOT_PROVED, size), None),
    )
    sanction = where(proved, where(gross, pick(rng, _GROSS, size), pick(rng, _LESSER, size)), None)
    return {
        "era": where(done, era, None),
        "wording": where(done, wording, None),
        "result": where(done, result, None),
        "sanction": where(done, sanction, None),
    }


_NOT_PROVED = {"Not proven at hearing": 0.45, "No proceedings brought": 0.55}
_GROSS = {"Final written warning": 0.6, "Written warning": 0.25, "Reduction in rank": 0.15}
_LESSER = {"Management advice": 0.45, "Written warning": 0.4, "No further action": 0.15}


def _case_to_answer(rng: np.random.Generator, category: Texts) -> Flags:
    """Draw case to answer at the published rates for sexual, equality and all allegations."""
    size = len(category)
    sexual = np.isin(category.astype(str), sorted(words.SEXUAL_TYPES))
    equality = np.asarray(category == words.EQUALITY_TYPE, dtype=bool)
    rest = size - sexual.sum() - equality.sum()
    wanted = _CASE_TO_ANSWER["all"] * size
    wanted -= (
        _CASE_TO_ANSWER["sexual"] * sexual.sum() + _CASE_TO_ANSWER["equality"] * equality.sum()
    )
    rate = np.full(size, wanted / max(rest, 1))
    rate[sexual] = _CASE_TO_ANSWER["sexual"]
    rate[equality] = _CASE_TO_ANSWER["equality"]
    return np.asarray(rng.random(size) < rate)


def dismiss(
    streams: Streams, scale: Scale, conduct: Conduct, employed_at: Numbers, employed: Columns
) -> None:
    """Dismiss some who left: change their last ending, and when and how they left.

    `employed_at` gives the row of `employed` for each person (or -1). Few of the
    dismissed have more than one case, as published (CAS-2).
    """
    rng = streams.named("dismissals")
    table = conduct.allegations
    row = employed_at[table["person"]]
    able = (row >= 0) & ~np.isnat(table["finalised"]) & (table["number"] == 1)
    able &= ~np.isnat(employed["ended"][row]) & (table["finalised"] > employed["joined"][row])
    able &= table["finalised"] < later(EXTRACTED_ON, -40)
    people, at = _first_per_person(table["person"], np.flatnonzero(able))
    several = _number_of_cases(table)[people] > 1
    few = max(1, _DISMISSED_WITH_SEVERAL * scale.people_with_several // 1809)
    some = max(2, round(scale.people_in_conduct * 0.014))
    for pool, number in ((np.flatnonzero(several), few), (np.flatnonzero(~several), some)):
        for chosen in at[rng.choice(pool, min(number, len(pool)), replace=False)]:
            table["wording"][chosen] = "Case to answer - gross misconduct"
            table["result"][chosen] = "Proven at hearing"
            table["sanction"][chosen] = "Dismissed without notice"
            employed["ended"][row[chosen]] = table["finalised"][chosen] + np.timedelta64(1, "D")
            employed["ending"][row[chosen]] = "left_dismissed"


def _first_per_person(person: Numbers, at: Numbers) -> tuple[Numbers, Numbers]:
    """Return one allegation of each person among those at the places `at`."""
    people, first = np.unique(person[at], return_index=True)
    return people, at[first]


def _number_of_cases(table: Columns) -> Numbers:
    pairs = np.unique(np.stack([table["person"], table["case"]]), axis=1)
    return np.bincount(pairs[0])
