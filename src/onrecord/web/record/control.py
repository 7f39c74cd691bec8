"""The known-then control, as a page of facts shows it."""

from collections import defaultdict
from collections.abc import Mapping

from onrecord.apps.organisations.selectors import HolderRef
from onrecord.web.components.known_then.component import Choice, ChoiceGroup, KnownThen
from onrecord.web.viewing import ANYONE, Asked
from onrecord.web.wording.dates import uk_date

LINKS_ARE_TODAYS = "Which records are one person is judged with what is known today, also when an earlier day is shown."


def control(
    asked: Asked, holders: Mapping[int, HolderRef], *, says: tuple[str, ...] = ()
) -> KnownThen:
    """Return the control, offering the eyes of every holder of this installation.

    All of them, always: the list must not depend on who has something on this person.
    """
    return KnownThen(
        on_typed=asked.typed,
        selected=asked.to,
        first_choice=Choice(ANYONE, "Anyone, joined up"),
        groups=tuple(_groups(holders)),
        says=(shown_words(asked, holders), *says),
        error=asked.error,
        today_href="?" if asked.query else "",
    )


def shown_words(asked: Asked, holders: Mapping[int, HolderRef]) -> str:
    """Return what the page shows, in a sentence."""
    day = "today" if asked.on is None else f"on {uk_date(asked.on)}"
    if asked.is_joined_up:
        return (
            f"Everything that was known to anybody {day}."
            if asked.on
            else "Everything known today, joined up."
        )
    return f"Only what {holder_words(asked.to, holders)} held {day}."


def holder_words(code: str, holders: Mapping[int, HolderRef]) -> str:
    """Return the name of a holder, or of an organisation with all its systems."""
    for holder in holders.values():
        if code == holder.code:
            return f"{holder.organisation_name}, {holder.system_name},"
        if code == holder.organisation_code:
            return holder.organisation_name
    return code


def _groups(holders: Mapping[int, HolderRef]) -> list[ChoiceGroup]:
    by_organisation: dict[tuple[str, str], list[Choice]] = defaultdict(list)
    for holder in sorted(holders.values(), key=lambda ref: ref.system_name):
        key = (holder.organisation_name, holder.organisation_code)
        by_organisation[key].append(
            Choice(holder.code, f"{holder.organisation_name}, {holder.system_name}")
        )
    return [
        ChoiceGroup(name, (Choice(code, f"{name}, every system"), *choices))
        for (name, code), choices in sorted(by_organisation.items())
    ]
