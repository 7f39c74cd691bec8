"""Link by a model: what it says is written as judgements, each with why, and with nobody's eyes.

Whoever was judged by a person, or by a source's own list, is judged: the model writes nothing
of that pair, and what it writes of others keeps to it. What it said before and says no more
is taken back by a further row.
"""

import tempfile
import time
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from onrecord.apps.access.barring import ties_changed
from onrecord.apps.access.selectors import hidden_from, holders_hidden_from
from onrecord.apps.audit.selectors import current_position
from onrecord.apps.audit.services import recording
from onrecord.apps.facts.exporting import take_snapshot
from onrecord.apps.facts.writing import append_facts
from onrecord.apps.linking.known import (
    bring_into_shape,
    count_values,
    not_linked,
    take_shapes,
)
from onrecord.apps.linking.rows import Said, rows_of
from onrecord.apps.linking.undoing import take_back_act
from onrecord.apps.people.projections import count_people
from onrecord.apps.people.services import refresh_projections
from onrecord.core.conduct.judging import BY_MODEL
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotFoundError, UsageError
from onrecord.core.ledger.actors import Actor
from onrecord.core.linkage.adding import link_new
from onrecord.core.linkage.clustering import Pair
from onrecord.core.linkage.engines import engine_named, link_engine
from onrecord.core.linkage.linking import Linked, link
from onrecord.core.linkage.mentions import Mentions, mentions_in, write_mentions
from onrecord.core.linkage.models import (
    LinkModel,
    card_of,
    keep_model,
    left_out,
    made_model,
    newest_model,
)
from onrecord.core.linkage.proposing import SAME, UNDECIDED, Proposal, held_back, proposals
from onrecord.core.linkage.specs import LinkSpec, shipped_spec
from onrecord.core.linkage.standing import changes
from onrecord.core.linkage.weighing import frequency_columns, weighed_in
from onrecord.core.snapshots.reading import Walled, open_snapshot
from onrecord.core.timekeeping.views import View

PEOPLE, LINK = "people", "identity:link"
GONE = "The model no longer proposes this."
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class LinkedPeople:
    """What a run of linkage came to.

    Attributes:
        people: how many there are, by everything that was judged.
        automatic: pairs that the model holds to be one person.
        for_review: pairs of which a person is to decide.
        written: judgements that are new or changed.
        run: the number by which the run can be undone; none where it wrote nothing.
    """

    model: str
    records: int
    people: int
    automatic: int
    for_review: int
    written: int
    seconds: float
    run: int | None = None


def link_people(
    *, actor: Actor, snapshots: Path, models: Path, reason: str, learns: bool = False,
    is_trial: bool = False, only_new: bool = False, engine: str = "duckdb",
) -> LinkedPeople:  # fmt: skip
    """Link every person record, and write what the model says of pairs unless it is a trial.

    A model is learned where there is none, or where `learns`; what is on record stays what it is.
    Where `only_new`, only those records are looked at that came or changed since the last run, and
    what hangs together with them. A batch runs on the `engine` of that name, with the same result.

    Raises:
        TrainingError: what was learned cannot be right.
        UsageError: no reason was given, blocking would compare far too many pairs, or only what
            is new was asked for where no model was learned yet.
    """
    began = time.monotonic()
    spec = shipped_spec(PEOPLE)
    take_snapshot(snapshots)
    walled = Walled(hidden_from(_NOBODY), holders_hidden_from(_NOBODY))
    snapshot = open_snapshot(snapshots, walled=walled)
    with tempfile.TemporaryDirectory(prefix="onrecord-link-") as folder:
        work = Path(folder)
        mentions = write_mentions(snapshot, work / "mentions.parquet")
        known = None if learns else newest_model(models, spec)
        new = _new(known) if only_new else None
        linked = _linked(spec, mentions, known, work, new=new, engine=engine)
        model = known or _learned(spec, linked, f"snapshot {snapshot.snapshot_id}")
        found = _proposed(spec, linked, mentions)
        said = _to_say(spec, model, mentions, found, among=linked.looked_at if only_new else None)
        if not is_trial:
            _keep_shapes(spec, model, mentions)
    if not is_trial and known is None:
        keep_model(models, model)
    run = _write(actor, said, model, reason) if said and not is_trial else None
    return LinkedPeople(
        model=model.name, records=mentions.count, run=run,
        people=count_people() if only_new else _people(linked, mentions, spec),
        automatic=sum(each.judgement == SAME for each in found),
        for_review=sum(each.judgement == UNDECIDED for each in found),
        written=0 if is_trial else len(said), seconds=round(time.monotonic() - began, 2),
    )  # fmt: skip


def _learned(spec: LinkSpec, linked: Linked, learned_from: str) -> LinkModel:
    card = card_of(
        spec, learned_from=learned_from, records=linked.mentions, at=now(),
        pairs_scored=linked.candidates.num_rows, left_out=left_out(spec, linked.model),
    )  # fmt: skip
    return made_model(spec, linked.model, card)


def _proposed(spec: LinkSpec, linked: Linked, mentions: Mentions) -> list[Proposal]:
    found = proposals(
        linked.begun, linked.joins, linked.pairs, automatic=spec.automatic, desk=spec.desk
    )
    return held_back(found, mentions_in(mentions.path, spec.asks_about))


