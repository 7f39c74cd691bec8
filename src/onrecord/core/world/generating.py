"""Generate a demonstration world: one scale and one seed in, one folder of files out."""

from dataclasses import dataclass
from pathlib import Path

from onrecord.core.world.building import Truth, build
from onrecord.core.world.extracts import Written, connect, write_extracts, write_truth
from onrecord.core.world.oracle import ReviewCounts, count_review
from onrecord.core.world.scales import SCALES


@dataclass(frozen=True, slots=True)
class World:
    """A world on disk.

    Attributes:
        extracts: folder of the files that source systems would have sent.
        truth: folder of what is really so; never imported.
        files: every extract with its number of rows.
        review: what the independent oracle counts for the reported review.
        look_at: HOLDER:SYSTEM:KEY of the people of the told stories, and why.
    """

    extracts: Path
    truth: Path
    files: tuple[Written, ...]
    review: ReviewCounts
    look_at: dict[str, str]

    @property
    def rows(self) -> int:
        """Return how many rows all extracts have together."""
        return sum(file.rows for file in self.files)


def generate(scale: str, seed: int, folder: Path) -> World:
    """Write the world of this scale and seed under `folder`; the same seed, the same bytes."""
    truth = build(SCALES[scale], seed)
    with connect(truth) as database:
        extracts, kept_apart = folder / "extracts", folder / "truth"
        written = write_extracts(database, extracts)
        write_truth(database, kept_apart)
        return World(extracts, kept_apart, tuple(written), count_review(database), _look_at(truth))


def _look_at(truth: Truth) -> dict[str, str]:
    """Return the keys, in their HR system, of the people of the told stories."""
    told = {
        truth.cast.adair: "records in four forces, joined here by a key list",
        truth.cast.victim: "victim in five incidents, subject of nothing",
    }
    keys = {}
    for person, what in told.items():
        here = (truth.records["person"] == person) & (truth.records["system"] == "HR")
        at = int(here.nonzero()[0][0])
        keys[f"{truth.records['org'][at]}:HR:{truth.records['key'][at]}"] = what
    return keys
