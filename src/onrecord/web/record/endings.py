"""How an allegation ended: the source's own words, the class in plain words, the victim's place."""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.core.kernel.facts import Fact
from onrecord.web.components.tag.component import Tag, Tone
from onrecord.web.components.timeline.component import Outline
from onrecord.web.record.sheet import FactSheet
from onrecord.web.wording.codes import DISPOSITION_CLASS, VICTIM_POSITION, joined, worded
from onrecord.web.wording.dates import short_date

NO_ENDING = "No ending on record"

_TONES: dict[str, Tone] = {
    "proven": "red",
    "not_proven_after_hearing": "grey",
    "unresolved": "yellow",
    "positively_disproved": "green",
    "open": "open",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """What a page says of how one allegation ended."""

    words: str
    note: str
    tag: Tag | None
    outline: Outline
    disposition_class: str | None = None


class Endings:
    """The endings that a view shows, by allegation."""

    def __init__(self, sheet: FactSheet) -> None:
        """Find every disposition and withdrawal on the sheet."""
        self._dispositions = sheet.pointing("disposition", "allegation")
        self._withdrawals = sheet.pointing("withdrawal", "allegation")

    def of(self, allegation: Fact) -> Ending:
        """Return how `allegation` ended, as far as the view shows."""
        dispositions = self._dispositions.get(allegation.lineage, ())
        withdrawals = self._withdrawals.get(allegation.lineage, ())
        stepped_back = joined(*(_withdrawn(fact) for fact in withdrawals), by="; ")
        if not dispositions:
            return Ending(NO_ENDING, stepped_back, None, "dashed")
        last = dispositions[-1]
        said = {fact["victim_position"] for fact in withdrawals}
        position = "" if last["victim_position"] in said else _position(last)
        note = joined(_followed(last), position, stepped_back, by="; ")
        return Ending(
            words=last["wording"] or "No words in the source",
            note=note[:1].upper() + note[1:],
            tag=class_tag(last["disposition_class"]),
            outline=outline_of([last["disposition_class"]]),
            disposition_class=last["disposition_class"],
        )


def class_tag(code: str | None) -> Tag | None:
    """Return the label for a class of ending."""
    if not code:
        return None
    return Tag(worded(DISPOSITION_CLASS, code), _TONES.get(code, "grey"))


def outline_of(classes: Sequence[str | None]) -> Outline:
    """Return how firmly a mark is drawn: dashed until something was tested, filled when proven."""
    if "proven" in classes:
        return "filled"
    tested = {"not_proven_after_hearing", "positively_disproved"}
    return "plain" if tested & set(classes) else "dashed"


def _followed(disposition: Fact) -> str:
    outcome = disposition["outcome"]
    return f"outcome: {outcome}" if outcome and outcome != disposition["wording"] else ""


def _position(disposition: Fact) -> str:
    code = disposition["victim_position"]
    return "" if code in {None, "", "not_recorded"} else worded(VICTIM_POSITION, code)


def _withdrawn(withdrawal: Fact) -> str:
    position = worded(VICTIM_POSITION, withdrawal["victim_position"], absent="withdrawn")
    return f"{position} ({short_date(withdrawal['withdrawn_on'] or withdrawal.known_on)})"
