"""What the published rules say of one person, as a view shows them: true sentences with their rows. Never a score."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onrecord.apps.access.policies import may
from onrecord.apps.facts.reading import facts_by, first_known
from onrecord.apps.organisations.selectors import HolderRef
from onrecord.apps.patterns.keeping import kept_prices
from onrecord.apps.people.selectors import PersonPage
from onrecord.apps.victims.selectors import answers_of
from onrecord.core.conduct.distinct import Answer, Range, distinct_range
from onrecord.core.conduct.victims import COMPLAINANTS
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.joining import joined
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.patterns.meeting import Met, Row
from onrecord.core.patterns.one_person import KnownOfPerson, rules_met
from onrecord.core.patterns.prices import AtLevel, Price
from onrecord.core.patterns.rules import Rule, shipped_rules

READ = "pattern:read"


@dataclass(frozen=True, slots=True)
class PatternRow:
    """One thing that a prompt rests on.

    Attributes:
        begins: whether a separate episode begins with it.
        endings: how it ended as far as the view shows, in the sources' own words.
    """

    case: uuid.UUID | None
    thing: uuid.UUID
    holder: HolderRef | None
    happened: date
    known: date
    begins: bool
    category: str
    endings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PatternFact:
    """A published question that the record of one person raises, and everything that goes with it.

    Attributes:
        shared: what the rows share, where the rule asks for it.
        complainants: how many different people complained or were harmed, as far as is known.
        met_by: on which day people were last counted, and how many met the rule.
        level: what came of people who reached as many episodes, where enough did.
    """

    rule: Rule
    shared: str
    on: date
    reports: int
    episodes: int
    organisations: tuple[str, ...]
    rows: tuple[PatternRow, ...]
    complainants: Range
    met_by: tuple[date, int] | None
    level: AtLevel | None


def pattern_facts(viewer: Viewer, page: PersonPage, *, home: Path) -> tuple[PatternFact, ...]:
    """Return what the rules say of the person on a page that this viewer was shown; nothing where it is not theirs.

    It rests on what the page rests on, and on who came to hold it: nothing that the view does not show.
    """
    if not may(viewer, READ) or page.is_empty:
        return ()
    facts = [*page.facts, *(fact for many in page.case_facts.values() for fact in many)]
    on = page.view.on or today()
    met = rules_met(_known(page, facts), shipped_rules().values(), on)
    if not met:
        return ()
    prices = kept_prices(home)
    by_lineage = {fact.lineage: fact for fact in facts}
    return tuple(
        _fact(shipped_rules()[name], each, page, by_lineage, prices.get(name))
        for name, many in sorted(met.items()) for each in many
    )  # fmt: skip


def _known(page: PersonPage, facts: list[Fact]) -> KnownOfPerson:
    records = page.records
    held = {fact.lineage for fact in facts if fact.kind == "allegation"} | set(page.case_facts)
    holdings = facts_by(page.view, "holding", "held_lineage", held) if held else []
    everything = [*facts, *page.incidents.values(), *holdings]
    named = {
        fact.lineage: fact["incident"] or fact.lineage
        for fact in facts if fact.kind == "case_reported"
    }  # fmt: skip
    return KnownOfPerson(
        facts=everything, records=records,
        episodes={named.get(case, case): episode for case, episode in page.episodes.items()},
        organisations={number: holder.organisation_code for number, holder in page.holders.items()},
        first_known=_first_known(page, everything), same_report=_same_report(facts),
    )  # fmt: skip


def _first_known(page: PersonPage, facts: Iterable[Fact]) -> Mapping[uuid.UUID, date]:
    """Return when what has several versions was first known; of everything else its own day is that."""
    changed: dict[str, set[uuid.UUID]] = {}
    for fact in facts:
        if fact.change != "first":
            changed.setdefault(fact.kind, set()).add(fact.lineage)
    found: dict[uuid.UUID, date] = {}
    for kind, lineages in changed.items():
        found |= first_known(page.view, kind, lineages)
    return found


def _parties(facts: Iterable[Fact], cases: Collection[uuid.UUID]) -> Mapping[uuid.UUID, uuid.UUID]:
    """Return the case of everybody who complained or was harmed in some cases."""
    return {
        fact["party"]: fact.case_lineage
        for fact in facts
        if fact.kind == "party_role" and fact["party"] and fact["role"] in COMPLAINANTS
        and fact.case_lineage is not None and fact.case_lineage in cases
    }  # fmt: skip


def _same_report(facts: list[Fact]) -> Mapping[uuid.UUID, str]:
    """Return for cases by one complainant, as somebody answered inside the compartment, one name."""
    cases = {fact.case_lineage for fact in facts if fact.case_lineage}
    parties = _parties(facts, cases)
    same = [
        (min(pair), max(pair)) for pair, word in answers_of(parties).items() if word is Answer.SAME
    ]
    if not same:
        return {}
    groups = joined(parties, same)
    many = Counter(groups.values())
    return {case: str(groups[party]) for party, case in parties.items() if many[groups[party]] > 1}


def _fact(
    rule: Rule, met: Met, page: PersonPage, facts: Mapping[uuid.UUID, Fact], price: Price | None
) -> PatternFact:
    rows = tuple(_row(page, facts, row) for row in met.rows)
    parties = _parties(facts.values(), {row.case for row in rows if row.case})
    fits = price is not None and price.hash == rule.content_hash
    return PatternFact(
        rule=rule, shared=met.shared, on=met.on, reports=met.reports, episodes=met.episodes,
        organisations=tuple(sorted({row.holder.organisation_name for row in rows if row.holder})),
        rows=rows, complainants=distinct_range(parties, answers_of(parties)),
        met_by=price.met_on(met.on) if price and fits else None,
        level=price.at(max(met.episodes, 1)) if price and fits else None,
    )  # fmt: skip


def _row(page: PersonPage, facts: Mapping[uuid.UUID, Fact], row: Row) -> PatternRow:
    fact = facts.get(uuid.UUID(row.thing))
    alleged = _alleged(fact, facts)
    endings = [
        each for each in facts.values()
        if each.kind == "disposition" and alleged is not None and each["allegation"] == alleged.lineage
    ]  # fmt: skip
    return PatternRow(
        case=uuid.UUID(row.case) if row.case else None, thing=uuid.UUID(row.thing),
        holder=page.holders.get(fact.holder_id) if fact else None, happened=row.day,
        known=row.known_from, begins=row.begins,
        category=str(alleged["category"] or "") if alleged is not None else "",
        endings=tuple((each["wording"] or "", each["disposition_class"] or "") for each in endings),
    )  # fmt: skip


def _alleged(fact: Fact | None, facts: Mapping[uuid.UUID, Fact]) -> Fact | None:
    """Return the allegation that something counted is, or is about; nothing where it is about none."""
    if fact is None or fact.kind == "allegation":
        return fact
    about = fact.values.get("allegation")
    return facts.get(about) if about else None
