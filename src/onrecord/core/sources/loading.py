"""Load a description: YAML to checked values, every mistake with its line."""

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path, PurePath
from typing import Any

from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.fact_columns import DISPOSITION_CLASSES
from onrecord.core.sources.checking import load_checked, wrong
from onrecord.core.sources.describing import (
    EARLIEST,
    Crosswalk,
    Dates,
    Description,
    Join,
    JoinWith,
    Person,
    Query,
    Table,
    Unnamed,
    digest_of,
    share_of,
)
from onrecord.core.sources.mapping import Reader, fact_mapping

_FORMATS = {
    ".csv": "csv",
    ".csv.gz": "csv.gz",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".txt": "csv",
    ".tsv": "csv",
}


def shipped() -> dict[str, Path]:
    """Return the descriptions that come with the program, by name."""
    folder = Path(str(files("onrecord.core.sources").joinpath("descriptions")))
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def find(name_or_path: str) -> Path:
    """Return the file of a description: a path, or the name of a shipped one.

    Raises:
        NotFoundError: there is neither.
    """
    path = Path(name_or_path).expanduser()
    if path.is_file():
        return path
    known = shipped()
    if name_or_path in known:
        return known[name_or_path]
    near = get_close_matches(name_or_path, known, n=1)
    raise NotFoundError(
        f"There is no description '{name_or_path}'.",
        next_step=f"Did you mean '{near[0]}'?"
        if near
        else f"Give a file, or one of: {', '.join(known)}.",
    )


