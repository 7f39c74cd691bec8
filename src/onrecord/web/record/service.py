"""Where somebody served, and what duty status they had, as a view shows it."""

import uuid

from onrecord.core.kernel.facts import Fact
from onrecord.web.components.data_table.component import Cell, Column, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.record.sheet import FactSheet, day_of
from onrecord.web.wording.codes import (
    DUTY_STATUS,
    PERSON_TYPE,
    SPELL_ENDING,
    joined,
    readable,
    worded,
)
from onrecord.web.wording.dates import short_date

SERVICE_COLUMNS: tuple[Column, ...] = columns(
    "From", "To", "Organisation", "Rank or role", "Unit", "Known"
)
DUTY_COLUMNS: tuple[Column, ...] = columns(
    "From", "To", "Status", "Ground and terms", "Authorised by"
)


type Ends = dict[uuid.UUID | None, tuple[Fact, ...]]


def service_rows(sheet: FactSheet) -> tuple[Row, ...]:
    """Return one line a spell, newest first."""
    ends = sheet.pointing("spell_end", "spell")
    return tuple(_service(spell, ends, sheet) for spell in reversed(sheet.of("service_spell")))


def duty_rows(sheet: FactSheet) -> tuple[Row, ...]:
    """Return one line a duty status, newest first."""
    ends = sheet.pointing("spell_end", "spell")
    return tuple(_duty(spell, ends) for spell in reversed(sheet.of("duty_status_spell")))


def duty_tag(sheet: FactSheet, *, day_words: str) -> Tag | None:
    """Return the duty status that stood on the page's day, where any was recorded."""
    ends = sheet.pointing("spell_end", "spell")
    standing = [spell for spell in sheet.of("duty_status_spell") if spell.lineage not in ends]
    if not standing:
        return None
    status = standing[-1]["duty_status"]
    words = worded(DUTY_STATUS, status)
    return Tag(f"{words} {day_words}", "blue" if status == "normal" else "yellow")


def _service(spell: Fact, ends: Ends, sheet: FactSheet) -> Row:
    employer = spell["employer"]
    held = sheet.organisation(spell)
    names = {ref.organisation_code: ref.organisation_name for ref in sheet.holders.values()}
    role = joined(spell["rank"], spell["post"]) or worded(PERSON_TYPE, spell["person_type"])
    return Row(
        (
            short(short_date(spell.happened_from)),
            _end(spell, ends),
            Cell(names.get(employer, employer) if employer else held),
            Cell(role, note="" if spell["is_service"] else "Posting"),
            Cell(spell["unit"] or "Not recorded"),
            short(short_date(spell.known_on)),
        )
    )


def _duty(spell: Fact, ends: Ends) -> Row:
    review = spell["next_review_on"]
    return Row(
        (
            short(short_date(spell.happened_from or spell.known_on)),
            _end(spell, ends),
            Cell(worded(DUTY_STATUS, spell["duty_status"])),
            Cell(readable(spell["ground"] or "not recorded"), note=spell["terms"] or ""),
            Cell(
                spell["authorised_by"] or "Not recorded",
                note=f"Next review {short_date(review)}" if review else "",
            ),
        )
    )


def _end(spell: Fact, ends: Ends) -> Cell:
    found = ends.get(spell.lineage)
    if not found:
        return Cell("No end on record")
    end = found[-1]
    how = worded(SPELL_ENDING, end["spell_ending"], absent="")
    return short(short_date(end["ended_on"] or day_of(end)), note=how if how != "ended" else "")
