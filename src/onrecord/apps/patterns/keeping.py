"""What rules cost on this record, worked out once for a snapshot and kept in the home."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from onrecord.apps.access.selectors import hidden_from, holders_hidden_from
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.core.kernel.clock import today
from onrecord.core.patterns.history import add_history
from onrecord.core.patterns.prices import Price, as_json, from_json, price_of
from onrecord.core.patterns.rules import shipped_rules
from onrecord.core.patterns.sources import kinds_of
from onrecord.core.snapshots.reading import Walled, open_snapshot
from onrecord.core.timekeeping.views import View

_NOBODY = ""
_FILE = "prices.json"
_JUDGED = frozenset({"identity_judgement", "incident_judgement"})


def keep_prices(snapshots: Path, home: Path, *, as_of: date | None = None) -> Mapping[str, Price]:
    """Replay every rule over the record as it is now, with nobody's eyes, and keep what each costs."""
    take_snapshot(snapshots)
    snapshot = open_snapshot(
        snapshots, walled=Walled(hidden_from(_NOBODY), holders_hidden_from(_NOBODY))
    )
    kinds = frozenset().union(*(kinds_of(rule) for rule in shipped_rules().values()))
    day = as_of or today()
    with snapshot.reading(
        View(snapshot.manifest.position, on=day), kinds=kinds | _JUDGED
    ) as record:
        add_history(record, kinds)
        found = {name: price_of(record.con, rule, day) for name, rule in shipped_rules().items()}
    folder = home / "patterns"
    folder.mkdir(parents=True, exist_ok=True)
    said = {name: as_json(price) for name, price in found.items()}
    part = folder / f"{_FILE}.part"
    part.write_text(json.dumps(said), encoding="utf-8")
    part.replace(folder / _FILE)
    return found


def kept_prices(home: Path) -> Mapping[str, Price]:
    """Return what was kept last; nothing where nobody has replayed yet."""
    file = home / "patterns" / _FILE
    if not file.is_file():
        return {}
    said = json.loads(file.read_text(encoding="utf-8"))
    return {name: from_json(each) for name, each in said.items()}
