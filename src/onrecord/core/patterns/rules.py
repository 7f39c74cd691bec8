"""What a pattern rule says, read from its file: one rule a file, and no Python to add one.

A rule counts dated things about one person in which that person is the subject; never
intelligence, never a victim's or a witness's role. Positively disproved never counts, whatever a
rule says; every other ending does. `docs/reference/patterns.md` shows a rule line by line.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from onrecord.core.kernel.errors import DataRejectedError, NotFoundError

_HERE = files("onrecord.core.patterns")
_SHIPPED = _HERE / "rules"
_GUIDE = "docs/reference/patterns.md shows a rule line by line."


class Of(StrEnum):
    """What can be counted about a subject."""

    ALLEGATION = "allegation"
    ENDING = "ending"
    WITHDRAWAL = "withdrawal"
    DECISION = "decision"
    CLEARANCE = "clearance"
    RESTRICTION_END = "restriction_end"
    POSTING = "posting"
    UNTOLD = "untold"


class When(StrEnum):
    """How what was given before stands to what is counted."""

    BEFORE = "before"
    OPEN_AT = "open_at"


class Same(StrEnum):
    """What several things must share to be counted together."""

    FACTOR = "factor"
    ENDING = "ending"
    MAKER = "maker"


@dataclass(frozen=True, slots=True)
class Thing:
    """What a dated thing must be: of everything said here, each must hold; of a list, any.

    Attributes:
        within_days: for what another holder was not told, after how many days that shows.
    """

    of: Of
    factors: tuple[str, ...] = ()
    case_factors: tuple[str, ...] = ()
    category_contains: tuple[str, ...] = ()
    category_does_not_contain: tuple[str, ...] = ()
    category_codes: tuple[str, ...] = ()
    ended_as: tuple[str, ...] = ()
    decision_contains: tuple[str, ...] = ()
    post_contains: tuple[str, ...] = ()
    vetting_outcomes: tuple[str, ...] = ()
    within_days: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One published question about what is on record of a person.

    Attributes:
        counts: what is counted.
        given: what must have been on record of the person before each thing counted, or at it.
        same: what the things counted must share.
        levels: how serious each factor is, for what rises.
        window_years: only what happened in the years up to the day is counted; everything where nothing is said.
        apart_days: less far apart than this, two things are one episode.
        at_least: measures and the least of each; all must be met.
        peers: by what others are chosen with whom a person is compared.
        innocent: what else may explain it.
        removed_by: what would make it go away.
        ethics: why it may be asked, and what it must not be used for.
    """

    id: str
    version: int
    title: str
    question: str
    counts: Thing
    at_least: Mapping[str, int]
    innocent: tuple[str, ...]
    removed_by: tuple[str, ...]
    ethics: str
    given: Thing | None = None
    when: When = When.BEFORE
    same: Same | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    window_years: int = 0
    apart_days: int = 0
    peers: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """Return id and version as one would cite them."""
        return f"{self.id} v{self.version}"

    @property
    def content_hash(self) -> str:
        """Return the hash of everything the rule says."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema of a rule, for editors and for documents."""
    schema: dict[str, Any] = json.loads((_HERE / "rule.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def shipped_rules() -> Mapping[str, Rule]:
    """Return the rules that come with the program, by their ids."""
    found = {}
    for entry in sorted(_SHIPPED.iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".yaml"):
            rule = parse_rule(entry.read_text(encoding="utf-8"), entry.name)
            found[rule.id] = rule
    return found


def rule_named(name: str) -> Rule:
    """Return a shipped rule by its id, or the one that a file says.

    Raises:
        DataRejectedError: the file says no rule.
        NotFoundError: there is none by that name.
    """
    if name in shipped_rules():
        return shipped_rules()[name]
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return parse_rule(path.read_text(encoding="utf-8"), path.name)
    raise NotFoundError(
        f"There is no pattern rule called '{name}'.",
        next_step=f"Shipped: {', '.join(shipped_rules())}. Or give the path of a file.",
    )


def parse_rule(text: str, name: str) -> Rule:
    """Return the rule that this YAML says.

    Raises:
        DataRejectedError: it says none; where and why.
    """
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        raise DataRejectedError(f"{name} is no YAML: {fault}", next_step=_GUIDE) from fault
    problems = sorted(Draft202012Validator(rule_schema()).iter_errors(said), key=str)
    if problems:
        where = ".".join(map(str, problems[0].absolute_path)) or "the rule"
        raise DataRejectedError(f"{name}, at {where}: {problems[0].message}", next_step=_GUIDE)
    rule = _rule(said)
    if problem := _at_odds(rule):
        raise DataRejectedError(f"{name}: {problem}", next_step=_GUIDE)
    return rule


def _rule(said: dict[str, Any]) -> Rule:
    given = dict(said.pop("given", {}))
    when = When(given.pop("when", When.BEFORE))
    same = said.pop("same", None)
    return Rule(
        counts=_thing(said.pop("counts")),
        given=_thing(given) if given else None,
        when=when,
        same=Same(same) if same else None,
        **_tuples(said),
    )


def _thing(said: dict[str, Any]) -> Thing:
    return Thing(**_tuples(said) | {"of": Of(said["of"])})


def _tuples(said: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}


_MATERIAL = (
    "factors",
    "case_factors",
    "category_contains",
    "category_does_not_contain",
    "category_codes",
)
_TAKEN: Mapping[Of, frozenset[str]] = {
    Of.ALLEGATION: frozenset({*_MATERIAL, "ended_as"}),
    Of.ENDING: frozenset({*_MATERIAL, "ended_as"}),
    Of.WITHDRAWAL: frozenset(_MATERIAL),
    Of.DECISION: frozenset({"decision_contains"}),
    Of.CLEARANCE: frozenset({"vetting_outcomes"}),
    Of.RESTRICTION_END: frozenset(),
    Of.POSTING: frozenset({"post_contains"}),
    Of.UNTOLD: frozenset({*_MATERIAL, "within_days"}),
}  # fmt: skip
_SHARED: Mapping[Same, frozenset[Of]] = {
    Same.FACTOR: frozenset({Of.ALLEGATION}),
    Same.ENDING: frozenset({Of.ENDING}),
    Same.MAKER: frozenset({Of.DECISION}),
}


def _at_odds(rule: Rule) -> str:
    """Return what in a rule does not go together; nothing where all does."""
    for thing in filter(None, (rule.counts, rule.given)):
        said = {name for name, value in asdict(thing).items() if name != "of" and value}
        if unknown := said - _TAKEN[thing.of]:
            return f"{', '.join(sorted(unknown))} says nothing of {thing.of}."
    if rule.same and rule.counts.of not in _SHARED[rule.same]:
        return f"{rule.counts.of} has no {rule.same} to share."
    if rule.same is Same.FACTOR and not rule.counts.factors:
        return "Which factors may be shared must be said under counts."
    if ("rises" in rule.at_least) != bool(rule.levels):
        return "What rises needs levels, and levels need 'rises' under at_least."
    if rule.counts.of is Of.UNTOLD and not rule.counts.within_days:
        return "After how many days it shows must be said: within_days."
    return ""
