"""Turn formulas into DuckDB SQL, and nothing else into it.

Every value is text until a fact's column needs another type; nothing (`NULL`)
is what the source left empty. Conditions are never NULL, so that `not` means
what a reader expects.
"""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.sources.formulas import (
    Among,
    Call,
    Compare,
    Empty,
    Formula,
    Joined,
    Name,
    Not,
    Text,
)

type Resolve = Callable[[str], str]
"""Turns a column as written into SQL; raises when there is no such column."""


def quoted(text: str) -> str:
    """Return `text` as an SQL constant."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Return `name` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def crosswalk_macro(name: str) -> str:
    """Return the name of the DuckDB macro that translates by this crosswalk."""
    return f"crosswalk_{name}"


def value_sql(formula: Formula, resolve: Resolve) -> str:
    """Return SQL whose value is the text of `formula`, or NULL."""
    match formula:
        case Name(column):
            return resolve(column)
        case Text(value):
            return quoted(value) if value else "null::varchar"
        case Call():
            return _call_sql(formula, resolve)
        case _:
            return f"case when {condition_sql(formula, resolve)} then 'true' else 'false' end"


def condition_sql(formula: Formula, resolve: Resolve) -> str:
    """Return SQL that is true or false, never NULL."""
    match formula:
        case Compare(operator, left, right):
            return _compare_sql(operator, left, right, resolve)
        case Among(value, choices):
            listed = ", ".join(value_sql(choice, resolve) for choice in choices)
            return f"coalesce({value_sql(value, resolve)} in ({listed}), false)"
        case Empty(value):
            return f"({value_sql(value, resolve)} is null)"
        case Not(condition):
            return f"(not {condition_sql(condition, resolve)})"
        case Joined(word, conditions):
            return "(" + f" {word} ".join(condition_sql(c, resolve) for c in conditions) + ")"
        case _:
            return f"coalesce(lower({value_sql(formula, resolve)}) in ('true', 'yes', 'y', '1', 't'), false)"


def _compare_sql(operator: str, left: Formula, right: Formula, resolve: Resolve) -> str:
    sides = [value_sql(left, resolve), value_sql(right, resolve)]
    if any(isinstance(side, Text) and side.is_number for side in (left, right)):
        sides = [f"try_cast({side} as double)" for side in sides]
    if operator == "!=":
        return f"({sides[0]} is distinct from {sides[1]})"
    return f"coalesce({sides[0]} {operator} {sides[1]}, false)"


def _call_sql(call: Call, resolve: Resolve) -> str:
    name, given = call.function, call.arguments
    if name not in _ARITY:
        near = get_close_matches(name, _ARITY, n=1)
        raise DataRejectedError(
            f"There is no function '{name}'.",
            next_step=f"Did you mean '{near[0]}'?"
            if near
            else f"There are: {', '.join(sorted(_ARITY))}.",
        )
    least, most = _ARITY[name]
    if not least <= len(given) <= most:
        wanted = (
            str(least)
            if least == most
            else f"{least} or more"
            if most == _MANY
            else f"{least} to {most}"
        )
        raise DataRejectedError(
            f"{name}(…) is given {len(given)} values and takes {wanted}.",
            next_step="See the table of formulas in docs/how-to/describe-a-source.md.",
        )
    if name == "lookup":
        return _lookup_sql(given, resolve)
    if name == "if":
        return _if_sql(given, resolve)
    if name in _CONSTANT_SECOND:
        return _SPECIAL[name](value_sql(given[0], resolve), *map(_constant, given[1:]))
    return _SIMPLE[name](*(value_sql(argument, resolve) for argument in given))


def _lookup_sql(given: tuple[Formula, ...], resolve: Resolve) -> str:
    if not isinstance(given[0], Name):
        raise DataRejectedError(
            "lookup(…) names a crosswalk first.", next_step="Write lookup(crosswalk, column)."
        )
    return f"{crosswalk_macro(given[0].column)}({value_sql(given[1], resolve)})"


def _if_sql(given: tuple[Formula, ...], resolve: Resolve) -> str:
    otherwise = value_sql(given[2], resolve) if len(given) > 2 else "null"  # noqa: PLR2004
    return (
        f"case when {condition_sql(given[0], resolve)} then {value_sql(given[1], resolve)}"
        f" else {otherwise} end"
    )


def _constant(formula: Formula) -> str:
    if isinstance(formula, Text):
        return formula.value
    raise DataRejectedError(
        "A pattern, separator or number of letters must be written out, not taken from a column.",
        next_step="Write it in single quotes, or as a whole number.",
    )


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DataRejectedError(
            f"'{text}' is not a whole number.", next_step="Write a whole number there."
        ) from None


def _empty_is_null(sql: str) -> str:
    return f"nullif(trim({sql}), '')"


def _codes(*values: str) -> str:
    return f"codes_of(concat_ws(',', {', '.join(values)}))"


def _day(value: str) -> str:
    return f"cast(date_of({value}) as varchar)"


_MANY = 99
_ARITY: Mapping[str, tuple[int, int]] = {
    "coalesce": (1, _MANY), "concat": (1, _MANY), "codes": (1, _MANY), "least": (2, _MANY),
    "greatest": (2, _MANY), "upper": (1, 1), "lower": (1, 1), "trim": (1, 1), "whole": (1, 1),
    "left": (2, 2), "right": (2, 2), "substr": (2, 3), "part": (3, 3), "find": (2, 2),
    "replace": (3, 3), "date": (3, 3), "day": (1, 1), "year": (1, 1), "start_of_year": (1, 1),
    "end_of_year": (1, 1), "end_of_month": (1, 1), "add_days": (2, 2), "pair": (2, 2),
    "lookup": (2, 2), "if": (2, 3),
}  # fmt: skip
FUNCTIONS = frozenset(_ARITY)
"""Every function that a formula may call."""

_SIMPLE: Mapping[str, Callable[..., str]] = {
    "coalesce": lambda *v: f"coalesce({', '.join(v)})",
    "concat": lambda *v: _empty_is_null(f"concat({', '.join(v)})"),
    "codes": _codes,
    "least": lambda *v: f"least({', '.join(v)})",
    "greatest": lambda *v: f"greatest({', '.join(v)})",
    "upper": lambda v: f"upper({v})",
    "lower": lambda v: f"lower({v})",
    "trim": _empty_is_null,
    "whole": lambda v: f"regexp_replace({v}, '\\.0+$', '')",
    "date": lambda y, m, d: (
        f"cast(try_cast(concat_ws('-', {y}, lpad({m}, 2, '0'), lpad({d}, 2, '0')) as date) as varchar)"
    ),
    "day": _day,
    "year": lambda v: f"cast(year(date_of({v})) as varchar)",
    "start_of_year": lambda v: f"({v} || '-01-01')",
    "end_of_year": lambda v: f"({v} || '-12-31')",
    "end_of_month": lambda v: f"cast(last_day(date_of({v})) as varchar)",
}
_SPECIAL: Mapping[str, Callable[..., str]] = {
    "left": lambda v, n: f"left({v}, {_whole(n)})",
    "right": lambda v, n: f"right({v}, {_whole(n)})",
    "substr": lambda v, start, length="9999": f"substr({v}, {_whole(start)}, {_whole(length)})",
    "part": lambda v, on, n: _empty_is_null(f"split_part({v}, {quoted(on)}, {_whole(n)})"),
    "find": lambda v, pattern: f"nullif(regexp_extract({v}, {quoted(pattern)}), '')",
    "replace": lambda v, old, new: _empty_is_null(f"replace({v}, {quoted(old)}, {quoted(new)})"),
    "add_days": lambda v, n: f"cast(date_of({v}) + {_whole(n)} as varchar)",
}
_CONSTANT_SECOND = frozenset(_SPECIAL)


def _pair(name: str, value: str) -> str:
    return f"({name} || '=' || translate({value}, ',=', ';-'))"


_SIMPLE = {**_SIMPLE, "pair": _pair}
