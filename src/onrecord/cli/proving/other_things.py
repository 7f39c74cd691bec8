"""One thing of each kind that belongs to no case: somebody's own, everybody's, or a seal's."""

import itertools
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onrecord.cli.proving.beside import Beside
from onrecord.cli.proving.case_things import Values, pack_for, proving

if TYPE_CHECKING:
    from onrecord.apps.access.models import User
    from onrecord.cli.proving.world import Invented

_COUNT = itertools.count(1)
"""Tells things apart that are made one after another."""


def ones_own(kind: str, user: "User", beside: Beside, made: "Invented") -> Values:
    """Make a thing of a kind that is an account's own, and return what stands in its addresses."""
    match kind:
        case "sign-in":
            return {"number": _sign_in(user)}
        case "delegation":
            return {"number": _delegation(user, beside.officer)}
        case "declaration":
            return {"number": _declaration(user, made.people[3])}
        case "asked look":
            return {"number": _alert(user, beside.lead)}
        case "pack":
            return pack_for(made.cases[3], user)
        case _:
            makers: dict[str, Callable[[User], int]] = {
                "factor": _factor, "leave": _leave, "saved search": _saved_search,
            }  # fmt: skip
            return {"factor" if kind == "factor" else "number": makers[kind](user)}


def everybodys(beside: Beside) -> dict[str, Values]:
    """Make one thing of each kind that is there for whoever may, by kind."""
    from onrecord.apps.settings.declared import OVERRIDE_DAYS
    from onrecord.apps.settings.vocabularies import NOTE_KINDS

    name, digest = _cohort(beside.lead)
    return {
        "account": {"username": beside.officer.username},
        "setting": {"key": OVERRIDE_DAYS},
        "template": {"code": _template(beside.lead), "number": 1},
        "choice": {"key": NOTE_KINDS, "code": "call"},
        "help page": {"route": "cases:case"},
        "pattern rule": {"name": "same-type"},
        "batch": {"reference": _batch()},
        "definition": {"name": name},
        "result": {"result_hash": digest, "form": "csv"},
        "alert": {"number": _alert(beside.officer)},
    }


def a_seals(made: "Invented") -> dict[str, Values]:
    """Open a seal with something behind it that is in no case, and ask its owner something."""
    from onrecord.apps.access.selectors import user_named
    from onrecord.apps.sealing import services
    from onrecord.cli.proving.people import viewer_of_role
    from onrecord.core.kernel.clock import today

    owner = viewer_of_role("head_of_counter_corruption")
    wall = services.open_seal(
        viewer=owner, title=f"Proving {next(_COUNT)}", reason="proving",
        handling_conditions="owner only", review_on=today() + timedelta(days=28),
    )  # fmt: skip
    thing = services.seal_thing(
        viewer=owner, number=wall.pk, thing_kind="case", lineage=uuid.uuid4()
    )
    member = services.let_behind(viewer=owner, number=wall.pk, user=user_named("second.officer"))
    question = services.ask_owner(
        viewer=viewer_of_role("review_lead"), thing_kind="person", lineage=made.people[3],
        words="Is anything known?",
    )  # fmt: skip
    return {
        "seal": {"number": wall.pk, "thing": thing.pk, "member": member.pk, "consultation": 1},
        "question": {"reference": question.reference},
        "report": _report(made.people[3]),
    }


def _sign_in(user: "User") -> str:
    from onrecord.apps.signing_in.factors import hash_of
    from onrecord.cli.proving.people import signed_in_as

    client = signed_in_as(user.username)
    return hash_of(client.session.session_key or "")[:16]


def _factor(user: "User") -> int:
    from onrecord.apps.signing_in.models import Factor

    with proving("factor"):
        return Factor.objects.create(user=user, kind="passkey", name="A key", secret="{}").pk  # noqa: S106


