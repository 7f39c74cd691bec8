"""One file from arrival to outcome: what it is, and what may be seen of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from onrecord.core.documents.confining import Copies, make_copies
from onrecord.core.documents.judging import MEDIA, Judgement, judge


class Outcome(StrEnum):
    """What may be done with a document that was kept."""

    VIEWABLE = "viewable"
    KEPT = "kept_not_viewable"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of one file: its kind, its outcome and the copy, if there is one."""

    judgement: Judgement
    outcome: Outcome
    copies: Copies


def examine(path: Path, name: str, *, may_open: bool = True) -> Examined:
    """Judge the file at `path`, once called `name`, and have a copy made where one may be tried.

    Without `may_open` it is quarantined as it is, and nothing but its ends is read.
    """
    judgement = judge(path, name)
    if not may_open:
        return Examined(judgement, Outcome.QUARANTINED, Copies(why_not="It was not scanned clean."))
    if judgement.is_quarantined:
        return Examined(judgement, Outcome.QUARANTINED, Copies(why_not=judgement.why_not))
    if judgement.why_not:
        return Examined(judgement, Outcome.KEPT, Copies(why_not=judgement.why_not))
    copies = make_copies(path, judgement.kind)
    if copies.why_not:
        return Examined(judgement, Outcome.KEPT, copies)
    if copies.kind in MEDIA:
        media_type, ending = MEDIA[copies.kind]
        judgement = replace(judgement, kind=copies.kind, media_type=media_type, ending=ending)
    return Examined(judgement, Outcome.VIEWABLE, copies)
