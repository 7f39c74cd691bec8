"""Who may reach what: every role, address, method, state and relation, against the table of permissions."""

from collections import Counter

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import a_home
from onrecord.cli.proving.quiet import quietly
from onrecord.cli.session import store
from onrecord.project.home import Home

FULL = 1_000_000
"""Every cell there is."""

_PROMISE = (
    "For every role, and for somebody not signed in, every address answers every method as the table of"
    " permissions says, for things of every kind that are there, behind a seal or never were, with nothing to do"
    " with them, in their circle, barred, their own or somebody else's; and what is out of reach is answered like"
    " what never was."
)


def run(seed: int, times: int) -> Report:
    """Try every cell, or a pairwise choice of them when `times` is fewer than there are."""
    with a_home() as home, store(Home(home)), quietly():
        return try_matrix(seed=seed, at_most=times)


def try_matrix(*, seed: int, at_most: int) -> Report:
    """Build an invented world in the open store, and try the cells."""
    from django.test.utils import override_settings

    from onrecord.cli.proving import cells, people, trying, visiting
    from onrecord.cli.proving.kinds import kinds_of_routes
    from onrecord.cli.proving.things import make_things
    from onrecord.cli.proving.world import write_open_world, write_sealed_world

    report = Report("matrix", seed, _PROMISE)
    invented = write_open_world()
    with override_settings(ALLOWED_HOSTS=["*"]):
        kinds = kinds_of_routes(trying.routes_tried())
        things = make_things(invented, write_sealed_world(invented))
        every = list(cells.cells(visiting.table_of_addresses(), kinds, people.roles()))
        chosen = every if len(every) <= at_most else cells.pairwise(every)
        tried = trying.try_cells(chosen, kinds, things)
        unsealed = [role for role in people.roles() if role not in cells.BEHIND]
        swaps, told_apart = trying.try_swaps(things, unsealed, kinds)
    counts: dict[str, int | float] = {
        "cells there are": len(every),
        "cells tried": tried.cells,
        "addresses": len(kinds),
        "wrong allows": len(tried.wrong_allows),
        "wrong refusals": len(tried.wrong_refusals),
        "nothing there, told apart from what never was": len(tried.tellable),
        "references put into forms and addresses": swaps,
        "sealed told apart from what never was there": len(told_apart),
        "server errors": len(tried.errors),
    }
    about = Counter(kind.name or "no thing of its own" for kind in kinds.values())
    came = {f"cells where '{name}' was expected": n for name, n in sorted(tried.came.items())}
    report.counts = (
        counts
        | {f"addresses about: {name}": many for name, many in sorted(about.items())}
        | dict(came)
    )
    report.failures = [*tried.failures, *told_apart]
    return report
