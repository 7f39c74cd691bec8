"""The canonical form of facts, in DuckDB SQL: byte for byte what `core.ledger.canonical` makes."""

from collections.abc import Mapping

from onrecord.core.kernel.kinds import ColumnType, Kind
from onrecord.core.ledger.canonical import VERSION_FIELDS
from onrecord.core.sources.formula_sql import identifier, quoted

HEADER_TYPES: Mapping[str, ColumnType] = {
    "lineage": ColumnType.LINEAGE, "happened_from": ColumnType.DATE, "happened_to": ColumnType.DATE,
    "happened_basis": ColumnType.TEXT, "holder": ColumnType.TEXT, "source_ref": ColumnType.TEXT,
    "case_lineage": ColumnType.LINEAGE, "record_lineage": ColumnType.LINEAGE,
}  # fmt: skip
"""Header columns that are content, with the holder by its code."""

SQL_TYPES: Mapping[ColumnType, str] = {
    ColumnType.TEXT: "varchar", ColumnType.CODES: "varchar", ColumnType.DATE: "date", ColumnType.BOOL: "boolean",
    ColumnType.INTEGER: "integer", ColumnType.MONEY: "decimal(14, 2)", ColumnType.LINEAGE: "uuid",
}  # fmt: skip
"""How each type of column is held in DuckDB."""


def content_types(kind: Kind) -> dict[str, ColumnType]:
    """Return every content column of `kind` with its type, the holder as its code."""
    return {**HEADER_TYPES, **{column.name: column.type for column in kind.columns}}


def content_text_sql(kind: Kind, alias: str = "") -> str:
    """Return SQL of what a fact of `kind` says, from columns (of `alias`) named as in the register."""
    prefix = f"{alias}." if alias else ""
    fields = {name: prefix + identifier(name) for name in content_types(kind)} | {
        "kind": quoted(kind.name)
    }
    return fields_sql(fields)


def version_text_sql(columns: Mapping[str, str] | None = None) -> str:
    """Return SQL of which version a fact is; `columns` renames where the values stand."""
    return fields_sql({name: (columns or {}).get(name, name) for name in VERSION_FIELDS})


def fields_sql(columns: Mapping[str, str]) -> str:
    """Return SQL of the canonical form of `columns` (name: SQL of the value)."""
    return "concat(" + ", ".join(_field(name, columns[name]) for name in sorted(columns)) + ")"


def _field(name: str, value: str) -> str:
    text = f"cast({value} as varchar)"
    return f"{quoted(name + '=')} || strlen({text}) || ':' || {text} || chr(10)"


def leaf_sql(salt: str, version_text: str, content_text: str) -> str:
    """Return SQL of a leaf in hexadecimal: SHA-256 over 0x00, salt, version and content."""
    return f"sha256('\\x00'::blob || {salt} || encode({version_text} || {content_text}))"
