"""Read the `facts` of a description: what each row of a table or join says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.kinds import KINDS, Column, ColumnType, Kind
from onrecord.core.sources.checking import Path, wrong
from onrecord.core.sources.describing import (
    ColumnValue,
    Crosswalk,
    FactMapping,
    Happened,
    Join,
    Known,
    Person,
    Reference,
    Table,
)
from onrecord.core.sources.formula_sql import value_sql
from onrecord.core.sources.formulas import Formula, Text, lookups_in, parse

PARTY = "party"
"""Not a kind of fact but two: a protected identity and a role in a case."""

JUDGEMENTS = {
    "identity_judgement": ("record_a", "record_b"),
    "incident_judgement": ("case_a", "case_b"),
}
"""Kinds about a pair, whose order means nothing."""

_KEYED_BY_CASE = {"case_reported", "case_finalised"}
_KEYED_BY_LINK = {"spell_end": "spell", "disposition": "allegation"}


@dataclass(slots=True)
class Reader:
    """Turns what was typed into values, and remembers where it stood."""

    place: str
    lines: dict[Path, int]
    said: Mapping[str, Any]
    sources: Mapping[str, Table | Join] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    crosswalks: Mapping[str, Crosswalk] = field(default_factory=dict)

    def wrong(self, path: Path, sentence: str) -> DataRejectedError:
        """Return the error that says what is wrong at `path`."""
        return wrong(self.place, self.lines, path, sentence)

    def formula(self, text: Any, path: Path) -> Formula:
        """Return the formula typed at `path`, checked as far as it can be without data."""
        try:
            formula = parse(text)
            value_sql(formula, lambda _: "x")
        except DataRejectedError as problem:
            raise wrong(self.place, self.lines, path, problem.message, problem.next_step) from None
        declared = self.said.get("crosswalks", {})
        for name, _ in lookups_in(formula):
            if name not in declared:
                raise self.wrong(path, f"there is no crosswalk '{name}'.")
        return formula

    def formulas(self, texts: list[Any], path: Path) -> tuple[Formula, ...]:
        """Return several formulas."""
        return tuple(self.formula(text, (*path, at)) for at, text in enumerate(texts))

    def holder(self, text: str, path: Path) -> Formula:
        """Return a holder: the constant ORGANISATION:SYSTEM, or a formula that gives it."""
        organisation, colon, system = text.partition(":")
        if colon and "(" not in text and "'" not in text:
            if not organisation or not system or not text.isprintable() or " " in text:
                raise self.wrong(path, f"'{text}' is not of the form ORGANISATION:SYSTEM.")
            return Text(text)
        return self.formula(text, path)


def fact_mapping(
    reader: Reader, number: int, one: Mapping[str, Any], holder: Formula
) -> Iterator[FactMapping]:
    """Yield the mapping written as the `number`th of `facts`."""
    path: Path = ("facts", number)
    kind = _kind(reader, path, one["kind"])
    source = one["from"]
    if source not in reader.sources:
        near = get_close_matches(source, reader.sources, n=1)
        raise reader.wrong(
            (*path, "from"),
            f"there is no table or join '{source}'"
            + (f"; did you mean '{near[0]}'?" if near else "."),
        )
    usual = dict(reader.said.get("defaults", {}).get(source, {}))
    if (
        kind.name == "person_record"
    ):  # rows about what somebody did do not say when somebody happened
        usual.pop("happened", None)
    said = {**usual, **one}
    is_party = one["kind"] == PARTY
    columns = _columns(reader, (*path, "columns"), kind, said.get("columns", {}))
    case = (
        _reference(reader, (*path, "case"), said["case"], "case_reported")
        if "case" in said and kind.name != "person_record"
        else None
    )
    record = (
        _person_reference(reader, (*path, "record"), said["record"])
        if said.get("record")
        and kind.name not in {"person_record", "case_reported", "case_finalised", "incident"}
        else None
    )
    _check_words(reader, path, one, is_party=is_party, kind=kind)
    yield FactMapping(
        number=number, kind=kind.name, source=source,
        when=reader.formula(said["when"], (*path, "when")) if "when" in said else None,
        is_main=said.get("main", False),
        holder=reader.holder(said["holder"], (*path, "holder")) if "holder" in said else holder,
        key=_key(reader, path, said, kind, case, columns),
        is_keyless=said.get("keyless", is_party and "key" not in said),
        case=case, record=record, person=_person_name(reader, path, said.get("person")),
        source_ref=reader.formula(said["source_ref"], (*path, "source_ref")) if "source_ref" in said else None,
        happened=_happened(reader, (*path, "happened"), said.get("happened")),
        known=_known(reader, path, said.get("known")),
        columns=columns, on_conflict=said.get("on_conflict", "reject"), changes_are=said.get("changes_are", "later"),
        role=_role(reader, path, said) if is_party else None,
        identity=_columns(reader, (*path, "identity"), KINDS["party_identity"], said.get("identity", {})),
    )  # fmt: skip


def _kind(reader: Reader, path: Path, name: str) -> Kind:
    if name == PARTY:
        return KINDS["party_role"]
    if name in {"party_role", "party_identity"}:
        raise reader.wrong(
            (*path, "kind"), "say 'party': the identity and the role are made together."
        )
    if name not in KINDS:
        near = get_close_matches(name, [*KINDS, PARTY], n=1)
        raise reader.wrong(
            (*path, "kind"),
            f"there is no kind of fact '{name}'"
            + (f"; did you mean '{near[0]}'?" if near else "."),
        )
    return KINDS[name]


def _check_words(
    reader: Reader, path: Path, one: Mapping[str, Any], *, is_party: bool, kind: Kind
) -> None:
    if is_party and "role" not in one:
        raise reader.wrong(path, "a party needs a role; add for example role: {value: victim}.")
    if (
        is_party
        and "case" not in one
        and "case" not in reader.said.get("defaults", {}).get(one["from"], {})
    ):
        raise reader.wrong(path, "a party needs a case; add case: [the case's key].")
    if not is_party and ("role" in one or "identity" in one):
        raise reader.wrong(path, "role and identity belong to a party only.")
    if kind.name == "person_record" and "person" not in one:
        raise reader.wrong(path, "say which of `people` it is: person: officer.")


def _columns(
    reader: Reader, path: Path, kind: Kind, said: Mapping[str, Any]
) -> dict[str, ColumnValue]:
    known = {column.name: column for column in kind.columns}
    found: dict[str, ColumnValue] = {}
    for name, typed in said.items():
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise reader.wrong(
                (*path, name),
                f"{kind.name} has no column '{name}'; "
                + (f"did you mean '{near[0]}'?" if near else f"it has {', '.join(known)}."),
            )
        found[name] = _value(reader, (*path, name), typed, known[name])
    return found


def _value(reader: Reader, path: Path, typed: Any, column: Column) -> ColumnValue:
    if column.type is ColumnType.LINEAGE:
        return _link(reader, path, typed, column)
    if isinstance(typed, dict) and "value" not in typed:
        raise reader.wrong(
            path, f"{column.name} is not a link; give a column, a formula or {{value: …}}."
        )
    formula = _constant(typed["value"]) if isinstance(typed, dict) else reader.formula(typed, path)
    if column.choices and isinstance(formula, Text) and formula.value not in column.choices:
        raise reader.wrong(
            path, f"'{formula.value}' is not one of {', '.join(sorted(column.choices))}."
        )
    return formula


def _constant(value: object) -> Text:
    return Text(str(value).lower() if isinstance(value, bool) else str(value))


def _link(reader: Reader, path: Path, typed: Any, column: Column) -> Reference:
    if isinstance(typed, dict) and "person" in typed:
        return _person_reference(reader, path, typed)
    if isinstance(typed, str) and typed in reader.people and column.links_to == "person_record":
        return _person_reference(reader, path, typed)
    kind = column.links_to or (typed.get("kind") if isinstance(typed, dict) else None)
    if kind not in KINDS or not isinstance(typed, dict) or "key" not in typed:
        raise reader.wrong(
            path,
            f"{column.name} is a link; write {{key: [the other fact's key]}}"
            + ("." if column.links_to else ", with its kind: {kind: allegation, key: […]}."),
        )
    return _reference(reader, path, typed, kind)


def _reference(reader: Reader, path: Path, typed: Any, kind: str) -> Reference:
    said = typed if isinstance(typed, dict) else {"key": typed}
    return Reference(
        kind=said.get("kind", kind),
        key=reader.formulas(said["key"], (*path, "key")),
        holder=reader.holder(said["holder"], (*path, "holder")) if "holder" in said else None,
    )


def _person_reference(reader: Reader, path: Path, typed: Any) -> Reference:
    said = typed if isinstance(typed, dict) else {"person": typed}
    person = reader.people[_person_name(reader, path, said["person"]) or ""]
    return Reference(
        kind="person_record",
        key=reader.formulas(said["key"], (*path, "key")) if "key" in said else person.key,
        holder=reader.holder(said["holder"], (*path, "holder"))
        if "holder" in said
        else person.holder,
        person=person.name,
    )


def _person_name(reader: Reader, path: Path, name: str | None) -> str | None:
    if name is not None and name not in reader.people:
        raise reader.wrong(path, f"'{name}' is not one of `people`.")
    return name


def _key(  # noqa: PLR0917 - everything that may say the key
    reader: Reader,
    path: Path,
    said: Mapping[str, Any],
    kind: Kind,
    case: Reference | None,
    columns: Mapping[str, ColumnValue],
) -> tuple[Formula, ...]:
    if "key" in said:
        return reader.formulas(said["key"], (*path, "key"))
    if kind.name == "person_record":
        return (
            reader.people[_person_name(reader, path, said.get("person")) or ""].key
            if said.get("person")
            else ()
        )
    if kind.name in _KEYED_BY_CASE and case is not None:
        return case.key
    link = columns.get(_KEYED_BY_LINK.get(kind.name, ""))
    if isinstance(link, Reference):
        return link.key
    if kind.name in JUDGEMENTS or kind.name == "party_role" or said.get("keyless"):
        return ()
    raise reader.wrong(
        path, f"a {kind.name} needs a key: what tells one from another in the source."
    )


def _happened(reader: Reader, path: Path, typed: Any) -> Happened | None:
    if typed is None:
        return None
    said = typed if isinstance(typed, dict) else {"from": typed}
    last = reader.formula(said["to"], (*path, "to")) if "to" in said else None
    return Happened(
        reader.formula(said["from"], (*path, "from")), last, said.get("basis", "stated")
    )


def _known(reader: Reader, path: Path, typed: Any) -> tuple[Known, ...]:
    if typed is None:
        raise reader.wrong(
            path, "say when it could first have been known: a column, {derived, rule}, or extract."
        )
    ways = typed if isinstance(typed, list) else [typed]
    return tuple(_known_one(reader, (*path, "known"), way) for way in ways)


def _known_one(reader: Reader, path: Path, way: Any) -> Known:
    if way == "extract":
        return Known("extract")
    if isinstance(way, dict) and "derived" in way:
        return Known("derived", reader.formula(way["derived"], path), way["rule"])
    return Known("stated", reader.formula(way["stated"] if isinstance(way, dict) else way, path))


def _role(reader: Reader, path: Path, said: Mapping[str, Any]) -> ColumnValue:
    return _value(reader, (*path, "role"), said["role"], KINDS["party_role"].column("role"))
