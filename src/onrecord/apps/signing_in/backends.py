"""Whose password opens an account: its owner's, or a first one that has not run out."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from onrecord.apps.access.models import User
from onrecord.core.kernel.clock import now


class Passwords(ModelBackend):
    """Django's check of a password, but a first password that ran out is a wrong one."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **given: Any,
    ) -> User | None:
        """Return whose password this is; nobody, as for a wrong one, if it ran out."""
        found = super().authenticate(request, username, password, **given)
        if not isinstance(found, User):
            return None
        until = found.first_password_until
        return None if until is not None and until <= now() else found
