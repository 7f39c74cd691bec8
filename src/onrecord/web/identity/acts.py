"""What a person does with a link: each act has a page of its own, and leads on to the next link."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.linking import deciding
from onrecord.apps.linking.desk import next_after
from onrecord.apps.linking.pairs import PEOPLE, PairAtDesk, pair_named
from onrecord.core.kernel.errors import DataRejectedError, NotPermittedError
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.linkage.specs import shipped_spec
from onrecord.web.frame import show
from onrecord.web.identity.forms import KEYS, JudgeForm, WhyForm
from onrecord.web.identity.pair_presenters import pair_shown, relied_table
from onrecord.web.identity.presenters import href_of
from onrecord.web.viewing import hides_names, viewer_with_reason


def judge(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two records side by side, and record what they are."""
    viewer = viewer_with_reason(request, page="judge a link")
    pair = _pair(viewer, reference, deciding.JUDGE)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            relied = deciding.judge(
                viewer=viewer,
                pair=pair,
                judgement=form.cleaned_data["judgement"],
                reason=form.reason,
            )
        except (DataRejectedError, NotPermittedError) as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}")
        else:
            return _judged(request, viewer, pair, relied)
    return _side_by_side(request, viewer, pair, form, tells=True)


def second(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two records to a second reader, without what the first one said, and record what they say."""
    viewer = viewer_with_reason(request, page="read a link a second time")
    pair = _pair(viewer, reference, deciding.JUDGE)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.read_second(
                viewer=viewer,
                pair=pair,
                judgement=form.cleaned_data["judgement"],
                reason=form.reason,
            )
        except (DataRejectedError, NotPermittedError) as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}")
        else:
            return _next(viewer, pair)
    return _side_by_side(request, viewer, pair, form, tells=False)


def contest(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a link is wrong, and why."""
    viewer = viewer_with_reason(request, page="contest a link")
    pair = _pair(viewer, reference, deciding.CONTEST)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deciding.contest(viewer=viewer, pair=pair, reason=form.cleaned_data["reason"])
        messages.success(request, "It is contested, and stands first at the desk.")
        return HttpResponseRedirect(reverse("identity:link", args=[pair.reference]))
    return show(
        request, "identity/why.jinja", heading="Contest this link", pair=pair, form=form,
        words="It goes to the top of the desk, where somebody judges it anew. Until then it stands.",
        status=422 if form.errors else 200,
    )  # fmt: skip


def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the judgement back that a person made last: what was said before stands again."""
    viewer = viewer_with_reason(request, page="take a judgement back")
    pair = _pair(viewer, reference, deciding.JUDGE)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.take_back(viewer=viewer, pair=pair, reason=form.cleaned_data["reason"])
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}")
        else:
            messages.success(request, "It was taken back. What was said before it stands again.")
            return HttpResponseRedirect(reverse("identity:desk"))
    return show(
        request, "identity/why.jinja", heading="Take the judgement back", pair=pair, form=form,
        words="What was said of the two records before it stands again, exactly. Both stay on record.",
        status=422 if form.errors else 200,
    )  # fmt: skip


def _pair(viewer: Viewer, reference: str, verb: str) -> PairAtDesk:
    return pair_named(viewer, reference, verb=verb, models=settings.HOME.models)


def _side_by_side(
    request: HttpRequest, viewer: Viewer, pair: PairAtDesk, form: JudgeForm, *, tells: bool
) -> HttpResponse:
    page = pair_shown(pair, shipped_spec(PEOPLE), viewer, tells=tells, hide_names=hides_names())
    deciding.record_reading(viewer, pair)
    return show(
        request, "identity/judge.jinja", page=page, form=form, keys=KEYS, tells=tells,
        status=422 if form.errors else 200,
    )  # fmt: skip


def _judged(
    request: HttpRequest, viewer: Viewer, pair: PairAtDesk, relied: list[Fact]
) -> HttpResponse:
    """Go on to the next link; or show first what relied on a link that no longer stands."""
    if not relied:
        return _next(viewer, pair)
    following = next_after(viewer, pair.reference)
    return show(
        request, "identity/undone.jinja", reference=pair.reference, relied=relied_table(relied),
        next_href=href_of(following) if following else reverse("identity:desk"),
    )  # fmt: skip


def _next(viewer: Viewer, pair: PairAtDesk) -> HttpResponse:
    following = next_after(viewer, pair.reference)
    return HttpResponseRedirect(href_of(following) if following else reverse("identity:desk"))
