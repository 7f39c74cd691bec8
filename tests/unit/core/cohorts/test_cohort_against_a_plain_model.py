"""Over random records the cohort is what a plain model says, item by item, reason by reason."""

from datetime import date
from pathlib import Path
from random import Random

import pytest

from onrecord.core.cohorts.loading import parse_definition
from onrecord.core.timekeeping.views import View
from unit.core.cohorts.plain_model import PlainModel, any_day
from unit.core.cohorts.small_worlds import DOMESTIC, SERVING, SmallWorld

ASKED = f"{DOMESTIC}{SERVING}held_by: [NSP]\nnot_dismissed: {{outcomes: [Dismissed]}}\n"


def random_world(root: Path, rnd: Random) -> SmallWorld:
    world = SmallWorld(root)
    people = [
        world.person(
            serves=rnd.choice(["NSP", "NSP", "WMP", None]),
            joined=any_day(rnd),
            left=rnd.choice([None, None, any_day(rnd)]),
            ending=rnd.choice(["left_resigned", "left_dismissed"]),
            holder=rnd.choice(["NSP:HR", "WMP:CRIME"]),
        )
        for _ in range(40)
    ]
    for _ in range(12):
        world.same_person(*rnd.sample(people, 2))
    for _ in range(60):
        case = world.case(
            finalised=rnd.choice([None, any_day(rnd), date(2011, 5, 1), date(2013, 5, 1)]),
            holder=rnd.choice(["NSP:PSD", "NSP:PSD", "WMP:CRIME"]),
        )
        for _ in range(rnd.randint(1, 3)):
            world.allegation(
                case,
                rnd.choice([*people, None]),
                factors=rnd.choice(["domestic", "alcohol,domestic", "alcohol", None]),
                outcome=rnd.choice([None, None, "Dismissed", "Reprimand"]),
                disposition_class=rnd.choice([None, "open", "unresolved"]),
            )
    for row in world.rows["case_finalised"] + world.rows["spell_end"] + world.rows["allegation"]:
        row["known_on"] = any_day(rnd)
    return world


@pytest.mark.parametrize("seed", range(3))
def test_items_and_their_reasons_agree_with_the_plain_model(tmp_path, seed):
    rnd = Random(seed)  # noqa: S311
    world = random_world(tmp_path, rnd)
    definition = parse_definition(ASKED)

    for view in (View(1, on=date(2012, 6, 1)), View(1, on=date(2018, 6, 1)), None):
        result = world.cohort(ASKED, view)
        found = {
            (row["person"], row["case_lineage"]): row["reasons"] for row in result.items.to_pylist()
        }
        assert found == PlainModel(world, view).judged(definition)
    assert result.counts.items
