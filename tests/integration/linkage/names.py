"""Names that nobody has."""

import random

_SYLLABLES = (
    "ba",
    "cor",
    "del",
    "fen",
    "gar",
    "hol",
    "kin",
    "lam",
    "mor",
    "nes",
    "pel",
    "rud",
    "sto",
    "tam",
    "win",
)


class Invention:
    """Draws names and days, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - invented people

    def name(self) -> str:
        return "".join(self.chance.choices(_SYLLABLES, k=3))

    def born(self) -> tuple[int, int, int]:
        """Return a year, a month and a day that every month has."""
        draw = self.chance.randint
        return draw(1950, 1999), draw(1, 12), draw(1, 28)
