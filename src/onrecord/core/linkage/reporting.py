"""The generated page about how well linkage does: every figure, its coverage, its target."""

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.core.linkage.evaluating import Evaluation
from onrecord.core.linkage.measuring import PairFigures

_NAMED = ("onrecord", "python", "duckdb", "splink")
GAP = 0.03
"""How far a group's recall may lie below that of the best group."""
LARGER = 1.5
"""How many times as large as the largest true person one may be."""


def as_json(one: Evaluation, targets: Mapping[str, float]) -> dict[str, Any]:
    """Return an evaluation as it is kept."""
    figures = one.figures
    gaps = {
        f"recall of {value} ({column})": best - recall
        for column, groups in one.groups.items()
        for value, (recall, _) in groups.items()
        if (best := max(recall for recall, _ in groups.values())) - recall > GAP
    }
    missed = [
        *(f"{one.name}: {name} {figures[name]:.5f}, at least {least} asked"
          for name, least in targets.items() if figures[name] < least),
        *(f"{one.name}: {name} is {gap:.3f} below the best group's" for name, gap in gaps.items()),
        *(f"{one.name}: the largest {what} person has {many} mentions, the largest true one {one.largest_true}"
          for what, many in (("linked", one.largest), ("automatic", one.largest_automatic))
          if targets and many > LARGER * one.largest_true),
    ]  # fmt: skip
    return {
        "name": one.name, "title": one.title, "mentions": one.mentions, "with_truth": one.with_truth,
        "thresholds": one.thresholds, "figures": figures, "targets": dict(targets), "missed": missed,
        "linked": _pairs(one.linked), "automatic": _pairs(one.automatic), "asked": _pairs(one.asked),
        "rejected_share": 1 - (one.automatic.both + one.asked.both) / max(one.linked.true, 1),
        "asked_per_thousand": 1000 * one.asked.linked / max(one.with_truth, 1),
        "bcubed": {"precision": one.bcubed.precision, "recall": one.bcubed.recall, "F1": one.bcubed.f1},
        "largest": one.largest, "largest_automatic": one.largest_automatic, "largest_true": one.largest_true,
        "blocking_recall": one.blocking_recall, "calibration": one.calibration,
        "groups": one.groups, "baselines": {k: _pairs(v) for k, v in one.baselines.items()},
        "seconds": one.seconds,
        "prior": one.model["probability_two_random_records_match"],
    }  # fmt: skip


def _pairs(found: PairFigures) -> dict[str, float]:
    return {
        "both": found.both, "linked": found.linked, "true": found.true,
        "precision": found.precision, "recall": found.recall, "F1": found.f1,
        "precision_at_least": found.precision_at_least,
    }  # fmt: skip


_COLUMNS = (
    "set", "mentions", "with truth", "true pairs", "precision", "recall", "F1",
    "automatic: precision, at least", "automatic share", "targets",
)  # fmt: skip


def page(sets: Iterable[Mapping[str, Any]]) -> str:
    """Return the page."""
    sets = list(sets)
    lines = [
        "# How well linkage does", "",
        "Made by `onrecord evaluate linkage`; do not edit: run it again. What each word means, what was fitted on",
        "what and what had to be reached was written first: [the protocol](../reference/linkage-protocol.md).",
        "", f"| {' | '.join(_COLUMNS)} |", "|---" * len(_COLUMNS) + "|",
        *map(_row, sets), "", *map(_part, sets),
    ]  # fmt: skip
    return "\n".join(lines)


def _row(one: Mapping[str, Any]) -> str:
    linked, automatic = one["linked"], one["automatic"]
    told = "; ".join(one["missed"]) or ("met" if one["targets"] else "none")
    return (
        f"| {one['title']} | {one['mentions']:,} | {one['with_truth']:,} | {linked['true']:,} |"
        f" {linked['precision']:.5f} | {linked['recall']:.5f} | {linked['F1']:.5f} |"
        f" {automatic['precision']:.5f}, {automatic['precision_at_least']:.5f} |"
        f" {automatic['recall']:.4f} | {told} |"
    )


def _part(one: Mapping[str, Any]) -> str:
    thresholds = ", ".join(f"{t:g}" for t in one["thresholds"])
    lines = [
        f"## {one['title']}", "",
        f"On {one['at']}; {_versions(one['versions'])}. Joined from an average weight of {thresholds}.",
        "", "| | |", "|---|---|", *(f"| {name} | {told} |" for name, told in _facts(one)),
        "", "| probability predicted | came true | pairs |", "|---|---|---|",
        *(f"| {p:.3f} | {came:.3f} | {n:,} |" for p, came, n in one["calibration"]), "",
    ]  # fmt: skip
    return "\n".join(lines)


def _facts(one: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the figures of one set in words."""
    true = max(one["linked"]["true"], 1)
    shares = (one["automatic"]["recall"], one["asked"]["both"] / true, one["rejected_share"])
    return [
        ("B-cubed precision, recall, F1", ", ".join(f"{v:.5f}" for v in one["bcubed"].values())),
        ("largest person linked, automatic, true",
         f"{one['largest']}, {one['largest_automatic']}, {one['largest_true']}"),
        ("true pairs that blocking brings together", f"{one['blocking_recall']:.5f}"),
        ("true pairs automatic, at the desk, rejected", ", ".join(f"{v:.4f}" for v in shares)),
        ("pairs at the desk, a thousand mentions", f"{one['asked_per_thousand']:.1f}"),
        ("seconds", ", ".join(f"{step} {took}" for step, took in one["seconds"].items())),
        *((f"beside it: {title}", _three(found)) for title, found in one["baselines"].items()),
        *((f"recall of automatic links, {column.replace('_', ' ')}: {value}",
           f"{recall:.4f} of {true_pairs:,} true pairs")
          for column, groups in one["groups"].items()
          for value, (recall, true_pairs) in groups.items()),
    ]  # fmt: skip


def _three(found: Mapping[str, float]) -> str:
    return f"precision {found['precision']:.5f}, recall {found['recall']:.5f}, F1 {found['F1']:.5f}"


def _versions(found: Mapping[str, str]) -> str:
    named = {
        name: text
        for name, text in found.items()
        if name.lower() in {"splink", "duckdb", "python", "onrecord"}
    }
    return ", ".join(f"{name} {text}" for name, text in named.items())
