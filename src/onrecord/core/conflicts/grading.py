"""Work out the conflicts of one account-holder with one case, and grade each.

*Bar*: subject, party, relative, past or present partner, earlier handler or decision-maker,
supervisor or supervisee in the relevant period. *Declare and decide*: same unit, course,
shift, shared case, social tie, and whatever would matter if only its dates were recorded.
*Note*: the same place at different times, and a social tie that was withdrawn.
"""

from collections.abc import Iterable, Iterator

from onrecord.core.conflicts.grades import Conflict, Grade, Ground
from onrecord.core.conflicts.spans import Meeting, Span, meeting, shared
from onrecord.core.conflicts.ties import (
    CaseTies,
    DeclaredTie,
    Management,
    Membership,
    Part,
    Records,
    Tie,
)
from onrecord.core.conflicts.wording import KEPT_APART, dates

_EARLIER = {Part.HANDLED: "Earlier handled this case", Part.DECIDED: "Earlier decided in this case"}
_TIES = {
    Tie.RELATIVE: "Declared a relative of a subject",
    Tie.PARTNER: "Declared a past or present partner of a subject",
    Tie.SOCIAL: "Declared a social tie with a subject",
}


def conflicts_of(person: Records, case: CaseTies) -> tuple[Conflict, ...]:
    """Return every conflict of the holder of `person` records with a case, the gravest first.

    An account without a person record has none that can be worked out: nobody may read that
    as "no conflict", and the caller says so.
    """
    others: Records = frozenset().union(*(subject.records for subject in case.subjects)) - person
    found = {
        *_in_the_case(person, case),
        *_earlier_parts(person, case),
        *_managements(person, others, case),
        *_memberships(person, others, case),
        *_shared_cases(person, others, case),
        *_declared(person, others, case),
    }
    return tuple(sorted(found, key=lambda conflict: conflict.order))


def _in_the_case(person: Records, case: CaseTies) -> Iterator[Conflict]:
    facts = {f for subject in case.subjects if subject.records & person for f in subject.facts}
    if any(subject.records & person for subject in case.subjects):
        yield Conflict(
            Grade.BAR, Ground.SUBJECT, Span(), "A subject of this case.", tuple(sorted(facts))
        )
    if case.parties & person:
        yield Conflict(Grade.BAR, Ground.PARTY, Span(), KEPT_APART)


def _earlier_parts(person: Records, case: CaseTies) -> Iterator[Conflict]:
    for each in case.earlier_parts:
        if each.record in person:
            sentence = f"{_EARLIER[each.part]}, {dates(each.span)}."
            yield Conflict(Grade.BAR, Ground(each.part), each.span.trusted, sentence, (each.fact,))


def _managements(person: Records, others: Records, case: CaseTies) -> Iterator[Conflict]:
    for each in case.managements:
        if each.manager in person and each.managed in others:
            yield _management(each, Ground.SUPERVISOR, "Managed a subject", case.period)
        elif each.managed in person and each.manager in others:
            yield _management(each, Ground.SUPERVISEE, "Managed by a subject", case.period)


def _management(each: Management, ground: Ground, start: str, period: Span) -> Conflict:
    met = meeting(each.span, period)
    grade = Grade.BAR if met is Meeting.TOGETHER else Grade.DECLARE_AND_DECIDE
    ending = {
        Meeting.TOGETHER: "in the relevant period",
        Meeting.APART: "outside the relevant period",
        Meeting.NOT_KNOWN: "and whether in the relevant period cannot be told",
    }[met]
    return Conflict(
        grade, ground, each.span.trusted, f"{start} {dates(each.span)}, {ending}.", (each.fact,)
    )


def _memberships(person: Records, others: Records, case: CaseTies) -> Iterator[Conflict]:
    mine = [each for each in case.memberships if each.record in person]
    theirs = [each for each in case.memberships if each.record in others]
    for own in mine:
        yield from (_membership(own, other) for other in theirs if _is_same_place(own, other))


def _is_same_place(own: Membership, other: Membership) -> bool:
    """Tell whether two memberships name one place; an employer not recorded may be any."""
    employers = {own.employer, other.employer} - {""}
    return (
        own.setting == other.setting
        and bool(own.place)
        and own.place == other.place
        and len(employers) <= 1
    )


def _membership(own: Membership, other: Membership) -> Conflict:
    met = meeting(own.span, other.span)
    facts = tuple(sorted({own.fact, other.fact}))
    where = f"Same {own.setting} as a subject"
    if met is Meeting.APART:
        sentence = (
            f"{where}, at different times: {dates(own.span)}; the subject {dates(other.span)}."
        )
        return Conflict(Grade.NOTE, Ground(own.setting), own.span.trusted, sentence, facts)
    span = shared(own.span, other.span)
    doubt = ", and whether at one time cannot be told" if met is Meeting.NOT_KNOWN else ""
    sentence = f"{where} {dates(span)}{doubt}."
    return Conflict(Grade.DECLARE_AND_DECIDE, Ground(own.setting), span, sentence, facts)


def _shared_cases(person: Records, others: Records, case: CaseTies) -> Iterator[Conflict]:
    mine = [each for each in case.appearances if each.record in person]
    theirs = [each for each in case.appearances if each.record in others]
    for case_shared in {each.case for each in mine} & {each.case for each in theirs}:
        both = [each for each in (*mine, *theirs) if each.case == case_shared]
        span = _hull(each.span for each in both)
        yield Conflict(
            Grade.DECLARE_AND_DECIDE,
            Ground.SHARED_CASE,
            span,
            f"In another case with a subject, {dates(span)}.",
            tuple(sorted({each.fact for each in both})),
        )


def _hull(spans: Iterable[Span]) -> Span:
    """Return the time from the first to the last of `spans`; an end not recorded stays so."""
    trusted = [span.trusted for span in spans]
    firsts = [span.first for span in trusted if span.first]
    lasts = [span.last for span in trusted if span.last]
    complete = len(lasts) == len(trusted)
    return Span(
        first=min(firsts) if len(firsts) == len(trusted) else None,
        last=max(lasts) if complete else None,
    )


def _declared(person: Records, others: Records, case: CaseTies) -> Iterator[Conflict]:
    for each in case.declared:
        pairs = ((each.one, each.other), (each.other, each.one))
        if any(own in person and other in others for own, other in pairs):
            yield _declaration(each)


def _declaration(each: DeclaredTie) -> Conflict:
    """Grade one declared tie: to withdraw one's word lowers a tie by one grade and no further.

    Nobody lifts a bar on their own by taking back what they said.
    """
    full = Grade.DECLARE_AND_DECIDE if each.tie is Tie.SOCIAL else Grade.BAR
    grade = Grade(full - 1) if each.is_withdrawn else full
    withdrawn = "; the declaration was withdrawn" if each.is_withdrawn else ""
    sentence = f"{_TIES[each.tie]}, {dates(each.span)}{withdrawn}."
    return Conflict(
        grade, Ground(each.tie), each.span.trusted, sentence, declarations=(each.declaration,)
    )
