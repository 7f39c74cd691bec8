"""One incident, two records: conduct matters that arose from a crime report.

The two holders recorded the same thing that happened. About half the time the
standards unit wrote down the crime number; otherwise nothing joins the two.
"""

import numpy as np

from onrecord.core.world.casebook import Casebook
from onrecord.core.world.streams import Columns, Streams

_NOTED_SHARE = 0.5


def cross_refer(book: Casebook, streams: Streams) -> None:
    """Let some conduct matters arise from a crime report about the same person."""
    rng = streams.named("crossings")
    crimes = _crimes_by_person(book)
    alleged = book.gathered("allegations")
    first_subject = _first_subjects(alleged)
    for piece in book.pieces["cases"]:
        for at in np.flatnonzero(_may_arise(piece)).tolist():
            found = crimes.get(first_subject.get(piece["ref"][at], -1), [])
            if not found:
                continue
            org, ref, occurred = found.pop()
            piece["occurred"][at] = np.minimum(occurred, piece["reported"][at])
            if occurred <= piece["reported"][at]:  # what had not happened yet is another event
                piece["arose_system"][at], piece["arose_ref"][at] = f"{org}:CRIME", ref
            if rng.random() < _NOTED_SHARE:
                piece["same_as_system"][at] = f"{org}:CRIME"
                piece["same_as_ref"][at] = ref


def _may_arise(piece: Columns) -> np.ndarray:
    matters = (piece["org"] == "NSP") & (piece["case_type"] == "conduct_matter")
    return np.asarray(matters & (piece["narrative"] != None), dtype=bool)  # noqa: E711 - by element


def _first_subjects(alleged: Columns) -> dict[str, int]:
    own = (alleged["org"] == "NSP") & (alleged["system"] == "PSD") & (alleged["number"] == 1)
    return dict(zip(alleged["ref"][own].tolist(), alleged["person"][own].tolist(), strict=True))


def _crimes_by_person(book: Casebook) -> dict[int, list[tuple[str, str, np.datetime64]]]:
    """Return each person's crime reports: holder, reference, day it happened."""
    cases, alleged = book.gathered("cases"), book.gathered("allegations")
    crime = cases["system"] == "CRIME"
    keys = zip(cases["org"][crime], cases["ref"][crime], strict=True)
    when = dict(zip(keys, cases["occurred"][crime], strict=True))
    found: dict[int, list[tuple[str, str, np.datetime64]]] = {}
    about = alleged["system"] == "CRIME"
    named = zip(alleged["org"][about], alleged["ref"][about], alleged["person"][about], strict=True)
    for org, ref, person in named:
        if person >= 0:
            found.setdefault(int(person), []).append((org, ref, when[org, ref]))
    return found
