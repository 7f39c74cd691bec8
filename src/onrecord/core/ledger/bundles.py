"""Check a case bundle: one case with the proofs that nothing in it was changed.

Everything that a verdict rests on is in the bundle; no store and no network is
needed. Compare the checkpoint at its end with one that you got from somewhere else.

A bundle proves that what is in it was recorded as it is, and when. It cannot prove
that nothing was left out: it says which kinds of fact it leaves out on purpose.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.core.ledger.canonical import VERSION_FIELDS, leaf_hash
from onrecord.core.ledger.merkle import is_included
from onrecord.core.ledger.verifying import EVENT_FIELDS, canonical_texts, event_hash

FORMAT = "onrecord-case-bundle/1"
_NOT_FACTS = "batch_undo"

type Bundle = Mapping[str, Any]


def verify_bundle(bundle: object) -> list[str]:
    """Return what does not hold in `bundle`, a sentence each; nothing if every proof holds."""
    if not isinstance(bundle, Mapping) or bundle.get("format") != FORMAT:
        return [f"This is not a case bundle of the form {FORMAT}."]
    try:
        return list(_wrong(bundle))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        return [f"The bundle is damaged: {type(problem).__name__} {problem}."]


def canonical_of(version: Mapping[str, str], content: Mapping[str, str]) -> str:
    """Return the canonical form of one fact from its texts, absent values left out."""
    parts = (
        canonical_texts(
            [name.encode() for name in sorted(texts)], [texts[n] for n in sorted(texts)]
        )
        for texts in (version, content)
    )
    return b"".join(parts).decode()


def _wrong(bundle: Bundle) -> Iterator[str]:
    checkpoint = bundle["checkpoint"]
    events = {int(event["fields"]["event_id"]): event for event in bundle["events"]}
    if len(events) != len(bundle["events"]):
        yield "An event is in the bundle twice."
    for number, event in events.items():
        yield from _wrong_event(number, event, int(checkpoint["size"]), _hex(checkpoint["root"]))
    for fact in bundle["facts"]:
        yield from _wrong_fact(fact, events.get(int(fact["event_id"])))
    yield from _wrongly_shown(bundle, {n: int(event["position"]) for n, event in events.items()})


def _wrongly_shown(bundle: Bundle, positions: Mapping[int, int]) -> Iterator[str]:
    """Find facts shown that are not the version which the view takes of their thing."""
    facts = {int(fact["fact_id"]): fact for fact in bundle["facts"]}
    shown = [int(number) for number in bundle["shown"]]
    if len(facts) != len(bundle["facts"]) or len(set(shown)) != len(shown):
        yield "A fact is in the bundle twice."
    winners = {} if bundle["view"]["held_by"] else _winners(bundle, facts.values(), positions)
    for number in shown:
        if number not in facts:
            yield f"Fact {number} is shown, but is not in the bundle."
        elif winners.get(facts[number]["content"]["lineage"], number) != number:
            yield f"Fact {number} is shown, but the view takes another version."


def _winners(
    bundle: Bundle, facts: Iterable[Mapping[str, Any]], positions: Mapping[int, int]
) -> dict[str, int]:
    """Return, for each lineage, the version that the bundle's view takes (`design.md` §1)."""
    view, best = bundle["view"], dict[str, tuple[str, int, int]]()
    for fact in facts:
        known_on, event = fact["version"]["known_on"], int(fact["event_id"])
        too_late = view["known_on"] is not None and (
            known_on > view["known_on"]
            or (known_on == view["known_on"] and not view["includes_day"])
        )
        position = positions.get(event, 0)
        if too_late or position > view["recorded_by"] or event in bundle["undone_events"]:
            continue
        lineage = fact["content"]["lineage"]
        best[lineage] = max(best.get(lineage, ("", 0, 0)), (known_on, position, fact["fact_id"]))
    return {lineage: number for lineage, (_, _, number) in best.items()}


def _wrong_event(number: int, event: Mapping[str, Any], size: int, root: bytes) -> Iterator[str]:
    fields = event["fields"]
    own = event_hash([fields.get(name) for name in EVENT_FIELDS])
    if set(fields) - set(EVENT_FIELDS):
        yield f"Event {number} has fields that its hash does not cover."
    if own != _hex(event["event_hash"]):
        yield f"Event {number} does not hash to what the bundle says."
    path = [_hex(node) for node in event["proof"]]
    if not is_included(leaf_hash(own), int(event["position"]) - 1, size, path, root):
        yield f"Event {number} is not proved to stand at position {event['position']} of the log."
    counted = sum(n for kind, n in json.loads(fields["counts"]).items() if kind != _NOT_FACTS)
    if counted != int(event["leaves"]):
        yield f"Event {number} wrote {counted} facts, but its proofs are for {event['leaves']}."


def _wrong_fact(fact: Mapping[str, Any], event: Mapping[str, Any] | None) -> Iterator[str]:
    named = f"Fact {fact['fact_id']} ({fact['content']['kind']})"
    if event is None:
        yield f"{named} comes without the event that wrote it."
        return
    if set(fact["version"]) - set(VERSION_FIELDS) or set(fact["content"]) & set(VERSION_FIELDS):
        yield f"{named} mixes what it says with which version it is."
    if canonical_of(fact["version"], fact["content"]) != fact["canonical"]:
        yield f"{named} does not say what its canonical text says."
    leaf = leaf_hash(_hex(fact["salt"]) + fact["canonical"].encode())
    if leaf != _hex(fact["leaf"]):
        yield f"{named} does not match its commitment."
    path = [_hex(node) for node in fact["proof"]]
    root = _hex(event["fields"].get("merkle_root", ""))
    if not is_included(leaf, int(fact["index"]), int(event["leaves"]), path, root):
        yield f"{named} is not proved to be among what event {fact['event_id']} wrote."


def _hex(text: str) -> bytes:
    return bytes.fromhex(text)
