"""The events of the told stories, as written; `stories.py` moves their dates.

Nothing here happened. The shape is that of the published account (many low-grade
matters, one in probation that went nowhere, reports in other forces that nobody
joined up, limited checks at a renewal); forces, dates, order and details are not.
"""

from dataclasses import dataclass

JOINED = "2004-12-20"
HIGH_RISK_POSTING = "2012-09-03"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One case about the person of the first story."""

    org: str
    system: str
    ref: str
    case_type: str
    category: str
    reported: str
    occurred: str | None = None
    finalised: str | None = None
    wording: str | None = None
    victim_position: str | None = None
    withdrawn: str | None = None
    reported_by: str = "public"
    maker_post: str | None = None
    narrative: str | None = None
    victim: tuple[str, int, str] | None = None
    same_as: tuple[str, str] | None = None
    alleges: bool = True


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether the own force was told of a report elsewhere (`on` is empty if not)."""

    org: str
    system: str
    ref: str
    on: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class DutySpell:
    """A duty status given because of a case."""

    ref: str
    status: str
    began: str
    ended: str | None
    ground: str
    authorised_by: str | None
    terms: str | None = None


@dataclass(frozen=True, slots=True)
class Clearance:
    """A vetting decision, with one letter for each check: Y done, N not, - not recorded."""

    granted: str
    checks: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision in one of the cases."""

    org: str
    system: str
    ref: str
    decision_type: str
    decision: str
    on: str
    maker_post: str | None = None
    by_line_manager: bool = False


_16 = "16 Evidential difficulties: suspect identified, victim does not support"

CASES = (
    CaseEvent(
        "NSP", "CRIME", "N/90311/03", "crime_report", "Malicious communications (domestic)",
        "2003-09-02", "2003-08-11", "2003-10-20", "Filed NFA", "not_recorded",
        reported_by="victim", victim=("Leonie Wadcroft", 1981, "ex_partner"),
        narrative="It is reported that unwanted messages were sent after a relationship ended. "
        "No statement was taken.",
    ),
    CaseEvent(
        "NSP", "HR", "LM/2005/17", "misc", "Harassment of a former partner",
        "2005-10-14", "2005-09-30", "2005-10-21", "Spoken to by line manager", "never_approached",
        reported_by="line manager", maker_post="Sergeant",
        narrative="Probationer spoken to about contact with a former partner. Not passed on.",
    ),
    CaseEvent(
        "NSP", "LEGACY", "2006/9107", "complaint", "Incivility", "2006-08-03", "2006-07-30",
        "2006-11-20", "Local resolution",
    ),
    CaseEvent(
        "NSP", "LEGACY", "2008/9021", "complaint", "Excessive force", "2008-01-21", "2008-01-12",
        "2008-09-02", "Unsubstantiated",
    ),
    CaseEvent(
        "NSP", "LEGACY", "2009/9440", "complaint", "Incivility", "2009-11-05", "2009-11-01",
        "2010-01-15", "Local resolution",
    ),
    CaseEvent(
        "NSP", "LEGACY", "2011/9033", "complaint", "Oppressive conduct or harassment",
        "2011-06-10", "2011-05-28", "2011-12-01", "Unsubstantiated",
    ),
    CaseEvent(
        "NSP", "PSD", "CO/90017/17", "complaint", "H3 Unprofessional attitude and disrespect",
        "2017-04-11", "2017-04-02", "2017-06-30", "Local resolution",
    ),
    CaseEvent(
        "CVP", "INCIDENTS", "LOG90007-07", "domestic_incident", "Verbal argument, partners",
        "2007-05-19", None, "2007-05-20", "No offences disclosed", reported_by="third party",
        victim=("Marta Ravcombe", 1983, "current_partner"), alleges=False,
    ),
    CaseEvent(
        "WMK", "CRIME", "WM12-900417", "crime_report", "Common assault (domestic)",
        "2012-10-27", "2012-10-26", "2012-11-30", "Filed NFA", "did_not_wish_to_report",
        reported_by="third party", victim=("Bryony Ledmere", 1984, "current_partner"),
        narrative="A neighbour told the call handler that there was an argument at home. "
        "Neither person wished to say more.",
    ),
    CaseEvent(
        "EHP", "CRIME", "90118-2019", "crime_report", "Stalking (domestic)",
        "2019-02-25", "2018-12-10", "2019-06-14", _16, "reported_does_not_support",
        withdrawn="2019-05-20", reported_by="victim",
        victim=("Aneesa Kelbrook", 1988, "ex_partner"),
        narrative="The reporting person says that a former partner followed them on several days. "
        "The suspect was not interviewed.",
    ),
    CaseEvent(
        "CVP", "INCIDENTS", "LOG90031-20", "misc", "Ejected from licensed premises",
        "2020-02-08", None, "2020-02-09", "No offences disclosed", reported_by="third party",
        alleges=False,
    ),
    CaseEvent(
        "WMK", "CRIME", "WM21-900866", "crime_report", "Common assault (domestic)",
        "2021-11-06", "2021-11-05", "2022-01-24", _16, "reported_does_not_support",
        withdrawn="2021-12-14", reported_by="third party",
        victim=("Sorrel Fenhurst", 1990, "current_partner"),
    ),
    CaseEvent(
        "NSP", "PSD", "CM/90012/22", "conduct_matter", "Orders and instructions",
        "2022-02-01", "2021-11-07", "2022-05-16", "No case to answer", reported_by="other force",
        maker_post="Appropriate authority (delegate)",
        narrative="Did not tell a supervisor of being interviewed by another force. Words of advice.",
    ),
    CaseEvent(
        "WMK", "CRIME", "WM23-901204", "crime_report", "Rape",
        "2023-08-14", "2021-06-05", "2024-03-11", _16, "reported_does_not_support",
        withdrawn="2024-02-19", reported_by="victim", victim=("Tamsin Overleigh", 1992, "stranger"),
    ),
    CaseEvent(
        "NSP", "PSD", "CM/90044/23", "conduct_matter", "Sexual assault",
        "2023-08-16", "2021-06-05", "2024-04-08", "No case to answer",
        "reported_does_not_support", withdrawn="2024-02-19", reported_by="other force",
        maker_post="Appropriate authority (delegate)",
        victim=("Tamsin Overleigh", 1992, "stranger"), same_as=("WMK:CRIME", "WM23-901204"),
        narrative="Recorded on notification by the force that is investigating.",
    ),
    CaseEvent(
        "WMK", "CRIME", "WM24-900388", "crime_report", "Rape", "2024-09-17", "2020-11-21",
        reported_by="victim", victim=("Orla Hathersett", 1989, "ex_partner"),
    ),
    CaseEvent(
        "NSP", "PSD", "CM/90071/24", "conduct_matter", "Sexual assault", "2024-09-18",
        "2020-11-21", reported_by="other force", victim=("Orla Hathersett", 1989, "ex_partner"),
        same_as=("WMK:CRIME", "WM24-900388"),
    ),
)  # fmt: skip

NOTICES = (
    Notice("CVP", "INCIDENTS", "LOG90007-07"),
    Notice("WMK", "CRIME", "WM12-900417"),
    Notice("EHP", "CRIME", "90118-2019", "2019-03-12", "email"),
    Notice("CVP", "INCIDENTS", "LOG90031-20"),
    Notice("WMK", "CRIME", "WM21-900866", "2022-01-25", "email"),
    Notice("WMK", "CRIME", "WM23-901204", "2023-08-15", "telephone"),
    Notice("WMK", "CRIME", "WM24-900388", "2024-09-17", "telephone"),
)

DUTY = (
    DutySpell(
        "CM/90044/23", "restricted", "2023-08-17", "2024-04-09", "risk assessment",
        "Assistant Chief Constable", "No contact with the public; no firearms",
    ),
    DutySpell(
        "CM/90071/24", "suspended", "2024-09-18", None, "public_interest",
        "Assistant Chief Constable",
    ),
)  # fmt: skip

CLEARANCES = (Clearance("2004-11-08", "YNY-Y-N"), Clearance("2020-07-14", "YYNNYNN"))
"""hr, psd, crime, incidents, pnc, pnd, intelligence: three of seven at the renewal."""

DECISIONS = (
    Decision(
        "NSP", "HR", "LM/2005/17", "no referral", "Dealt with informally; not referred",
        "2005-10-21", "Sergeant", by_line_manager=True,
    ),
    Decision(
        "EHP", "CRIME", "90118-2019", "no further action", "No further action, suspect not arrested",
        "2019-06-14",
    ),
    Decision(
        "NSP", "PSD", "CM/90044/23", "severity", "gross misconduct", "2023-08-21",
        "Appropriate authority (delegate)",
    ),
    Decision(
        "NSP", "PSD", "CM/90044/23", "restriction lifted", "Restriction lifted, no conditions",
        "2024-04-09", "Assistant Chief Constable",
    ),
    Decision(
        "NSP", "PSD", "CM/90071/24", "severity", "gross misconduct", "2024-09-19",
        "Appropriate authority (delegate)",
    ),
)  # fmt: skip

VICTIM_INCIDENTS = (
    ("NSP", "2014-06-01", "Verbal argument, partners"),
    ("NSP", "2016-01-17", "Verbal argument, partners"),
    ("CVP", "2017-09-03", "Verbal argument, partners"),
    ("NSP", "2019-12-26", "Verbal argument, former partners"),
    ("CVP", "2021-04-11", "Verbal argument, former partners"),
)
