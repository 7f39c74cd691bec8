"""Roles in a case that nobody knows: which there are, and settling one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.linking.roles import SETTLE, role_named, settle_role, unknown_roles
from onrecord.web.frame import show
from onrecord.web.identity.forms import RoleForm
from onrecord.web.identity.presenters import roles_table
from onrecord.web.telling import carried_out
from onrecord.web.viewing import hides_names, page_number, viewer_with_reason


def listed(request: HttpRequest) -> HttpResponse:
    """Show whose role in which case nobody knows."""
    viewer = viewer_with_reason(request, page="unknown roles")
    found = unknown_roles(viewer)
    record_consultation(viewer, SETTLE, object_kind="list", object_ref=f"{len(found)} roles")
    table = roles_table(found, page_number(request), hide_names=hides_names())
    return show(request, "identity/roles.jinja", table=table)


def settle(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what somebody was in a case, and why."""
    viewer = viewer_with_reason(request, page="settle a role")
    unknown = role_named(viewer, reference)
    form = RoleForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        settle_role(viewer=viewer, unknown=unknown, **form.cleaned_data)
        messages.success(request, "The role is settled, as known from today.")
        return HttpResponseRedirect(reverse("identity:roles"))

    done = carried_out(request, form, act)
    if done is not None:
        return done
    record_consultation(viewer, SETTLE, object_kind="case", object_ref=unknown.case)
    return show(
        request, "identity/settle.jinja", unknown=unknown, form=form, hide_names=hides_names(),
        status=422 if form.errors else 200,
    )  # fmt: skip
