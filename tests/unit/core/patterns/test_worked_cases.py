"""Every shipped rule has worked cases, and comes out as they say; a rule is added without any Python."""

import pytest

from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.patterns.rules import parse_rule, rule_named, shipped_rules
from onrecord.core.patterns.worked import differences, read_worked, shipped_worked

NAMED_IN_THE_DESIGN = {
    "same-type", "shared-method", "across-organisations", "after-no-case", "withdrawn-again", "same-ending",
    "same-decision-maker", "rising-seriousness", "not-told", "open-at-vetting", "after-restriction",
    "high-risk-posting",
}  # fmt: skip


def test_every_rule_named_in_the_design_is_shipped_and_worked():
    assert set(shipped_rules()) >= NAMED_IN_THE_DESIGN
    assert set(shipped_worked()) == set(shipped_rules())


@pytest.mark.parametrize("name", sorted(shipped_worked()))
def test_it_comes_out_as_its_worked_cases_say(name):
    rule, cases = read_worked(shipped_worked()[name])
    assert rule.id == name
    assert list(differences(rule, cases)) == []
    assert any(people for case in cases for people in case.meets.values())
    assert any(not people for case in cases for people in case.meets.values())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("same-type", "apart_days: 400"), ("same-type", "window_years: 9"), ("same-type", "at_least: {episodes: 3}"),
        ("not-told", "within_days: 40"),
    ],
)  # fmt: skip
def test_a_rule_that_says_something_else_does_not_pass_its_cases(name, text):
    """Worked cases that any rule passed would show nothing."""
    rule, cases = read_worked(shipped_worked()[name])
    changed = changed_rule(rule, text)
    assert list(differences(changed, cases))


def changed_rule(rule, text):
    import dataclasses

    import yaml

    ((key, value),) = yaml.safe_load(text).items()
    if key == "within_days":
        return dataclasses.replace(rule, counts=dataclasses.replace(rule.counts, within_days=value))
    return dataclasses.replace(rule, **{key: value})


ADDED = """
id: three-of-any-sort
version: 1
title: Three reports of any sort within two years
question: Were there three or more separate reports about this person within two years?
counts: {of: allegation}
window_years: 2
apart_days: 30
at_least: {episodes: 3}
innocent: [A busy post draws more reports.]
removed_by: [One of them is positively disproved.]
ethics: It is here to be compared with, and prompts nobody by itself.
"""
CASES = """
rule: three.yaml
cases:
  - name: three in two years
    facts:
      - {of: allegation, person: A, case: one, known: 2010-01-05}
      - {of: allegation, person: A, case: two, known: 2010-06-05}
      - {of: allegation, person: A, case: three, known: 2011-06-05}
    meets: {2011-06-04: [], 2011-06-05: [A], 2012-01-06: []}
"""


def test_a_rule_is_added_by_a_file_alone(tmp_path):
    (tmp_path / "three.yaml").write_text(ADDED)
    rule, cases = read_worked(CASES, near=tmp_path)
    assert list(differences(rule, cases)) == []
    assert rule_named(str(tmp_path / "three.yaml")) == rule


@pytest.mark.parametrize(
    ("said", "instead", "told"),
    [
        ("of: allegation", "of: intelligence_report", "intelligence_report"),
        ("of: allegation", "of: allegation, post_contains: [x]", "says nothing of allegation"),
        ("episodes: 3", "rises: 3", "needs levels"),
        ("window_years: 2", "window_years: 0", "window_years"),
        ("within two years?", "within two years", "question"),
        ("id: three", "id: Three", "id"),
        ("apart_days: 30", "score: 3", "score"),
        ("{of: allegation}", "{of: allegation, role: victim}", "role"),
        ("{of: allegation}", "{of: allegation, ended_as: [positively_disproved]}", "ended_as"),
        ("apart_days: 30", "same: factor", "Which factors"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told_with_its_place(said, instead, told):
    with pytest.raises(DataRejectedError) as problem:
        parse_rule(ADDED.replace(said, instead, 1), "three.yaml")
    assert told in str(problem.value)
    assert "three.yaml" in str(problem.value)


def test_a_rule_that_nobody_wrote_is_not_found():
    with pytest.raises(NotFoundError, match="same-type"):
        rule_named("no-such-rule")


def test_no_rule_gives_a_person_a_score():
    for rule in shipped_rules().values():
        told = " ".join(
            (rule.title, rule.question, rule.ethics, *rule.innocent, *rule.removed_by)
        ).lower()
        assert not {"score", "likelihood", "risk level", "probability"} & set(told.split())
        assert "1 in " not in told


def test_what_a_worked_case_says_of_no_kind_is_refused():
    text = CASES.replace("three.yaml", "same-type")
    for said, instead in (("person: A", "colour: red"), ("of: allegation", "of: rumour")):
        rule, cases = read_worked(text.replace(said, instead, 1))
        with pytest.raises(DataRejectedError):
            list(differences(rule, cases))
    with pytest.raises(DataRejectedError, match="no worked cases"):
        read_worked("rule: same-type")
