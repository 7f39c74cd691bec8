"""Join the staged tables of a description, before anything is judged."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from onrecord.core.sources.describing import (
    Description,
    FactMapping,
    Join,
    JoinWith,
    Person,
    Reference,
)
from onrecord.core.sources.formula_sql import identifier, quoted, value_sql
from onrecord.core.sources.formulas import Formula, columns_in
from onrecord.core.sources.workbench import Workbench


def resolver(description: Description, source: str) -> Any:
    """Return what turns a column written in a formula over `source` into SQL."""
    own = {f"{source}.", f"{description.base_of(source)}."}

    def resolve(column: str) -> str:
        for prefix in own:
            if column.startswith(prefix) and not _is_joined(description, source, column):
                return identifier(column.removeprefix(prefix))
        return identifier(column)

    return resolve


def _is_joined(description: Description, source: str, column: str) -> bool:
    join = description.joins.get(source)
    return join is not None and column.partition(".")[0] in {other.table for other in join.joined}


def needed_columns(description: Description) -> dict[str, set[str]]:
    """Return the columns of each table that the description uses."""
    needed: dict[str, set[str]] = {name: set() for name in description.tables}
    for mapping in description.facts:
        for column in columns_of(description, mapping):
            table, name = _owner(description, mapping.source, column)
            if name:
                needed[table].add(name)
    for join in description.joins.values():
        _add_join_columns(description, join, needed)
    return needed


def _add_join_columns(description: Description, join: Join, needed: dict[str, set[str]]) -> None:
    if join.split:
        needed[join.base].add(join.split[0])
    if join.unpivot:
        needed[join.base].update(join.unpivot[0])
    if join.number:
        needed[join.base].update(join.number[0])
    for other in join.joined:
        for left, right in other.on:
            for column in columns_in(left):
                table, name = _owner(description, join.name, column)
                if name:
                    needed[table].add(name)
            needed[other.table].update(
                column.removeprefix(f"{other.table}.") for column in columns_in(right)
            )


def _owner(description: Description, source: str, column: str) -> tuple[str, str]:
    """Return the table that has `column` and its name there; no name for one made by the join."""
    base = description.base_of(source)
    join = description.joins.get(source)
    prefix, dot, name = column.partition(".")
    if join is not None:
        if column in {
            join.split and join.split[2],
            join.unpivot and join.unpivot[1],
            join.number and join.number[1],
        }:
            return base, ""
        if dot and prefix in {other.table for other in join.joined}:
            return prefix, name
    if dot and prefix in {source, base}:
        return base, name
    return base, column


def columns_of(description: Description, mapping: FactMapping) -> set[str]:
    """Return every column that a mapping names, as written."""
    return {
        column for formula in formulas_of(description, mapping) for column in columns_in(formula)
    }


def formulas_of(description: Description, mapping: FactMapping) -> Iterator[Formula]:
    """Yield every formula of a mapping, those of its people included."""
    yield from mapping.key
    yield mapping.holder
    for known in mapping.known:
        if known.day is not None:
            yield known.day
    happened = mapping.happened
    days = (happened.first, happened.last) if happened is not None else ()
    yield from (one for one in (mapping.when, mapping.source_ref, *days) if one is not None)
    values = (
        mapping.case,
        mapping.record,
        mapping.role,
        *mapping.columns.values(),
        *mapping.identity.values(),
    )
    for value in values:
        if isinstance(value, Reference):
            yield from _of_reference(description, value)
        elif value is not None:
            yield value
    if mapping.person:
        yield from _of_person(description.people[mapping.person])


def _of_reference(description: Description, reference: Reference) -> Iterator[Formula]:
    yield from reference.key
    if reference.holder is not None:
        yield reference.holder
    if reference.person:
        yield from _of_person(description.people[reference.person], with_key=False)


def _of_person(person: Person, *, with_key: bool = True) -> Iterator[Formula]:
    if with_key:
        yield from person.key
    if person.holder is not None:
        yield person.holder
    yield from (unnamed.when for unnamed in person.unnamed if unnamed.when is not None)


def make_joins(bench: Workbench, needed: Mapping[str, Collection[str]]) -> None:
    """Make a table `joined_NAME` of every join; rows that cannot be joined say why in `problem`."""
    for join in bench.description.joins.values():
        bench.run(
            f"create table joined_{join.name} as {_join_sql(bench.description, join, needed)}"
        )


def _join_sql(description: Description, join: Join, needed: Mapping[str, Collection[str]]) -> str:
    resolve = resolver(description, join.name)
    columns, tables, problems = ["base.*"], [_base_sql(join, needed[join.base])], []
    for number, other in enumerate(join.joined):
        side = f"side{number}"
        keys = [value_sql(left, lambda column: f"base.{resolve(column)}") for left, _ in other.on]
        matches = " and ".join(f"{key} = {side}.k{at}" for at, key in enumerate(keys))
        tables.append(
            f"left join ({_side_sql(description, other, needed[other.table])}) {side} on {matches}"
        )
        columns += [
            f"{side}.{identifier(name)} as {identifier(f'{other.table}.{name}')}"
            for name in sorted(needed[other.table])
        ]
        problems += _join_problems(other, side, keys)
    problem = f"case {' '.join(problems)} end" if problems else "null::varchar"
    return f"select {', '.join(columns)}, {problem} as problem from {' '.join(tables)}"


def _join_problems(other: JoinWith, side: str, keys: list[str]) -> list[str]:
    found = []
    shown = f"concat_ws('/', {', '.join(keys)})"
    if other.is_required:
        found.append(
            f"when {side}.n is null then {shown} || chr(31) || {quoted(f'No row of {other.table} belongs to it.')}"
        )
    if not other.makes_many:
        found.append(
            f"when {side}.n > 1 then {shown} || chr(31) ||"
            f" {quoted(f'Several rows of {other.table} belong to it, and they differ.')}"
        )
    return found


def _base_sql(join: Join, needed: Collection[str]) -> str:
    base = f"select * from staged_{join.base}"
    if join.split:
        column, on, into = join.split
        base = (
            f"select * exclude (piece), nullif(trim(piece), '') as {identifier(into)} from (select *,"
            f" unnest(string_split(coalesce({identifier(column)}, ''), {quoted(on)})) as piece from ({base}))"
            f" where trim(piece) <> '' or trim(coalesce({identifier(column)}, '')) = ''"
        )
    if join.unpivot:
        columns, into = join.unpivot
        pieces = ", ".join(identifier(column) for column in columns)
        base = (
            f"select *, unnest(case when coalesce({pieces}) is null then [null]"
            f" else list_filter([{pieces}], lambda e: e is not null) end) as {identifier(into)} from ({base})"
        )
    if join.number:
        by, into = join.number
        # Among equals the order is by what the rows say, so that it does not hang on the file's.
        among = ", ".join(map(identifier, by))
        order = ", ".join([*map(identifier, sorted(needed)), "row_no"])
        count = f"row_number() over (partition by {among} order by {order})"
        base = f"select *, cast({count} as varchar) as {identifier(into)} from ({base})"
    return f"({base}) base"


def _side_sql(description: Description, other: JoinWith, needed: Collection[str]) -> str:
    resolve = resolver(description, other.table)
    keys = ", ".join(
        f"{value_sql(right, resolve)} as k{at}" for at, (_, right) in enumerate(other.on)
    )
    names = [identifier(name) for name in sorted(needed)]
    distinct = f"select distinct {', '.join([keys, *names])} from staged_{other.table}"
    if other.makes_many:
        return f"select *, 1 as n from ({distinct})"
    numbers = ", ".join(f"k{at}" for at in range(len(other.on)))
    values = "".join(f", any_value({name}) as {name}" for name in names)
    return f"select {numbers}{values}, count(*) as n from ({distinct}) group by {numbers}"
