"""The head of a person's page: who they were on the day that is shown."""

from dataclasses import dataclass

from onrecord.apps.people.selectors import PersonPage
from onrecord.core.kernel.facts import Fact
from onrecord.web.record.sheet import FactSheet
from onrecord.web.viewing import Asked
from onrecord.web.wording.codes import PERSON_TYPE, SPELL_ENDING, joined, worded
from onrecord.web.wording.dates import uk_date


@dataclass(frozen=True, slots=True)
class Heading:
    """Name, number, organisation and service, all as at the day."""

    title: str
    line: str
    also: str
    day: str
    reference: str
    is_named: bool


def heading_of(page: PersonPage, asked: Asked, sheet: FactSheet, *, hide_names: bool) -> Heading:
    """Return the head of the page. A person not yet known on the day has only a reference."""
    standing = page.standing
    name = page.reference if hide_names else standing.name
    others = () if hide_names else standing.names
    return Heading(
        title=name or page.reference,
        line=_line(page, sheet),
        also=f"Also written: {joined(*others)}" if others else "",
        day=f"As known on {uk_date(asked.on)}" if asked.on else "As known today",
        is_named=bool(name) and name != page.reference,
        reference=page.reference,
    )


def _line(page: PersonPage, sheet: FactSheet) -> str:
    standing = page.standing
    ends = sheet.pointing("spell_end", "spell")
    posting = (
        standing.posting if standing.posting and standing.posting.lineage not in ends else None
    )
    return joined(
        joined(_role(standing.spell, posting), standing.service_number, by=" "),
        _organisation(standing.spell, sheet),
        posting["unit"] if posting else None,
    ) + _service(page)


def _role(spell: Fact | None, posting: Fact | None) -> str:
    for fact in (posting, spell):
        if fact and (fact["rank"] or fact["post"]):
            return str(fact["rank"] or fact["post"])
    return worded(PERSON_TYPE, spell["person_type"], absent="") if spell else ""


def _organisation(spell: Fact | None, sheet: FactSheet) -> str:
    if spell is None:
        return ""
    names = {ref.organisation_code: ref.organisation_name for ref in sheet.holders.values()}
    employer = spell["employer"]
    return names.get(employer, employer) if employer else sheet.organisation(spell)


def _service(page: PersonPage) -> str:
    standing = page.standing
    since = f" · serving since {uk_date(standing.serving_since)}" if standing.serving_since else ""
    if standing.left_on is None:
        return since
    how = worded(SPELL_ENDING, standing.left_how, absent="left")
    served = f" · served from {uk_date(standing.serving_since)}" if standing.serving_since else ""
    return f"{served} · {how}, {uk_date(standing.left_on)}"
