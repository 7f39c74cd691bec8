"""The secret from which pseudonyms of protected parties are made."""

import secrets

from onrecord.apps.audit.services import within_an_act
from onrecord.apps.intake.models import PseudonymKey
from onrecord.core.ledger.actors import Actor, ActorKind


def pseudonym_key() -> str:
    """Return this installation's key for pseudonyms, drawn when it is first needed."""
    row = PseudonymKey.objects.filter(only_row=True).first()
    if row is None:
        with within_an_act(
            "batch:import",
            object_kind="pseudonym_key",
            object_ref="drawn",
            actor=Actor("onrecord", ActorKind.SYSTEM),
            reason="the first import needs a key for pseudonyms",
        ):
            row, _ = PseudonymKey.objects.get_or_create(
                only_row=True, defaults={"value": secrets.token_hex(32)}
            )
    return row.value
