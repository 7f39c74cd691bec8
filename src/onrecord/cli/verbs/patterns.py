"""`onrecord patterns`: the published rules, in words; and whether a rule comes out as its worked cases say."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from onrecord.cli.output import json_option, print_facts, print_json, print_table
from onrecord.core.kernel.errors import VerificationFailedError
from onrecord.core.patterns.rules import Rule, rule_named, shipped_rules
from onrecord.core.patterns.sentences import rule_in_words
from onrecord.core.patterns.worked import differences, read_worked


@click.command()
@click.argument("name", required=False)
@click.option(
    "--check",
    "cases",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A file of worked cases: say where the rule comes out otherwise.",
)
@json_option
def command(*, name: str | None, cases: Path | None, as_json: bool) -> None:
    """List the pattern rules, show one (NAME: its id, or the path of its file), or check worked cases.

    A rule is a file; docs/reference/patterns.md shows one line by line.
    """
    if cases is not None:
        _check(cases, as_json=as_json)
    elif name is not None:
        _show(rule_named(name), as_json=as_json)
    else:
        _list(as_json=as_json)


def _list(*, as_json: bool) -> None:
    rules = list(shipped_rules().values())
    if as_json:
        print_json({"rules": [_kept(rule) for rule in rules]})
    else:
        print_table(("rule", "asks"), [(rule.label, rule.question) for rule in rules])


def _show(rule: Rule, *, as_json: bool) -> None:
    if as_json:
        print_json(_kept(rule))
        return
    print_facts({"rule": rule.label, "asks": rule.question, "hash": rule.content_hash})
    for heading, lines in rule_in_words(rule).items():
        click.echo(f"\n{heading}")
        for line in lines:
            click.echo(f"  {line}")


def _kept(rule: Rule) -> dict[str, Any]:
    return asdict(rule) | {"hash": rule.content_hash}


def _check(file: Path, *, as_json: bool) -> None:
    rule, cases = read_worked(file.read_text(encoding="utf-8"), near=file.parent)
    found = list(differences(rule, cases))
    if as_json:
        print_json({"rule": rule.label, "cases": len(cases), "differences": [
            {"case": each.case, "on": each.on.isoformat(), "said": sorted(each.said), "came": sorted(each.came)}
            for each in found
        ]})  # fmt: skip
    else:
        click.echo(
            f"{rule.label}: {len(cases)} worked cases, {len(found)} days come out otherwise."
        )
        for each in found:
            said, came = (", ".join(sorted(names)) or "nobody" for names in (each.said, each.came))
            click.echo(f"  {each.case}, on {each.on}: the case says {said}, the rule {came}")
    if found:
        raise VerificationFailedError(
            "The rule does not come out as its worked cases say.",
            next_step="Change one of the two.",
        )
