"""Accounts: who may sign in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from onrecord.apps.access.roles import Role
from onrecord.core.kernel import clock
from onrecord.core.ledger.actors import Actor, ActorKind


class UserManager(BaseUserManager["User"]):
    """Finds accounts. They are made by `services.create_user`."""


class User(AbstractBaseUser):
    """Somebody, or some system, that may sign in."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=64)
    role = models.CharField(max_length=32, choices=[(role.value, role.label) for role in Role])
    is_service_account = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name", "organisation_code", "role"]

    class Meta:
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]),
                name="access_user_role_is_known",
            ),
            # The operating-system owner acts without an account and never signs in.
            models.CheckConstraint(
                condition=~models.Q(role=Role.LOCAL_OPERATOR.value),
                name="access_user_is_not_local_operator",
            ),
        )

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """Return the name that pages show."""
        return self.display_name

    def get_short_name(self) -> str:
        """Return the name that pages show."""
        return self.display_name

    @property
    def actor(self) -> Actor:
        """Return who the ledger says acted."""
        kind = ActorKind.SERVICE if self.is_service_account else ActorKind.PERSON
        return Actor(self.username, kind, self.organisation_code)
