"""What is one episode is one thing for pages, cohorts and counts, whatever was judged by whom."""

import random
import uuid

import pytest
from tests.worlds.building import BUILDER, day

from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording, sequence_pending
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.facts.writing import append_facts
from onrecord.apps.organisations.services import ensure_holder
from onrecord.apps.people.incidents import incidents_around
from onrecord.core.conduct.counting import count_subject
from onrecord.core.conduct.judging import BY_HAND, BY_MODEL, SECOND_READING
from onrecord.core.kernel.facts import Fact
from onrecord.core.snapshots.clusters import episode_sql, member_sql
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.core.timekeeping.views import View

WORLDS, CASES = 60, 7
METHODS = (BY_HAND, SECOND_READING, "source cross-reference", f"{BY_MODEL}incidents-1")


def write(worlds):
    """Write cases, some of one incident by their source's word, and judgements of some pairs of them."""
    holder = {"holder_id": ensure_holder("NSP:PSD").pk, "known_on": day("2020-01-01")}
    drawn = random.Random(20261127)  # noqa: S311 - invented
    incidents, cases, judged = [], [], []
    for _ in range(worlds):
        named = [{"lineage": uuid.uuid4(), **holder} for _ in range(2)]
        mine = [
            {"lineage": uuid.uuid4(), "incident": drawn.choice([None, None, *[i["lineage"] for i in named]])}
            for _ in range(CASES)
        ]  # fmt: skip
        incidents += named
        cases += [case | holder for case in mine]
        for _ in range(drawn.randint(2, 9)):
            low, high = sorted(case["lineage"] for case in drawn.sample(mine, 2))
            said = drawn.choices(("same", "not_same", "undecided"), (6, 2, 1))[0]
            method = drawn.choice(METHODS)
            judged.append(
                {"case_a": low, "case_b": high, "judgement": said, "method": method, **holder}
            )
    with recording(BUILDER, "world:build", object_kind="world", object_ref="episodes", reason="a test",
                   batch=uuid.uuid4()) as rec:  # fmt: skip
        append_facts(rec, "incident", incidents)
        append_facts(rec, "case_reported", cases)
        append_facts(rec, "incident_judgement", judged)
    sequence_pending()
    return [case["lineage"] for case in cases]


def by_cohorts(folder):
    take_snapshot(folder)
    with open_snapshot(folder).reading(kinds=("case_reported", "incident_judgement")) as record:
        return dict(record.con.execute(
            f"select r.lineage, {episode_sql('k.cluster', 'r.incident', 'r.lineage')} from case_reported r"
            f" left join incident_cluster k on k.member = {member_sql('r.incident', 'r.lineage')}"
        ).fetchall())  # fmt: skip


def test_pages_and_cohorts_never_differ_on_what_is_one_episode(store, tmp_path):
    cases = write(WORLDS)
    of_cohorts = by_cohorts(tmp_path)
    view = View(current_position())
    together = incidents_around(view, cases)
    alone = {case: incidents_around(view, [case]).of(case) for case in cases}

    assert {case: together.of(case) for case in cases} == of_cohorts
    assert alone == of_cohorts, "nor by which case one came to it"
    episodes = len(set(of_cohorts.values()))
    assert WORLDS < episodes < len(cases), "some are joined, and not all"
    assert counted(cases, alone) == episodes


def counted(cases, episode_of):
    """Return how many episodes somebody is counted with who is the subject of all these cases."""
    blank = dict.fromkeys(Fact.__slots__)
    about = [Fact(**blank | {"kind": "allegation", "case_lineage": case, "values": {}}) for case in cases]  # fmt: skip
    return count_subject(about, episode_of).incidents


@pytest.mark.parametrize(("said", "episodes"), [("same", 1), ("not_same", 2)])
def test_a_judgement_of_cases_is_one_of_their_incidents(store, tmp_path, said, episodes):
    """Two incidents with two cases each: judging one pair settles it for all four."""
    holder = {"holder_id": ensure_holder("NSP:PSD").pk, "known_on": day("2020-01-01")}
    named = [uuid.uuid4(), uuid.uuid4()]
    cases = [{"lineage": uuid.uuid4(), "incident": incident, **holder} for incident in named * 2]
    low, high = sorted(case["lineage"] for case in cases[:2])
    with recording(BUILDER, "world:build", object_kind="world", object_ref="episodes", reason="a test",
                   batch=uuid.uuid4()) as rec:  # fmt: skip
        append_facts(rec, "incident", [{"lineage": each, **holder} for each in named])
        append_facts(rec, "case_reported", cases)
        append_facts(rec, "incident_judgement", [
            {"case_a": low, "case_b": high, "judgement": said, "method": BY_HAND, **holder}
        ])  # fmt: skip
    sequence_pending()
    found = by_cohorts(tmp_path)
    around = incidents_around(View(current_position()), list(found))
    assert len(set(found.values())) == episodes
    assert {case: around.of(case) for case in found} == found
