"""The control that moves a page to another day and to other eyes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the eyes to look through."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """Choices that belong together under a name."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class KnownThen:
    """The control as it stands.

    Attributes:
        on_typed: what is in the day's field.
        error: what is wrong with it, in a sentence; empty when nothing is.
        selected: the value of the eyes now looked through.
        first_choice: looking through everybody's eyes.
        groups: the other choices.
        says: sentences about what the page shows, beside the control.
        today_href: the same page without a day, empty when there is none.
    """

    on_typed: str
    selected: str
    first_choice: Choice
    groups: tuple[ChoiceGroup, ...]
    says: tuple[str, ...]
    error: str = ""
    today_href: str = ""
