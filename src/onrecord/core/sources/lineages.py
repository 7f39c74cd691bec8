"""Say what a fact is a version of, whose it is, and to which case it belongs."""

from onrecord.core.kernel.kinds import Kind
from onrecord.core.sources.canonical_sql import fields_sql
from onrecord.core.sources.describing import Reference
from onrecord.core.sources.formula_sql import identifier, quoted, value_sql
from onrecord.core.sources.layers import Layers
from onrecord.core.sources.mapping import JUDGEMENTS
from onrecord.core.sources.references import all_empty, lineage_sql, note_sql, reference_sql


def add_references(layers: Layers, kind: Kind) -> None:
    """Add the case a fact belongs to and the person it is about."""
    case, record = layers.mapping.case, layers.mapping.record
    if case is None and kind.name == "case_finalised":
        case = Reference("case_reported", layers.mapping.key)
    layers.typed["case_lineage"] = "null::uuid"
    if case is not None and kind.name != "case_reported":
        layers.typed["case_lineage"] = reference_sql(layers, "case", case)
        empty = all_empty([f"case key {at}" for at in range(len(case.key))])
        layers.mark(empty, "case", "null", "It does not say which case it belongs to.")
    layers.typed["record_lineage"] = "null::uuid"
    if record is not None:
        layers.typed["record_lineage"] = reference_sql(layers, "record", record)
    if kind.name == "allegation" and "subject_note" not in layers.typed:
        layers.typed["subject_note"] = (
            identifier("record note") if record is not None else "null::varchar"
        )


def add_lineage(layers: Layers, kind: Kind) -> None:
    """Add what the fact is a version of, from the source's own key."""
    mapping = layers.mapping
    keys = [layers.text(f"key {at}", formula) for at, formula in enumerate(mapping.key)]
    if kind.name in JUDGEMENTS:
        first, second = JUDGEMENTS[kind.name]
        a, b = layers.typed[first], layers.typed[second]
        layers.typed |= {first: f"least({a}, {b})", second: f"greatest({a}, {b})"}
        pair = f"cast(least({a}, {b}) as varchar) || chr(31) || cast(greatest({a}, {b}) as varchar)"
        layers.typed["lineage"] = (
            f"lineage_of(holder || chr(31) || {quoted(kind.name)} || chr(31) || {pair})"
        )
        layers.mark(
            f"{a} is null or {b} is null or {a} = {b}",
            first,
            "null",
            "It does not name two different ones.",
        )
    elif mapping.is_keyless:
        layers.typed["lineage"] = keyless_lineage(
            layers, keys, f"holder || chr(31) || {quoted(kind.name)}", list(mapping.columns)
        )
    else:
        layers.typed["lineage"] = lineage_sql("holder", kind.name, keys)
        if not mapping.person:  # an empty identifier is a placeholder, and makes no person
            layers.mark(
                all_empty(keys), "key", "null", "It has no key: nothing tells it from another."
            )
    if kind.name == "person_record" and mapping.person:
        person = layers.description.people[mapping.person]
        layers.texts["record note"] = note_sql(layers, person, [layers.texts[key] for key in keys])
        if person.holder is not None:
            layers.texts["holder"] = value_sql(person.holder, layers.resolve)
    _source_ref(layers, keys)


def keyless_lineage(layers: Layers, keys: list[str], start: str, columns: list[str]) -> str:
    """Return a lineage from what is said and, among equals, from counting."""
    said = {
        name: layers.typed[name]
        for name in (*columns, "happened_from", "happened_to", "record_lineage", "case_lineage")
    }
    layers.typed["said"] = f"sha256({fields_sql(said)})"
    parent = " || chr(31) || ".join([start, *(f"coalesce({identifier(key)}, '')" for key in keys)])
    layers.typed["parent"] = parent
    return "lineage_of(parent || chr(31) || said || chr(31) || cast(ordinal as varchar))"


def _source_ref(layers: Layers, keys: list[str]) -> None:
    if layers.mapping.source_ref is not None:
        layers.typed["source_ref"] = identifier(
            layers.text("text source_ref", layers.mapping.source_ref)
        )
    elif keys:
        layers.typed["source_ref"] = (
            f"nullif(concat_ws('/', {', '.join(map(identifier, keys))}), '')"
        )
    else:
        layers.typed["source_ref"] = "null::varchar"
