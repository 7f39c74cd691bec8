"""The register of correspondence of a case: letters, what they ask, and what answers them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.settings.texts import LETTER
from onrecord.apps.work import case_papers, case_reads
from onrecord.core.kernel.clock import today
from onrecord.core.kernel.errors import DataRejectedError
from onrecord.web.frame import show
from onrecord.web.wording.dates import uk_date
from onrecord.web.work.beginning import beginning
from onrecord.web.work.case_forms import AnswerLetterForm, LetterForm
from onrecord.web.work.case_frame import case_asked
from onrecord.web.work.case_presenters import KINDS, letter_lines, letters_table, paragraphs


def register(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the letters of a case, newest first."""
    case = case_asked(request, reference, "letter:read", page="letters")
    found = case_reads.letters_of(case.viewer, case.lineage)
    return show(
        request, "work/letters.jinja", case=case, tabs=case.tabs("work:letters"),
        table=letters_table(found, case.reference, today()),
        may_write=may(case.viewer, "letter:record"),
    )  # fmt: skip


def letter(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Show one letter with what answers it."""
    case = case_asked(request, reference, "letter:read", page="letter")
    seen = case_reads.letter_named(case.viewer, case.lineage, letter)
    answer = seen.answer
    said = f"{KINDS[answer.kind]}, {uk_date(answer.dated_on)}" if answer else ""
    return show(
        request, "work/letter.jinja", case=case, letter=seen.letter,
        about=letter_lines(seen, case.reference, today()),
        words=paragraphs(seen.letter.words), answered=said,
        answer_words=paragraphs(answer.words) if answer else (),
        may_answer=answer is None and may(case.viewer, "letter:record"),
    )  # fmt: skip


def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter a letter that was sent or came."""
    case = case_asked(request, reference, "letter:record", page="enter a letter")
    start = beginning(request, case.viewer, LETTER, case=case.reference)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        initial={"subject": start.filled.title, "words": start.filled.text},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = case_papers.enter_letter(
                viewer=case.viewer, case=case.lineage,
                new=case_papers.NewLetter(**form.cleaned_data),
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            where = reverse("work:letter", args=[case.reference, made.reference])
            return HttpResponseRedirect(where)
    return show(
        request, "work/letter_new.jinja", case=case, form=form, beginning=start,
        status=422 if form.errors else 200,
    )  # fmt: skip


def answer(request: HttpRequest, reference: str, letter: str) -> HttpResponse:
    """Enter what answers a letter: the reply, or that none is waited for any more."""
    case = case_asked(request, reference, "letter:record", page="answer a letter")
    seen = case_reads.letter_named(case.viewer, case.lineage, letter)
    given = request.POST if request.method == "POST" else None
    form = AnswerLetterForm(case.viewer, seen.letter.kind, given)
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = form.cleaned_data
        try:
            case_papers.answer_letter(
                viewer=case.viewer, case=case.lineage, reference=seen.letter.reference,
                kind=values["kind"], words=values["reason"], dated_on=values["dated_on"],
            )  # fmt: skip
        except DataRejectedError as problem:
            form.add_error(None, f"{problem.message} {problem.next_step}".strip())
        else:
            where = reverse("work:letter", args=[case.reference, seen.letter.reference])
            return HttpResponseRedirect(where)
    return show(
        request, "work/letter_answer.jinja", case=case, letter=seen.letter, form=form,
        status=422 if form.errors else 200,
    )  # fmt: skip
