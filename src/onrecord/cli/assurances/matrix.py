"""Who may reach what: every role, address, method, state and relation, against the table of permissions."""

import uuid
from typing import TYPE_CHECKING

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import a_home
from onrecord.cli.proving.quiet import quietly
from onrecord.cli.session import store
from onrecord.project.home import Home

if TYPE_CHECKING:
    from onrecord.cli.proving.trying import Things
    from onrecord.cli.proving.world import Invented

FULL = 1_000_000
"""Every cell there is."""

_PROMISE = (
    "For every role, and for somebody not signed in, every address answers every method as the table of"
    " permissions says, for things that are there, behind a seal or never were, with nothing to do with them,"
    " in their circle, or barred; and what is out of reach is answered like what never was."
)


def run(seed: int, times: int) -> Report:
    """Try every cell, or a pairwise choice of them when `times` is fewer than there are."""
    with a_home() as home, store(Home(home)), quietly():
        return try_matrix(seed=seed, at_most=times)


def try_matrix(*, seed: int, at_most: int) -> Report:
    """Build an invented world in the open store, and try the cells."""
    from django.test.utils import override_settings

    from onrecord.cli.proving import cells, people, trying, visiting
    from onrecord.cli.proving.world import write_open_world, write_sealed_world

    report = Report("matrix", seed, _PROMISE)
    invented = write_open_world()
    with override_settings(ALLOWED_HOSTS=["*"]):
        kinds = trying.kinds_of_routes(invented)
        sealed = write_sealed_world(invented)
        things = _things(invented, sealed)
        every = list(cells.cells(visiting.table_of_addresses(), kinds, people.roles()))
        chosen = every if len(every) <= at_most else cells.pairwise(every)
        tried = trying.try_cells(chosen, kinds, things)
        unsealed = [role for role in people.roles() if role not in cells.BEHIND]
        swaps, told_apart = trying.try_swaps(things, unsealed, kinds)
    counts: dict[str, int | float] = {
        "cells there are": len(every),
        "cells tried": tried.cells,
        "addresses": len(kinds),
        "addresses about a case, person or incident": sum(
            kind not in {"", trying.UNKNOWN} for kind in kinds.values()
        ),
        "addresses about another thing, tried with what never was": sum(
            kind == trying.UNKNOWN for kind in kinds.values()
        ),
        "wrong allows": len(tried.wrong_allows),
        "wrong refusals": len(tried.wrong_refusals),
        "nothing there, told apart from what never was": len(tried.tellable),
        "references put into forms and addresses": swaps,
        "sealed told apart from what never was there": len(told_apart),
        "server errors": len(tried.errors),
    }
    came = {f"cells where '{name}' was expected": n for name, n in sorted(tried.came.items())}
    report.counts = counts | dict(came)
    report.failures = [*tried.failures, *told_apart]
    return report


def _things(invented: "Invented", sealed: "Invented") -> "Things":
    """Return a thing of each kind for each situation; bar every account from one of each."""
    from onrecord.cli.proving.people import bar_everybody, roles
    from onrecord.cli.proving.trying import Things

    circle = {
        "case": invented.cases[0],
        "person": invented.people[0],
        "incident": invented.incidents[0],
        "task": invented.tasks[0],
    }
    stranger = {
        "case": invented.cases[7],
        "person": invented.people[3],
        "incident": invented.incidents[6],
        "task": invented.tasks[0],
    }
    barred = {
        "case": invented.cases[5],
        "person": invented.people[1],
        "incident": invented.incidents[4],
        "task": invented.tasks[1],
    }
    case, record = sealed.sealed["C"][0], sealed.sealed["P"][0]
    hidden: dict[str, uuid.UUID] = {
        "case": case,
        "person": record,
        "incident": sealed.sealed["I"][0],
        "task": sealed.tasks[0],
    }
    bar_everybody(
        roles(), [barred["case"], barred["person"], barred["incident"], invented.cases[4]]
    )
    return Things(circle, stranger, barred, hidden, hidden)
