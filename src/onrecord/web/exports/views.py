"""Exports: take a list out, ask for a large one, see what one took."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onrecord.apps.exporting import selectors, services
from onrecord.apps.exporting.lists import NAMES
from onrecord.core.kernel.errors import DataRejectedError, NotFoundError
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns
from onrecord.web.exports.forms import TakeForm
from onrecord.web.frame import show
from onrecord.web.viewing import viewer_of
from onrecord.web.wording.dates import uk_moment


def listed(request: HttpRequest) -> HttpResponse:
    """Show the form, and what one took before."""
    viewer = viewer_of(request, page="exports")
    given = {"what": request.GET.get("what", "my-work"), "of": request.GET.get("of", "")}
    return _shown(request, viewer, TakeForm(initial=given | {"file_format": "csv"}))


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Hand over the file, or say why not."""
    viewer = viewer_of(request, page="exports")
    form = TakeForm(request.POST)
    too_large = ""
    if form.is_valid():
        try:
            taken = services.take(viewer=viewer, **form.cleaned_data)
        except services.TooLargeError as problem:
            too_large = f"{problem.message} {problem.next_step}"
            form.add_error(None, too_large)
        except (DataRejectedError, NotFoundError) as problem:
            form.add_error("of", f"{problem.message} {problem.next_step}".strip())
        else:
            answer = HttpResponse(taken.content, content_type=taken.content_type)
            answer["Content-Disposition"] = f'attachment; filename="{taken.name}"'
            return answer
    return _shown(request, viewer, form, too_large=bool(too_large))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a colleague to agree to a large list."""
    viewer = viewer_of(request, page="exports")
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _shown(request, viewer, form)
    given = {name: form.cleaned_data[name] for name in ("what", "of", "reason")}
    services.ask_to_take(viewer=viewer, **given)
    return HttpResponseRedirect(reverse("exports:list"))


def _shown(
    request: HttpRequest, viewer: Viewer, form: TakeForm, *, too_large: bool = False
) -> HttpResponse:
    table = DataTable(
        caption="What you took out, newest first",
        columns=columns("List", "When", "#Rows", "What for"),
        rows=tuple(
            Row((
                Cell(NAMES[one.what], note=one.of),
                Cell(uk_moment(one.at)),
                Cell(str(one.rows)),
                Cell(one.reason),
            ))
            for one in selectors.my_exports(viewer)
        ),
        empty="You have taken nothing out.",
    )  # fmt: skip
    return show(
        request, "exports/list.jinja", form=form, table=table, too_large=too_large,
        at_most=services.one_person_takes_at_most(), status=422 if form.errors else 200,
    )  # fmt: skip
