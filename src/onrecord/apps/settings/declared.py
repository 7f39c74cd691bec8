"""Every setting that may be changed while Onrecord runs, and how far. What is not here cannot be set.

Whatever would weaken a promise of the record itself (the ledger, walls, who may) is not here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Looser(StrEnum):
    """Which way a safeguard is loosened; a change that way takes a second human being."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        key: its name on the ledger and in the code.
        group, title, meaning: how pages show it.
        unit: what the number counts; empty for a choice.
        default: what holds until somebody sets it.
        lowest, highest: between which a number must lie.
        environment: the variable with which the operator overrides it.
        looser: which way it weakens a safeguard; for a choice, a later option is looser.
        options: for a choice, its values and words, the strictest first.
    """

    key: str
    group: str
    title: str
    meaning: str
    unit: str
    default: str
    environment: str
    lowest: int = 0
    highest: int = 0
    looser: Looser = Looser.NEITHER
    options: tuple[tuple[str, str], ...] = ()


IDLE, LONGEST_SIGN_IN = "sign_in.idle_minutes", "sign_in.longest_hours"
SECOND_FACTOR, FREE_TRIES = "sign_in.second_factor", "sign_in.free_tries"
LONGEST_WAIT, LONGEST_KEY = "sign_in.longest_wait_minutes", "services.longest_key_days"
EXPORT_ROWS, AGREEMENT_DAYS = "export.rows", "agreement.days"
OVERRIDE_DAYS, NEW_DAYS = "override.longest_days", "today.new_days"
SOON_DAYS, QUIET_MINUTES = "today.soon_days", "mail.quiet_minutes"
LOOKS_A_MINUTE = "looking.most_a_minute"

_SIGN_IN, _TWO, _DAY = "Signing in", "More than one person", "The working day"

SETTINGS: dict[str, Setting] = {
    each.key: each
    for each in (
        Setting(
            IDLE, _SIGN_IN, "Sign-in ends when idle for",
            "Somebody who does nothing for this long has to sign in again.",
            "minutes", "30", "ONRECORD_IDLE_MINUTES", 5, 120, Looser.HIGHER,
        ),
        Setting(
            LONGEST_SIGN_IN, _SIGN_IN, "Sign-in ends in any case after",
            "However busy, everybody has to sign in again after this long.",
            "hours", "10", "ONRECORD_SIGN_IN_HOURS", 1, 16, Looser.HIGHER,
        ),
        Setting(
            SECOND_FACTOR, _SIGN_IN, "A second factor is needed by",
            "Whoever needs one is sent to set it up before they see anything else.",
            "", "everybody", "ONRECORD_SECOND_FACTOR", looser=Looser.HIGHER,
            options=(
                ("everybody", "Everybody"),
                ("guarded", "Administrators, and whoever reaches behind seals or to victims"),
                ("nobody", "Nobody; it is each person's own choice"),
            ),
        ),
        Setting(
            FREE_TRIES, _SIGN_IN, "Wrong passwords before a wait",
            "How many tries a day at one browser wait for nothing. After them each waits longer.",
            "tries", "5", "ONRECORD_FREE_TRIES", 3, 10, Looser.HIGHER,
        ),
        Setting(
            LONGEST_WAIT, _SIGN_IN, "Longest wait after wrong passwords",
            "The wait doubles with each wrong password until it is this long. Nobody is locked out.",
            "minutes", "15", "ONRECORD_LONGEST_WAIT_MINUTES", 5, 60, Looser.LOWER,
        ),
        Setting(
            LONGEST_KEY, _SIGN_IN, "A key of a service lasts at most",
            "New keys only: one made before lasts as long as was said when it was made.",
            "days", "366", "ONRECORD_LONGEST_KEY_DAYS", 1, 366, Looser.HIGHER,
        ),
        Setting(
            LOOKS_A_MINUTE, _SIGN_IN, "One account looks at most",
            "Pages, searches and answers to programs within a minute. Nobody reads faster; a script does.",
            "times a minute", "240", "ONRECORD_LOOKS_A_MINUTE", 60, 6000, Looser.HIGHER,
        ),
        Setting(
            EXPORT_ROWS, _TWO, "One person takes out at most",
            "A longer list leaves only when somebody else has agreed.",
            "rows", "500", "ONRECORD_EXPORT_ROWS", 1, 10_000, Looser.HIGHER,
        ),
        Setting(
            AGREEMENT_DAYS, _TWO, "An agreement waits to be used for",
            "What somebody asked others to agree to runs out after this long.",
            "days", "3", "ONRECORD_AGREEMENT_DAYS", 1, 14, Looser.HIGHER,
        ),
        Setting(
            OVERRIDE_DAYS, _TWO, "An override of a conflict stands at most",
            "After this long, three people have to decide again whether somebody may go on.",
            "days", "28", "ONRECORD_OVERRIDE_DAYS", 1, 90, Looser.HIGHER,
        ),
        Setting(
            NEW_DAYS, _DAY, "Called new on Today for",
            "Tasks given and files imported within this time.",
            "days", "3", "ONRECORD_NEW_DAYS", 1, 14,
        ),
        Setting(
            SOON_DAYS, _DAY, "Overrides are called about to end within",
            "So that whoever answers for them can decide in time.",
            "days", "3", "ONRECORD_SOON_DAYS", 1, 14,
        ),
        Setting(
            QUIET_MINUTES, _DAY, "Nobody gets two e-mails within",
            "An e-mail says only how many things wait.",
            "minutes", "60", "ONRECORD_QUIET_MINUTES", 5, 1440,
        ),
    )
}  # fmt: skip
"""The settings by key, in the order in which pages show them."""
