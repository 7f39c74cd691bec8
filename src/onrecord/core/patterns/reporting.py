"""The generated page about what rules would have prompted: every figure, its coverage, its target."""

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.core.patterns.protocol import Protocol
from onrecord.core.patterns.replaying import Followed, Replayed, Warned


def as_json(main: Replayed, also: Replayed, second: Replayed) -> dict[str, Any]:
    """Return one rule's figures as they are kept; `second` is without what sources call exonerated."""
    return {
        "rule": main.rule, "prompted": main.prompted, "window": main.window.words,
        "followed": [_followed(each) for each in main.followed],
        "warned": [_warned(each) for each in main.warned],
        "by_year": {str(year): many for year, many in main.by_year.items()},
        "by_group": {name: {g: list(t) for g, t in groups.items()} for name, groups in main.by_group.items()},
        "also": {"window": also.window.words, "prompted": also.prompted,
                 "followed": [_followed(each) for each in also.followed]},
        "without_exonerated": {"prompted": second.prompted,
                               "followed": [_followed(each) for each in second.followed]},
    }  # fmt: skip


def _followed(one: Followed) -> dict[str, Any]:
    return {
        "outcome": one.outcome, "years": one.years, "true": one.true, "false": one.false,
        "false_per_true": _number(one.false_per_true), "at_least": _number(one.at_least),
        "at_most": _number(one.at_most),
    }  # fmt: skip


def _warned(one: Warned) -> dict[str, Any]:
    return {
        "outcome": one.outcome, "with_outcome": one.with_outcome, "warned": one.warned,
        "years": [_number(each) for each in one.quartiles],
    }  # fmt: skip


def _number(value: float) -> float | None:
    """Return a number as JSON has it: what cannot be told, or is without end, is nothing."""
    return round(value, 3) if abs(value) < float("inf") else None


def missed(rules: Iterable[Mapping[str, Any]], protocol: Protocol) -> list[str]:
    """Return which targets of the protocol were not reached."""
    by_rule = {each["rule"].split(" v")[0]: each for each in rules}
    asked = protocol.targets
    ours = _of(by_rule[asked["rule"]], protocol.primary, asked["horizon_years"])
    proven = _of(by_rule[protocol.proven_only.id], protocol.primary, asked["horizon_years"])
    found = []
    ratio = ours["false_per_true"]
    if ratio is None or ratio > asked["false_per_true"]:
        found.append(
            f"{asked['rule']}: {ratio} false per true, at most {asked['false_per_true']} asked"
        )
    times = ours["true"] / proven["true"] if proven["true"] else float("inf")
    if times < asked["times_proven_only"]:
        least = asked["times_proven_only"]
        found.append(
            f"{asked['rule']}: {times:.1f} times the true prompts of proven endings alone, {least} asked"
        )
    return found


def _of(rule: Mapping[str, Any], outcome: str, years: int) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(
        each for each in rule["followed"] if (each["outcome"], each["years"]) == (outcome, years)
    )
    return found


_COLUMNS = (
    "rule", "people prompted", "a year in 10,000", "true at {short} y", "true at {longest} y",
    "false per true at {longest} y", "95 in 100", "without *exonerated*: people, false per true",
    "{also}: people, false per true",
)  # fmt: skip
_PAGE = """# What pattern rules would have prompted

Made by `onrecord evaluate patterns` on {at}; do not edit: run it again. Protocol {label},
hash `{hash}`; [in words](../reference/patterns-protocol.md). Source `{source}`, as known by {ends};
{people} people. Machine, versions and every figure stand in `patterns.json`.

*True*: a further report of the sort, of another incident, became known within the years. *False* says
only that none did: it is no finding that anything was untrue.

## First prompts of {window}, followed by the same sort of report

{table}

A rule with no people asks for what this source does not hold.

{details}
## Missed

{missed}
"""


def page(kept: Mapping[str, Any], protocol: Protocol) -> str:
    """Return the page."""
    said = {
        "short": min(protocol.horizons), "longest": max(protocol.horizons), "also": protocol.also.words,
    }  # fmt: skip
    table = [
        f"| {' | '.join(_COLUMNS)} |".format(**said), "|---" * len(_COLUMNS) + "|",
        *(_row(each, kept, protocol) for each in kept["rules"]),
    ]  # fmt: skip
    return _PAGE.format(
        at=kept["at"], label=protocol.label, hash=kept["protocol"], source=kept["source"],
        ends=protocol.data_ends, people=f"{kept['people']:,}", window=protocol.window.words,
        table="\n".join(table), details="\n".join(_details(kept, protocol)),
        missed="\n".join([f"- {each}" for each in kept["missed"]] or ["Nothing."]),
    )  # fmt: skip


def _row(rule: Mapping[str, Any], kept: Mapping[str, Any], protocol: Protocol) -> str:
    short, longest = min(protocol.horizons), max(protocol.horizons)
    two, five = (_of(rule, protocol.primary, years) for years in (short, longest))
    second = _of(rule["without_exonerated"], protocol.primary, longest)
    also = _of(rule["also"], protocol.primary, longest)
    return (
        f"| {rule['rule']} | {rule['prompted']:,} | {_a_year(rule, kept)} | {two['true']:,} | {five['true']:,} |"
        f" {_shown(five['false_per_true'])} | {_shown(five['at_least'])} to {_shown(five['at_most'])} |"
        f" {rule['without_exonerated']['prompted']:,}, {_shown(second['false_per_true'])} |"
        f" {rule['also']['prompted']:,}, {_shown(also['false_per_true'])} |"
    )


def _a_year(rule: Mapping[str, Any], kept: Mapping[str, Any]) -> str:
    served = sum(many for year, many in kept["serving"].items() if year in rule["by_year"])
    prompted = sum(rule["by_year"].values())
    return f"{10_000 * prompted / served:.0f}" if served else "0"


def _shown(value: float | None) -> str:
    return "none true" if value is None else f"{value:.2f}"


def _details(kept: Mapping[str, Any], protocol: Protocol) -> list[str]:
    longest = max(protocol.horizons)
    lines: list[str] = []
    for rule in kept["rules"]:
        if not rule["prompted"]:
            continue
        lines += [
            f"## {rule['rule']}", "",
            *_table(("outcome", "years", "true", "false per true", "95 in 100"), (
                (each["outcome"], each["years"], f"{each['true']:,}", _shown(each["false_per_true"]),
                 f"{_shown(each['at_least'])} to {_shown(each['at_most'])}")
                for each in rule["followed"]
            )),
            *_table(("outcome", "people with it", "prompted before", "years of warning, quartiles"), (
                (each["outcome"], f"{each['with_outcome']:,}", f"{each['warned']:,}", _quartiles(each["years"]))
                for each in rule["warned"]
            )),
            *_table(("group, as recorded", "prompted", f"true at {longest} y", "share true"), (
                (f"{name}: {group}", f"{many:,}", f"{true:,}", f"{true / many:.2f}")
                for name, groups in rule["by_group"].items() for group, (many, true) in groups.items()
            )),
        ]  # fmt: skip
    return lines


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> list[str]:
    names = list(columns)
    body = [f"| {' | '.join(map(str, row))} |" for row in rows]
    return [f"| {' | '.join(names)} |", "|---" * len(names) + "|", *body, ""]


def _quartiles(years: Iterable[float | None]) -> str:
    return ", ".join("none" if each is None else f"{each:.1f}" for each in years)
