"""Write the drawn registers into the casebook, in the words their systems use."""

from dataclasses import dataclass

import numpy as np

from onrecord.core.world import vocabularies as words
from onrecord.core.world.casebook import Casebook
from onrecord.core.world.conduct import Conduct
from onrecord.core.world.narratives import tell
from onrecord.core.world.streams import (
    NO_DAY,
    Columns,
    Days,
    Numbers,
    Streams,
    Texts,
    chance,
    later,
    pick,
    where,
)

PSD, CRIME, INCIDENTS, LEGACY, HR = "PSD", "CRIME", "INCIDENTS", "LEGACY", "HR"


@dataclass(frozen=True, slots=True)
class Register:
    """Where a register lies and how it numbers its cases."""

    org: str
    system: str
    pattern: str
    first_number: int = 1

    def references(self, numbers: Numbers, days: Days) -> Texts:
        """Return what the holder calls each case: a pattern of number and year."""
        years = days.astype("datetime64[Y]").astype(int) + 1970
        pairs = zip((numbers + self.first_number).tolist(), years.tolist(), strict=True)
        return np.array([self.pattern.format(n=n, y=y, yy=y % 100) for n, y in pairs], dtype=object)


def fill_conduct(book: Casebook, streams: Streams, register: Register, conduct: Conduct) -> Texts:
    """Write the large force's conduct matters; return the cases' references."""
    cases, alleged = conduct.cases, conduct.allegations
    size = len(cases["case"])
    refs = register.references(cases["case"], cases["recorded"])
    rng = streams.named("fill-conduct")
    has_text = cases["reviewed"] | chance(rng, 0.15, size)
    done = ~np.isnat(cases["finalised"])
    book.add(
        "cases",
        _placed(register, refs)
        | {
            "case_type": where(chance(rng, 0.97, size), "conduct_matter", "dsi"),
            "occurred": cases["occurred"],
            "reported": cases["reported"],
            "recorded": cases["recorded"],
            "finalised": cases["finalised"],
            "result": where(done, "Finalised", None),
            "reported_by": cases["reported_by"],
            "narrative": where(has_text, tell(streams, "conduct", cases["reviewed"]), None),
        },
    )
    case = alleged["case"]
    book.add(
        "allegations",
        _placed(register, refs[case])
        | {name: alleged[name] for name in ("number", "person", "category", "wording", "result")}
        | {"sanction": alleged["sanction"], "era": alleged["era"]}
        | _makers(rng, ~np.isnat(alleged["finalised"])),
    )
    return refs


def fill_register(
    book: Casebook, streams: Streams, register: Register, drawn: Columns, kind: str
) -> Texts:
    """Write complaints, crime reports or a small force's conduct matters."""
    rng = streams.named("fill", register.org, register.system, kind)
    size = len(drawn["case"])
    refs = register.references(drawn["case"], drawn["recorded"])
    done = ~np.isnat(drawn["finalised"])
    typed = _typed(rng, drawn, kind)
    has_text = drawn["reviewed"] | chance(rng, 0.12, size)
    name = f"{register.org}-{register.system}-{kind}"
    book.add(
        "cases",
        _placed(register, refs)
        | {name: drawn[name] for name in ("occurred", "reported", "recorded", "finalised")}
        | {
            "case_type": np.full(size, CASE_TYPES[kind], dtype=object),
            "category": typed["category"],
            "result": where(done, typed["wording"], None),
            "reported_by": pick(rng, _REPORTED_BY[kind], size),
            "narrative": where(has_text, tell(streams, name, drawn["reviewed"]), None),
        },
    )
    book.add(
        "allegations",
        _placed(register, refs)
        | {"person": drawn["person"], "category": typed["category"]}
        | {name: where(done, typed[name], None) for name in ("wording", "era", "victim_position")}
        | {"withdrawn_on": _withdrawn(rng, drawn, typed["victim_position"])}
        | _makers(rng, done),
    )
    return refs


