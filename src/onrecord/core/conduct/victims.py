"""What is kept about a victim, witness or reporter in one case, without saying who they are.

Three schemes run beside each other and are never merged: updates owed to a
complainant, rights under the Victims' Code, and interested persons, who must
consent. Wishes, consent, safe channels, contacts, anonymity and withdrawal belong to
all of them. When something is due is reckoned elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

CHANNELS: Mapping[str, str] = {
    "telephone": "Telephone",
    "text_message": "Text message",
    "email": "Email",
    "letter": "Letter",
    "in_person": "In person",
    "through_adviser": "Through an independent adviser",
    "through_other_force": "Through another force",
}
"""How somebody may be reached."""

ROLES = frozenset({"victim", "witness", "reporter", "other", "unknown"})
"""Parts in a case whose holders lie in the compartment."""

COMPLAINANTS = frozenset({"victim", "reporter"})
"""Parts in a case that are counted when complainants are counted."""


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry about a victim, and what may be said in it.

    Attributes:
        label: what the kind is called.
        whats: what it may be about, by code.
        states: how it may stand, by code.
        has_channel: whether it says through which channel.
        words: what may be written freely, by code; it lies in the compartment.
        verb: what the table of permissions calls recording it.
    """

    label: str
    whats: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    has_channel: bool = False
    words: Mapping[str, str] = field(default_factory=lambda: {"note": "Note"})
    verb: str = "victim:record"


ENTRY_KINDS: Mapping[str, EntryKind] = {
    "update": EntryKind(
        "Complaint update given",
        {"progress": "Progress", "decision": "A decision", "result": "The result",
         "no_news": "That there is no news"},
        has_channel=True,
    ),
    "right": EntryKind(
        "Right under the Victims' Code",
        {"arrest": "An arrest", "bail": "Bail or its conditions", "charge": "A charge",
         "no_further_action": "No further action", "review": "The right to a review",
         "court": "A court date or result", "statement": "A personal statement"},
        {"entitled": "Entitled", "told": "Told", "declined": "Declined"},
    ),
    "interested_person": EntryKind(
        "Interested person",
        states={"asked": "Asked for consent", "consented": "Consented", "refused": "Refused"},
    ),
    "wish": EntryKind(
        "Wish about contact",
        states={"wants_contact": "Wants contact", "wants_no_contact": "Does not want contact",
                "only_if_needed": "Wants contact only about decisions"},
        words={"note": "How, and when not"},
    ),
    "consent": EntryKind(
        "Consent",
        {"contact": "To being contacted", "sharing": "To sharing with another organisation",
         "records": "To records being asked for"},
        {"given": "Given", "refused": "Refused", "taken_back": "Taken back"},
    ),
    "safe_channel": EntryKind(
        "Safe channel",
        has_channel=True,
        words={"address": "Number or address", "times": "Safe times, and when not",
               "code_word": "Code word"},
    ),
    "contact": EntryKind(
        "Contact",
        {"first": "First contact", "update": "An update", "safety": "Safety",
         "appointment": "An appointment", "question": "A question of theirs"},
        {"reached": "Reached", "no_answer": "No answer, no message left",
         "declined": "Did not wish to speak", "broken_off": "Broken off as not safe"},
        has_channel=True, verb="victim:contact",
    ),
    "no_contact": EntryKind(
        "No contact, because",
        {"asked_not_to": "They asked not to be contacted", "not_safe": "It would not be safe",
         "no_safe_channel": "There is no safe channel", "not_found": "They could not be found",
         "died": "They have died", "lacks_capacity": "They lack capacity and nobody acts for them",
         "would_prejudice": "It would prejudice an investigation"},
        verb="victim:contact",
    ),
    "anonymity": EntryKind(
        "Anonymity for life",
        {"sexual_offence": "A sexual offence is alleged", "domestic_abuse": "Domestic abuse",
         "other": "Another ground"},
        {"statutory": "By statute", "policy": "By policy"},
    ),
    "withdrawal": EntryKind(
        "Withdrawal, which disproves nothing",
        {"complaint": "The complaint", "statement": "A statement",
         "support": "Support for a prosecution"},
    ),
}  # fmt: skip
"""Every kind of entry, by code."""


class Entry(Protocol):
    """One entry, as far as reckoning needs it."""

    @property
    def kind(self) -> str:
        """Return its kind."""

    @property
    def what(self) -> str:
        """Return what it is about."""

    @property
    def state(self) -> str:
        """Return how it stands."""

    @property
    def on_day(self) -> date:
        """Return the day on which it was so."""

    @property
    def recorded_at(self) -> datetime:
        """Return when it was recorded."""


def what_is_wrong(
    kind: str, what: str, state: str, channel: str, words: Mapping[str, str]
) -> dict[str, str]:
    """Return what cannot be recorded so, by field; empty when everything is right."""
    told = ENTRY_KINDS[kind]
    wrong = {}
    for name, given, choices in (
        ("what", what, told.whats),
        ("state", state, told.states),
        ("channel", channel, CHANNELS if told.has_channel else {}),
    ):
        if given not in (choices or {"": ""}):
            wrong[name] = "Choose one of the answers"
    if kind == "anonymity" and not wrong and (what == "sexual_offence") != (state == "statutory"):
        wrong["state"] = "Anonymity is by statute for sexual offences, and by policy otherwise"
    if unknown := set(words) - set(told.words):
        wrong[min(unknown)] = "Nothing of this sort is kept here"
    return wrong


def in_order[E: Entry](entries: Iterable[E]) -> list[E]:
    """Return entries, the latest first: by the day they are about, then as they were recorded."""
    return sorted(entries, key=lambda entry: (entry.on_day, entry.recorded_at), reverse=True)


def no_contact_because(entries: Iterable[Entry]) -> str:
    """Return the code of why there is to be no contact now; empty when nothing stands against it.

    A decision not to make contact stands until the victim says that they want it, or
    was reached. A missing safe channel is no more missing once one is recorded.
    """
    ordered = in_order(entries)
    for place, entry in enumerate(ordered):
        if entry.kind == "no_contact":
            return entry.what
        if (entry.kind, entry.state) == ("wish", "wants_no_contact"):
            return "asked_not_to"
        if entry.kind == "wish" or (entry.kind, entry.state) == ("contact", "reached"):
            return ""
        if entry.kind == "safe_channel":
            because = no_contact_because(ordered[place + 1 :])
            return "" if because == "no_safe_channel" else because
    return ""
