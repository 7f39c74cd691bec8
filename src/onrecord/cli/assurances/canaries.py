"""Nothing that is known of a victim or reporter leaves the compartment but in the one answer."""

from random import Random
from typing import TYPE_CHECKING

from onrecord.cli.assurances.reporting import Report
from onrecord.cli.benches.homes import a_home
from onrecord.cli.session import Store, store
from onrecord.project.home import Home

if TYPE_CHECKING:
    from onrecord.cli.proving.canaries import Canaries, Planted
    from onrecord.cli.proving.world import Invented

FULL = 500
"""How many canaries are planted in a full run."""

_PROMISE = (
    "Words and numbers that stand nowhere else are planted as names, telephone numbers, addresses,"
    " e-mails and injuries of victims, witnesses and reporters (some of them officers), and in what is"
    " written with wishes, consent, safe channels, contacts and comparisons. Then every address in the"
    " table of addresses is asked for and every form is sent, for every role and for nobody, links are"
    " followed, and commands are run. None of them turns up in a page, an error page, a title, an address,"
    " a header, a file name, a download, a line of the log at DEBUG, the ledger, a notice, a message, a"
    " session, or any table or file outside the compartment. The one answer that says who somebody is"
    " shows all of them, so the search can see what it searches for. Forms are sent empty and with one"
    " filling; a page that needs another is met by its link or not at all."
)


def run(seed: int, times: int) -> Report:
    """Plant `times` canaries in a home of its own, drive everything, and search what leaves."""
    with a_home() as home, store(Home(home)) as opened:
        return search_everything(opened, seed=seed, many=times, limit=times // 10)


def search_everything(
    opened: Store, *, seed: int, many: int, limit: int, roles: "list[str] | None" = None
) -> Report:
    """Plant in the open store, drive every role, and say what turned up where."""
    from django.conf import settings
    from django.core import mail
    from django.test.utils import override_settings

    from onrecord.cli.proving.canaries import Canaries, plant
    from onrecord.cli.proving.leaving import NOBODY, ask_who, listening, search_files, search_tables
    from onrecord.cli.proving.people import roles as every_role
    from onrecord.cli.proving.world import write_open_world

    canaries = Canaries(Random(seed))  # noqa: S311 - the same seed plants the same words
    mailers = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    with listening(canaries), override_settings(ALLOWED_HOSTS=["*"], MAILERS=mailers):
        mail.outbox = []
        made = write_open_world()
        parties = plant(made, canaries, many)
        ask_who(canaries, parties)
        chosen = [*(every_role() if roles is None else roles), NOBODY]
        covered = _drive(canaries, made, parties, chosen, limit)
        commands = _commands(canaries, made, opened.home)
        sent = [message.message().as_bytes() for message in mail.outbox]
        for content in [*sent, *_written(chosen)]:
            canaries.search("messages", "an e-mail", content)
        search_tables(canaries)
        for home in {opened.home.root, settings.HOME.root}:
            search_files(canaries, home, opened.home.data)
    report = Report("canaries", seed, _PROMISE)
    _tell(report, canaries, covered)
    report.counts |= {"commands run": commands, "roles": len(chosen)}
    return report


def _written(roles: list[str]) -> list[bytes]:
    """Return the e-mail that tells each account of its notices, as it is written for sending."""
    from onrecord.apps.access.selectors import user_named
    from onrecord.apps.work.mailing import written
    from onrecord.cli.proving.leaving import NOBODY

    return [
        written(user_named(role.replace("_", ".")), 3).as_bytes()
        for role in roles
        if role != NOBODY
    ]


def _drive(
    canaries: "Canaries", made: "Invented", parties: "list[Planted]", roles: list[str], limit: int
) -> set[tuple[str, str]]:
    from onrecord.cli.proving.leaving import Caller, drive
    from onrecord.core.kernel.ids import public_reference

    values = {
        "str": [
            public_reference("C", made.cases[0]), public_reference("P", made.people[0]),
            public_reference("I", made.incidents[0]), public_reference("T", made.tasks[0]), "wish",
        ],
        "int": ["1", "2"],
        "uuid": [str(parties[0].party)],
    }  # fmt: skip
    covered: set[tuple[str, str]] = set()
    for role in roles:
        covered |= drive(Caller(canaries, role), values, limit)
    return covered


def _commands(canaries: "Canaries", made: "Invented", home: Home) -> int:
    """Run every command that shows or writes something to whoever runs the installation."""
    from onrecord.cli.proving.visiting import printed
    from onrecord.core.kernel.ids import public_reference

    case = public_reference("C", made.cases[0])
    person = public_reference("P", made.people[0])
    why, out = ["--reason", "proving"], ["--out", str(home.root / "made" / "case.json")]
    (home.root / "made").mkdir(exist_ok=True)
    asked = [
        ["holders", "--json"], ["import", "--list", "--json"], ["health", "--json"], ["doctor"],
        ["today"], ["notices", "send"], ["version"], ["users", "list"], ["conflicts", "work-out"],
        ["snapshot"], ["audit", "verify"], ["rebuild"], ["bundle", case, *out, *why],
        ["known-then", person, "--on", "2026-01-01", "--json", *why],
        ["known-then", case, "--on", "2026-01-01", *why], ["no-such-command"],
    ]  # fmt: skip
    for words in asked:
        answer = printed(words)
        canaries.search("commands", " ".join(words[:1]), answer.body)
    return len(asked)


def _tell(report: Report, canaries: "Canaries", covered: set[tuple[str, str]]) -> None:
    from onrecord.cli.proving.leaving import LEAVING
    from onrecord.cli.proving.visiting import table_of_addresses

    wanted = {
        (row.route, row.method)
        for row in table_of_addresses()
        if row.method in {"GET", "POST"} and row.route not in LEAVING
    }
    report.counts = {
        "canaries planted": len(canaries.planted),
        "canaries found outside": len(canaries.found),
        "canaries shown where they may be": len(canaries.permitted),
        "addresses and methods": len(wanted),
        "of them driven": len(wanted & covered),
    }
    report.counts |= {f"searched: {what}": n for what, n in sorted(canaries.looked.items())}
    report.failures = [
        f"A canary ({canaries.planted[sign]}) turned up in {place}."
        for sign, places in sorted(canaries.found.items())
        for place in sorted(places)[:5]
    ]
    if unseen := canaries.planted.keys() - canaries.permitted:
        report.failures.append(f"{len(unseen)} canaries were not shown where they may be.")
    report.failures += [
        f"{method} {route} was not driven." for route, method in sorted(wanted - covered)
    ]
