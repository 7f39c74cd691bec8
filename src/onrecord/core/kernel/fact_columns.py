"""What each kind of fact says, one line a column.

A line reads `name type use [-> kind linked to] : meaning`. A heading reads
`kind [root] [compartment] : meaning`. `core.kernel.kinds` turns them into values;
read that module first. Words are the glossary's.

Where one row of a source holds columns that became known at different times
(a complaint and its finding, a posting and its end) it is several facts.
"""

HEADER_COLUMNS = """
fact_id integer : number of this version, unique over all kinds
event_id integer : the ledger event under which it was written
lineage uuid : the thing this is a version of
change code : first, later (a new value with its own known date) or mistake (the same known date, put right)
gone bool : the thing is no longer (later) or never was (mistake) on record
happened_from date : first day on which it happened, if known
happened_to date : last day on which it happened, if known
happened_basis code : stated, derived or not_known
known_on date : the day it could first have been known, in the holder's time zone
known_basis code : stated, derived (by known_rule) or extract (the date of the release)
known_rule code : the rule by which known_on was derived
holder_id integer : the organisation and source system that first held it
source_ref text : the holder's own reference for it
case_lineage uuid : the case it belongs to, if any
record_lineage uuid : the person record it is about, if any (subjects only)
"""

CHANGES = ("first", "later", "mistake")
HAPPENED_BASES = ("stated", "derived", "not_known")
KNOWN_BASES = ("stated", "derived", "extract")

ROLES = ("subject", "victim", "witness", "reporter", "other", "unknown")
"""The role in which a person is in a record; only subjects are ever counted."""

DISPOSITION_CLASSES = (
    "proven",
    "not_proven_after_hearing",
    "unresolved",
    "positively_disproved",
    "open",
)

CODES: dict[str, tuple[str, ...]] = {
    "role": ROLES,
    "disposition_class": DISPOSITION_CLASSES,
    "person_type": (
        "officer",
        "special",
        "staff",
        "designated_volunteer",
        "contractor",
        "student_officer",
        "former_officer",
        "former_staff",
        "unknown",
    ),
    "case_type": (
        "complaint_sch3",
        "complaint_outside_sch3",
        "complaint",
        "conduct_matter",
        "dsi",
        "crime_report",
        "domestic_incident",
        "vetting_info",
        "misc",
    ),
    "victim_position": (
        "never_approached",
        "did_not_wish_to_report",
        "reported_does_not_support",
        "retracted",
        "untraceable",
        "lacked_capacity",
        "died",
        "supports",
        "not_recorded",
    ),
    "duty_status": ("normal", "restricted", "redeployed", "suspended"),
    "judgement": ("same", "not_same", "undecided"),
    "spell_ending": (
        "ended",
        "left_resigned",
        "left_retired",
        "left_dismissed",
        "left_transferred",
        "left_other",
        "deceased",
    ),
    "record_type": (
        "use_of_force",
        "force_action",
        "pay",
        "settlement",
        "award",
        "training",
        "other",
    ),
}
"""Closed vocabularies (`conduct-law.md` table C, `design.md` §2), by column name."""

SEALED_KINDS = frozenset({"intelligence_report"})
"""Written by imports, readable by no role until walls exist."""

