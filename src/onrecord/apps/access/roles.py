"""What people are here to do. How far each role reaches is in `core/permissions/table.csv`."""

from enum import StrEnum


class Role(StrEnum):
    """The duty an account is for; one account has one, and may be lent others for a time."""

    REVIEW_LEAD = "review_lead"
    REVIEWER = "reviewer"
    PANEL_MEMBER = "panel_member"
    INTAKE_OFFICER = "intake_officer"
    APPROPRIATE_AUTHORITY = "appropriate_authority"
    SENIOR_OFFICER = "senior_officer"
    INVESTIGATOR = "investigator"
    PROCEEDINGS_OFFICER = "proceedings_officer"
    VETTING_OFFICER = "vetting_officer"
    HEAD_OF_COUNTER_CORRUPTION = "head_of_counter_corruption"
    COUNTER_CORRUPTION = "counter_corruption"
    WATCHDOG = "watchdog"
    OVERSIGHT = "oversight"
    ANALYST = "analyst"
    VICTIM_CONTACT = "victim_contact"
    WELFARE_OFFICER = "welfare_officer"
    ADMINISTRATOR = "administrator"
    LOCAL_OPERATOR = "local_operator"

    @property
    def label(self) -> str:
        """Return the role as a person would write it."""
        return self.replace("_", " ").capitalize()


SEALED_ROLES = frozenset({Role.HEAD_OF_COUNTER_CORRUPTION, Role.COUNTER_CORRUPTION})
"""Roles that may be let behind a seal; even they see only the seals they are members of."""
