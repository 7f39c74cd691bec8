"""What people are here to do."""

from enum import StrEnum


class Role(StrEnum):
    """The duty an account is for; one account has one."""

    REVIEW_LEAD = "review_lead"
    REVIEWER = "reviewer"
    INTAKE_OFFICER = "intake_officer"
    APPROPRIATE_AUTHORITY = "appropriate_authority"
    INVESTIGATOR = "investigator"
    COUNTER_CORRUPTION = "counter_corruption"
    VETTING_OFFICER = "vetting_officer"
    WATCHDOG = "watchdog"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    LOCAL_OPERATOR = "local_operator"

    @property
    def label(self) -> str:
        """Return the role as a person would write it."""
        return self.replace("_", " ").capitalize()
