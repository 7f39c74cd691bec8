"""How near each entry on record was to somebody who decided, in words."""

from collections.abc import Mapping
from datetime import date

from onrecord.apps.people.selectors import DecisionReach
from onrecord.core.conduct.reachability import Reach, Reached
from onrecord.core.kernel.ids import public_reference
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.record.sheet import FactSheet
from onrecord.web.record.vetting import check_words, vetting_words
from onrecord.web.wording.codes import CASE_TYPE, joined, readable, worded
from onrecord.web.wording.dates import short_date, uk_date
from onrecord.web.wording.numbers import counted

HINDSIGHT = "Seen with hindsight. Rows marked “not reachable then” were not available to the decision-maker."

LABELS: dict[Reach, Tag] = {
    Reach.SEEN: Tag("Seen", "green"),
    Reach.OPEN_TO_THEM: Tag("Held and open to them", "blue"),
    Reach.REQUIRED_CHECK_NOT_RUN: Tag("Reachable by a required check not run", "red"),
    Reach.OPTIONAL_CHECK: Tag("Reachable only by an optional check", "yellow"),
    Reach.NOT_THEN: Tag("Not reachable then", "grey"),
    Reach.NOT_ASSESSED: Tag("Not assessed", "open"),
}


def decision_words(reach: DecisionReach) -> str:
    """Return what was decided, and when."""
    fact = reach.decision
    if fact.kind == "clearance":
        return f"{vetting_words(fact)}, {uk_date(reach.on)}"
    about = readable(fact["decision_type"] or "decision")
    return f"{joined(about, fact['decision'], by=': ')}, {uk_date(reach.on)}"


def reach_sentence(reach: DecisionReach) -> str:
    """Return what whoever decided saw of what was then on record."""
    counts, total = reach.counts, len(reach.reached)
    if not total:
        return "Nothing about this person was on record as a subject on that day."
    entries = "entry" if total == 1 else "entries"
    if counts.get(Reach.NOT_ASSESSED, 0) == total:
        return f"Not assessed: no check on record says which of the {total} {entries} then on record it saw."
    seen = counts.get(Reach.SEEN, 0)
    sentence = f"It saw {seen} of the {total} {entries} then on record; {_more(counts)}"
    unknown = counts.get(Reach.NOT_ASSESSED, 0)
    return sentence + (f" {unknown} not assessed." if unknown else "")


def _more(counts: Mapping[Reach, int]) -> str:
    required = counts.get(Reach.REQUIRED_CHECK_NOT_RUN, 0)
    optional = counts.get(Reach.OPTIONAL_CHECK, 0)
    near = required + optional + counts.get(Reach.OPEN_TO_THEM, 0)
    verb = "was" if near == 1 else "were"
    return f"{near or 'none'} more {verb} reachable by checks not run."


def reach_table(reach: DecisionReach, sheet: FactSheet) -> DataTable:
    """Return each entry then on record with its label."""
    return DataTable(
        caption=f"What was near to this decision: {decision_words(reach)}",
        columns=columns("How near", "Entry", "Held by", "Known"),
        rows=tuple(_row(item, sheet) for item in sorted(reach.reached, key=_newest, reverse=True)),
        empty="Nothing about this person was on record as a subject on that day.",
    )


def _newest(item: Reached) -> tuple[date, str]:
    return item.entry.known_on, str(item.entry.lineage)


def _row(item: Reached, sheet: FactSheet) -> Row:
    entry = item.entry
    reference = entry["reference"] or public_reference("C", entry.lineage)
    checks = joined(*(check_words(check) for check in item.checks))
    return Row(
        (
            Cell("", tag=LABELS[item.reach], note=f"Check: {checks}" if checks else ""),
            Cell(reference, note=worded(CASE_TYPE, entry["case_type"])),
            Cell(sheet.organisation(entry), note=sheet.system(entry)),
            short(short_date(entry.known_on)),
        )
    )


def checks_not_run(reach: DecisionReach) -> str:
    """Return the checks that the source says were not made."""
    missed = [check_words(c) for c in reach.checks if not c["was_done"]]
    if not missed:
        return ""
    return f"{counted(len(missed), 'check')} not run: {joined(*missed)}."
