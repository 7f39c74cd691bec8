"""Each rule speaks from its threshold on, not one look before, and not about expected work."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from onrecord.core.looking.finding import Finding
from onrecord.core.looking.rules import rules
from onrecord.core.looking.stream import Account, Known, Look, Period
from onrecord.core.looking.watching import findings

_START = datetime(2031, 3, 3, 10, 0, tzinfo=UTC)
_ME = Account(
    "k.holt", person="own", ties=frozenset({"brother"}), units=frozenset({"east"}), address="A1"
)


def _look(number: int = 1, *people: str, after: timedelta = timedelta(), **changes: object) -> Look:
    look = Look(
        number=number, at=_START + after, account="k.holt", verb="person:read", kind="person",
        ref="P", page="people:person", reason=f"reason {number}", people=people,
    )  # fmt: skip
    return replace(look, **changes)


def _found(looks: list[Look], *, account: Account = _ME, **known: object) -> list[Finding]:
    return list(findings(looks, Known({"k.holt": account}, **known)))  # type: ignore[arg-type]


def _ids(found: list[Finding]) -> list[str]:
    return [one.rule for one in found]


def test_an_ordinary_look_finds_nothing() -> None:
    assert _found([_look(1, "somebody")]) == []


def test_a_look_at_oneself_is_told_with_its_row_and_what_would_explain_it() -> None:
    (found,) = _found([_look(7, "own")])
    assert (found.rule, found.account, found.rows, found.about) == (
        "own-record", "k.holt", (7,), "own",
    )  # fmt: skip
    assert found.sentence == "k.holt looked at a record of their own."
    assert found.unless == rules()["own-record"].unless


def test_a_refused_look_at_oneself_is_told_too() -> None:
    assert _ids(_found([_look(1, "own", was_refused=True)])) == ["own-record"]


def test_a_declared_tie_is_told_even_when_it_is_their_work() -> None:
    worker = replace(_ME, tasks={"brother": (Period(_START),)})
    assert _ids(_found([_look(1, "brother")], account=worker)) == ["declared-tie"]


def test_a_colleague_under_investigation_is_told_unless_the_case_is_theirs() -> None:
    known = {
        "units": {"colleague": frozenset({"east"})},
        "under_investigation": {"colleague": (Period(_START - timedelta(days=1)),)},
        "cases_of": {"colleague": ("C1",)},
    }
    assert _ids(_found([_look(1, "colleague")], **known)) == ["colleague"]
    member = replace(_ME, circles={"C1": (Period(_START),)})
    assert _found([_look(1, "colleague")], account=member, **known) == []
    later = {"colleague": (Period(_START + timedelta(days=1)),)}
    assert _found([_look(1, "colleague")], **(known | {"under_investigation": later})) == []


def test_a_neighbour_is_told_and_somebody_elsewhere_is_not() -> None:
    addresses = {"next door": "A1", "far": "B2"}
    assert _ids(_found([_look(1, "next door")], addresses=addresses)) == ["neighbour"]
    assert _found([_look(1, "far")], addresses=addresses) == []


def test_a_victim_in_a_matter_about_somebody_tied_is_told() -> None:
    known = {"victims_of": {"victim": frozenset({"brother"})}}
    assert _ids(_found([_look(1, "victim")], **known)) == ["victim"]
    assert _found([_look(1, "victim")], victims_of={"victim": frozenset({"nobody"})}) == []


@pytest.mark.parametrize(("people", "expected"), [(10, []), (11, ["trawl"])])
def test_a_trawl_starts_with_the_eleventh_person_in_an_hour(
    people: int, expected: list[str]
) -> None:
    looks = [_look(n, f"p{n}", after=timedelta(minutes=5 * n)) for n in range(people)]
    assert _ids(_found(looks)) == expected


def test_eleven_people_over_a_day_are_no_trawl() -> None:
    assert _found([_look(n, f"p{n}", after=timedelta(minutes=40 * n)) for n in range(11)]) == []


def test_people_on_the_list_of_a_task_are_no_trawl() -> None:
    tasks = {f"p{n}": (Period(_START),) for n in range(30)}
    looks = [_look(n, f"p{n}", after=timedelta(minutes=n)) for n in range(30)]
    assert _found(looks, account=replace(_ME, tasks=tasks)) == []


@pytest.mark.parametrize(("visits", "expected"), [(3, []), (4, ["again-and-again"])])
def test_coming_back_is_told_at_the_fourth_visit(visits: int, expected: list[str]) -> None:
    looks = [_look(n, "p", after=timedelta(hours=2 * n)) for n in range(visits)]
    assert _ids(_found(looks)) == expected


def test_turning_pages_of_one_person_is_one_visit() -> None:
    assert _found([_look(n, "p", after=timedelta(minutes=n)) for n in range(12)]) == []


def test_an_export_at_an_unusual_hour_is_told_and_at_a_usual_one_is_not() -> None:
    days = [_look(n, after=timedelta(days=n), kind="case", case="C") for n in range(16)]
    opened = _look(98, "p", after=timedelta(days=16, hours=16, minutes=50))
    night = _look(99, after=timedelta(days=16, hours=17), verb="export:take", kind="search")
    assert _ids(_found([*days, opened, night])) == ["odd-hours-export"]
    assert _found([*days, night]) == []
    noon = timedelta(hours=-17)
    usual = [replace(look, at=look.at + noon) for look in (opened, night)]
    assert _found([*days, *usual]) == []
    assert _found([*days[:14], opened, night]) == []


def test_what_circles_explain_is_no_unusual_export() -> None:
    days = [_look(n, after=timedelta(days=n), kind="case", case="C") for n in range(16)]
    opened = _look(98, "p", after=timedelta(days=16, hours=16, minutes=50))
    night = _look(99, after=timedelta(days=16, hours=17), verb="export:take", kind="search")
    worker = replace(_ME, tasks={"p": (Period(_START),)})
    assert _found([*days, opened, night], account=worker) == []


_LEFT = replace(_ME, circles={"C1": (Period(_START - timedelta(days=9), _START),)})


@pytest.mark.parametrize(
    ("hours", "expected"),
    [([47], []), ([48], ["after-removal"]), ([0.9, 1], ["after-removal"]), ([0.5, 0.9], []),
     ([91 * 24], [])],
)  # fmt: skip
def test_coming_back_to_the_case_after_removal(hours: list[float], expected: list[str]) -> None:
    looks = [
        _look(n, after=timedelta(hours=one), kind="case", case="C1") for n, one in enumerate(hours)
    ]
    assert _ids(_found(looks, account=_LEFT)) == expected


@pytest.mark.parametrize(("times", "expected"), [(2, []), (3, ["after-removal"])])
def test_people_of_a_left_case_are_told_at_the_third_look(times: int, expected: list[str]) -> None:
    looks = [_look(n, "p", after=timedelta(hours=50, minutes=n)) for n in range(times)]
    assert _ids(_found(looks, account=_LEFT, cases_of={"p": ("C1",)})) == expected


def test_somebody_put_back_into_the_circle_is_at_work() -> None:
    periods = (Period(_START - timedelta(days=9), _START), Period(_START + timedelta(hours=1)))
    look = _look(1, after=timedelta(hours=2), kind="case", case="C1")
    assert _found([look], account=replace(_ME, circles={"C1": periods})) == []


@pytest.mark.parametrize(
    ("times", "apart", "expected"),
    [(4, 3, []), (5, 3, ["refused"]), (9, 1, []), (10, 1, ["refused"])],
)
def test_refusals_that_go_on_or_are_very_many_are_told(
    times: int, apart: int, expected: list[str]
) -> None:
    looks = [_look(n, after=timedelta(minutes=n * apart), was_refused=True) for n in range(times)]
    assert _ids(_found(looks)) == expected


@pytest.mark.parametrize(("people", "expected"), [(7, []), (8, ["copied-reason"])])
def test_one_reason_for_eight_people_is_told(people: int, expected: list[str]) -> None:
    looks = [
        _look(n, f"p{n}", after=timedelta(hours=9 * n), reason="  Routine   CHECK")
        for n in range(people)
    ]
    assert _ids(_found(looks)) == expected


@pytest.mark.parametrize(("people", "expected"), [(13, []), (14, ["copied-reason"])])
def test_a_phrase_of_the_house_needs_more_people(people: int, expected: list[str]) -> None:
    others = [_look(n, account=f"other-{n}", reason="Post") for n in range(4)]
    mine = [
        _look(10 + n, f"p{n}", after=timedelta(hours=9 * n), reason="Post") for n in range(people)
    ]
    assert _ids(_found([*others, *mine])) == expected


def test_a_look_while_away_is_told_unless_it_is_their_work_or_the_shift_runs_on() -> None:
    away = replace(_ME, leave=(Period(_START, _START + timedelta(days=7)),))
    look = _look(1, "p", after=timedelta(hours=2))
    assert _ids(_found([look], account=away)) == ["on-leave"]
    assert _found([replace(look, at=_START + timedelta(days=8))], account=away) == []
    assert _found([_look(0, "q", after=timedelta(hours=-1)), look], account=away) == []
    assert _found([look], account=replace(away, tasks={"p": (Period(_START),)})) == []


def test_a_victim_is_told_at_the_second_visit_of_somebody_of_the_subject_s_unit() -> None:
    known = {
        "victims_of": {"victim": frozenset({"colleague"})},
        "units": {"colleague": frozenset({"east"})},
        "under_investigation": {"colleague": (Period(_START - timedelta(days=1)),)},
    }
    first, second = _look(1, "victim"), _look(2, "victim", after=timedelta(hours=3))
    assert _found([first], **known) == []
    (found,) = _found([first, second], **known)
    assert (found.rule, found.rows) == ("victim", (1, 2))


def test_a_rule_is_quiet_about_the_same_thing_for_its_days_and_then_speaks_again() -> None:
    looks = [_look(1, "own"), _look(2, "own", after=timedelta(days=6)),
             _look(3, "own", after=timedelta(days=7))]  # fmt: skip
    assert [one.rows for one in _found(looks)] == [(1,), (3,)]


def test_the_same_looks_give_the_same_findings() -> None:
    looks = [_look(n, f"p{n}", after=timedelta(minutes=n)) for n in range(12)]
    assert _found(looks) == _found(looks)


def test_every_rule_names_what_would_explain_it_and_gives_no_score() -> None:
    assert len(rules()) == 12
    assert all(rule.unless and rule.words.startswith("{account} ") for rule in rules().values())
    assert "score" not in set(Finding.__dataclass_fields__)


def test_every_verb_that_takes_something_out_is_in_the_table():
    from onrecord.core.looking.habits import TAKES_OUT
    from onrecord.core.permissions.table import permissions

    assert set(permissions()) >= TAKES_OUT