CASE_TYPES = {
    "complaint": "complaint",
    "legacy": "complaint",
    "crime": "crime_report",
    "conduct": "conduct_matter",
    "incident": "domestic_incident",
}
_REPORTED_BY = {
    "complaint": {"public": 0.9, "third party": 0.06, "victim": 0.04},
    "legacy": {"public": 1.0},
    "crime": {"victim": 0.6, "third party": 0.25, "other force": 0.05, "anonymous": 0.1},
    "conduct": {"colleague": 0.6, "line manager": 0.3, "anonymous": 0.1},
    "incident": {"victim": 0.55, "third party": 0.45},
}


def _placed(register: Register, refs: Texts) -> Columns:
    size = len(refs)
    org = np.full(size, register.org, dtype=object)
    return {"org": org, "system": np.full(size, register.system, dtype=object), "ref": refs}


def _typed(rng: np.random.Generator, drawn: Columns, kind: str) -> Columns:
    """Draw what each case is about and how it ended, in its own era's words."""
    size = len(drawn["case"])
    reviewed, ordinary = _TYPES[kind]
    category = where(drawn["reviewed"], pick(rng, reviewed, size), pick(rng, ordinary, size))
    era = _ERAS[kind](drawn["finalised"])
    wording = np.full(size, None, dtype=object)
    for one in sorted(set(era.tolist())):
        chosen = np.flatnonzero(era == one)
        wording[chosen] = pick(rng, _ENDINGS[one], len(chosen))
    position = np.full(size, None, dtype=object)
    if kind == "crime":
        position = np.array([words.VICTIM_POSITION.get(w[:2]) for w in wording], dtype=object)
        position = where(era == words.CLEAR_UP, "not_recorded", position)
    position = where(wording == "Withdrawn", "retracted", position)
    return {"category": category, "era": era, "wording": wording, "victim_position": position}


_ANSWERS = {
    "Case to answer - gross misconduct": 0.1,
    "Case to answer - misconduct": 0.22,
}
_TYPES = {
    "complaint": (
        words.REVIEWED_COMPLAINT_TYPES,
        {k: v * 0.92 for k, v in words.COMPLAINT_TYPES.items()}
        | {"H5 Overbearing or harassing behaviours": 0.02},
    ),
    "legacy": ({"Sexual assault": 0.5, "Domestic abuse": 0.5}, _LEGACY := {
        "Incivility": 0.4,
        "Oppressive conduct or harassment": 0.2,
        "Excessive force": 0.25,
        "Neglect or failure in duty": 0.15,
    }),
    "crime": (words.REVIEWED_CRIMES, words.OTHER_CRIMES),
    "conduct": (words.REVIEWED_TYPES, words.OTHER_CONDUCT_TYPES),
}  # fmt: skip
_ERAS = {
    "complaint": words.complaint_era,
    "legacy": words.complaint_era,
    "crime": words.crime_era,
    "conduct": words.conduct_era,
}
_ENDINGS = (
    words.COMPLAINT_ENDINGS
    | {words.CRIME_OUTCOMES: words.CRIME_ENDINGS, words.CLEAR_UP: words.CLEAR_UP_ENDINGS}
    | {
        era: {k: v * 0.67 for k, v in none.items()} | _ANSWERS
        for era, none in words.NO_CASE.items()
    }
)


def _withdrawn(rng: np.random.Generator, drawn: Columns, position: Texts) -> Days:
    """Draw on which day a victim stepped back, where one did and the day was kept."""
    stepped = np.isin(position.astype(str), ["retracted", "reported_does_not_support"])
    stepped &= ~np.isnat(drawn["finalised"]) & chance(rng, 0.7, len(position))
    span = (drawn["finalised"] - drawn["recorded"]).astype(np.int64)
    back = later(drawn["recorded"], rng.random(len(position)) * np.maximum(span, 0))
    return np.where(stepped, back, NO_DAY)


def _makers(rng: np.random.Generator, done: np.ndarray) -> Columns:
    """Draw who decided each ending: most by post, a third not recorded at all."""
    posts = pick(rng, _MAKERS, len(done))
    named = done & chance(rng, 0.66, len(done))
    return {"maker_post": where(named, posts, None)}


_MAKERS = {
    "Appropriate authority (delegate)": 0.5,
    "Detective Inspector, Professional Standards": 0.3,
    "Complaint handler": 0.15,
    "Head of Professional Standards": 0.05,
}
