"""What a person's page says of the published questions that the record raises: sentences with their rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from onrecord.apps.patterns.selectors import PatternFact, PatternRow
from onrecord.core.conduct.distinct import Range
from onrecord.core.kernel.ids import public_reference
from onrecord.core.patterns.prices import HORIZON
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.wording.codes import DISPOSITION_CLASS, worded
from onrecord.web.wording.dates import short_date, uk_date
from onrecord.web.wording.numbers import counted

NO_ENDING = "no ending on record"


@dataclass(frozen=True, slots=True)
class PatternShown:
    """One question, what it rests on, what else may explain it, and what would remove it."""

    title: str
    question: str
    summary: str
    sentences: tuple[str, ...]
    table: DataTable
    explanations: tuple[str, ...]
    removed_by: tuple[str, ...]
    ethics: str
    rule_href: str
    label: str


def patterns_shown(facts: Sequence[PatternFact]) -> tuple[PatternShown, ...]:
    """Return each question that the record of a person raises, as the view shows it."""
    return tuple(
        PatternShown(
            fact.rule.title, fact.rule.question, _summary(fact), tuple(_sentences(fact)),
            _table(fact.rows),
            fact.rule.innocent, fact.rule.removed_by, fact.rule.ethics.strip(),
            reverse("patterns:rule", args=[fact.rule.id]), fact.rule.label,
        )
        for fact in facts
    )  # fmt: skip


def _summary(fact: PatternFact) -> str:
    days = [row.happened for row in fact.rows]
    when = (
        f"{min(days).year}"
        if min(days).year == max(days).year
        else f"{min(days).year} to {max(days).year}"
    )
    many = counted(fact.reports, "entry", "entries")
    if "episodes" in fact.rule.at_least and fact.episodes != fact.reports:
        many = f"{counted(fact.episodes, 'separate episode')} in {many}"
    return f"{many}, {when}"


def _sentences(fact: PatternFact) -> Iterator[str]:
    shared = f" All share: {fact.shared}." if fact.shared else ""
    yield f"{_summary(fact)}, held by {_and(fact.organisations) or 'nobody known'}.{shared}"
    yield f"How they ended, as known on {uk_date(fact.on)}: {_endings(fact.rows)}."
    yield _complainants(fact.complainants)
    if fact.met_by is None:
        yield "How many people meet this rule was not counted yet."
    else:
        on, many = fact.met_by
        yield f"On {uk_date(on)}, {counted(many, 'person', 'people')} on this record met this rule."
    if fact.level is None:
        yield "Too few people ever reached this level, early enough, for what followed to be told."
    else:
        level = fact.level
        yield (
            f"Of {counted(level.prompted, 'person', 'people')} who reached this level, something further became known"
            f" of {level.true:,} within {HORIZON} years; of {level.prompted - level.true:,} nothing did."
        )


def _endings(rows: Sequence[PatternRow]) -> str:
    said = Counter(
        _ended(wording, kind) for row in rows for wording, kind in (row.endings or (("", ""),))
    )
    return "; ".join(f"{many} {ending}" for ending, many in said.most_common())


def _ended(wording: str, kind: str) -> str:
    if not wording:
        return f"with {NO_ENDING}"
    return f'as "{wording}" ({worded(DISPOSITION_CLASS, kind).lower()})'


def _complainants(found: Range) -> str:
    if found.at_most == 0:
        return "Who complained or was harmed is on record in none of these cases."
    if found.at_least == found.at_most:
        return f"{counted(found.at_most, 'person', 'different people')} complained or was harmed."
    return f"At least {found.at_least}, at most {found.at_most} different people complained or were harmed."


def _table(rows: Sequence[PatternRow]) -> DataTable:
    return DataTable(
        "What it rests on",
        columns("Case", "What", "Held by", "Happened", "Known", "How it ended", "Counted"),
        tuple(
            Row((
                _case(row), Cell(row.category or "Not worded"),
                Cell(row.holder.organisation_name if row.holder else "Not known",
                     note=row.holder.system_name if row.holder else ""),
                short(short_date(row.happened)), short(short_date(row.known)),
                Cell("; ".join(wording for wording, _ in row.endings) or NO_ENDING.capitalize()),
                Cell("As an episode" if row.begins else "With one before it"),
            ))
            for row in rows
        ),
    )  # fmt: skip


def _case(row: PatternRow) -> Cell:
    if row.case is None:
        return Cell("Of no case")
    reference = public_reference("C", row.case)
    return Cell(reference, reverse("cases:case", args=[reference]), is_short=True)


def _and(names: Sequence[str]) -> str:
    return (
        names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
    )
