"""Parts in a case that nobody knows: which there are, and settling one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.audit.services import record_consultation
from onrecord.apps.linking.roles import SETTLE, part_named, settle_part, unknown_parts
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.frame import show
from onrecord.web.identity.forms import RoleForm
from onrecord.web.identity.presenters import roles_table
from onrecord.web.identity.views import page_number
from onrecord.web.viewing import hides_names, viewer_with_reason


def listed(request: HttpRequest) -> HttpResponse:
    """Show whose part in which case nobody knows."""
    viewer = viewer_with_reason(request, page="unknown parts")
    found = unknown_parts(viewer)
    record_consultation(viewer, SETTLE, object_kind="list", object_ref=f"{len(found)} parts")
    table = roles_table(found, page_number(request), hide_names=hides_names())
    return show(request, "identity/roles.jinja", table=table)


def settle(request: HttpRequest, case: str, number: int) -> HttpResponse:
    """Say what somebody was in a case, and why."""
    viewer = viewer_with_reason(request, page="settle a part")
    part = part_named(viewer, case, number)
    form = RoleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            settle_part(
                viewer=viewer, part=part, role=form.cleaned_data["role"],
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}")
        else:
            messages.success(request, "The part is settled, as known from today.")
            return HttpResponseRedirect(reverse("identity:roles"))
    record_consultation(viewer, SETTLE, object_kind="case", object_ref=part.case)
    return show(
        request, "identity/settle.jinja", part=part, form=form, hide_names=hides_names(),
        status=422 if form.errors else 200,
    )  # fmt: skip
