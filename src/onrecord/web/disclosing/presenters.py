"""What the pages of disclosure say."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from onrecord.apps.access.policies import may
from onrecord.apps.disclosing.releasable import KINDS_RELEASED, Releasable
from onrecord.apps.disclosing.selectors import HOW, CaseDisclosure, Subject
from onrecord.core.kernel.viewers import Viewer
from onrecord.web.components.data_table.component import Cell, DataTable, Row, columns, short
from onrecord.web.components.tag.component import Tag
from onrecord.web.wording.codes import readable
from onrecord.web.wording.dates import uk_date, uk_moment
from onrecord.web.wording.numbers import counted

_HOW = dict(HOW)


@dataclass(frozen=True, slots=True)
class Link:
    """Something that can be done, and where."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class SubjectShown:
    """A subject with an account, and what may be done."""

    name: str
    service: str
    acts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class LineShown:
    """One released fact."""

    number: int
    heading: str
    said: tuple[tuple[str, str], ...]
    contests: tuple[tuple[str, str, str], ...]
    contest_href: str


@dataclass(frozen=True, slots=True)
class PackShown:
    """One pack."""

    reference: str
    released: str
    to: str
    reason: str
    tag: Tag
    withdrawn: str
    withdraw_href: str
    lines: tuple[LineShown, ...]


@dataclass(frozen=True, slots=True)
class CaseShown:
    """What was served and released in one case."""

    reference: str
    case_href: str
    subjects: tuple[SubjectShown, ...]
    packs: tuple[PackShown, ...]


def case_shown(page: CaseDisclosure, viewer: Viewer) -> CaseShown:
    """Return the page of a case's disclosure."""
    may_release = may(viewer, "disclosure:release")
    return CaseShown(
        reference=page.reference,
        case_href=reverse("cases:case", args=[page.reference]),
        subjects=tuple(_subject(each, page.reference, viewer) for each in page.subjects),
        packs=tuple(_pack(pack, page.reference, may_release=may_release) for pack in page.packs),
    )


def _subject(subject: Subject, reference: str, viewer: Viewer) -> SubjectShown:
    served = subject.service
    said = (
        f"Served {uk_date(served.served_on)}, {_HOW[served.how].lower()}, by {served.served_by}."
        f" Recorded by {served.recorded_by.display_name}, {uk_moment(served.at)}."
        if served
        else "Service is not recorded. Nothing is released before it."
    )
    offered = [("Record service", "disclosing:service", "disclosure:record_service")]
    if served:
        offered.append(("Release facts", "disclosing:release", "disclosure:release"))
    return SubjectShown(
        name=f"{subject.user.display_name} ({subject.user.username})",
        service=said,
        acts=tuple(
            Link(label, reverse(route, args=[reference, subject.user.pk]))
            for label, route, verb in offered
            if may(viewer, verb)
        ),
    )


def _pack(pack: Any, reference: str, *, may_release: bool) -> PackShown:
    back = getattr(pack, "withdrawn", None)
    href = reverse("disclosing:withdraw", args=[reference, pack.reference])
    return PackShown(
        reference=pack.reference,
        released=f"Released by {pack.released_by.display_name}, {uk_moment(pack.at)}",
        to=f"{pack.user.display_name} ({pack.user.username})",
        reason=pack.reason,
        tag=Tag("Taken back", "grey") if back else Tag("Released", "green"),
        withdrawn=f"Taken back by {back.by.display_name}, {uk_moment(back.at)}: {back.reason}"
        if back
        else "",
        withdraw_href=href if may_release and not back else "",
        lines=tuple(_line(line, pack.reference, for_handlers=True) for line in pack.lines.all()),
    )


def my_pack_shown(pack: Any) -> PackShown:
    """Return one's own pack. Why it was released is the handlers' business."""
    return PackShown(
        reference=pack.reference,
        released=f"Released by {pack.released_by.display_name}, {uk_moment(pack.at)}",
        to="", reason="", tag=Tag("Released", "green"), withdrawn="", withdraw_href="",
        lines=tuple(_line(line, pack.reference, for_handlers=False) for line in pack.lines.all()),
    )  # fmt: skip


def _line(line: Any, reference: str, *, for_handlers: bool) -> LineShown:
    return LineShown(
        number=line.number,
        heading=f"{line.number}. {KINDS_RELEASED[line.kind]}",
        said=tuple((name, readable_value(value)) for name, value in line.said),
        contests=tuple(
            (uk_moment(each.at), each.words, each.task if for_handlers else "")
            for each in line.contests.all()
        ),
        contest_href=""
        if for_handlers
        else reverse("disclosing:contest", args=[reference, line.number]),
    )


def readable_value(value: str) -> str:
    """Return a code in plain words; what is no code stands as it is."""
    return readable(value) if value.islower() and "_" in value else value


def offered_shown(offered: Iterable[Releasable]) -> list[tuple[str, str]]:
    """Return the facts that may be released, each with what its subject would read."""
    return [
        (
            str(one.fact_id),
            f"{one.heading}: "
            + "; ".join(f"{name.lower()} {readable_value(value)}" for name, value in one.said),
        )
        for one in offered
    ]


def packs_shown(packs: Iterable[Any]) -> DataTable:
    """Return the packs released to oneself."""
    rows = []
    for pack in packs:
        back = getattr(pack, "withdrawn", None)
        now = f"Taken back {uk_date(back.at.date())}" if back else "Open to you"
        href = "" if back else reverse("disclosing:pack", args=[pack.reference])
        rows.append(
            Row((
                Cell(pack.reference, href=href), short(uk_moment(pack.at)),
                Cell(counted(len(pack.lines.all()), "fact")), Cell(now),
            ))
        )  # fmt: skip
    return DataTable(
        "What was released to you", columns("Pack", "Released", "Holds", "Now"), tuple(rows),
        empty="Nothing has been released to you.",
    )  # fmt: skip
