"""Name an account-holder's own record, so that they are kept from their own cases."""

from django.db import connection

from onrecord.apps.access.models import User
from onrecord.apps.access.selectors import user_named
from onrecord.apps.access.services import set_person_record
from onrecord.core.kernel.errors import NotFoundError
from onrecord.core.kernel.ids import lineage_of
from onrecord.core.ledger.actors import Actor


def name_own_record(*, actor: Actor, username: str, key: str, reason: str) -> User:
    """Say which record, by its holder's own key (`ORGANISATION:SYSTEM:KEY`), is somebody's own.

    Raises:
        NotFoundError: there is no such account, or no record by that key.
    """
    user = user_named(username)
    organisation, _, rest = key.partition(":")
    system, _, number = rest.partition(":")
    record = lineage_of(f"{organisation}:{system}", "person_record", number)
    with connection.cursor() as cursor:
        cursor.execute("select from projection.person where record_lineage = %s", [record])
        if cursor.fetchone() is None:
            raise NotFoundError(
                "No record is known by that key.",
                next_step="Give it as ORGANISATION:SYSTEM:KEY, as the source writes it.",
            )
    set_person_record(actor=actor, user=user, person_record=record, reason=reason)
    return user
