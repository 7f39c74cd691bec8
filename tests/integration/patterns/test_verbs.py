"""The verbs `patterns` and `replay`: what scripts and readers are promised."""

import json
from pathlib import Path

from click.testing import CliRunner
from tests.integration.patterns.small_worlds import a_world
from tests.unit.core.patterns.test_worked_cases import ADDED, CASES

from onrecord.cli.command import onrecord
from onrecord.cli.errors import Exit, run_to_exit_code
from onrecord.core.patterns.rules import rule_named, shipped_rules

ROOT = Path(__file__).parents[3]


def run(*arguments):
    done = CliRunner().invoke(onrecord, [*arguments], catch_exceptions=False)
    return done.stdout


def test_rules_are_listed_and_each_is_said_in_words():
    listed = json.loads(run("patterns", "--json"))["rules"]
    assert {each["id"] for each in listed} == set(shipped_rules())
    for rule in shipped_rules().values():
        said = run("patterns", rule.id)
        assert rule.question in said
        assert "Never: intelligence" in said
        for heading in (
            "What is counted",
            "When it is met",
            "What else may explain it",
            "What would remove it",
        ):
            assert heading in said


def test_worked_cases_of_ones_own_are_checked(tmp_path, capsys):
    (tmp_path / "three.yaml").write_text(ADDED)
    cases = tmp_path / "cases.yaml"
    cases.write_text(CASES)
    assert "0 days come out otherwise" in run("patterns", "--check", str(cases))
    cases.write_text(CASES.replace("2011-06-04: []", "2011-06-04: [A]"))
    code = run_to_exit_code(
        lambda: onrecord(["patterns", "--check", str(cases)], standalone_mode=False)
    )
    assert code == Exit.VERIFICATION_FAILED
    assert "the case says A, the rule nobody" in capsys.readouterr().out


def test_the_documents_example_does_what_it_says(tmp_path):
    """The rule and the worked cases in docs/reference/patterns.md are read as they stand there."""
    text = (ROOT / "docs/reference/patterns.md").read_text(encoding="utf-8")
    shown = text.split("```yaml")[1].split("```")[0]
    assert f"version: {rule_named('same-type').version}" in shown
    assert "factors: [sexual, domestic]" in shown
    (tmp_path / "three.yaml").write_text(ADDED)
    (tmp_path / "cases.yaml").write_text(text.split("```yaml")[2].split("```")[0])
    assert "0 days" in run("patterns", "--check", str(tmp_path / "cases.yaml"))


def test_a_replay_says_what_every_threshold_costs_and_keeps_it(store, tmp_path):
    from onrecord.apps.audit.services import sequence_pending
    from onrecord.apps.patterns.keeping import keep_prices, kept_prices

    for number in range(3):
        a_world(number)
    sequence_pending()
    kept = keep_prices(tmp_path / "snapshots", tmp_path)
    assert kept_prices(tmp_path) == kept
    for name, price in kept.items():
        prompted = [level.prompted for level in price.levels]
        assert prompted == sorted(prompted, reverse=True), name
        assert all(level.true <= level.prompted for level in price.levels)
    assert any(level.prompted for level in kept["same-type"].levels)
