"""Bring organisations and their source systems into being."""

from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.apps.audit.services import within_an_act
from onrecord.apps.organisations.models import Holder, Organisation
from onrecord.core.kernel.errors import UsageError
from onrecord.core.ledger.actors import Actor, ActorKind

_SYSTEM = Actor("onrecord", ActorKind.SYSTEM)


def ensure_organisation(code: str, *, name: str = "", kind: str = "force") -> Organisation:
    """Return the organisation called `code`, made if need be, named if it was not."""
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        with _naming(code):
            organisation, _ = Organisation.objects.get_or_create(
                code=code, defaults={"name": name or code, "kind": kind}
            )
    if name and organisation.name == organisation.code:
        organisation.name, organisation.kind = name, kind
        with _naming(code):
            organisation.save(update_fields=["name", "kind"])
    return organisation


def ensure_holder(code: str, *, name: str = "", organisation_name: str = "") -> Holder:
    """Return the holder written `ORGANISATION:SYSTEM`, made if need be.

    Raises:
        UsageError: `code` is not of that form.
    """
    organisation_code, colon, system = code.partition(":")
    if not (organisation_code and colon and system):
        raise UsageError(
            f"'{code}' is not a holder.", next_step="Write it ORGANISATION:SYSTEM, such as NSP:HR."
        )
    organisation = ensure_organisation(organisation_code, name=organisation_name)
    holder = Holder.objects.filter(organisation=organisation, system=system).first()
    if holder is None:
        with _naming(code):
            holder, _ = Holder.objects.get_or_create(
                organisation=organisation, system=system, defaults={"name": name or system}
            )
    if name and holder.name == holder.system:
        holder.name = name
        with _naming(code):
            holder.save(update_fields=["name"])
    return holder


@contextmanager
def _naming(code: str) -> Iterator[None]:
    """Write under the act at hand, or as one of its own when a source is named for the first time."""
    with within_an_act(
        "holder:add",
        object_kind="holder",
        object_ref=code,
        actor=_SYSTEM,
        reason="first named by a source",
    ):
        yield
