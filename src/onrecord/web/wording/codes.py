"""Coded values in plain words. A value that has no words here is shown as it stands."""

CASE_TYPE = {
    "complaint_sch3": "Complaint (Schedule 3)",
    "complaint_outside_sch3": "Complaint outside Schedule 3",
    "complaint": "Complaint",
    "conduct_matter": "Conduct matter",
    "dsi": "Death or serious injury matter",
    "crime_report": "Crime report",
    "domestic_incident": "Domestic incident",
    "vetting_info": "Vetting information",
    "misc": "Miscellaneous",
}

DISPOSITION_CLASS = {
    "proven": "Proven",
    "not_proven_after_hearing": "Not proven after a hearing",
    "unresolved": "Not resolved",
    "positively_disproved": "Shown not to have happened",
    "open": "Open",
}

VICTIM_POSITION = {
    "never_approached": "victim never approached",
    "did_not_wish_to_report": "victim did not wish to report",
    "reported_does_not_support": "victim reported, does not support prosecution",
    "retracted": "victim retracted",
    "untraceable": "victim could not be traced",
    "lacked_capacity": "victim lacked capacity",
    "died": "victim has died",
    "supports": "victim supports",
    "not_recorded": "victim's position not recorded",
}

DUTY_STATUS = {
    "normal": "Normal duties",
    "restricted": "Restricted duties",
    "redeployed": "Redeployed",
    "suspended": "Suspended",
}

PERSON_TYPE = {
    "officer": "Officer",
    "special": "Special constable",
    "staff": "Staff",
    "designated_volunteer": "Designated volunteer",
    "contractor": "Contractor",
    "student_officer": "Student officer",
    "former_officer": "Former officer",
    "former_staff": "Former staff",
    "unknown": "Type not known",
}

SPELL_ENDING = {
    "ended": "ended",
    "left_resigned": "left: resigned",
    "left_retired": "left: retired",
    "left_dismissed": "left: dismissed",
    "left_transferred": "left: transferred",
    "left_other": "left",
    "deceased": "died",
}

ROLE = {
    "subject": "Subject",
    "victim": "Victim",
    "witness": "Witness",
    "reporter": "Reporter",
    "other": "Other party",
    "unknown": "Role not known",
}

RECORD_TYPE = {
    "use_of_force": "Use of force",
    "force_action": "Force used",
    "pay": "Pay",
    "settlement": "Settlement",
    "award": "Award",
    "training": "Training",
    "other": "Other record",
}

JUDGEMENT = {"same": "One person", "not_same": "Not one person", "undecided": "Undecided"}

CHECK_TYPE = {
    "pnd": "Police National Database",
    "pnc": "Police National Computer",
    "psd": "Professional standards records",
    "hr": "HR file",
    "crime": "Crime systems",
    "incidents": "Incident logs",
    "intelligence": "Intelligence",
}


def worded(words: dict[str, str], code: str | None, *, absent: str = "Not recorded") -> str:
    """Return the words for `code`; the code itself, made readable, if there are none."""
    if not code:
        return absent
    return words.get(code) or readable(code)


def readable(code: str) -> str:
    """Return a source's code as words: `use_of_force` becomes `Use of force`."""
    text = code.replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def joined(*parts: str | None, by: str = ", ") -> str:
    """Return the parts that say something, joined."""
    return by.join(part for part in parts if part)
