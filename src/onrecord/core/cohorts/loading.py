"""Read a cohort definition from YAML, and say in plain words what is wrong with one."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from onrecord.core.cohorts.definition import (
    Alleged,
    DateBasis,
    Definition,
    Endings,
    NotDismissed,
    Period,
    ServingOn,
    WithoutAllegation,
)
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError

_HERE = files("onrecord.core.cohorts")
_SHIPPED = _HERE / "definitions"
_GUIDE = "docs/how-to/define-a-cohort.md shows a definition line by line."


def definition_schema() -> dict[str, Any]:
    """Return the JSON Schema of a definition, for editors and for documents."""
    schema: dict[str, Any] = json.loads(
        (_HERE / "definition.schema.json").read_text(encoding="utf-8")
    )
    return schema


def shipped_definitions() -> tuple[str, ...]:
    """Return the names of the definitions that come with the program."""
    names = (entry.name for entry in _SHIPPED.iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


def shipped_text(name: str) -> str:
    """Return the YAML of one shipped definition.

    Raises:
        NotFoundError: none is shipped by that name.
    """
    if name not in shipped_definitions():
        raise NotFoundError(
            f"There is no cohort definition called '{name}'.",
            next_step=f"Shipped: {', '.join(shipped_definitions())}. Or give the path of a file.",
        )
    return (_SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")


def read_text(path: Path) -> str:
    """Return the text of a definition's file.

    Raises:
        DataRejectedError: it is missing or is no text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as fault:
        raise DataRejectedError(
            f"There is no file {path}.",
            next_step="Give the path of a YAML file, or the name of a definition.",
        ) from fault
    except (OSError, UnicodeDecodeError) as fault:
        raise DataRejectedError(
            f"{path.name} cannot be read as text.", next_step="Give the path of a YAML file."
        ) from fault


def parse_definition(text: str) -> Definition:
    """Return the definition that this YAML says.

    Raises:
        DataRejectedError: it is not a definition; every fault is named.
    """
    try:
        raw = yaml.load(text, Loader=_PlainDates)  # noqa: S506 - a SafeLoader that leaves dates be
    except yaml.YAMLError as fault:
        where = getattr(fault, "problem_mark", None)
        line = f" near line {where.line + 1}" if where else ""
        raise DataRejectedError(f"This is not YAML{line}.", next_step=_GUIDE) from fault
    faults = list(_faults(raw))
    if faults:
        raise DataRejectedError("The cohort definition says: " + " ".join(faults), next_step=_GUIDE)
    return _definition(raw)


class _PlainDates(yaml.SafeLoader):
    """YAML without its own idea of dates, so that the schema sees what was written."""


_PlainDates.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _faults(raw: object) -> Iterator[str]:
    validator = Draft202012Validator(definition_schema())
    for fault in sorted(validator.iter_errors(raw), key=lambda f: list(map(str, f.absolute_path))):
        yield _sentence(fault)
    if isinstance(raw, dict):
        yield from _date_faults(raw)


def _sentence(fault: ValidationError) -> str:
    place = ".".join(map(str, fault.absolute_path)) or "the file"
    asked: Any = fault.validator_value
    match fault.validator:
        case "additionalProperties":
            known: Any = fault.schema
            return f"{place}: {fault.message} Known here: {', '.join(sorted(known['properties']))}."
        case "enum":
            return f"{place}: '{fault.instance}' is not one of {', '.join(asked)}."
        case "minItems" | "minProperties":
            return f"{place}: is empty; leave it out or say something."
        case _:
            return f"{place}: {fault.message}."


def _date_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    dates, serving = raw.get("dates"), raw.get("serving_on")
    named = {
        "dates.from": dates.get("from") if isinstance(dates, dict) else None,
        "dates.to": dates.get("to") if isinstance(dates, dict) else None,
        "serving_on.date": serving.get("date") if isinstance(serving, dict) else None,
    }
    bad = {place for place, text in named.items() if isinstance(text, str) and _day(text) is None}
    yield from (f"{place}: '{named[place]}' is no day of the calendar." for place in sorted(bad))
    start, end = named["dates.from"], named["dates.to"]
    if isinstance(start, str) and isinstance(end, str) and not bad and start > end:
        yield "dates: 'from' is after 'to', so nothing can be in scope."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _definition(raw: Mapping[str, Any]) -> Definition:
    select, dates = raw["select"], raw["dates"]
    return Definition(
        name=raw["name"],
        version=raw["version"],
        title=raw["title"],
        description=" ".join(raw.get("description", "").split()),
        allegations=tuple(Alleged(**_tuples(g)) for g in select.get("allegations", ())),
        without_allegation=tuple(
            WithoutAllegation(**_tuples(g)) for g in select.get("cases_without_allegation", ())
        ),
        period=Period(
            DateBasis(dates["date_basis"]),
            _day(dates["from"]) if "from" in dates else None,
            _day(dates["to"]) if "to" in dates else None,
        ),
        completed_only=raw.get("completed_only", False),
        held_by=tuple(raw.get("held_by", ())),
        case_types=tuple(raw.get("case_types", ())),
        dispositions=Endings(**_tuples(raw["dispositions"])) if "dispositions" in raw else None,
        person_types=tuple(raw.get("person_types", ())),
        serving_on=_serving(raw["serving_on"]) if "serving_on" in raw else None,
        not_dismissed=(
            NotDismissed(**_tuples(raw["not_dismissed"] or {})) if "not_dismissed" in raw else None
        ),
    )


def _serving(raw: Mapping[str, Any]) -> ServingOn:
    return ServingOn(date.fromisoformat(raw["date"]), tuple(raw.get("organisations", ())))


def _tuples(raw: Mapping[str, list[str]]) -> dict[str, Any]:
    return {name: tuple(values) for name, values in raw.items()}
