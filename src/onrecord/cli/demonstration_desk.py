"""Work on the desks of the demonstration: what a team would have in hand on a Tuesday morning.

Everything is done by the services that the pages call, each act under the account whose
work it is. All of it is invented.
"""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.core.ledger.actors import LOCAL_OPERATOR
from onrecord.project.home import Home

if TYPE_CHECKING:
    from onrecord.core.kernel.viewers import Viewer

WHY = "the demonstration"
TEAM = "review"
PEOPLE = {
    "demo.reviewer": ("R. Okafor", "reviewer"),
    "demo.investigator": ("I. Lindqvist", "investigator"),
    "demo.authority": ("A. Marchetti", "appropriate_authority"),
    "demo.counter": ("C. Havili", "head_of_counter_corruption"),
    "demo.senior": ("S. Brandt", "senior_officer"),
    "demo.vetting": ("V. Castellane", "vetting_officer"),
    "demo.victims": ("N. Oduya", "victim_contact"),
    "demo.admin": ("M. Teague", "administrator"),
}
"""The other accounts of the demonstration: how each is shown, and what it is for."""

CASES = 6
"""How many of the told stories' cases are being worked on."""


def people_the_desk(password: str, lead: str) -> None:
    """Make the accounts and the team; the same password for all, as the demonstration prints it."""
    from onrecord.apps.access.roles import Role
    from onrecord.apps.access.selectors import all_users
    from onrecord.apps.access.services import create_user, make_team

    if all_users().filter(username=lead).exists():
        return
    team = make_team(actor=LOCAL_OPERATOR, code=TEAM, name="Review team", reason=WHY)
    for username, (shown, role) in ({lead: ("D. Reviewer", "review_lead")} | PEOPLE).items():
        create_user(
            actor=LOCAL_OPERATOR, reason=WHY, username=username, display_name=shown,
            organisation_code="NSP", role=Role(role), password=password,
            team=team if role in {"review_lead", "reviewer", "investigator"} else None,
        )  # fmt: skip


def lay_out_work(home: Home, lead: str, look_at: Sequence[str]) -> None:
    """Raise the tasks, notes, letters, decisions, files, documents and seals of a working week."""
    from onrecord.apps.work.selectors import my_work

    desk = _viewer(lead)
    if my_work(desk).exists():
        return
    cases = _cases_of(desk, look_at)[:CASES]
    _circles(desk, cases)
    _tasks(desk, cases)
    _papers(desk, cases)
    _files_and_documents(home, cases)
    _victims(cases)
    _seal(cases)
    _leave()


def _viewer(name: str) -> "Viewer":
    from onrecord.apps.access.selectors import user_named, viewer_for_user

    return viewer_for_user(user_named(name), reason=WHY, page="onrecord demo", is_fresh=True)


def _days(number: int) -> date:
    from onrecord.core.kernel.clock import today

    return today() + timedelta(days=number)


def _cases_of(viewer: "Viewer", look_at: Sequence[str]) -> list[uuid.UUID]:
    """Return the cases of the people of the told stories, in a fixed order."""
    from onrecord.apps.audit.selectors import current_position
    from onrecord.apps.people.selectors import person_page
    from onrecord.core.timekeeping.views import View

    view = View(current_position())
    pages = [person_page(viewer, view, who) for who in look_at]
    found = [case for page in pages for case in page.case_facts]
    return list(dict.fromkeys(found))


def _circles(desk: "Viewer", cases: Sequence[uuid.UUID]) -> None:
    from onrecord.apps.conflicts.deciding import let_work
    from onrecord.core.kernel.ids import public_reference

    parts = (
        ("demo.investigator", "investigator", cases[:4]),
        ("demo.reviewer", "reviewer", cases),
        ("demo.victims", "victim_contact", cases[:3]),
    )
    for account, part, theirs in parts:
        for case in theirs:
            let_work(
                viewer=desk, reference=public_reference("C", case), account=account, part=part,
                reason=WHY,
            )  # fmt: skip


_TASKS = (
    ("action", "Ask the custody suite for its log", "It shows who was there, and when.", "demo", 0, 0),
    ("question", "Was the earlier report seen before the transfer?", "The view of that day leaves it out.",
     "demo", 0, 1),
    ("task", "Prepare the panel of Thursday", "Four cases; the bundles are printed.", "demo", 0, None),
    ("action", "Second read of the log of that night", "The first reader was not sure.", "demo", 2, 2),
    ("question", "Which standard applied to the check?", "Dated, with its source.", "demo", 9, 3),
    ("action", "Send for the paper file of the first complaint", "It was never scanned.", "demo.reviewer", 0, 0),
    ("action", "Read the three earlier reports together", "Looked at one by one they say little.",
     "demo.reviewer", 1, 1),
    ("task", "Tidy the list of holders asked", "Two are asked twice.", "demo.reviewer", 5, None),
    ("action", "Statement of the neighbour", "Agreed by telephone.", "demo.investigator", 0, 2),
    ("action", "Ask the other force for its outcome", "By their reference.", "demo.investigator", 4, 3),
    ("question", "Refer, or deal with it here?", "Both readings are in the policy file.", "demo.authority", 0, 1),
    ("action", "Vetting: is the clearance still in date?", "It was renewed in that year.", "demo.vetting", 3, 0),
    ("action", "Allocate: new report, evening shift", "Came in last night.", "", 1, 4),
    ("question", "Who takes over while somebody is away?", "Two weeks from Monday.", "", 3, None),
)  # fmt: skip
"""Kind, title, what is asked, whose, due in how many days, of which case."""


