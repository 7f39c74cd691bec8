"""Plan the reported review: who is in it, with how many cases, held where.

The plan is made first and the rest of the world round it, so that the number of
cases and people is what was asked for. Everything else that is sexual or
domestic is kept out for a reason that a person can check: the subject has left,
was dismissed, the case is still open, or was finalised before the window.
"""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world.scales import Scale
from onrecord.core.world.streams import Flags, Numbers, Shares, Streams, Texts, chance, pick

CONDUCT, COMPLAINT, CRIME, OTHER_FORCE = "conduct", "complaint", "crime", "other_force"

_HELD_IN = {CONDUCT: 0.62, COMPLAINT: 0.07, CRIME: 0.19, OTHER_FORCE: 0.12}
"""In which kind of register a reviewed case lies; an assumption."""

_SHARED_SHARE = 0.02
"""Share of reviewed conduct cases with two subjects who are both in the review."""


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """The cases of the review: one row per case, and the second subjects of some.

    Attributes:
        person: the (first) subject of each case.
        register: the kind of register that each case lies in.
        second: the second subject, or -1.
    """

    person: Numbers
    register: Texts
    second: Numbers

    def held_in(self, register: str) -> Flags:
        """Tell which cases lie in a kind of register."""
        return np.asarray(self.register == register, dtype=bool)

    def people_in(self, register: str) -> Numbers:
        """Return the (first) subjects of the cases in a kind of register."""
        return self.person[self.held_in(register)]

    def conduct_entries(self) -> tuple[Numbers, Numbers]:
        """Return each person with conduct cases in the review, and how many they have."""
        conduct = self.held_in(CONDUCT)
        both = np.concatenate([self.person[conduct], self.second[conduct]])
        return np.unique(both[both >= 0], return_counts=True)


def plan_review(
    streams: Streams, scale: Scale, serving: Numbers, told: tuple[int, int], weights: Shares
) -> ReviewPlan:
    """Choose the people and cases of the review among those `serving`.

    `told` says how many cases and people the told stories bring into it; `weights`
    how likely each of the serving is to be drawn.
    """
    told_cases, told_people = told
    rng = streams.named("review")
    chances = weights / weights.sum()
    people = rng.choice(serving, scale.review_people - told_people, replace=False, p=chances)
    cases = scale.review_cases - told_cases
    weight = rng.gamma(0.8, 1.0, len(people))
    more = rng.choice(people, cases - len(people), p=weight / weight.sum())
    person = rng.permutation(np.concatenate([people, more]))
    register = pick(rng, _HELD_IN, cases)
    shared = (register == CONDUCT) & chance(rng, _SHARED_SHARE, cases)
    second = np.where(shared, rng.choice(people, cases), -1)
    return ReviewPlan(person, register, np.where(second == person, -1, second))
