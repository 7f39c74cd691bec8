"""Compile one fact mapping to the SQL that makes candidate facts of a table's rows.

The SQL has two layers: `texts`, in which every formula is text, and the typed
values over it, with *marks*: what is wrong with a row, by column, and whether
that rejects the row or is only noted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.core.kernel.kinds import KINDS, Column, ColumnType, Kind, Use
from onrecord.core.sources.canonical_sql import SQL_TYPES, fields_sql
from onrecord.core.sources.describing import (
    ColumnValue,
    Dates,
    Description,
    FactMapping,
    Person,
    Reference,
)
from onrecord.core.sources.formula_sql import Resolve, condition_sql, identifier, quoted, value_sql
from onrecord.core.sources.formulas import Formula, Text
from onrecord.core.sources.joining import resolver
from onrecord.core.sources.mapping import JUDGEMENTS

PROTECTED = "(protected)"
"""Stands in the rejects file for a value of a compartment."""

_HEADER = (
    "lineage", "holder", "source_ref", "happened_from", "happened_to", "happened_basis",
    "known_on", "known_basis", "known_rule", "case_lineage", "record_lineage",
)  # fmt: skip


@dataclass(slots=True)
class Layers:
    """The SQL of one mapping while it is put together."""

    description: Description
    mapping: FactMapping
    resolve: Resolve
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def text(self, name: str, formula: Formula) -> str:
        """Add a text and return its name."""
        self.texts[name] = value_sql(formula, self.resolve)
        return name

    def mark(
        self, when: str, column: str, value: str, sentence: str, *, rejects: bool = True
    ) -> None:
        """Add something to say of rows where `when` is true."""
        self.faults.append(f"({when})")
        self.marks.append(
            f"case when {when} then {{'rejects': {str(rejects).lower()}, 'column': {quoted(column)},"
            f" 'value': {value}, 'sentence': {quoted(sentence)}}} end"
        )


def candidate_sql(
    description: Description, mapping: FactMapping, *, pepper: str, extract_sql: str
) -> str:
    """Return the SQL of the candidate facts of one mapping, one row each, with their marks."""
    layers = Layers(description, mapping, resolver(description, mapping.source))
    kind = KINDS[mapping.kind]
    _holder(layers)
    _columns(layers, kind, mapping.columns, "")
    _happened(layers)
    _known(layers, extract_sql)
    _references(layers, kind)
    if mapping.role is not None:
        _party(layers, pepper)
    else:
        _lineage(layers, kind)
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


def _holder(layers: Layers) -> None:
    layers.text("holder", layers.mapping.holder)
    if not isinstance(layers.mapping.holder, Text):
        good = "regexp_matches(coalesce(holder, ''), '^[A-Z0-9][A-Z0-9_.-]*:[A-Z0-9][A-Z0-9_.-]*$')"
        layers.mark(
            f"not {good}",
            "holder",
            "holder",
            "It does not say who holds it as ORGANISATION:SYSTEM.",
        )


def _columns(layers: Layers, kind: Kind, values: Mapping[str, ColumnValue], prefix: str) -> None:
    for name, value in values.items():
        column = kind.column(name)
        if isinstance(value, Reference):
            layers.typed[prefix + name] = _reference_sql(layers, f"link {prefix}{name}", value)
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


PROTECTED_SQL = quoted(PROTECTED)


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
        "The date cannot be true; it was left empty." if not rules.rejects_out_of_bounds else "The date cannot be true; correct it.",
        rejects=rules.rejects_out_of_bounds,
    )  # fmt: skip
    return f"case when possible({day}) then {day} end"


def _happened(layers: Layers) -> None:
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


def _known(layers: Layers, extract_sql: str) -> None:
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


def _references(layers: Layers, kind: Kind) -> None:
    case, record = layers.mapping.case, layers.mapping.record
    if case is None and kind.name == "case_finalised":
        case = Reference("case_reported", layers.mapping.key)
    layers.typed["case_lineage"] = "null::uuid"
    if case is not None and kind.name != "case_reported":
        layers.typed["case_lineage"] = _reference_sql(layers, "case", case)
        empty = _all_empty([f"case key {at}" for at in range(len(case.key))])
        layers.mark(empty, "case", "null", "It does not say which case it belongs to.")
    layers.typed["record_lineage"] = "null::uuid"
    if record is not None:
        layers.typed["record_lineage"] = _reference_sql(layers, "record", record)
    if kind.name == "allegation" and "subject_note" not in layers.typed:
        layers.typed["subject_note"] = (
            identifier("record note") if record is not None else "null::varchar"
        )


def _reference_sql(layers: Layers, name: str, reference: Reference) -> str:
    """Add what `reference` needs and return the SQL of the lineage it points at, or NULL."""
    keys = [layers.text(f"{name} key {at}", formula) for at, formula in enumerate(reference.key)]
    holder = "holder"
    if reference.holder is not None:
        holder = layers.text(f"{name} holder", reference.holder)
    nothing = _all_empty(keys)
    if reference.person is not None:
        person = layers.description.people[reference.person]
        layers.texts[f"{name} note"] = _note_sql(
            layers, person, [layers.texts[key] for key in keys]
        )
        nothing = f"{identifier(f'{name} note')} is not null"
    return f"case when {nothing} then null else {lineage_sql(identifier(holder), reference.kind, keys)} end"


def _note_sql(layers: Layers, person: Person, keys: list[str]) -> str:
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


def _all_empty(keys: list[str]) -> str:
    return f"coalesce({', '.join(map(identifier, keys))}) is null"


def lineage_sql(holder: str, kind: str, keys: list[str]) -> str:
    """Return SQL equal to `core.kernel.ids.lineage_of` over columns named by `keys`."""
    parts = [holder, quoted(kind), *(f"coalesce({identifier(key)}, '')" for key in keys)]
    return f"lineage_of({' || chr(31) || '.join(parts)})"


def _lineage(layers: Layers, kind: Kind) -> None:
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
        layers.typed["lineage"] = _keyless_lineage(
            layers, keys, f"holder || chr(31) || {quoted(kind.name)}", list(mapping.columns)
        )
    else:
        layers.typed["lineage"] = lineage_sql("holder", kind.name, keys)
        if not mapping.person:  # an empty identifier is a placeholder, and makes no person
            layers.mark(
                _all_empty(keys), "key", "null", "It has no key: nothing tells it from another."
            )
    if kind.name == "person_record" and mapping.person:
        person = layers.description.people[mapping.person]
        layers.texts["record note"] = _note_sql(layers, person, [layers.texts[key] for key in keys])
        if person.holder is not None:
            layers.texts["holder"] = value_sql(person.holder, layers.resolve)
    _source_ref(layers, keys)


def _keyless_lineage(layers: Layers, keys: list[str], start: str, columns: list[str]) -> str:
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


def _party(layers: Layers, pepper: str) -> None:
    """Add the protected party: a lineage that cannot be guessed, a pseudonym for one case."""
    mapping, kind = layers.mapping, KINDS["party_identity"]
    _columns(layers, kind, mapping.identity, "identity.")
    role = mapping.role
    assert role is not None and not isinstance(role, Reference)  # noqa: S101, PT018 - checked when read
    layers.typed["role"] = identifier(layers.text("text role", role))
    layers.mark('"text role" is null', "role", "null", "It does not say in what role.")
    person = "null::uuid"
    if mapping.person:
        known = layers.description.people[mapping.person]
        person = _reference_sql(
            layers, "record", Reference("person_record", known.key, known.holder, known.name)
        )
    layers.typed["record_lineage"] = f"case when \"text role\" = 'subject' then {person} end"
    layers.typed["identity.workforce_record"] = (
        f"case when \"text role\" <> 'subject' then {person} end"
    )
    keys = [layers.text(f"key {at}", formula) for at, formula in enumerate(mapping.key)]
    start = f"{quoted(pepper)} || chr(31) || holder || chr(31) || 'party' || chr(31) || cast({layers.typed['case_lineage']} as varchar)"
    if mapping.is_keyless:
        start += f' || chr(31) || {quoted(mapping.source)} || chr(31) || "text role"'
        columns = [f"identity.{name}" for name in (*mapping.identity, "workforce_record")]
        layers.typed["party id"] = _keyless_lineage(layers, keys, start, columns)
    else:
        layers.typed["party id"] = (
            f"lineage_of({' || chr(31) || '.join([start, *(f'coalesce({identifier(key)}, {quoted("")})' for key in keys)])})"
        )
    layers.typed["source_ref"] = "null::varchar"


def _assembled(layers: Layers) -> str:
    source = layers.mapping.source
    is_join = source in layers.description.joins
    where = (
        condition_sql(layers.mapping.when, layers.resolve)
        if layers.mapping.when is not None
        else "true"
    )
    texts = ", ".join(f"{sql} as {identifier(name)}" for name, sql in layers.texts.items())
    inner = f"select row_no, {texts} from {'joined' if is_join else 'staged'}_{source} where {where}{' and problem is null' if is_join else ''}"
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
        sql = _as_party_role(sql)
    return sql


def _as_party_role(sql: str) -> str:
    pseudonym = "upper(left(role, 1)) || '-' || upper(substr(replace(cast(\"party id\" as varchar), '-', ''), 1, 6))"
    lineage = "lineage_of(holder || chr(31) || 'party_role' || chr(31) || cast(\"party id\" as varchar) || chr(31) || coalesce(role, ''))"
    return (
        f'select * exclude ("party id"), case when role <> \'subject\' then "party id" end as party,'
        f" {pseudonym} as pseudonym, {lineage} as lineage from ({sql})"
    )
