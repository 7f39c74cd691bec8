"""The rules as written down: `rules.yaml`, one small versioned declaration each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        words: the sentence it speaks, filled in from what was found.
        unless: what would explain it, for whoever has to answer.
        quiet_days: how long it does not speak again of the same account and thing.
        threshold: its numbers, by name; none when one look is enough.
    """

    id: str
    version: int
    title: str
    words: str
    unless: str
    quiet_days: int
    threshold: Mapping[str, int]


@cache
def rules() -> Mapping[str, Rule]:
    """Return every rule by its id.

    Raises:
        ValueError: two rules have the same id; nothing runs on a file that says two things.
    """
    text = files("onrecord.core.looking").joinpath("rules.yaml").read_text(encoding="utf-8")
    found: dict[str, Rule] = {}
    for declared in yaml.safe_load(text):
        rule = Rule(**declared)
        if rule.id in found:
            raise ValueError(f"the rule '{rule.id}' is declared twice")
        found[rule.id] = rule
    return found
