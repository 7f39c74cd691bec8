"""Models of linkage as files: weights, and a card that says what they were learned from.

A model is never changed. Another one is another file, by another name.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from onrecord.core.kernel.errors import VerificationFailedError
from onrecord.core.linkage.specs import LinkSpec

_OF = 10


@dataclass(frozen=True, slots=True)
class LinkModel:
    """Weights that were learned, and how.

    Attributes:
        name: specification, its version, and the beginning of the hash of the weights.
        card: what it was learned from and when, how many records, the prior, what it must not be used for.
        weights: as Splink keeps them.
    """

    name: str
    card: Mapping[str, Any]
    weights: Mapping[str, Any]


def card_of(
    spec: LinkSpec, *, learned_from: str, records: int, at: datetime, **more: object
) -> dict[str, Any]:
    """Return the card of a model that was just learned."""
    return {
        "specification": spec.name, "version": spec.version, "title": spec.title,
        "learned_from": learned_from, "records": records, "at": at.isoformat(),
        "automatic_from": spec.automatic, "desk_from": spec.desk,
        "false_link_costs": 50,
        "not_for": "deciding anything about a person; it says which rows are about one",
    } | more  # fmt: skip


def left_out(spec: LinkSpec, weights: Mapping[str, Any]) -> list[str]:
    """Return the comparisons of a specification of which nothing, or less than nothing, was learned."""
    learned = {each["output_column_name"] for each in weights["comparisons"]}
    return [each.name for each in spec.comparisons if each.name not in learned]


def made_model(spec: LinkSpec, weights: Mapping[str, Any], card: Mapping[str, Any]) -> LinkModel:
    """Return a model that was just learned, kept nowhere yet."""
    return LinkModel(f"{spec.name}-{spec.version}-{_hash(weights)}", card, weights)


def keep_model(folder: Path, model: LinkModel) -> None:
    """Write a model to its file; the same weights are kept once, with the card of the last time."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{model.name}.json"
    beside = path.with_suffix(".new")
    kept = {"card": model.card, "weights": model.weights}
    beside.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    beside.replace(path)


def read_model(path: Path) -> LinkModel:
    """Return the model of a file.

    Raises:
        VerificationFailedError: its weights are not those that its name was given for.
    """
    kept = json.loads(path.read_text(encoding="utf-8"))
    if not path.stem.endswith(f"-{_hash(kept['weights'])}"):
        raise VerificationFailedError(
            f"The linkage model {path.stem} was altered.",
            next_step="Learn it anew: onrecord link --learn",
        )
    return LinkModel(path.stem, kept["card"], kept["weights"])


def newest_model(folder: Path, spec: LinkSpec) -> LinkModel | None:
    """Return the model of a specification that was learned last; nothing if there is none."""
    found = [read_model(path) for path in folder.glob(f"{spec.name}-{spec.version}-*.json")]
    return max(found, key=lambda each: str(each.card["at"]), default=None)


def _hash(weights: Mapping[str, Any]) -> str:
    text = json.dumps(weights, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:_OF]