def load_file(path: Path) -> Description:
    """Return the description in the file at `path`."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise DataRejectedError(
            f"{path.name} is not a text in UTF-8.", next_step="Save the description as UTF-8."
        ) from None
    return load(text, place=path.name)


def load(text: str, *, place: str = "the description") -> Description:
    """Return the description written as `text`.

    Raises:
        DataRejectedError: it cannot work; the message says where and what to do.
    """
    said, lines = load_checked(text, place=place)
    reader = Reader(place=place, lines=lines, said=said)
    holder = reader.holder(said["holder"], ("holder",))
    tables = {name: _table(reader, name, one, said) for name, one in said["tables"].items()}
    joins = {name: _join(reader, name, one, tables) for name, one in said.get("joins", {}).items()}
    twice = set(tables) & set(joins)
    if twice:
        raise wrong(
            place,
            lines,
            ("joins", min(twice)),
            "a join has the name of a table; call it something else.",
        )
    people = {name: _person(reader, name, one) for name, one in said.get("people", {}).items()}
    crosswalks = {
        name: _crosswalk(reader, name, one) for name, one in said.get("crosswalks", {}).items()
    }
    reader.sources, reader.people, reader.crosswalks = {**tables, **joins}, people, crosswalks
    facts = tuple(
        mapping
        for number, one in enumerate(said["facts"])
        for mapping in fact_mapping(reader, number, one, holder)
    )
    return Description(
        name=said["name"], title=said["title"], holder=holder,
        organisations={
            code: (one["name"], one.get("kind", "force")) for code, one in said.get("organisations", {}).items()
        },
        systems=dict(said.get("systems", {})),
        extract_date=_day(reader, said, "extract_date"),
        is_full=said.get("coverage", "full") == "full", is_live=said.get("live", False),
        reject_limit=share_of(said.get("reject_limit", "1%")),
        dates=_dates(reader, said.get("dates", {})),
        tables=tables, joins=joins, people=people, crosswalks=crosswalks, facts=facts,
        sha256=digest_of(text), notes=said.get("notes", ""),
    )  # fmt: skip


def _table(reader: Reader, name: str, one: Mapping[str, Any], said: Mapping[str, Any]) -> Table:
    query = Query(**one["query"]) if "query" in one else None
    file = one.get("file")
    if file and (PurePath(file).is_absolute() or ".." in PurePath(file).parts):
        raise reader.wrong(
            ("tables", name, "file"), "a file lies in the data folder; give its name there."
        )
    quote = one.get("quote", '"')
    misread = one.get("misread")
    nulls = {
        str(value).strip() for value in (*said.get("null_values", ()), *one.get("null_values", ()))
    }
    return Table(
        name=name, file=file, query=query,
        format="query" if query else one.get("format") or _format_of(str(file)),
        encoding=one.get("encoding", "utf-8"),
        delimiter=one.get("delimiter", "\t" if str(file).endswith(".tsv") else ","),
        quote=None if quote in {"none", ""} else quote, skip_lines=one.get("skip_lines", 0),
        headings=tuple(one.get("headings", ())), sheet=one.get("sheet"),
        misread=(misread["as"], misread["really"]) if misread else None,
        null_values=frozenset(nulls - {""}),
    )  # fmt: skip


def _format_of(file: str) -> str:
    found = [form for ending, form in _FORMATS.items() if file.lower().endswith(ending)]
    if not found:
        raise DataRejectedError(
            f"The format of '{file}' cannot be told from its name.",
            next_step="Add format: csv, csv.gz, xlsx or parquet to the table.",
        )
    return found[-1] if file.lower().endswith(".gz") else found[0]


def _join(reader: Reader, name: str, one: Mapping[str, Any], tables: Mapping[str, Table]) -> Join:
    path = ("joins", name)
    for used in (one["from"], *(other["table"] for other in one.get("with", ()))):
        if used not in tables:
            raise reader.wrong(path, f"there is no table '{used}'.")
    split, unpivot, number = one.get("split"), one.get("unpivot"), one.get("number")
    return Join(
        name=name, base=one["from"],
        split=(split["column"], split["on"], split["into"]) if split else None,
        unpivot=(tuple(unpivot["columns"]), unpivot["into"]) if unpivot else None,
        number=(tuple(number["by"]), number["into"]) if number else None,
        joined=tuple(_join_with(reader, (*path, "with", at), other) for at, other in enumerate(one.get("with", ()))),
    )  # fmt: skip


def _join_with(reader: Reader, path: tuple[str | int, ...], one: Mapping[str, Any]) -> JoinWith:
    on = one["on"]
    pairs = on.items() if isinstance(on, dict) else [(both, both) for both in on]
    return JoinWith(
        table=one["table"],
        on=tuple(
            (reader.formula(left, (*path, "on")), reader.formula(right, (*path, "on")))
            for left, right in pairs
        ),
        is_required=one.get("required", False),
        makes_many=one.get("many", "reject") == "all",
    )


def _person(reader: Reader, name: str, one: Mapping[str, Any]) -> Person:
    path = ("people", name)
    return Person(
        name=name,
        key=reader.formulas(one["key"], (*path, "key")),
        holder=reader.holder(one["holder"], (*path, "holder")) if "holder" in one else None,
        unnamed=tuple(
            Unnamed(
                values=tuple(str(value) for value in given.get("values", ())),
                when=reader.formula(given["when"], (*path, "unnamed", at))
                if "when" in given
                else None,
                note=given["note"],
            )
            for at, given in enumerate(one.get("unnamed", ()))
        ),
        empty_note=one.get("empty_note", "no identifier in the source"),
    )


_IMPORTED_CLASSES = tuple(one for one in DISPOSITION_CLASSES if one != "positively_disproved")


def _crosswalk(reader: Reader, name: str, one: Mapping[str, Any]) -> Crosswalk:
    values = {
        str(key).strip().lower(): None if code is None else _code(code)
        for key, code in one.get("values", {}).items()
    }
    patterns = tuple((given["matches"], given["code"]) for given in one.get("patterns", ()))
    if "positively_disproved" in {*values.values(), *(code for _, code in patterns)}:
        raise reader.wrong(
            ("crosswalks", name),
            "'positively_disproved' is never set by an imported code: a named decision-maker says it, with evidence;"
            f" write one of {', '.join(_IMPORTED_CLASSES)}.",
        )
    return Crosswalk(
        name=name, values=values, patterns=patterns, unknown=one.get("unknown", "refuse")
    )


def _code(code: object) -> str:
    return str(code).lower() if isinstance(code, bool) else str(code)


def _dates(reader: Reader, one: Mapping[str, Any]) -> Dates:
    formats = tuple(str(form) for form in one.get("formats", ()))
    if {form[:2] for form in formats if form[:2] in {"%d", "%m"}} == {"%d", "%m"}:
        raise reader.wrong(
            ("dates", "formats"),
            "day first and month first cannot both be right: 3/4/2015 would be two dates.",
        )
    return Dates(
        formats=formats,
        earliest=_day(reader, one, "earliest") or EARLIEST,
        latest=_day(reader, one, "latest"),
        rejects_out_of_bounds=one.get("out_of_bounds", "empty") == "reject",
        empties_unreadable=one.get("unreadable", "reject") == "empty",
    )


def _day(reader: Reader, one: Mapping[str, Any], word: str) -> date | None:
    if word not in one:
        return None
    try:
        return date.fromisoformat(str(one[word]))
    except ValueError:
        raise reader.wrong((word,), f"{one[word]} is not a date there has been.") from None
