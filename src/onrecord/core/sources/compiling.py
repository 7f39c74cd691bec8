"""Compile one fact mapping to the SQL that makes candidate facts of a table's rows."""

from onrecord.core.kernel.kinds import KINDS
from onrecord.core.sources.canonical_sql import SQL_TYPES
from onrecord.core.sources.describing import Description, FactMapping
from onrecord.core.sources.formula_sql import condition_sql, identifier
from onrecord.core.sources.joining import resolver
from onrecord.core.sources.layers import Layers
from onrecord.core.sources.lineages import add_lineage, add_references
from onrecord.core.sources.parties import add_party, as_party_role
from onrecord.core.sources.values import add_columns, add_happened, add_holder, add_known

_HEADER = (
    "lineage", "holder", "source_ref", "happened_from", "happened_to", "happened_basis",
    "known_on", "known_basis", "known_rule", "case_lineage", "record_lineage",
)  # fmt: skip


def candidate_sql(
    description: Description, mapping: FactMapping, *, pepper: str, extract_sql: str
) -> str:
    """Return the SQL of the candidate facts of one mapping, one row each, with their marks."""
    layers = Layers(description, mapping, resolver(description, mapping.source))
    kind = KINDS[mapping.kind]
    add_holder(layers)
    add_columns(layers, kind, mapping.columns, "")
    add_happened(layers)
    add_known(layers, extract_sql)
    add_references(layers, kind)
    if mapping.role is not None:
        add_party(layers, pepper)
    else:
        add_lineage(layers, kind)
    return _assembled(layers)


def columns_of_candidates(mapping: FactMapping, kind_name: str) -> dict[str, str]:
    """Return the columns of a fact of `kind_name` as they stand in this mapping's candidates."""
    kind = KINDS[kind_name]
    is_identity = kind_name == "party_identity"
    header = {name: name for name in _HEADER}
    if is_identity:
        header |= {
            "lineage": "party",
            "case_lineage": "case_lineage",
            "record_lineage": "null::uuid",
        }
    given = {**(mapping.identity if is_identity else mapping.columns)}
    made = _MADE.get(kind_name, frozenset())
    columns = {
        column.name: identifier(f"identity.{column.name}" if is_identity else column.name)
        if column.name in given or column.name in made
        else f"null::{SQL_TYPES[column.type]}"
        for column in kind.columns
    }
    return {**header, **columns}


_MADE = {
    "party_role": frozenset({"party", "role", "pseudonym"}),
    "party_identity": frozenset({"workforce_record"}),
    "allegation": frozenset({"subject_note"}),
}


def _assembled(layers: Layers) -> str:
    source = layers.mapping.source
    is_join = source in layers.description.joins
    where = (
        condition_sql(layers.mapping.when, layers.resolve)
        if layers.mapping.when is not None
        else "true"
    )
    texts = ", ".join(f"{sql} as {identifier(name)}" for name, sql in layers.texts.items())
    inner = (
        f"select row_no, {texts} from {'joined' if is_join else 'staged'}_{source} where"
        f" {where}{' and problem is null' if is_join else ''}"
    )
    late = {
        name: layers.typed.pop(name)
        for name in ("lineage", "party id")
        if "said" in layers.typed and name in layers.typed
    }
    typed = ", ".join(f"{sql} as {identifier(name)}" for name, sql in layers.typed.items())
    dates = "".join(f", {sql} as {identifier(name)}" for name, sql in layers.dates.items())
    inner = f"select *{dates} from ({inner})" if dates else inner
    # Most rows have no fault: the list is made only where there is one.
    listed = f"list_filter([{', '.join(layers.marks)}], lambda m: m is not null)"
    marks = f"case when {' or '.join(layers.faults)} then {listed} else [] end"
    passed = '"record note"' if "record note" in layers.texts else "null::varchar"
    sql = f"select row_no, holder, {passed} as note, {typed}, {marks} as marks from ({inner})"
    if late:
        ordinal = "row_number() over (partition by parent, said order by known_on, row_no)"
        made = ", ".join(f"{value} as {identifier(name)}" for name, value in late.items())
        sql = f"select * exclude (parent, said, ordinal), {made} from (select *, {ordinal} as ordinal from ({sql}))"
    if layers.mapping.role is not None:
        sql = as_party_role(sql)
    return sql
