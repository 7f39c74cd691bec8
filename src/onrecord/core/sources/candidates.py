"""Bring together the candidates of one kind from every mapping that makes them."""

from onrecord.core.kernel.kinds import KINDS, Kind
from onrecord.core.sources.compiling import columns_of_candidates
from onrecord.core.sources.describing import FactMapping
from onrecord.core.sources.formula_sql import identifier, quoted
from onrecord.core.sources.workbench import Workbench


def kinds_made(bench: Workbench) -> list[Kind]:
    """Return the kinds of fact that the description makes, in the order in which they are written."""
    made = {kind for mapping in bench.description.facts for kind in kinds_of(mapping)}
    return [kind for name, kind in KINDS.items() if name in made]


def kinds_of(mapping: FactMapping) -> tuple[str, ...]:
    """Return the kinds that one mapping makes: a party is two."""
    return ("party_role", "party_identity") if mapping.role is not None else (mapping.kind,)


def candidates_sql(bench: Workbench, kind: Kind) -> str:
    """Return SQL of all candidates of `kind`, with mapping, table and row, rejected rows included."""
    parts = []
    for mapping in bench.description.facts:
        if kind.name in kinds_of(mapping):
            columns = columns_of_candidates(mapping, kind.name)
            listed = ", ".join(f"{sql} as {identifier(name)}" for name, sql in columns.items())
            parts.append(
                f"select {mapping.number} as mapping, {quoted(bench.description.base_of(mapping.source))} as tbl,"
                f" row_no, {listed} from candidate_{mapping.number} where {_is_made(kind.name)}"
            )
    return " union all ".join(parts)


def _is_made(kind: str) -> str:
    """Return the condition under which a row makes a fact: placeholders never become a person."""
    if kind == "person_record":
        return "note is null"
    if kind == "party_identity":
        return "party is not null"
    return "true"
