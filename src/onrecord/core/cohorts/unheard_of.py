"""Notice what a definition names that is nowhere on record: more often misspelt than absent.

A cohort that comes out empty because of a slip looks exactly like one that is
truly empty, so each such value is said, with what there is instead. The whole
snapshot is asked, whatever the view: what is only known later is not misspelt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from onrecord.core.cohorts.definition import Definition, NotDismissed
from onrecord.core.snapshots.reading import Record
from onrecord.core.snapshots.resolving import RAW

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Named:
    """Values a definition names in one place, the sentence if one is nowhere, the SQL of what there is."""

    values: tuple[str, ...]
    sentence: str
    there_are: str
    is_list: bool = False


def warnings_of(record: Record, definition: Definition) -> tuple[str, ...]:
    """Return a sentence for each value that `definition` names and nothing on record has."""
    return tuple(dict.fromkeys(chain.from_iterable(
        _unheard_of(record, named) for named in _named(definition) if named.values
    )))  # fmt: skip


def _unheard_of(record: Record, named: _Named) -> Iterator[str]:
    rows = record.con.execute(named.there_are).fetchall()
    texts = [text for (text,) in rows if text]
    known = {part for text in texts for part in (text.split(",") if named.is_list else [text])}
    for value in named.values:
        if value not in known:
            yield f"{named.sentence.format(value)}; {_listed(sorted(known))}."


def _listed(known: list[str]) -> str:
    if not known:
        return "there are none"
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"there are: {', '.join(known[:_SHOWN])}{more}"


def _named(definition: Definition) -> Iterator[_Named]:
    groups, bare = definition.allegations, definition.without_allegation
    yield _Named(
        tuple(chain.from_iterable(group.factors for group in groups)),
        "No allegation on record has the factor '{}'", _distinct("factors", "allegation"), is_list=True,
    )  # fmt: skip
    yield _Named(
        (
            *chain.from_iterable(group.case_factors for group in groups),
            *chain.from_iterable(group.case_factors for group in bare),
        ),
        "No case or incident on record has the factor '{}'",
        _distinct("factors", "case_reported", "incident"), is_list=True,
    )  # fmt: skip
    yield _Named(
        tuple(chain.from_iterable(group.category_codes for group in groups)),
        "No allegation on record has the category code '{}'", _distinct("category_code", "allegation"),
    )  # fmt: skip
    yield _Named(
        (*definition.case_types, *chain.from_iterable(group.case_types for group in bare)),
        "No case on record is of type '{}'", _distinct("case_type", "case_reported"),
    )  # fmt: skip
    yield from _named_of_people(definition)


def _named_of_people(definition: Definition) -> Iterator[_Named]:
    yield _Named(
        definition.held_by,
        "Nothing on record is held by '{}'",
        "select organisation from holder union select organisation || ':' || system from holder",
    )
    yield _Named(
        definition.person_types,
        "Nobody on record is of type '{}'",
        _distinct("person_type", "person_record", "service_spell"),
    )
    if definition.serving_on:
        yield _Named(
            definition.serving_on.organisations,
            "No service in '{}' is on record",
            f"select distinct coalesce(s.employer, h.organisation) from {RAW}service_spell s"
            " left join holder h on h.number = s.holder_id",
        )
    # What is not written, but taken for granted, cannot be misspelt.
    rule, usual = definition.not_dismissed, NotDismissed().spell_endings
    if rule and rule.spell_endings != usual:
        yield _Named(
            rule.spell_endings,
            "No service on record ended with '{}'",
            _distinct("spell_ending", "spell_end"),
        )


def _distinct(column: str, *kinds: str) -> str:
    return " union ".join(f"select distinct {column} from {RAW}{kind}" for kind in kinds)
