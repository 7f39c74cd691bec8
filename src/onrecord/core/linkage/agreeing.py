"""How far two readers agree, who read the same pairs without knowing of each other.

Cohen's kappa falls to nothing where nearly every answer is the same, however well readers agree,
so Gwet's AC1 stands beside it (Gwet 2008, British Journal of Mathematical and Statistical
Psychology 61:29-48).
"""

import hashlib
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

SAMPLED = 0.1
"""The share of judgements that a second person reads."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree.

    Attributes:
        pairs: how many both of them read.
        alike: the share of which they said the same.
        kappa, ac1: agreement beyond chance; nothing where it cannot be told.
    """

    pairs: int
    alike: float
    kappa: float | None
    ac1: float | None


def is_sampled(lineage: uuid.UUID, share: float = SAMPLED) -> bool:
    """Tell whether a second person is to read this pair: by chance, and always the same answer."""
    drawn = int.from_bytes(hashlib.sha256(b"second reading" + lineage.bytes).digest()[:8])
    return drawn < share * 2**64


def agreement(answers: Sequence[tuple[str, str]]) -> Agreement | None:
    """Return how far first and second answers agree; nothing if there are none."""
    many = len(answers)
    if not many:
        return None
    alike = sum(first == second for first, second in answers) / many
    firsts, seconds = (Counter(each[place] for each in answers) for place in (0, 1))
    said = {*firsts, *seconds}
    by_chance = sum(firsts[each] * seconds[each] for each in said) / many**2
    shares = [(firsts[each] + seconds[each]) / (2 * many) for each in said]
    odd = sum(p * (1 - p) for p in shares) / (len(said) - 1) if len(said) > 1 else 0.0
    return Agreement(many, alike, _beyond(alike, by_chance), _beyond(alike, odd))


def _beyond(alike: float, by_chance: float) -> float | None:
    return None if by_chance == 1 else (alike - by_chance) / (1 - by_chance)
