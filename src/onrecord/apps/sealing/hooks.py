"""What waits in the morning for whoever owns a seal."""

from collections.abc import Iterable
from datetime import date

from onrecord.apps.access.policies import may
from onrecord.apps.sealing.selectors import due_for_review, questions_for
from onrecord.apps.work.morning import SHOWN, Item, Line, register
from onrecord.core.kernel.viewers import Viewer


def listen() -> None:
    """Add lines to the morning meeting; nobody else has them at all."""
    register("sealing", _waiting, after=55)


def _waiting(viewer: Viewer, on: date) -> Iterable[Line]:
    del on
    if not may(viewer, "seal:answer"):
        return
    asked = [question for question in questions_for(viewer) if not question.answers.all()]
    items = tuple(Item(f"{q.asked_at:%d.%m}", f"Question {q.reference}") for q in asked[:SHOWN])
    yield Line("Questions to counter-corruption", "questions", len(asked), items)
    due = due_for_review(viewer)
    reviews = tuple(Item(f"{w.review_on:%d.%m}", "A seal of yours") for w in due[:SHOWN])
    yield Line("Seals to be reviewed", "seals", len(due), reviews, is_late=bool(due))
