"""What was released to oneself: the list, one pack, and contesting a line of it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.disclosing import selectors, services
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.web.disclosing.forms import ContestForm
from onrecord.web.disclosing.presenters import my_pack_shown, packs_shown
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of


def packs(request: HttpRequest) -> HttpResponse:
    """Show what was released to the viewer: nothing, for nearly everybody."""
    viewer = viewer_of(request, page="my packs")
    return show(request, "disclosing/packs.jinja", page=packs_shown(selectors.my_packs(viewer)))


def pack(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one pack that was released to the viewer."""
    viewer = viewer_of(request, page="my pack")
    page = my_pack_shown(selectors.my_pack(viewer, reference))
    return show(request, "disclosing/pack.jinja", page=page)


def contest(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Contest one released fact."""
    viewer = viewer_of(request, page="contest a fact")
    page = my_pack_shown(selectors.my_pack(viewer, reference))
    line = next((one for one in page.lines if one.number == number), None)
    if line is None:
        raise NotFoundError("Nothing was released to you by that reference.", next_step="Check it.")
    form = ContestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.contest(
                viewer=viewer, reference=reference, number=number, words=form.cleaned_data["words"]
            )
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            return HttpResponseRedirect(reverse("disclosing:pack", args=[page.reference]))
    return show(
        request, "disclosing/contest.jinja", page=page, line=line, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip
