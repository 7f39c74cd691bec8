"""Put a demonstration world on record through the ordinary importer, source by source.

Nothing here writes a fact: the world's files are imported by their descriptions
like anybody else's, which is what the demonstration is for.
"""

from collections.abc import Callable
from pathlib import Path

from onrecord.apps.intake.results import ImportResult
from onrecord.apps.intake.selectors import batches
from onrecord.apps.intake.services import import_source, undo_batch
from onrecord.core.kernel.viewers import Viewer
from onrecord.core.ledger.actors import Actor
from onrecord.core.sources.loading import load
from onrecord.core.world.catalogue import SOURCE_PREFIX, descriptions

type Told = Callable[[str], None]


def import_world(
    viewer: Viewer, *, actor: Actor, extracts: Path, imports: Path, told: Told = lambda _: None
) -> list[ImportResult]:
    """Import every source of the world whose files lie under `extracts`.

    The same files again write nothing; `imports` is the home's folder for what
    imports leave.
    """
    results = []
    for name, text in descriptions().items():
        told(name)
        description = load(text, place=f"{name}.yaml")
        results.append(
            import_source(
                viewer,
                actor=actor,
                description=description,
                description_text=text,
                data=extracts,
                imports=imports,
            )
        )
    return results


def take_back_world(viewer: Viewer, *, actor: Actor) -> int:
    """Take back every batch of an earlier demonstration world; return how many there were.

    Another world has other people under the same keys: it must never be read as a
    later extract of the same systems.
    """
    earlier = [
        batch
        for batch in batches(viewer, limit=10_000)
        if batch.source.startswith(SOURCE_PREFIX) and batch.undone_event is None
    ]
    for batch in earlier:
        undo_batch(viewer, actor=actor, batch=batch)
    return len(earlier)
