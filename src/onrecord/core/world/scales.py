"""How big a world is, and what its published figures are fitted to.

The large force is fitted, openly, to figures published about one large force
(`calibration.py` names each source). The seed `DEFAULT_SEED` meets the fitted
figures exactly; any other seed draws each of them afresh, close by.
"""

from dataclasses import dataclass, fields, replace

import numpy as np

from onrecord.core.world.streams import Streams

DEFAULT_SEED = 1

EXTRACTED_ON = np.datetime64("2026-06-30", "D")
"""The day on which every source system of the world was extracted."""

WINDOW = (np.datetime64("2016-04-01", "D"), np.datetime64("2026-03-31", "D"))
"""The ten years of finalised cases that the reported review looks at."""

CASES_FROM = np.datetime64("2015-04-01", "D")
CASES_TO = np.datetime64("2025-03-31", "D")
"""First and last day on which the conduct matters of the large force were recorded."""

SURE_WINDOW = (np.datetime64("2016-10-01", "D"), np.datetime64("2025-12-31", "D"))
"""Well inside the window: where finalised cases meant for the review end."""


@dataclass(frozen=True, slots=True)
class Force:
    """An invented police force."""

    code: str
    name: str


NORTHSHIRE = Force("NSP", "Northshire Police")
WESTMARK = Force("WMK", "Westmark Police")
EASTHOLME = Force("EHP", "Eastholme Police")
CALDER_VALLEY = Force("CVP", "Calder Valley Police")
NEIGHBOURS = (WESTMARK, EASTHOLME, CALDER_VALLEY)
FORCES = (NORTHSHIRE, *NEIGHBOURS)


@dataclass(frozen=True, slots=True)
class Scale:
    """The sizes of a world; figures marked *fitted* vary with the seed."""

    name: str
    employed: int
    employed_by_each_neighbour: int
    people_in_conduct: int  # fitted
    people_with_several: int  # fitted
    people_with_six_or_more: int  # fitted
    subject_entries: int  # fitted
    conduct_cases: int  # fitted
    conduct_allegations: int  # fitted
    review_people: int  # fitted
    review_cases: int  # fitted
    complaints: int
    legacy_complaints: int
    crimes: int
    crimes_in_each_neighbour: int
    domestic_incidents: int
    clearances: int
    intelligence_reports: int
    neighbour_cases: int
    documents: int


FITTED = (
    "people_in_conduct",
    "people_with_several",
    "subject_entries",
    "conduct_cases",
    "conduct_allegations",
    "review_people",
    "review_cases",
)
"""The figures that are exact for the default seed and drawn close by for another."""

FORCE = Scale(
    name="force",
    employed=45_000,
    employed_by_each_neighbour=2_600,
    people_in_conduct=8_917,
    people_with_several=1_809,
    people_with_six_or_more=41,
    subject_entries=12_856,
    conduct_cases=10_252,
    conduct_allegations=18_589,
    review_people=1_071,
    review_cases=1_633,
    complaints=9_000,
    legacy_complaints=2_400,
    crimes=1_300,
    crimes_in_each_neighbour=160,
    domestic_incidents=1_400,
    clearances=9_000,
    intelligence_reports=600,
    neighbour_cases=450,
    documents=2_500,
)

SMALL = Scale(
    name="small",
    employed=460,
    employed_by_each_neighbour=50,
    people_in_conduct=90,
    people_with_several=18,
    people_with_six_or_more=1,
    subject_entries=130,
    conduct_cases=104,
    conduct_allegations=188,
    review_people=21,
    review_cases=32,
    complaints=60,
    legacy_complaints=24,
    crimes=24,
    crimes_in_each_neighbour=4,
    domestic_incidents=24,
    clearances=90,
    intelligence_reports=10,
    neighbour_cases=8,
    documents=30,
)

SCALES = {scale.name: scale for scale in (SMALL, FORCE)}


def fitted(scale: Scale, streams: Streams) -> Scale:
    """Return the sizes for this seed: as fitted, or drawn within about two in a hundred."""
    if streams.seed == DEFAULT_SEED:
        return scale
    rng = streams.named("fitted")
    sizes = {field.name: getattr(scale, field.name) for field in fields(scale)}
    drawn = {
        name: round(sizes[name] * (1 + float(np.clip(rng.normal(0, 0.01), -0.025, 0.025))))
        for name in FITTED
    }
    return replace(scale, **drawn)
