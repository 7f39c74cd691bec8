"""Make the protected identity of a party, and the pseudonym it has in one case."""

from onrecord.core.kernel.kinds import KINDS
from onrecord.core.sources.describing import Reference
from onrecord.core.sources.formula_sql import identifier, quoted
from onrecord.core.sources.layers import Layers
from onrecord.core.sources.lineages import keyless_lineage
from onrecord.core.sources.references import reference_sql
from onrecord.core.sources.values import add_columns


def add_party(layers: Layers, pepper: str) -> None:
    """Add the protected party: a lineage that cannot be guessed, a pseudonym for one case."""
    mapping, kind = layers.mapping, KINDS["party_identity"]
    add_columns(layers, kind, mapping.identity, "identity.")
    role = mapping.role
    assert role is not None and not isinstance(role, Reference)  # noqa: S101, PT018 - checked when read
    layers.typed["role"] = identifier(layers.text("text role", role))
    layers.mark('"text role" is null', "role", "null", "It does not say in what role.")
    person = "null::uuid"
    if mapping.person:
        known = layers.description.people[mapping.person]
        person = reference_sql(
            layers, "record", Reference("person_record", known.key, known.holder, known.name)
        )
    layers.typed["record_lineage"] = f"case when \"text role\" = 'subject' then {person} end"
    layers.typed["identity.workforce_record"] = (
        f"case when \"text role\" <> 'subject' then {person} end"
    )
    keys = [layers.text(f"key {at}", formula) for at, formula in enumerate(mapping.key)]
    start = (
        f"{quoted(pepper)} || chr(31) || holder || chr(31) || 'party' || chr(31) ||"
        f" cast({layers.typed['case_lineage']} as varchar)"
    )
    if mapping.is_keyless:
        start += f' || chr(31) || {quoted(mapping.source)} || chr(31) || "text role"'
        columns = [f"identity.{name}" for name in (*mapping.identity, "workforce_record")]
        layers.typed["party id"] = keyless_lineage(layers, keys, start, columns)
    else:
        layers.typed["party id"] = f"lineage_of({
            ' || chr(31) || '.join(
                [start, *(f'coalesce({identifier(key)}, {quoted("")})' for key in keys)]
            )
        })"
    layers.typed["source_ref"] = "null::varchar"


def as_party_role(sql: str) -> str:
    """Return `sql` with the party's pseudonym and the lineage of its role."""
    pseudonym = "upper(left(role, 1)) || '-' || upper(substr(replace(cast(\"party id\" as varchar), '-', ''), 1, 6))"
    lineage = (
        "lineage_of(holder || chr(31) || 'party_role' || chr(31) || cast(\"party id\" as varchar) ||"
        " chr(31) || coalesce(role, ''))"
    )
    return (
        f'select * exclude ("party id"), case when role <> \'subject\' then "party id" end as party,'
        f" {pseudonym} as pseudonym, {lineage} as lineage from ({sql})"
    )
