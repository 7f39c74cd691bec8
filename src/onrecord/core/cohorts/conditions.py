"""Turn what a definition says into SQL conditions over the record.

Values come from a definition that anybody may write, so each is quoted here and
nowhere put into SQL any other way. Wordings are compared without regard to
capitals or to spaces at the ends; codes as they are.
"""

from collections.abc import Iterable

from onrecord.core.cohorts.definition import Alleged, Endings, NotDismissed, WithoutAllegation

ALWAYS, NEVER = "true", "false"


def quoted(text: str) -> str:
    """Return `text` as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def listed(values: Iterable[str]) -> str:
    """Return `values` as an SQL list in brackets."""
    return "[" + ", ".join(quoted(value) for value in values) + "]"


def is_one_of(column: str, values: Iterable[str]) -> str:
    """Return the condition that a code is one of `values`."""
    return f"coalesce(list_contains({listed(values)}, {column}), false)"


def is_worded(column: str, wordings: Iterable[str]) -> str:
    """Return the condition that a wording is one of `wordings`."""
    folded = listed(wording.strip().lower() for wording in wordings)
    return f"coalesce(list_contains({folded}, lower(trim({column}))), false)"


def contains_one_of(column: str, fragments: Iterable[str]) -> str:
    """Return the condition that a wording contains one of `fragments`."""
    found = (f"contains(lower({column}), {quoted(text.lower())})" for text in fragments)
    return f"coalesce({' or '.join(found)}, false)"


def has_factor(column: str, factors: Iterable[str]) -> str:
    """Return the condition that a set of codes, comma-separated, has one of `factors`."""
    return f"coalesce(list_has_any(string_split({column}, ','), {listed(factors)}), false)"


def alleged_sql(groups: Iterable[Alleged]) -> str:
    """Return the condition on an allegation `a`, its case `c` and incident `i`: any group."""
    return any_of(_alleged_group(group) for group in groups)


def _alleged_group(group: Alleged) -> str:
    tests = {
        has_factor("a.factors", group.factors): group.factors,
        case_factor_sql(group.case_factors): group.case_factors,
        is_one_of("a.category_code", group.category_codes): group.category_codes,
        is_worded("a.category", group.categories): group.categories,
        is_worded("a.category_group", group.category_groups): group.category_groups,
        contains_one_of("a.category", group.category_contains): group.category_contains,
        f"not {contains_one_of('a.category', group.category_does_not_contain)}": (
            group.category_does_not_contain
        ),
    }
    return all_of(test for test, values in tests.items() if values)


def case_factor_sql(factors: Iterable[str]) -> str:
    """Return the condition that case `c` or its incident `i` has one of `factors`."""
    return f"({has_factor('c.factors', factors)} or {has_factor('i.factors', factors)})"


def without_allegation_sql(groups: Iterable[WithoutAllegation]) -> str:
    """Return the condition on a case `c` and incident `i` that counts without an allegation."""
    return any_of(
        all_of(
            [
                is_one_of("c.case_type", group.case_types),
                *([case_factor_sql(group.case_factors)] if group.case_factors else []),
                *(
                    [contains_one_of("c.category", group.category_contains)]
                    if group.category_contains
                    else []
                ),
            ]
        )
        for group in groups
    )


def endings_sql(endings: Endings) -> str:
    """Return the condition on a disposition `d`, which may be absent: then the class is open."""
    return any_of(
        test
        for test, values in (
            (
                is_one_of("coalesce(d.disposition_class, 'open')", endings.classes),
                endings.classes,
            ),
            (is_worded("d.wording", endings.wordings), endings.wordings),
            (contains_one_of("d.wording", endings.wording_contains), endings.wording_contains),
        )
        if values
    )


def dismissal_outcome_sql(rule: NotDismissed) -> str:
    """Return the condition that what followed, of a disposition `d`, means dismissal."""
    return any_of(
        test
        for test, values in (
            (is_worded("d.outcome", rule.outcomes), rule.outcomes),
            (contains_one_of("d.outcome", rule.outcome_contains), rule.outcome_contains),
        )
        if values
    )


def any_of(tests: Iterable[str]) -> str:
    """Return the condition that one of `tests` holds; never, when there are none."""
    return " or ".join(f"({test})" for test in tests) or NEVER


def all_of(tests: Iterable[str]) -> str:
    """Return the condition that all `tests` hold; always, when there are none."""
    return " and ".join(f"({test})" for test in tests) or ALWAYS
