"""What a person does with a link: each act has a page of its own, and leads on to the next link."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.linking import deciding
from onrecord.apps.linking.desk import next_after
from onrecord.apps.linking.pairs import PEOPLE, PairAtDesk, pair_named
from onrecord.core.kernel.facts import Fact
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.linkage.specs import shipped_spec
from onrecord.web.components.ways.component import Way
from onrecord.web.frame import show
from onrecord.web.identity.forms import KEYS, JoinForm, JudgeForm, WhyForm
from onrecord.web.identity.pair_presenters import pair_shown, relied_table
from onrecord.web.identity.presenters import href_of
from onrecord.web.telling import carried_out
from onrecord.web.viewing import hides_names, viewer_with_reason


def judge(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two records side by side, and record what they are."""
    return _read(request, reference, deciding.judge, page="judge a link", tells=True)


def second(request: HttpRequest, reference: str) -> HttpResponse:
    """Show two records to a second reader, without what the first one said, and record what they say."""
    return _read(
        request, reference, deciding.read_second, page="read a link a second time", tells=False
    )


def _read(
    request: HttpRequest, reference: str, write: Callable[..., list[Fact]], *, page: str, tells: bool
) -> HttpResponse:  # fmt: skip
    viewer = viewer_with_reason(request, page=page)
    pair = _pair(viewer, reference, deciding.JUDGE)
    form = JudgeForm(request.POST if request.method == "POST" else None)

    def act() -> HttpResponse:
        judgement = form.cleaned_data["judgement"]
        relied = write(viewer=viewer, pair=pair, judgement=judgement, reason=form.reason)
        return _read_on(request, viewer, pair, relied)

    done = carried_out(request, form, act)
    if done is not None:
        return done
    shown = pair_shown(pair, shipped_spec(PEOPLE), viewer, tells=tells, hide_names=hides_names())
    deciding.record_reading(viewer, pair)
    return show(
        request, "identity/judge.jinja", page=shown, form=form, keys=KEYS, tells=tells,
        status=422 if form.errors else 200,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Act:
    """Something that needs nothing but a reason: what its page says, and what it does."""

    page: str
    verb: str
    heading: str
    words: str
    done: str
    write: Callable[..., object]


_CONTEST = _Act(
    "contest a link", deciding.CONTEST, "Contest this link",
    "It goes to the top of the desk, where somebody judges it anew. Until then it stands.",
    "It is contested, and stands first at the desk.", deciding.contest,
)  # fmt: skip
_TAKE_BACK = _Act(
    "take a judgement back", deciding.JUDGE, "Take the judgement back",
    "What was said of the two records before it stands again, exactly. Both stay on record.",
    "It was taken back. What was said before it stands again.", deciding.take_back,
)  # fmt: skip


def contest(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a link is wrong, and why."""
    return _with_reason(request, reference, _CONTEST, "identity:link")


def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the judgement back that a person made last: what was said before stands again."""
    return _with_reason(request, reference, _TAKE_BACK, "")


def _with_reason(request: HttpRequest, reference: str, asked: _Act, after: str) -> HttpResponse:
    """Ask why, act, and go to `after`; to the desk where nothing may be left of the link itself."""
    viewer = viewer_with_reason(request, page=asked.page)
    pair = _pair(viewer, reference, asked.verb)
    form = WhyForm(request.POST if request.method == "POST" else None)
    link = reverse("identity:link", args=[pair.reference])

    def act() -> HttpResponse:
        asked.write(viewer=viewer, pair=pair, reason=form.cleaned_data["reason"])
        messages.success(request, asked.done)
        return HttpResponseRedirect(link if after else reverse("identity:desk"))

    return carried_out(request, form, act) or show(
        request, "identity/why.jinja", heading=asked.heading, form=form, words=asked.words,
        back=Way(f"Back to {pair.reference}", link), status=422 if form.errors else 200,
    )  # fmt: skip


def join(request: HttpRequest) -> HttpResponse:
    """Say that the people of two references are one, of whom the model says nothing."""
    viewer = viewer_with_reason(request, page="join two people")
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        initial={"one": request.GET.get("one", "")},
    )

    def act() -> HttpResponse:
        reference = deciding.join_people(viewer=viewer, **form.cleaned_data)
        messages.success(
            request, "They are one person from now on. Here it can be contested or taken back."
        )
        return HttpResponseRedirect(reverse("identity:link", args=[reference]))

    return carried_out(request, form, act) or show(
        request, "identity/join.jinja", form=form, status=422 if form.errors else 200
    )


def _pair(viewer: Viewer, reference: str, verb: str) -> PairAtDesk:
    return pair_named(viewer, reference, verb=verb, models=settings.HOME.models)


def _read_on(
    request: HttpRequest, viewer: Viewer, pair: PairAtDesk, relied: list[Fact]
) -> HttpResponse:
    """Go on to the next link; or show first what relied on a link that no longer stands."""
    following = next_after(viewer, pair.reference)
    next_href = href_of(following) if following else reverse("identity:desk")
    if not relied:
        return HttpResponseRedirect(next_href)
    return show(
        request, "identity/undone.jinja", reference=pair.reference, relied=relied_table(relied),
        next_href=next_href,
    )  # fmt: skip
