"""Refuse a batch that holds codes nobody has said the meaning of."""

from onrecord.core.kernel.errors import DataRejectedError
from onrecord.core.kernel.kinds import KINDS
from onrecord.core.sources.candidates import kinds_of
from onrecord.core.sources.compiling import columns_of_candidates
from onrecord.core.sources.formula_sql import condition_sql, quoted, value_sql
from onrecord.core.sources.formulas import lookups_in
from onrecord.core.sources.joining import formulas_of, resolver
from onrecord.core.sources.workbench import Workbench

_SHOWN = 12


def refuse_unknown_values(bench: Workbench) -> None:
    """Refuse values that a crosswalk does not list, naming them."""
    found: list[str] = []
    asked: set[str] = set()
    for mapping in bench.description.facts:
        resolve = resolver(bench.description, mapping.source)
        when = condition_sql(mapping.when, resolve) if mapping.when is not None else "true"
        is_join = mapping.source in bench.description.joins
        source = f"{'joined' if is_join else 'staged'}_{mapping.source}"
        for formula in formulas_of(bench.description, mapping):
            for name, inside in lookups_in(formula):
                crosswalk = bench.description.crosswalks[name]
                if crosswalk.unknown != "refuse":
                    continue
                value = value_sql(inside, resolve)
                listed = f"lower(trim(value)) in (select source from listed_{name})"
                tests = [
                    f"regexp_matches(value, {quoted(pattern)}, 'i')"
                    for pattern, _ in crosswalk.patterns
                ]
                sql = (
                    f"select value, sum(n)::bigint from (select {value} as value, count(*) as n from"
                    f" {source} where {when}"
                    f" group by 1) where value is not null and not ({' or '.join([listed, *tests])})"
                    f" group by 1 order by 2 desc, 1 limit {_SHOWN}"
                )
                if sql not in asked:
                    asked.add(sql)
                    found += [
                        f"'{value}' ({_rows(n)}, crosswalk {name})" for value, n in bench.run(sql)
                    ]
    _refuse_codes(
        found, "Add each to its crosswalk, or write `unknown: empty` or `unknown: keep` there."
    )


def refuse_unknown_codes(bench: Workbench) -> None:
    """Refuse values that are not among our own codes, naming them."""
    found: list[str] = []
    allowed: dict[str, str] = {}
    for mapping in bench.description.facts:
        for kind_name in kinds_of(mapping):
            columns = columns_of_candidates(mapping, kind_name)
            for column in KINDS[kind_name].columns:
                if column.choices is None or columns[column.name].startswith("null::"):
                    continue
                listed = ", ".join(quoted(choice) for choice in sorted(column.choices))
                sql = (
                    f"select {columns[column.name]} as value, count(*) from candidate_{mapping.number}"
                    f" where value is not null and value not in ({listed}) group by 1 order by 2 desc, 1 limit {_SHOWN}"
                )
                unknown = bench.run(sql)
                if unknown:
                    allowed[column.name] = ", ".join(sorted(column.choices))
                found += [
                    f"'{value}' ({_rows(n)}, {kind_name}.{column.name})" for value, n in unknown
                ]
    choices = " ".join(f"{name} is one of: {codes}." for name, codes in allowed.items())
    _refuse_codes(found, f"{choices} Translate each with a crosswalk: lookup(crosswalk, column).")


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _refuse_codes(found: list[str], next_step: str) -> None:
    if found:
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise DataRejectedError(
            f"There are codes that nobody has said the meaning of: {', '.join(found[:_SHOWN])}{more}.",
            next_step=f"{next_step} Nothing was written.",
        )
