"""E-mails that say how many things wait, and nothing else.

They stand in an outbox until a mailer has taken them. A mailer that is down, slow or
refuses costs one noted attempt; the next one waits a little longer, and none gives up
while something still waits.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import QuerySet

from onrecord.apps.access.models import User
from onrecord.apps.audit.services import Recording, recording
from onrecord.apps.settings.declared import QUIET_MINUTES
from onrecord.apps.settings.selectors import setting
from onrecord.apps.work.models import Mail, MailAttempt, Notice
from onrecord.apps.work.notices import notices_for, viewer_of_account
from onrecord.core.kernel.clock import now
from onrecord.core.kernel.errors import UsageError
from onrecord.core.ledger.actors import Actor

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long the next attempt waits after each failed one; after the last, always as long."""
PATIENCE_SECONDS = 10
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round of sending did.

    Attributes:
        failed: attempts that did not succeed; they are tried again later.
        dropped: e-mails that were no longer needed, because nothing waited any more.
    """

    queued: int = 0
    sent: int = 0
    failed: int = 0
    dropped: int = 0


def send_notices(*, actor: Actor) -> Sent:
    """Queue an e-mail for everybody who was told something new, and try those that are due.

    Raises:
        UsageError: no mailer was named, or it cannot be understood.
    """
    mailer = Mailer(settings.MAILER_URL)
    queued = _queue(actor)
    done = Sent(queued=queued)
    with mailer.open():
        for number in list(_due().values_list("pk", flat=True)):
            outcome = _attempt(actor, number, mailer)
            if outcome:
                done = replace(done, **{outcome: getattr(done, outcome) + 1})
    return done


class Mailer:
    """The server that takes e-mail; one connection a round, opened when it is first needed."""

    def __init__(self, url: str) -> None:
        """Understand where it is.

        Raises:
            UsageError: no mailer was named, or it cannot be understood.
        """
        self._parts = urlsplit(url)
        if self._parts.scheme not in {"smtp", "smtps"} or not self._parts.hostname:
            raise UsageError(
                "No mailer is named.",
                next_step="Set ONRECORD_MAILER_URL, such as smtp://name:password@mail.example:587.",
            )
        self._server: smtplib.SMTP | None = None
        self._trouble: Exception | None = None

    @contextmanager
    def open(self) -> Iterator[None]:
        """Close the connection, if one was made, at the end of this block."""
        try:
            yield
        finally:
            if self._server is not None:
                self._server.close()

    def deliver(self, message: EmailMessage) -> None:
        """Hand over one e-mail.

        Raises:
            OSError: the mailer is not there, or would not take it (`SMTPException` is one).
        """
        if self._trouble is not None:  # the others of this round need not wait for it too
            raise self._trouble
        server = self._server or self._met()
        try:
            server.send_message(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            raise  # about this e-mail; the next may be taken
        except OSError as trouble:
            self._trouble = trouble
            raise

    def _met(self) -> smtplib.SMTP:
        try:
            self._server = self._connected()
        except OSError as trouble:
            self._trouble = trouble
            raise
        return self._server

    def _connected(self) -> smtplib.SMTP:
        host, is_wrapped = str(self._parts.hostname), self._parts.scheme == "smtps"
        port, trusted = self._parts.port or 0, ssl.create_default_context()
        server: smtplib.SMTP
        if is_wrapped:
            server = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_SECONDS, context=trusted)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
        if not is_wrapped and host not in _LOOPBACK:
            # Refused where the server offers none, or is not who it says: nothing goes in clear.
            server.starttls(context=trusted)
        if self._parts.username:
            server.login(unquote(self._parts.username), unquote(self._parts.password or ""))
        return server


def written(user: User, count: int) -> EmailMessage:
    """Return the e-mail: how many things wait, and where; nothing about anybody."""
    things = "1 thing" if count == 1 else f"{count} things"
    message = EmailMessage()
    message["Subject"] = "Onrecord"
    message["From"] = settings.MAIL_FROM
    message["To"] = user.email
    link = f"\n\n{settings.SITE_URL.rstrip('/')}/today/" if settings.SITE_URL else ""
    message.set_content(f"You have {things} waiting in Onrecord.{link}\n")
    return message


def _queue(actor: Actor) -> int:
    """Put an e-mail into the outbox for each person with news since the last one."""
    told = Notice.objects.filter(seen_at=None).values("user")
    people = User.objects.filter(pk__in=told, is_active=True, is_service_account=False)
    queued = 0
    for user in people.exclude(email="").select_related("team").order_by("pk"):
        if _has_news(user):
            with _noting(actor, user):
                Mail.objects.create(user=user)
            queued += 1
    return queued


def _has_news(user: User) -> bool:
    last = Mail.objects.filter(user=user).exclude(state="dropped").order_by("-queued_at").first()
    waiting = notices_for(viewer_of_account(user))
    if last is None:
        return waiting.exists()
    is_quiet = last.state == "waiting" or last.queued_at > now() - timedelta(
        minutes=setting(QUIET_MINUTES)
    )
    return not is_quiet and waiting.filter(at__gt=last.queued_at).exists()


def _due() -> QuerySet[Mail]:
    return Mail.objects.filter(state="waiting", next_at__lte=now()).order_by("next_at", "pk")


def _attempt(actor: Actor, number: int, mailer: Mailer) -> str:
    """Try to send one e-mail; return what came of it, or nothing if another round has it."""
    user = User.objects.select_related("team").get(mails__pk=number)
    with _noting(actor, user):
        mail = (
            _due()
            .select_related(None)
            .select_for_update(skip_locked=True)
            .filter(pk=number)
            .first()
        )
        if mail is None:
            return ""
        count = notices_for(viewer_of_account(user)).count() if user.is_active else 0
        if not count or not user.email:
            mail.state = "dropped"
            mail.save(update_fields=["state"])
            return "dropped"
        outcome = _delivered(mailer, written(user, count))
        MailAttempt.objects.create(mail=mail, outcome=outcome)
        if outcome == "sent":
            mail.state, mail.sent_at = "sent", now()
        else:
            tries = MailAttempt.objects.filter(mail=mail).count()
            mail.next_at = now() + WAITS[min(tries, len(WAITS)) - 1]
        mail.save(update_fields=["state", "sent_at", "next_at"])
    return "sent" if outcome == "sent" else "failed"


def _delivered(mailer: Mailer, message: EmailMessage) -> str:
    """Return `sent`, or what went wrong by code: never what a server said, which may quote."""
    try:
        mailer.deliver(message)
    except smtplib.SMTPResponseException as trouble:
        return f"{type(trouble).__name__} {trouble.smtp_code}"
    except OSError as trouble:
        return type(trouble).__name__
    return "sent"


def _noting(actor: Actor, user: User) -> AbstractContextManager[Recording]:
    return recording(
        actor, "notice:send", object_kind="account", object_ref=user.username,
        reason="Somebody is told how many things wait for them.",
    )  # fmt: skip
