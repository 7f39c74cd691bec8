"""Plan the large force's conduct matters: who is in how many, and with whom.

The published figures fix five totals at once (people, people with more than one
case, subject entries, cases, allegations). They are met exactly by dealing out
entries, not by drawing and hoping.
"""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world.review import CONDUCT, ReviewPlan
from onrecord.core.world.scales import Scale
from onrecord.core.world.streams import Flags, Numbers, Streams

_MOST_CASES = 19
_SEVERAL = 6


@dataclass(frozen=True, slots=True)
class Entries:
    """Subject entries: one row for each person in each case.

    Attributes:
        person: whom the entry is about.
        case: number of the case, from nought.
        leads: the first entry of its case, which decides its dates and type.
        review: number of the planned review case that this is, or -1.
    """

    person: Numbers
    case: Numbers
    leads: Flags
    review: Numbers


def numbers_of_cases(rng: np.random.Generator, scale: Scale) -> Numbers:
    """Return how many cases each person in conduct records has, most first."""
    many = scale.people_with_six_or_more
    most = np.minimum(_SEVERAL + rng.geometric(0.35, many) - 1, _MOST_CASES)
    several = scale.people_with_several - many
    entries = scale.subject_entries - (scale.people_in_conduct - scale.people_with_several)
    left = int(entries - most.sum() - 2 * several)
    extra = np.zeros(several, dtype=np.int64)
    while left > 0:
        room = np.flatnonzero(extra < _SEVERAL - 3)
        chosen = rng.choice(room, min(left, max(len(room) // 3, 1)), replace=False)
        extra[chosen] += 1
        left -= len(chosen)
    singles = np.ones(scale.people_in_conduct - scale.people_with_several, dtype=np.int64)
    return np.sort(np.concatenate([most, 2 + extra, singles]))[::-1]


def deal_people(
    rng: np.random.Generator,
    counts: Numbers,
    needs: tuple[Numbers, Numbers],
    others: Numbers,
    weights: np.ndarray,
) -> Numbers:
    """Say who has each number of cases, so that everybody has at least what they need."""
    owners = np.full(len(counts), -1)
    for at in np.argsort(-needs[1], kind="stable"):
        able = np.flatnonzero((owners < 0) & (counts >= needs[1][at]))
        owners[able[rng.integers(0, len(able))]] = needs[0][at]
    free = np.flatnonzero(owners < 0)
    owners[free] = rng.choice(others, len(free), replace=False, p=weights / weights.sum())
    return owners


def plan_entries(
    streams: Streams, scale: Scale, plan: ReviewPlan, others: Numbers, weights: np.ndarray
) -> Entries:
    """Deal out every subject entry of the large force's conduct matters."""
    rng = streams.named("conduct-plan")
    counts = numbers_of_cases(rng, scale)
    needed = plan.conduct_entries()
    keep = ~np.isin(others, needed[0])
    owners = deal_people(rng, counts, needed, others[keep], weights[keep])
    left = dict(zip(owners.tolist(), counts.tolist(), strict=True))
    lead_person, lead_review, more_person, more_case = _reviewed(plan, left)
    rest = rng.permutation(np.repeat(list(left), list(left.values())))
    leads = scale.conduct_cases - len(lead_person)
    lead_person = np.concatenate([lead_person, rest[:leads]])
    lead_review = np.concatenate([lead_review, np.full(leads, -1)])
    joining = rest[leads:]
    first_free = scale.conduct_cases - leads
    joined = _join_cases(rng, joining, lead_person, first_free)
    return _entries(lead_person, lead_review, (more_person, more_case), (joining, joined))


def _reviewed(plan: ReviewPlan, left: dict[int, int]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Take the planned review cases out of what each person has left to be dealt."""
    chosen = np.flatnonzero(plan.held_in(CONDUCT))
    second = plan.second[chosen]
    for person in np.concatenate([plan.person[chosen], second[second >= 0]]).tolist():
        left[person] -= 1
    shared = np.flatnonzero(second >= 0)
    return plan.person[chosen], chosen, second[shared], shared


def _join_cases(
    rng: np.random.Generator, joining: Numbers, lead_person: Numbers, first_free: int
) -> Numbers:
    """Find each joining person a case that they are not in yet (never a reviewed one)."""
    members = [{person} for person in lead_person.tolist()]
    joined = np.empty(len(joining), dtype=np.int64)
    for at, person in enumerate(joining.tolist()):
        case = int(rng.integers(first_free, len(members)))
        while person in members[case]:
            case = int(rng.integers(first_free, len(members)))
        members[case].add(person)
        joined[at] = case
    return joined


def _entries(
    lead_person: Numbers,
    lead_review: Numbers,
    shared: tuple[Numbers, Numbers],
    joined: tuple[Numbers, Numbers],
) -> Entries:
    cases = np.arange(len(lead_person))
    return Entries(
        person=np.concatenate([lead_person, shared[0], joined[0]]),
        case=np.concatenate([cases, shared[1], joined[1]]),
        leads=np.arange(len(lead_person) + len(shared[0]) + len(joined[0])) < len(lead_person),
        review=np.concatenate([lead_review, lead_review[shared[1]], np.full(len(joined[0]), -1)]),
    )
