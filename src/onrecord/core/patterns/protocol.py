"""How rules are measured, read from a file whose hash is printed with every figure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from typing import Any

import yaml

from onrecord.core.patterns.rules import Of, Rule, Thing, rule_named


@dataclass(frozen=True, slots=True)
class Window:
    """The days, first and last included, on one of which somebody first meets a rule."""

    first: date
    last: date

    @property
    def words(self) -> str:
        """Return it as one would cite it."""
        return f"{self.first:%Y-%m-%d} to {self.last:%Y-%m-%d}"


@dataclass(frozen=True, slots=True)
class Protocol:
    """What is measured, on which days, against what, and what must be reached."""

    label: str
    digest: str
    data_ends: date
    window: Window
    also: Window
    horizons: tuple[int, ...]
    outcomes: Mapping[str, Rule]
    primary: str
    proven_only: Rule
    draws: int
    seed: int
    targets: Mapping[str, Any]


def shipped_protocol() -> Protocol:
    """Return the protocol that comes with the program."""
    return parse_protocol((files("onrecord.core.patterns") / "protocol.yaml").read_text("utf-8"))


def parse_protocol(text: str) -> Protocol:
    """Return what a protocol's file says."""
    said = yaml.safe_load(text)
    proven = said["proven_only"]
    base = rule_named(proven["rule"])
    return Protocol(
        label=f"{said['name']} v{said['version']}", digest=hashlib.sha256(text.encode()).hexdigest(),
        data_ends=said["data_ends"], window=Window(*said["first_met"].values()),
        also=Window(*said["also"].values()), horizons=tuple(said["horizons_years"]),
        outcomes={name: _outcome(name, each) for name, each in said["outcomes"].items()},
        primary=said["primary"], draws=said["bootstrap"]["draws"], seed=said["bootstrap"]["seed"],
        proven_only=replace(
            base, id=f"{base.id}-proven-only",
            counts=replace(base.counts, ended_as=tuple(proven["ended_as"])),
        ),
        targets=said["targets"],
    )  # fmt: skip


def _outcome(name: str, said: Mapping[str, Any]) -> Rule:
    """Return an outcome as a rule that one such thing meets."""
    listed: dict[str, Any] = {k: tuple(value) for k, value in said.items() if k != "of"}
    return Rule(
        id=name, version=1, title=name, question=f"{name}?", counts=Thing(Of(said["of"]), **listed),
        at_least={"reports": 1}, innocent=(), removed_by=(), ethics="",
    )  # fmt: skip
