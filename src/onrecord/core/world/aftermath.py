"""What followed the cases: decisions, notices between forces, duty status, referrals, files."""

import numpy as np

from onrecord.core.world.casebook import Casebook
from onrecord.core.world.scales import EXTRACTED_ON, FORCES, NORTHSHIRE, Scale
from onrecord.core.world.streams import (
    NO_DAY,
    Columns,
    Numbers,
    Streams,
    chance,
    later,
    pick,
    rows,
    where,
)

_TOLD_SHARE = 0.55


def fill_notices(book: Casebook, streams: Streams, crimes: Columns, employer: np.ndarray) -> None:
    """Say, for crime reports about another force's person, whether that force was told.

    `crimes` holds org, system, ref, person and recorded; `employer` the force of
    each person. Missed notices are as later found by an audit.
    """
    rng = streams.named("notices")
    to_org = employer[np.maximum(crimes["person"], 0)]
    needed = (crimes["person"] >= 0) & (to_org != crimes["org"])
    told = rows(crimes | {"to_org": to_org}, np.flatnonzero(needed))
    size = len(told["ref"])
    made = chance(rng, _TOLD_SHARE, size)
    on = np.minimum(later(told["recorded"], rng.exponential(25, size)), later(EXTRACTED_ON, -5))
    book.add(
        "notices",
        {
            "from_org": told["org"],
            "from_system": told["system"],
            "ref": told["ref"],
            "to_org": told["to_org"],
            "was_made": made,
            "notified": np.where(made, on, NO_DAY),
            "channel": where(
                made, pick(rng, {"email": 0.6, "telephone": 0.3, "form": 0.1}, size), None
            ),
        },
    )


def fill_decisions(book: Casebook, streams: Streams, cases: Columns, makers: Numbers) -> None:
    """Record who assessed severity and who decided the end, where that was kept."""
    rng = streams.named("decisions")
    kept = rows(cases, np.flatnonzero(chance(rng, 0.7, len(cases["ref"]))))
    size = len(kept["ref"])
    named = chance(rng, 0.55, size)
    hr_no = rng.choice(makers, size).astype(str).astype(object)
    severity = {"gross misconduct": 0.35, "misconduct": 0.45, "neither": 0.2}
    book.add(
        "decisions",
        {
            "org": kept["org"],
            "system": kept["system"],
            "ref": kept["ref"],
            "decision_type": np.full(size, "severity", dtype=object),
            "decision": pick(rng, severity, size),
            "decided": np.minimum(
                later(kept["recorded"], rng.integers(1, 25, size)), later(EXTRACTED_ON, -1)
            ),
            "maker_post": where(chance(rng, 0.8, size), "Appropriate authority (delegate)", None),
            "maker_hr_no": where(named, hr_no, None),
        },
    )
    done = ~np.isnat(kept["finalised"]) & chance(rng, 0.6, size)
    ended = rows(kept, np.flatnonzero(done))
    count = len(ended["ref"])
    book.add(
        "decisions",
        {
            "org": ended["org"],
            "system": ended["system"],
            "ref": ended["ref"],
            "decision_type": np.full(count, "finalisation", dtype=object),
            "decision": np.full(count, "Finalise as recorded", dtype=object),
            "decided": ended["finalised"],
            "maker_post": where(chance(rng, 0.5, count), "Head of Professional Standards", None),
            "maker_hr_no": where(chance(rng, 0.3, count), hr_no[done], None),
        },
    )


def fill_duty(book: Casebook, streams: Streams, cases: Columns, subject: Numbers) -> None:
    """Restrict or suspend some subjects of serious cases."""
    rng = streams.named("duty")
    chosen = np.flatnonzero(chance(rng, 0.42, len(subject)) & (subject >= 0))
    case, person = rows(cases, chosen), subject[chosen]
    size = len(chosen)
    suspended = chance(rng, 0.22, size)
    began = np.minimum(later(case["recorded"], rng.integers(0, 30, size)), later(EXTRACTED_ON, -2))
    ended = np.where(
        np.isnat(case["finalised"]), NO_DAY, np.maximum(case["finalised"], later(began, 1))
    )
    book.add(
        "duty",
        {
            "person": person,
            "ref": case["ref"],
            "status": where(suspended, "suspended", "restricted"),
            "ground": where(suspended, "public_interest", "risk assessment"),
            "terms": where(suspended, None, "No unsupervised contact with the public"),
            "authorised_by": where(chance(rng, 0.8, size), "Assistant Chief Constable", None),
            "began": began,
            "ended": ended,
            "next_review": later(began, 28),
        },
    )


def fill_referrals(book: Casebook, streams: Streams, cases: Columns) -> None:
    """Refer some serious cases to the watchdog."""
    rng = streams.named("referrals")
    referred = np.flatnonzero(chance(rng, 0.3, len(cases["ref"])))
    about = rows(cases, referred)
    count = len(referred)
    on = np.minimum(later(about["recorded"], rng.integers(0, 10, count)), later(EXTRACTED_ON, -2))
    modes = {"local": 0.82, "independent": 0.08, "directed": 0.1}
    book.add(
        "referrals",
        {
            "ref": about["ref"],
            "criterion": pick(
                rng,
                {"serious sexual offence": 0.5, "serious corruption": 0.2, "voluntary": 0.3},
                count,
            ),
            "mode": pick(rng, modes, count),
            "referred": on,
            "returned": np.minimum(later(on, rng.integers(2, 20, count)), EXTRACTED_ON),
        },
    )