def _tasks(desk: "Viewer", cases: Sequence[uuid.UUID]) -> None:
    from onrecord.apps.access.selectors import user_named
    from onrecord.apps.work import services

    raised = []
    for kind, title, asked, whose, due, case in _TASKS:
        about = cases[case] if case is not None and case < len(cases) else None
        owner = user_named(whose) if whose else None
        task = services.NewTask(
            kind, title, asked, case_lineage=about, owner=owner, due_on=_days(due)
        )
        raised.append(services.raise_task(viewer=desk, new=task).reference)
    services.result(
        viewer=_viewer("demo.reviewer"), reference=raised[6],
        words="Read together, the second and the third name the same place.",
    )  # fmt: skip
    services.hand_over(
        viewer=desk, reference=raised[3], to=user_named("demo.reviewer"),
        reason="I was the first reader.",
    )  # fmt: skip


def _papers(desk: "Viewer", cases: Sequence[uuid.UUID]) -> None:
    from onrecord.apps.work import case_papers as papers

    first, second = cases[0], cases[1]
    papers.add_case_note(
        viewer=desk,
        case=first,
        words="The custody suite is copying its log. @demo.reviewer to read it.",
    )
    papers.add_case_note(
        viewer=_viewer("demo.investigator"),
        case=first,
        words="The neighbour is free on Friday after four. @demo knows.",
    )
    papers.enter_decision(viewer=desk, case=first, new=papers.NewEntry(
        decision="Ask every holder again, by name and by number.",
        options_rejected="Rely on the answers of the first round.",
        reasons="One holder answered before its records were joined.",
        advice_taken="Legal services, by telephone.",
    ))  # fmt: skip
    papers.enter_decision(viewer=desk, case=first, new=papers.NewEntry(
        decision="Read the earlier reports together before any of them is judged.",
        options_rejected="One at a time, as they were dealt with then.",
        reasons="What they have in common is in none of them.",
    ))  # fmt: skip
    for correspondent, subject, words, sent, due in (
        (
            "Another force, professional standards",
            "Outcome of their report",
            "Asked for outcome and reasons.",
            -40,
            -5,
        ),
        ("The independent office", "Mode of investigation", "Asked whether they keep it.", -9, 5),
    ):
        letter = papers.NewLetter("out", correspondent, subject, words, _days(sent), _days(due))
        papers.enter_letter(viewer=desk, case=second, new=letter)


def _files_and_documents(home: Home, cases: Sequence[uuid.UUID]) -> None:
    from onrecord.apps.documents import file_acts
    from onrecord.apps.documents.services import NewDocument, upload
    from onrecord.core.documents.shelf import DocumentShelf

    authority = _viewer("demo.authority")
    file = file_acts.seek(viewer=authority, new=file_acts.NewFile(
        "Paper file of the first complaint", "Box list says store B; never scanned.", cases[0]
    ))  # fmt: skip
    file_acts.request(
        viewer=authority,
        reference=file.reference,
        of="Records store",
        due_on=_days(6),
        words="By e-mail.",
    )
    file_acts.seek(viewer=authority, new=file_acts.NewFile(
        "Pocket notebook of that week", "Handed in when the shift changed.", cases[1]
    ))  # fmt: skip
    held = _NOTE.encode()
    upload(
        viewer=authority, shelf=DocumentShelf.at(home.documents, scanner=""),
        new=NewDocument("Note of the first call", "note.txt", [held], len(held), cases[0]),
    )  # fmt: skip


_NOTE = """Note of the first call, written down at 21:40.

The caller lives opposite. Heard a door and raised voices, twice that month.
Did not want to be named. Would speak to somebody who is not from the station.
"""


def _victims(cases: Sequence[uuid.UUID]) -> None:
    from onrecord.apps.victims.selectors import victims_of_case
    from onrecord.apps.victims.services import NewEntry, record_entry
    from onrecord.core.kernel.ids import public_reference

    contact = _viewer("demo.victims")
    for case in cases[:3]:
        reference = public_reference("C", case)
        for followed in victims_of_case(contact, reference).people[:1]:
            for new in (
                NewEntry(
                    "wish", _days(-20), state="wants_contact", words={"note": "Mornings only."}
                ),
                NewEntry("consent", _days(-20), what="contact", state="given"),
            ):
                record_entry(
                    viewer=contact, reference=reference, party=followed.party.lineage, new=new
                )


def _seal(cases: Sequence[uuid.UUID]) -> None:
    from onrecord.apps.sealing import services

    owner, last = _viewer("demo.counter"), cases[-1]
    wall = services.open_seal(
        viewer=owner, title="Operation Kestrel", reason="a covert inquiry is open",
        handling_conditions="Owner only; nothing is written into the case.", review_on=_days(28),
    )  # fmt: skip
    services.seal_thing(viewer=owner, number=wall.pk, thing_kind="case", lineage=last)
    services.ask_owner(
        viewer=_viewer("demo"), thing_kind="case", lineage=cases[0],
        words="Is there anything that should make us wait before the panel?",
    )  # fmt: skip


def _leave() -> None:
    from onrecord.apps.access.leaving import record_leave
    from onrecord.apps.access.selectors import user_named

    record_leave(
        viewer=_viewer("demo.investigator"), from_on=_days(11), until_on=_days(24),
        cover=user_named("demo.reviewer"),
    )  # fmt: skip
