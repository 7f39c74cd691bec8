"""What a model compares, how it finds candidates and how it is trained: one file each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.core.kernel.errors import UsageError
from onrecord.core.linkage.comparing import Comparison
from onrecord.core.linkage.comparisons import COMPARISONS

type Rule = tuple[str, ...]
"""Columns that two mentions must both have, and alike, to be looked at together."""


@dataclass(frozen=True, slots=True)
class Training:
    """How weights are learned without any truth.

    Attributes:
        prior_rules: pairs that meet one of these are matches, nearly all of them.
        prior_recall: the share of all matches that those rules are thought to find.
        sample: how many random pairs tell how often mentions of two people agree.
        passes: expectation maximisation runs once on the pairs of each of these.
    """

    prior_rules: tuple[Rule, ...]
    prior_recall: float
    sample: int
    passes: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """One way to link, before anything was learned.

    Attributes:
        one_key_is_one: whether two mentions with one key of one source are one person.
        component: the weight from which a pair is looked at together with its neighbours.
        automatic: the average weight from which groups are joined with nobody asked.
        desk: the average weight from which a person is asked.
        asks_about: groups, by column and values of a mention, whose people are found less well than
            others: of them a person is always asked, until that is mended.
    """

    name: str
    version: int
    title: str
    comparisons: tuple[Comparison, ...]
    blocking: tuple[Rule, ...]
    training: Training
    one_key_is_one: bool
    component: float
    automatic: float = 6.0
    desk: float = 0.0
    asks_about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_what_is_told(self, told: Collection[str]) -> "LinkSpec":
        """Return it without comparisons, and training passes, of columns that nobody fills in."""
        kept = tuple(c for c in self.comparisons if not c.told_by or c.told_by in told)
        passes = tuple(rule for rule in self.training.passes if set(rule) <= {*told})
        rules = tuple(rule for rule in self.training.prior_rules if set(rule) <= {*told})
        training = replace(self.training, passes=passes, prior_rules=rules)
        return replace(self, comparisons=kept, training=training)

    @property
    def frequency_columns(self) -> tuple[str, ...]:
        """Return the columns whose values count for more the rarer they are."""
        return tuple(sorted({column for each in self.comparisons for column in each.columns}))


def shipped_specs() -> tuple[str, ...]:
    """Return the names of the specifications that come with the program."""
    folder = files("onrecord.core.linkage").joinpath("specs")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(n.removesuffix(".yaml") for n in names if n.endswith(".yaml")))


@cache
def shipped_spec(name: str) -> LinkSpec:
    """Return a specification that comes with the program.

    Raises:
        UsageError: there is none by that name, or it names a comparison that nobody knows.
    """
    if name not in shipped_specs():
        raise UsageError(
            f"There is no linkage specification {name!r}.",
            next_step=f"There are {', '.join(shipped_specs())}.",
        )
    text = files("onrecord.core.linkage").joinpath("specs", f"{name}.yaml").read_text("utf-8")
    return parse_spec(yaml.safe_load(text))


def parse_spec(given: dict[str, Any]) -> LinkSpec:
    """Return what a specification's file says.

    Raises:
        UsageError: it names a comparison that nobody knows.
    """
    unknown = [name for name in given["comparisons"] if name not in COMPARISONS]
    if unknown:
        raise UsageError(
            f"Nobody knows the comparison {unknown[0]!r}.",
            next_step=f"There are {', '.join(sorted(COMPARISONS))}.",
        )
    training = given["training"]
    return LinkSpec(
        name=given["name"], version=given["version"], title=given["title"],
        comparisons=tuple(COMPARISONS[name] for name in given["comparisons"]),
        blocking=_rules(given["blocking"]),
        training=Training(
            _rules(training["prior"]["rules"]), float(training["prior"]["recall"]),
            int(training["sample"]), _rules(training["passes"]),
        ),
        one_key_is_one=bool(given["one_key_is_one"]), component=float(given["component"]),
        automatic=float(given.get("automatic", 6.0)), desk=float(given.get("desk", 0.0)),
        asks_about={column: tuple(values) for column, values in given.get("asks_about", {}).items()},
    )  # fmt: skip


def _rules(given: list[list[str]]) -> tuple[Rule, ...]:
    return tuple(tuple(rule) for rule in given)
