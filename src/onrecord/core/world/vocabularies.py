"""What systems call things: categories, endings and outcomes, by era.

Wordings are the sources' own; descriptions translate them. Weights are
assumptions unless `calibration.py` names a published figure for them.
"""

import numpy as np

REVIEWED_TYPES = {
    "Discreditable conduct - domestic abuse": 0.48,
    "Sexual assault": 0.19,
    "Sexual harassment": 0.13,
    "Other sexual conduct": 0.08,
    "Abuse of position for a sexual purpose": 0.06,
    "Domestic stalking or harassment": 0.06,
}
"""Conduct matters of violence against women: the first three as published (HM-2)."""

OTHER_CONDUCT_TYPES = {
    "Duties and responsibilities": 0.27,
    "Discreditable conduct": 0.17,
    "Authority, respect and courtesy": 0.14,
    "Honesty and integrity": 0.12,
    "Confidentiality": 0.11,
    "Equality and diversity": 0.08,
    "Use of force": 0.06,
    "Orders and instructions": 0.05,
}
SEXUAL_TYPES = frozenset(
    {
        "Sexual assault",
        "Sexual harassment",
        "Other sexual conduct",
        "Abuse of position for a sexual purpose",
    }
)
EQUALITY_TYPE = "Equality and diversity"

COMPLAINT_TYPES = {
    "A1 Police action following contact": 0.2,
    "A4 General level of service": 0.17,
    "A3 Information": 0.1,
    "B3 Power to arrest and detain": 0.08,
    "B4 Use of force": 0.12,
    "B1 Stops, and stop and search": 0.05,
    "C Handling of or damage to property/premises": 0.03,
    "D2 Disclosure of information": 0.03,
    "E Use of police vehicles": 0.02,
    "F6 Race": 0.03,
    "H1 Impolite language/tone": 0.08,
    "H3 Unprofessional attitude and disrespect": 0.06,
    "L Other": 0.03,
}
REVIEWED_COMPLAINT_TYPES = {
    "J1 Sexual assault": 0.35,
    "J2 Sexual harassment": 0.25,
    "G2 Abuse of position for sexual purpose": 0.1,
    "K Discreditable conduct (domestic abuse)": 0.3,
}
REVIEWED_CRIMES = {
    "Common assault (domestic)": 0.27,
    "Harassment (domestic)": 0.16,
    "Controlling or coercive behaviour": 0.11,
    "Stalking (domestic)": 0.08,
    "Malicious communications (domestic)": 0.06,
    "Sexual assault": 0.17,
    "Rape": 0.1,
    "Exposure": 0.03,
    "Voyeurism": 0.02,
}
OTHER_CRIMES = {
    "Common assault": 0.35,
    "Public order": 0.2,
    "Criminal damage": 0.15,
    "Theft": 0.12,
    "Data protection offence": 0.1,
    "Drink driving": 0.08,
}

CONDUCT_2012 = "conduct-2012"
CONDUCT_2020 = "conduct-2020"
COMPLAINT_PRE_2012 = "complaints-2008"
COMPLAINT_2012 = "complaints-2012"
COMPLAINT_2020 = "complaints-2020"
CRIME_OUTCOMES = "crime-outcomes-2013"
CLEAR_UP = "clear-up-pre-2013"

_REGULATIONS_2020 = np.datetime64("2020-02-01", "D")
_REGULATIONS_2012 = np.datetime64("2012-11-22", "D")
_OUTCOMES_2013 = np.datetime64("2013-04-01", "D")

NO_CASE = {
    CONDUCT_2012: {"No case to answer": 0.8, "No further action": 0.12, "Discontinued": 0.08},
    CONDUCT_2020: {
        "No case to answer": 0.78,
        "Reflective practice (RPRP)": 0.12,
        "No case to answer - performance": 0.06,
        "Withdrawn by force": 0.04,
    },
}
COMPLAINT_ENDINGS = {
    COMPLAINT_PRE_2012: {
        "Unsubstantiated": 0.42,
        "Local resolution": 0.33,
        "Dispensation": 0.1,
        "Withdrawn": 0.07,
        "Discontinued": 0.03,
        "Substantiated": 0.05,
    },
    COMPLAINT_2012: {
        "Not upheld": 0.45,
        "Local resolution": 0.3,
        "Disapplication": 0.06,
        "Discontinuance": 0.02,
        "Withdrawn": 0.06,
        "De-recorded": 0.01,
        "Upheld": 0.1,
    },
    COMPLAINT_2020: {
        "Service provided was acceptable": 0.5,
        "Service provided was not acceptable": 0.1,
        "Not able to determine if service was acceptable": 0.07,
        "Resolved - explanation given": 0.18,
        "No case to answer": 0.06,
        "Reflective practice (RPRP)": 0.03,
        "Withdrawn": 0.06,
    },
}
CRIME_ENDINGS = {
    "16 Evidential difficulties: suspect identified, victim does not support": 0.36,
    "15 Evidential difficulties: suspect identified, victim supports": 0.26,
    "14 Evidential difficulties: suspect not identified, victim does not support": 0.08,
    "18 Investigation complete: no suspect identified": 0.06,
    "10 Formal action not in the public interest (police)": 0.06,
    "21 Further investigation not in the public interest (police)": 0.04,
    "20 Action undertaken by another body": 0.02,
    "3 Adult caution": 0.03,
    "1 Charge or summons": 0.09,
}
"""The charge share is as published for police-perpetrated domestic abuse (SC-1)."""

CLEAR_UP_ENDINGS = {
    "Undetected": 0.45,
    "No crime": 0.2,
    "Detected - no proceedings": 0.25,
    "Filed NFA": 0.1,
}

VICTIM_POSITION = {
    "14": "did_not_wish_to_report",
    "15": "supports",
    "16": "reported_does_not_support",
}


def conduct_era(finalised: np.ndarray) -> np.ndarray:
    """Return the vocabulary in which conduct matters finalised on these days end."""
    return np.where(finalised < _REGULATIONS_2020, CONDUCT_2012, CONDUCT_2020).astype(object)


def complaint_era(finalised: np.ndarray) -> np.ndarray:
    """Return the vocabulary in which complaints finalised on these days end."""
    eras = np.where(finalised < _REGULATIONS_2020, COMPLAINT_2012, COMPLAINT_2020)
    return np.where(finalised < _REGULATIONS_2012, COMPLAINT_PRE_2012, eras).astype(object)


def crime_era(finalised: np.ndarray) -> np.ndarray:
    """Return the vocabulary in which crime reports finalised on these days end."""
    return np.where(finalised < _OUTCOMES_2013, CLEAR_UP, CRIME_OUTCOMES).astype(object)
