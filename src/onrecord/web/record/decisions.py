"""What was decided, told and referred, as dated lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.ids import public_reference
from onrecord.web.components.statement.component import DatedLine
from onrecord.web.record.sheet import FactSheet, day_of
from onrecord.web.record.vetting import checks_words, granted_on, vetting_words
from onrecord.web.wording.codes import DUTY_STATUS, joined, readable, worded
from onrecord.web.wording.dates import short_date

NO_MAKER = "No maker named in the source."


@dataclass(frozen=True, slots=True)
class Decided:
    """One line with the day that orders it."""

    on: date
    line: DatedLine


def _newest_first(found: Iterable[Decided]) -> list[DatedLine]:
    ordered = sorted(found, key=lambda item: (item.on, item.line.text), reverse=True)
    return [item.line for item in ordered]


class Decisions:
    """Every decision that a view shows, newest first, with its maker where one is named."""

    def __init__(self, sheet: FactSheet, *, query: str = "") -> None:
        """Gather the decisions of `sheet`; `query` keeps the view in links to cases."""
        self._sheet = sheet
        self._query = query
        self._names = {
            ref.organisation_code: ref.organisation_name for ref in sheet.holders.values()
        }
        self._checks = sheet.pointing("clearance_check", "clearance")

    def lines(self) -> list[DatedLine]:
        """Return the lines."""
        return _newest_first(self._all())

    def notifications(self) -> list[DatedLine]:
        """Return who told whom, newest first."""
        return _newest_first(map(self._told, self._sheet.of("notification")))

    def _all(self) -> Iterator[Decided]:
        yield from map(self._reported, self._sheet.of("reported_decision"))
        yield from map(self._vetting, self._sheet.of("clearance"))
        yield from map(self._referred, self._sheet.of("referral"))
        yield from map(self._duty, self._sheet.of("duty_status_spell"))

    def organisation(self, code: str | None) -> str:
        """Return the name of an organisation by its code."""
        return self._names.get(code, code) if code else "somebody not named"

    def _reported(self, fact: Fact) -> Decided:
        on = fact["decided_on"] or day_of(fact)
        code = fact["decided_by_organisation"]
        where = self.organisation(code) if code else self._sheet.organisation(fact)
        about = fact["decision_type"]
        text = joined(readable(about) if about else "", fact["decision"] or "", by=": ")
        maker = fact["maker_post"]
        note = f"Made by {maker}, {where}." if maker else f"{where}. {NO_MAKER}"
        return self._line(on, text or "Decision, no words in the source", note, fact)

    def _vetting(self, fact: Fact) -> Decided:
        note = joined(
            self._sheet.organisation(fact) + ".",
            checks_words(self._checks.get(fact.lineage, ())),
            "" if fact["decided_by"] else NO_MAKER,
            by=" ",
        )
        return Decided(
            granted_on(fact),
            DatedLine(
                short_date(granted_on(fact)), vetting_words(fact), note, "#vetting", "Checks"
            ),
        )

    def _referred(self, fact: Fact) -> Decided:
        on = fact["referred_on"] or day_of(fact)
        text = f"Referred to {self.organisation(fact['referred_to'])}"
        note = joined(readable(fact["criterion"] or ""), readable(fact["mode"] or ""), by="; ")
        return self._line(on, text, note, fact)

    def _duty(self, fact: Fact) -> Decided:
        on = fact.happened_from or fact.known_on
        text = f"Duty status: {worded(DUTY_STATUS, fact['duty_status'])}"
        note = f"Authorised by {fact['authorised_by']}." if fact["authorised_by"] else NO_MAKER
        return Decided(on, DatedLine(short_date(on), text, note))

    def _told(self, fact: Fact) -> Decided:
        giver = self.organisation(fact["from_organisation"])
        taker = self.organisation(fact["to_organisation"])
        note = joined(fact["channel"], fact["to_system"], by="; ")
        if fact["was_made"] is False:
            said = f"Not told, says the source on {short_date(fact.known_on)}"
            text = f"{giver} did not tell {taker}"
            return self._line(
                fact.known_on, text, joined(said, note, by="; "), fact, when="Not told"
            )
        return self._line(fact["notified_on"] or day_of(fact), f"{giver} told {taker}", note, fact)

    def _line(self, on: date, text: str, note: str, fact: Fact, *, when: str = "") -> Decided:
        """Return a line at `on`, which says `when` instead where nothing happened on that day."""
        day = when or short_date(on)
        if fact.case_lineage is None:
            return Decided(on, DatedLine(day, text, note))
        reference = public_reference("C", fact.case_lineage)
        href = reverse("cases:case", args=[reference]) + self._query
        return Decided(on, DatedLine(day, text, note, href, f"Case {reference}"))
