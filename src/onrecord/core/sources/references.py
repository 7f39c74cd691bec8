"""Point at other things by their keys: the lineage of a case, of a person, of a fact."""

from onrecord.core.sources.describing import Person, Reference
from onrecord.core.sources.formula_sql import condition_sql, identifier, quoted
from onrecord.core.sources.layers import Layers


def reference_sql(layers: Layers, name: str, reference: Reference) -> str:
    """Add what `reference` needs and return the SQL of the lineage it points at, or NULL."""
    keys = [layers.text(f"{name} key {at}", formula) for at, formula in enumerate(reference.key)]
    holder = "holder"
    if reference.holder is not None:
        holder = layers.text(f"{name} holder", reference.holder)
    nothing = all_empty(keys)
    if reference.person is not None:
        person = layers.description.people[reference.person]
        layers.texts[f"{name} note"] = note_sql(layers, person, [layers.texts[key] for key in keys])
        nothing = f"{identifier(f'{name} note')} is not null"
    return f"case when {nothing} then null else {lineage_sql(identifier(holder), reference.kind, keys)} end"


def note_sql(layers: Layers, person: Person, keys: list[str]) -> str:
    """Return SQL of why there is no person: a placeholder's note, or NULL for somebody real."""
    tests = [f"when coalesce({', '.join(keys)}) is null then {quoted(person.empty_note)}"]
    for unnamed in person.unnamed:
        if unnamed.when is not None:
            tests.append(
                f"when {condition_sql(unnamed.when, layers.resolve)} then {quoted(unnamed.note)}"
            )
        listed = ", ".join(quoted(value.strip().lower()) for value in unnamed.values)
        tests += [
            f"when lower({key}) in ({listed}) then {quoted(unnamed.note)}" for key in keys if listed
        ]
    return f"case {' '.join(tests)} end"


def all_empty(keys: list[str]) -> str:
    """Return the condition that nothing of a key is there."""
    return f"coalesce({', '.join(map(identifier, keys))}) is null"


def lineage_sql(holder: str, kind: str, keys: list[str]) -> str:
    """Return SQL equal to `core.kernel.ids.lineage_of` over columns named by `keys`."""
    parts = [holder, quoted(kind), *(f"coalesce({identifier(key)}, '')" for key in keys)]
    return f"lineage_of({' || chr(31) || '.join(parts)})"
