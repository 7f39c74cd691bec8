"""The desk, one link and why it is there, the links of a person, and asking who somebody is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from onrecord.apps.access.policies import may
from onrecord.apps.audit.services import record_consultation
from onrecord.apps.linking.asking import Typed, who_may_it_be
from onrecord.apps.linking.deciding import JUDGE, decisions_relying
from onrecord.apps.linking.desk import Waiting
from onrecord.apps.linking.desk import desk as everything_that_waits
from onrecord.apps.linking.pairs import PEOPLE, pair_named, pairs_of_person
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.linkage.models import newest_model
from onrecord.core.linkage.specs import shipped_spec
from onrecord.web.frame import show
from onrecord.web.identity.forms import AskForm
from onrecord.web.identity.pair_presenters import links_table, pair_shown
from onrecord.web.identity.presenters import (
    answer_table,
    card_lines,
    desk_shown,
)
from onrecord.web.telling import carried_out
from onrecord.web.viewing import hides_names, page_number, viewer_with_reason

EXPLAIN = "identity:explain"


def desk(request: HttpRequest) -> HttpResponse:
    """Show what waits for a person at the desk, by why."""
    viewer = viewer_with_reason(request, page="link desk")
    name = request.GET.get("list", Waiting.OPEN.value)
    if name not in set(Waiting):
        raise NotFoundError("There is no such list.")
    found = everything_that_waits(viewer)
    spec = shipped_spec(PEOPLE)
    card = card_lines(newest_model(settings.HOME.models, spec), spec)
    page = desk_shown(found, name, page_number(request), card, hide_names=hides_names())
    record_consultation(viewer, JUDGE, object_kind="list", object_ref=f"{len(found.order)} links")
    return show(request, "identity/desk.jinja", page=page)


def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two records, why they are or are not held to be one person, and what relied on it."""
    viewer = viewer_with_reason(request, page="link")
    pair = pair_named(viewer, reference, verb=EXPLAIN, models=settings.HOME.models)
    relied = decisions_relying(viewer, pair)
    record_consultation(viewer, EXPLAIN, object_kind="link", object_ref=pair.reference)
    page = pair_shown(
        pair, shipped_spec(PEOPLE), viewer, tells=True, hide_names=hides_names(), relied=relied
    )
    return show(request, "identity/link.jinja", page=page)


def links(request: HttpRequest, reference: str) -> HttpResponse:
    """Show every judgement that joins, or parts, records of one person."""
    viewer = viewer_with_reason(request, page="links of a person")
    person, pairs = pairs_of_person(viewer, reference, verb=EXPLAIN)
    record_consultation(viewer, EXPLAIN, object_kind="person", object_ref=person.reference)
    return show(
        request, "identity/links.jinja", person=person, table=links_table(pairs),
        asked=reference.upper(), may_join=may(viewer, JUDGE),
    )  # fmt: skip


def ask(request: HttpRequest) -> HttpResponse:
    """Ask who somebody may be, by what is known of them."""
    viewer = viewer_with_reason(request, page="who may it be")
    form = AskForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        answer = who_may_it_be(viewer, _typed(form.cleaned_data), models=settings.HOME.models)
        table = answer_table(answer, hide_names=hides_names())
        return show(request, "identity/ask.jinja", form=form, table=table, answer=answer)

    return carried_out(request, form, act) or show(
        request, "identity/ask.jinja", form=form, table=None, answer=None,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _typed(given: dict[str, Any]) -> Typed:
    born = given["born"]
    return Typed(
        family=given["family"], given=given["given"], middle=given["middle"],
        birth_date=born if born and not isinstance(born, int) else None,
        birth_year=born if isinstance(born, int) else None,
        number=given["number"], warrant=given["warrant"],
    )  # fmt: skip
