"""The generated page about how well linkage does: every figure, its coverage, its target."""

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.core.linkage.evaluating import Evaluation
from onrecord.core.linkage.measuring import PairFigures

GAP = 0.03
"""How far a group's recall may lie below that of the best group."""


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
        f"{one.name}: {name} {figures[name]:.5f}, at least {least} asked"
        for name, least in targets.items() if figures[name] < least
    ] + [f"{one.name}: {name} is {gap:.3f} below the best group's" for name, gap in gaps.items()]  # fmt: skip
    return {
        "name": one.name, "title": one.title, "mentions": one.mentions, "with_truth": one.with_truth,
        "thresholds": one.thresholds, "figures": figures, "targets": dict(targets), "missed": missed,
        "linked": _pairs(one.linked), "automatic": _pairs(one.automatic), "asked": _pairs(one.asked),
        "rejected_share": 1 - (one.automatic.both + one.asked.both) / max(one.linked.true, 1),
        "asked_per_thousand": 1000 * one.asked.linked / max(one.with_truth, 1),
        "bcubed": {"precision": one.bcubed.precision, "recall": one.bcubed.recall, "F1": one.bcubed.f1},
        "largest": one.largest, "largest_true": one.largest_true,
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


def page(sets: Iterable[Mapping[str, Any]]) -> str:
    """Return the page."""
    sets = list(sets)
    rows = "\n".join(_row(each) for each in sets)
    return (
        "# How well linkage does\n\n"
        "Made by `onrecord evaluate linkage`; do not edit: run it again. What each word means, what was fitted on what and what had\n"
        "to be reached was written first: [the protocol](../reference/linkage-protocol.md).\n\n"
        "| set | mentions | with truth | true pairs | precision | recall | F1 | automatic: precision, at least | automatic share | targets |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n"
        f"{rows}\n\n" + "\n".join(_part(each) for each in sets)
    )


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
    lines = [
        f"## {one['title']}\n",
        f"On {one['at']}; {_versions(one['versions'])}. Joined from an average weight of"
        f" {', '.join(f'{t:g}' for t in one['thresholds'])}.\n",
        "| | |\n|---|---|",
        f"| B-cubed precision, recall, F1 | {one['bcubed']['precision']:.5f}, {one['bcubed']['recall']:.5f}, {one['bcubed']['F1']:.5f} |",
        f"| largest person, largest true one | {one['largest']}, {one['largest_true']} |",
        f"| true pairs that blocking brings together | {one['blocking_recall']:.5f} |",
        f"| true pairs automatic, at the desk, rejected | {one['automatic']['recall']:.4f}, {one['asked']['both'] / max(one['linked']['true'], 1):.4f}, {one['rejected_share']:.4f} |",
        f"| pairs at the desk, a thousand mentions | {one['asked_per_thousand']:.1f} |",
        f"| seconds | {', '.join(f'{k} {v}' for k, v in one['seconds'].items())} |",
    ]
    lines += [
        f"| beside it: {title} | precision {found['precision']:.5f}, recall {found['recall']:.5f}, F1 {found['F1']:.5f} |"
        for title, found in one["baselines"].items()
    ]
    for column, groups in one["groups"].items():
        lines += [
            f"| recall of automatic links, {column.replace('_', ' ')}: {value} | {recall:.4f} of {true:,} true pairs |"
            for value, (recall, true) in groups.items()
        ]
    lines.append("\n| probability predicted | came true | pairs |\n|---|---|---|")
    lines += [f"| {p:.3f} | {came:.3f} | {n:,} |" for p, came, n in one["calibration"]]
    return "\n".join(lines) + "\n"


def _versions(found: Mapping[str, str]) -> str:
    named = {
        name: text
        for name, text in found.items()
        if name.lower() in {"splink", "duckdb", "python", "onrecord"}
    }
    return ", ".join(f"{name} {text}" for name, text in named.items())