def _delegation(giver: "User", taker: "User") -> int:
    from onrecord.apps.access.models import Delegation
    from onrecord.core.kernel.clock import today

    first = today() + timedelta(days=400)  # to come, so that nobody's duties widen meanwhile
    with proving("delegation"):
        return Delegation.objects.create(
            giver=giver, taker=taker, role=giver.role, from_on=first, until_on=first,
            reason="proving", verbs="", widens_sight=False,
        ).pk  # fmt: skip


def _leave(user: "User") -> int:
    from onrecord.apps.access.models import Leave
    from onrecord.core.kernel.clock import today

    day = today() + timedelta(days=400 + next(_COUNT))
    with proving("leave"):
        return Leave.objects.create(user=user, from_on=day, until_on=day).pk


def _declaration(user: "User", record: uuid.UUID) -> int:
    from onrecord.apps.conflicts.models import Declaration

    with proving("declaration"):
        return Declaration.objects.create(
            by=user, record_lineage=record, tie="social", words="proving"
        ).pk


def _saved_search(user: "User") -> int:
    from onrecord.apps.searching.models import SavedSearch

    with proving("saved search"):
        return SavedSearch.objects.create(
            owner=user, name=f"Search {next(_COUNT)}", words="Officer2", places="people"
        ).pk


def _alert(user: "User", asked_by: "User | None" = None) -> int:
    """Let a rule about looking speak of somebody; have them asked about it, by an officer."""
    from onrecord.apps.looking.models import LookAlert, LookAnswer
    from onrecord.core.kernel.clock import now

    with proving("alert"):
        alert = LookAlert.objects.create(
            rule="proving", version=1, account=user, organisation_code=user.organisation_code,
            looked_at=now(), sentence="They looked.", unless="It was their work.",
        )  # fmt: skip
        if asked_by is not None:
            LookAnswer.objects.create(
                alert=alert, by=asked_by, outcome="asked", words="How did it come about?"
            )
    return alert.pk


def _template(lead: "User") -> str:
    from onrecord.apps.access.selectors import viewer_for_user
    from onrecord.apps.administration.template_acts import Text, make_template

    text = Text("note", "After a call", "", "What was said.")
    viewer = viewer_for_user(lead, reason="proving", page="onrecord assure")
    return make_template(viewer=viewer, text=text, reason="proving").code


def _batch() -> str:
    from onrecord.apps.intake.models import Batch
    from onrecord.core.kernel.ids import public_reference

    number = uuid.uuid4()
    with proving("batch"):
        batch = Batch.objects.create(
            batch_id=number, reference=public_reference("B", number), source="proving",
            title="An extract", description_sha256="0" * 64, description_text="", code_version="",
            event_id=-next(_COUNT), coverage="full", extract_date=date(2020, 1, 1), actor="proving",
        )  # fmt: skip
    return batch.reference


def _cohort(lead: "User") -> tuple[str, str]:
    from django.conf import settings

    from onrecord.apps.access.selectors import viewer_for_user
    from onrecord.apps.programmes.selectors import Shelves
    from onrecord.apps.programmes.services import run_cohort
    from onrecord.core.cohorts.loading import shipped_definitions, shipped_text

    name = shipped_definitions()[0]
    found = run_cohort(
        viewer=viewer_for_user(lead, reason="proving", page="onrecord assure"),
        shelves=Shelves.of_home(settings.HOME.root), yaml=shipped_text(name),
    )  # fmt: skip
    return name, found.hash


def _report(record: uuid.UUID) -> Values:
    from django.db import connection

    from onrecord.apps.access.selectors import INTELLIGENCE

    with connection.cursor() as cursor:
        cursor.execute(
            "select lineage from facts.intelligence_about(%s, %s) where record_lineage = %s",
            ["head.of.counter.corruption", INTELLIGENCE, record],
        )
        ((lineage,),) = cursor.fetchall()
    return {"number": INTELLIGENCE, "report": lineage}
