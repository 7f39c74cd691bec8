"""One thing of each kind that belongs to a case: papers, people, acts that wait."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from onrecord.cli.proving.beside import Beside
from onrecord.core.kernel.ids import lineage_of, public_reference

if TYPE_CHECKING:
    from onrecord.apps.access.models import User
    from onrecord.apps.audit.services import Recording
    from onrecord.core.kernel.viewers import Viewer

type Values = Mapping[str, object]
"""What stands in an address, by its name there."""

WORDS = "All of it."
_SAID, _SPOKEN = "wish", "contact"
"""The kinds of entry about a victim whose forms are tried: one that anybody may record who
works with them, and one for whoever speaks to them."""


@contextmanager
def proving(what: str) -> Iterator["Recording"]:
    """Hold an act of the proof's own, within which tables may be written."""
    from onrecord.apps.audit.services import recording
    from onrecord.core.ledger.actors import Actor, ActorKind

    prover = Actor("proving", ActorKind.SYSTEM)
    with recording(
        prover, "views:prove", object_kind="proof", object_ref=what, reason="proving"
    ) as rec:
        yield rec


def make_about(case: uuid.UUID, subject: "User", beside: Beside) -> dict[str, Values]:
    """Make one thing of each kind with a case, and return what stands in their addresses, by kind."""
    from onrecord.cli.proving.people import viewer_of_role

    keeper = viewer_of_role("head_of_counter_corruption")
    reference = public_reference("C", case)
    of_case: dict[str, object] = {"reference": reference}
    of_victim = of_case | {"party": _victim(case)}
    return {
        "case": of_case,
        "document": {"reference": keep_document(keeper, case, WORDS), "copy": 1, "number": 1},
        "file": {"reference": seek_file(keeper, case, WORDS)},
        "letter": of_case | {"letter": _letter(keeper, case)},
        "victim": of_victim | {"kind": _SAID},
        "victim spoken to": of_victim | {"kind": _SPOKEN},
        "member": of_case | {"number": _member(case, beside.officer)},
        "colleague": of_case | {"who": beside.officer.pk},
        "subject": of_case | {"who": subject.pk, "pack": _pack(case, subject).reference},
        "agreement": {"number": _ask(beside, "export:take_large", reference)},
        "override": {"number": _ask(beside, "conflict:override", _until(beside, reference))},
    }


def pack_for(case: uuid.UUID, user: "User") -> Values:
    """Release a pack of a case to somebody, and return what stands in its addresses."""
    return {"reference": _pack(case, user).reference, "number": 1}


def keep_document(keeper: "Viewer", case: uuid.UUID, words: str) -> str:
    """Keep a document of these words with a case, and return its reference."""
    from django.conf import settings

    from onrecord.apps.documents.services import NewDocument, upload
    from onrecord.core.documents.shelf import DocumentShelf

    shelf = DocumentShelf.at(settings.HOME.documents, scanner="")
    written = f"{words}\n".encode()
    new = NewDocument("A statement", "statement.txt", [written], len(written), case_lineage=case)
    return upload(viewer=keeper, shelf=shelf, new=new).reference


def seek_file(keeper: "Viewer", case: uuid.UUID, words: str) -> str:
    """Put a file that a case needs on the file desk, and return its reference."""
    from onrecord.apps.documents.file_acts import NewFile, seek

    return seek(viewer=keeper, new=NewFile("A paper file", words, case_lineage=case)).reference


def _letter(keeper: "Viewer", case: uuid.UUID) -> str:
    from onrecord.apps.work.case_papers import NewLetter, enter_letter
    from onrecord.core.kernel.clock import today

    day = today() - timedelta(days=9)
    new = NewLetter("out", "An office", "A file", WORDS, day, day)
    return enter_letter(viewer=keeper, case=case, new=new).reference


def _victim(case: uuid.UUID) -> uuid.UUID:
    from onrecord.apps.facts.writing import append_fact
    from onrecord.apps.organisations.services import ensure_holder
    from onrecord.core.kernel.clock import today

    party = lineage_of("NSP:PSD", "party_identity", f"proving {case}")
    header: dict[str, Any] = {
        "holder_id": ensure_holder("NSP:PSD").pk, "known_on": today(), "case_lineage": case,
    }  # fmt: skip
    with proving("victim") as rec:
        append_fact(rec, "party_identity", {
            **header, "lineage": party, "name": "Invented", "contact": "none"
        })  # fmt: skip
        append_fact(rec, "party_role", {
            **header, "lineage": lineage_of("NSP:PSD", "party_role", f"proving {case}"),
            "party": party, "role": "victim", "pseudonym": "Person 1",
        })  # fmt: skip
    return party


def _member(case: uuid.UUID, user: "User") -> int:
    from onrecord.apps.access.models import CircleMember

    with proving("member"):
        made = CircleMember.objects.create(
            user=user, thing_kind="case", lineage=case, part="support", added_by="proving",
            reason="proving",
        )  # fmt: skip
    return made.pk


def _pack(case: uuid.UUID, user: "User") -> Any:
    from onrecord.apps.disclosing.models import Pack, PackLine, ServiceRecorded
    from onrecord.core.kernel.clock import today
    from onrecord.core.kernel.ids import new_lineage

    lineage = new_lineage()
    with proving("pack"):
        service = ServiceRecorded.objects.create(
            case_lineage=case, user=user, served_on=today(), how="post", served_by="Invented",
            recorded_by=user,
        )  # fmt: skip
        pack = Pack.objects.create(
            lineage=lineage, reference=public_reference("K", lineage), case_lineage=case,
            user=user, service=service, reason="proving", released_by=user,
        )  # fmt: skip
        PackLine.objects.create(
            pack=pack, number=1, fact_id=0, kind="allegation", said=[["Category", "Rudeness"]]
        )
    return pack


def _ask(beside: Beside, verb: str, about: str) -> int:
    from onrecord.apps.access.agreeing import ask_for_agreement
    from onrecord.apps.access.selectors import viewer_for_user

    asker = viewer_for_user(beside.lead, reason="proving", page="onrecord assure")
    return ask_for_agreement(
        viewer=asker, verb=verb, object_kind="case", object_ref=about, reason="proving"
    ).pk


def _until(beside: Beside, reference: str) -> str:
    from onrecord.core.kernel.clock import today

    day = today() + timedelta(days=7)
    return f"{reference}/{beside.officer.username}/{day.isoformat()}"