KIND_COLUMNS: dict[str, str] = {
    "person_record root : one row about somebody in one source": """
person_type text code : officer, special, staff and so on
family_name text identity : as the source writes it
given_names text identity : as the source writes it
middle_names text identity : names or initials between the two
suffix text identity : Jr, III and so on
title text identity : rank or courtesy title where the source keeps it with the name
birth_date date identity : when the source has the whole date
birth_year integer number : when that is all it has
age_stated integer number : an age, where a source gives no year
recorded_sex text code : in the source's own code
recorded_ethnicity text code : in the source's own code
service_number text identity : collar, star or badge number; re-used by forces
warrant_number text identity : a number that is not re-used
""",
    "service_spell : a time for which somebody held a rank, a post, a unit": """
employer text code : code of the organisation served
person_type text code : officer, special, staff and so on
rank text code : as written, or by the source's crosswalk
post text code : the job done
unit text code : where
line_manager uuid link -> person_record : who managed the person
authorisations codes code : firearms, driving and so on
is_service bool code : true when it is membership of the organisation itself, false for a posting
""",
    "spell_end : a service or duty-status spell came to its end": """
spell uuid link -> service_spell : the spell that ended
ended_on date date : its last day
spell_ending text code : how it ended
""",
    "incident root : the thing that happened, however many records it left": """
incident_type text code : in the source's own code
place text code : coarse place code, never an address
factors codes code : what was present, such as domestic or alcohol
""",
    "case_reported root : a case was reported or recorded by its holder": """
case_type text code : complaint, conduct matter, crime report and so on
reference text code : what the holder calls it
incident uuid link -> incident : the thing that happened, where the source says
reported_on date date : the day somebody told the holder
recorded_on date date : the day the holder wrote it down
reported_by text code : public, colleague, other force and so on
agency text code : who looks into it
category text code : category of the whole case, where it has one
factors codes code : what was present
""",
    "case_finalised : the holder finished with the case": """
finalised_on date date : the day
result text code : the holder's own words
""",
    "allegation : something a subject is said to have done": """
category_code text code : the source's own code
category text code : the source's own wording
category_group text code : the source's own grouping
factors codes code : sexual, domestic and so on, by the description's crosswalk
occurred_on date date : the day alleged, where one is given
subject_note text code : why there is no person record, when there is none
""",
    "disposition : how an allegation ended": """
allegation uuid link -> allegation : which one
wording text code : the source's own words
era text code : the vocabulary those words belong to
disposition_class text code : class of ending; unresolved unless somebody decided more
outcome text code : what followed, in the source's own words
recommended_wording text code : what the investigator recommended, where the source keeps it
recommended_outcome text code : and what should follow
victim_position text code : where the victim stood
finalised_on date date : the day, if known
""",
    "withdrawal : a victim or complainant stepped back, which disproves nothing": """
allegation uuid link -> allegation : which allegation, if one
victim_position text code : what they said or why they could not be asked
withdrawn_on date date : the day
recorded_by text code : who wrote it down, by post
""",
    "party_role : somebody has a role in a case": """
party uuid link -> party_identity : the protected identity, unless the person is the subject
role text code : subject, victim, witness, reporter, other or unknown
pseudonym text code : what the party is called in this case
allegation uuid link -> allegation : the allegation, where the role is in one
primary_aggressor text code : assessment where allegations are mutual
assessed_by text code : who made that assessment, by post
""",
    "party_identity compartment : who a victim, witness or reporter is": """
name text private : as the source writes it
birth_year integer private : where given
age_stated integer private : where given
recorded_sex text private : in the source's own code
recorded_ethnicity text private : in the source's own code
contact text private : how they may be reached
injury text private : what the source says of injury
workforce_record uuid private -> person_record : when the party is in the workforce
""",
    "reported_decision : somebody's act elsewhere, as reported": """
decision_type text code : no further action, severity, vetting and so on
decision text code : what was decided, in the source's words
decided_on date date : the day
decided_by_organisation text code : code of the organisation
maker_record uuid link -> person_record : the maker, where they have a record
maker_post text code : the maker's rank or post
maker_name text identity : as written, where there is no record
reasons text text : as written
allegation uuid link -> allegation : what it was about, if one allegation
""",
    "notification : one holder told another, or should have": """
from_organisation text code : who told
to_organisation text code : who was to be told
to_system text code : the system it was entered in there, if it was
about_lineage uuid link : the fact told, if one
was_made bool code : false when the source records that it was not made
notified_on date date : the day
channel text code : how
""",
    "duty_status_spell : the duty status somebody was given": """
duty_status text code : normal, restricted, redeployed or suspended
ground text code : why
terms text text : what a restriction says
authorised_by text code : by post
next_review_on date date : when it must be looked at again
""",
    "clearance : a vetting decision": """
vetting_level text code : RV, MV and so on
vetting_outcome text code : retain, conditions, withdraw and so on
granted_on date date : the day
expires_on date date : the day it runs out
decided_by text code : by post
""",
    "clearance_check : a check that a vetting decision did or did not make": """
clearance uuid link -> clearance : the decision it belongs to
check_type text code : what was searched
was_done bool code : whether it was done
was_required bool code : whether policy then required it; empty when not known
reaches codes code : the holders, as ORGANISATION:SYSTEM, that it would have searched
checked_on date date : the day
result text code : what came back, by code
""",
    "referral : a case was referred to the watchdog": """
referred_to text code : code of the watchdog
criterion text code : why it had to be, or was
mode text code : local, directed, independent
referred_on date date : the day
returned_on date date : the day it came back
""",
    "identity_judgement : two person records are, or are not, one person": """
record_a uuid link -> person_record : the lower lineage of the two
record_b uuid link -> person_record : the higher
judgement text code : same, not_same or undecided
method text code : by hand, source crosswalk, model and version
judged_by text code : account or source
reason text text : why
""",
    "incident_judgement : two cases are, or are not, about one incident": """
case_a uuid link -> case_reported : the lower lineage of the two
case_b uuid link -> case_reported : the higher
judgement text code : same, not_same or undecided
method text code : by hand, source cross-reference, model and version
judged_by text code : account or source
reason text text : why
""",
    "intelligence_report root : graded information; it makes no allegation": """
reference text private : the holder's reference
source_evaluation text private : national scheme
information_assessment text private : national scheme
handling_code text private : national scheme
handling_conditions text private : in words
originator text private : by post
body text private : what it says
""",
    "document root : something on paper or in a file, described": """
document_type text code : what sort
reference text code : the holder's reference
sha256 text code : of the sealed original, when it is held here
media_type text code : of the sealed original
pages integer number : how many
received_on date date : the day
whereabouts text code : located, requested, destroyed and so on
""",
    "narrative : what a source says in free text": """
section text code : summary, allegation, finding
body text text : the words
redactions integer number : how many the source made
""",
    "record : any other dated, sourced fact": """
record_type text code : use of force, pay, settlement and so on
part_of uuid link -> record : the record this is a part of
reference text code : the source's reference
code text code : what, by the source's code
category text code : grouping, by the source's code
rank text code : rank at the time, where given
unit text code : unit at the time, where given
place text code : coarse place code
amount numeric number : money, where it is about money
attributes codes code : further codes, as name=value
""",
    "holding : another holder came to hold a fact": """
held_lineage uuid link : the thing of which it holds the versions known by then
""",
}
