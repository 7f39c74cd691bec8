"""How far who is who, and what is one incident, changed since something was counted."""

from django.db import connection

from onrecord.apps.facts.seeing import seeing
from onrecord.core.kernel.viewers import Viewer

_SINCE = """
select count(*) from (
  select f.event_id from facts.identity_judgement f
  union all select f.event_id from facts.incident_judgement f
  union all select u.event_id from ledger.batch_undo u
    where exists (select from facts.identity_judgement f where f.event_id = u.undone_event)
       or exists (select from facts.incident_judgement f where f.event_id = u.undone_event)) f
  join ledger.entry e on e.source = 'event' and e.source_id = f.event_id
 where e.position > %s"""


def judgements_since(viewer: Viewer, position: int) -> int:
    """Return how many judgements, and undoings of some, were recorded after a ledger position.

    What stands behind a wall for this viewer is not counted.
    """
    with seeing(viewer.eyes), connection.cursor() as cursor:
        cursor.execute(_SINCE, [position])
        return int(cursor.fetchone()[0])
