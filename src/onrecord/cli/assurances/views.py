"""A view never shows what came to be known after its day, proved on a large record."""

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import a_home
from onrecord.cli.session import store
from onrecord.project.home import Home

FULL = 1000
_ROWS_EACH = 1000
"""A full run asks about a thousand people on a record of a million facts."""

_PROMISE = (
    "Whatever comes to be known after a day, and whatever of it is changed, moved, ended or undone,"
    " no answer as at that day changes: joined up, through one holder's eyes, by person and by case,"
    " at the old ledger position and at the new one."
)


def run(seed: int, times: int) -> Report:
    """Ask about `times` people on some day, write what was known later, and ask again."""
    report = Report("views", seed, _PROMISE)
    with a_home() as folder, store(Home(folder)):
        from onrecord.apps.facts.proving import prove_views

        proof = prove_views(seed, rows=times * _ROWS_EACH, histories=times)
    report.counts = {
        "facts on record": proof.rows, "people asked about": proof.histories,
        "facts known later, written and undone": proof.later_facts,
        "answers compared": proof.answers,
    }  # fmt: skip
    report.failures = proof.failures
    return report
