"""Everything on record as marks on lanes, one lane a holder, and as a table of the same marks."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.timeline.component import Lane, LegendItem, Mark, Timeline
from onrecord.web.record.cases_table import CaseOnRecord, cases_on
from onrecord.web.record.endings import Endings, outline_of
from onrecord.web.record.sheet import FactSheet, day_of
from onrecord.web.record.vetting import granted_on, vetting_words
from onrecord.web.wording.codes import DUTY_STATUS, RECORD_TYPE, SPELL_ENDING, joined, worded
from onrecord.web.wording.dates import short_date
from onrecord.web.wording.numbers import counted

LEGEND = (
    LegendItem("diamond", "allegation (dashed: not tested)", "dashed", "red"),
    LegendItem("diamond", "proven", "filled", "red"),
    LegendItem("circle", "complaint (dashed and filled likewise)", "plain", "blue"),
    LegendItem("dot", "case without an allegation", "filled", "quiet"),
    LegendItem("tick", "vetting decision", "filled", "green"),
    LegendItem("triangle", "other decision or referral", "plain", "ink"),
    LegendItem("square", "duty status", "plain", "ink"),
    LegendItem("square_ended", "duty status ended", "plain", "ink"),
    LegendItem("bar", "service began, moved or ended", "filled", "quiet"),
    LegendItem("arrow", "one holder told another", "plain", "quiet"),
    LegendItem("arrow_stopped", "did not tell", "plain", "quiet"),
    LegendItem("cross", "other record", "plain", "quiet"),
)

_UNDRAWN = frozenset({"pay", "force_action"})
"""Records too many and too dull for a picture; the tables hold them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark, and the fact or case that it stands for."""

    fact: Fact
    mark: Mark


def entries_on(sheet: FactSheet) -> list[Entry]:
    """Return what the picture shows, in time."""
    found = [
        *_case_entries(sheet),
        *(e for kind, make in _MARKS.items() for e in _made(sheet, kind, make)),
        *_endings_of_spells(sheet),
    ]
    return sorted(found, key=lambda entry: (entry.mark.on, entry.mark.title))


def timeline_of(
    sheet: FactSheet, entries: Iterable[Entry], *, stop: date | None, until: date
) -> Timeline:
    """Return the picture of `entries`, a lane for each holder."""
    lanes: dict[int, list[Mark]] = defaultdict(list)
    shapes = set()
    for entry in entries:
        lanes[entry.fact.holder_id].append(entry.mark)
        shapes.add(entry.mark.shape)
    made = [_lane(holder_id, marks, sheet) for holder_id, marks in lanes.items()]
    return Timeline(
        title="Everything on record, by who holds it",
        lanes=tuple(sorted(made, key=lambda lane: (lane.name, lane.detail))),
        legend=tuple(item for item in LEGEND if item.shape in shapes),
        until=until,
        stop=stop,
    )


def entries_table(sheet: FactSheet, entries: Iterable[Entry]) -> DataTable:
    """Return the same marks as a table, newest first."""
    rows = tuple(
        Row(
            (
                short(short_date(entry.mark.on)),
                Cell(sheet.organisation(entry.fact), note=sheet.system(entry.fact)),
                Cell(entry.mark.title),
            )
        )
        for entry in reversed(list(entries))
    )
    return DataTable("Everything in the picture", columns("Date", "Held by", "Entry"), rows)


def _lane(holder_id: int, marks: list[Mark], sheet: FactSheet) -> Lane:
    holder = sheet.holders.get(holder_id)
    if holder is None:
        return Lane("Holder not known", "", tuple(marks))
    return Lane(holder.organisation_name, holder.system_name, tuple(marks))


def _case_entries(sheet: FactSheet) -> Iterator[Entry]:
    endings = Endings(sheet)
    for case in cases_on(sheet):
        yield Entry(case.any_fact, _case_mark(case, endings))


def _case_mark(case: CaseOnRecord, endings: Endings) -> Mark:
    on = day_of(case.any_fact)
    if not case.allegations:
        return Mark(on, "dot", f"{case.type_words}, no allegation", "filled", "quiet")
    ended_as = [endings.of(allegation) for allegation in case.allegations]
    classes = [ending.disposition_class for ending in ended_as]
    shape, tone = ("circle", "blue") if case.is_complaint else ("diamond", "red")
    ended = joined(*dict.fromkeys(ending.words for ending in ended_as), by="; ")
    what = joined(*dict.fromkeys(_alleged(a) for a in case.allegations), by="; ")
    count = counted(len(case.allegations), "allegation")
    title = f"{case.type_words}: {count} ({what}). {ended}"
    return Mark(on, shape, title, outline_of(classes), tone)  # type: ignore[arg-type]


def _alleged(allegation: Fact) -> str:
    return allegation["category"] or allegation["category_code"] or "not categorised"


def _made(sheet: FactSheet, kind: str, make: Callable[[Fact], Mark | None]) -> Iterator[Entry]:
    for fact in sheet.of(kind):
        mark = make(fact)
        if mark is not None:
            yield Entry(fact, mark)


def _clearance(fact: Fact) -> Mark:
    return Mark(granted_on(fact), "tick", vetting_words(fact), "filled", "green")


def _decision(fact: Fact) -> Mark:
    words = joined(fact["decision_type"], fact["decision"], by=": ")
    return Mark(fact["decided_on"] or day_of(fact), "triangle", f"Decision: {words}")


def _referral(fact: Fact) -> Mark:
    return Mark(
        fact["referred_on"] or day_of(fact), "triangle", f"Referred to {fact['referred_to']}"
    )


def _duty(fact: Fact) -> Mark:
    return Mark(day_of(fact), "square", worded(DUTY_STATUS, fact["duty_status"]))


def _spell(fact: Fact) -> Mark:
    words = joined(fact["rank"], fact["post"], fact["unit"]) or fact["employer"] or "service"
    return Mark(day_of(fact), "bar", f"Began: {words}", "filled", "quiet")


def _endings_of_spells(sheet: FactSheet) -> Iterator[Entry]:
    for end in sheet.of("spell_end"):
        spell = sheet.thing(end["spell"])
        make = _ENDINGS[spell.kind if spell else None]
        yield Entry(end, make(end))


def _duty_end(fact: Fact) -> Mark:
    return Mark(fact["ended_on"] or day_of(fact), "square_ended", "Duty status ended")


def _spell_end(fact: Fact) -> Mark:
    words = worded(SPELL_ENDING, fact["spell_ending"], absent="ended")
    return Mark(fact["ended_on"] or day_of(fact), "bar", f"Service {words}", "filled", "quiet")


def _unknown_end(fact: Fact) -> Mark:
    """Return the mark of an ending of something that the view does not show."""
    words = worded(SPELL_ENDING, fact["spell_ending"], absent="ended")
    return Mark(
        fact["ended_on"] or day_of(fact),
        "cross",
        f"Service or duty status {words}",
        "plain",
        "quiet",
    )


_ENDINGS: dict[str | None, Callable[[Fact], Mark]] = {
    "duty_status_spell": _duty_end,
    "service_spell": _spell_end,
    None: _unknown_end,
}


def _notification(fact: Fact) -> Mark:
    giver, taker = fact["from_organisation"], fact["to_organisation"]
    if fact["was_made"] is False:
        # It happened on no day: the mark stands where the source came to say so.
        words = f"{giver} did not tell {taker}, says the source"
        return Mark(fact.known_on, "arrow_stopped", words, "plain", "quiet")
    words = f"{giver} told {taker}"
    return Mark(fact["notified_on"] or day_of(fact), "arrow", words, "plain", "quiet")


def _record(fact: Fact) -> Mark | None:
    if fact["record_type"] in _UNDRAWN:
        return None
    words = worded(RECORD_TYPE, fact["record_type"])
    return Mark(day_of(fact), "cross", joined(words, fact["category"], by=": "), "plain", "quiet")


_MARKS: dict[str, Callable[[Fact], Mark | None]] = {
    "clearance": _clearance,
    "reported_decision": _decision,
    "referral": _referral,
    "duty_status_spell": _duty,
    "service_spell": _spell,
    "notification": _notification,
    "record": _record,
}
