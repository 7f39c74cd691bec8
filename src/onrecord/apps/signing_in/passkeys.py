"""Passkeys (WebAuthn), by the maintained library; what is kept is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    UserVerificationRequirement,
)

from onrecord.apps.access.models import User
from onrecord.core.kernel.errors import DataRejectedError


def begin_adding(host: str, user: User, present: Sequence[str]) -> tuple[dict[str, Any], Any]:
    """Return what the browser is asked for to make a passkey, and what must be remembered."""
    entity = PublicKeyCredentialUserEntity(
        name=user.username, id=str(user.pk).encode(), display_name=user.display_name
    )
    options, state = _server(host).register_begin(
        entity, credentials=_credentials(present),
        user_verification=UserVerificationRequirement.PREFERRED,
    )  # fmt: skip
    return dict(options), state


def added(host: str, state: Any, answer: dict[str, Any]) -> str:
    """Return the credential that the browser made, as it is kept.

    Raises:
        DataRejectedError: the answer is not to what was asked.
    """
    try:
        made = _server(host).register_complete(state, answer)
    except (ValueError, KeyError, TypeError) as problem:
        raise _refused() from problem
    if made.credential_data is None:
        raise _refused()
    return websafe_encode(made.credential_data)


def begin_proving(host: str, present: Sequence[str]) -> tuple[dict[str, Any], Any]:
    """Return what the browser is asked to sign, and what must be remembered."""
    options, state = _server(host).authenticate_begin(
        _credentials(present), user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options), state


@dataclass(frozen=True, slots=True)
class Signed:
    """Which of an account's passkeys signed, and how often it has by its own count.

    `count` is nought where a passkey does not count, as those kept in step between devices.
    """

    credential: str
    count: int


def proved(host: str, state: Any, present: Sequence[str], answer: dict[str, Any]) -> Signed | None:
    """Return what one of the account's passkeys signed, if it is what was asked."""
    try:
        by = _server(host).authenticate_complete(state, _credentials(present), answer)
        told = AuthenticationResponse.from_dict(answer)
    except (ValueError, KeyError, TypeError):
        return None
    return Signed(websafe_encode(by), told.response.authenticator_data.counter)


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(name="Onrecord", id=host.partition(":")[0]))


def _credentials(present: Sequence[str]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(websafe_decode(text)) for text in present]


def _refused() -> DataRejectedError:
    return DataRejectedError(
        "The passkey could not be added.", next_step="Start again, at this browser."
    )
