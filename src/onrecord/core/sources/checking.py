"""Check a description against its published schema, and say where it is wrong.

A person who wrote the file must be able to put it right from the message alone:
line, place, what is wrong, what to do.
"""

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from onrecord.core.kernel.errors import DataRejectedError

type Path = tuple[str | int, ...]
HOW_TO = "See docs/how-to/describe-a-source.md."
_SHOWN = 8


@cache
def schema() -> dict[str, Any]:
    """Return the published JSON Schema of descriptions."""
    text = files("onrecord.core.sources").joinpath("description.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


_FASTEST: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TextLoader(_FASTEST):  # type: ignore[misc]
    """YAML in which a date, `NO`, `08` or `1_000` stays the text that was written."""


_TextLoader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"]
)
_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]*)$"), list("0123456789")
)


def load_checked(text: str, *, place: str) -> tuple[dict[str, Any], dict[Path, int]]:
    """Return what the description says, and the line of each part of it.

    Raises:
        DataRejectedError: it is not YAML, or not as the schema wants it.
    """
    try:
        loader = _TextLoader(text)
        node = loader.get_single_node()
        loaded = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as problem:
        raise _not_yaml(problem, place) from None
    lines = dict(_lines(node))
    if not isinstance(loaded, dict):
        raise DataRejectedError(f"{place} is not a source description.", next_step=HOW_TO)
    mistakes = sorted(_mistakes(loaded, lines))
    if mistakes:
        shown = "\n".join(f"  line {line}: {sentence}" for line, sentence in mistakes[:_SHOWN])
        raise DataRejectedError(
            f"{place} is not a right source description:\n{shown}\n", next_step=HOW_TO
        )
    return loaded, lines


def wrong(
    place: str, lines: dict[Path, int], path: Path, sentence: str, next_step: str = HOW_TO
) -> DataRejectedError:
    """Return the error for something the schema cannot see, with its line."""
    at = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)
    return DataRejectedError(
        f"{place}, line {at} ({_dotted(path)}): {sentence}", next_step=next_step
    )


def _not_yaml(problem: yaml.YAMLError, place: str) -> DataRejectedError:
    mark = getattr(problem, "problem_mark", None)
    where = f", line {mark.line + 1}" if mark else ""
    reason = getattr(problem, "problem", None) or "it cannot be read"
    return DataRejectedError(
        f"{place}{where}: this is not YAML ({reason}).",
        next_step="Check the indentation, and put texts with : or # or a leading quotation mark in quotes.",
    )


def _lines(node: yaml.Node | None, path: Path = ()) -> Iterable[tuple[Path, int]]:
    if node is None:
        return
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, str(key.value)), key.start_mark.line + 1
            for found in _lines(value, (*path, str(key.value))):
                if found[0] != (*path, str(key.value)):
                    yield found
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*path, number))


def _mistakes(loaded: dict[str, Any], lines: dict[Path, int]) -> Iterable[tuple[int, str]]:
    for found in Draft202012Validator(schema()).iter_errors(loaded):
        path: Path = tuple(found.absolute_path)
        at = lines.get(path, 1)
        yield at, f"{_dotted(path)}: {_unquoted_heading(found.instance) or _sentence(found)}"


def _sentence(found: Any) -> str:  # noqa: PLR0911 - one for each word of JSON Schema
    match found.validator:
        case "additionalProperties":
            return _unknown_words(found)
        case "required":
            missing = [name for name in found.validator_value if name not in found.instance]
            return f"'{missing[0]}' is missing; add it"
        case "enum":
            return f"'{found.instance}' is not one of {', '.join(map(str, found.validator_value))}"
        case "const":
            return f"must be {found.validator_value}"
        case "oneOf" | "anyOf":
            return f"'{_short(found.instance)}' is in none of the forms allowed here"
        case "pattern":
            return (
                f"'{_short(found.instance)}' is not of the right form"
                f" ({found.schema.get('description') or found.validator_value})"
            )
        case "type":
            return f"'{_short(found.instance)}' should be a {found.validator_value}"
        case _:
            return str(found.message)


def _unquoted_heading(written: object) -> str:
    """Say that YAML took a heading for a list: `[Complaint Id]`, or `[[Complaint Id]]` in a list."""
    inner = written[0] if isinstance(written, list) and len(written) == 1 else None
    if isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    if not isinstance(inner, str) or " " not in inner.strip():
        return ""
    return (
        f"a heading in square brackets needs quotation marks round it, or it is a list: '[{inner}]'"
    )


def _unknown_words(found: Any) -> str:
    allowed = list(found.schema.get("properties", {}))
    unknown = next((name for name in found.instance if name not in allowed), "?")
    near = get_close_matches(str(unknown), allowed, n=1)
    return f"there is no word '{unknown}' here; " + (
        f"did you mean '{near[0]}'?" if near else f"there are {', '.join(allowed)}"
    )


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else f"{text[:37]}…"  # noqa: PLR2004


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path) or "the file"