def fill_vetting(book: Casebook, streams: Streams, scale: Scale, employed: Columns) -> None:
    """Clear part of the large force's people once, with the checks done and not done."""
    rng = streams.named("vetting")
    here = np.flatnonzero(employed["org"] == NORTHSHIRE.code)
    held = rows(employed, rng.choice(here, min(scale.clearances, len(here)), replace=False))
    size = len(held["person"])
    until = np.where(np.isnat(held["ended"]), EXTRACTED_ON, held["ended"])
    span = np.maximum((until - held["joined"]).astype(np.int64) - 60, 1)
    granted = later(held["joined"], np.where(chance(rng, 0.4, size), 0, rng.random(size) * span))
    years = np.where(chance(rng, 0.85, size), 10, 7)
    book.add(
        "clearances",
        {
            "person": held["person"],
            "level": where(years == 10, "RV", "MV"),  # noqa: PLR2004
            "outcome": pick(rng, {"retain": 0.93, "conditions": 0.05, "downgrade": 0.02}, size),
            "granted": granted,
            "expires": later(granted, years * 365.25),
            "decided_by": where(chance(rng, 0.7, size), "Vetting officer", None),
            "checks": _checks(rng, granted),
        },
    )


CHECKS = ("hr", "psd", "crime", "incidents", "pnc", "pnd", "intelligence")
"""The checks that the vetting system has a column for, in their order."""

_DONE = {
    "hr": 0.97,
    "psd": 0.85,
    "crime": 0.9,
    "incidents": 0.25,
    "pnc": 0.99,
    "pnd": 0.4,
    "intelligence": 0.8,
}
_PND_BEGAN = np.datetime64("2011-06-22", "D")


def _checks(rng: np.random.Generator, granted: np.ndarray) -> np.ndarray:
    """Draw Y, N or a blank (not recorded) for each check, as one letter each."""
    letters = []
    for check in CHECKS:
        drawn = rng.random(len(granted))
        letter = where(drawn < _DONE[check], "Y", where(drawn < 0.985, "N", "-"))  # noqa: PLR2004
        letters.append(where(granted < _PND_BEGAN, "-", letter) if check == "pnd" else letter)
    return np.sum(np.stack(letters), axis=0)


def fill_intelligence(book: Casebook, streams: Streams, size: int, people: Numbers) -> None:
    """Write graded intelligence reports, which allege nothing and are sealed on arrival."""
    rng = streams.named("intelligence")
    received = later(EXTRACTED_ON, -rng.integers(10, 3000, size))
    year = received.astype("datetime64[Y]").astype(int) + 1970
    refs = [f"IR/{n + 1:05d}/{y % 100:02d}" for n, y in enumerate(year.tolist())]
    book.add(
        "intelligence",
        {
            "ref": np.array(refs, dtype=object),
            "person": rng.choice(people, size),
            "received": received,
            "evaluation": pick(rng, {"1": 0.3, "2": 0.5, "3": 0.2}, size),
            "assessment": pick(rng, {"A": 0.2, "B": 0.4, "C": 0.25, "D": 0.1, "E": 0.05}, size),
            "handling": pick(rng, {"P": 0.6, "C": 0.4}, size),
            "conditions": where(
                chance(rng, 0.4, size), "Not to be shared without the originator", None
            ),
            "originator": pick(
                rng, {"Counter-corruption desk": 0.6, "Confidential line": 0.4}, size
            ),
            "body": pick(rng, _INTELLIGENCE, size),
        },
    )


_INTELLIGENCE = {
    "Rumoured to contact members of the public met on duty.": 0.3,
    "Said to look up former partners on force systems.": 0.3,
    "Undeclared association with a person of concern.": 0.25,
    "Talked about in a chat group; content not seen.": 0.15,
}


def fill_documents(book: Casebook, streams: Streams, size: int, cases: Columns) -> None:
    """List paper files of finalised cases: found, asked for, or destroyed."""
    rng = streams.named("documents")
    done = np.flatnonzero(~np.isnat(cases["finalised"]))
    about = rows(cases, np.sort(rng.choice(done, min(size, len(done)), replace=False)))
    count = len(about["ref"])
    book.add(
        "documents",
        {
            "ref": about["ref"],
            "document_type": pick(
                rng, {"case file": 0.7, "interview record": 0.2, "report": 0.1}, count
            ),
            "pages": rng.integers(4, 240, count),
            "received": about["finalised"],
            "whereabouts": pick(
                rng, {"located": 0.6, "requested": 0.15, "not found": 0.15, "destroyed": 0.1}, count
            ),
        },
    )


def employers(employed: Columns, people: int) -> np.ndarray:
    """Return the force that each person serves, or last served."""
    org = np.full(people, FORCES[0].code, dtype=object)
    order = np.argsort(employed["joined"], kind="stable")
    org[employed["person"][order]] = employed["org"][order]
    return org
