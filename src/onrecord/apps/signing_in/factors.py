"""Codes from an app (RFC 6238) and recovery codes: made, sealed, and good once each."""

import base64
import hashlib
import re
import secrets
import time

from cryptography.exceptions import InvalidSignature
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.twofactor import InvalidToken as WrongCode
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings

_NOT_A_DIGIT = re.compile("[^0-9a-f]")
STEP_SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_DIGITS = 20
"""How many hexadecimal digits a recovery code has: eighty bits."""


def new_secret() -> str:
    """Return a new shared secret, in the letters that apps take."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def sealed(text: str) -> str:
    """Return `text` so that only this installation can read it."""
    return _box().encrypt(text.encode()).decode()


def opened(text: str) -> str | None:
    """Return what was sealed; nothing if it was sealed under another installation's secret."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        return None


def address_for_apps(secret: str, account: str) -> str:
    """Return the address that a code-making app reads from the picture."""
    return _totp(secret).get_provisioning_uri(account, "Onrecord")


def step_of(
    secret: str, code: str, *, after: int, at: float | None = None, either_side: int = 0
) -> int | None:
    """Return the half-minute whose code this is, if it is later than `after`; else nothing.

    A code is good once: whoever looked over a shoulder is too late. It is good in its own
    half-minute (ASVS 5.0, 6.5.5), and in as many either side as whoever runs the
    installation allows for clocks that differ: one at most.
    """
    step = int((time.time() if at is None else at) // STEP_SECONDS)
    for drift in range(-either_side, either_side + 1):
        try:
            _totp(secret).verify(
                code.strip().replace(" ", "").encode(), (step + drift) * STEP_SECONDS
            )
        except (WrongCode, InvalidSignature, ValueError):
            continue
        return step + drift if step + drift > after else None
    return None


def code_at(secret: str, at: float) -> str:
    """Return the code that an app shows at a moment."""
    return _totp(secret).generate(int(at)).decode()


def new_recovery_codes() -> list[str]:
    """Return codes to be written down, which are told once: eighty bits each, in four groups."""
    drawn = [secrets.token_hex(RECOVERY_DIGITS // 2) for _ in range(RECOVERY_CODES)]
    return ["-".join(code[at : at + 5] for at in range(0, len(code), 5)) for code in drawn]


def recovery_digits(code: str) -> str:
    """Return what counts of a recovery code as typed; nothing if it cannot be one."""
    digits = _NOT_A_DIGIT.sub("", code.lower())
    return digits if len(digits) == RECOVERY_DIGITS else ""


def hash_of(secret: str) -> str:
    """Return the hash under which a long random secret is known. Not for what people choose."""
    return hashlib.sha256(secret.strip().encode()).hexdigest()


def _totp(secret: str) -> TOTP:
    key = base64.b32decode(secret)
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS)  # noqa: S303 - what every app uses (RFC 6238)


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, None, b"onrecord second factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
