"""Clearances and the checks behind them."""

import uuid
from datetime import date

from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, Column, Row, columns
from onrecord.web.components.tag.component import Tag
from onrecord.web.record.sheet import FactSheet
from onrecord.web.wording.codes import CHECK_TYPE, joined, readable, worded
from onrecord.web.wording.dates import short_date, uk_date
from onrecord.web.wording.numbers import counted

VETTING_COLUMNS: tuple[Column, ...] = columns(
    "Granted", "Level", "Decision", "Checks run", "Not run", "Decided by"
)

type Checks = dict[uuid.UUID | None, tuple[Fact, ...]]


def vetting_rows(sheet: FactSheet) -> tuple[Row, ...]:
    """Return one line a vetting decision, newest first."""
    checks = sheet.pointing("clearance_check", "clearance")
    return tuple(
        _row(fact, checks.get(fact.lineage, ())) for fact in reversed(sheet.of("clearance"))
    )


def vetting_tag(sheet: FactSheet, *, day: date) -> Tag | None:
    """Return the vetting decision that stood on the page's day, or that it had run out."""
    clearances = sheet.of("clearance")
    if not clearances:
        return None
    last = max(clearances, key=granted_on)
    expires = last["expires_on"]
    if expires and expires < day:
        return Tag(f"{level_words(last)} ran out on {short_date(expires)}", "yellow")
    return Tag(f"{vetting_words(last)}, {short_date(granted_on(last))}", "yellow")


def vetting_words(clearance: Fact) -> str:
    """Return what was decided: `Vetting (RV): renewed`."""
    outcome = clearance["vetting_outcome"]
    return joined(level_words(clearance), readable(outcome).lower() if outcome else "", by=": ")


def level_words(clearance: Fact) -> str:
    """Return the level asked about."""
    level = clearance["vetting_level"]
    return f"Vetting ({level})" if level else "Vetting"


def check_words(check: Fact) -> str:
    """Return what a check searched."""
    return worded(CHECK_TYPE, check["check_type"], absent="A check not named")


def checks_words(checks: tuple[Fact, ...]) -> str:
    """Return how many of the checks on record were run."""
    if not checks:
        return "No checks on record."
    done = sum(bool(check["was_done"]) for check in checks)
    return f"{done} of {counted(len(checks), 'check')} run."


def granted_on(clearance: Fact) -> date:
    """Return the day of the decision."""
    day: date = clearance["granted_on"] or clearance.happened_from or clearance.known_on
    return day


def _row(clearance: Fact, checks: tuple[Fact, ...]) -> Row:
    run = [check for check in checks if check["was_done"]]
    missed = [check for check in checks if not check["was_done"]]
    expires = clearance["expires_on"]
    return Row(
        (
            Cell(
                short_date(granted_on(clearance)),
                note=f"Runs out {uk_date(expires)}" if expires else "",
            ),
            Cell(clearance["vetting_level"] or "Not recorded"),
            Cell(readable(clearance["vetting_outcome"] or "Not recorded")),
            Cell(_named(run), note=checks_words(checks)),
            Cell(_named(missed)),
            Cell(clearance["decided_by"] or "No maker named in the source"),
        )
    )


def _named(checks: list[Fact]) -> str:
    return joined(*(_check(check) for check in checks)) or "None on record"


def _check(check: Fact) -> str:
    required = {True: " (required)", False: " (optional)", None: ""}[check["was_required"]]
    return f"{readable(check['check_type'] or 'check')}{required}"
