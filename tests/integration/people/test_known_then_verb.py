"""`onrecord known-then`: a table that can be read without the source beside it."""

import json
from datetime import timedelta

import pytest
from tests.worlds.building import adair
from tests.worlds.commands import typed

from onrecord.cli.command import onrecord
from onrecord.core.kernel import clock
from onrecord.core.kernel.errors import UsageError
from onrecord.core.kernel.ids import public_reference

REASON = ("--reason", "a test")


@pytest.fixture
def people(store):
    made = adair()
    told = {"from_organisation": "WMP", "to_organisation": "NSP", "record_lineage": made["crime"]}
    for was_made in (True, False):
        made["world"].add("notification", "WMP:CRIME", "2012-10-02", case_lineage=made["report"],
                          was_made=was_made, **told)  # fmt: skip
    return made


def lines(said):
    """Return the cells of each line of the table."""
    cells = ([cell.strip() for cell in line.split("│")[1:-1]] for line in said.splitlines())
    return [row for row in cells if row]


def test_each_line_names_its_case_and_says_what_it_is(people, capsys):
    code, said = typed(capsys, "known-then", "NSP:HR:4471", "--on", "2021-01-01", *REASON)
    rows = lines(said)
    report = public_reference("C", people["report"])
    by_kind = {kind: {row[5] for row in rows if row[4] == kind} for kind in {r[4] for r in rows}}

    assert code == 0
    assert by_kind["notification"] == {"WMP told NSP", "WMP did not tell NSP"}
    assert by_kind["clearance check"] == {"national: not done"}
    assert by_kind["person record"] == {"4471", "S-9"}
    assert by_kind["case reported"] == {"complaint", "crime report"}
    assert {row[2] for row in rows if row[4] == "notification"} == {report}
    assert {row[2] for row in rows if row[4] == "case reported"} == {
        report,
        public_reference("C", people["complaint"]),
    }


def test_lines_are_in_order_of_the_day_known_and_then_of_the_case(people, capsys):
    _, said = typed(capsys, "known-then", "NSP:HR:4471", "--on", "2021-01-01", *REASON)
    order = [(row[0], row[2]) for row in lines(said)]

    assert len(order) > 5
    assert order == sorted(order)


def test_a_day_after_today_is_refused(people, capsys):
    tomorrow = clock.today() + timedelta(days=1)

    with pytest.raises(UsageError, match="The day must be today or earlier"):
        onrecord(
            ["known-then", "NSP:HR:4471", "--on", str(tomorrow), *REASON], standalone_mode=False
        )

    assert typed(capsys, "known-then", "NSP:HR:4471", "--on", tomorrow, *REASON)[0] == 2
    assert typed(capsys, "known-then", "NSP:HR:4471", "--on", clock.today(), *REASON)[0] == 0


def test_what_each_rule_would_have_said_is_told_with_its_rows(people, capsys):
    code, said = typed(capsys, "known-then", "NSP:HR:4471", "--on", "2021-01-01", "--json", *REASON)
    told = {each["rule"]: each for each in json.loads(said)["patterns"]}
    assert code == 0
    (row,) = told["open-at-vetting v1"]["rows"]
    assert (row["happened"], row["begins_an_episode"]) == ("2020-07-14", True)
    code, said = typed(capsys, "known-then", "NSP:HR:4471", "--on", "2020-07-13", "--json", *REASON)
    assert "open-at-vetting v1" not in said
