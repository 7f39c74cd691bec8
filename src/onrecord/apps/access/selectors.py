"""Reads of accounts."""

from django.db.models import QuerySet

from onrecord.apps.access.models import User
from onrecord.core.kernel.errors import NotFoundError


def user_named(username: str) -> User:
    """Return the active account of that name.

    Raises:
        NotFoundError: there is none, or it was closed.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFoundError("There is no account of that name.")
    return user


def all_users() -> QuerySet[User]:
    """Return every account, by name."""
    return User.objects.order_by("username")
