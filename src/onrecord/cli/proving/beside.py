"""Accounts beside one a role, of whom things are made, so that they are nobody's who tries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.cli.proving.people import ORGANISATION, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from onrecord.apps.access.models import User
    from onrecord.apps.access.roles import Role


@dataclass(frozen=True, slots=True)
class Beside:
    """Who they are.

    Attributes:
        lead, officer: a second review lead and a second investigator.
        subjects: an account for each of the people of the world, in their order.
    """

    lead: "User"
    officer: "User"
    subjects: tuple["User", ...]


def make_accounts_beside(people: "Sequence[UUID]") -> "Beside":
    """Make a second review lead and investigator, and an account for each of these people on record."""
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.services import set_person_record
    from onrecord.core.ledger.actors import LOCAL_OPERATOR

    subjects = []
    for number, record in enumerate(people):
        user = _beside(f"subject.{number}", Role.INVESTIGATOR)
        set_person_record(actor=LOCAL_OPERATOR, user=user, person_record=record, reason="proving")
        subjects.append(user)
    lead, officer = (
        _beside("second.lead", Role.REVIEW_LEAD),
        _beside("second.officer", Role.ANALYST),
    )
    return Beside(lead, officer, tuple(subjects))


def _beside(name: str, role: "Role") -> "User":
    from onrecord.apps.access.services import create_user
    from onrecord.core.ledger.actors import LOCAL_OPERATOR

    return create_user(
        actor=LOCAL_OPERATOR, reason="proving", username=name, display_name=name.title(),
        organisation_code=ORGANISATION, role=role, password=PASSWORD,
    )  # fmt: skip
