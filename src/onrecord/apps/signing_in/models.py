"""What proves who somebody is, beside their password."""

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string

from onrecord.apps.access.models import User
from onrecord.core.kernel import clock


class Session(AbstractBaseSession):
    """One sign-in at one browser or terminal, as its owner sees it listed."""

    account_id = models.BigIntegerField(null=True, db_index=True)
    started_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expire_date"], name="signing_in_session_ends")]

    def __str__(self) -> str:
        return "a session"

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return what reads and writes these rows."""
        store: type = import_string("onrecord.apps.signing_in.sessions.SessionStore")
        return store


class Factor(models.Model):
    """A second factor of an account: an app that shows codes, or a passkey."""

    KINDS: ClassVar = [("codes", "Codes from an app"), ("passkey", "Passkey")]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(max_length=16, choices=KINDS)
    name = models.CharField(max_length=100)
    # Codes: the shared secret, sealed under a key of the installation. Passkey: its public credential.
    secret = models.TextField()
    # Codes: the last half-minute used, so that none is good twice. Passkey: its counter.
    last_used = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("added_at",)

    def __str__(self) -> str:
        return f"factor {self.pk}"


class RecoveryCode(models.Model):
    """One code, good once, for somebody whose second factor is lost.

    It lies under the hash that passwords lie under. Codes from before that rule, which lie
    under a plain SHA-256, are good for nothing any more: `selectors.unused_codes` passes them over.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="recovery_codes")
    hash = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class Try(models.Model):
    """Somebody tried to sign in, and it has not turned out to be them. Kept for a day."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "at"], name="signing_in_try_account"),
            models.Index(fields=["address", "at"], name="signing_in_try_address"),
        ]

    def __str__(self) -> str:
        return f"try {self.pk}"


class OpenIdLink(models.Model):
    """An account is that of one person at the organisation's own OpenID Connect provider."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="openid_links")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    tied_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="signing_in_one_account"),
            models.UniqueConstraint(fields=["issuer", "user"], name="signing_in_one_subject"),
        ]

    def __str__(self) -> str:
        return f"link {self.pk}"


class ServiceKey(models.Model):
    """A key with which a service account, or somebody's terminal, acts. Only its hash is kept.

    Attributes:
        verbs: what it is good for, of what its account may do.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="keys")
    name = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    verbs: "models.JSONField[list[str]]" = models.JSONField(default=list)
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"key …{self.ending}"
