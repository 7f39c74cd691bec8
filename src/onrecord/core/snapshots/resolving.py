"""The one SQL that says what a view of the record holds, over the files of a snapshot.

It has the semantics of the fact store: of the versions of one lineage that the
view admits (known by the day, recorded by the position, not in an undone batch,
held by whoever looks) the latest by `known_on`, position and number is taken;
if that one is *gone* nothing is shown. Everything else is asked of the winner.
"""

from collections.abc import Iterable

from onrecord.core.timekeeping.views import View

RAW, REPEATED, HELD = "raw_", "repeated_", "held"
"""Prefixes of a kind's tables of versions and of repeated lineages; holdings as resolved."""


def resolved_sql(kind: str, view: View, undone: Iterable[int], *, has_repeated: bool) -> str:
    """Return SQL for the current version of every `kind` in `view`."""
    raw, repeated = f"{RAW}{kind}", f"{REPEATED}{kind}"
    admitted = admitted_sql(kind, view, undone)
    single = f"select v.* from {raw} v where {admitted} and v.gone is not true"
    if not has_repeated:
        return single
    several = (
        f"select v.* from {raw} v where {admitted} "
        f"and v.lineage in (select r.lineage from {repeated} r) "
        "qualify row_number() over (partition by v.lineage "
        "order by v.known_on desc, v.position desc, v.fact_id desc) = 1"
    )
    return (
        f"{single} and v.lineage not in (select r.lineage from {repeated} r) "
        f"union all by name select * from ({several}) w where w.gone is not true"
    )


def admitted_sql(kind: str, view: View, undone: Iterable[int]) -> str:
    """Return the condition on a version `v` of `kind` for the view to admit it at all."""
    tests = [f"v.position <= {view.position:d}"]
    if view.on is not None:
        sign = "<=" if view.includes_day else "<"
        tests.append(f"v.known_on {sign} date '{view.on.isoformat()}'")
    if events := ", ".join(f"{event:d}" for event in sorted(undone)):
        tests.append(f"v.event_id not in ({events})")
    if view.held_by is not None:
        tests.append(_held_sql(kind, view.held_by))
    return " and ".join(tests)


def _held_sql(kind: str, holders: frozenset[int]) -> str:
    own = f"v.holder_id in ({_numbers(holders)})"
    if kind == "holding":
        return own
    told = (
        f"exists (select 1 from {HELD} h where h.held_lineage = v.lineage "
        f"and h.known_on >= v.known_on)"
    )
    return f"({own} or {told})"


def holdings_sql(view: View, undone: Iterable[int], *, has_repeated: bool) -> str:
    """Return SQL for what the view's holders had been told, and up to which day.

    A holding is itself a fact, resolved among the holdings of those who look.
    """
    own = resolved_sql("holding", view, undone, has_repeated=has_repeated)
    return f"select held_lineage, max(known_on) as known_on from ({own}) h group by held_lineage"


def _numbers(holders: Iterable[int]) -> str:
    return ", ".join(f"{number:d}" for number in sorted(holders)) or "null"
