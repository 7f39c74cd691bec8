"""Who somebody was on a day: name, number, organisation, rank, post, from facts of that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.core.kernel.facts import Fact


@dataclass(frozen=True, slots=True)
class Standing:
    """What the head of a person's page says, as at the view's day.

    Attributes:
        name: as the record of their service writes it, else the fullest record.
        names: every other way in which a record in view writes it.
        service_number: collar, star or badge number.
        spell: the spell of membership that the day falls in, or the last before it.
        posting: the rank, post or unit held, where that is recorded apart.
        serving_since: first day of that spell of membership.
        left_on: last day, when that is known by the view's day.
        left_how: how it ended.
    """

    name: str
    names: tuple[str, ...]
    service_number: str | None
    spell: Fact | None
    posting: Fact | None
    serving_since: date | None
    left_on: date | None
    left_how: str | None


def written_name(record: Fact) -> str:
    """Return the name as a person record writes it, in the order it is said."""
    parts = (record["given_names"], record["middle_names"], record["family_name"], record["suffix"])
    return " ".join(part for part in parts if part)


def standing(facts: Sequence[Fact]) -> Standing:
    """Work out somebody's standing from the facts that a view shows of them.

    Only `person_record`, `service_spell` and `spell_end` facts are read; the view has
    already dropped what was not yet known, so a leaving that nobody knew of is not here.
    """
    records = [fact for fact in facts if fact.kind == "person_record"]
    spells = [fact for fact in facts if fact.kind == "service_spell"]
    ends = {fact["spell"]: fact for fact in facts if fact.kind == "spell_end"}
    membership = _latest([spell for spell in spells if spell["is_service"]])
    posting = _latest([spell for spell in spells if not spell["is_service"]])
    end = ends.get(membership.lineage) if membership else None
    record = _leading_record(records, membership)
    names = {written_name(each) for each in records} - {""}
    name = written_name(record) if record else ""
    return Standing(
        name=name,
        names=tuple(sorted(names - {name})),
        service_number=record["service_number"] if record else None,
        spell=membership,
        posting=posting,
        serving_since=membership.happened_from if membership else None,
        left_on=end["ended_on"] if end else None,
        left_how=end["spell_ending"] if end else None,
    )


def _latest(spells: Sequence[Fact]) -> Fact | None:
    return max(
        spells,
        key=lambda spell: (spell.happened_from or date.min, spell.known_on, spell.lineage),
        default=None,
    )


def _leading_record(records: Sequence[Fact], membership: Fact | None) -> Fact | None:
    """Prefer the record of whoever employs them, then the one that says most, then the oldest."""

    def order(record: Fact) -> tuple[bool, int, int]:
        employs = membership is not None and record.lineage == membership.record_lineage
        said = sum(value is not None for value in record.values.values())
        return employs, said, -record.fact_id

    return max(records, key=order, default=None)
