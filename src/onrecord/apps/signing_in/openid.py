"""Sign in at the organisation's own OpenID Connect provider: code flow, PKCE, checked ID token."""

import base64
import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings

from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import NotPermittedError

ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]
"""Signatures only: a token that is not signed with the provider's key proves nothing."""

_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
_SECONDS = 10
_DRIFT_SECONDS = 60
_LATELY_SECONDS = 300


log = logging.getLogger(__name__)


class NotProvedError(NotPermittedError):
    """The provider did not prove who it is, or not somebody who has an account here."""


@dataclass(frozen=True, slots=True)
class Provider:
    """Where an organisation's people sign in. Set by whoever runs the installation."""

    issuer: str
    client_id: str
    secret: str
    name: str


@dataclass(frozen=True, slots=True)
class Proved:
    """Whom the provider says this is: its own number for them, and a checked e-mail address if any."""

    issuer: str
    subject: str
    email: str


def provider() -> Provider | None:
    """Return the provider of this installation, if one is set up."""
    if not settings.OPENID_ISSUER:
        return None
    return Provider(
        settings.OPENID_ISSUER.rstrip("/"), settings.OPENID_CLIENT_ID,
        settings.OPENID_CLIENT_SECRET, settings.OPENID_NAME,
    )  # fmt: skip


def begin(at: Provider, *, back: str, is_again: bool) -> tuple[str, dict[str, Any]]:
    """Return the provider's address to go to, and what must be remembered until they come back."""
    asked = {
        "state": secrets.token_urlsafe(24), "nonce": secrets.token_urlsafe(24),
        "verifier": secrets.token_urlsafe(48), "again": is_again,
    }  # fmt: skip
    challenge = hashlib.sha256(str(asked["verifier"]).encode()).digest()
    query = {
        "response_type": "code", "client_id": at.client_id, "redirect_uri": back,
        "scope": "openid email", "state": asked["state"], "nonce": asked["nonce"],
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }  # fmt: skip
    if is_again:
        query |= {"prompt": "login", "max_age": "0"}
    address = _described(at)["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", asked


def finish(at: Provider, asked: dict[str, Any], *, state: str, code: str, back: str) -> Proved:
    """Return whom the provider proved, from what the browser brought back.

    Raises:
        NotProvedError: it is not the answer to what was asked here, or not rightly signed.
    """
    if not code or not hmac.compare_digest(str(asked["state"]).encode(), state.encode()):
        raise not_proved(at)
    described = _described(at)
    told = _asked_for(
        at, "POST", described["token_endpoint"], auth=(at.client_id, at.secret),
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": back,
              "code_verifier": asked["verifier"]},
    )  # fmt: skip
    claims = _claims(at, described["jwks_uri"], str(told.get("id_token", "")))
    if not hmac.compare_digest(str(asked["nonce"]).encode(), str(claims.get("nonce", "")).encode()):
        raise not_proved(at)
    if asked["again"] and now().timestamp() - float(claims.get("auth_time", 0)) > _LATELY_SECONDS:
        raise not_proved(at)
    is_checked = claims.get("email_verified") is True
    return Proved(at.issuer, str(claims["sub"]), str(claims.get("email", "")) if is_checked else "")


def _claims(at: Provider, keys: str, token: str) -> dict[str, Any]:
    try:
        key = jwt.PyJWKClient(keys, timeout=_SECONDS).get_signing_key_from_jwt(token)
        claims: dict[str, Any] = jwt.decode(
            token, key.key, algorithms=ALGORITHMS, audience=at.client_id, issuer=at.issuer,
            leeway=_DRIFT_SECONDS, options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except jwt.PyJWTError:
        raise not_proved(at) from None
    if claims.get("azp", at.client_id) != at.client_id:
        raise not_proved(at)
    return claims


def _described(at: Provider) -> dict[str, Any]:
    found = _asked_for(at, "GET", f"{at.issuer}/.well-known/openid-configuration")
    if str(found.get("issuer", "")).rstrip("/") != at.issuer:
        raise not_proved(at)
    if not all(_is_as_safe(at, str(found.get(name, ""))) for name in _ENDPOINTS):
        log.error("openid_endpoint_in_clear")
        raise not_proved(at)
    return found


def _is_as_safe(at: Provider, address: str) -> bool:
    """Tell whether an address is reached by TLS; by plain HTTP only where the provider is one of ours to try."""
    return address.startswith("https://") or at.issuer.startswith("http://")


def _asked_for(at: Provider, method: str, address: str, **more: Any) -> dict[str, Any]:
    try:
        answer = requests.request(method, address, timeout=_SECONDS, allow_redirects=False, **more)
        answer.raise_for_status()
        told = answer.json()
    except requests.RequestException:
        raise not_proved(at) from None
    if not isinstance(told, dict):
        raise not_proved(at)
    return told


def not_proved(at: Provider) -> NotProvedError:
    """Return the one answer to whatever went wrong; it does not tell who has an account."""
    return NotProvedError(
        f"Signing in with {at.name} did not work.",
        next_step="Try once more, sign in with your password, or ask whoever runs Onrecord.",
    )
