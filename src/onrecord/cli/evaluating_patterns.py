"""`onrecord evaluate patterns`: import a source into a home of its own, replay every rule, write the page."""

import json
from pathlib import Path
from typing import Any

from onrecord.cli.benches.homes import a_home, run
from onrecord.cli.benches.measuring import machine, timed, versions
from onrecord.core.kernel.clock import now
from onrecord.core.patterns.evaluating import evaluate
from onrecord.core.patterns.protocol import parse_protocol, shipped_protocol
from onrecord.core.patterns.reporting import missed, page
from onrecord.core.patterns.rules import shipped_rules
from onrecord.core.snapshots.reading import open_snapshot
from onrecord.project.home import Home


def evaluate_patterns(
    source: str, data: Path, protocol_file: Path | None, out: Path
) -> dict[str, Any]:
    """Return the figures of every shipped rule, replayed over a source by a protocol; keep them and their page."""
    protocol = (
        parse_protocol(protocol_file.read_text("utf-8")) if protocol_file else shipped_protocol()
    )
    with a_home() as home:
        run(home, "import", source, "--data", str(data))
        run(home, "snapshot")
        snapshot = open_snapshot(Home(home).snapshots)
        with timed() as replaying:
            kept = evaluate(snapshot, list(shipped_rules().values()), protocol)
    kept |= {
        "source": Path(source).stem, "protocol": protocol.digest, "seconds": round(replaying(), 1),
        "at": now().date().isoformat(), "machine": machine(), "versions": versions(),
        "hashes": {rule.label: rule.content_hash for rule in shipped_rules().values()},
    }  # fmt: skip
    kept["missed"] = missed(kept["rules"], protocol)
    out.mkdir(parents=True, exist_ok=True)
    (out / "patterns.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    (out / "patterns.md").write_text(page(kept, protocol), encoding="utf-8")
    return kept
