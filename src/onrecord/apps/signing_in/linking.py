"""Whose account somebody at the provider has: tied once, by a checked address; never made here."""

from onrecord.apps.access.models import User
from onrecord.apps.audit.services import recording
from onrecord.apps.signing_in.models import OpenIdLink
from onrecord.apps.signing_in.openid import Proved


def account_of(proved: Proved) -> User | None:
    """Return the open account of a person whom the provider proved; nothing if they have none.

    The first time, the account is found by the e-mail address that the provider has checked,
    and tied to the provider's number for the person. From then on only the number counts: an
    address that passes to somebody else opens nothing, and no account is ever made.
    """
    link = (
        OpenIdLink.objects.select_related("user")
        .filter(issuer=proved.issuer, subject=proved.subject)
        .first()
    )
    if link is not None:
        return link.user if link.user.is_active else None
    if not proved.email:
        return None
    found = list(
        User.objects.filter(
            email__iexact=proved.email, is_active=True, is_service_account=False
        ).exclude(openid_links__issuer=proved.issuer)[:2]
    )
    if len(found) != 1:
        return None
    _tie(found[0], proved)
    return found[0]


def _tie(user: User, proved: Proved) -> None:
    with recording(
        user.actor, "account:link", object_kind="account", object_ref=user.username,
        reason="first sign-in at the organisation's own provider",
    ):  # fmt: skip
        OpenIdLink.objects.create(user=user, issuer=proved.issuer, subject=proved.subject)
