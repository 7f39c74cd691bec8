"""What an assurance run found, and the page it writes."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from onrecord.cli.benches.measuring import machine, versions
from onrecord.core.kernel.clock import now


@dataclass(slots=True)
class Report:
    """One run: what was tried, how often, and everything that went wrong.

    Attributes:
        promise: the sentence that was put to the test.
        counts: what was done, by name, in numbers.
        failures: one sentence for each broken promise; empty means it held.
    """

    name: str
    seed: int
    promise: str
    counts: dict[str, int | float] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    @property
    def held(self) -> bool:
        """Tell whether nothing went wrong. A run that tried nothing has not held."""
        return not self.failures and any(self.counts.values())


def write_page(report: Report, folder: Path, *, seconds: float, commit: str) -> Path:
    """Write the generated page and its JSON; return the page's path."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {"at": now().date().isoformat(), "commit": commit, "seconds": round(seconds, 1)}
    kept = (
        asdict(report) | made | {"held": report.held, "machine": machine(), "versions": versions()}
    )
    (folder / f"{report.name}.json").write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
    page = folder / f"{report.name}.md"
    page.write_text(_page(report, made), encoding="utf-8")
    return page


def _page(report: Report, made: Mapping[str, object]) -> str:
    rows = "\n".join(f"| {name} | {value:,} |" for name, value in report.counts.items())
    failures = "\n".join(f"- {failure}" for failure in report.failures) or "None."
    return (
        f"# Assurance: {report.name}\n\n{report.promise}\n\n"
        f"**{'Held' if report.held else 'Did not hold'}.** Made by `onrecord assure {report.name}"
        f" --seed {report.seed}` on {made['at']}, commit {made['commit']}, in {made['seconds']} s."
        " Do not edit: run it again.\n\n"
        f"| what | how many |\n|---|---|\n{rows}\n\n## Failures\n\n{failures}\n"
    )
