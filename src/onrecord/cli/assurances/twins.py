"""Sealed material has no shadow: a world with it and a world without it answer everybody alike."""

import difflib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import a_home
from onrecord.cli.proving.cells import BEHIND
from onrecord.cli.proving.quiet import quietly
from onrecord.cli.session import Store, store, using
from onrecord.project.home import Home

if TYPE_CHECKING:
    from onrecord.cli.proving.visiting import Answer
    from onrecord.cli.proving.world import Invented

FULL = 2_000
"""How many addresses each role visits at most in a full run."""

_PROMISE = (
    "Two copies of one store, one of them with sealed cases, people, incidents, intelligence, a whole sealed"
    " source system, and work on them: for every role that is not behind the seals, every page and file that"
    " can be reached by link or typed by reference, every list and bundle taken out, every search, every command"
    " and every answer of the interface for programs is the same in both, after tokens, moments, ledger positions"
    " and hashes are taken out."
)


def run(seed: int, times: int) -> Report:
    """Compare the two worlds for every role, `times` addresses each at most."""
    with a_home() as home, store(Home(home)) as opened:
        return compare_worlds(opened, seed=seed, limit=times)


def compare_worlds(
    opened: Store, *, seed: int, limit: int, roles: "list[str] | None" = None
) -> Report:
    """Build the open world in `opened`, copy it, seal in the copy, and compare what both answer."""
    from onrecord.cli.proving.people import roles as every_role
    from onrecord.cli.proving.sending import make_keys
    from onrecord.cli.proving.world import write_open_world, write_sealed_world

    chosen = [role for role in roles or every_role() if role not in BEHIND]
    report = Report("twins", seed, _PROMISE)
    invented = write_open_world()
    keys = make_keys(every_role())
    with _copy(opened) as other, quietly():
        with _standing_in(other):
            sealed = write_sealed_world(invented)
            asking = _Asking(invented, sealed, keys, limit)
            with_seals = asking.answers(chosen) | asking.commands()
            behind = asking.answers(sorted(BEHIND))
        without = asking.answers(chosen) | asking.commands()
    _compare(report, without, with_seals)
    _has_something_to_hide(report, behind, without, invented)
    return report


_SENT = ("TAKE OUT", "BUNDLE", "DOCUMENTS", "KEY")


@contextmanager
def _copy(opened: Store) -> Iterator[Store]:
    from onrecord.project.copies import copied

    with copied(opened.admin, f"{opened.admin.dbname}_sealed") as admin:
        yield Store(opened.home, admin)


@contextmanager
def _standing_in(other: Store) -> Iterator[None]:
    from onrecord.project.copies import django_at

    with django_at(other.home, other.admin), using(other):
        yield


type _Answers = dict[tuple[str, str], "Answer"]


@dataclass(frozen=True, slots=True)
class _Asking:
    """Everything that is asked of both worlds.

    Attributes:
        keys: of a service account of each role.
        limit: how many addresses each role visits at most.
    """

    invented: "Invented"
    sealed: "Invented"
    keys: Mapping[str, str]
    limit: int

    @property
    def references(self) -> list[str]:
        """Return what somebody could type, of what is open, of what is sealed, and of nothing."""
        return [*self.invented.references(), *self.sealed.references(), "C-00000-00000-0"]

    def answers(self, roles: list[str]) -> _Answers:
        """Return what is answered to every role: pages and files visited, and what was sent."""
        from django.test.utils import override_settings

        from onrecord.cli.proving.sending import send
        from onrecord.cli.proving.visiting import addresses, visit

        lineages = [str(one) for many in self.sealed.sealed.values() for one in many]
        values = {"str": self.references, "int": ["1", "2", "101", "999"], "uuid": [lineages[0]]}
        seeds, words = list(addresses(values)), self.invented.words
        found: _Answers = {}
        with override_settings(ALLOWED_HOSTS=["*"]):
            for role in roles:
                visited = visit(role, seeds=seeds, words=words, limit=self.limit)
                sent = send(role, self.keys[role], references=self.references, words=words)
                found |= {(role, asked): one for asked, one in (visited | sent).items()}
        return found

    def commands(self) -> _Answers:
        """Return what every command that shows anything prints to whoever runs the installation."""
        from onrecord.cli.proving.visiting import printed

        asked = [["holders", "--json"], ["import", "--list", "--json"], ["health", "--json"]]
        asked += [
            ["known-then", reference, "--on", "2026-01-01", "--json"]
            for reference in self.references
            if reference.startswith("P")
        ]
        return {("local_operator", " ".join(words)): printed(words) for words in asked}


def _compare(report: Report, without: _Answers, with_seals: _Answers) -> None:
    asked = sorted(without.keys() | with_seals.keys())
    for role, address in asked:
        one, other = without.get((role, address)), with_seals.get((role, address))
        if one is None or other is None:
            where = "without" if one else "with"
            report.failures.append(f"{role}: {address} is reached only in the world {where} seals")
        elif one.told != other.told:
            report.failures.append(f"{role}: {address}: {_difference(one, other)}")
    slower = [
        with_seals[key].seconds / without[key].seconds
        for key in asked
        if key in without and key in with_seals and without[key].seconds
    ]
    report.counts = {
        "roles": len({role for role, _ in asked}),
        "answers compared": len(asked),
        "of them sent: lists taken out, bundles, words in documents, asks by key": sum(
            address.startswith(_SENT) for _, address in asked
        ),
        "of them pages and files shown": sum(answer.status == 200 for answer in without.values()),  # noqa: PLR2004
        "of them nothing there": sum(answer.status == 404 for answer in without.values()),  # noqa: PLR2004
        "of them refused": sum(answer.status == 403 for answer in without.values()),  # noqa: PLR2004
        "server errors": sum(answer.status >= 500 for answer in without.values()),  # noqa: PLR2004
        "median time with seals, over without": round(median(slower), 3) if slower else 0,
    }
    if report.counts["server errors"]:
        report.failures.append("Some address answered with an error of the server.")


def _difference(one: "Answer", other: "Answer") -> str:
    if one.told[:4] != other.told[:4]:
        return f"{one.told[:4]} without seals, {other.told[:4]} with"
    lines = difflib.unified_diff(one.body.splitlines(), other.body.splitlines(), n=0, lineterm="")
    return " / ".join(line.strip() for line in lines)[:400]


def _has_something_to_hide(
    report: Report, behind: _Answers, without: _Answers, invented: "Invented"
) -> None:
    """Fail unless whoever is behind the seals sees what is sealed: else the proof proves nothing."""
    from onrecord.cli.proving.world import WORD

    shown = sum(WORD in answer.body for (_, asked), answer in behind.items() if WORD not in asked)
    leaked = sum(WORD in answer.body for (_, asked), answer in without.items() if WORD not in asked)
    report.counts["answers with a sealed word, behind the seals"] = shown
    report.counts["answers with a sealed word, without seals"] = leaked
    if not shown or leaked:
        report.failures.append("The worlds do not differ in what is sealed: nothing was proved.")
    del invented