def _keep_shapes(spec: LinkSpec, model: LinkModel, mentions: Mentions) -> None:
    """Keep the shapes and frequencies by which one record is found and weighed."""
    take_shapes(mentions.path, spec)
    bring_into_shape(spec)  # what stands behind walls is in no snapshot's mentions
    count_values(mentions.path, frequency_columns(model.weights))


def _new(known: LinkModel | None) -> list[str]:
    if known is None:
        raise UsageError(
            "No model was learned yet, so what is new cannot be linked by itself.",
            next_step="Link everything once: onrecord link",
        )
    return not_linked()


def _linked(
    spec: LinkSpec, mentions: Mentions, known: LinkModel | None, work: Path, *,
    new: list[str] | None, engine: str,
) -> Linked:  # fmt: skip
    if new is not None and known is not None:
        with link_engine(memory="2GB", spill=work) as duck:
            return link_new(
                spec, mentions.path, duck, new=new, work=work, least=spec.desk, sure=spec.automatic,
                model=known.weights, judged=mentions.judged,
            )  # fmt: skip
    with engine_named(engine, memory="2GB", spill=work) as opened:
        return link(
            spec, mentions.path, opened, work=work, least=spec.desk, sure=spec.automatic,
            model=dict(known.weights) if known else None, judged=mentions.judged,
        )  # fmt: skip


def _people(linked: Linked, mentions: Mentions, spec: LinkSpec) -> int:
    people = linked.people(spec.automatic)
    joined = set(people["person"].to_pylist())
    return mentions.count - int(people.num_rows) + len(joined)


def _to_say(
    spec: LinkSpec, model: LinkModel, mentions: Mentions, found: list[Proposal], *,
    among: Collection[str] | None,
) -> list[Said]:  # fmt: skip
    """Return what differs from what stands: new, changed, and no longer said.

    Nothing is taken back of pairs neither of which is `among` what was looked at.
    """
    by_pair = {each.pair: each for each in found}
    changed = changes(
        {pair: each.judgement for pair, each in by_pair.items()}, mentions.stands,
        method=BY_MODEL + model.name, among=among,
    )  # fmt: skip
    why = _explained(model, mentions, changed.fresh)
    told = [
        (pair, by_pair[pair].judgement, _in_words(spec, by_pair[pair], why.get(pair, "")))
        for pair in changed.fresh
    ]
    told += [(pair, UNDECIDED, GONE) for pair in changed.gone]
    return [
        Said((uuid.UUID(one), uuid.UUID(other)), judgement, BY_MODEL + model.name, model.name, reason)
        for (one, other), judgement, reason in told
    ]  # fmt: skip


def _explained(model: LinkModel, mentions: Mentions, pairs: Iterable[Pair]) -> dict[Pair, str]:
    """Return, for each pair, what speaks for one person and what against, in words."""
    found = weighed_in(mentions.path, model.weights, pairs)
    return {(each.one, each.other): each.words for each in found}


def _in_words(spec: LinkSpec, proposal: Proposal, why: str) -> str:
    if proposal.is_held_back:
        return (
            f"{why or 'Agrees throughout.'} Together {proposal.weight:.1f};"
            " automatic linking is off for this group: a person decides."
        )
    outcome = (
        f"joined from {spec.automatic:g} on with nobody asked"
        if proposal.judgement == SAME
        else f"a person decides from {spec.desk:g} up to {spec.automatic:g}"
    )
    return f"{why or 'Agrees throughout.'} Together {proposal.weight:.1f}; {outcome}."


def _write(actor: Actor, said: list[Said], model: LinkModel, reason: str) -> int:
    """Write what is said, and return the number of the event by which it can be undone."""
    run = uuid.uuid4()
    with recording(
        actor, LINK, object_kind="linkage_model", object_ref=model.name, reason=reason,
        batch=run,
    ) as rec:  # fmt: skip
        rec.describe(model=model.name, judgements=len(said))
        view = View(current_position())
        append_facts(rec, "identity_judgement", rows_of(view, "identity_judgement", said))
    refresh_projections([rec.event_id])
    ties_changed("who is one person was worked out")
    return rec.event_id


def undo_run(*, actor: Actor, run: int, reason: str) -> None:
    """Take back everything that one run of the model said: what was said before it stands again.

    Raises:
        NotFoundError: there was no such run.
        UsageError: it was undone before, or no reason was given.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from ledger.event where event_id = %(run)s and action = %(act)s"
            "  and not counts ? 'batch_undo'),"
            " exists (select from ledger.batch_undo where undone_event = %(run)s)",
            {"run": run, "act": LINK},
        )
        was_run, was_undone = cursor.fetchone()
    if not was_run:
        raise NotFoundError(
            f"No run of linkage has the number {run}.",
            next_step="Each run prints its number; onrecord link --json does too.",
        )
    if was_undone:
        raise UsageError(f"Run {run} was undone before.", next_step="Nothing needs doing.")
    take_back_act(
        actor=actor, verb=LINK, undone=run, about=("linkage_model", f"run {run}"), reason=reason
    )
    refresh_projections([run])
    ties_changed("who is one person was worked out")
