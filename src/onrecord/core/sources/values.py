"""Give the values of a fact their types, and mark those that cannot have them."""

from collections.abc import Mapping

from onrecord.core.kernel.kinds import Column, ColumnType, Kind, Use
from onrecord.core.sources.describing import ColumnValue, Dates, Reference
from onrecord.core.sources.formula_sql import identifier, quoted
from onrecord.core.sources.formulas import Formula, Text
from onrecord.core.sources.layers import Layers
from onrecord.core.sources.references import reference_sql

PROTECTED = "(protected)"
"""Stands in the rejects file for a value of a compartment."""

PROTECTED_SQL = quoted(PROTECTED)
"""The same, as SQL."""


def add_holder(layers: Layers) -> None:
    """Add who holds it."""
    layers.text("holder", layers.mapping.holder)
    if not isinstance(layers.mapping.holder, Text):
        good = "regexp_matches(coalesce(holder, ''), '^[A-Z0-9][A-Z0-9_.-]*:[A-Z0-9][A-Z0-9_.-]*$')"
        layers.mark(
            f"not {good}",
            "holder",
            "holder",
            "It does not say who holds it as ORGANISATION:SYSTEM.",
        )


def add_columns(layers: Layers, kind: Kind, values: Mapping[str, ColumnValue], prefix: str) -> None:
    """Add columns of a kind, typed, under their names with `prefix`."""
    for name, value in values.items():
        column = kind.column(name)
        if isinstance(value, Reference):
            layers.typed[prefix + name] = reference_sql(layers, f"link {prefix}{name}", value)
        else:
            text = identifier(layers.text(f"text {prefix}{name}", value))
            layers.typed[prefix + name] = _typed(layers, column, text, prefix + name)


def _typed(layers: Layers, column: Column, text: str, name: str) -> str:
    value = PROTECTED_SQL if column.use is Use.PRIVATE else text
    match column.type:
        case ColumnType.DATE:
            return _date(layers, text, name, value)
        case ColumnType.INTEGER:
            layers.mark(
                f"{text} is not null and whole_of({text}) is null",
                name,
                value,
                "It is not a whole number.",
            )
            return f"whole_of({text})"
        case ColumnType.MONEY:
            layers.mark(
                f"{text} is not null and money_of({text}) is null",
                name,
                value,
                "It is not an amount of money.",
            )
            return f"money_of({text})"
        case ColumnType.BOOL:
            layers.mark(
                f"{text} is not null and truth_of({text}) is null",
                name,
                value,
                "It is neither yes nor no.",
            )
            return f"truth_of({text})"
        case ColumnType.CODES:
            return f"codes_of({text})"
        case _:
            return text


def _date(layers: Layers, text: str, name: str, value: str) -> str:
    rules: Dates = layers.description.dates
    forms = ", ".join(("2015-12-31", *rules.formats))
    day = identifier(f"day of {name}")
    layers.dates[f"day of {name}"] = f"written_date({text})"
    layers.mark(
        f"{text} is not null and not is_date({day})", name, value,
        f"It is not a date in any of the forms described ({forms}); correct it, or add its form to dates.formats.",
        rejects=not rules.empties_unreadable,
    )  # fmt: skip
    layers.mark(
        f"is_date({day}) and not possible({day})", name, value,
        "The date cannot be true; it was left empty." if not rules.rejects_out_of_bounds else "The date"
        " cannot be true; correct it.",
        rejects=rules.rejects_out_of_bounds,
    )  # fmt: skip
    return f"case when possible({day}) then {day} end"


def add_happened(layers: Layers) -> None:
    """Add when it happened, as far as the source says."""
    happened = layers.mapping.happened
    if happened is None:
        layers.typed |= {
            "happened_from": "null::date",
            "happened_to": "null::date",
            "happened_basis": "'not_known'",
        }
        return
    first = _date_of(layers, "happened", happened.first)
    last = _date_of(layers, "happened to", happened.last) if happened.last is not None else first
    layers.mark(
        f"{last} < {first}",
        "happened",
        f"cast({last} as varchar)",
        "It ends before it begins; the end was left empty.",
        rejects=False,
    )
    layers.typed["happened_from"] = first
    layers.typed["happened_to"] = f"case when {last} >= {first} or {first} is null then {last} end"
    layers.typed["happened_basis"] = (
        f"case when coalesce({first}, {last}) is null then 'not_known' else {quoted(happened.basis)} end"
    )


def _date_of(layers: Layers, name: str, formula: Formula) -> str:
    text = identifier(layers.text(f"text {name}", formula))
    return _date(layers, text, name, text)


def add_known(layers: Layers, extract_sql: str) -> None:
    """Add when it could first have been known, and on what basis."""
    days, bases, rules = [], [], []
    for number, way in enumerate(layers.mapping.known):
        day = _date_of(layers, f"known {number}", way.day) if way.day is not None else extract_sql
        days.append(day)
        bases.append(f"when {day} is not null then {quoted(way.basis)}")
        rules.append(f"when {day} is not null then {quoted(way.rule) if way.rule else 'null'}")
    known_on = f"coalesce({', '.join(days)})"
    layers.typed["known_on"] = known_on
    layers.typed["known_basis"] = f"case {' '.join(bases)} end"
    layers.typed["known_rule"] = f"cast(case {' '.join(rules)} end as varchar)"
    layers.mark(
        f"{known_on} is null",
        "known",
        "null",
        "There is no date on which this could first have been known; give one, or add extract to `known`.",
    )
    layers.mark(
        f"{known_on} > {extract_sql}", "known", f"cast({known_on} as varchar)",
        "It was known only after the extract date; one of the two is wrong.",
    )  # fmt: skip
